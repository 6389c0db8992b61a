import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import type { NodeReport } from '../../../src/simulator/node/tally.ts';
import { allCapContexts } from '../../../src/stack/cap/service/contexts.ts';
import { tsharkMissing } from '../../support/tshark.ts';

const cli = path.resolve(import.meta.dirname, '../../../src/cli/main.js');
const folder = mkdtempSync(path.join(tmpdir(), 'callwake-cap-nodes-'));
const running: ChildProcess[] = [];
after(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Node {
  readonly said: (text: RegExp) => Promise<string>;
  readonly report: Promise<NodeReport>;
  readonly stop: () => void;
}

function node(...args: string[]): Node {
  const child = spawn(process.execPath, [cli, 'node', ...args, '--report', 'json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let out = '';
  let told = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (told += text.toString()));
  const closed = once(child, 'close');
  return {
    stop: () => void child.kill('SIGINT'),
    said: async (text) => {
      for (;;) {
        const found = text.exec(told);
        if (found !== null) return found[1] ?? '';
        await Promise.race([once(child.stderr, 'data'), closed.then(() => assert.fail(told))]);
      }
    },
    report: closed.then(() => {
      assert(out !== '', told);
      return JSON.parse(out) as NodeReport;
    }),
  };
}

test('3GPP TS 29.078 §6, §7 every operation of every phase between two processes over SCTP, as gsmSSF, gsmSRF and gsmSCF', async (t) => {
  const capture = path.join(folder, 'cap.pcap');
  const scf = node('--role', 'scf', '--listen', '127.0.0.1:0', '--capture', capture);
  const port = await scf.said(/listening on 127\.0\.0\.1:(\d+)/);
  const ssf = node('--role', 'ssf,srf', '--connect', `127.0.0.1:${port}`, '--play', 'all');
  const played = await ssf.report;
  scf.stop();
  const reports = { ssf: played, scf: await scf.report };
  for (const { procedures, notExercised, ok } of Object.values(reports)) {
    assert.deepEqual(notExercised, []);
    for (const { procedure, outcome, why } of procedures)
      assert.equal(outcome, 'succeeded', `${procedure}: ${why}`);
    assert(ok);
  }
  const well = (who: keyof typeof reports, direction: string, operation: string, version: number) =>
    reports[who].operations.some(
      (row) =>
        row.protocol === 'CAP' &&
        row.direction === direction &&
        row.operation === operation &&
        row.version === version &&
        row.succeeded > 0,
    );
  const missing = allCapContexts.flatMap(({ context, fromScf, toScf }) =>
    [
      ...Object.keys(fromScf).filter(
        (name) =>
          !well('scf', 'sent', name, context.version) || !well('ssf', 'received', name, context.version),
      ),
      ...Object.keys(toScf).filter(
        (name) =>
          !well('ssf', 'sent', name, context.version) || !well('scf', 'received', name, context.version),
      ),
    ].map((name) => `${name} of phase ${context.version}`),
  );
  assert.deepEqual([...new Set(missing)], []);

  const absent = tsharkMissing();
  if (absent !== undefined) return t.diagnostic(absent);
  const complaints = execFileSync(
    'tshark',
    // tshark takes the last octets of the parameter of cancelFailed (error 1) for more than it holds.
    [
      '-r',
      capture,
      '-Y',
      '(_ws.malformed || _ws.expert.severity >= 0x800000) && !camel.PAR_cancelFailed_element',
      '-T',
      'fields',
      '-e',
      'frame.number',
      '-e',
      '_ws.expert.message',
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
  );
  assert.equal(complaints, '');
});
