/**
 * Records between two threads: over a shared ring in batches, and as messages. What counts is the CPU time of both threads for a
 * record: wall time on two shared cores says little.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import {
  Doorbell,
  DoorbellButton,
  type DoorbellMemory,
  doorbellMemory,
} from '../src/adapters/rings/doorbell.ts';
import { sharedRing } from '../src/adapters/rings/shared-ring.ts';
import { MemoryRingReader, MemoryRingWriter, type RingMemory } from '../src/engine/ring.ts';
import { hashOf, report, sized } from './harness/report.ts';

const RECORDS = sized(1_000_000, 10_000);
const ROUNDS = sized(5, 1);
const BATCH = 100;
const RECORD_OCTETS = 80;
/** Messages that may be under way: more would be a queue without a bound. */
const MESSAGES_BETWEEN_TURNS = 1_000;

interface Data {
  readonly ring: RingMemory;
  readonly doorbell: DoorbellMemory;
}

/** Sums what it got, so that it has to look at it. */
interface Done {
  readonly sum: number;
}

async function main(): Promise<void> {
  const ring = sharedRing('bench', 1 << 20);
  const doorbell = doorbellMemory('bench', ['main']);
  const worker = new Worker(new URL(import.meta.url), { workerData: { ring, doorbell } satisfies Data });
  await once(worker, 'message');
  const button = new DoorbellButton(doorbell, 'main');
  const writer = new MemoryRingWriter(ring, () => button.press());
  const record = new Uint8Array(RECORD_OCTETS).fill(1);
  const best = { ring: Infinity, message: Infinity };
  let sum = 0;
  for (let round = 0; round < ROUNDS; round++) {
    best.ring = Math.min(best.ring, await measured(() => overRing(writer, record)));
    best.message = Math.min(best.message, await measured(() => asMessages(worker, record)));
  }
  await worker.terminate();
  button.close();
  assert.equal(sum, 2 * ROUNDS * RECORDS, 'all arrived');
  const hash = hashOf(sum / ROUNDS, RECORD_OCTETS);
  report(
    {
      name: 'rings: postMessage ÷ shared ring, CPU for a record',
      figure: best.message / best.ring,
      unit: '×',
      goal: { of: 'figure', atLeast: 5 },
      hash,
    },
    {
      name: 'rings: CPU for a record, both threads',
      figure: best.ring / 1_000,
      unit: 'µs',
      goal: { of: 'figure', atMost: 0.5 },
      hash,
    },
  );

  /** CPU nanoseconds of the process for a record. */
  async function measured(send: () => Promise<void>): Promise<number> {
    const done = once(worker, 'message') as Promise<[Done]>;
    const before = process.cpuUsage();
    await send();
    const [told] = await done;
    sum += told.sum;
    const { user, system } = process.cpuUsage(before);
    return ((user + system) * 1_000) / RECORDS;
  }
}

async function overRing(writer: MemoryRingWriter, record: Uint8Array): Promise<void> {
  for (let written = 0; written < RECORDS; ) {
    let count = 0;
    while (count < BATCH && written < RECORDS && writer.write(1, record)) {
      count++;
      written++;
    }
    writer.flush();
    if (count < BATCH) await new Promise(setImmediate);
  }
}

async function asMessages(worker: Worker, record: Uint8Array): Promise<void> {
  for (let written = 1; written <= RECORDS; written++) {
    worker.postMessage(record);
    if (written % MESSAGES_BETWEEN_TURNS === 0) await new Promise(setImmediate);
  }
}

function reader({ ring, doorbell: memory }: Data): void {
  const end = new MemoryRingReader(ring);
  let got = 0;
  let sum = 0;
  let position = 0;
  const taken = (record: Uint8Array): void => {
    sum += record[0]!;
    if (++got % RECORDS !== 0) return;
    parentPort?.postMessage({ sum } satisfies Done);
    sum = 0;
  };
  const turn = (): void => {
    const count = end.read((_kind, record, at) => {
      position = at;
      taken(record);
    }, 1_000);
    if (count > 0) {
      end.release(position);
      setImmediate(turn);
      return;
    }
    doorbell.fallAsleep();
    if (end.depth > 0) {
      doorbell.wakeUp();
      setImmediate(turn);
    }
  };
  const doorbell = new Doorbell(memory, turn);
  parentPort?.on('message', taken);
  parentPort?.postMessage('up');
  turn();
}

if (isMainThread) await main();
else reader(workerData as Data);
