/** What is written here is read by a decoder that nobody here wrote: OpenSSL's. */
import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { type BerElement, BerWriter, berTree, compile } from '../../../src/stack/asn1/index.ts';
import { declared } from './random-declaration.ts';
import { valuesOf } from './random-value.ts';

const openssl = spawnSync('openssl', ['version']).status === 0;

/** `offset depth class tag form` of each element. */
function outline(elements: readonly BerElement[], depth = 0): string[] {
  return elements.flatMap(({ offset, tagClass, tag, constructed, elements: inner }) => [
    `${offset} ${depth} ${tagClass}/${tag} ${constructed ? 'cons' : 'prim'}`,
    ...outline(inner, depth + 1),
  ]);
}

const universal: Readonly<Record<string, number>> = {
  BOOLEAN: 1,
  INTEGER: 2,
  'BAD INTEGER': 2,
  'BIT STRING': 3,
  'OCTET STRING': 4,
  NULL: 5,
  OBJECT: 6,
  'OBJECT DESCRIPTOR': 7,
  EXTERNAL: 8,
  ENUMERATED: 10,
  'BAD ENUMERATED': 10,
  UTF8STRING: 12,
  SEQUENCE: 16,
  SET: 17,
  NUMERICSTRING: 18,
  IA5STRING: 22,
  VISIBLESTRING: 26,
};

/** The same from a line of `openssl asn1parse`: `   2:d=1  hl=2 l=   1 prim: cont [ 0 ]        `. */
function outlineOf(line: string): string {
  const found =
    /^\s*(\d+):d=(\d+)\s+hl=\d+ l=\s*\d+ (prim|cons): ([A-Za-z0-9 ]+?)\s*(?:\[ (\d+) \]\s*|\[HEX DUMP\].*|:.*)?$/.exec(
      line,
    );
  assert(found !== null, line);
  const [, offset, depth, form, name, tag] = found as unknown as [
    string,
    string,
    string,
    string,
    string,
    string?,
  ];
  const tagClass = { appl: 1, cont: 2, priv: 3 }[name] ?? 0;
  return `${offset} ${depth} ${tagClass}/${tagClass > 0 ? tag! : universal[name]!} ${form}`;
}

test('OpenSSL finds the elements that were written, where they were written', {
  skip: openssl ? false : 'openssl is not installed',
}, () => {
  const samples = fc.sample(
    declared.chain(({ type }) => valuesOf(type).map((value) => compile(type).encode(value))),
    { numRuns: 400, seed: 7 },
  );
  const writer = new BerWriter();
  for (const octets of samples) writer.bytes(octets);
  writer.header(0x30, 0);
  const whole = writer.copy();
  const tree = berTree(whole, { countMax: 100_000 });
  assert.equal(tree.failure, undefined);
  const run = spawnSync('openssl', ['asn1parse', '-inform', 'DER'], {
    input: whole,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  assert.equal(run.status, 0, run.stderr);
  const lines = run.stdout.split('\n').filter((line) => /^\s*\d+:d=/.test(line));
  assert(lines.length > 1000);
  assert.deepEqual(lines.map(outlineOf), outline(tree.elements));
});
