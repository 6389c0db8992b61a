import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { after, test } from 'node:test';
import type { NodeReport } from '../../../src/simulator/node/tally.ts';
import { messages } from '../../../src/stack/isup/messages.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { complaintsOfCapture, tsharkMissing } from '../../support/tshark.ts';

/** dist/test/simulator/node → dist/src/cli. */
const main = path.resolve(import.meta.dirname, '../../../src/cli/main.js');
const running: ChildProcess[] = [];
after(() => {
  for (const child of running) child.kill('SIGKILL');
});

interface Exchange {
  listening(): Promise<string>;
  stop(): void;
  readonly report: Promise<NodeReport>;
}

function exchange(...words: readonly string[]): Exchange {
  const child = spawn(process.execPath, [main, 'node', '--role', 'pstn', ...words, '--report', 'json'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let out = '';
  let told = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (told += text.toString()));
  const closed = once(child, 'close');
  return {
    listening: async () => {
      for (;;) {
        const port = /listening on 127\.0\.0\.1:(\d+)/.exec(told)?.[1];
        if (port !== undefined) return `127.0.0.1:${port}`;
        await Promise.race([once(child.stderr, 'data'), closed.then(() => assert.fail(told))]);
      }
    },
    stop: () => void child.kill('SIGTERM'),
    report: closed.then(() => {
      assert(out !== '', told);
      return JSON.parse(out) as NodeReport;
    }),
  };
}

/** OLM would keep its circuit from all calls until T3 ends; circuit reservation is not in ITU-T Q.763. */
const ABSENT: readonly string[] = ['OLM', 'CRM', 'CRA'];
const KINDS = Object.keys(messages).filter((kind) => !ABSENT.includes(kind));

function wellIn({ operations }: NodeReport, direction: 'sent' | 'received'): ReadonlySet<string> {
  const rows = operations.filter((row) => row.direction === direction && row.succeeded > 0);
  return new Set(rows.map(({ operation }) => operation));
}

function assertWell({ procedures, operations, notExercised, ok }: NodeReport): void {
  for (const { procedure, outcome, why } of procedures)
    assert.equal(outcome, 'succeeded', `${procedure}: ${why}`);
  assert.deepEqual(
    operations.filter(({ failed }) => failed > 0),
    [],
  );
  assert.deepEqual(notExercised, []);
  assert(ok);
}

test('ITU-T Q.763 §4 every message of ISUP but OLM, between two exchanges over SCTP; tshark reads it without complaint', async (t) => {
  const capture = path.join(temporaryFolder(), 'isup.pcap');
  const listens = exchange('--listen', '127.0.0.1:0', '--capture', capture);
  const connects = exchange('--connect', await listens.listening(), '--play', 'all');
  const played = await connects.report;
  listens.stop();
  const answered = await listens.report;
  assertWell(played);
  assertWell(answered);
  const reports = [played, answered];
  for (const [one, other] of [reports, reports.toReversed()] as [NodeReport, NodeReport][])
    assert.deepEqual([...wellIn(one, 'sent')].sort(), [...wellIn(other, 'received')].sort());
  const sent = new Set(reports.flatMap((report) => [...wellIn(report, 'sent')]));
  assert.deepEqual(
    KINDS.filter((kind) => !sent.has(kind)),
    [],
  );

  const missing = tsharkMissing();
  if (missing !== undefined) return t.diagnostic(missing);
  assert.deepEqual(complaintsOfCapture(capture), []);
});

test('ITU-T Q.764 §2.1 exchanges that both call at once, over TCP: all calls come to their ends', async () => {
  const play = ['--transport', 'tcp', '--play', 'call,forwarded,continuity'];
  const listens = exchange('--listen', '127.0.0.1:0', ...play);
  const connects = exchange('--connect', await listens.listening(), ...play);
  for (const report of [await listens.report, await connects.report]) assertWell(report);
});
