/**
 * Every parameter that MAP and CAP declare here, with a value of each: the compiled codec against the interpreter that is its
 * reference (docs/conformance/asn1.md).
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { operationNames, operationVersions } from '../../src/decode/catalogue.ts';
import { compile, interpret, type Type } from '../../src/stack/asn1/index.ts';
import { valuesOf } from '../../test/stack/asn1/random-value.ts';
import { hashOf, remark, report, sized } from '../harness/report.ts';
import { figureText } from '../harness/row.ts';

const types = new Map<Type, string>();
for (const name of operationNames())
  for (const { operation, version } of operationVersions(name)) {
    if (operation.argument) types.set(operation.argument, `${name}.argument.${version}`);
    if (operation.result) types.set(operation.result, `${name}.result.${version}`);
  }

/** Of some values the one of middle size, so that neither empty nor enormous ones decide. */
const SAMPLES = 9;
const parameters = [...types].map(([type, name]) => {
  const compiled = compile(type, { name });
  const octets = fc
    .sample(valuesOf(type), { seed: 1, numRuns: SAMPLES })
    .map((value) => compiled.encode(value))
    .sort((a, b) => a.length - b.length)[SAMPLES >> 1]!;
  const decoded = compiled.decode(octets);
  assert(decoded.ok, name);
  return { compiled, interpreted: interpret(type, { name }), octets, value: decoded.value };
});
let sink = 0;

/** Each is warmed up alone, as the one operation that a busy node sees; its best round counts. */
function nanosecondsOf(task: () => number, calls: number): number {
  const rounds = sized(4, 1);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const startedAt = process.hrtime.bigint();
    for (let call = 0; call < calls; call++) sink += task();
    best = Math.min(best, Number(process.hrtime.bigint() - startedAt) / calls);
  }
  return best;
}

const measured = parameters.map(({ compiled, interpreted, octets, value }) => ({
  decode: {
    compiled: nanosecondsOf(() => (compiled.decode(octets).ok ? 1 : 0), sized(4_000, 2)),
    interpreted: nanosecondsOf(() => (interpreted.decode(octets).ok ? 1 : 0), sized(200, 2)),
  },
  encode: {
    compiled: nanosecondsOf(() => compiled.encode(value).length, sized(4_000, 2)),
    interpreted: nanosecondsOf(() => interpreted.encode(value).length, sized(200, 2)),
  },
}));
assert(sink > 0);
const hash = hashOf(parameters.map(({ octets }) => octets));
for (const way of ['decode', 'encode'] as const) {
  const sum = (of: 'compiled' | 'interpreted') => measured.reduce((all, one) => all + one[way][of], 0);
  const least = Math.min(...measured.map((one) => one[way].interpreted / one[way].compiled));
  remark(
    `${way}: ${parameters.length} parameters, the least that one of them gains is ${figureText(least)} ×`,
  );
  report({
    name: `stack/asn1: ${way} of all operations, interpreted ÷ compiled`,
    figure: sum('interpreted') / sum('compiled'),
    unit: '×',
    goal: { of: 'figure', atLeast: 5 },
    hash,
  });
}
