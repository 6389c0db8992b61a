/**
 * Short message type 0 (3GPP TS 23.040 §9.2.3.9): the phone acknowledges it whatever its memory holds, and neither shows nor
 * keeps it. So its delivery tells that the phone is there, and its failure has the network remember that it was not.
 */
import type { SmsAddress } from './address.ts';
import { encodeSmsDeliver } from './sms-deliver.ts';
import { timeStampOctets } from './time-stamp.ts';
import { NO_USER_DATA } from './user-data.ts';

/** TP-PID. */
export const SHORT_MESSAGE_TYPE_0 = 0x40;

/** An SMS-DELIVER of type 0 without text, stamped with `atMs` in UTC. */
export function shortMessageType0(originatingAddress: SmsAddress, atMs: number): Uint8Array {
  return encodeSmsDeliver({
    kind: 'SMS-DELIVER',
    moreMessagesToSend: false,
    loopPrevention: false,
    statusReportIndication: false,
    replyPath: false,
    originatingAddress,
    protocolIdentifier: SHORT_MESSAGE_TYPE_0,
    dataCodingScheme: 0,
    serviceCentreTimeStamp: timeStampOctets(atMs, 0),
    userData: NO_USER_DATA,
  });
}
