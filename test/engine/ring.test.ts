import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  MemoryRingReader,
  MemoryRingWriter,
  plainRing,
  ringLevel,
  ringOctets,
} from '../../src/engine/ring.ts';

const ignore = (): void => undefined;

interface Taken {
  readonly kind: number;
  readonly hex: string;
  readonly position: number;
}

function take(reader: MemoryRingReader, max = Number.POSITIVE_INFINITY): Taken[] {
  const taken: Taken[] = [];
  const count = reader.read((kind, record, position) => {
    taken.push({ kind, hex: Buffer.from(record).toString('hex'), position });
  }, max);
  assert.equal(count, taken.length);
  return taken;
}

describe('a ring', () => {
  test('hands over what was flushed, in order and whole, and nothing before the flush', () => {
    const memory = plainRing('test', 1024);
    let woken = 0;
    const writer = new MemoryRingWriter(memory, () => woken++);
    const reader = new MemoryRingReader(memory);
    assert(writer.write(7, Buffer.from('a1b2c3', 'hex')));
    assert(writer.write(254, new Uint8Array(0)));
    assert.deepEqual(take(reader), []);
    writer.flush();
    assert.equal(woken, 1);
    assert.deepEqual(
      take(reader).map(({ kind, hex }) => [kind, hex]),
      [
        [7, 'a1b2c3'],
        [254, ''],
      ],
    );
    writer.flush();
    assert.equal(woken, 1, 'nothing new wakes nobody');
  });

  test('refuses what it has no room for, counts that, and takes it when records were released', () => {
    const memory = plainRing('test', 1024);
    const writer = new MemoryRingWriter(memory, ignore);
    const reader = new MemoryRingReader(memory);
    const record = new Uint8Array(124);
    let written = 0;
    while (writer.write(1, record)) written++;
    assert.equal(written, 8);
    assert.equal(writer.fill, 1);
    assert.equal(writer.refused, 1);
    writer.flush();
    assert.equal(reader.depth, 8);
    const taken = take(reader);
    assert(!writer.write(1, record), 'what was read and not released still takes room');
    reader.release(taken[2]?.position as number);
    assert.equal(reader.depth, 5);
    for (let index = 0; index < 3; index++) assert(writer.write(1, record));
    assert(!writer.write(1, record));
    writer.flush();
    assert.deepEqual(ringLevel(memory), {
      name: 'test',
      fill: 1,
      capacityOctets: 1024,
      depth: 8,
      taken: 3,
      refused: 3,
    });
  });

  test('takes a record of half of it wherever it stands when it is empty', () => {
    const memory = plainRing('test', 1024);
    const writer = new MemoryRingWriter(memory, ignore);
    const reader = new MemoryRingReader(memory);
    const long = new Uint8Array(writer.recordOctetsMax).fill(9);
    for (let offset = 0; offset < 300; offset++) {
      assert(writer.write(1, new Uint8Array(1)));
      writer.flush();
      reader.release(take(reader).at(-1)?.position as number);
      assert(writer.write(2, long), `at ${offset}`);
      writer.flush();
      reader.release(take(reader).at(-1)?.position as number);
    }
    assert.throws(() => writer.write(1, new Uint8Array(writer.recordOctetsMax + 1)));
  });

  test('a reader that starts anew gets the records again that were not released, at the same positions', () => {
    const memory = plainRing('test', 1024);
    const writer = new MemoryRingWriter(memory, ignore);
    const first = new MemoryRingReader(memory);
    for (let index = 0; index < 5; index++) writer.write(index, new Uint8Array(index));
    writer.flush();
    const before = take(first);
    first.release(before[1]?.position as number);
    const second = new MemoryRingReader(memory);
    assert.deepEqual(take(second), before.slice(2));
    second.release(before[0]?.position as number);
    assert.equal(second.depth, 3, 'an old position releases nothing');
  });

  test('a writer that starts anew goes on after the last flush; what was not flushed is gone', () => {
    const memory = plainRing('test', 1024);
    const first = new MemoryRingWriter(memory, ignore);
    first.write(1, Buffer.from('01', 'hex'));
    first.flush();
    first.write(2, Buffer.from('02', 'hex'));
    const second = new MemoryRingWriter(memory, ignore);
    second.write(3, Buffer.from('03', 'hex'));
    second.flush();
    assert.deepEqual(
      take(new MemoryRingReader(memory)).map(({ kind, hex }) => [kind, hex]),
      [
        [1, '01'],
        [3, '03'],
      ],
    );
  });

  test('behaves as a bounded queue under any order of steps, and over the end of its memory', () => {
    const steps = fc.array(
      fc.oneof(
        {
          weight: 4,
          arbitrary: fc.record({ step: fc.constant('write' as const), size: fc.nat({ max: 200 }) }),
        },
        { weight: 2, arbitrary: fc.record({ step: fc.constant('flush' as const), size: fc.nat() }) },
        { weight: 2, arbitrary: fc.record({ step: fc.constant('read' as const), size: fc.nat({ max: 5 }) }) },
        { weight: 2, arbitrary: fc.record({ step: fc.constant('release' as const), size: fc.nat() }) },
        { weight: 1, arbitrary: fc.record({ step: fc.constant('new reader' as const), size: fc.nat() }) },
        { weight: 1, arbitrary: fc.record({ step: fc.constant('new writer' as const), size: fc.nat() }) },
      ),
      { maxLength: 300, size: 'max' },
    );
    fc.assert(
      fc.property(steps, (sequence) => {
        const memory = plainRing('test', 1024);
        let writer = new MemoryRingWriter(memory, ignore);
        let reader = new MemoryRingReader(memory);
        let serial = 0;
        let unflushed: string[] = [];
        /** What is flushed and not released; the first `read` of it were read. */
        const queue: { hex: string; position: number }[] = [];
        const flushed: string[] = [];
        let read = 0;
        for (const { step, size } of sequence) {
          if (step === 'write') {
            const record = Buffer.alloc(size, serial);
            if (writer.write(serial++ % 255, record)) unflushed.push(record.toString('hex'));
            else assert(writer.fill > 0.3);
          } else if (step === 'flush') {
            writer.flush();
            flushed.push(...unflushed);
            unflushed = [];
          } else if (step === 'read') {
            const taken = take(reader, size);
            for (const { hex, position } of taken) {
              const known = queue[read++];
              if (known === undefined) {
                assert.equal(hex, flushed.shift());
                queue.push({ hex, position });
              } else {
                assert.deepEqual({ hex, position }, known);
              }
            }
            assert(taken.length === size || read === queue.length + flushed.length);
          } else if (step === 'release' && read > 0) {
            const upTo = size % read;
            reader.release(queue[upTo]?.position as number);
            queue.splice(0, upTo + 1);
            read -= upTo + 1;
          } else if (step === 'new reader') {
            reader = new MemoryRingReader(memory);
            read = 0;
          } else if (step === 'new writer') {
            writer = new MemoryRingWriter(memory, ignore);
            unflushed = [];
          }
          assert.equal(reader.depth, queue.length + flushed.length);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('positions go on past four gigaoctets', () => {
    const memory = plainRing('test', 1024);
    // As if 2³² − 8 octets had passed: both sides' lines say so.
    const position = 2 ** 32 - 8;
    const words = new Int32Array(memory.buffer);
    const inFull = new Float64Array(memory.buffer);
    words[0] = position | 0;
    inFull[2] = position;
    words[16] = position | 0;
    inFull[10] = position;
    const writer = new MemoryRingWriter(memory, ignore);
    const reader = new MemoryRingReader(memory);
    for (let index = 0; index < 4; index++) assert(writer.write(1, new Uint8Array(4)));
    writer.flush();
    const positions = take(reader).map((record) => record.position);
    assert.deepEqual(positions, [2 ** 32, 2 ** 32 + 8, 2 ** 32 + 16, 2 ** 32 + 24]);
    reader.release(positions[2] as number);
    assert.deepEqual(
      take(new MemoryRingReader(memory)).map((record) => record.position),
      [2 ** 32 + 24],
    );
    assert(new MemoryRingWriter(memory, ignore).fill < 0.01);
  });

  test('has a capacity that is a power of two', () => {
    assert.equal(ringOctets(4096), 4096 + 128);
    for (const bad of [0, 1000, 512, 2 ** 31]) assert.throws(() => ringOctets(bad));
  });
});
