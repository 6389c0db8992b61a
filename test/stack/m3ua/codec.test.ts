import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeData, encodeData, isData } from '../../../src/stack/m3ua/data.ts';
import { decodeMessage, encodeMessage } from '../../../src/stack/m3ua/message.ts';
import {
  decode,
  encode,
  type M3uaMessage,
  MESSAGES,
  type MessageName,
  type Parameters,
} from '../../../src/stack/m3ua/messages.ts';
import { SeededRandom } from '../../../src/types/random.ts';
import { damage } from '../../support/damage.ts';
import { readJsonLines } from '../../support/json-lines.ts';
import { sctpData } from '../../support/pcap.ts';
import { NO_SHARED, sharedPath } from '../../support/shared.ts';
import { tshark, tsharkComplaints, tsharkMissing } from '../../support/tshark.ts';

const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');
const octetsOf = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

const pointCodes = [
  { mask: 0, pointCode: 0x1234 },
  { mask: 3, pointCode: 0x8 },
];
const ssnm = {
  networkAppearance: 7,
  routingContext: [1, 2],
  affectedPointCodes: pointCodes,
  infoString: 'why',
};

/** One full example of each message of RFC 4666. */
const EXAMPLES: { readonly [Name in MessageName]: Parameters<Name> } = {
  ERR: {
    errorCode: 0x19,
    routingContext: [99],
    networkAppearance: 7,
    affectedPointCodes: pointCodes,
    diagnosticInformation: octetsOf('0100040100000008'),
  },
  NTFY: { status: { type: 1, information: 3 }, aspIdentifier: 5, routingContext: [1], infoString: 'up' },
  DATA: {
    networkAppearance: 7,
    routingContext: [1],
    protocolData: octetsOf('0000000100000002030200050900'),
    correlationId: 9,
  },
  DUNA: ssnm,
  DAVA: ssnm,
  DAUD: ssnm,
  SCON: { ...ssnm, concernedDestination: [{ mask: 0, pointCode: 4 }], congestionIndications: 2 },
  DUPU: {
    ...ssnm,
    affectedPointCodes: [{ mask: 0, pointCode: 4 }],
    userCause: { cause: 1, user: 3 },
  },
  DRST: ssnm,
  'ASP Up': { aspIdentifier: 5, infoString: 'callwake' },
  'ASP Down': { infoString: 'bye' },
  BEAT: { heartbeatData: octetsOf('0102030405') },
  'ASP Up Ack': { aspIdentifier: 5, infoString: 'sg' },
  'ASP Down Ack': { infoString: 'sg' },
  'BEAT Ack': { heartbeatData: octetsOf('0102030405') },
  'ASP Active': { trafficModeType: 2, routingContext: [1, 2], infoString: 'x' },
  'ASP Inactive': { routingContext: [1, 2], infoString: 'x' },
  'ASP Active Ack': { trafficModeType: 2, routingContext: [1, 2], infoString: 'x' },
  'ASP Inactive Ack': { routingContext: [1, 2], infoString: 'x' },
  'REG REQ': {
    routingKeys: [
      {
        localRoutingKeyIdentifier: 1,
        trafficModeType: 2,
        networkAppearance: 7,
        destinations: [
          {
            destinationPointCode: { mask: 0, pointCode: 23 },
            serviceIndicators: [3, 5],
            originatingPointCodes: [{ mask: 0, pointCode: 9 }],
          },
        ],
      },
      {
        localRoutingKeyIdentifier: 2,
        routingContext: 77,
        destinations: [{ destinationPointCode: { mask: 0, pointCode: 24 } }],
      },
    ],
  },
  'REG RSP': {
    registrationResults: [
      { localRoutingKeyIdentifier: 1, registrationStatus: 0, routingContext: 11 },
      { localRoutingKeyIdentifier: 2, registrationStatus: 5, routingContext: 0 },
    ],
  },
  'DEREG REQ': { routingContext: [11, 12] },
  'DEREG RSP': { deregistrationResults: [{ routingContext: 11, deregistrationStatus: 0 }] },
};
const NAMES = Object.keys(MESSAGES) as MessageName[];
const example = (name: MessageName) => encode(name, EXAMPLES[name] as Parameters<typeof name>);

test('each message of RFC 4666 decodes to what was encoded, with nothing left over', () => {
  for (const name of NAMES) {
    const decoded = decode(example(name));
    assert.ok(decoded.ok, name);
    assert.equal(decoded.value.name, name);
    assert.deepEqual(decoded.value.parameters, EXAMPLES[name], name);
    assert.deepEqual(decoded.value.other, [], name);
  }
});

test('RFC 4666 §3.2: a parameter that a message does not declare is skipped and kept', () => {
  const octets = encode('ASP Up', { aspIdentifier: 1 }, [{ tag: 0x7777, value: octetsOf('aabbcc') }]);
  const decoded = decode(octets);
  assert.ok(decoded.ok);
  assert.equal(decoded.value.other.length, 1);
  assert.equal(hex(decoded.value.other[0]!.value), 'aabbcc');
  assert.equal(hex(encode('ASP Up', { aspIdentifier: 1 }, decoded.value.other)), hex(octets));
});

const failing: readonly (readonly [what: string, octets: string, code: string])[] = [
  ['RFC 4666 §3.1.1: another version', '0200030100000008', 'invalid-version'],
  ['RFC 4666 §3.1.2: a class that is not there', '0100050100000008', 'unsupported-message-class'],
  ['RFC 4666 §3.1.3: a type that is not there', '0100030700000008', 'unsupported-message-type'],
  ['RFC 4666 §3.1.4: a length beyond the message', '010003010000000c', 'protocol-error'],
  ['RFC 4666 §3.1.4: a length below the header', '0100030100000004', 'protocol-error'],
  ['RFC 4666 §3.1.4: octets beyond the length', '01000301000000080000', 'protocol-error'],
  ['RFC 4666 §3.2: a parameter beyond the message', '010003010000000c00110008', 'parameter-field-error'],
  ['RFC 4666 §3.2: a parameter shorter than its header', '010003010000000c00110000', 'parameter-field-error'],
  ['RFC 4666 §3.2: an integer of two octets', '010003010000000e001100060001', 'parameter-field-error'],
  ['RFC 4666 §3.8.2: Notify without status', '0100000100000008', 'missing-parameter'],
  ['RFC 4666 §3.4.1: DUNA without point code', '0100020100000008', 'missing-parameter'],
  ['RFC 4666 §3.3.1: DATA without protocol data', '01000101000000100006000800000001', 'missing-parameter'],
  ['an empty message', '', 'protocol-error'],
];
for (const [what, octets, code] of failing)
  test(`${what} is ${code}`, () => {
    const decoded = decode(octetsOf(octets));
    assert.ok(!decoded.ok);
    assert.equal(decoded.code, code);
  });

test('RFC 4666 §3.1.4: a length without the padding of the last parameter is accepted', () => {
  for (const octets of ['010003030000000d0009000561000000', '010003030000000d0009000561'] as const) {
    const decoded = decode(octetsOf(octets));
    assert.ok(decoded.ok);
    assert.equal(decoded.value.name, 'BEAT');
  }
});

test('RFC 4666 §3.3.1: DATA is read in place and written back the same', () => {
  for (let length = 0; length < 9; length++) {
    const data = Uint8Array.from({ length }, (_, index) => index + 1);
    const transfer = { opc: 0x3fff, dpc: 0xffffff, si: 3, ni: 2, mp: 1, sls: 255, data };
    const context = { networkAppearance: 7, routingContext: 0xfffffffe, correlationId: 3 };
    const octets = encodeData(transfer, context);
    assert.ok(isData(octets));
    const decoded = decodeData(octets);
    assert.ok(decoded.ok);
    assert.equal(decoded.data.buffer, octets.buffer);
    assert.deepEqual(
      { ...decoded, data: [...decoded.data] },
      {
        ok: true,
        ...transfer,
        ...context,
        data: [...data],
      },
    );
    const generic = decode(octets);
    assert.ok(generic.ok && generic.value.name === 'DATA');
    assert.equal(hex(encode('DATA', generic.value.parameters)), hex(octets));
  }
});

interface Vector {
  readonly name: string;
  readonly hex: string;
}

/** Vectors of other adaptation layers, of later drafts, cut short, or without what the message must have. */
const NOT_DECODED: Readonly<Record<string, string>> = {
  '010003030000001c00090014000200': 'protocol-error',
  '010003060000001c00090014000200': 'protocol-error',
  '0100000000000008': 'missing-parameter',
  '0100020400000008': 'missing-parameter',
  '0100000100000008': 'missing-parameter',
  '010010100000000cdeadbeef': 'unsupported-message-class',
  '01007f7f0000001c02000008000000010006000c00000001000000ff': 'unsupported-message-class',
  '010006010000002c00010008000000000300001a815c00070011f0aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa0000':
    'unsupported-message-class',
  '0100010100000108': 'protocol-error',
};

test('every M3UA message of the shared vectors decodes and re-encodes to the same octets', (t) => {
  const file = sharedPath('vectors/hex-m3ua.jsonl');
  if (file === undefined) return t.skip(NO_SHARED);
  let same = 0;
  for (const vector of readJsonLines<Vector>(file)) {
    if (!vector.hex.startsWith('0100')) continue;
    const octets = octetsOf(vector.hex);
    const decoded = decode(octets);
    const wanted = NOT_DECODED[vector.hex];
    if (wanted !== undefined) {
      assert.ok(!decoded.ok, vector.name);
      assert.equal(decoded.code, wanted, vector.hex);
      continue;
    }
    assert.ok(decoded.ok, `${vector.name} ${vector.hex}`);
    const outer = decodeMessage(octets);
    assert.ok(outer.ok);
    const again = hex(encodeMessage(outer.value));
    // A length that left out the last padding is not canonical.
    if (octets.length % 4 === 0 && Buffer.from(octets).readUInt32BE(4) === octets.length) {
      assert.equal(again, vector.hex);
      same++;
    }
  }
  assert.ok(same > 60, `${same} came out the same`);
});

test('every M3UA DATA of the captured traffic decodes and re-encodes to the same octets', (t) => {
  const names = ['real-ss7-pcapr', 'wireshark-camel-ussd-rewrapped', 'wrapped-harvested'];
  let count = 0;
  for (const name of names) {
    const file = sharedPath('vectors/pcap', `${name}.pcap`);
    if (file === undefined) return t.skip(NO_SHARED);
    for (const { ppid, payload, frame } of sctpData(file)) {
      if (ppid !== 3) continue;
      const outer = decodeMessage(payload);
      assert.ok(outer.ok, `${name} frame ${frame}`);
      assert.equal(hex(encodeMessage(outer.value)), hex(payload), `${name} frame ${frame}`);
      const decoded = decodeData(payload);
      if (!isData(payload)) continue;
      assert.ok(decoded.ok, `${name} frame ${frame}`);
      count++;
      assert.ok(decoded.si === 3 || decoded.si === 5 || decoded.si === 0);
    }
  }
  assert.ok(count > 100, `${count} DATA`);
});

test('M3UA from before RFC 4666 is read or refused with a code', (t) => {
  const file = sharedPath('vectors/pcap/tcpdump-isup-m3ua.pcap');
  if (file === undefined) return t.skip(NO_SHARED);
  const data = sctpData(file);
  assert.ok(data.length > 0);
  for (const { payload } of data) {
    const decoded = decode(payload);
    if (!decoded.ok) assert.match(decoded.code, /^[a-z-]+$/);
  }
});

test('20 000 damaged messages: each is a value or a failure with a code, never an exception', () => {
  const random = new SeededRandom(4666);
  const originals = NAMES.map(example);
  let failed = 0;
  for (let round = 0; round < 20_000; round++) {
    const octets = damage(originals[round % originals.length]!, random);
    const decoded = decode(octets);
    const fast = isData(octets) ? decodeData(octets) : undefined;
    if (!decoded.ok) {
      failed++;
      assert.ok(decoded.offset >= 0 && decoded.offset <= octets.length);
    }
    if (fast?.ok === false) assert.match(fast.code, /^[a-z-]+$/);
  }
  assert.ok(failed > 1000);
});

test('tshark names every message that we encode and finds nothing malformed', (t) => {
  const missing = tsharkMissing();
  if (missing !== undefined) return t.skip(missing);
  // The DATA's payload is no SCCP: it is checked with SCCP's own messages.
  const names = NAMES.filter((name) => name !== 'DATA');
  const messages = names.map(example);
  assert.deepEqual(tsharkComplaints(messages, 3), []);
  const lines = tshark(messages, 3, ['-T', 'fields', '-e', 'm3ua.message_class', '-e', 'm3ua.message_type']);
  const wanted = names.map((name) => `${MESSAGES[name].class}\t${MESSAGES[name].type}`);
  assert.deepEqual(lines, wanted);
});

test('the decoded message is told apart by its name', () => {
  const decoded = decode(example('NTFY'));
  assert.ok(decoded.ok);
  const message: M3uaMessage = decoded.value;
  assert.ok(message.name === 'NTFY');
  assert.equal(message.parameters.status.information, 3);
});
