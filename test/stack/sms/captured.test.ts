import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { BerReader } from '../../../src/stack/asn1/ber.ts';
import { addressOf } from '../../../src/stack/sms/address.ts';
import { shortMessageType0 } from '../../../src/stack/sms/short-message-type-0.ts';
import { decodeSmsDeliver, encodeSmsDeliver } from '../../../src/stack/sms/sms-deliver.ts';
import { encodeSmsSubmit } from '../../../src/stack/sms/sms-submit.ts';
import { splitText } from '../../../src/stack/sms/split.ts';
import { timeStampOctets } from '../../../src/stack/sms/time-stamp.ts';
import { decodeTpdu, type Tpdu } from '../../../src/stack/sms/tpdu.ts';
import { userDataText } from '../../../src/stack/sms/user-data.ts';
import { NO_SHARED, sharedPath } from '../../support/shared.ts';
import { tsharkMissing, tsharkSms } from '../../support/tshark-sms.ts';

/** sm-RP-UI of an argument of the forwarding operations: the octet string among its elements. */
function userInformation(argument: Uint8Array): Uint8Array {
  const reader = new BerReader();
  reader.reset(argument);
  assert(reader.next());
  reader.enter();
  while (reader.next()) if (reader.identifier === 0x04) return reader.content();
  return assert.fail('no sm-RP-UI');
}

const encode = (tpdu: Tpdu) =>
  tpdu.kind === 'SMS-SUBMIT' ? encodeSmsSubmit(tpdu) : encodeSmsDeliver(tpdu as never);

describe('TPDUs from other stacks and networks', () => {
  test('every short message in the vectors is read and written again alike', (t) => {
    const file = sharedPath('vectors/hex.jsonl');
    if (file === undefined) return t.skip(NO_SHARED);
    const found: string[] = [];
    const notTpdus: string[] = [];
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      if (line === '') continue;
      const vector = JSON.parse(line) as { op: string; kind: string; hex: string };
      if (vector.kind !== 'arg' || !/^(mt-F|mo-F|f)orwardSM$/.test(vector.op)) continue;
      const octets = userInformation(Buffer.from(vector.hex, 'hex'));
      const carrier = ((octets[0] ?? 0) & 3) === 0 ? 'mt' : 'mo';
      const result = decodeTpdu(octets, carrier);
      if (!result.ok) {
        notTpdus.push(Buffer.from(octets).toString('hex'));
        continue;
      }
      const { value } = result;
      const again = encode(value);
      assert.deepEqual(again, new Uint8Array(octets.subarray(0, again.length)));
      if (value.userData !== undefined) found.push(userDataText(value.dataCodingScheme ?? 0, value.userData));
    }
    const count = (text: string) => found.filter((body) => body.startsWith(text)).length;
    assert.equal(count('12345678901234567890'), 3);
    assert.equal(count('Hello !!!! 111 222 333 444 555 666'), 4);
    assert.equal(count('Hello, world !!!'), 4);
    assert.equal(found.length, 11);
    // Made up by the tests of another stack: they only look like TPDUs.
    assert(
      notTpdus.every((octets) => /^(0b16212c37|040b16|11)/.test(octets)),
      notTpdus.join('\n'),
    );
    assert.equal(notTpdus.length, 8);
  });

  test('tshark reads what we write: numbers, names, zones, both alphabets, parts', (t) => {
    const missing = tsharkMissing();
    if (missing !== undefined) return t.skip(missing);
    const senders = ['+4915112345678', '4321', 'Missed call', 'Anrufübers.'];
    const bodies = [
      'Hello {[€]} ~ Ωñ',
      'Привет, мир 😀',
      'You missed a call from +4915112345678 at 14:05. '.repeat(5),
      'Пропущенный вызов '.repeat(8),
      '',
      '1234567',
      '12345678',
    ];
    const expected: string[][] = [];
    const tpdus: Uint8Array[] = [];
    bodies.forEach((body, index) => {
      const sender = senders[index % senders.length] as string;
      const originatingAddress = addressOf(sender);
      const split = splitText(body, 0x2a);
      assert(originatingAddress.ok && split.ok);
      split.value.parts.forEach((userData, at, parts) => {
        const offsetMs = (index - 3) * 20_700_000;
        const tpdu = encodeSmsDeliver({
          kind: 'SMS-DELIVER',
          moreMessagesToSend: at + 1 < parts.length,
          loopPrevention: false,
          statusReportIndication: false,
          replyPath: false,
          originatingAddress: originatingAddress.value,
          protocolIdentifier: 0,
          dataCodingScheme: split.value.dataCodingScheme,
          serviceCentreTimeStamp: timeStampOctets(Date.UTC(2026, 10, 21, 12, 0, 0), offsetMs),
          userData,
        });
        tpdus.push(tpdu);
        const read = decodeSmsDeliver(tpdu);
        assert(read.ok);
        const quarters = Math.abs(offsetMs / 900_000);
        expected.push([
          '0',
          sender.replace('+', ''),
          userDataText(split.value.dataCodingScheme, userData),
          `${quarters}`,
          parts.length > 1 ? `${parts.length}` : '',
          parts.length > 1 ? `${at + 1}` : '',
        ]);
      });
    });
    const fields = ['gsm_sms.tp-mti', 'gsm_sms.tp-oa', 'gsm_sms.sms_text', 'gsm_sms.scts.timezone'];
    const udh = ['gsm_sms.udh.mm.msg_parts', 'gsm_sms.udh.mm.msg_part'];
    assert.deepEqual(tsharkSms(tpdus, [...fields, ...udh]), expected);
  });

  test('3GPP TS 23.040 §9.2.3.9 a short message of type 0, as tshark reads it', (t) => {
    const missing = tsharkMissing();
    if (missing !== undefined) return t.skip(missing);
    const sender = addressOf('+4915112345678');
    assert(sender.ok);
    const tpdu = shortMessageType0(sender.value, Date.UTC(2026, 10, 21, 12, 0, 0));
    const fields = ['gsm_sms.tp-mti', 'gsm_sms.tp-oa', 'gsm_sms.tp-pid', 'gsm_sms.tp.user_data_length'];
    assert.deepEqual(tsharkSms([tpdu], fields), [['0', '4915112345678', '64', '0']]);
  });
});
