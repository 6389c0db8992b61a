/** Operation parameters of real networks and of other stacks: what is declared reads them, and writes the same octets. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { findError, operationVersions } from '../../../src/decode/catalogue.ts';
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
}

const file = sharedPath('vectors/hex.jsonl');
const skip = file === undefined ? NO_SHARED : false;
const vectors =
  file === undefined
    ? []
    : readJsonLines<Vector>(file).filter(({ kind, hex }) => kind !== 'tcap' && hex !== '');

/** What stands in the vectors as no value of its type, and why. By the beginning of the octets. */
const NO_VALUE: readonly (readonly [op: string, kind: string, prefix: string, why: string])[] = [
  ['initialDPSMS', 'arg', '3081cf', 'a CHOICE in place of the OCTET STRING of locationInformationGPRS'],
  ['initialDPSMS', 'arg', '308201', 'a CHOICE in place of the OCTET STRING of locationInformationGPRS'],
  ['initialDPSMS', 'arg', '0b0c', 'contents without their element'],
  ['establishTemporaryConnection', 'arg', '3031', 'a constructed INTEGER'],
  ['registerSS', 'res', '30', 'the SEQUENCE inside the CHOICE, without its tag'],
  ['registerSS', 'res', '1', 'no CHOICE of SS-Info'],
  ['registerSS', 'arg', '3024', 'a NULL with contents'],
  ['anyTimeInterrogation', 'res', '1000', 'a primitive SEQUENCE'],
  ['sendRoutingInfo', 'res', '1000', 'a primitive SEQUENCE'],
  ['provideSubscriberLocation', 'res', '3049', 'a primitive CHOICE'],
  ['provideSubscriberLocation', 'arg', '301c', 'a SEQUENCE without its mandatory component'],
];

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
  const notCovered = new Set<string>();
  let read = 0;
  let excused = 0;
  for (const vector of vectors) {
    const types = typesOf(vector);
    if (types.length === 0 && operationVersions(vector.op).length === 0) {
      notCovered.add(vector.op);
      continue;
    }
    const octets = Buffer.from(vector.hex, 'hex');
    const where = `${vector.op} ${vector.kind} ${vector.hex.slice(0, 60)} (${vector.source})`;
    const why = NO_VALUE.find(
      ([op, kind, prefix]) => op === vector.op && kind === vector.kind && vector.hex.startsWith(prefix),
    );
    const codec = types.map(codecFor).find((candidate) => candidate.decode(octets).ok);
    if (codec === undefined) {
      assert.ok(
        why,
        `${where}: ${types.map((type) => JSON.stringify(codecFor(type).decode(octets))).join(' ')}`,
      );
      excused++;
      continue;
    }
    const decoded = codec.decode(octets);
    assert.ok(decoded.ok);
    const again = Buffer.from(codec.encode(decoded.value)).toString('hex');
    if (again !== vector.hex) assert.equal(again, canonicalBer(octets), where);
    read++;
  }
  context.diagnostic(
    `${read} read, ${excused} are no values of their types; not covered: ${[...notCovered].sort().join(', ')}`,
  );
  assert.ok(read >= 230, `${read} were read`);
  for (const name of notCovered) assert.match(name, /^private-IN:|^istCommand$/);
});

test('what an independent decoder reads as version 3 or as CAP, the newest declaration reads', {
  skip,
}, () => {
  for (const vector of vectors) {
    if (!/^pycrate:(?:v3|cap)\//.test(vector.verified ?? '') || vector.op.startsWith('private-IN')) continue;
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
  const usable = vectors.filter((vector) => typesOf(vector).length > 0);
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
