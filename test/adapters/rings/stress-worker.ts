/** Writes or reads numbered records of random sizes; see shared-ring.test.ts. */
import assert from 'node:assert/strict';
import { workerData } from 'node:worker_threads';
import { Doorbell, DoorbellButton, type DoorbellMemory } from '../../../src/adapters/rings/doorbell.ts';
import { MemoryRingReader, MemoryRingWriter, type RingMemory } from '../../../src/engine/ring.ts';
import { randomBelow, SeededRandom } from '../../../src/types/random.ts';

export interface StressData {
  readonly role: 'writer' | 'reader';
  readonly ring: RingMemory;
  readonly doorbell: DoorbellMemory;
  readonly records: number;
  /** One word: the number of the first record that the reader has not released. */
  readonly released: SharedArrayBuffer;
  /** The reader dies when it has read this one, without a word. */
  readonly dieAfter: number;
}

const data = workerData as StressData;

/** Record `serial` is its number and then a pattern that depends on it, 4 … 303 octets. */
function pattern(serial: number, into: Uint8Array): Uint8Array {
  const size = 4 + ((Math.imul(serial, 0x9e3779b1) >>> 0) % 300);
  const record = into.subarray(0, size);
  record.fill(serial & 0xff);
  new DataView(into.buffer).setUint32(0, serial);
  return record;
}

function write(): void {
  const button = new DoorbellButton(data.doorbell, 'writer');
  const writer = new MemoryRingWriter(data.ring, () => button.press());
  const random = new SeededRandom(1);
  const scratch = new Uint8Array(512);
  let serial = 0;
  const turn = (): void => {
    const batch = 1 + randomBelow(random, 2000);
    for (let index = 0; index < batch && serial < data.records; index++) {
      if (!writer.write(serial % 255, pattern(serial, scratch))) break;
      serial++;
      if (randomBelow(random, 50) === 0) writer.flush();
    }
    writer.flush();
    if (serial < data.records) setImmediate(turn);
    else button.close();
  };
  turn();
}

function read(): void {
  const reader = new MemoryRingReader(data.ring);
  const expected = new Uint8Array(512);
  const released = new Int32Array(data.released);
  let next = Atomics.load(released, 0);
  let position = 0;
  const turn = (): void => {
    const count = reader.read((kind, record, at) => {
      const wanted = pattern(next, expected);
      assert.equal(kind, next % 255);
      assert.equal(Buffer.compare(record, wanted), 0, `record ${next} is as it was written`);
      position = at;
      next++;
      if (next === data.dieAfter) process.exit(7);
    }, 5000);
    if (count > 0) {
      reader.release(position);
      Atomics.store(released, 0, next);
    }
    if (next === data.records) {
      doorbell.close();
      return;
    }
    if (count > 0) {
      setImmediate(turn);
      return;
    }
    doorbell.fallAsleep();
    if (reader.depth > 0) {
      doorbell.wakeUp();
      setImmediate(turn);
    }
  };
  const doorbell = new Doorbell(data.doorbell, turn);
  turn();
}

if (data.role === 'writer') write();
else read();
