/** The rule that a run takes nothing from the machine, and violations of it that must be found. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { ESLint } from 'eslint';

const root = path.resolve(import.meta.dirname, '../../..');

const planted = [
  ["import { readFileSync } from 'node:fs';\nexport const read = readFileSync;\n", 'no-restricted-imports'],
  ["import { randomUUID } from 'crypto';\nexport const make = randomUUID;\n", 'no-restricted-imports'],
  ['export const now = (): number => Date.now();\n', 'no-restricted-globals'],
  ['export const now = (): number => performance.now();\n', 'no-restricted-globals'],
  ['export const draw = (): number => Math.random();\n', 'no-restricted-properties'],
  ['export const later = (run: () => void): unknown => setTimeout(run, 1);\n', 'no-restricted-globals'],
  ["export const say = (): void => console.log('x');\n", 'no-restricted-globals'],
] as const;

// Places of both kinds: the product's own code, and what a simulation is made of.
for (const file of [
  'src/subscriber/decide.ts',
  'src/stack/sctp/memory.ts',
  'test/sim/run-seed.ts',
  'test/simulator/plant.ts',
])
  test(`X3 ambient time, randomness, timers and I/O are found in ${file}`, async () => {
    const eslint = new ESLint({ cwd: root });
    for (const [text, rule] of planted) {
      const [result] = await eslint.lintText(text, { filePath: path.join(root, file) });
      const rules = result?.messages.map(({ ruleId }) => ruleId) ?? [];
      assert.ok(rules.includes(rule), `${text}: ${rules.join(', ')}`);
    }
  });

test('X3 the ports themselves are where the machine is asked', async () => {
  const eslint = new ESLint({ cwd: root });
  const [result] = await eslint.lintText('export const now = (): number => Date.now();\n', {
    filePath: path.join(root, 'src/adapters/clock.ts'),
  });
  assert.deepEqual(result?.messages, []);
});
