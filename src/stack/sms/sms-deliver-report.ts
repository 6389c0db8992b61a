/**
 * SMS-DELIVER-REPORT (3GPP TS 23.040 §9.2.2.1a), the mobile station's answer: in RP-ACK (a MAP result) without, in RP-ERROR
 * (diagnosticInfo of sm-DeliveryFailure) with a failure cause.
 *
 *     octet 1      TP-UDHI (bit 6), TP-MTI = 00 (1, 0)
 *     1            TP-FCS, in RP-ERROR only
 *     1 …          TP-PI: bit 0 TP-PID, 1 TP-DCS, 2 TP-UDL follow; bit 7: another octet of indicators follows
 *     0 … 1 each   TP-PID, TP-DCS
 *     0 … 160      TP-UDL, TP-UD
 */
import { failure, type Result, success } from '../../types/result.ts';
import { alphabetOf } from './data-coding.ts';
import { MTI_DELIVER, MTI_MASK } from './sms-deliver.ts';
import { readUserData, type UserData, userDataOctets, writeUserData } from './user-data.ts';

const headerBit = 0x40;
const protocolIdentifierBit = 0x01;
const dataCodingSchemeBit = 0x02;
const userDataBit = 0x04;
const extensionBit = 0x80;
const clause = '3GPP TS 23.040 §9.2.2.1a';

/** TP-FCS values that a mobile station sends (3GPP TS 23.040 §9.2.3.22). */
export const failureCauses = {
  telematicInterworkingNotSupported: 0x80,
  shortMessageType0NotSupported: 0x81,
  cannotReplaceShortMessage: 0x82,
  unspecifiedProtocolIdentifier: 0x8f,
  dataCodingSchemeNotSupported: 0x90,
  messageClassNotSupported: 0x91,
  unspecifiedDataCodingScheme: 0x9f,
  simStorageFull: 0xd0,
  noStorageInSim: 0xd1,
  errorInMobileStation: 0xd2,
  memoryCapacityExceeded: 0xd3,
  simApplicationToolkitBusy: 0xd4,
  simDataDownloadError: 0xd5,
  unspecified: 0xff,
} as const;

export interface SmsDeliverReport {
  readonly kind: 'SMS-DELIVER-REPORT';
  /** TP-FCS: there in RP-ERROR, absent in RP-ACK. */
  readonly failureCause?: number;
  readonly protocolIdentifier?: number;
  readonly dataCodingScheme?: number;
  /** Absent: not in the message. Without a data coding scheme it is in the GSM 7 bit default alphabet. */
  readonly userData?: UserData;
}

export function encodeSmsDeliverReport(report: SmsDeliverReport): Uint8Array {
  const { failureCause, protocolIdentifier, dataCodingScheme, userData } = report;
  const alphabet = alphabetOf(dataCodingScheme ?? 0);
  const octets = new Uint8Array(
    2 +
      (failureCause === undefined ? 0 : 1) +
      (protocolIdentifier === undefined ? 0 : 1) +
      (dataCodingScheme === undefined ? 0 : 1) +
      (userData === undefined ? 0 : userDataOctets(alphabet, userData)),
  );
  octets[0] = MTI_DELIVER | (userData?.header === undefined ? 0 : headerBit);
  let to = 1;
  if (failureCause !== undefined) octets[to++] = failureCause;
  octets[to++] =
    (protocolIdentifier === undefined ? 0 : protocolIdentifierBit) |
    (dataCodingScheme === undefined ? 0 : dataCodingSchemeBit) |
    (userData === undefined ? 0 : userDataBit);
  if (protocolIdentifier !== undefined) octets[to++] = protocolIdentifier;
  if (dataCodingScheme !== undefined) octets[to++] = dataCodingScheme;
  if (userData !== undefined) writeUserData(alphabet, userData, octets, to);
  return octets;
}

/**
 * Reads an SMS-DELIVER-REPORT; `within` says which of the two forms it has, which its octets do not. Octets behind it are left alone.
 * Failures: `sms.message-type`, `sms.truncated`, and those of `readUserData`.
 */
export function decodeSmsDeliverReport(
  octets: Uint8Array,
  within: 'RP-ACK' | 'RP-ERROR',
): Result<SmsDeliverReport> {
  const first = octets[0];
  if (first === undefined) return failure('sms.truncated', 0, clause);
  if ((first & MTI_MASK) !== MTI_DELIVER) return failure('sms.message-type', 0, clause);
  let at = 1;
  const failureCause = within === 'RP-ERROR' ? octets[at++] : undefined;
  const indicators = octets[at++];
  if (indicators === undefined) return failure('sms.truncated', octets.length, clause);
  // Further octets of indicators announce fields that do not exist yet.
  for (let last = indicators; (last & extensionBit) !== 0; ) {
    const further = octets[at++];
    if (further === undefined) return failure('sms.truncated', octets.length, clause);
    last = further;
  }
  const protocolIdentifier = (indicators & protocolIdentifierBit) === 0 ? undefined : octets[at++];
  const dataCodingScheme = (indicators & dataCodingSchemeBit) === 0 ? undefined : octets[at++];
  if (at > octets.length) return failure('sms.truncated', octets.length, clause);
  let userData: UserData | undefined;
  if ((indicators & userDataBit) !== 0) {
    const read = readUserData(alphabetOf(dataCodingScheme ?? 0), (first & headerBit) !== 0, octets, at);
    if (!read.ok) return read;
    userData = read.value;
  }
  return success({
    kind: 'SMS-DELIVER-REPORT',
    ...(failureCause === undefined ? {} : { failureCause }),
    ...(protocolIdentifier === undefined ? {} : { protocolIdentifier }),
    ...(dataCodingScheme === undefined ? {} : { dataCodingScheme }),
    ...(userData === undefined ? {} : { userData }),
  });
}
