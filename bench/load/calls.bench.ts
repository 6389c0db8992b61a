/**
 * What a call costs the engine's process, over TCP, measured from outside: missed calls from initialDP to the end of the dialogue,
 * when they are durable; notices with sendRoutingInfoForSM and mt-ForwardSM; answered calls. And how many a second there can be
 * while the engine shares the machine with the generator.
 */
import assert from 'node:assert/strict';
import { findCapacity } from '../../loadtest/capacity.ts';
import type { LoadKind, Phase } from '../../loadtest/plan.ts';
import type { Objective } from '../../loadtest/slo.ts';
import { hashOf, remark, report, sized } from '../harness/report.ts';
import { withLoaded } from './loaded.ts';

const SUBSCRIBERS = sized(20_000, 100);
const FOR_MS = sized(10_000, 300);
/** Rates from which the search begins, and at which subscribers are made absent. */
const CALM_RATE = sized(1_000, 200);
/** Of the capacity, at which costs and latencies are measured. */
const LOAD = 0.8;
/** Returns a second: each is three dialogues, two of which are ours, and two events, where a missed call is one of each. */
const RETURN_RATE = sized(2_000, 200);
const ANSWER_MS = 20;
const GOAL: readonly Objective[] = [
  { what: 'answer-p99', comparison: '<=', limit: ANSWER_MS, unit: 'ms' },
  { what: 'served', comparison: '>=', limit: 0.99, unit: 'share' },
];

await withLoaded({ subscribers: SUBSCRIBERS }, async ({ load, measured }) => {
  const phase = (
    name: string,
    kind: LoadKind,
    order: Phase['order'],
    rate: number,
    forMs = FOR_MS,
  ): Phase => ({
    name,
    ratePerSecond: rate,
    forMs,
    mix: { [kind]: 1 },
    first: 0,
    count: SUBSCRIBERS,
    order,
  });
  const onceMs = (SUBSCRIBERS * 1_000) / CALM_RATE;
  const capacityOf = async (kind: LoadKind): Promise<number> => {
    const { ratePerSecond, limitedBy } = await findCapacity(load, {
      phase: phase(kind, kind, 'random', 0, sized(5_000, 500)),
      goal: GOAL,
      fromPerSecond: CALM_RATE,
      toPerSecond: sized(64_000, 200),
      refinements: sized(3, 0),
    });
    await load.settle(sized(1_000, 100), 600_000);
    remark(`${kind}: ${ratePerSecond} a second hold, limited by the ${limitedBy}`);
    return ratePerSecond;
  };
  await measured(phase('away', 'not-reachable', 'in-turn', CALM_RATE, onceMs));
  const calmly = await measured(phase('back', 'alert', 'in-turn', CALM_RATE, onceMs));
  await measured(phase('away again', 'not-reachable', 'in-turn', CALM_RATE, onceMs));
  const returnMs = (SUBSCRIBERS * 1_000) / RETURN_RATE;
  const returned = await measured(phase('back again', 'alert', 'in-turn', RETURN_RATE, returnMs));
  // Who is away and has been looked for once is not looked for again: what follows is the calls alone.
  await measured(phase('away for good', 'not-reachable', 'in-turn', CALM_RATE, onceMs));
  const missedRate = await capacityOf('not-reachable');
  const rate = Math.max(CALM_RATE, Math.round(missedRate * LOAD));
  const missed = await measured(phase('missed', 'not-reachable', 'random', rate));
  // Whoever answers is there, and is told first: what follows is the calls alone.
  await measured(phase('home', 'alert', 'in-turn', CALM_RATE, onceMs));
  const answeredRate = await capacityOf('answered');
  const answered = await measured(phase('answered', 'answered', 'random', rate));
  const { notices } = await load.report();
  assert.deepEqual(
    { lost: notices.lost, doubled: notices.doubled, wrong: notices.wrong },
    { lost: 0, doubled: 0, wrong: 0 },
  );
  remark(
    `missed calls at ${rate} a second: ${missed.report.calls.served} of ${missed.report.planned} served, answered within ${missed.report.answer.p99Ms} ms (p99)`,
  );
  const hash = hashOf('calls', SUBSCRIBERS);
  const each = ({ cpuUs }: { cpuUs: number }, count: number): number => cpuUs / Math.max(1, count);
  report(
    {
      name: 'load/calls: missed calls a second, engine and generator on this machine',
      figure: missedRate,
      unit: '/s',
      goal: { of: 'figure', atLeast: 10_000 },
      hash,
    },
    {
      name: 'load/calls: missed calls, initialDP to answer, p99 at eight tenths of it',
      figure: missed.report.answer.p99Ms,
      unit: 'ms',
      goal: { of: 'figure', atMost: ANSWER_MS },
      hash,
    },
    {
      name: 'load/calls: answered calls a second',
      figure: answeredRate,
      unit: '/s',
      floor: missedRate,
      floorIs: 'missed calls a second',
      goal: { of: 'ratio', atLeast: 1.5 },
      hash,
    },
    {
      name: 'load/calls: engine CPU for a missed call',
      figure: each(missed, missed.report.calls.served),
      unit: 'µs',
      goal: { of: 'figure', atMost: 40 },
      hash,
    },
    {
      name: `load/calls: engine CPU for a return and its notice, at ${RETURN_RATE} a second`,
      figure: each(returned, returned.report.messagesArrived),
      unit: 'µs',
      goal: { of: 'figure', atMost: 80 },
      hash,
    },
    {
      name: `load/calls: the same, at ${CALM_RATE} returns a second`,
      figure: each(calmly, calmly.report.messagesArrived),
      unit: 'µs',
      hash,
    },
    {
      name: 'load/calls: engine CPU for an answered call',
      figure: each(answered, answered.report.calls.served),
      unit: 'µs',
      hash,
    },
  );
});
