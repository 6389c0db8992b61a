/**
 * Writes a data directory as this version writes it: a small life with missed calls, deadlines, open effects, an outbox, tells
 * between shards, and a journal that is still needed, as a kill leaves it. Always the same, save for LMDB's own bookkeeping.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { shardDirectory } from '../../src/adapters/store/data-directory.ts';
import { openLmdbStore } from '../../src/adapters/store/lmdb-store.ts';
import { relocatePartitions } from '../../src/adapters/store/relocate-partitions.ts';
import { defaultNotifierLimits } from '../../src/engine/notifier.ts';
import { buildShard, type ServiceOptions } from '../../src/engine/parts.ts';
import { plainRings } from '../../src/engine/plain-rings.ts';
import { defaultShardLimits } from '../../src/engine/shard/shard-options.ts';
import { shardOfPartition } from '../../src/engine/wiring.ts';
import { defaultSubscriberPolicy } from '../../src/subscriber/policy.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import type { DeliveryResult, EventKind } from '../../src/types/model/event.ts';
import type { EffectId, MissedReason } from '../../src/types/model/notice.ts';
import { type ReleasedEffect, ringKinds } from '../../src/types/model/thread.ts';
import { partitionOf } from '../../src/types/partition.ts';
import { TimingWheel } from '../../src/types/timing-wheel.ts';
import { encodeEvent } from '../../src/wire/event.ts';
import { decodeReleasedEffect } from '../../src/wire/thread.ts';

export const LIFE_SHARDS = 3;
export const LIFE_MAP_OCTETS = 2 ** 26;
export const LIFE_START_MS = Date.UTC(2026, 0, 15, 8);
const STARTS = 3;

export const lifeNumber = (index: number): string => String(491_511_000_000 + index * 7919);
const SUBSCRIBERS = 36;
const REASONS: readonly MissedReason[] = ['busy', 'no-answer', 'not-reachable', 'abandoned', 'barred'];

const limits = {
  ...defaultShardLimits,
  windowMs: 0,
  actorWritesMax: 3,
  openWindowsMax: 6,
  windowEventsMax: 4,
};

export async function writeLife(directory: string): Promise<void> {
  await relocatePartitions({ directory, shardCount: LIFE_SHARDS, mapSizeOctets: LIFE_MAP_OCTETS });
  writeFileSync(path.join(directory, 'starts'), `${STARTS}\n`);
  const life = new Life(directory);
  await life.live();
  await life.end();
}

/** Shards of this version over the environments of a directory, on virtual time; the caller is all that lies around them. */
export class Life {
  #nowMs: number;
  readonly #wheel: TimingWheel;
  readonly #rings = plainRings(LIFE_SHARDS);
  readonly #stores;
  readonly #shards;
  /** What the shards asked for, and nobody has answered yet. */
  readonly released: ReleasedEffect[] = [];
  #serial = 0;

  /** @param startMs behind all that the directory has seen */
  constructor(directory: string, startMs = 0) {
    this.#nowMs = startMs;
    this.#wheel = new TimingWheel({ startMs, capacity: 64 });
    // Rings are new: what is stored of the positions of others says nothing of them.
    const incarnation = STARTS + startMs;
    const shards = Array.from({ length: LIFE_SHARDS }, (_, index) => index);
    this.#stores = shards.map((index) =>
      openLmdbStore({ directory: shardDirectory(directory, index), mapSizeOctets: LIFE_MAP_OCTETS }),
    );
    // Of all that an engine is made of a shard reads these alone.
    const options = {
      shards: LIFE_SHARDS,
      policy: defaultSubscriberPolicy,
      shardLimits: limits,
      notifierLimits: defaultNotifierLimits,
    } as ServiceOptions;
    const ports = {
      clock: { now: () => LIFE_START_MS + this.#nowMs, monotonic: () => this.#nowMs },
      timers: this.#wheel,
      counters: new CountersMap(),
      log: silentLog,
      rings: this.#rings,
    };
    this.#shards = shards.map((index) =>
      buildShard(index, this.#stores[index]!, options, { incarnation, epoch: 1 }, ports, (error) => {
        throw error;
      }),
    );
  }

  async live(): Promise<void> {
    for (let index = 0; index < SUBSCRIBERS; index++) {
      const notifyMe = index % 2 === 0 ? 'always' : 'off';
      const language = index % 5 === 0 ? 'de' : 'en';
      const timeZone = index % 3 === 0 ? 'Europe/Berlin' : 'Asia/Tokyo';
      const profile = { missedCalls: index % 11 !== 10, notifyMe, language, timeZone } as const;
      this.tell(index, {
        kind: 'admin-command',
        command: { kind: 'set-profile', profile },
        answerToken: index,
      });
    }
    await this.settle();
    for (let round = 0; round < 12; round++) {
      for (let callee = round % 3; callee < SUBSCRIBERS; callee += 3) this.missed(callee, callee + round + 1);
      await this.settle();
      this.answer(round);
      await this.settle();
    }
    this.tell(10, { kind: 'admin-command', command: { kind: 'remove' }, answerToken: 0 });
    for (const callee of [4, 9, 14])
      this.tell(callee, { kind: 'subscriber-reachable', source: 'alert', answerToken: 5 });
    await this.settle();
    // The last windows, whose records no commit has written yet.
    for (let callee = 0; callee < SUBSCRIBERS; callee++) this.missed(callee, callee + 40);
    for (let turn = 0; turn < 4; turn++) {
      for (const shard of this.#shards) shard.doWork();
      await this.#written();
    }
  }

  /** As a kill leaves it. */
  async end(): Promise<void> {
    for (const shard of this.#shards) shard.stop();
    for (const store of this.#stores) await store.close();
  }

  missed(callee: number, caller: number): void {
    this.#serial++;
    const reason = REASONS[this.#serial % REASONS.length]!;
    this.tell(callee, {
      kind: 'call-missed',
      callKey: Uint8Array.of(this.#serial >> 8, this.#serial & 0xff, callee),
      caller: caller % 13 === 0 ? '' : lifeNumber(caller % (SUBSCRIBERS + 6)),
      presentation: caller % 7 === 0 ? 'restricted' : 'allowed',
      attemptedAtMs: LIFE_START_MS + this.#nowMs - 5_000,
      reason,
      cause: reason === 'not-reachable' ? 20 : 17,
      answerToken: this.#serial % 4 === 0 ? this.#serial : 0,
    });
  }

  /** Some of what was asked for ends, in all ways that it can; the rest stays open. */
  answer(round: number): void {
    const results: readonly DeliveryResult[] = [
      'delivered',
      'absent',
      'temporary',
      'memory-full',
      'permanent',
    ];
    for (const [at, { effect }] of this.released.splice(0).entries()) {
      const { what, id } = effect;
      if ((at + round) % 4 === 3) continue;
      const result = results[(at + round) % results.length]!;
      const startedAtMs = LIFE_START_MS + this.#nowMs - 800;
      const common = { effect: id, result, onWaitingList: result === 'absent', startedAtMs, detail: result };
      if (what.kind === 'send-notice') {
        const partsDelivered = result === 'delivered' ? 1 : 0;
        const storedAs = at % 6 === 1 ? lifeNumber(SUBSCRIBERS + at) : '';
        this.outcome(id, what.notice.recipient, {
          kind: 'notice-outcome',
          ...common,
          storedAs,
          partsDelivered,
          uncertain: result === 'temporary',
        });
      } else if (what.kind === 'query-reachability') {
        this.outcome(id, what.subscriber, { kind: 'reachability-outcome', ...common, storedAs: '' });
      }
    }
  }

  outcome(id: EffectId, subscriber: string, what: EventKind): void {
    this.#write(`outcomes-${shardOfPartition(id.partition, LIFE_SHARDS)}`, subscriber, what);
  }

  /** A fact of one subscriber, at its shard. */
  tell(index: number, what: EventKind): void {
    const number = lifeNumber(index);
    const shard = shardOfPartition(partitionOf(number), LIFE_SHARDS);
    this.#write(`${what.kind === 'admin-command' ? 'commands' : 'calls'}-${shard}`, number, what);
  }

  #write(ring: string, subscriber: string, what: EventKind): void {
    const writer = this.#rings.writer(ring);
    const event = { subscriber, atMs: LIFE_START_MS + this.#nowMs, what };
    if (!writer.write(ringKinds.event, encodeEvent(event))) throw new Error(`${ring} is full`);
    writer.flush();
  }

  /** Until nothing is to be done; then some time passes. */
  async settle(): Promise<void> {
    for (let idle = 0; idle < 3; ) {
      let work = 0;
      for (const shard of this.#shards) work += shard.doWork();
      await this.#written();
      work += this.#readReleased();
      this.#nowMs += 25;
      this.#wheel.advance(this.#nowMs);
      idle = work === 0 ? idle + 1 : 0;
    }
    this.#nowMs += 20_000;
  }

  get nowMs(): number {
    return LIFE_START_MS + this.#nowMs;
  }

  async #written(): Promise<void> {
    while (this.#stores.some((store) => store.commitsInFlight > 0)) await new Promise(setImmediate);
  }

  #readReleased(): number {
    let count = 0;
    for (let shard = 0; shard < LIFE_SHARDS; shard++) {
      for (const name of ['replies', 'queries', 'notices', 'answers']) {
        const ring = this.#rings.reader(`${name}-${shard}`);
        let last = -1;
        count += ring.read((kind, record, position) => {
          last = position;
          const effect = kind === ringKinds.releasedEffect ? decodeReleasedEffect(record) : undefined;
          if (effect?.ok === true) this.released.push(effect.value);
        }, 1_000);
        if (last >= 0) ring.release(last);
      }
    }
    return count;
  }
}
