/**
 * SMS-SUBMIT-REPORT in RP-ERROR (3GPP TS 23.040 §9.2.2.2a), the service centre's refusal of an SMS-SUBMIT: diagnosticInfo of
 * sm-DeliveryFailure.
 *
 *     octet 1      TP-UDHI (bit 6), TP-MTI = 01 (1, 0)
 *     1            TP-FCS
 *     1            TP-PI: none of the optional fields follows
 *     7            TP-SCTS, in UTC
 */
import { MTI_SUBMIT } from './sms-submit.ts';
import { timeStampOctets } from './time-stamp.ts';

/** TP-FCS values of a service centre (3GPP TS 23.040 §9.2.3.22). */
export const submitFailureCauses = {
  serviceCentreBusy: 0xc0,
  noSubscription: 0xc1,
  serviceCentreSystemFailure: 0xc2,
  invalidSmeAddress: 0xc3,
  destinationBarred: 0xc4,
  rejectedDuplicate: 0xc5,
} as const;

export function encodeSmsSubmitReport(failureCause: number, atMs: number): Uint8Array {
  return Uint8Array.of(MTI_SUBMIT, failureCause, 0, ...timeStampOctets(atMs, 0));
}
