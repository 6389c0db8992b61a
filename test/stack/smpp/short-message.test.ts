import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodePdu } from '../../../src/stack/smpp/pdu.ts';
import {
  type Concatenation,
  fitsOne,
  type ShortMessagePart,
  shortMessageParts,
  shortMessageText,
} from '../../../src/stack/smpp/short-message.ts';
import { tlvInteger, tlvOf } from '../../../src/stack/smpp/tlv.ts';
import { submitBody } from '../../simulator/smsc/smsc-plant.ts';
import { tsharkMissing, tsharkOverTcp } from '../../support/tshark.ts';

const LONG = 'You missed calls from Ä, Ö and €: '.repeat(12);
const GREEK = 'Αναπάντητη κλήση από τον Γιώργο '.repeat(6);

function parts(text: string, concatenation: Concatenation): readonly ShortMessagePart[] {
  const made = shortMessageParts(text, 0x2a, concatenation);
  assert.ok(made.ok);
  return made.value;
}
const textOf = (part: ShortMessagePart): string =>
  shortMessageText(part, tlvOf(part.tlvs, 'message_payload') ?? part.shortMessage);

test('a text comes back from its parts, in each alphabet and way of holding them together', () => {
  for (const text of ['', 'Hello {€}', 'Γιώργος 😀', LONG, GREEK])
    for (const concatenation of ['header', 'sar', 'payload'] as const)
      assert.equal(
        parts(text, concatenation).map(textOf).join(''),
        text,
        `${concatenation}: ${text.slice(0, 20)}`,
      );
});

test('SMPP 5.0 §4.8.4 sar TLVs count the parts, and one alone has none', () => {
  const sar = parts(LONG, 'sar');
  assert.ok(sar.length > 1);
  sar.forEach(({ tlvs, esmClass }, index) => {
    assert.equal(esmClass, 0);
    assert.deepEqual(
      [
        tlvInteger(tlvs, 'sar_msg_ref_num', 2),
        tlvInteger(tlvs, 'sar_total_segments', 1),
        tlvInteger(tlvs, 'sar_segment_seqnum', 1),
      ],
      [0x2a, sar.length, index + 1],
    );
  });
  assert.deepEqual(parts('Hello', 'sar')[0]?.tlvs, []);
  assert.ok(fitsOne(parts('Hello', 'sar')) && !fitsOne(sar) && !fitsOne(parts(LONG, 'payload')));
});

test('tshark reads the parts, one after the other, as the text that was meant', {
  skip: tsharkMissing() ?? false,
}, () => {
  const pdus = parts(GREEK, 'header').map(({ esmClass, dataCoding, shortMessage, tlvs }, index) =>
    encodePdu({
      command: 'submit_sm',
      commandStatus: 0,
      sequenceNumber: index + 1,
      body: { ...submitBody, esmClass, dataCoding, shortMessage },
      tlvs,
    }),
  );
  const lines = tsharkOverTcp(pdus, 2775, [
    ...['-d', 'tcp.port==2775,smpp', '-T', 'fields', '-e', 'smpp.message_text'],
    ...['-e', 'gsm_sms.udh.mm.msg_part', '-e', '_ws.malformed'],
  ]);
  assert.equal(lines.map((line) => line.split('\t')[0]).join(''), GREEK);
  assert.ok(lines.every((line) => line.split('\t')[2] === ''));
});
