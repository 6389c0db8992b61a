import assert from 'node:assert/strict';
import { test } from 'node:test';
import { invariants } from './invariants/all.ts';
import { planted } from './planted.ts';
import { runSeed } from './run-seed.ts';

const FOUND_WITHIN = 100;

for (const { name, invariant, options } of planted) {
  test(`X3 planted: ${name}: ${invariant} finds it within ${FOUND_WITHIN} seeds`, async (t) => {
    for (let seed = 1; seed <= FOUND_WITHIN; seed++) {
      const { broken } = await runSeed(seed, { planted: options() });
      const found = broken.find((one) => one.invariant === invariant);
      if (found !== undefined) return t.diagnostic(`seed ${seed}: ${found.what[0]}`);
    }
    assert.fail('not found');
  });
}

test('X3 no invariant is without something planted that breaks it', () => {
  const broken = new Set(planted.map(({ invariant }) => invariant));
  assert.deepEqual(
    invariants.map(({ name }) => name).filter((name) => !broken.has(name)),
    [],
  );
});
