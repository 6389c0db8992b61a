import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultPlan } from '../../src/simulator/plan.ts';
import { isClean } from '../../src/simulator/report.ts';
import { Plant } from './plant.ts';

const SEEDS = Number(process.env['SEEDS'] ?? 0);
for (let seed = 2; seed < 2 + SEEDS; seed++)
  test(`seed ${seed}`, async (t) => {
    const plant = new Plant({ seed, plan: { life: { ...defaultPlan.life, callsPerSecond: 60 } } });
    await plant.start();
    plant.run(30_000);
    plant.drain();
    const report = plant.network.report();
    if (!isClean(report) || report.late > 0 || !report.drained)
      t.diagnostic(JSON.stringify(report, undefined, 1));
    assert.ok(isClean(report));
  });

test('a thousand missed calls: every one is told, once and rightly', async (t) => {
  const plant = new Plant({
    seed: 1,
    plan: { life: { ...defaultPlan.life, callsPerSecond: 60 } },
  });
  await plant.start();
  plant.run(30_000);
  plant.drain();
  const report = plant.network.report();
  t.diagnostic(JSON.stringify(report, undefined, 1));
  assert.ok(isClean(report));
  assert.ok(report.callsMissed >= 1000);
});
