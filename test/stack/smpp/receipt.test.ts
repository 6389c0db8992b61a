import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isReceipt, receiptOf } from '../../../src/stack/smpp/receipt.ts';
import { integerTlv, octetsTlv, stringTlv, type Tlv } from '../../../src/stack/smpp/tlv.ts';
import { messageIdKeys } from '../../../src/types/message-id.ts';

const of = (text: string, tlvs: readonly Tlv[] = [], esmClass = 0x04) =>
  receiptOf({ esmClass, text: Buffer.from(text, 'latin1'), tlvs });

test('SMPP 3.4 appendix B the text of a receipt, in the forms that are met', () => {
  const receipt = (messageId: string, state: string, error = '') => ({
    messageId,
    state,
    final: true,
    error,
  });
  const texts: readonly [string, unknown][] = [
    [
      'id:0123456789 sub:001 dlvrd:001 submit date:2611271200 done date:2611271201 stat:DELIVRD err:000 text:You missed',
      receipt('0123456789', 'DELIVERED', '000'),
    ],
    [
      'id:c449ab9744f47b6af1879e49e75e4f40 sub:001 dlvrd:0 submit date:261127120012 done date:261127120112 stat:UNDELIV err:27 Text:none',
      receipt('c449ab9744f47b6af1879e49e75e4f40', 'UNDELIVERABLE', '27'),
    ],
    ['ID:42 STAT:EXPIRED ERR:1', receipt('42', 'EXPIRED', '1')],
    ['stat=REJECTD id=42', receipt('42', 'REJECTED')],
    [
      'id: 42 submit_date: 2611271200 done_date: 2611271201 stat: DELETED err: 0',
      receipt('42', 'DELETED', '0'),
    ],
    ['id:42 sub:1 dlvrd:1 stat:Delivered to handset text:id:77 stat:UNDELIV', receipt('42', 'DELIVERED')],
    ['id:42 stat:ACCEPTD', receipt('42', 'ACCEPTED')],
  ];
  for (const [text, expected] of texts) assert.deepEqual(of(text), expected, text);
});

test('what is on its way still is no end, and an intermediate notification is none whatever it says', () => {
  assert.equal(of('id:42 stat:ENROUTE')?.final, false);
  assert.equal(of('id:42 stat:DELIVRD', [], 0x20)?.final, false);
  assert.ok(isReceipt(0x20) && isReceipt(0x04) && isReceipt(0x44));
  assert.ok(!isReceipt(0) && !isReceipt(0x40) && !isReceipt(0x08));
});

test('SMPP 5.0 §4.8.4 tagged parameters are believed before the text, and are enough', () => {
  const tlvs = [
    stringTlv('receipted_message_id', '2a'),
    integerTlv('message_state', 1, 5),
    octetsTlv('network_error_code', Uint8Array.of(3, 0, 27)),
  ];
  const expected = { messageId: '2a', state: 'UNDELIVERABLE', final: true, error: '3/27' };
  assert.deepEqual(of('id:42 stat:DELIVRD err:0', tlvs), expected);
  assert.deepEqual(of('', tlvs), expected);
});

test('nonsense is no receipt', () => {
  for (const text of [
    '',
    'id:',
    'id:42',
    'stat:DELIVRD',
    'id:42 stat:WHATEVER',
    'Hello',
    'x'.repeat(100_000),
  ])
    assert.equal(of(text), undefined, text.slice(0, 20));
});

test('one message_id in hexadecimal, in decimal and with zeros before it meets itself', () => {
  const meet = (a: string, b: string) => messageIdKeys(a).some((key) => messageIdKeys(b).includes(key));
  assert.ok(meet('2A', '42'));
  assert.ok(meet('0000002a', '42'));
  assert.ok(meet('0042', '42'));
  assert.ok(meet('ABC-7', 'abc-7'));
  assert.ok(!meet('43', '42'));
});
