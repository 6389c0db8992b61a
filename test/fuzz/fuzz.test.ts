/**
 * Damaged copies of the captured and generated messages of every layer, ten thousand of each; `npm run fuzz` does as many as
 * one likes. `CALLWAKE_DAMAGE` is how many copies each layer gets here, `CALLWAKE_SEED` what they are made from.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_SHARED } from '../support/shared.ts';
import { LAYERS } from './layers.ts';
import { LAYERS as planted } from './planted-layers.ts';
import { FuzzFailure, runLayer } from './run-layer.ts';
import { watchedRun } from './watch.ts';

const COUNT = Number(process.env['CALLWAKE_DAMAGE'] ?? 10_000);
const SEED = Number(process.env['CALLWAKE_SEED'] ?? 2026);
const FOUND_WITHIN = 1000;

for (const [name, layer] of Object.entries(LAYERS)) {
  test(`${name}: damaged copies are read or refused, nothing throws, and what is made is bounded by what came`, (context) => {
    const report = runLayer(name, layer, { count: COUNT, seed: SEED });
    if (report === undefined) return context.skip(NO_SHARED);
    const { read, refused, most } = report;
    context.diagnostic(`${read} read, ${refused} refused; for an octet at most ${JSON.stringify(most)}`);
    assert.ok(read > COUNT * 0.02, 'damage is such that something is still read');
  });
}

for (const name of ['throws', 'makes too much', 'believes a length']) {
  test(`planted: a decoder that ${name} is found, and its round repeats it`, () => {
    const run = (options: { count: number; from?: number }) =>
      runLayer(name, planted[name]!, { seed: SEED, ...options });
    let failure: unknown;
    assert.throws(
      () => run({ count: FOUND_WITHIN }),
      (error) => {
        failure = error;
        return error instanceof FuzzFailure;
      },
    );
    assert.ok(failure instanceof FuzzFailure);
    const { round, message } = failure;
    assert.match(message, new RegExp(`--layer ${name} --seed ${SEED} --from ${round} --count 1`));
    assert.throws(() => run({ count: 1, from: round }), FuzzFailure);
    run({ count: round });
  });
}

test('planted: a decoder that does not end is found', async () => {
  const layers = new URL('./planted-layers.js', import.meta.url).href;
  const run = { layers, layer: 'does not end', count: FOUND_WITHIN, seed: SEED, from: 0 };
  const { failure } = await watchedRun(run, 1000);
  assert.match(
    failure ?? '',
    /round \d+ does not end\nnpm run fuzz -- --layer does not end --seed \d+ --from \d+/,
  );
});
