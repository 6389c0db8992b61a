/**
 * SMS-SUBMIT (3GPP TS 23.040 §9.2.2.2), from the mobile station to the service centre.
 *
 *     octet 1      TP-RP (bit 7), TP-UDHI (6), TP-SRR (5), TP-VPF (4, 3), TP-RD (2), TP-MTI = 01 (1, 0)
 *     1            TP-MR
 *     2 … 12       TP-DA
 *     1            TP-PID
 *     1            TP-DCS
 *     0, 1 or 7    TP-VP, by TP-VPF: 00 none, 10 relative, 01 enhanced, 11 absolute
 *     1 + 140      TP-UDL, TP-UD
 */
import assert from 'node:assert/strict';
import { failure, type Result, success } from '../../types/result.ts';
import { addressOctets, readAddress, type SmsAddress, writeAddress } from './address.ts';
import { alphabetOf } from './data-coding.ts';
import { MTI_MASK } from './sms-deliver.ts';
import { readUserData, type UserData, userDataOctets, writeUserData } from './user-data.ts';

/** TP-MTI of SMS-SUBMIT (3GPP TS 23.040 §9.2.3.1). */
export const MTI_SUBMIT = 0x01;

export type ValidityPeriodFormat = 'none' | 'enhanced' | 'relative' | 'absolute';

/** By the two bits of TP-VPF. */
const formats: readonly ValidityPeriodFormat[] = ['none', 'enhanced', 'relative', 'absolute'];
const formatOctets: Record<ValidityPeriodFormat, number> = { none: 0, enhanced: 7, relative: 1, absolute: 7 };

const rejectDuplicatesBit = 0x04;
const statusReportBit = 0x20;
const headerBit = 0x40;
const replyPathBit = 0x80;
const clause = '3GPP TS 23.040 §9.2.2.2';

export interface SmsSubmit {
  readonly kind: 'SMS-SUBMIT';
  readonly rejectDuplicates: boolean;
  readonly statusReportRequest: boolean;
  readonly replyPath: boolean;
  readonly messageReference: number;
  readonly destinationAddress: SmsAddress;
  readonly protocolIdentifier: number;
  readonly dataCodingScheme: number;
  readonly validityPeriodFormat: ValidityPeriodFormat;
  /** As on the wire: 0, 1 or 7 octets by the format. */
  readonly validityPeriod: Uint8Array;
  readonly userData: UserData;
}

export function encodeSmsSubmit(message: SmsSubmit): Uint8Array {
  const { validityPeriod, validityPeriodFormat, userData } = message;
  assert(
    validityPeriod.length === formatOctets[validityPeriodFormat],
    'a validity period is as long as its format says',
  );
  const alphabet = alphabetOf(message.dataCodingScheme);
  const octets = new Uint8Array(
    2 +
      addressOctets(message.destinationAddress) +
      2 +
      validityPeriod.length +
      userDataOctets(alphabet, userData),
  );
  octets[0] =
    MTI_SUBMIT |
    (message.rejectDuplicates ? rejectDuplicatesBit : 0) |
    (formats.indexOf(validityPeriodFormat) << 3) |
    (message.statusReportRequest ? statusReportBit : 0) |
    (userData.header === undefined ? 0 : headerBit) |
    (message.replyPath ? replyPathBit : 0);
  octets[1] = message.messageReference;
  let to = writeAddress(message.destinationAddress, octets, 2);
  octets[to++] = message.protocolIdentifier;
  octets[to++] = message.dataCodingScheme;
  octets.set(validityPeriod, to);
  writeUserData(alphabet, userData, octets, to + validityPeriod.length);
  return octets;
}

/**
 * Reads an SMS-SUBMIT; validity period and user data are views of `octets`. Octets behind the user data are left alone.
 * Failures: `sms.message-type`, `sms.truncated`, and those of `readAddress` and `readUserData`.
 */
export function decodeSmsSubmit(octets: Uint8Array): Result<SmsSubmit> {
  const first = octets[0];
  if (first === undefined) return failure('sms.truncated', 0, clause);
  if ((first & MTI_MASK) !== MTI_SUBMIT) return failure('sms.message-type', 0, clause);
  const address = readAddress(octets, 2);
  if (!address.ok) return address;
  const at = address.value.end;
  const validityPeriodFormat = formats[(first >>> 3) & 3] as ValidityPeriodFormat;
  const userDataAt = at + 2 + formatOctets[validityPeriodFormat];
  if (userDataAt > octets.length) return failure('sms.truncated', octets.length, clause);
  const dataCodingScheme = octets[at + 1] as number;
  const userData = readUserData(alphabetOf(dataCodingScheme), (first & headerBit) !== 0, octets, userDataAt);
  if (!userData.ok) return userData;
  return success({
    kind: 'SMS-SUBMIT',
    rejectDuplicates: (first & rejectDuplicatesBit) !== 0,
    statusReportRequest: (first & statusReportBit) !== 0,
    replyPath: (first & replyPathBit) !== 0,
    messageReference: octets[1] as number,
    destinationAddress: address.value.address,
    protocolIdentifier: octets[at] as number,
    dataCodingScheme,
    validityPeriodFormat,
    validityPeriod: octets.subarray(at + 2, userDataAt),
    userData: userData.value,
  });
}
