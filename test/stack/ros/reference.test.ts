/** Every declared parameter of MAP and CAP: the compiled codec answers as the reference that walks the declaration does. */
import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import fc from 'fast-check';
import { operationNames, operationVersions } from '../../../src/decode/catalogue.ts';
import { compile, interpret, type Type } from '../../../src/stack/asn1/index.ts';
import { damaged } from '../asn1/random-declaration.ts';
import { valuesOf } from '../asn1/random-value.ts';

const types = new Map<Type, string>();
for (const name of operationNames()) {
  for (const { operation, version } of operationVersions(name)) {
    if (operation.argument) types.set(operation.argument, `${name}.argument.${version}`);
    if (operation.result) types.set(operation.result, `${name}.result.${version}`);
    for (const { name: error, code, parameter } of operation.errors)
      if (parameter) types.set(parameter, `${error ?? code}.${version}`);
  }
}

test(`compiled and reference codecs agree on all ${types.size} parameters`, () => {
  assert(types.size > 50);
  for (const [type, name] of types) {
    const compiled = compile(type, { name });
    const interpreted = interpret(type, { name });
    fc.assert(
      fc.property(
        valuesOf(type).chain((value) =>
          fc.tuple(
            fc.constant(value),
            fc.array(damaged(compiled.encode(value)), { minLength: 3, maxLength: 3 }),
          ),
        ),
        ([value, damages]) => {
          const octets = compiled.encode(value);
          assert.deepEqual(interpreted.encode(value), octets);
          assert.deepEqual(compiled.decode(octets), { ok: true, value });
          assert.deepEqual(interpreted.decode(octets), { ok: true, value });
          for (const each of damages) assert.deepEqual(compiled.decode(each), interpreted.decode(each));
        },
      ),
      { numRuns: 15 },
    );
  }
});
