/** Canaries: an engine with something wrong, and a judge that must find out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultPlan } from '../../src/simulator/plan.ts';
import type { SimulationReport } from '../../src/simulator/report.ts';
import { peopleOf, type Scenario } from '../../src/simulator/scenario.ts';
import { type Meddling, MeddlingTcap } from './meddler.ts';
import { Plant } from './plant.ts';

const SHOWN = '4915110000002';
const HIDDEN = '4915110000003';

const someone = {
  missedCalls: false,
  notifyMe: 'off',
  timeZone: 'UTC',
  withheld: false,
  mobilityReported: false,
} as const;

/** Two people call somebody who is busy, one of them without showing the number. */
const scenario: Scenario = {
  name: 'two calls',
  people: [
    { ...someone, name: 'b', number: '4915110000001', missedCalls: true },
    { ...someone, name: 'shown', number: SHOWN },
    { ...someone, name: 'hidden', number: HIDDEN, withheld: true },
  ],
  story: [
    { atMs: 0, kind: 'call', from: 'shown', to: 'b', ending: 'busy', withheld: false },
    { atMs: 10, kind: 'call', from: 'hidden', to: 'b', ending: 'busy', withheld: false },
  ],
  expect: [],
};

async function judged(meddling: Meddling): Promise<SimulationReport> {
  const { times } = defaultPlan;
  const plant = new Plant({
    seed: 1,
    scenario,
    people: peopleOf(scenario, defaultPlan),
    plan: {
      times: { ...times, drainMs: 5000 },
      // What is meddled with is mt-ForwardSM.
      life: { ...defaultPlan.life, mscVersion2: 0, mscVersion1: 0 },
    },
    meddle: (tcap) => new MeddlingTcap(tcap, meddling),
  });
  await plant.start();
  plant.run(5000);
  plant.drain();
  return plant.network.report();
}

const counts = ({ right, lost, doubled, wrong, repeated, drained }: SimulationReport) => ({
  right,
  lost,
  doubled,
  wrong,
  repeated,
  drained,
});
const clean = { right: 1, lost: 0, doubled: 0, wrong: 0, repeated: 0, drained: true };

test('nothing planted: nothing found', async () => {
  assert.deepEqual(counts(await judged({})), clean);
  assert.deepEqual(counts(await judged({ say: (text) => text })), clean);
});

test('a notice that is never sent is lost', async () => {
  const report = await judged({ swallow: () => true });
  assert.deepEqual(counts(report), { ...clean, right: 0, lost: 1, drained: false });
  assert.match(report.faults[0]!.why, new RegExp(SHOWN));
});

test('a second notice for the same call is doubled; the same octets are repeated', async () => {
  const doubled = await judged({ sayMore: (text) => text, stampMore: true });
  assert.deepEqual(counts(doubled), { ...clean, doubled: 1 });
  const again = await judged({ sayMore: (text) => text });
  assert.deepEqual(counts(again), { ...clean, repeated: 1 });
});

test('a count that is not that of the calls is wrong', async () => {
  const say = (text: string) => text.replace('a call from', '2 calls from').replace(' at ', ', the last at ');
  assert.equal((await judged({ say })).wrong, 1);
});

test('a withheld number that is shown is wrong', async () => {
  const report = await judged({ sayMore: (text) => text.replace(SHOWN, HIDDEN) });
  assert.deepEqual(counts(report), { ...clean, wrong: 1 });
});
