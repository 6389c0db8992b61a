import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeData, encodeData, isData } from '../../../src/stack/m3ua/data.ts';
import { decodeAddress, encodeAddress } from '../../../src/stack/sccp/address.ts';
import {
  decodeGlobalTitle,
  encodeGlobalTitle,
  globalTitleOctets,
} from '../../../src/stack/sccp/global-title.ts';
import { decodeManagement, encodeManagement } from '../../../src/stack/sccp/management-message.ts';
import {
  type DataMessage,
  decodeMessage,
  encodeMessage,
  type SccpMessage,
} from '../../../src/stack/sccp/message.ts';
import type { GlobalTitle, SccpAddress } from '../../../src/stack/sccp/service.ts';
import { SeededRandom } from '../../../src/types/random.ts';
import { damage } from '../../support/damage.ts';
import { readJsonLines } from '../../support/json-lines.ts';
import { sctpData } from '../../support/pcap.ts';
import { NO_SHARED, sharedPath } from '../../support/shared.ts';
import { tshark, tsharkComplaints, tsharkMissing } from '../../support/tshark.ts';

const hex = (octets: Uint8Array | undefined) => Buffer.from(octets ?? []).toString('hex');
const octetsOf = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

const digits = fc.string({
  unit: fc.nat(14).map((signal) => '0123456789*#abc'.charAt(signal)),
  minLength: 0,
  maxLength: 21,
});
const plain = { noNullPrototype: true } as const;
const titles: fc.Arbitrary<GlobalTitle> = fc.oneof(
  fc.record({ gti: fc.constant(1 as const), natureOfAddress: fc.nat(127), digits }, plain),
  fc.record({ gti: fc.constant(2 as const), translationType: fc.nat(255), digits }, plain),
  fc.record(
    {
      gti: fc.constant(3 as const),
      translationType: fc.nat(255),
      numberingPlan: fc.nat(15),
      digits,
    },
    plain,
  ),
  fc.record(
    {
      gti: fc.constant(4 as const),
      translationType: fc.nat(255),
      numberingPlan: fc.nat(15),
      natureOfAddress: fc.nat(127),
      digits: digits.filter((text) => text !== ''),
    },
    plain,
  ),
);
const addresses: fc.Arbitrary<SccpAddress> = fc.record(
  {
    routing: fc.constantFrom('ssn' as const, 'gt' as const),
    pointCode: fc.nat(0x3fff),
    ssn: fc.nat(255),
    globalTitle: titles,
  },
  { requiredKeys: ['routing'], noNullPrototype: true },
);
const optionalPart = {
  segmentation: fc.record(
    {
      first: fc.boolean(),
      originalClass: fc.constantFrom(0 as const, 1 as const),
      remaining: fc.nat(15),
      localReference: fc.nat(0xffffff),
    },
    { noNullPrototype: true },
  ),
  importance: fc.nat(7),
};
const common = { called: addresses, calling: addresses };
const short = fc.uint8Array({ minLength: 2, maxLength: 160 });
const hop = { hopCounter: fc.integer({ min: 1, max: 15 }) };
const data = { protocolClass: fc.constantFrom(0, 1), returnOption: fc.boolean() };
const service = { returnCause: fc.nat(14) };
const messages: fc.Arbitrary<SccpMessage> = fc.oneof(
  fc.record(
    { kind: fc.constant('UDT' as const), ...common, ...data, data: short },
    { noNullPrototype: true },
  ),
  fc.record(
    { kind: fc.constant('UDTS' as const), ...common, ...service, data: short },
    { noNullPrototype: true },
  ),
  fc.record(
    { kind: fc.constant('XUDT' as const), ...common, ...data, ...hop, ...optionalPart, data: short },
    {
      requiredKeys: ['kind', 'called', 'calling', 'protocolClass', 'returnOption', 'hopCounter', 'data'],
      noNullPrototype: true,
    },
  ),
  fc.record(
    { kind: fc.constant('XUDTS' as const), ...common, ...service, ...hop, ...optionalPart, data: short },
    {
      requiredKeys: ['kind', 'called', 'calling', 'returnCause', 'hopCounter', 'data'],
      noNullPrototype: true,
    },
  ),
  fc.record(
    {
      kind: fc.constant('LUDT' as const),
      ...common,
      ...data,
      ...hop,
      ...optionalPart,
      data: fc.uint8Array({ minLength: 2, maxLength: 900 }),
    },
    {
      requiredKeys: ['kind', 'called', 'calling', 'protocolClass', 'returnOption', 'hopCounter', 'data'],
      noNullPrototype: true,
    },
  ),
  fc.record(
    { kind: fc.constant('LUDTS' as const), ...common, ...service, ...hop, ...optionalPart, data: short },
    {
      requiredKeys: ['kind', 'called', 'calling', 'returnCause', 'hopCounter', 'data'],
      noNullPrototype: true,
    },
  ),
);

test('ITU-T Q.713 §3.4: every address of GTI 1 to 4, odd and even, decodes to what was encoded', () => {
  fc.assert(
    fc.property(addresses, (address) => {
      const octets = encodeAddress(address);
      const decoded = decodeAddress(octets, 0, octets.length);
      assert.ok(decoded.ok);
      assert.deepEqual(decoded.value, address);
      assert.equal(hex(encodeAddress(decoded.value)), hex(octets));
    }),
    { numRuns: 500 },
  );
});

test('ITU-T Q.713 §3.4.2.3.4: the octets of an E.164 title', () => {
  const address: SccpAddress = {
    routing: 'gt',
    ssn: 6,
    globalTitle: { gti: 4, translationType: 0, numberingPlan: 1, natureOfAddress: 4, digits: '123456789' },
  };
  assert.equal(hex(encodeAddress(address)), '120600110421436587' + '09');
});

test('ITU-T Q.713 §4: every message decodes to what was encoded', () => {
  fc.assert(
    fc.property(messages, (message) => {
      const octets = encodeMessage(message);
      assert.ok(octets !== undefined);
      const decoded = decodeMessage(octets);
      assert.ok(decoded.ok);
      assert.deepEqual(
        { ...decoded.value, data: [...decoded.value.data] },
        {
          ...message,
          data: [...message.data],
        },
      );
    }),
    { numRuns: 500 },
  );
});

test('ITU-T Q.713 §2.3: a message is refused where its pointers or lengths cannot say it', () => {
  const address: SccpAddress = { routing: 'ssn', ssn: 8 };
  const message: DataMessage = {
    kind: 'UDT',
    protocolClass: 0,
    returnOption: false,
    called: address,
    calling: address,
    data: new Uint8Array(256),
  };
  assert.equal(encodeMessage(message), undefined);
  assert.equal(
    encodeMessage({ ...message, kind: 'XUDT', hopCounter: 1, importance: 2, data: new Uint8Array(252) }),
    undefined,
  );
  assert.ok(encodeMessage({ ...message, kind: 'LUDT', hopCounter: 1, data: new Uint8Array(3952) }));
});

interface Vector {
  readonly name: string;
  readonly hex: string;
}

/** Things in the file that are no messages, though the first octet of some looks like it. */
const ADDRESSES = new Set([
  '1292001104972073009209',
  '1206001104390792490006',
  '12060011042143658709',
  '85920011972073009209',
  '879200127a0011972073009209',
]);
const TITLES = new Set(['0012030932265918', '0011030932265908', '00110309a2cb5908']);
/** User data, SUA addresses, digits. */
const NO_SCCP =
  /^(SccpNoticeMessageTest#getDataUdtSSrc|SccpDataMessageTest#getDataUdtSrc|SccpDataMessageTest#getDataLudt3Src|ConnectionCouplingTest#|LongData.*|sua_addr.*|123451234567890|)$|^UDT 2143/;
/** Messages of classes 2 and 3 (ITU-T Q.713 §4.2 – §4.9, §4.12 – §4.17), in which this SCCP has no part. */
const CONNECTION_ORIENTED = /^SccpConn|^bssmap_(cr|cc|dtap|clear|released)$/;

/** Vectors whose octets are not what Q.713 would send: they decode, and come out in its form. */
const NOT_CANONICAL: Readonly<Record<string, string>> = {
  '090003050802420804430b0006050b0c0d0e0f': 'address and data overlap',
  '090003070a044302000804430b0006050b0c0d0e0f': 'address and data overlap',
  '11810f2b030f000c120800110432843000808100196417490303b5d76c10a20e020101300902012c3004040200000c120800110432843000008400':
    'parameters in another order',
  '090103080d0543650001000543c900010006060165000001': 'an octet behind the address',
  '098103101a0d120600110421436587092143650a1207001204896745230104deadbeef': 'filler that is not 0',
  '11810204111b000d120600110421436587092143650a1207001204896745230104deadbeef': 'filler that is not 0',
  '11810204111b1f0d120600110421436587092143650a1207001204896745230104deadbeef1004c2ffffff12010200':
    'filler that is not 0',
};

test('every connectionless message of the shared vectors decodes and re-encodes to the same octets, and what is none is known', (t) => {
  const file = sharedPath('vectors/hex-sccp.jsonl');
  if (file === undefined) return t.skip(NO_SHARED);
  let same = 0;
  const different: string[] = [];
  const counts = { addresses: 0, titles: 0, connectionOriented: 0, others: 0 };
  for (const vector of readJsonLines<Vector>(file)) {
    const { name } = vector;
    // One of the addresses has its length before it.
    const text = vector.hex.replace(/^0a(?=1206)/, '');
    const octets = octetsOf(text);
    if (ADDRESSES.has(text)) {
      const decoded = decodeAddress(octets, 0, octets.length);
      assert.ok(decoded.ok, text);
      assert.equal(hex(encodeAddress(decoded.value)), text);
      counts.addresses++;
    } else if (TITLES.has(text)) {
      const decoded = decodeGlobalTitle(4, octets, 0, octets.length);
      assert.ok(decoded.ok, text);
      const again = new Uint8Array(globalTitleOctets(decoded.value));
      encodeGlobalTitle(decoded.value, again, 0);
      assert.equal(hex(again), text);
      counts.titles++;
    } else if (CONNECTION_ORIENTED.test(name)) {
      const decoded = decodeMessage(octets);
      assert.equal(decoded.ok ? 'ok' : decoded.code, 'message-type-unknown', name);
      counts.connectionOriented++;
    } else if (NO_SCCP.test(name) || NO_SCCP.test(`${name} ${text}`)) counts.others++;
    else {
      const decoded = decodeMessage(octets);
      assert.ok(decoded.ok, `${name} ${text} ${JSON.stringify(decoded)}`);
      if (hex(encodeMessage(decoded.value)) === text) same++;
      else if (!(text in NOT_CANONICAL)) different.push(text);
    }
  }
  t.diagnostic(JSON.stringify({ same, ...counts }));
  assert.deepEqual(different, []);
  assert.ok(same > 30, `${same} came out the same`);
});

/** SCCP inside M3UA (payload protocol identifier 3) or inside the MSU of an M2PA link (5). */
function sccpOf(ppid: number, payload: Uint8Array): Uint8Array | undefined {
  if (ppid === 3 && isData(payload)) {
    const transfer = decodeData(payload);
    assert.ok(transfer.ok);
    return transfer.si === 3 ? transfer.data : undefined;
  }
  const userData = ppid === 5 && payload[3] === 1 && payload.length > 22;
  return userData && (payload[17]! & 0x0f) === 3 ? payload.subarray(22) : undefined;
}

test('every SCCP message of the captured traffic decodes and re-encodes to the same octets', (t) => {
  const kinds = new Map<string, number>();
  for (const name of ['real-ss7-pcapr', 'wireshark-camel-ussd-rewrapped', 'wrapped-harvested']) {
    const file = sharedPath('vectors/pcap', `${name}.pcap`);
    if (file === undefined) return t.skip(NO_SHARED);
    for (const { ppid, payload, frame } of sctpData(file)) {
      const octets = sccpOf(ppid, payload);
      if (octets === undefined) continue;
      const where = `${name} frame ${frame} ${hex(octets)}`;
      const decoded = decodeMessage(octets);
      assert.ok(decoded.ok, where);
      // Frames 237 to 245 set the spare bit 8 beside the nature of address (ITU-T Q.713 §3.4.2.3.4).
      const canonical = hex(octets).replace('0600718444', '0600710444');
      assert.equal(hex(encodeMessage(decoded.value)), canonical, where);
      let kind: string = decoded.value.kind;
      if (decoded.value.called.ssn === 1 && decoded.value.kind === 'UDT') {
        const management = decodeManagement(decoded.value.data);
        assert.ok(management.ok, where);
        assert.equal(hex(encodeManagement(management.value)), hex(decoded.value.data), where);
        kind = management.value.kind;
      }
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
  }
  for (const kind of ['UDT', 'UDTS', 'XUDT', 'XUDTS']) assert.ok((kinds.get(kind) ?? 0) > 0, kind);
});

test('20 000 damaged messages: each is a value or a failure with a code, never an exception', () => {
  const random = new SeededRandom(713);
  const originals = fc.sample(messages, { numRuns: 60, seed: 713 }).map((message) => encodeMessage(message)!);
  let failed = 0;
  for (let round = 0; round < 20_000; round++) {
    const octets = damage(originals[round % originals.length]!, random);
    const decoded = decodeMessage(octets);
    if (!decoded.ok) {
      failed++;
      assert.ok(decoded.offset >= 0 && decoded.offset <= octets.length);
    } else encodeMessage(decoded.value);
    const long = decodeMessage(octets, 24);
    if (long.ok) encodeMessage(long.value, 24);
    decodeManagement(octets);
    decodeManagement(octets, 24);
  }
  assert.ok(failed > 1000);
});

test('tshark reads what we encode: nothing malformed, the same addresses', (t) => {
  const missing = tsharkMissing();
  if (missing !== undefined) return t.skip(missing);
  const titled = (digitsText: string, odd: 'called' | 'calling'): SccpAddress => ({
    routing: 'gt',
    ssn: odd === 'called' ? 6 : 147,
    globalTitle: { gti: 4, translationType: 0, numberingPlan: 1, natureOfAddress: 4, digits: digitsText },
  });
  const body = octetsOf('0102030405060708');
  const base = {
    called: titled('491551234567', 'called'),
    calling: titled('49155123456', 'calling'),
    data: body,
  };
  const list: SccpMessage[] = [
    { kind: 'UDT', protocolClass: 0, returnOption: true, ...base },
    { kind: 'UDTS', returnCause: 1, ...base },
    { kind: 'XUDT', protocolClass: 1, returnOption: false, hopCounter: 15, importance: 3, ...base },
    { kind: 'XUDTS', returnCause: 12, hopCounter: 3, ...base },
    { kind: 'LUDT', protocolClass: 0, returnOption: true, hopCounter: 15, ...base },
    { kind: 'LUDTS', returnCause: 14, hopCounter: 15, ...base },
  ];
  const frames = list.map((message) =>
    encodeData({ opc: 1, dpc: 2, si: 3, ni: 2, mp: 0, sls: 3, data: encodeMessage(message)! }),
  );
  // The data is no TCAP: only SCCP is looked at.
  const lines = tshark(frames, 3, [
    '--disable-protocol',
    'tcap',
    '-T',
    'fields',
    '-e',
    'sccp.message_type',
    '-e',
    'sccp.called.digits',
    '-e',
    'sccp.calling.digits',
    '-e',
    '_ws.malformed',
  ]);
  assert.deepEqual(
    lines.map((line) => line.trimEnd()),
    ['0x09', '0x0a', '0x11', '0x12', '0x13', '0x14'].map((type) => `${type}\t491551234567\t49155123456`),
  );
  const management = encodeManagement({ kind: 'SST', affectedSsn: 6, affectedPointCode: 2, multiplicity: 0 });
  const scmg: SccpAddress = { routing: 'ssn', ssn: 1 };
  const sst = encodeMessage({
    kind: 'UDT',
    protocolClass: 0,
    returnOption: false,
    called: scmg,
    calling: scmg,
    data: management,
  })!;
  assert.deepEqual(
    tsharkComplaints([encodeData({ opc: 1, dpc: 2, si: 3, ni: 2, mp: 0, sls: 3, data: sst })], 3),
    [],
  );
});
