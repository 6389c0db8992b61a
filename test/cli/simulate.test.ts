import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parseScenario } from '../../src/config/scenario.ts';
import type { SimulationReport } from '../../src/simulator/report.ts';
import { OperatingError } from '../../src/types/operating-error.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** dist/test/cli → dist/src/cli. */
const main = path.resolve(import.meta.dirname, '../../src/cli/main.js');

for (const transport of ['tcp', 'sctp-udp'] as const) {
  test(`simulate over ${transport}: says where it listens, writes the people, and on SIGTERM gives its verdict`, async () => {
    const file = path.join(temporaryFolder(), 'subscribers.csv');
    const child = spawn(process.execPath, [
      main,
      'simulate',
      ...['--listen', '127.0.0.1:0', '--transport', transport, '--people', '10'],
      ...['--subscribers-out', file, '--report', 'json'],
    ]);
    let out = '';
    let error = '';
    const listening = new Promise<void>((resolve) => {
      child.stderr.on('data', (chunk: Buffer) => {
        error += chunk.toString();
        if (/listening on 127\.0\.0\.1:[1-9]\d* /.test(error)) resolve();
      });
      child.on('exit', () => resolve());
    });
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    const over = new Promise<number | null>((resolve) => child.on('close', resolve));
    await listening;
    const [head, ...people] = readFileSync(file, 'utf8').trim().split('\n');
    assert.equal(head, 'number,missedCalls,notifyMe,language,timeZone');
    for (const line of people) assert.match(line, /^49151\d+,(on|off),(off|always),en,\S+$/);
    child.kill('SIGTERM');
    assert.equal(await over, 0, error);
    const report = JSON.parse(out.trim().split('\n').at(-1) ?? '') as SimulationReport;
    assert.equal(report.callsAttempted, 0);
    assert.equal(report.lost, 0);
  });
}

test('a scenario file says all that is wrong with it', () => {
  const text = `
name: broken
people: { a: { number: "12", timeZone: Mars/Olympus } }
story:
  - { at: soon, call: { from: a, to: a } }
  - { at: 1s, away: a, back: a }
`;
  assert.throws(
    () => parseScenario('broken.yaml', text),
    (error) =>
      error instanceof OperatingError &&
      error.code === 'CW_CONFIG_INVALID' &&
      ['people.a.number', 'people.a.timeZone', 'story[0].at', 'story[1]'].every((key) =>
        error.message.includes(key),
      ),
  );
  assert.throws(
    () => parseScenario('who.yaml', 'name: x\npeople: {}\nstory: [{ at: 0s, back: nobody }]'),
    /nobody/,
  );
});
