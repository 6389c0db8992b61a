import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMAND_STATUS, commandStatusName } from '../../../src/stack/smpp/command-status.ts';
import { COMMANDS } from '../../../src/stack/smpp/commands.ts';
import { decodePdu, encodePdu, type Pdu } from '../../../src/stack/smpp/pdu.ts';
import { decodeTlvs, tlvInteger, tlvString } from '../../../src/stack/smpp/tlv.ts';
import { SeededRandom } from '../../../src/types/random.ts';
import { damage } from '../../support/damage.ts';
import { tsharkMissing, tsharkOverTcp } from '../../support/tshark.ts';
import { pdus } from './pdus.ts';

const plain = (pdu: Pdu): unknown =>
  JSON.parse(JSON.stringify(pdu, (_, value: unknown) => (value instanceof Uint8Array ? [...value] : value)));
const submit = pdus.find(({ command }) => command === 'submit_sm')!;
/** Offset of a field of submit_sm. */
const AT = { serviceType: 16, sourceAddr: 22, shortMessageLength: 83 };

test('SMPP 5.0 §4 every PDU comes back as it was', () => {
  assert.deepEqual(new Set(pdus.map(({ command }) => command)), new Set(Object.keys(COMMANDS)));
  for (const pdu of pdus) {
    const decoded = decodePdu(encodePdu(pdu));
    assert.ok(decoded.ok, pdu.command);
    assert.deepEqual(plain(decoded.value), plain(pdu), pdu.command);
  }
});

test('SMPP 5.0 §4 tshark reads every PDU as it was meant', { skip: tsharkMissing() ?? false }, () => {
  const octets = pdus.map((pdu) => encodePdu(pdu));
  const fields = [
    'smpp.command_id',
    'smpp.command_status',
    'smpp.sequence_number',
    'smpp.destination_addr',
    'smpp.sm_length',
    '_ws.malformed',
  ];
  const lines = tsharkOverTcp(octets, 2775, [
    '-d',
    'tcp.port==2775,smpp',
    '-T',
    'fields',
    ...fields.flatMap((field) => ['-e', field]),
  ]);
  const expected = pdus.map(({ command, commandStatus, sequenceNumber, body }) => {
    const { destinationAddr = '', shortMessage } = (body ?? {}) as {
      destinationAddr?: string;
      shortMessage?: Uint8Array;
    };
    const id = `0x${COMMANDS[command].id.toString(16).padStart(8, '0')}`;
    const status =
      COMMANDS[command].id >= 0x8000_0000 ? `0x${commandStatus.toString(16).padStart(8, '0')}` : '';
    return [
      id,
      status,
      String(sequenceNumber),
      destinationAddr,
      shortMessage === undefined ? '' : String(shortMessage.length),
      '',
    ].join('\t');
  });
  assert.deepEqual(lines, expected);
});

test('SMPP 5.0 §3.1 what is cut off or too long is refused by name, wherever it ends', () => {
  const whole = encodePdu({ ...submit, tlvs: [] });
  for (let length = 0; length < whole.length; length++) {
    const decoded = decodePdu(whole.subarray(0, length));
    assert.ok(!decoded.ok, `${length} octets`);
    assert.ok(decoded.code in COMMAND_STATUS, decoded.code);
  }
  const refusal = (change: (octets: Uint8Array) => Uint8Array): unknown => {
    const decoded = decodePdu(change(whole.slice()));
    return decoded.ok ? 'taken' : [decoded.code, decoded.path];
  };
  const put = (at: number, text: string) => (octets: Uint8Array) => {
    octets.set(Buffer.from(text, 'latin1'), at);
    return octets;
  };
  assert.deepEqual(refusal(put(AT.serviceType, 'TOOLONG')), ['ESME_RINVSERTYP', 'submit_sm.serviceType']);
  assert.deepEqual(refusal(put(AT.sourceAddr, 'x'.repeat(30))), ['ESME_RINVSRCADR', 'submit_sm.sourceAddr']);
  assert.deepEqual(
    refusal((octets) => put(octets.indexOf(0x30, 50), '0000\0')(octets)),
    ['ESME_RINVEXPIRY', 'submit_sm.validityPeriod'],
  );
  assert.deepEqual(
    refusal((octets) => Uint8Array.from([...octets, 1])),
    ['ESME_RINVTLVSTREAM', 'submit_sm'],
  );
  assert.deepEqual(
    refusal((octets) => Uint8Array.from([...octets, 4, 0x27, 0, 2, 1])),
    ['ESME_RINVTLVSTREAM', 'submit_sm'],
  );
  assert.deepEqual(
    refusal((octets) => {
      octets[7] = 0x21;
      return octets;
    }),
    ['ESME_RINVCMDID', undefined],
  );
});

test('a response that refuses may come without a body, a request may not', () => {
  const head = (id: number, status: number) => {
    const octets = Buffer.alloc(16);
    octets.writeUInt32BE(16);
    octets.writeUInt32BE(id, 4);
    octets.writeUInt32BE(status, 8);
    return octets;
  };
  const refused = decodePdu(head(0x8000_0004, 0x58));
  assert.ok(refused.ok);
  assert.equal(refused.value.commandStatus, COMMAND_STATUS.ESME_RTHROTTLED);
  assert.equal(refused.value.body, undefined);
  assert.ok(!decodePdu(head(0x0000_0004, 0)).ok);
});

test('damaged octets give a PDU or a status that refuses them, never an exception', () => {
  const random = new SeededRandom(20_261_127);
  const octets = pdus.map((pdu) => encodePdu(pdu));
  for (let round = 0; round < 20_000; round++) {
    const one = damage(octets[round % octets.length]!, random, octets);
    const decoded = decodePdu(one);
    if (decoded.ok) encodePdu(decoded.value);
    else assert.ok(decoded.code in COMMAND_STATUS, decoded.code);
  }
});

test('what does not fit its field is an error of who wrote it', () => {
  const body = submit.body as Record<string, unknown>;
  for (const wrong of [
    { sourceAddr: '1'.repeat(21) },
    { validityPeriod: '1' },
    { shortMessage: new Uint8Array(255) },
    { serviceType: 'A\0B' },
  ])
    assert.throws(() => encodePdu({ ...submit, body: { ...body, ...wrong } } as Pdu), RangeError);
});

test('SMPP 5.0 §4.8 a TLV of another length than it should have is as if it were not there', () => {
  const tlvs = decodeTlvs(
    Uint8Array.from([4, 0x27, 0, 2, 0, 2, 0, 0x1e, 0, 2, 0x37, 0x38, 0x7f, 0xff, 0, 0]),
    0,
  );
  assert.ok(tlvs.ok);
  assert.equal(tlvs.value.length, 3);
  assert.equal(tlvInteger(tlvs.value, 'message_state', 1), undefined);
  assert.equal(tlvInteger(tlvs.value, 'message_state', 2), 2);
  assert.equal(tlvString(tlvs.value, 'receipted_message_id'), '78', 'without its NULL');
});

test('a status has its name, one that is a vendor’s its number', () => {
  assert.equal(commandStatusName(0x58), 'ESME_RTHROTTLED');
  assert.equal(commandStatusName(0x400), '0x00000400');
});
