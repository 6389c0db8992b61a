import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import {
  any,
  bitString,
  boolean,
  type Codec,
  choice,
  compile,
  enumerated,
  explicit,
  external,
  type Infer,
  ia5String,
  implicit,
  integer,
  interpret,
  lazy,
  mapped,
  named,
  nullType,
  objectIdentifier,
  octetString,
  optional,
  sequence,
  sequenceOf,
  set,
  type Type,
  unknownElements,
} from '../../../src/stack/asn1/index.ts';
import { failure } from '../../../src/types/result.ts';

const hex = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
const toHex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');

const digits = mapped(octetString({ min: 1, max: 4 }), {
  decode: (octets) => (octets.includes(0xaa) ? failure('test.digits', octets.indexOf(0xaa)) : toHex(octets)),
  encode: hex,
});
const SubscriberId = choice({
  imsi: implicit(0, octetString({ min: 3, max: 8 })),
  tmsi: implicit(1, digits),
});
const Arg = sequence({
  id: SubscriberId,
  count: integer({ min: 0, max: 255 }),
  smRpPri: named('sm-RP-PRI', optionalOf(boolean)),
  reason: optional(implicit(2, enumerated({ busy: 1, noReply: 2 }))),
  wrapped: optional(implicit(3, SubscriberId)),
  list: optional(implicit(4, sequenceOf(objectIdentifier, { min: 1, max: 3 }))),
  last: optional(nullType),
});
type Arg = Infer<typeof Arg>;
function optionalOf<T>(type: Type<T>): Type<T> {
  return implicit(7, type);
}
// The inferred type is what a user writes down.
const typed: Arg = {
  id: { imsi: hex('010203') },
  count: 3,
  smRpPri: true,
  reason: 'busy',
  wrapped: undefined,
};

for (const [how, make] of [
  ['interpreted', interpret],
  ['compiled', compile],
] as const) {
  const codecOf = <T>(type: Type<T>, lenient = false): Codec<T> => make(type, { name: 'Arg', lenient });
  const decodes = <T>(type: Type<T>, octets: string, lenient = false): T => {
    const result = codecOf(type, lenient).decode(hex(octets));
    assert(result.ok, JSON.stringify(result));
    return result.value;
  };
  const fails = (type: Type, octets: string): unknown[] => {
    const result = codecOf(type).decode(hex(octets));
    assert(!result.ok);
    return [result.code, result.offset, result.path];
  };

  describe(`${how} codec`, () => {
    test('encodes and decodes what is declared', () => {
      const octets = '3011 8003010203 020103 8701ff 820101'.replaceAll(' ', '');
      assert.equal(toHex(codecOf(Arg).encode(typed)), octets.replace('3011', '300e'));
      const value = decodes(Arg, octets.replace('3011', '300e'));
      assert.deepEqual({ ...typed, list: undefined, last: undefined }, value);
    });

    test('an implicit tag on a CHOICE is explicit (ITU-T X.680 §31.2.9)', () => {
      const value = {
        ...typed,
        wrapped: { tmsi: '12' },
        list: [
          [1, 2, 840],
          [2, 999, 3],
        ],
        last: null,
      };
      const octets = codecOf(Arg).encode(value);
      assert.equal(toHex(octets), '302180030102030201038701ff820101a303810112a40a06032a864806038837030500');
      assert.deepEqual(decodes(Arg, toHex(octets)), value);
    });

    test('lengths may be long or indefinite (ITU-T X.690 §8.1.3)', () => {
      const value = decodes(Arg, '3080 808103010203 02820001 03 870101 a380 810112 0000 0000');
      assert.deepEqual(value.wrapped, { tmsi: '12' });
      assert.equal(value.smRpPri, true);
    });

    test('what no field covers is kept where it stood, and counted', () => {
      const octets = '3017 8003010203 020103 8701ff 9f2002ffff 050 09a020102'.replaceAll(' ', '');
      const whole = toHex(
        hex(`30${((octets.length - 4) / 2).toString(16).padStart(2, '0')}${octets.slice(4)}`),
      );
      const codec = codecOf(Arg);
      const result = codec.decode(hex(whole));
      assert(result.ok);
      assert.equal(result.value.last, null);
      assert.deepEqual(result.value[unknownElements], [
        { after: 2, octets: hex('9f2002ffff'), count: 1 },
        { after: 6, octets: hex('9a020102'), count: 1 },
      ]);
      assert.equal(codec.unknownElementsSeen, 2);
      assert.equal(toHex(codec.encode({ ...result.value })), whole);
    });

    test('a failure says what, where and in which field', () => {
      const head = '8003010203 020103 8701ff';
      assert.deepEqual(fails(Arg, ''), ['ber.truncated', 0, 'Arg']);
      assert.deepEqual(fails(Arg, '0400'), ['asn1.tag', 0, 'Arg']);
      assert.deepEqual(fails(Arg, '1000'), ['asn1.constructed', 0, 'Arg']);
      assert.deepEqual(fails(Arg, '3000'), ['asn1.missing', 2, 'Arg.id']);
      assert.deepEqual(fails(Arg, '3005 8003010203'), ['asn1.missing', 7, 'Arg.count']);
      assert.deepEqual(fails(Arg, '3008 8003010203 8701ff'), ['asn1.missing', 7, 'Arg.count']);
      assert.deepEqual(fails(Arg, '3004 80020102'), ['asn1.size', 4, 'Arg.id.imsi']);
      assert.deepEqual(fails(Arg, '3003 8101aa'), ['test.digits', 4, 'Arg.id.tmsi']);
      assert.deepEqual(fails(Arg, '3009 8003010203 02020100'), ['asn1.range', 9, 'Arg.count']);
      assert.deepEqual(fails(Arg, '300c 8003010203 020103 870200ff'), ['asn1.content', 12, 'Arg.sm-RP-PRI']);
      assert.deepEqual(fails(Arg, `300d ${head} a300`), ['asn1.missing', 15, 'Arg.wrapped']);
      assert.deepEqual(fails(Arg, `3011 ${head} a304 82020000`), ['asn1.tag', 15, 'Arg.wrapped']);
      assert.deepEqual(fails(Arg, `3014 ${head} a307 810111 81021111`), ['asn1.trailing', 18, 'Arg.wrapped']);
      assert.deepEqual(fails(Arg, `3010 ${head} a403 060180`), ['asn1.content', 17, 'Arg.list[0]']);
      assert.deepEqual(fails(Arg, `3010 ${head} 820101 8701ff`), ['ber.truncated', 16, 'Arg']);
      assert.deepEqual(fails(Arg, `3011 ${head} 820101 8701ff`), ['asn1.order', 16, 'Arg.sm-RP-PRI']);
      assert.deepEqual(fails(Arg, `300c ${head} 05`), ['ber.truncated', 13, 'Arg']);
    });

    test('lenient: sizes, ranges and order are not enforced', () => {
      const value = decodes(Arg, '300f 80020102 02020100 8701ff 80020102', true);
      assert.deepEqual([value.id, value.count], [{ imsi: hex('0102') }, 256]);
      assert.deepEqual(value[unknownElements], [{ after: 2, octets: hex('80020102'), count: 1 }]);
      assert.equal(codecOf(Arg, true).check(value)?.code, 'asn1.size');
      assert.equal(
        toHex(codecOf(Arg, true).encode(value)),
        '300f 80020102 02020100 8701ff 80020102'.replaceAll(' ', ''),
      );
    });

    test('a SET is decoded in any order and encoded in that of its tags', () => {
      const Some = set({ b: implicit(1, ia5String()), a: implicit(0, integer()), c: optional(boolean) });
      assert.deepEqual(decodes(Some, '3109 810162 800105 0101ff'), { a: 5, b: 'b', c: true });
      assert.equal(toHex(codecOf(Some).encode({ b: 'b', a: 5, c: true })), '31090101ff800105810162');
      assert.deepEqual(fails(Some, '3106 800105 800105'), ['asn1.order', 5, 'Arg.a']);
    });

    test('a type may contain itself, to a bound', () => {
      interface List {
        readonly next?: List | undefined;
      }
      const List: Type<List> = sequence({
        next: optional(
          implicit(
            0,
            lazy(() => List),
          ),
        ),
      });
      const nested = (depth: number): List =>
        depth === 0 ? { next: undefined } : { next: nested(depth - 1) };
      const octets = codecOf(List).encode(nested(16));
      assert.deepEqual(decodes(List, toHex(octets)), nested(16));
      assert.throws(() => codecOf(List).encode(nested(17)));
      const deeper = `3022${toHex(octets).replace(/^30../, 'a020')}`;
      assert.equal(fails(List, deeper)[0], 'asn1.depth');
    });

    test('EXTERNAL, ANY and named bits', () => {
      const Bits = bitString({ min: 6, max: 16 }, { 'sc-AddressNotIncluded': 0, 'mnrf-Set': 1 });
      assert.deepEqual(decodes(Bits, '03020244'), { bits: ['mnrf-Set', 5], bitCount: 6 });
      assert.equal(toHex(codecOf(Bits).encode({ bits: ['mnrf-Set'] })), '03020240');
      const Any = sequence({ type: objectIdentifier, value: optional(any) });
      assert.deepEqual(decodes(Any, '3007 06012a a402ffff'), { type: [1, 2], value: hex('a402ffff') });
      const value = {
        directReference: [0, 4, 0, 0, 1, 1, 1, 1],
        indirectReference: undefined,
        dataValueDescriptor: undefined,
        encoding: { singleAsn1Type: hex('a003020107') },
      };
      const octets = toHex(codecOf(external).encode(value));
      assert.equal(octets, '2810060704000001010101a005a003020107');
      assert.deepEqual(decodes(external, octets), value);
      assert.deepEqual(
        decodes(
          sequence({ a: explicit(1, choice({ n: nullType }, { extensible: true })) }),
          '3004 a102 8000',
        ),
        { a: { unknown: hex('8000') } },
      );
    });

    test('a value that breaks its declaration is not encoded', () => {
      const codec = codecOf(Arg);
      const wrong = { ...typed, id: { imsi: hex('01') } };
      assert.throws(() => codec.encode(wrong), { code: 'ERR_ASSERTION' });
      const why = codec.check(wrong);
      assert.deepEqual([why?.code, why?.path], ['asn1.size', 'Arg.id.imsi']);
      assert.equal(codec.check(typed), undefined);
      assert.throws(() => codec.encode({ ...typed, count: undefined } as unknown as Arg));
      assert.throws(() => codec.encode({ ...typed, reason: 'later' } as unknown as Arg));
    });
  });
}
