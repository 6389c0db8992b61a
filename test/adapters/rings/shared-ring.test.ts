import assert from 'node:assert/strict';
import { once } from 'node:events';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { Doorbell, DoorbellButton, doorbellMemory } from '../../../src/adapters/rings/doorbell.ts';
import { sharedRing } from '../../../src/adapters/rings/shared-ring.ts';
import { ringLevel } from '../../../src/engine/ring.ts';
import type { StressData } from './stress-worker.ts';

test('a million records of random sizes pass between threads in order, though the reader dies twice', async () => {
  const records = 1_000_000;
  const ring = sharedRing('stress', 256 * 1024);
  const doorbell = doorbellMemory('stress', ['writer']);
  const released = new SharedArrayBuffer(4);
  const start = (role: StressData['role'], dieAfter: number): Worker => {
    const workerData: StressData = { role, ring, doorbell, records, released, dieAfter };
    return new Worker(new URL('./stress-worker.js', import.meta.url), { workerData });
  };
  const ended = async (worker: Worker): Promise<number> => ((await once(worker, 'exit')) as [number])[0];

  const writer = start('writer', 0);
  const writerEnd = ended(writer);
  for (const dieAfter of [300_001, 600_011]) assert.equal(await ended(start('reader', dieAfter)), 7);
  assert.equal(await ended(start('reader', -1)), 0);
  assert.equal(new Int32Array(released)[0], records);
  assert.equal(await writerEnd, 0);
  assert.equal(ringLevel(ring).fill, 0);
});

test('a button rings when the thread sleeps, once, and not when it is awake', async () => {
  const memory = doorbellMemory('test', ['a', 'b']);
  let rings = 0;
  let rung = (): void => undefined;
  const next = (): Promise<void> => new Promise((resolve) => (rung = resolve));
  const doorbell = new Doorbell(memory, () => {
    rings++;
    rung();
  });
  const a = new DoorbellButton(memory, 'a');
  const b = new DoorbellButton(memory, 'b');
  a.press();
  doorbell.fallAsleep();
  let woken = next();
  a.press();
  b.press();
  await woken;
  assert.equal(rings, 1);
  doorbell.fallAsleep();
  woken = next();
  b.press();
  await woken;
  assert.equal(rings, 2, 'and nothing was left over from before');
  assert.throws(() => new DoorbellButton(memory, 'c'));
  for (const part of [doorbell, a, b]) part.close();
});
