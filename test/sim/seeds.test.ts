import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PlantOptions } from '../simulator/plant.ts';
import { keptSeeds } from './kept-seeds.ts';
import { madeAnewWhenSent, stateApartFromJournal } from './planted.ts';
import { runSeed } from './run-seed.ts';

/** `CALLWAKE_SEEDS=1000` for as many as are run before a release. */
const COUNT = Number(process.env['CALLWAKE_SEEDS'] ?? 30);
const FOUND_WITHIN = 100;

test(`X3 ${COUNT} seeded runs, and those that failed once, in all weathers: nothing lost, doubled or wrong`, async (t) => {
  let kills = 0;
  let missed = 0;
  let repeated = 0;
  let unacknowledged = 0;
  const seeds = new Set([...keptSeeds(), ...Array.from({ length: COUNT }, (_, index) => index + 1)]);
  for (const seed of seeds) {
    const outcome = await runSeed(seed);
    const { faults, ...figures } = outcome.report;
    const again = `npm run sim -- --seed ${seed}`;
    const found = faults.filter(({ kind }) => kind !== 'late').slice(0, 3);
    assert.ok(
      outcome.clean,
      `${again}: ${outcome.unrest} ${JSON.stringify(figures)} ${JSON.stringify(found)}`,
    );
    kills += outcome.kills;
    missed += figures.callsMissed;
    repeated += figures.repeated;
    unacknowledged += figures.unacknowledged;
  }
  t.diagnostic(
    `${kills} kills, ${missed} missed calls, ${repeated} repeated, ${unacknowledged} unacknowledged`,
  );
  assert.ok(kills >= COUNT && missed >= 20 * COUNT, 'the runs are about something');
});

const planted: readonly (readonly [string, () => Partial<PlantOptions>])[] = [
  ['state that is committed apart from its journal', () => stateApartFromJournal],
  ['a notice that is made anew when it is sent again', madeAnewWhenSent],
];

for (const [name, fault] of planted) {
  test(`X3 planted: ${name} is found within ${FOUND_WITHIN} seeds`, async (t) => {
    for (let seed = 1; seed <= FOUND_WITHIN; seed++) {
      const { clean, unrest, report } = await runSeed(seed, fault());
      if (clean) continue;
      const { lost, doubled, wrong } = report;
      return t.diagnostic(`seed ${seed}: lost ${lost}, doubled ${doubled}, wrong ${wrong} ${unrest}`);
    }
    assert.fail('not found');
  });
}
