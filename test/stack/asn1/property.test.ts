import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { compile, interpret, reading, type Type, unknownElements } from '../../../src/stack/asn1/index.ts';
import { damaged, declared, rewritten } from './random-declaration.ts';

const both = (type: Type, lenient = false) => ({
  compiled: compile(type, { name: 'Root', lenient }),
  interpreted: interpret(type, { name: 'Root', lenient }),
});

/** Decodes with both; asserts that they agree in everything. */
function decodesAlike(codecs: ReturnType<typeof both>, octets: Uint8Array) {
  const { compiled, interpreted } = codecs;
  const result = compiled.decode(octets);
  assert.deepEqual(result, interpreted.decode(octets));
  assert.equal(compiled.unknownElementsSeen, interpreted.unknownElementsSeen);
  if (!result.ok) {
    assert(result.offset >= 0 && result.offset <= octets.length + 1, `${result.offset}`);
    assert(result.path?.startsWith('Root'));
  }
  return result;
}

const withValue = declared.chain(({ type, values }) => values.map((value) => ({ type, value })));

describe('random declarations', () => {
  test('compiled and interpreted codecs encode the same octets, and decode them to the same value', () => {
    fc.assert(
      fc.property(withValue, ({ type, value }) => {
        const codecs = both(type);
        assert.equal(codecs.compiled.check(value), undefined);
        const octets = codecs.compiled.encode(value);
        assert.deepEqual(octets, codecs.interpreted.encode(value));
        const result = decodesAlike(codecs, octets);
        assert(result.ok, JSON.stringify(result));
        assert.deepEqual(result.value, value);
        assert.deepEqual(codecs.compiled.encode(result.value), octets);
      }),
      { numRuns: 500 },
    );
  });

  test('long and indefinite lengths decode to the same value (ITU-T X.690 §8.1.3)', () => {
    fc.assert(
      fc.property(withValue, fc.infiniteStream(fc.nat(5)), ({ type, value }, choices) => {
        const codecs = both(type);
        const octets = codecs.compiled.encode(value);
        const other = rewritten(octets, () => Number(choices.next().value));
        const result = decodesAlike(codecs, other);
        if (result.ok && !holdsRaw(value)) assert.deepEqual(codecs.compiled.encode(result.value), octets);
        assert(result.ok || holdsRaw(value), JSON.stringify(result));
      }),
      { numRuns: 300 },
    );
  });

  for (const lenient of [false, true])
    test(`damaged octets: the same value or the same failure at the same place (${lenient ? 'lenient' : 'strict'})`, () => {
      fc.assert(
        fc.property(
          withValue.chain(({ type, value }) => {
            const octets = compile(type).encode(value);
            return fc.record({
              type: fc.constant(type),
              damages: fc.array(damaged(octets), { minLength: 20, maxLength: 20 }),
            });
          }),
          ({ type, damages }) => {
            const codecs = both(type, lenient);
            for (const octets of damages) {
              const result = decodesAlike(codecs, octets);
              if (!result.ok) continue;
              // What was decoded can be encoded, and is the same when it is decoded again.
              const again = codecs.compiled.encode(result.value);
              assert.deepEqual(again, codecs.interpreted.encode(result.value));
              const value = decodesAlike(codecs, again);
              assert(value.ok);
              assert.deepEqual(codecs.compiled.encode(value.value), again);
            }
          },
        ),
        { numRuns: 300 },
      );
    });

  test('of a sequence of which some components are read, these are as in the whole, whatever is wrong with the others', () => {
    const partly = withValue
      .filter(({ type }) => type.node.kind === 'sequence')
      .chain(({ type, value }) => {
        assert(type.node.kind === 'sequence');
        const { fields } = type.node;
        const needed = fields.filter(({ optional }) => !optional).map(({ name }) => name);
        const octets = compile(type).encode(value);
        return fc.record({
          type: fc.constant(type),
          octets: fc.constant(octets),
          names: fc
            .subarray(fields.filter(({ optional }) => optional).map(({ name }) => name))
            .map((some) => [...needed, ...some]),
          damages: fc.array(damaged(octets), { minLength: 10, maxLength: 10 }),
        });
      });
    fc.assert(
      fc.property(partly, ({ type, octets, names, damages }) => {
        const part = reading(type as Type<Record<string, unknown>>, names);
        const whole = both(type);
        const some = both(part);
        for (const each of [octets, ...damages]) {
          const read = decodesAlike(some, each);
          const all = whole.compiled.decode(each);
          if (!all.ok) continue;
          assert(read.ok, 'less is wrong where less is read');
          const { value } = all as { value: Record<string | symbol, unknown> };
          const kept = Object.fromEntries(names.map((name) => [name, value[name]]));
          assert.deepEqual(
            read.value,
            unknownElements in value ? { ...kept, [unknownElements]: value[unknownElements] } : kept,
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  test('any octets are a value or a failure', () => {
    fc.assert(
      fc.property(
        declared,
        fc.array(fc.uint8Array({ maxLength: 80 }), { minLength: 10, maxLength: 10 }),
        ({ type }, inputs) => {
          const codecs = both(type);
          for (const octets of inputs) decodesAlike(codecs, octets);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a value that breaks its declaration is refused by both, and by check', () => {
    fc.assert(
      fc.property(
        withValue,
        declared.chain(({ values }) => values),
        ({ type }, other) => {
          const { compiled, interpreted } = both(type);
          const wrong = compiled.check(other);
          if (wrong === undefined) assert.deepEqual(compiled.encode(other), interpreted.encode(other));
          else {
            assert.throws(() => interpreted.encode(other), { code: 'ERR_ASSERTION' });
            assert.throws(() => compiled.encode(other), { code: 'ERR_ASSERTION' });
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Raw elements in the value: their octets are what was read. */
function holdsRaw(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array)
    return value instanceof Uint8Array;
  if (unknownElements in value) return true;
  return Object.values(value).some(holdsRaw);
}
