import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keptSeeds } from './kept-seeds.ts';
import { runSeed } from './run-seed.ts';

/** `CALLWAKE_SEEDS=1000` for as many as a change is held against. */
const COUNT = Number(process.env['CALLWAKE_SEEDS'] ?? 5);

test(`X3 ${COUNT} seeded runs, and those that failed once: every invariant holds`, async (t) => {
  let missed = 0;
  const seeds = [
    ...keptSeeds(),
    ...Array.from({ length: COUNT }, (_, index) => ({ generator: 2 as const, seed: index + 1 })),
  ];
  for (const { generator, seed } of seeds) {
    const { broken, report } = await runSeed(seed, { generator });
    const name = generator === 1 ? `1:${seed}` : seed;
    assert.deepEqual(broken, [], `npm run sim -- --seed ${name}`);
    missed += report.callsMissed;
  }
  t.diagnostic(`${missed} missed calls`);
  assert.ok(missed >= 10 * COUNT, 'the runs are about something');
});
