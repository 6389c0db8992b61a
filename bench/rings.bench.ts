/**
 * Records between two threads: over a shared ring, in batches, and as messages. `node dist/bench/rings.bench.js`
 * Prints nanoseconds per record at the writer and over both threads (from the first write to the last read).
 */
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

const records = 1_000_000;
const batch = 100;

interface Data {
  readonly ring: RingMemory;
  readonly doorbell: DoorbellMemory;
}

async function main(): Promise<void> {
  const ring = sharedRing('bench', 1 << 20);
  const doorbell = doorbellMemory('bench', ['main']);
  const worker = new Worker(new URL(import.meta.url), { workerData: { ring, doorbell } satisfies Data });
  await once(worker, 'message');
  const button = new DoorbellButton(doorbell, 'main');
  const writer = new MemoryRingWriter(ring, () => button.press());
  const record = new Uint8Array(80).fill(1);
  const report = (what: string, startMs: number, writtenMs: number): void => {
    const perRecord = (fromMs: number): string => ((fromMs * 1e6) / records).toFixed(0);
    console.log(
      `${what}: ${perRecord(writtenMs)} ns a record at the writer, ${perRecord(performance.now() - startMs)} ns in all`,
    );
  };
  for (let round = 0; round < 2; round++) {
    const done = once(worker, 'message');
    const startMs = performance.now();
    let busyMs = 0;
    for (let written = 0; written < records; ) {
      const turnMs = performance.now();
      let count = 0;
      while (count < batch && written < records && writer.write(1, record)) {
        count++;
        written++;
      }
      writer.flush();
      busyMs += performance.now() - turnMs;
      if (count < batch) await new Promise(setImmediate);
    }
    await done;
    report('shared ring', startMs, busyMs);
  }
  for (let round = 0; round < 2; round++) {
    const done = once(worker, 'message');
    const startMs = performance.now();
    for (let written = 0; written < records; written++) {
      worker.postMessage(record);
      if (written % 10_000 === 9_999) await new Promise(setImmediate);
    }
    const writtenMs = performance.now() - startMs;
    await done;
    report('postMessage', startMs, writtenMs);
  }
  await worker.terminate();
  button.close();
}

function reader({ ring, doorbell: memory }: Data): void {
  const end = new MemoryRingReader(ring);
  let got = 0;
  let position = 0;
  const taken = (): void => {
    if (++got % records === 0) parentPort?.postMessage('done');
  };
  const turn = (): void => {
    const count = end.read((_kind, _record, at) => {
      position = at;
      taken();
    }, 1000);
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
