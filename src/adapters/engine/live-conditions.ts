/** Which alarm conditions hold in a sample. */
import type { Association, PointCode, Shard, Thread } from '../../web/live-source.ts';
import type { AlarmCondition } from './alarm-board.ts';
import type { AlarmCode } from './alarms.ts';

export interface ConditionFacts {
  readonly associations: readonly Association[];
  readonly pointCodes: readonly PointCode[];
  readonly shards: readonly Shard[];
  readonly threads: readonly Thread[];
  /** By thread, in the sample before. */
  readonly restartsBefore: ReadonlyMap<string, number>;
  /** What the wall clock has gone more than the one that is never set, since the sample before. */
  readonly clockStepMs: number;
  readonly deliveries: { readonly underWay: number; readonly max: number };
  /** By family: refusals since start, and since the sample before. */
  readonly ringRefusals: readonly {
    readonly name: string;
    readonly total: number;
    readonly recent: number;
  }[];
  /** Of all threads, since start. */
  readonly counters: ReadonlyMap<string, number>;
  /** What they were in the sample before. */
  readonly countersBefore: ReadonlyMap<string, number>;
}

/** A loop that is later than this is felt: calls wait 300 ms at most. */
const LOOP_LATE_MS = 150;
const COMMIT_SLOW_MS = 100;
/** What a time service slews in a sample is far below. */
const CLOCK_STEP_MS = 1_000;

/** Alarms that stand while counters rise; a star at the end is anything. */
const RISING: readonly (readonly [code: AlarmCode, ...counters: string[]])[] = [
  ['calls-let-go', 'call.let-go-overload', 'cap.let-go.no-room'],
  ['missed-calls-not-taken', 'call.missed-not-taken'],
  ['dialogues-refused', 'tcap.limit.dialogues', 'tcap.begin.refused', 'tcap.begin.discarded'],
  [
    'record-damaged',
    'shard.record-damaged',
    'shard.input-damaged.*',
    'signalling.input-damaged.*',
    'notifier.input-damaged',
    'settle.record-damaged.*',
  ],
  ['store-failing', 'shard.commit-failed'],
  [
    'renderer-failing',
    'notifier.worker.died',
    'notifier.pool.replaced',
    // One that dies with a batch fails the batch, and nothing else tells of it.
    'notifier.batch.crashed',
    'notifier.batch.timed-out',
  ],
  ['capture-failing', 'capture.failed', 'capture.dropped'],
];

export function conditionsIn(facts: ConditionFacts): AlarmCondition[] {
  const found: AlarmCondition[] = [];
  for (const { name, state, aspState, asState } of facts.associations) {
    if (state !== 'established') found.push({ code: 'association-down', subject: name });
    else if (asState !== 'AS-ACTIVE')
      found.push({ code: 'application-server-inactive', subject: name, detail: `${aspState}, ${asState}` });
  }
  for (const { pointCode, state } of facts.pointCodes) {
    if (state === 'unavailable') found.push({ code: 'point-code-unavailable', subject: pointCode });
  }
  const { underWay, max } = facts.deliveries;
  if (underWay >= max) found.push({ code: 'deliveries-full', subject: '', detail: max });
  for (const { name, total, recent } of facts.ringRefusals) {
    if (recent > 0) found.push({ code: 'ring-refusing', subject: name, detail: total });
  }
  for (const { name, alive, restarts, loopLagP99Ms } of facts.threads) {
    // Before its first life runs the engine has not started: `/health` says so.
    if (!alive && restarts > 0) found.push({ code: 'thread-down', subject: name });
    if (restarts > (facts.restartsBefore.get(name) ?? 0))
      found.push({ code: 'thread-restarted', subject: name, detail: restarts });
    if (loopLagP99Ms > LOOP_LATE_MS)
      found.push({ code: 'event-loop-late', subject: name, detail: Math.round(loopLagP99Ms) });
  }
  for (const { name, commitP99Ms } of facts.shards) {
    if (commitP99Ms > COMMIT_SLOW_MS)
      found.push({ code: 'commit-slow', subject: name, detail: Math.round(commitP99Ms) });
  }
  if (Math.abs(facts.clockStepMs) > CLOCK_STEP_MS)
    found.push({ code: 'clock-stepped', subject: '', detail: Math.round(facts.clockStepMs / 1_000) });
  const quarantined =
    (facts.counters.get('shard.quarantined') ?? 0) + (facts.counters.get('shard.in-quarantine') ?? 0);
  if (quarantined > 0) found.push({ code: 'quarantine', subject: '', detail: quarantined });
  for (const [code, ...names] of RISING) {
    const now = sumOf(facts.counters, names);
    if (now > sumOf(facts.countersBefore, names)) found.push({ code, subject: '', detail: now });
  }
  return found;
}

function sumOf(counters: ReadonlyMap<string, number>, names: readonly string[]): number {
  let sum = 0;
  for (const name of names) {
    if (!name.endsWith('*')) {
      sum += counters.get(name) ?? 0;
      continue;
    }
    const prefix = name.slice(0, -1);
    for (const [counter, value] of counters) if (counter.startsWith(prefix)) sum += value;
  }
  return sum;
}
