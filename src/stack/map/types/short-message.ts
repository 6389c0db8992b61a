/** What the short message operations share: 3GPP TS 29.002 §17.7.6. */
import {
  choice,
  enumerated,
  type Infer,
  implicit,
  integer,
  nullType,
  octetString,
  optional,
  sequence,
} from '../../asn1/index.ts';
import { AddressString, HlrId, Imsi, IsdnAddressString, Lmsi } from './address.ts';

export const AbsentSubscriberDiagnosticSM = integer({ min: 0, max: 255 });
export type AbsentSubscriberDiagnosticSM = Infer<typeof AbsentSubscriberDiagnosticSM>;

export const SmDeliveryOutcome = enumerated({
  memoryCapacityExceeded: 0,
  absentSubscriber: 1,
  successfulTransfer: 2,
});
export type SmDeliveryOutcome = Infer<typeof SmDeliveryOutcome>;

export const SmRpDa = choice({
  imsi: implicit(0, Imsi),
  lmsi: implicit(1, Lmsi),
  serviceCentreAddressDA: implicit(4, AddressString),
  'noSM-RP-DA': implicit(5, nullType),
});
export type SmRpDa = Infer<typeof SmRpDa>;

export const SmRpOa = choice({
  msisdn: implicit(2, IsdnAddressString),
  serviceCentreAddressOA: implicit(4, AddressString),
  'noSM-RP-OA': implicit(5, nullType),
});
export type SmRpOa = Infer<typeof SmRpOa>;

export const SmDeliveryTimerValue = integer({ min: 30, max: 600 });
export type SmDeliveryTimerValue = Infer<typeof SmDeliveryTimerValue>;

export const SipUri = octetString();
export type SipUri = Infer<typeof SipUri>;

export const CorrelationID = sequence({
  'hlr-id': optional(implicit(0, HlrId)),
  'sip-uri-A': optional(implicit(1, SipUri)),
  'sip-uri-B': implicit(2, SipUri),
});
export type CorrelationID = Infer<typeof CorrelationID>;
