import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { decodeMessage, encodeMessage, type IsupMessage } from '../../../src/stack/isup/message.ts';
import { messages } from '../../../src/stack/isup/messages.ts';
import { encodeData } from '../../../src/stack/m3ua/data.ts';
import { SeededRandom } from '../../../src/types/random.ts';
import { damage } from '../../support/damage.ts';
import { tshark, tsharkMissing } from '../../support/tshark.ts';
import { anyMessage, arbitraryMessage, kinds } from './arbitrary-messages.ts';

const from = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');

function decoded(octets: Uint8Array): IsupMessage {
  const result = decodeMessage(octets);
  assert.ok(result.ok, JSON.stringify(result));
  return result.value;
}

/** Views become octets of their own, so that values can be compared. */
const plain = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_key, part: unknown) => (part instanceof Uint8Array ? hex(part) : part)));

test('ITU-T Q.763 §4: every message comes back as it was', () => {
  fc.assert(
    fc.property(anyMessage, (message) => {
      const octets = encodeMessage(message);
      if (octets === undefined) return;
      const again = decoded(octets);
      assert.deepEqual(plain(again), plain(message));
      const twice = encodeMessage(again);
      assert.ok(twice !== undefined);
      assert.equal(hex(twice), hex(octets));
    }),
    { numRuns: 500 },
  );
});

/** M3UA DATA from point code 1 to 2, service indicator 5. */
const inM3ua = (data: Uint8Array) => encodeData({ opc: 1, dpc: 2, si: 5, ni: 2, mp: 0, sls: 3, data });

test('tshark reads every message that we encode: nothing malformed, the same type, CIC, numbers and cause', {
  skip: tsharkMissing(),
}, () => {
  const sent = kinds
    .filter((kind) => !['CRA', 'CRM'].includes(kind))
    .flatMap((kind) => fc.sample(arbitraryMessage(kind, 6), { numRuns: 20, seed: 763 }))
    .map((message) => ({ message, octets: encodeMessage(message) }))
    .filter((one): one is { message: IsupMessage; octets: Uint8Array } => one.octets !== undefined);
  const lines = tshark(
    sent.map(({ octets }) => inM3ua(octets)),
    3,
    [
      '-T',
      'fields',
      '-e',
      'frame.number',
      '-e',
      'isup.message_type',
      '-e',
      'isup.cic',
      '-e',
      'isup.called',
      '-e',
      'isup.calling',
      '-e',
      'isup.cause_indicator',
      '-e',
      '_ws.malformed',
      '-e',
      '_ws.expert.message',
      '-e',
      '_ws.expert.severity',
    ],
  );
  assert.equal(lines.length, sent.length);
  const wrong: string[] = [];
  lines.forEach((line, index) => {
    const [, type = '', cic = '', called, calling, cause, malformed = '', text = '', severity = ''] =
      line.split('\t');
    const { message, octets } = sent[index]!;
    assert.ok(message.kind !== 'opaque');
    const { calledPartyNumber, callingPartyNumber, causeIndicators } = message.parameters as {
      readonly calledPartyNumber?: { readonly digits: string };
      readonly callingPartyNumber?: { readonly digits: string };
      readonly causeIndicators?: { readonly value: number };
    };
    assert.equal(called, calledPartyNumber?.digits ?? '', hex(octets));
    assert.equal(calling, callingPartyNumber?.digits ?? '', hex(octets));
    assert.equal(cause, causeIndicators === undefined ? '' : String(causeIndicators.value), hex(octets));
    const bad = malformed !== '' || severity.split(',').some((one) => Number(one) >= 0x800000);
    if (bad || Number(type) !== messages[message.kind].type || Number(cic) !== message.cic)
      wrong.push(
        `${message.kind} ${hex(octets)} ${JSON.stringify(plain(message))}: ${type} ${cic} ${malformed} ${text}`,
      );
  });
  assert.deepEqual(wrong, []);
});

test('ITU-T Q.763 §1.2: the CIC has 12 bits, the low octet first; bits above are spare', () => {
  const octets = encodeMessage({ cic: 0xabc, kind: 'RSC', parameters: {} });
  assert.equal(hex(octets!), 'bc0a12');
  assert.equal(decoded(from('bcfa12')).cic, 0xabc);
});

const REL = 'bc0a 0c 02 00 02 8290';

test('ITU-T Q.763 §1.8: optional parameters end with a zero octet, or with the message', () => {
  const withEnd = decoded(from('0100 10 01 12 02 8290 00'));
  assert.deepEqual(plain(decoded(from('0100 10 01 12 02 8290'))), plain(withEnd));
  // What stands after the end belongs to nobody.
  assert.deepEqual(plain(decoded(from('0100 10 01 12 02 8290 00 ff'))), plain(withEnd));
});

test('ITU-T Q.764 §2.9.5: a message with a format error is refused, with the place', () => {
  const cases: readonly [octets: string, code: string, offset: number][] = [
    ['01', 'message-truncated', 1],
    ['0100', 'message-truncated', 2],
    // The fixed part does not fit.
    ['0100 01 11 60', 'message-truncated', 5],
    // The pointers do not fit.
    ['0100 0c 02', 'message-truncated', 4],
    // A pointer to a pointer, and one beyond the message.
    ['0100 2b 01 02 01 00', 'pointer-invalid', 3],
    ['0100 0c 00 00 02 8290', 'pointer-invalid', 3],
    ['0100 0c 09 00 02 8290', 'pointer-invalid', 3],
    ['0100 0c 02 0a 02 8290', 'pointer-invalid', 4],
    // Lengths beyond the message.
    ['0100 0c 02 00 03 8290', 'length-invalid', 5],
    ['0100 10 01 12 03 8290', 'length-invalid', 4],
    ['0100 10 01 12', 'length-invalid', 4],
    // A mandatory parameter whose contents cannot be: a cause without a value.
    ['0100 0c 02 00 01 82', 'parameter-invalid', 5],
  ];
  for (const [octets, code, offset] of cases) {
    const result = decodeMessage(from(octets));
    assert.ok(!result.ok, octets);
    assert.deepEqual([result.code, result.offset], [code, offset], octets);
    assert.match(result.clause ?? '', /^ITU-T Q\.76/);
  }
  assert.equal(decoded(from(REL)).kind, 'REL');
});

test('what is not known is kept where it stood: unrecognized, repeated and unreadable parameters, messages of an unknown type', () => {
  // RLC with parameter 0x9a, a cause, a second cause, and a cause that cannot be read.
  const octets = '0100 10 01 9a 01 05 12 02 8290 12 02 8291 00'.replaceAll(' ', '');
  const message = decoded(from(octets));
  assert.deepEqual(plain(message), {
    cic: 1,
    kind: 'RLC',
    parameters: { causeIndicators: { codingStandard: 0, location: 2, value: 16 } },
    other: [
      { code: 0x9a, value: '05', reason: 'unrecognized', place: 0 },
      { code: 0x12, value: '8291', reason: 'repeated', place: 2 },
    ],
  });
  assert.equal(hex(encodeMessage(message)!), octets);
  const unreadable = '0100 10 01 12 01 82 00'.replaceAll(' ', '');
  const read = decoded(from(unreadable));
  assert.ok(read.kind === 'RLC' && read.other?.[0]?.reason === 'unreadable');
  assert.equal(hex(encodeMessage(read)!), unreadable);
  for (const unknown of ['ff0f0a', 'ff0f7f0102030405', '01002802000c', '01003112'])
    assert.equal(hex(encodeMessage(decoded(from(unknown)))!), unknown);
});

test('spare bits and octets of a later version are kept', () => {
  // COT, ACM with an optional backward call indicators of two octets, IAM with a spare bit in its first octet.
  for (const octets of [
    '010005fe',
    '01000612040129 02f1aa00'.replace(' ', ''),
    '010001f1600a0a0302000483902101',
  ])
    assert.equal(hex(encodeMessage(decoded(from(octets)))!), octets);
});

test('ITU-T Q.763 §1.7: a sender that leaves the pointer to the optional part out is understood', () => {
  const cause = { codingStandard: 0, location: 2, value: 16 };
  for (const octets of ['01002f01028290', '01002f0200028290'])
    assert.deepEqual(plain(decoded(from(octets))), {
      cic: 1,
      kind: 'CFN',
      parameters: { causeIndicators: cause },
    });
});

test('a message that its pointers or lengths cannot say is not written', () => {
  const long = (octets: number): IsupMessage => ({
    cic: 1,
    kind: 'USR',
    parameters: { userToUserInformation: new Uint8Array(octets), accessTransport: new Uint8Array(200) },
  });
  assert.ok(encodeMessage(long(250)) !== undefined);
  assert.equal(encodeMessage(long(254)), undefined);
  assert.equal(encodeMessage(long(256)), undefined);
  assert.equal(
    encodeMessage({ cic: 1, kind: 'ANM', parameters: { accessTransport: new Uint8Array(256) } }),
    undefined,
  );
});

test('30 000 damaged messages: each is a value or a failure with a code and a clause, never an exception', () => {
  const random = new SeededRandom(764);
  const whole = fc
    .sample(anyMessage, { numRuns: 400, seed: 1 })
    .map(encodeMessage)
    .filter((octets) => octets !== undefined);
  let [read, refused] = [0, 0];
  for (let round = 0; round < 30_000; round++) {
    const octets = damage(whole[round % whole.length]!, random, whole);
    const result = decodeMessage(octets);
    if (!result.ok) {
      refused++;
      assert.match(result.code, /^(message-truncated|pointer-invalid|length-invalid|parameter-invalid)$/);
      assert.ok(result.clause !== undefined && result.offset <= octets.length);
      continue;
    }
    read++;
    const again = encodeMessage(result.value);
    if (again !== undefined) assert.deepEqual(plain(decoded(again)), plain(result.value));
  }
  assert.ok(read > 5000 && refused > 5000, `${read} ${refused}`);
});
