import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import protobuf from 'protobufjs';
import { encodeHello, encodeHistory, encodeSnapshot } from '../../src/web/live-codec.ts';
import { decodeFrame, FRAME } from '../../src/web/page/frames.ts';
import type { Message } from '../../src/web/page/wire.ts';
import { LiveGenerator, type LiveMood } from '../support/live-generator.ts';

const MOODS: readonly LiveMood[] = ['empty', 'normal', 'extreme', 'link-down', 'fault'];

/** Floats are rounded on the wire. */
function rounded(value: unknown): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? value : Math.fround(value);
  if (Array.isArray(value)) return value.map(rounded);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, rounded(inner)]));
  return value;
}

test('what the server encodes the page reads back, field by field', () => {
  for (const mood of MOODS)
    for (const mode of ['demo', 'run'] as const) {
      const source = new LiveGenerator(mood);
      source.mode = mode;
      source.advance(40);
      assert.deepEqual(rounded(decodeFrame(encodeHello(source.hello()))?.hello), rounded(source.hello()));
      assert.deepEqual(
        rounded(decodeFrame(encodeHistory(source.history()))?.history?.points),
        rounded(source.history()),
      );
      assert.deepEqual(
        rounded(decodeFrame(encodeSnapshot(source.snapshot()))?.snapshot),
        rounded(source.snapshot()),
      );
    }
});

test('the page knows every field of the schema, by its number, name and type', () => {
  const file = fileURLToPath(new URL('../../../proto/metrics.proto', import.meta.url));
  const root = protobuf.loadSync(file);
  const compare = (type: protobuf.Type, message: Message): void => {
    const numbers = type.fieldsArray.map(({ id }) => id).sort((a, b) => a - b);
    assert.deepEqual(Object.keys(message).map(Number), numbers, type.name);
    for (const field of type.fieldsArray) {
      field.resolve();
      const [name, kind, label] = message[field.id]!;
      assert.equal(name, field.name, `${type.name}.${field.name}`);
      assert.equal(label === 'repeated', field.repeated, `${type.name}.${field.name}`);
      if (typeof kind === 'string') assert.equal(kind, field.type, `${type.name}.${field.name}`);
      else compare(field.resolvedType as protobuf.Type, kind);
    }
  };
  compare(root.lookupType('callwake.live.Frame'), FRAME);
});

test('damaged frames are no frame or another frame, never an exception', () => {
  const source = new LiveGenerator('link-down');
  source.advance(20);
  const whole = encodeSnapshot(source.snapshot());
  fc.assert(
    fc.property(
      fc.nat(whole.length),
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }),
      (length, changes) => {
        const damaged = whole.slice(0, length);
        for (const [at, octet] of changes) if (at < length) damaged[at] = octet;
        decodeFrame(damaged);
      },
    ),
    { numRuns: 500 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => void decodeFrame(octets)),
    { numRuns: 500 },
  );
  assert.equal(decodeFrame(whole.subarray(0, whole.length - 1)), undefined);
});

test('a field of a later version is skipped', () => {
  const source = new LiveGenerator('normal');
  const hello = encodeHello(source.hello());
  // Field 99, a string, behind the hello.
  const later = new Uint8Array([...hello, 0x9a, 0x06, 0x03, 0x61, 0x62, 0x63]);
  assert.equal(decodeFrame(later)?.hello?.node, 'callwake-1');
});
