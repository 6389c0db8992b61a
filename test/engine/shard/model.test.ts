import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ModelRun } from './model-run.ts';

/** CALLWAKE_SEED: one seed only; CALLWAKE_SEEDS: how many from it, or from 1. */
const first = Number(process.env['CALLWAKE_SEED'] ?? 1);
const count = Number(process.env['CALLWAKE_SEEDS'] ?? (process.env['CALLWAKE_SEED'] === undefined ? 300 : 1));

test(`I1 I2 I3 shards over ${count} lives with kills: nothing lost, nothing twice, state is the fold of the journal`, () => {
  for (let seed = first; seed < first + count; seed++) {
    try {
      new ModelRun({ seed }).run();
    } catch (error) {
      const replay = `CALLWAKE_SEED=${seed} node scripts/run-tests.mjs engine/shard/model`;
      throw new assert.AssertionError({
        message: `seed ${seed}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\nreplay: ${replay}`,
      });
    }
  }
});
