/**
 * One seeded life of a few subscribers: calls, returns, orders, commands, effects that come late, twice or not at all, and
 * kills of the process, of a shard and of the threads that do effects. A naive model knows what must have been told.
 */
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { reduce } from '../../../src/subscriber/reduce.ts';
import { effectKey, type Notice, type Return } from '../../../src/types/model/notice.ts';
import type { Profile } from '../../../src/types/model/profile.ts';
import { initialState, isBlank, type SubscriberState } from '../../../src/types/model/state.ts';
import { partitionOf } from '../../../src/types/partition.ts';
import { Dice } from './dice.ts';
import { FarSide } from './far-side.ts';
import { ShardPlant, type ShardPlantOptions, START_MS } from './shard-plant.ts';

interface Call {
  readonly key: Uint8Array;
  readonly callee: string;
  readonly caller: string;
  readonly attemptedAtMs: number;
  readonly absent: boolean;
  /** Nobody else calls with this number. */
  readonly onlyOne: boolean;
  answered: boolean;
  /** The process that took the report last. */
  handedTo: number;
  /** Nothing has happened that excuses silence. */
  owed: boolean;
  /** As `owed`, for the caller's notice that the callee is back. */
  returnOwed: boolean;
  /** The callee's last event when the order to be told no more was known to be durable; 0: there is no such order. */
  withdrawnAt: number;
}

interface Subscriber {
  readonly number: string;
  /** Durably so; undefined while a command is under way or was lost. */
  ordered: Profile | 'removed' | undefined;
}

const NUMBERS = ['491710000001', '491710000002', '491720000003', '491720000004', '491730000005'];

export interface ModelOptions {
  readonly seed: number;
  readonly steps?: number;
  readonly between?: ShardPlantOptions['between'];
}

export class ModelRun {
  readonly plant: ShardPlant;
  readonly far: FarSide;
  readonly dice: Dice;
  readonly calls: Call[] = [];
  readonly subscribers: readonly Subscriber[];
  readonly #steps: number;
  readonly #answers = new Map<number, () => void>();
  #token = 0;
  #serial = 0;

  constructor({ seed, steps, between }: ModelOptions) {
    const dice = new Dice(seed);
    this.dice = dice;
    this.#steps = steps ?? 120;
    const failing = dice.pick([0, 0, 0.01]);
    this.plant = new ShardPlant({
      shards: 1 + dice.below(2),
      ringOctets: dice.pick([4096, 64 * 1024]),
      commitMs: () => 1 + dice.below(12),
      failure: () => (!this.far.calm && dice.chance(failing) ? new Error('no space left') : undefined),
      limits: {
        windowEventsMax: dice.pick([2, 5, 1000]),
        readMax: dice.pick([2, 512]),
        actorWritesMax: dice.pick([1, 3, 500]),
        actorsMax: dice.pick([1, 3, 1000]),
        waitingMax: dice.pick([3, 1000]),
        openWindowsMax: dice.pick([2, 10, 2000]),
        journalWindowsKept: dice.pick([0, 20]),
      },
      policy: {
        recheckListedMs: [600_000],
        recheckUnlistedMs: [20_000, 60_000, 200_000],
        retryMs: [2_000, 10_000, 150_000],
        callersPerNotice: dice.pick([2, 20]),
      },
      ...(between === undefined ? {} : { between }),
    });
    this.far = new FarSide(this.plant, dice, {
      onCallAnswered: (token) => this.#answered(token),
      onCommandAnswered: (token) => this.#answered(token),
      onNotice: (number, notice) => this.#onNotice(number, notice),
      onPermanent: (number, query) => this.#onPermanent(number, query),
    });
    this.subscribers = NUMBERS.map((number) => ({ number, ordered: 'removed' as const }));
  }

  run(): void {
    for (const subscriber of this.subscribers) this.#order(subscriber, this.#profile());
    this.settle(100);
    for (let step = 0; step < this.#steps; step++) {
      this.#act();
      this.settle(this.#pause());
    }
    this.#calmDown();
    this.check();
  }

  #pause(): number {
    const { dice } = this;
    const roll = dice.below(100);
    if (roll < 50) return dice.below(4);
    if (roll < 85) return dice.below(100);
    if (roll < 98) return dice.below(20_000);
    return dice.below(700_000);
  }

  #act(): void {
    const { dice, far } = this;
    const roll = dice.below(100);
    if (roll < 42) return this.#call();
    const subscriber = dice.pick(this.subscribers);
    const { number } = subscriber;
    if (roll < 56) return far.switchOn(number);
    if (roll < 68) {
      far.handset(number).on = false;
      if (dice.chance(0.2)) far.report(number, { kind: 'subscriber-unreachable', source: 'mm-event' });
      return;
    }
    if (roll < 74) {
      if (far.handset(number).on) far.report(number, { kind: 'subscriber-reachable', source: 'mm-event' });
      return;
    }
    if (roll < 78) return far.decide(number);
    if (roll < 86) {
      const on = typeof subscriber.ordered === 'object';
      if (on && dice.chance(0.7)) this.#withdraw(subscriber);
      else this.#order(subscriber, this.#profile());
      return;
    }
    if (roll < 91) return this.#killProcess();
    if (roll < 97) return this.#killShard();
    far.beginEpoch();
  }

  #profile(): Profile {
    const notifyMe = this.dice.chance(0.7) ? 'always' : 'off';
    return { missedCalls: true, notifyMe, language: 'en', timeZone: 'UTC' };
  }

  #call(): void {
    const { dice, far } = this;
    const callee = dice.pick(this.subscribers);
    const other = dice.pick(this.subscribers);
    const onlyOne = other === callee || dice.chance(0.5);
    const caller = onlyOne ? `4980${1_000_000 + this.#serial}` : other.number;
    const absent = !far.handset(callee.number).on;
    const key = new Uint8Array(4);
    new DataView(key.buffer).setUint32(0, ++this.#serial);
    const attemptedAtMs = START_MS + this.plant.nowMs;
    const tell = (): void => {
      // Who is removed and comes back is another subscriber, to whom an old call would be a new one.
      if (this.calls.some((call) => call.key === key && !call.owed)) return;
      const token = dice.chance(0.8) ? ++this.#token : 0;
      const taken = far.report(callee.number, {
        kind: 'call-missed',
        callKey: key,
        caller,
        presentation: 'allowed',
        attemptedAtMs,
        reason: absent ? 'not-reachable' : dice.pick(['busy', 'no-answer', 'abandoned']),
        cause: 20,
        answerToken: token,
      });
      if (!taken) return;
      const known = this.calls.find((call) => isDeepStrictEqual(call.key, key));
      const call = known ?? {
        key,
        callee: callee.number,
        caller,
        attemptedAtMs,
        absent,
        onlyOne,
        answered: false,
        handedTo: 0,
        owed: typeof callee.ordered === 'object',
        returnOwed:
          absent &&
          !onlyOne &&
          typeof callee.ordered === 'object' &&
          typeof other.ordered === 'object' &&
          other.ordered.notifyMe === 'always',
        withdrawnAt: 0,
      };
      call.handedTo = this.plant.incarnation;
      if (known === undefined) this.calls.push(call);
      if (token !== 0) this.#answers.set(token, () => (call.answered = true));
    };
    if (dice.chance(0.8)) tell();
    else far.after(dice.below(500), tell);
    // The same call may be reported over another way.
    if (dice.chance(0.05)) far.after(dice.below(500), tell);
  }

  #order(subscriber: Subscriber, profile: Profile): void {
    // A new order may end "notify me".
    for (const call of this.calls) if (call.caller === subscriber.number) call.returnOwed = false;
    subscriber.ordered = undefined;
    this.#command(subscriber, profile, () => (subscriber.ordered = profile));
  }

  #withdraw(subscriber: Subscriber): void {
    const { number } = subscriber;
    const touched = this.calls.filter(({ callee }) => callee === number);
    for (const call of touched) call.owed = false;
    for (const call of this.calls)
      if (call.callee === number || call.caller === number) call.returnOwed = false;
    const removed = this.dice.chance(0.5);
    const profile: Profile = { missedCalls: false, notifyMe: 'off', language: 'en', timeZone: 'UTC' };
    subscriber.ordered = undefined;
    this.#command(subscriber, removed ? undefined : profile, () => {
      subscriber.ordered = 'removed';
      const partition = partitionOf(number);
      const last = this.plant.disks[this.plant.shardOf(partition)]!.sequences.get(partition) ?? 0;
      for (const call of touched) call.withdrawnAt = last;
    });
  }

  #command(subscriber: Subscriber, profile: Profile | undefined, done: () => void): void {
    const token = ++this.#token;
    const command = ++this.#serial;
    this.#lastCommand.set(subscriber, command);
    if (!this.far.command(subscriber.number, profile, token)) return;
    this.#answers.set(token, () => {
      if (this.#lastCommand.get(subscriber) === command) done();
    });
  }
  readonly #lastCommand = new Map<Subscriber, number>();

  #answered(token: number): void {
    this.#answers.get(token)?.();
    this.#answers.delete(token);
  }

  #onPermanent(number: string, query: boolean): void {
    for (const call of this.calls) {
      if (call.callee === number) {
        call.owed = false;
        if (query) call.returnOwed = false;
      }
      if (call.caller === number) call.returnOwed = false;
    }
  }

  #onNotice(number: string, notice: Notice): void {
    assert.equal(notice.recipient, number);
    if (notice.content.kind !== 'missed-calls') return;
    for (const line of notice.content.callers) {
      const call = this.calls.find(({ onlyOne, caller }) => onlyOne && caller === line.caller);
      if (call === undefined || call.withdrawnAt === 0) continue;
      assert.ok(
        notice.id.sequence <= call.withdrawnAt,
        `a call was told of that ${number} had ordered not to be told of any more`,
      );
    }
  }

  #killProcess(): void {
    this.plant.killProcess(this.dice.below(3));
    this.far.forget();
    this.#answers.clear();
    this.plant.startProcess();
  }

  #killShard(): void {
    const index = this.dice.below(this.plant.options.shards);
    this.plant.killShard(index, this.dice.below(3));
    if (this.dice.chance(0.5)) return this.plant.startShard(index);
    // It takes a while until it is started anew.
    this.#dead.add(index);
    this.settle(this.dice.below(3_000));
    this.#dead.delete(index);
    this.plant.startShard(index);
  }
  readonly #dead = new Set<number>();

  /** Lets everything happen that happens within `ms`. */
  settle(ms: number): void {
    const { plant, far, dice } = this;
    const end = plant.nowMs + ms;
    for (;;) {
      for (let idle = 0; idle < 2; ) {
        let work = far.turn();
        const first = dice.below(plant.options.shards);
        for (let turn = 0; turn < plant.options.shards; turn++) {
          work += plant.turn((first + turn) % plant.options.shards);
        }
        idle = work > 0 ? 0 : idle + 1;
      }
      // A shard whose store refused a window starts anew from it.
      for (const index of plant.takeFailed()) if (!this.#dead.has(index)) plant.startShard(index);
      const next = Math.max(plant.nowMs + 1, Math.min(plant.nextDeadlineMs(), far.nextMs));
      if (next > end) break;
      plant.advance(next);
    }
    plant.advance(end);
  }

  /** The faults are over: all is told within a bound. */
  #calmDown(): void {
    this.far.calm = true;
    for (const { number } of this.subscribers) this.far.switchOn(number);
    this.settle(2 * 3_600_000);
  }

  check(): void {
    const states = new Map(this.plant.disks.flatMap((disk) => [...disk.states()]));
    this.#checkRest(states);
    this.#checkFold(states);
    this.#checkCalls();
    this.#checkReturns();
  }

  #checkRest(states: ReadonlyMap<string, SubscriberState>): void {
    for (let index = 0; index < this.plant.options.shards; index++) {
      const { openEffects, waiting, dirty, commitsInFlight, deadlines } = this.plant.shard(index).status;
      assert.deepEqual(
        { openEffects, waiting, dirty, commitsInFlight, deadlines },
        { openEffects: 0, waiting: 0, dirty: 0, commitsInFlight: 0, deadlines: 0 },
        `shard ${index} is at rest`,
      );
    }
    for (const {
      number,
      delivery,
      missed,
      returns,
      watchers,
      notice,
      furtherCalls,
      trying,
    } of states.values()) {
      assert.deepEqual(
        { delivery, missed, returns, watchers, notice, furtherCalls, trying },
        {
          delivery: 'idle',
          missed: [],
          returns: [],
          watchers: [],
          notice: undefined,
          furtherCalls: 0,
          trying: undefined,
        },
        `${number} has nothing left`,
      );
    }
    for (const disk of this.plant.disks)
      assert.deepEqual([...disk.outbox.keys()], [], 'nothing is left in the outbox');
    for (const disk of this.plant.disks)
      assert.equal(disk.deadlines.size, 0, 'no deadline is left in the index');
  }

  /** I2: the records are what a fold of the whole journal gives. */
  #checkFold(stored: ReadonlyMap<string, SubscriberState>): void {
    const folded = new Map<string, SubscriberState>();
    const sequences = new Map<number, number>();
    const calls = new Set<string>();
    for (const { entries } of this.plant.disks.flatMap((disk) => disk.history())) {
      for (const { partition, sequence, event, effects } of entries) {
        assert.equal(sequence, (sequences.get(partition) ?? 0) + 1, 'the journal has no hole');
        sequences.set(partition, sequence);
        const before = folded.get(event.subscriber) ?? initialState(event.subscriber);
        const { state, effects: again } = reduce(before, event, partition, sequence, this.plant.policy);
        folded.set(event.subscriber, state);
        for (const { id, what } of effects)
          assert.deepEqual(again[id.index], what, 'a replay asks for the same');
        if (event.what.kind === 'call-missed') calls.add(Buffer.from(event.what.callKey).toString('hex'));
      }
    }
    for (const [number, state] of folded) {
      const record = stored.get(number);
      if (record === undefined || isBlank(record)) assert.ok(isBlank(state), `${number} has no record`);
      else assert.deepEqual(record, state, `${number} is stored as the fold of the journal`);
    }
    for (const number of stored.keys()) assert.ok(folded.has(number), `${number} is in the journal`);
    for (const call of this.calls) {
      const durable = calls.has(Buffer.from(call.key).toString('hex'));
      if (call.answered) assert.ok(durable, 'a call that was answered is in the journal');
      else if (!durable) {
        assert.ok(
          !call.owed || call.handedTo < this.plant.incarnation,
          'a call that was handed over is in the journal, whatever happened to threads',
        );
        call.owed = false;
        call.returnOwed = false;
      }
    }
  }

  /** Notices as they were meant: repeats must be the same octets, and count once. */
  #told(number: string): Notice[] {
    const told = new Map<string, Notice>();
    for (const notice of this.far.handset(number).inbox) {
      const key = effectKey(notice.id);
      const before = told.get(key);
      if (before !== undefined) assert.deepEqual(notice, before, 'a repeat is the same');
      told.set(key, notice);
    }
    return [...told.values()];
  }

  #checkCalls(): void {
    for (const { number } of this.subscribers) {
      const lines = this.#told(number).flatMap(({ content }) =>
        content.kind === 'missed-calls' ? content.callers : [],
      );
      const callers = new Set([
        ...lines.map(({ caller }) => caller),
        ...this.calls.filter(({ callee }) => callee === number).map(({ caller }) => caller),
      ]);
      for (const caller of callers) {
        const calls = this.calls.filter((call) => call.callee === number && call.caller === caller);
        const owed = calls.filter((call) => call.owed).length;
        const told = lines
          .filter((line) => line.caller === caller)
          .reduce((sum, line) => sum + line.calls, 0);
        assert.ok(told >= owed, `lost: ${number} is owed ${owed} calls of ${caller} and was told ${told}`);
        assert.ok(
          told <= calls.length,
          `doubled: ${number} had ${calls.length} calls of ${caller}, told ${told}`,
        );
      }
    }
  }

  #checkReturns(): void {
    for (const { number } of this.subscribers) {
      const returns: Return[] = this.#told(number).flatMap(({ content }) =>
        content.kind === 'returns' ? content.returned : [],
      );
      const seen = new Set<string>();
      for (const { subscriber, attemptedAtMs, returnedAtMs } of returns) {
        const key = `${subscriber} ${attemptedAtMs} ${returnedAtMs}`;
        assert.ok(!seen.has(key), `doubled: ${number} was told twice that ${subscriber} is back`);
        seen.add(key);
      }
      for (const call of this.calls) {
        if (call.caller !== number || !call.returnOwed) continue;
        assert.ok(
          returns.some(
            ({ subscriber, returnedAtMs }) => subscriber === call.callee && returnedAtMs > call.attemptedAtMs,
          ),
          `lost: ${number} was not told that ${call.callee} is back`,
        );
      }
    }
  }
}
