/**
 * SMS-DELIVER (3GPP TS 23.040 §9.2.2.1), from the service centre to the mobile station.
 *
 *     octet 1      TP-RP (bit 7), TP-UDHI (6), TP-SRI (5), 0 (4), TP-LP (3), TP-MMS (2), TP-MTI = 00 (1, 0)
 *     2 … 12       TP-OA
 *     1            TP-PID
 *     1            TP-DCS
 *     7            TP-SCTS
 *     1 + 140      TP-UDL, TP-UD
 */
import assert from 'node:assert/strict';
import { failure, type Result, success } from '../../types/result.ts';
import { addressOctets, readAddress, type SmsAddress, writeAddress } from './address.ts';
import { alphabetOf } from './data-coding.ts';
import { TIME_STAMP_OCTETS } from './time-stamp.ts';
import { readUserData, type UserData, userDataOctets, writeUserData } from './user-data.ts';

export const MTI_MASK = 0x03;
/** TP-MTI of SMS-DELIVER, and of SMS-DELIVER-REPORT in the other direction (3GPP TS 23.040 §9.2.3.1). */
export const MTI_DELIVER = 0x00;

const noMoreMessages = 0x04;
const loopPreventionBit = 0x08;
const statusReportBit = 0x20;
const headerBit = 0x40;
const replyPathBit = 0x80;
const clause = '3GPP TS 23.040 §9.2.2.1';

export interface SmsDeliver {
  readonly kind: 'SMS-DELIVER';
  /** TP-MMS, turned round: on the wire 0 says that more are waiting. */
  readonly moreMessagesToSend: boolean;
  readonly loopPrevention: boolean;
  /** TP-SRI: a status report goes back to the sender. */
  readonly statusReportIndication: boolean;
  readonly replyPath: boolean;
  readonly originatingAddress: SmsAddress;
  readonly protocolIdentifier: number;
  /** `dataCodingOf` says what it means. */
  readonly dataCodingScheme: number;
  /** Seven octets as they are on the wire: a time that makes no sense keeps no message from its reader. `readTimeStamp`. */
  readonly serviceCentreTimeStamp: Uint8Array;
  readonly userData: UserData;
}

/** The octets of an SMS-DELIVER, in a buffer of its own. */
export function encodeSmsDeliver(message: SmsDeliver): Uint8Array {
  const { serviceCentreTimeStamp, userData } = message;
  assert(serviceCentreTimeStamp.length === TIME_STAMP_OCTETS, 'a time stamp is seven octets');
  const alphabet = alphabetOf(message.dataCodingScheme);
  const octets = new Uint8Array(
    1 +
      addressOctets(message.originatingAddress) +
      2 +
      TIME_STAMP_OCTETS +
      userDataOctets(alphabet, userData),
  );
  octets[0] =
    MTI_DELIVER |
    (message.moreMessagesToSend ? 0 : noMoreMessages) |
    (message.loopPrevention ? loopPreventionBit : 0) |
    (message.statusReportIndication ? statusReportBit : 0) |
    (userData.header === undefined ? 0 : headerBit) |
    (message.replyPath ? replyPathBit : 0);
  let to = writeAddress(message.originatingAddress, octets, 1);
  octets[to++] = message.protocolIdentifier;
  octets[to++] = message.dataCodingScheme;
  octets.set(serviceCentreTimeStamp, to);
  writeUserData(alphabet, userData, octets, to + TIME_STAMP_OCTETS);
  return octets;
}

/**
 * Reads an SMS-DELIVER; time stamp and user data are views of `octets`. Octets behind the user data are left alone.
 * Failures: `sms.message-type`, `sms.truncated`, and those of `readAddress` and `readUserData`.
 */
export function decodeSmsDeliver(octets: Uint8Array): Result<SmsDeliver> {
  const first = octets[0];
  if (first === undefined) return failure('sms.truncated', 0, clause);
  if ((first & MTI_MASK) !== MTI_DELIVER) return failure('sms.message-type', 0, clause);
  const address = readAddress(octets, 1);
  if (!address.ok) return address;
  const at = address.value.end;
  if (at + 2 + TIME_STAMP_OCTETS > octets.length) return failure('sms.truncated', octets.length, clause);
  const dataCodingScheme = octets[at + 1] as number;
  const userDataAt = at + 2 + TIME_STAMP_OCTETS;
  const userData = readUserData(alphabetOf(dataCodingScheme), (first & headerBit) !== 0, octets, userDataAt);
  if (!userData.ok) return userData;
  return success({
    kind: 'SMS-DELIVER',
    moreMessagesToSend: (first & noMoreMessages) === 0,
    loopPrevention: (first & loopPreventionBit) !== 0,
    statusReportIndication: (first & statusReportBit) !== 0,
    replyPath: (first & replyPathBit) !== 0,
    originatingAddress: address.value.address,
    protocolIdentifier: octets[at] as number,
    dataCodingScheme,
    serviceCentreTimeStamp: octets.subarray(at + 2, userDataAt),
    userData: userData.value,
  });
}
