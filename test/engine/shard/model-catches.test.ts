import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faults } from './faulty-stores.ts';
import { ModelRun } from './model-run.ts';

for (const [name, fault] of faults) {
  test(`I2 I3 the model catches a planted fault within 100 seeds: ${name}`, (t) => {
    for (let seed = 1; seed <= 100; seed++) {
      try {
        new ModelRun({ seed, between: fault() }).run();
      } catch (error) {
        t.diagnostic(`seed ${seed}: ${String(error).split('\n')[0] ?? ''}`);
        return;
      }
    }
    assert.fail('nobody noticed');
  });
}
