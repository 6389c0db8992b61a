/** What the operations of call control share: 3GPP TS 29.078 §5.1. */
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

export const Integer4 = integer({ min: 0, max: 2147483647 });
export type Integer4 = Infer<typeof Integer4>;

export const ServiceKey = Integer4;
export type ServiceKey = Infer<typeof ServiceKey>;

export const LegType = octetString({ min: 1, max: 1 });
export type LegType = Infer<typeof LegType>;

export const LegID = choice({
  sendingSideID: implicit(0, LegType),
  receivingSideID: implicit(1, LegType),
});
export type LegID = Infer<typeof LegID>;

export const ReceivingSideID = choice({
  receivingSideID: implicit(1, LegType),
});
export type ReceivingSideID = Infer<typeof ReceivingSideID>;

export const SendingSideID = choice({
  sendingSideID: implicit(0, LegType),
});
export type SendingSideID = Infer<typeof SendingSideID>;

export const CallSegmentID = integer({ min: 1, max: 127 });
export type CallSegmentID = Infer<typeof CallSegmentID>;

export const MonitorMode = enumerated({ interrupted: 0, notifyAndContinue: 1, transparent: 2 });
export type MonitorMode = Infer<typeof MonitorMode>;

export const EventTypeBCSM = enumerated({
  collectedInfo: 2,
  analyzedInformation: 3,
  routeSelectFailure: 4,
  oCalledPartyBusy: 5,
  oNoAnswer: 6,
  oAnswer: 7,
  oMidCall: 8,
  oDisconnect: 9,
  oAbandon: 10,
  termAttemptAuthorized: 12,
  tBusy: 13,
  tNoAnswer: 14,
  tAnswer: 15,
  tMidCall: 16,
  tDisconnect: 17,
  tAbandon: 18,
  oTermSeized: 19,
  callAccepted: 27,
  oChangeOfPosition: 50,
  tChangeOfPosition: 51,
  oServiceChange: 52,
  tServiceChange: 53,
});
export type EventTypeBCSM = Infer<typeof EventTypeBCSM>;

export const MiscCallInfo = sequence({
  messageType: implicit(0, enumerated({ request: 0, notification: 1 })),
  dpAssignment: optional(implicit(1, enumerated({ individualLine: 0, groupBased: 1, officeBased: 2 }))),
});
export type MiscCallInfo = Infer<typeof MiscCallInfo>;

/** Date and time of day in BCD, then the zone in quarters of an hour; `decodeTimeAndTimezone` reads it. */
export const TimeAndTimezone = octetString({ min: 8, max: 8 });
export type TimeAndTimezone = Infer<typeof TimeAndTimezone>;

export const DateAndTime = octetString({ min: 7, max: 7 });
export type DateAndTime = Infer<typeof DateAndTime>;

export const CGEncountered = enumerated({ noCGencountered: 0, manualCGencountered: 1, scpOverload: 2 });
export type CGEncountered = Infer<typeof CGEncountered>;

export const IPSSPCapabilities = octetString({ min: 1, max: 4 });
export type IPSSPCapabilities = Infer<typeof IPSSPCapabilities>;

export const Carrier = octetString({ min: 4, max: 4 });
export type Carrier = Infer<typeof Carrier>;

export const NAOliInfo = octetString({ min: 1, max: 1 });
export type NAOliInfo = Infer<typeof NAOliInfo>;

export const OCSIApplicable = nullType;
export type OCSIApplicable = Infer<typeof OCSIApplicable>;

export const AlertingPattern = octetString({ min: 3, max: 3 });
export type AlertingPattern = Infer<typeof AlertingPattern>;

export const ScfID = octetString({ min: 2, max: 25 });
export type ScfID = Infer<typeof ScfID>;

export const TimerID = enumerated({ tssf: 0 });
export type TimerID = Infer<typeof TimerID>;

export const TimerValue = Integer4;
export type TimerValue = Infer<typeof TimerValue>;

export const InvokeID = integer({ min: -128, max: 127 });
export type InvokeID = Infer<typeof InvokeID>;

export const ChargeIndicator = octetString({ min: 1, max: 1 });
export type ChargeIndicator = Infer<typeof ChargeIndicator>;
