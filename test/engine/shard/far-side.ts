/**
 * Everything around the shards: it reports calls, does effects, gives commands, and has handsets that remember what they
 * were told. Its network is as bad as its dice.
 */
import assert from 'node:assert/strict';
import type { Effect } from '../../../src/types/model/effect.ts';
import type { EventKind, SubscriberEvent } from '../../../src/types/model/event.ts';
import { effectKey, type Notice } from '../../../src/types/model/notice.ts';
import type { Profile } from '../../../src/types/model/profile.ts';
import { type ReleasedEffect, ringKinds } from '../../../src/types/model/thread.ts';
import { partitionOf } from '../../../src/types/partition.ts';
import type { RingReader, RingWriter } from '../../../src/types/ports/ring.ts';
import { encodeEvent } from '../../../src/wire/event.ts';
import { decodeReleasedEffect, encodeDecideRequest, encodeEpochBegan } from '../../../src/wire/thread.ts';
import type { Dice } from './dice.ts';
import { type ShardPlant, START_MS } from './shard-plant.ts';

export interface Handset {
  on: boolean;
  /** Notices as they came, repeats included. */
  readonly inbox: Notice[];
}

interface Job {
  readonly effect: Effect;
  readonly endsAtMs: number;
  readonly startedAtMs: number;
  /** An earlier life may have done it. */
  readonly again: boolean;
}

export interface FarSideHooks {
  readonly onCallAnswered: (token: number) => void;
  readonly onCommandAnswered: (token: number) => void;
  /** A handset got a notice. */
  readonly onNotice: (number: string, notice: Notice) => void;
  /** The network said that it will never work. */
  readonly onPermanent: (number: string, query: boolean) => void;
}

export class FarSide {
  readonly #plant: ShardPlant;
  readonly #dice: Dice;
  readonly #hooks: FarSideHooks;
  readonly #handsets = new Map<string, Handset>();
  /** Who the HLR tells us of. */
  readonly #waitingList = new Set<string>();
  #jobs = new Map<string, Job>();
  #recent = new Map<string, SubscriberEvent>();
  #outcomes: { readonly shard: number; readonly record: Uint8Array }[] = [];
  #later: { readonly atMs: number; readonly act: () => void }[] = [];
  #ends = new Map<string, RingWriter | RingReader>();
  #announcing = new Set<number>();
  /** Everything works from now on. */
  calm = false;

  constructor(plant: ShardPlant, dice: Dice, hooks: FarSideHooks) {
    this.#plant = plant;
    this.#dice = dice;
    this.#hooks = hooks;
  }

  handset(number: string): Handset {
    let handset = this.#handsets.get(number);
    if (handset === undefined) {
      handset = { on: true, inbox: [] };
      this.#handsets.set(number, handset);
    }
    return handset;
  }

  switchOn(number: string): void {
    this.handset(number).on = true;
    if (this.#waitingList.delete(number) && (this.calm || this.#dice.chance(0.9))) {
      this.after(this.#dice.below(2_000), () => {
        this.report(number, { kind: 'subscriber-reachable', source: 'alert' });
      });
    }
  }

  after(ms: number, act: () => void): void {
    this.#later.push({ atMs: this.#plant.nowMs + ms, act });
  }

  /** Hands a fact to its shard; false when the ring is full. */
  report(subscriber: string, what: EventKind): boolean {
    return this.#write('calls', subscriber, ringKinds.event, this.#event(subscriber, what));
  }

  decide(subscriber: string): void {
    const request = encodeDecideRequest({ token: 1, subscriber });
    this.#write('decisions', subscriber, ringKinds.decideRequest, request);
  }

  command(subscriber: string, profile: Profile | undefined, answerToken: number): boolean {
    const command =
      profile === undefined ? { kind: 'remove' as const } : { kind: 'set-profile' as const, profile };
    const event = this.#event(subscriber, { kind: 'admin-command', command, answerToken });
    return this.#write('commands', subscriber, ringKinds.event, event);
  }

  /** The threads that do effects die and start anew. */
  beginEpoch(): void {
    this.#plant.epoch++;
    this.#jobs = new Map();
    this.#recent = new Map();
    this.#outcomes = [];
    this.#later = [];
    for (let shard = 0; shard < this.#plant.options.shards; shard++) this.#announcing.add(shard);
  }

  /** The process died: nothing that was under way is known any more. */
  forget(): void {
    this.#jobs = new Map();
    this.#recent = new Map();
    this.#outcomes = [];
    this.#later = [];
    this.#ends = new Map();
    this.#announcing = new Set();
  }

  get nextMs(): number {
    const times = [...this.#jobs.values()].map(({ endsAtMs }) => endsAtMs);
    return Math.min(Infinity, ...times, ...this.#later.map(({ atMs }) => atMs));
  }

  turn(): number {
    let work = 0;
    const now = this.#plant.nowMs;
    const due = this.#later.filter(({ atMs }) => atMs <= now);
    this.#later = this.#later.filter(({ atMs }) => atMs > now);
    for (const { act } of due) act();
    for (const shard of this.#announcing) {
      const ring = this.#writer(`commands-${shard}`);
      if (!ring.write(ringKinds.epochBegan, encodeEpochBegan(this.#plant.epoch))) continue;
      ring.flush();
      this.#announcing.delete(shard);
      work++;
    }
    for (const [key, job] of [...this.#jobs]) {
      if (job.endsAtMs > now) continue;
      this.#jobs.delete(key);
      this.#end(key, job);
      work++;
    }
    work += due.length;
    while (this.#outcomes.length > 0) {
      const { shard, record } = this.#outcomes[0]!;
      const ring = this.#writer(`outcomes-${shard}`);
      if (!ring.write(ringKinds.event, record)) break;
      ring.flush();
      this.#outcomes.shift();
      work++;
    }
    for (let shard = 0; shard < this.#plant.options.shards; shard++) {
      for (const name of ['replies', 'queries', 'notices', 'answers']) {
        // A reader that is slow now and then.
        if (!this.calm && this.#dice.chance(0.2)) continue;
        work += this.#read(this.#reader(`${name}-${shard}`));
      }
    }
    return work;
  }

  #read(ring: RingReader): number {
    let last = -1;
    const count = ring.read((kind, record, position) => {
      last = position;
      if (kind !== ringKinds.releasedEffect) return;
      const released = decodeReleasedEffect(record);
      assert.ok(released.ok);
      this.#take(released.value);
    }, 10);
    if (last >= 0) ring.release(last);
    return count;
  }

  #take({ epoch, effect, again }: ReleasedEffect): void {
    const { what } = effect;
    if (what.kind === 'answer-call') return this.#hooks.onCallAnswered(what.answerToken);
    if (what.kind === 'answer-command') return this.#hooks.onCommandAnswered(what.answerToken);
    if (epoch < this.#plant.epoch) return;
    const key = effectKey(effect.id);
    if (this.#jobs.has(key)) return;
    const known = this.#recent.get(key);
    if (known !== undefined) return this.#outcome(effect, known);
    const dice = this.#dice;
    const ms = dice.chance(0.8) ? dice.below(60) : dice.chance(0.8) ? dice.below(6_000) : 60_000;
    const startedAtMs = this.#plant.nowMs;
    this.#jobs.set(key, { effect, endsAtMs: startedAtMs + ms, startedAtMs: START_MS + startedAtMs, again });
  }

  #end(key: string, { effect, startedAtMs, again }: Job): void {
    const { what } = effect;
    const dice = this.#dice;
    const query = what.kind === 'query-reachability';
    assert.ok(query || what.kind === 'send-notice');
    const number = query ? what.subscriber : what.notice.recipient;
    const handset = this.handset(number);
    const delivered = () => {
      if (query) return;
      handset.inbox.push(what.notice);
      this.#hooks.onNotice(number, what.notice);
    };
    const event = (
      result: 'delivered' | 'absent' | 'memory-full' | 'temporary' | 'permanent',
      uncertain = false,
    ) => {
      const listed = dice.chance(0.8);
      if (result === 'absent' && listed) this.#waitingList.add(number);
      if (result === 'permanent') this.#hooks.onPermanent(number, query);
      const common = {
        effect: effect.id,
        result,
        onWaitingList: listed,
        storedAs: '',
        startedAtMs,
        detail: '',
      };
      const partsDelivered = result === 'delivered' ? 1 : 0;
      return this.#eventOf(
        number,
        query
          ? { kind: 'reachability-outcome', ...common }
          : {
              kind: 'notice-outcome',
              ...common,
              partsDelivered,
              uncertain: uncertain || (again && result !== 'delivered'),
            },
      );
    };
    const roll = this.calm ? 0 : dice.below(100);
    let outcome: SubscriberEvent;
    if (!handset.on) outcome = event('absent');
    else if (roll < 75) {
      delivered();
      outcome = event('delivered');
    } else if (roll < 83) {
      // It may have arrived, and no answer says so.
      if (roll < 80) delivered();
      outcome = event('temporary', !query);
    } else if (roll < 93) outcome = event('temporary');
    else if (roll < 98) outcome = event('memory-full');
    else outcome = event('permanent');
    this.#recent.set(key, outcome);
    this.#outcome(effect, outcome);
    if (!this.calm && dice.chance(0.05)) this.#outcome(effect, outcome);
  }

  #outcome(effect: Effect, event: SubscriberEvent): void {
    this.#outcomes.push({ shard: this.#plant.shardOf(effect.id.partition), record: encodeEvent(event) });
  }

  #eventOf(subscriber: string, what: EventKind): SubscriberEvent {
    return { subscriber, atMs: START_MS + this.#plant.nowMs, what };
  }

  #event(subscriber: string, what: EventKind): Uint8Array {
    return encodeEvent(this.#eventOf(subscriber, what));
  }

  #write(name: string, subscriber: string, kind: number, record: Uint8Array): boolean {
    const ring = this.#writer(`${name}-${this.#plant.shardOf(partitionOf(subscriber))}`);
    const written = ring.write(kind, record);
    ring.flush();
    return written;
  }

  #writer(name: string): RingWriter {
    return this.#endOf(name, () => this.#plant.writer(name)) as RingWriter;
  }

  #reader(name: string): RingReader {
    return this.#endOf(name, () => this.#plant.reader(name)) as RingReader;
  }

  #endOf(name: string, make: () => RingWriter | RingReader): RingWriter | RingReader {
    let end = this.#ends.get(name);
    if (end === undefined) {
      end = make();
      this.#ends.set(name, end);
    }
    return end;
  }
}
