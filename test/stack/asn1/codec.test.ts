import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import {
  any,
  BerWriter,
  boolean,
  choice,
  compile,
  type Infer,
  implicit,
  integer,
  interpret,
  lazy,
  mapped,
  octetString,
  optional,
  reading,
  sequence,
  set,
  type Type,
} from '../../../src/stack/asn1/index.ts';
import { failure } from '../../../src/types/result.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const Pair = sequence({ number: integer(), octets: implicit(0, octetString()) });

describe('codec', () => {
  test('decodes a part of the octets, and gives offsets in the whole', () => {
    for (const codec of [compile(Pair), interpret(Pair)]) {
      const octets = hex('ffff 3007 020105 80021122 ffff');
      assert.deepEqual(codec.decode(octets, 2, 11), { ok: true, value: { number: 5, octets: hex('1122') } });
      const cut = codec.decode(octets, 2, 10);
      assert(!cut.ok);
      assert.deepEqual([cut.code, cut.offset, cut.clause], ['ber.truncated', 2, 'ITU-T X.690 §8.1.3']);
      assert.throws(() => codec.decode(octets, 2, 14));
    }
  });

  test('octet strings are plain views of what was read, of a Buffer too', () => {
    const octets = Buffer.from('3007020105800211220000', 'hex').subarray(0, 9);
    const result = compile(Pair).decode(octets);
    assert(result.ok);
    assert.equal(Object.getPrototypeOf(result.value.octets), Uint8Array.prototype);
    octets[8] = 0xaa;
    assert.deepEqual(result.value.octets, hex('11aa'));
  });

  test('writes before what a writer holds', () => {
    const writer = new BerWriter(4).reset();
    writer.bytes(hex('ffff'));
    compile(Pair).encodeInto(writer, { number: 5, octets: hex('1122') });
    assert.deepEqual(writer.octets(), hex('3007 020105 80021122 ffff'));
  });

  test('what was encoded stays as it is when more is encoded', () => {
    const codec = compile(Pair);
    const all = Array.from({ length: 2000 }, (_, number) =>
      codec.encode({ number, octets: new Uint8Array(number) }),
    );
    all.forEach((octets, number) => {
      const result = codec.decode(octets);
      assert(result.ok && result.value.number === number && result.value.octets.length === number);
    });
  });

  test('a mapping may use the codec that it is part of', () => {
    interface Box {
      readonly level: number;
      readonly inner?: Box | undefined;
    }
    const Box: Type<Box> = sequence({
      level: integer({ min: 0, max: 9 }),
      inner: optional(
        mapped(octetString(), {
          decode: (octets) => {
            const result = codec.decode(octets);
            return result.ok ? result.value : failure(result.code, result.offset, result.clause, result.path);
          },
          encode: (value: Box) => codec.encode(value),
        }),
      ),
    });
    const codec = compile(Box, { name: 'Box' });
    const value = { level: 1, inner: { level: 2, inner: { level: 3, inner: undefined } } };
    const octets = codec.encode(value);
    assert.deepEqual(octets, hex('3011 020101 040c 300a 020102 0405 3003 020103'));
    assert.deepEqual(codec.decode(octets), { ok: true, value });
    const damaged = octets.slice();
    damaged[damaged.length - 1] = 77;
    const failed = codec.decode(damaged);
    assert(!failed.ok);
    assert.deepEqual(
      [failed.code, failed.offset, failed.path],
      ['asn1.range', damaged.length - 1, 'Box.inner.Box.inner.Box.level'],
    );
    assert.throws(() => codec.encode({ level: 1, inner: { level: 10 } }), { code: 'ERR_ASSERTION' });
    assert.deepEqual(codec.encode(value), octets);
  });
});

describe('a mistake in a declaration shows when it is compiled', () => {
  const octets = octetString();
  for (const [what, declared] of [
    ['optional components that share a tag', sequence({ a: optional(octets), b: octets })],
    [
      'an optional component behind others that shares a tag',
      sequence({ a: optional(octets), b: optional(boolean), c: octets }),
    ],
    ['ANY that is optional before others', sequence({ a: optional(any), b: octets })],
    ['a SET with a tag twice', set({ a: octets, b: octets })],
    ['a CHOICE with a tag twice', choice({ a: octets, b: choice({ c: boolean, d: octets }) })],
    ['a mistake within', sequence({ a: sequence({ b: set({ c: octets, d: octets }) }) })],
  ] as const)
    test(what, () => {
      assert.throws(() => compile<unknown>(declared), { code: 'ERR_ASSERTION' });
      assert.throws(() => interpret<unknown>(declared), { code: 'ERR_ASSERTION' });
    });

  test('a type that is itself and nothing else', () => {
    const Itself: Type = lazy(() => Itself);
    assert.throws(() => compile(Itself), { code: 'ERR_ASSERTION' });
  });

  test('mandatory components may share a tag: their order tells them apart', () => {
    const Two = sequence({ a: octets, b: octets, c: optional(octets) });
    const value: Infer<typeof Two> = { a: hex('01'), b: hex('02'), c: undefined };
    assert.deepEqual(compile(Two).decode(hex('3006 040101 040102')), { ok: true, value });
  });

  test('names that are no identifiers, and bounds the wrong way round', () => {
    assert.throws(() => sequence({ '"]; f(); //': octets }));
    assert.throws(() => integer({ min: 2, max: 1 }));
  });
});

test('a reader of some components has all that are mandatory, and none that is not declared', () => {
  const whole = sequence({ one: integer(), two: optional(boolean) });
  assert.throws(() => reading(whole, ['two']), /one is mandatory/);
  assert.throws(() => reading(whole as Type<Record<string, unknown>>, ['one', 'three']), /there is no three/);
  const result = compile(reading(whole, ['one'])).decode(Uint8Array.of(0x30, 6, 2, 1, 7, 1, 1, 255));
  assert.deepEqual(result, { ok: true, value: { one: 7 } });
});
