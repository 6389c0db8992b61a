import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { TransferProgress } from '../../src/cli/transfer-progress.ts';

function plant(isTerminal: boolean, totalOctets: number, begun = { rows: 0, octets: 0 }) {
  const written: string[] = [];
  const clock = { nowMs: 1_000 };
  const output = { write: (text: string) => written.push(text), isTerminal };
  return { written, clock, progress: new TransferProgress(output, totalOctets, () => clock.nowMs, begun) };
}

test('O7 without a terminal progress is a line now and then: rows, rate, part of the file, time left', () => {
  const { written, clock, progress } = plant(false, 200_000_000);
  progress.say({ rows: 10, octets: 100 });
  clock.nowMs += 10_000;
  progress.say({ rows: 50_000, octets: 50_000_000 });
  progress.say({ rows: 50_001, octets: 50_000_001 });
  clock.nowMs += 590_000;
  progress.say({ rows: 60_000, octets: 60_000_000 });
  progress.end();
  assert.deepEqual(written, [
    '50000 rows, 5000/s, 25 % of 200 MB, 30 s left\n',
    '60000 rows, 100/s, 30 % of 200 MB, 23 min left\n',
  ]);
});

test('O7 on a terminal it is one line that changes, and goes at the end', () => {
  const { written, clock, progress } = plant(true, 0);
  for (const rows of [1_000, 2_000]) {
    clock.nowMs += 1_000;
    progress.say({ rows, octets: 0 });
  }
  clock.nowMs += 100;
  progress.say({ rows: 2_100, octets: 0 });
  progress.end();
  assert.deepEqual(written, [
    '\r1000 rows, 1000/s',
    '\r2000 rows, 1000/s',
    `\r${' '.repeat('2000 rows, 1000/s'.length)}\r`,
  ]);
});

test('O7 what was done before an interruption counts, but not for the rate', () => {
  const { written, clock, progress } = plant(false, 1_000, { rows: 500, octets: 500 });
  clock.nowMs += 10_000;
  progress.say({ rows: 600, octets: 600 });
  assert.deepEqual(written, ['600 rows, 10/s, 60 % of 1 kB, 40 s left\n']);
});
