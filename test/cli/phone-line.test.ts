import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { orderFrom } from '../../src/cli/phone-line.ts';
import { DEMO_PEOPLE } from '../../src/simulator/demo-people.ts';
import { defaultPlan } from '../../src/simulator/plan.ts';
import { numberAt } from '../../src/simulator/population.ts';
import { listen } from '../support/processes.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** dist/test/cli → dist/src/cli. */
const main = path.resolve(import.meta.dirname, '../../src/cli/main.js');

async function startNetwork(t: TestContext): Promise<{ child: ChildProcess; file: string }> {
  const file = path.join(temporaryFolder(), 'people.ndjson');
  const words = ['simulate', '--listen', '127.0.0.1:0', '--demo-people', '--subscribers-out', file];
  const child = spawn(process.execPath, [main, ...words], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
  t.after(() => child.kill('SIGKILL'));
  await listen(child, 'stderr').heard(/listening on/);
  return { child, file };
}

test('the network takes orders for phones over IPC, leaves what is none, and ends when nobody is there any more', async (t) => {
  const { child } = await startNetwork(t);
  child.send({ kind: 'explode' });
  child.send('*123#');
  assert.ok(orderFrom(child, { kind: 'hold', number: numberAt(defaultPlan, 0) }));
  const [report] = (await once(child, 'message')) as [unknown];
  assert.deepEqual(report, { kind: 'radio', number: numberAt(defaultPlan, 0), radio: 'on' });
  const over = once(child, 'exit');
  child.disconnect();
  assert.equal((await over)[0], 1);
  assert.equal(orderFrom(child, { kind: 'outage' }), false);
});

test('the people of the demo are written with all that they have ordered', async (t) => {
  const { child, file } = await startNetwork(t);
  child.kill('SIGKILL');
  const people = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  for (const [at, { language, preferences }] of DEMO_PEOPLE.entries()) {
    const found = people.find(({ number }) => number === numberAt(defaultPlan, at));
    assert.equal(found?.['language'], language);
    assert.equal(found['serviceClass'], preferences?.serviceClass);
    assert.equal(found['eMail'], preferences?.eMail);
  }
  assert.equal(new Set(DEMO_PEOPLE.map(({ language }) => language)).size, 17);
});
