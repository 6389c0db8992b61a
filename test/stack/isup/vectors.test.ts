/** Parameters and messages that other stacks test with. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { decodeMessage, encodeMessage } from '../../../src/stack/isup/message.ts';
import type { Parameter } from '../../../src/stack/isup/parameter.ts';
import { parameterByCode } from '../../../src/stack/isup/parameters.ts';
import { readJsonLines } from '../../support/json-lines.ts';
import { sctpData } from '../../support/pcap.ts';
import { NO_SHARED, sharedPath } from '../../support/shared.ts';

interface Vector {
  readonly name: string;
  readonly hex: string;
}

const skip = sharedPath('vectors/hex-isup.jsonl') === undefined ? NO_SHARED : false;
const read = (file: string) => readJsonLines<Vector>(sharedPath('vectors', file)!);
const octetsOf = ({ hex }: Vector) => Uint8Array.from(Buffer.from(hex, 'hex'));
const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');

/** What the octets of a parameter test are, by the name of the test; a code of ITU-T Q.763 table 5. */
const parameters: Readonly<Record<string, number>> = {
  NetworkManagementControlsTest: 0x5b,
  GenericDigitsTest: 0xc1,
  NetworkSpecificFacilityTest: 0x2f,
  CallingPartyNumberTest: 0x0a,
  ForwardCallIndicatorsTest: 0x07,
  LocationNumberTest: 0x3f,
  ApplicationTransportTest: 0x78,
  CauseIndicatorsTest: 0x12,
  PivotStatusTest: 0x86,
  OriginalCalledNumberTest: 0x28,
  UserTeleserviceInformationTest: 0x34,
  GenericNumberTest: 0xc0,
  UserServiceInformationTest: 0x1d,
  ClosedUserGroupInterlockCodeTest: 0x1a,
};

/** Vectors that are parts of a parameter: digits without what stands before them, diagnostics, status bits without a range … */
const parts = [
  'ANMTest#b',
  'SGMTest#',
  'CGUTest#b',
  'GenericDigitsTest#getEncodedOddData',
  'ApplicationTransportTest#',
  'CauseIndicatorsTest#getDiagnosticsData',
  'ParameterHarness#sixDigits',
  'ParameterHarness#fiveDigits',
  'ParameterHarness#sevenDigits',
  'ParameterHarness#eightDigits',
];

test('every parameter of other stacks is read, and written as it was', { skip }, () => {
  const vectors = read('hex-isup.jsonl');
  for (const vector of vectors) {
    const octets = octetsOf(vector);
    if (vector.name === 'IAMTest#message') {
      const message = decodeMessage(octets);
      assert.ok(message.ok);
      assert.equal(hex(encodeMessage(message.value)!), vector.hex);
      continue;
    }
    if (parts.includes(vector.name)) continue;
    const code = parameters[vector.name.split('#')[0]!];
    assert.ok(code !== undefined, vector.name);
    const declaration: Parameter = parameterByCode.get(code)!;
    const value = declaration.decode(octets);
    assert.ok(value !== undefined, `${vector.name} ${vector.hex}`);
    assert.equal(hex(declaration.encode(value)), vector.hex, vector.name);
  }
  assert.ok(vectors.length >= 37, String(vectors.length));
});

/** SAM and CFN whose sender leaves the pointer to the optional part out: read, and written with one. */
const withoutPointer: Readonly<Record<string, string>> = {
  '0c0b02010400836038': '0c0b0202000400836038',
  '0c0b2f01028090': '0c0b2f0200028090',
};

test('every message of other stacks is read, and written as it was', { skip }, () => {
  const kinds: string[] = [];
  const other: string[] = [];
  for (const vector of read('hex-isup-messages.jsonl')) {
    const decoded = decodeMessage(octetsOf(vector));
    assert.ok(decoded.ok, `${vector.name}: ${JSON.stringify(decoded)}`);
    const message = decoded.value;
    assert.ok(message.kind !== 'opaque', vector.name);
    kinds.push(message.kind);
    for (const { code, reason } of message.other ?? []) other.push(`${message.kind} ${code} ${reason}`);
    assert.equal(hex(encodeMessage(message)!), withoutPointer[vector.hex] ?? vector.hex, vector.name);
  }
  // Vectors are named for the message; three have names of their own.
  const names = read('hex-isup-messages.jsonl').map(({ name }) => name.replace('Test', ''));
  const ours: Readonly<Record<string, string>> = { CNF: 'CFN', SDN: 'SDM', LPP: 'LPR' };
  assert.deepEqual(
    kinds,
    names.map((name) => ours[name] ?? name),
  );
  // UPA and UPT: the last parameter that the compatibility information names has no instruction indicators.
  assert.deepEqual(other.sort(), ['UPA 57 unreadable', 'UPT 57 unreadable']);
});

test('a captured call is read, and written as it was', { skip }, () => {
  // M3UA of before RFC 3332 carries the MTP3 message: 5 octets of SIO and routing label, in a parameter 2 behind another one.
  const messages = sctpData(sharedPath('vectors/pcap/tcpdump-isup-m3ua.pcap')!).map(({ payload }) => {
    const at = 8;
    assert.equal((payload[at]! << 8) | payload[at + 1]!, 2);
    const length = (payload[at + 2]! << 8) | payload[at + 3]!;
    const octets = payload.slice(at + 4 + 5, at + length);
    const decoded = decodeMessage(octets);
    assert.ok(decoded.ok);
    assert.equal(hex(encodeMessage(decoded.value)!), hex(octets));
    return decoded.value;
  });
  assert.deepEqual(
    messages.map(({ kind, cic }) => `${kind} ${cic}`),
    ['IAM 213', 'CFN 213', 'ACM 213', 'ANM 213', 'REL 213', 'RLC 213'],
  );
  const [iam, confusion] = messages;
  assert.ok(iam?.kind === 'IAM' && confusion?.kind === 'CFN');
  assert.equal(iam.parameters.calledPartyNumber.digits, '4891f');
  assert.equal(iam.parameters.callingPartyNumber?.digits, '3933399708');
  // What the other end did not know, it says.
  assert.equal(iam.other?.[0]?.code, 0xf4);
  assert.equal(confusion.parameters.causeIndicators.value, 99);
  assert.deepEqual([...(confusion.parameters.causeIndicators.diagnostics ?? [])], [0xf4]);
});
