/** A fault as a test: what was checked, and with what figures, stands in its diagnostics. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { checkText } from './check.ts';
import { FAULTS } from './faults.ts';

/** `CALLWAKE_SEED` is what is random in it. */
const SEED = Number(process.env['CALLWAKE_SEED'] ?? 2026);

/** @param cycles how often it is done here; `npm run faults -- --fault NAME` does it as often as one likes */
export function faultTest(name: string, cycles: number): (t: TestContext) => Promise<void> {
  return async (t) => {
    const fault = FAULTS.find((one) => one.name === name);
    assert.ok(fault !== undefined, `no fault is called ${name}`);
    const { checks } = await fault.run({
      seed: SEED,
      cycles,
      forMs: undefined,
      say: (text) => t.diagnostic(text),
    });
    for (const one of checks) t.diagnostic(checkText(one));
    const broken = checks.filter(({ holds }) => !holds);
    const again = `npm run faults -- --fault ${name} --cycles ${cycles} --seed ${SEED}`;
    assert.deepEqual(broken.map(checkText), [], again);
  };
}
