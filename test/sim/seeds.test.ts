import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlantOptions } from '../simulator/plant.ts';
import { keptSeeds } from './kept-seeds.ts';
import { madeAnewWhenSent, stateApartFromJournal } from './planted.ts';
import { runSeed } from './run-seed.ts';

/** `CALLWAKE_SEEDS=1000` for as many as are run before a release. */
const COUNT = Number(process.env['CALLWAKE_SEEDS'] ?? 30);
const FOUND_WITHIN = 100;

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

const planted: readonly (readonly [string, () => Partial<PlantOptions>])[] = [
  ['state that is committed apart from its journal', () => stateApartFromJournal],
  ['a notice that is made anew when it is sent again', madeAnewWhenSent],
];

for (const [name, fault] of planted) {
  test(`X3 planted: ${name} is found within ${FOUND_WITHIN} seeds`, async (t) => {
    for (let seed = 1; seed <= FOUND_WITHIN; seed++) {
      const { broken } = await runSeed(seed, { planted: fault() });
      if (broken.length > 0) return t.diagnostic(`seed ${seed}: ${JSON.stringify(broken)}`);
    }
    assert.fail('not found');
  });
}
