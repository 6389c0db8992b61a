/** Operation parameters of real networks and of other stacks: what is declared reads them, and writes the same octets. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { berTrees } from '../../../src/decode/ber-tree.ts';
import { findError, operationVersions } from '../../../src/decode/catalogue.ts';
import { decodeOperation } from '../../../src/decode/operation-tree.ts';
import { treeText } from '../../../src/decode/tree.ts';
import { type Codec, compile, type Type } from '../../../src/stack/asn1/index.ts';
import { SeededRandom } from '../../../src/types/random.ts';
import { canonicalBer } from '../../support/canonical-ber.ts';
import { damage } from '../../support/damage.ts';
import { readJsonLines } from '../../support/json-lines.ts';
import { NO_SHARED, sharedPath } from '../../support/shared.ts';

interface Vector {
  readonly source: string;
  readonly op: string;
  readonly kind: 'arg' | 'res' | 'err' | 'tcap';
  readonly hex: string;
  readonly verified: string | null;
  readonly quirk?: string;
}

const file = sharedPath('vectors/hex.jsonl');
const skip = file === undefined ? NO_SHARED : false;
const vectors = file === undefined ? [] : readJsonLines<Vector>(file).filter(({ kind }) => kind !== 'tcap');

/**
 * What stands in the vectors as no value of its type: by the beginning of the octets, with the failure of the newest
 * declaration, and why it is one.
 */
const NO_VALUE: readonly (readonly [
  op: string,
  kind: string,
  prefix: string,
  failure: string,
  why: string,
])[] = [
  [
    'initialDPSMS',
    'arg',
    '3081cf',
    'asn1.constructed@43 locationInformationGPRS.cellGlobalIdOrServiceAreaIdOrLAI',
    'a CHOICE in place of the OCTET STRING',
  ],
  [
    'initialDPSMS',
    'arg',
    '3082010f',
    'asn1.constructed@44 locationInformationGPRS.cellGlobalIdOrServiceAreaIdOrLAI',
    'a CHOICE in place of the OCTET STRING',
  ],
  ['initialDPSMS', 'arg', '0b0c', 'ber.truncated@0 ', 'contents without their element'],
  ['registerSS', 'res', '3009a007', 'asn1.tag@0 ', 'a SEQUENCE around the CHOICE'],
  ['registerSS', 'res', '3009a107', 'asn1.tag@0 ', 'a SEQUENCE around the CHOICE'],
  ['registerSS', 'res', '3005a303', 'asn1.tag@0 ', 'a SEQUENCE around the CHOICE'],
  ['registerSS', 'arg', '3024', 'asn1.content@33 longFTN-Supported', 'a NULL with contents'],
  [
    'establishTemporaryConnection',
    'arg',
    '30318005',
    'asn1.constructed@42 callSegmentID',
    'naOliInfo for na-info',
  ],
  ['anyTimeInterrogation', 'res', '1000', 'asn1.constructed@0 ', 'a primitive SEQUENCE'],
  ['sendRoutingInfo', 'res', '1000', 'asn1.tag@0 ', 'a primitive SEQUENCE'],
  ['provideSubscriberLocation', 'res', '3049', 'asn1.constructed@36 cellIdOrSai', 'a primitive CHOICE'],
  ['provideSubscriberLocation', 'arg', '301c', 'asn1.missing@2 locationType', 'no mandatory component'],
];

/** Operations that are not those of MAP and CAP, or that are left out: shown as plain BER. */
const LEFT_OUT = /^private-IN:|^istCommand$/;

/** Vectors without a parameter: an argument that is not there, and an error that came without its own. */
const WITHOUT_PARAMETER = ['continue arg', 'map-error11 err', 'sendAuthenticationInfo arg'];

const codecs = new Map<Type, Codec<unknown>>();
function codecFor(type: Type): Codec<unknown> {
  const codec = codecs.get(type) ?? compile(type, { lenient: true });
  codecs.set(type, codec);
  return codec;
}

/** Types that a vector may be a value of, newest version first. */
function typesOf({ op, kind }: Vector): Type[] {
  const code = /^map-error(\d+)$/.exec(op)?.[1];
  if (code !== undefined) {
    return operationVersions('updateLocation')
      .map((entry) => findError(entry, Number(code))?.parameter)
      .filter((type) => type !== undefined);
  }
  return operationVersions(op)
    .map(({ operation }) => (kind === 'arg' ? operation.argument : operation.result))
    .filter((type) => type !== undefined);
}

test('every parameter of a declared operation reads and is written as it came', { skip }, (context) => {
  const excused = new Set<string>();
  let read = 0;
  let opaque = 0;
  for (const vector of vectors) {
    const types = typesOf(vector);
    if (vector.hex === '' || LEFT_OUT.test(vector.op)) continue;
    const octets = Buffer.from(vector.hex, 'hex');
    const where = `${vector.op} ${vector.kind} ${vector.hex.slice(0, 60)} (${vector.source})`;
    assert.ok(types.length > 0, where);
    const codec = types.map(codecFor).find((candidate) => candidate.decode(octets).ok);
    if (codec === undefined) {
      const found = codecFor(types[0]!).decode(octets);
      const failure = found.ok ? '' : `${found.code}@${found.offset} ${found.path}`;
      const known = NO_VALUE.find(
        ([op, kind, prefix]) => op === vector.op && kind === vector.kind && vector.hex.startsWith(prefix),
      );
      assert.equal(failure, known?.[3], where);
      excused.add(known![2]);
      continue;
    }
    const decoded = codec.decode(octets);
    assert.ok(decoded.ok);
    const again = Buffer.from(codec.encode(decoded.value)).toString('hex');
    if (again !== vector.hex) assert.equal(again, canonicalBer(octets), where);
    if (vector.quirk !== undefined) opaque++;
    read++;
  }
  context.diagnostic(`${read} read, ${opaque} with opaque private extensions`);
  assert.ok(read >= 242, `${read} were read`);
  assert.ok(opaque >= 70, `${opaque} with private extensions came back`);
  assert.equal(
    excused.size,
    new Set(NO_VALUE.map(([, , prefix]) => prefix)).size,
    'the list has what is there',
  );
});

test('a vector without a parameter is of an operation or error that may have none', { skip }, () => {
  const empty = vectors.filter(({ hex }) => hex === '').map(({ op, kind }) => `${op} ${kind}`);
  assert.deepEqual(empty.sort(), WITHOUT_PARAMETER);
});

test('what is left out is named, and shown as plain BER to its last octet', { skip }, () => {
  let shown = 0;
  for (const { op, hex, kind } of vectors) {
    if (!LEFT_OUT.test(op)) continue;
    assert.equal(operationVersions(op).length, 0, op);
    const octets = Buffer.from(hex, 'hex');
    // A private context shares names with CAP, and nothing else: by its own name it is known to nobody.
    const name = op === 'istCommand' ? 'ist-Command' : op;
    const decoded = decodeOperation({
      operation: name,
      part: kind === 'arg' ? 'argument' : 'result',
      octets,
    });
    const trees = decoded?.tree.children ?? berTrees(octets, 0, octets.length);
    assert.equal(decoded?.covered ?? false, false, op);
    assert.equal(
      trees.reduce((sum, { length }) => sum + length, 0),
      octets.length,
      op,
    );
    assert.ok(
      !treeText({ name: op, offset: 0, length: octets.length, children: trees }).includes('no sound BER'),
    );
    shown++;
  }
  assert.ok(skip !== false || shown >= 16);
});

test('what an independent decoder reads as version 3 or as CAP, the newest declaration reads', {
  skip,
}, () => {
  for (const vector of vectors) {
    if (
      vector.hex === '' ||
      !/^pycrate:(?:v3|cap)\//.test(vector.verified ?? '') ||
      vector.op.startsWith('private-IN')
    )
      continue;
    const type = typesOf(vector)[0];
    if (type === undefined) continue;
    const codec = compile(type, { lenient: true });
    const decoded = codec.decode(Buffer.from(vector.hex, 'hex'));
    assert.ok(
      decoded.ok,
      `${vector.op} ${vector.kind} ${vector.hex.slice(0, 80)} ${JSON.stringify(decoded)}`,
    );
  }
});

test('20 000 damaged parameters are read or refused, and nothing throws', { skip }, () => {
  const random = new SeededRandom(20_000);
  const usable = vectors.filter((vector) => vector.hex !== '' && typesOf(vector).length > 0);
  let read = 0;
  for (let round = 0; round < 20_000; round++) {
    const vector = usable[random.uint32() % usable.length]!;
    const octets = damage(Buffer.from(vector.hex, 'hex'), random);
    for (const type of typesOf(vector)) {
      const codec = codecFor(type);
      const decoded = codec.decode(octets);
      if (!decoded.ok) continue;
      read++;
      const again = codec.encode(decoded.value);
      assert.ok(codec.decode(again).ok, `${vector.op} ${Buffer.from(octets).toString('hex')}`);
    }
  }
  assert.ok(read > 1000);
});
