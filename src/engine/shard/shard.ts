/**
 * A shard: owns the actors of its partitions and their store. It takes events from its rings, reduces them, commits a
 * window of them as one transaction, and releases their effects when that is durable.
 *
 *     rings in ──▶ reduce ──▶ window ──▶ commit ──▶ durable ──▶ effects ──▶ rings out
 *                    ▲                                  └──▶ positions of the rings in are released
 *                 deadlines
 */
import assert from 'node:assert/strict';
import { reduce } from '../../subscriber/reduce.ts';
import { zoneWanted } from '../../subscriber/zone-wanted.ts';
import { maskNumber } from '../../types/log.ts';
import { type Effect, outlivesCrash } from '../../types/model/effect.ts';
import { closedBy, concernsStrangers, type SubscriberEvent } from '../../types/model/event.ts';
import { type EffectId, effectKey } from '../../types/model/notice.ts';
import { nextDeadlineMs } from '../../types/model/state.ts';
import { ringKinds } from '../../types/model/thread.ts';
import { isSubscriberNumber, partitionCount, partitionOf } from '../../types/partition.ts';
import type { RingReader } from '../../types/ports/ring.ts';
import { utc } from '../../types/zone-span.ts';
import { decodeEffect, encodeEffect } from '../../wire/effect.ts';
import { decodeEvent } from '../../wire/event.ts';
import { encodeJournalRecord } from '../../wire/journal.ts';
import {
  decodeEffectId,
  decodeEpochBegan,
  decodeLookupRequest,
  decodeSearchRequest,
  encodeEffectId,
  encodeLookupReply,
  encodePositions,
  encodeSearchReply,
} from '../../wire/thread.ts';
import type { Actor } from './actor.ts';
import { ActorCache } from './actor-cache.ts';
import { CommitPace } from './commit-pace.ts';
import { Deadlines } from './deadlines.ts';
import { Decisions } from './decisions.ts';
import { Input } from './input.ts';
import { Intake } from './intake.ts';
import { latestEventMs } from './latest-event.ts';
import { Lookups } from './lookups.ts';
import { countNotables } from './notables.ts';
import { OpenEffects } from './open-effects.ts';
import { Outlets } from './outlets.ts';
import { Quarantine } from './quarantine.ts';
import { RecordPace } from './record-pace.ts';
import { recover } from './recover.ts';
import { Search } from './search.ts';
import { SetBacks } from './set-backs.ts';
import type { ShardOptions, ShardStatus } from './shard-options.ts';
import { emptyWindow, isEmpty, type Window } from './window.ts';

/** The least that what is due waits when it waits for its turn; then it goes out as there is room. */
const TURN_WAIT_MS = 1_000;

export class Shard {
  readonly #options: ShardOptions;
  readonly #cache: ActorCache;
  readonly #lookups: Lookups;
  readonly #search: Search;
  readonly #open = new OpenEffects();
  readonly #deadlines: Deadlines;
  readonly #quarantine: Quarantine;
  readonly #sequences = new Map<number, number>();
  readonly #inputs: Input[];
  readonly #calls: Input[];
  readonly #out: Outlets;
  readonly #decisions: Decisions;
  readonly #intake: Intake;
  readonly #recordPace: RecordPace;
  readonly #commitPace: CommitPace;
  #window = emptyWindow();
  #nextWindow: number;
  #durableWindow: number;
  /** Where a recovery starts once the last commit is durable. */
  #recoverFrom: number;
  #trimmedBefore = 1;
  #epoch: number;
  #events = 0;
  /** Epochs that began are waited with until the rings in are read: they may hold what closes an effect. */
  #epochBegun = 0;
  #stopped = false;
  /** What the signalling part knows of it. */
  #toldHeld = false;

  constructor(options: ShardOptions) {
    this.#options = options;
    const { store } = options;
    this.#epoch = options.epoch;
    this.#quarantine = new Quarantine(options.counters, options.log);
    this.#cache = new ActorCache({
      store,
      actorsMax: options.limits.actorsMax,
      onDamagedRecord: (partition, number, code) => {
        options.counters.count('shard.record-damaged');
        options.log.error('shard.record-damaged', { partition, number: maskNumber(number), code });
      },
    });
    this.#lookups = new Lookups(this.#cache, store, options.counters, options.main.recordOctetsMax);
    this.#search = new Search(this.#cache, store, options.main.recordOctetsMax);
    for (const partition of store.partitions) this.#sequences.set(partition, store.sequence(partition));
    this.#deadlines = new Deadlines({
      timers: options.timers,
      clock: new SetBacks(options.clock, this.#sequences, latestEventMs(store)),
      counters: options.counters,
      onDeadline: (number, generation) => this.#deadline(number, generation),
      index: (untilMs, after) => store.deadlines(untilMs, after),
      stateOf: (partition, number) => this.#cache.peek(partition, number),
    });
    this.#nextWindow = store.lastWindow + 1;
    this.#durableWindow = store.lastWindow;
    this.#recoverFrom = store.recoverFrom;
    const recovered = recover({ ...options, cache: this.#cache, open: this.#open });
    const input = (ring: RingReader) => new Input(ring, recovered.positions.get(ring.name) ?? 0);
    this.#inputs = options.inputs.map(input);
    this.#calls = options.calls.map(input);
    this.#out = new Outlets(options);
    const { watchesStrangers, classes } = options.policy;
    this.#decisions = new Decisions(
      options.decisions,
      this.#cache,
      this.#out.signalling,
      watchesStrangers,
      (kind, code) => this.#damaged(kind, code),
      classes,
    );
    this.#intake = new Intake(options.limits, options.counters);
    this.#commitPace = new CommitPace(options, options.limits.windowMs);
    this.#recordPace = new RecordPace({ ...options, lagActorsMax: options.limits.lagActorsMax });
    for (const { state } of this.#cache.dirty()) this.#deadlines.update(state);
    this.#deadlines.start();
    // What the rings still hold may close some of what is open: look there first, then release the rest again.
    while (this.#takeInputs() > 0);
    this.#releaseAll(() => true);
    if (recovered.positions.size > 0) this.#askForTells();
    this.#out.flush();
  }

  get status(): ShardStatus {
    return {
      index: this.#options.index,
      actors: this.#cache.size,
      dirty: this.#cache.dirtyCount,
      cacheHits: this.#cache.hits,
      cacheMisses: this.#cache.misses,
      openEffects: this.#open.size,
      openNotices: this.#open.notices,
      oldestNoticeAtMs: this.#open.oldestNoticeAtMs,
      events: this.#events,
      waiting: this.#out.waiting,
      noticesQueued: this.#out.noticesQueued,
      commitsInFlight: this.#options.store.commitsInFlight,
      window: this.#durableWindow,
      lagWindows: this.#nextWindow - this.#recoverFrom,
      deadlines: this.#deadlines.armed,
    };
  }

  /** One turn of work; returns how much there was. The host advances the timers before it. */
  doWork(): number {
    if (this.#stopped) return 0;
    let work = this.#takeInputs();
    const { limits, store } = this.#options;
    const inHand = { waiting: this.#out.waiting, openEffects: this.#open.size, lag: this.#cache.dirtyCount };
    const open = this.#intake.isOpen(inHand);
    if (this.#intake.heldByNotices !== this.#toldHeld) this.#tellHeld();
    if (open) work += this.#decisions.answer(limits.readMax);
    if (open && this.#window.entries.length < limits.windowEventsMax) {
      let max = limits.readMax;
      for (const input of this.#calls) {
        work += input.read(this.#take, max);
        max = Math.ceil(max / 4);
      }
    }
    this.#cache.trim(this.#durableWindow);
    if (!isEmpty(this.#window) || this.#recordPace.isDue(this.#cache.dirtyCount)) {
      const full = this.#window.entries.length >= limits.windowEventsMax;
      if (store.commitsInFlight < 2 && (full || this.#commitPace.isDue())) {
        this.#commit();
        work++;
      }
    } else if (store.commitsInFlight === 0) {
      for (const input of this.#inputs) input.release(input.taken);
      for (const input of this.#calls) input.release(input.taken);
    }
    return work + this.#out.flush();
  }

  /** What is taken in from now on is to come to rest: no record waits for others. */
  drain(): void {
    this.#recordPace.drain();
  }

  /** Whether everything that was taken in is durable and on its way; notices are open until they are done, and wait anywhere. */
  get drained(): boolean {
    return (
      isEmpty(this.#window) &&
      (!this.#recordPace.draining || this.#cache.dirtyCount === 0) &&
      this.#options.store.commitsInFlight === 0 &&
      this.#out.ownTells.length === 0 &&
      this.#out.waiting === 0
    );
  }

  /** Something waits for room in a ring. */
  get stalled(): boolean {
    return this.#out.waiting + this.#out.noticesQueued > 0;
  }

  /** Effects that are open, or are about to be. */
  get #underWay(): number {
    return this.#open.size + this.#window.effects.length;
  }

  stop(): void {
    this.#stopped = true;
    this.#deadlines.stop();
    this.#recordPace.stop();
    this.#commitPace.stop();
  }

  #takeInputs(): number {
    const { readMax } = this.#options.limits;
    let work = 0;
    let allRead = true;
    for (const input of this.#inputs) {
      const count = input.read(this.#take, readMax);
      if (count === readMax) allRead = false;
      work += count;
    }
    if (allRead && this.#epochBegun > this.#epoch) this.#beginEpoch(this.#epochBegun);
    for (let tells = this.#out.ownTells.length; tells > 0; tells--) {
      this.#heardOf(this.#out.ownTells.shift()!);
      work++;
    }
    return work;
  }

  readonly #take = (kind: number, record: Uint8Array): void => {
    switch (kind) {
      case ringKinds.event: {
        const event = decodeEvent(record);
        if (event.ok) return this.#event(this.#inTurn(event.value));
        return this.#damaged(kind, event.code);
      }
      case ringKinds.tell: {
        const effect = decodeEffect(record);
        if (effect.ok) return this.#heardOf(effect.value);
        return this.#damaged(kind, effect.code);
      }
      case ringKinds.tellHeard: {
        const id = decodeEffectId(record);
        if (id.ok) return this.#closeTell(id.value);
        return this.#damaged(kind, id.code);
      }
      case ringKinds.epochBegan: {
        const epoch = decodeEpochBegan(record);
        if (!epoch.ok) return this.#damaged(kind, epoch.code);
        this.#epochBegun = Math.max(this.#epochBegun, epoch.value);
        return;
      }
      case ringKinds.tellsWanted:
        return this.#releaseAll(({ what }) => what.kind === 'tell-subscriber');
      case ringKinds.lookupRequest: {
        const request = decodeLookupRequest(record);
        if (!request.ok) return this.#damaged(kind, request.code);
        const { token } = request.value;
        const states = this.#lookups.answer(request.value);
        return this.#out.main.push(ringKinds.lookupReply, encodeLookupReply({ token, states }));
      }
      case ringKinds.searchRequest: {
        const request = decodeSearchRequest(record);
        if (!request.ok) return this.#damaged(kind, request.code);
        const { token, ...step } = request.value;
        const reply = encodeSearchReply({ token, ...this.#search.look(step) });
        return this.#out.main.push(ringKinds.searchReply, reply);
      }
      default:
        return this.#damaged(kind, 'unknown-kind');
    }
  };

  /** A return while much is under way: it is taken in, and what is due waits in the store. */
  #inTurn(event: SubscriberEvent): SubscriberEvent {
    const { what } = event;
    if (what.kind !== 'subscriber-reachable' || !this.#intake.isCrowded(this.#underWay)) return event;
    this.#options.counters.count('shard.return-waits');
    return { ...event, what: { ...what, noticesWaitMs: TURN_WAIT_MS } };
  }

  #damaged(kind: number, code: string): void {
    this.#options.counters.count(`shard.input-damaged.${code}`);
    this.#options.log.error('shard.input-damaged', { kind, code });
  }

  /** Reduces one event into the window. `heard` is the tell that it comes from: heard when this is durable. */
  #event(event: SubscriberEvent, heard?: EffectId): void {
    const { counters, limits } = this.#options;
    const { subscriber, what } = event;
    if (!isSubscriberNumber(subscriber)) return counters.count('shard.event-without-subscriber');
    const partition = partitionOf(subscriber);
    const last = this.#sequences.get(partition);
    if (last === undefined) return counters.count('shard.event-for-another-shard');
    counters.count(`shard.event.${what.kind}`);
    this.#events++;

    const actor = this.#cache.activate(partition, subscriber);
    const sequence = last + 1;
    const window = this.#window;
    const ended = closedBy(what);
    if (actor === undefined) {
      this.#putAside(event, partition, sequence, 'the record of its subscriber is damaged');
      // What was done is not to be done again at every start.
      if (ended !== undefined && this.#close(ended)) window.closed.push(ended);
      if (heard !== undefined) this.#heardWhenDurable(heard);
      return;
    }
    const zoned = this.#withZone(actor, event);
    const reduction = this.#reduce(actor, zoned, partition, sequence);
    if (reduction === undefined) {
      if (heard !== undefined) this.#heardWhenDurable(heard);
      return;
    }
    countNotables(reduction.notables, counters);
    if (reduction.returnedBy !== undefined) counters.count(`reachable.source.${reduction.returnedBy}`);
    const { ruled } = reduction;
    for (const { rule } of ruled) counters.count(`rules.${rule}`);
    // What changed nothing and asks for nothing needs no place in the journal.
    if (reduction.state === actor.state && reduction.effects.length === 0) {
      if (heard !== undefined) this.#heardWhenDurable(heard);
      if (ended !== undefined && this.#close(ended)) window.closed.push(ended);
      return;
    }

    if (heard !== undefined) window.heard.push(heard);
    this.#sequences.set(partition, sequence);
    window.sequences.set(partition, sequence);
    const returnedAtMs = what.kind === 'subscriber-reachable' ? event.atMs : 0;
    const kept: Effect[] = [];
    reduction.effects.forEach((effectKind, index) => {
      const effect: Effect = { id: { partition, sequence, index }, what: effectKind };
      window.effects.push({ effect, returnedAtMs });
      if (outlivesCrash(effectKind)) kept.push(effect);
    });
    const entry = { partition, sequence, event: zoned, effects: kept };
    window.entries.push(ruled.length === 0 ? entry : { ...entry, ruled });
    if (reduction.state !== actor.state) {
      this.#cache.changed(actor, reduction.state, this.#nextWindow);
      this.#deadlines.update(reduction.state);
    }
    if (ended !== undefined) this.#close(ended);
    if (window.entries.length >= limits.windowEventsMax && this.#options.store.commitsInFlight < 2)
      this.#commit();
  }

  /** What the wall clock shows is fixed in the event, where a rule looks at it. */
  #withZone(actor: Actor, event: SubscriberEvent): SubscriberEvent {
    const { policy, zones } = this.#options;
    const name = zoneWanted(actor.state, event.what, policy.classes);
    if (name === undefined) return event;
    return { ...event, zone: zones.spanAt(name, event.atMs) ?? utc };
  }

  /** An event whose reduction asserts is put aside in the outbox, its actor stays as it was, and the shard goes on. */
  #reduce(actor: Actor, event: SubscriberEvent, partition: number, sequence: number) {
    try {
      return reduce(actor.state, event, partition, sequence, this.#options.policy);
    } catch (error) {
      this.#putAside(event, partition, sequence, String(error));
      return undefined;
    }
  }

  #putAside(event: SubscriberEvent, partition: number, sequence: number, error: string): void {
    const { quarantined } = this.#window;
    const place = `${this.#nextWindow}.${quarantined.length}`;
    this.#quarantine.put(quarantined, place, event, { partition, sequence }, error);
  }

  /** Another actor tells one of ours something. */
  #heardOf({ id, what }: Effect): void {
    assert(what.kind === 'tell-subscriber');
    const { subscriber, from } = what;
    const state = isSubscriberNumber(subscriber)
      ? this.#cache.peek(partitionOf(subscriber), subscriber)
      : undefined;
    // Nobody has provisioned this number: there is nothing to remember of most.
    if (state?.profile === undefined && !concernsStrangers(what.what)) return this.#heardWhenDurable(id);
    this.#event(
      {
        subscriber,
        atMs: this.#options.clock.now(),
        what: { kind: 'told', source: id, from, what: what.what },
      },
      id,
    );
  }

  /** That a tell was no news may rest on a window that is not durable yet: the sender must not forget it before. */
  #heardWhenDurable(id: EffectId): void {
    if (this.#window.entries.length === 0 && this.#options.store.commitsInFlight === 0) this.#heard(id);
    else this.#window.heard.push(id);
  }

  #heard(id: EffectId): void {
    const ring = this.#options.shardOf(id.partition);
    if (ring === undefined) this.#closeTell(id);
    else this.#out.toShard(ring).push(ringKinds.tellHeard, encodeEffectId(id));
  }

  #closeTell(id: EffectId): void {
    if (this.#close(id)) this.#window.closed.push(id);
  }

  #close(id: EffectId): boolean {
    const closed = this.#open.close(id);
    if (closed === undefined) return false;
    if (closed.window === 0) this.#window.outboxRemove.push(effectKey(id));
    return true;
  }

  /** False: the window is full, or too much is under way, and it is to come again. */
  #deadline(number: string, generation: number): boolean {
    if (this.#window.entries.length >= this.#options.limits.windowEventsMax) return false;
    if (!this.#intake.takesDeadlines(this.#underWay)) return false;
    const state = this.#cache.peek(partitionOf(number), number);
    if (state?.deadlineGeneration !== generation || nextDeadlineMs(state) === 0) return true;
    const atMs = this.#options.clock.now();
    this.#event({ subscriber: number, atMs, what: { kind: 'timer-fired', generation } });
    return true;
  }

  #commit(): void {
    const { store, limits, incarnation, onFatal } = this.#options;
    const hasEvents = !isEmpty(this.#window);
    const all = !hasEvents || this.#recordPace.isFar(this.#cache.dirtyCount);
    const number = this.#nextWindow;
    const window = this.#window;
    this.#window = emptyWindow();
    this.#nextWindow++;
    if (hasEvents) this.#recordPace.committed();
    this.#commitPace.committed();
    for (const { effect, returnedAtMs } of window.effects) {
      if (outlivesCrash(effect.what)) this.#open.open(effect, number, returnedAtMs);
    }
    const actors = this.#cache.takeWrites(number, limits.actorWritesMax, this.#recoverFrom, all);
    const moved = this.#open.takeOlderThan(number - limits.openWindowsMax, limits.actorWritesMax);
    const recoverFrom = this.#open.oldestWindow(this.#cache.oldestDirtyWindow(number + 1));
    this.#recoverFrom = recoverFrom;
    this.#trimmedBefore = Math.max(
      this.#trimmedBefore,
      Math.min(recoverFrom, number - limits.journalWindowsKept),
    );
    const positions = [...this.#inputs, ...this.#calls].map(({ ring, taken }) => ({
      ring: ring.name,
      position: taken,
    }));
    store.commit(
      {
        window: number,
        journal: encodeJournalRecord({ entries: window.entries, closed: window.closed }),
        sequences: window.sequences,
        actors,
        positions: encodePositions({ incarnation, rings: positions }),
        outboxAdd: [
          ...moved.map((effect) => [effectKey(effect.id), encodeEffect(effect)] as const),
          ...window.quarantined,
        ],
        outboxRemove: window.outboxRemove,
        recoverFrom,
        trimBefore: this.#trimmedBefore,
      },
      () => this.#durable(number, window, positions),
      (error) => {
        this.stop();
        onFatal(error);
      },
    );
  }

  #durable(number: number, window: Window, positions: readonly { ring: string; position: number }[]): void {
    if (this.#stopped) return;
    this.#durableWindow = number;
    for (const { effect, returnedAtMs } of window.effects) this.#release(effect, returnedAtMs, false);
    for (const id of window.heard) this.#heard(id);
    const at = new Map(positions.map(({ ring, position }) => [ring, position]));
    for (const input of [...this.#inputs, ...this.#calls]) input.release(at.get(input.ring.name) ?? 0);
    this.#out.flush();
  }

  #release(effect: Effect, returnedAtMs: number, again: boolean): void {
    this.#out.release(effect, { epoch: this.#epoch, returnedAtMs, again });
  }

  /** Releases open effects again: those of a crash, or those that a thread which died had in hand. */
  #releaseAll(wanted: (effect: Effect) => boolean): void {
    for (const { effect, window, returnedAtMs } of this.#open.all()) {
      // What is not durable yet was not released yet, and will be.
      if (window <= this.#durableWindow && wanted(effect)) this.#release(effect, returnedAtMs, true);
    }
  }

  /** The shard before in this process may have died between hearing a tell for good and saying so. */
  #askForTells(): void {
    const { shardOf } = this.#options;
    const rings = new Set(Array.from({ length: partitionCount }, (_, partition) => shardOf(partition)));
    for (const ring of rings) {
      if (ring !== undefined) this.#out.toShard(ring).push(ringKinds.tellsWanted, new Uint8Array(0));
    }
  }

  #beginEpoch(epoch: number): void {
    this.#epoch = epoch;
    if (this.#toldHeld) this.#tellHeld();
    this.#out.dropNotices();
    this.#releaseAll(({ what }) => what.kind !== 'tell-subscriber');
  }

  /** The signalling part slows no notices while a shard waits for them to be done. */
  #tellHeld(): void {
    this.#toldHeld = this.#intake.heldByNotices;
    const record = Uint8Array.of(this.#options.index, this.#toldHeld ? 1 : 0);
    this.#out.signalling.push(ringKinds.intakeHeld, record);
  }
}
