/**
 * Which alarm conditions hold of parts that stand still or fall behind, by what two samples one after the other show. A
 * condition has to hold for a while before its alarm stands (`alarms.ts`), so one sample of it means nothing.
 */
import type { NotifierStatus } from '../../engine/notifier.ts';
import type { RingLevel } from '../../engine/ring.ts';
import type { ShardStatus } from '../../engine/shard/shard-options.ts';
import { OVERLOAD_LEVELS, type OverloadName } from '../../engine/signalling/overload.ts';
import type { SignallingStatus } from '../../engine/signalling/signalling.ts';
import type { AlarmCondition } from './alarm-board.ts';
import type { AlarmCode } from './alarms.ts';

export interface ProgressFacts {
  /** Wall time. */
  readonly nowMs: number;
  readonly rings: readonly RingLevel[];
  /** By shard; a shard that has not reported yet is not there. */
  readonly shards: ReadonlyMap<number, ShardStatus>;
  /** Undefined: its thread does not run. */
  readonly signalling: SignallingStatus | undefined;
  readonly notifier: NotifierStatus | undefined;
  /** Threads and how often they were started anew. */
  readonly restarts: ReadonlyMap<string, number>;
  /** Whether an association carries traffic: until then notices and queries rightly wait. */
  readonly isNetworkUp: boolean;
  readonly deliveriesMax: number;
  readonly openEffectsMax: number;
  readonly lagActorsMax: number;
}

/** Who reads a ring, by the first word of its name. */
const READERS: Readonly<Record<string, 'shard' | 'signalling' | 'notifier' | 'main'>> = {
  calls: 'shard',
  returns: 'shard',
  outcomes: 'shard',
  results: 'shard',
  commands: 'shard',
  replies: 'signalling',
  queries: 'signalling',
  deliveries: 'signalling',
  notices: 'notifier',
  answers: 'main',
};
const RING_FILL_HIGH = 0.5;
/** A share of a bound at which it is said that it comes near. */
const NEAR = 0.5;
/** mt-ForwardSM may take a minute and a half (3GPP TS 29.002 §17.1.2, timer ml), and what goes before it half a minute. */
const NOTICE_LATE_MS = 300_000;
const RESTARTS_SAMPLES = 300;
const RESTARTS_MAX = 3;

const OVERLOAD_ALARMS: Readonly<Record<OverloadName, AlarmCode | undefined>> = {
  normal: undefined,
  'notices-slowed': 'overload-notices-slowed',
  'reading-slowed': 'overload-reading-slowed',
  shedding: 'overload-shedding',
  'reading-stopped': 'overload-reading-stopped',
};

export class ProgressWatch {
  #taken = new Map<string, number>();
  #windows = new Map<number, number>();
  /** Restarts of each thread in the samples before, the oldest first. */
  readonly #restarts: ReadonlyMap<string, number>[] = [];

  conditions(facts: ProgressFacts): AlarmCondition[] {
    return [
      ...this.#stuck(facts),
      ...this.#restarting(facts),
      ...ringsHigh(facts),
      ...behind(facts),
      ...overload(facts),
    ];
  }

  #stuck(facts: ProgressFacts): AlarmCondition[] {
    const { rings, shards } = facts;
    const found: AlarmCondition[] = [];
    const taken = new Map<string, number>();
    for (const { name, depth, taken: now } of rings) {
      const [kind = name, index = ''] = name.split('-');
      const reader = kind === 'tells' ? 'shard' : READERS[kind];
      if (reader === undefined || depth === 0) continue;
      taken.set(name, now);
      if (this.#taken.get(name) !== now || mayWait(kind, facts)) continue;
      const owner = kind === 'tells' ? (name.split('-')[2] ?? '') : index;
      const part = reader === 'shard' ? `shard-${owner}` : reader;
      if (!found.some(({ subject }) => subject === part))
        found.push({ code: 'part-stuck', subject: part, detail: name });
    }
    this.#taken = taken;
    const windows = new Map<number, number>();
    for (const [index, { commitsInFlight, window }] of shards) {
      if (commitsInFlight === 0) continue;
      windows.set(index, window);
      if (this.#windows.get(index) === window)
        found.push({ code: 'commits-stuck', subject: `shard-${index}`, detail: commitsInFlight });
    }
    this.#windows = windows;
    return found;
  }

  #restarting({ restarts }: ProgressFacts): AlarmCondition[] {
    const [oldest] = this.#restarts;
    this.#restarts.push(new Map(restarts));
    if (this.#restarts.length > RESTARTS_SAMPLES) this.#restarts.shift();
    if (oldest === undefined) return [];
    return [...restarts]
      .map(([subject, now]) => ({ subject, detail: now - (oldest.get(subject) ?? 0) }))
      .filter(({ detail }) => detail >= RESTARTS_MAX)
      .map(({ subject, detail }) => ({ code: 'thread-restarting' as const, subject, detail }));
  }
}

/** Notices and what asks for a subscriber wait where nothing can be sent, or enough is on its way; calls do not. */
function mayWait(kind: string, facts: ProgressFacts): boolean {
  const { rings, signalling, notifier, isNetworkUp, deliveriesMax } = facts;
  if (kind === 'deliveries' || kind === 'queries') {
    if (!isNetworkUp || signalling === undefined) return true;
    const { deliveries, outcomesWaiting, overload } = signalling;
    return overload > 0 || deliveries + outcomesWaiting >= deliveriesMax;
  }
  if (kind !== 'notices') return false;
  const downstream = rings.some(({ name, depth }) => name === 'deliveries' && depth > 0);
  return downstream || notifier === undefined || notifier.batches >= notifier.batchesMax;
}

function ringsHigh({ rings }: ProgressFacts): AlarmCondition[] {
  return rings
    .filter(({ fill }) => fill >= RING_FILL_HIGH)
    .map(({ name, fill }) => ({ code: 'ring-high', subject: name, detail: Math.round(fill * 100) }));
}

/** What falls behind: records behind the journal, notices behind calls, the notifier behind the shards. */
function behind(facts: ProgressFacts): AlarmCondition[] {
  const { nowMs, shards, notifier, isNetworkUp, openEffectsMax, lagActorsMax } = facts;
  const found: AlarmCondition[] = [];
  for (const [index, { dirty, openEffects, oldestNoticeAtMs }] of shards) {
    const subject = `shard-${index}`;
    if (dirty >= lagActorsMax * NEAR) found.push({ code: 'journal-lag', subject, detail: dirty });
    if (openEffects >= openEffectsMax * NEAR)
      found.push({ code: 'notices-many', subject, detail: openEffects });
    const ageMs = oldestNoticeAtMs === 0 ? 0 : nowMs - oldestNoticeAtMs;
    if (isNetworkUp && ageMs >= NOTICE_LATE_MS)
      found.push({ code: 'notices-late', subject, detail: Math.round(ageMs / 60_000) });
  }
  if (notifier !== undefined && notifier.batches >= notifier.batchesMax)
    found.push({ code: 'notifier-slow', subject: '', detail: notifier.batches });
  return found;
}

/** Every level up to the worst one since the last report stands: its measures are in force. */
function overload({ signalling }: ProgressFacts): AlarmCondition[] {
  return OVERLOAD_LEVELS.slice(0, (signalling?.overload ?? 0) + 1).flatMap(({ name }) => {
    const code = OVERLOAD_ALARMS[name];
    return code === undefined ? [] : [{ code, subject: '' }];
  });
}
