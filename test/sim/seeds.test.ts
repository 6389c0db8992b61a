import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runSeed } from './run-seed.ts';

const COUNT = Number(process.env['CALLWAKE_SEEDS'] ?? 10);

test(`X3 ${COUNT} seeded runs with kills at any moment: nothing lost, doubled or wrong`, async () => {
  let kills = 0;
  let missed = 0;
  for (let seed = 1; seed <= COUNT; seed++) {
    const outcome = await runSeed(seed);
    const { faults, ...figures } = outcome.report;
    const again = `npm run sim -- --seed ${seed}`;
    assert.ok(outcome.clean, `${again}: ${JSON.stringify(figures)} ${JSON.stringify(faults.slice(0, 3))}`);
    kills += outcome.kills;
    missed += figures.callsMissed;
  }
  assert.ok(kills >= COUNT / 2 && missed >= COUNT, 'the runs are about something');
});
