/** What CAMEL and its users share: 3GPP TS 29.002 §17.7.1, §17.7.3. */
import {
  bitString,
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
import { ExtensionContainer } from './extension.ts';

export const ServiceKey = integer({ min: 0, max: 2147483647 });
export type ServiceKey = Infer<typeof ServiceKey>;

export const SupportedCamelPhases = bitString(
  { min: 1, max: 16 },
  { phase1: 0, phase2: 1, phase3: 2, phase4: 3 },
);
export type SupportedCamelPhases = Infer<typeof SupportedCamelPhases>;

export const OfferedCamel4Functionalities = bitString(
  { min: 15, max: 64 },
  {
    initiateCallAttempt: 0,
    splitLeg: 1,
    moveLeg: 2,
    disconnectLeg: 3,
    entityReleased: 4,
    'dfc-WithArgument': 5,
    playTone: 6,
    'dtmf-MidCall': 7,
    chargingIndicator: 8,
    alertingDP: 9,
    locationAtAlerting: 10,
    changeOfPositionDP: 11,
    'or-Interactions': 12,
    warningToneEnhancements: 13,
    'cf-Enhancements': 14,
    subscribedEnhancedDialledServices: 15,
    servingNetworkEnhancedDialledServices: 16,
    criteriaForChangeOfPositionDP: 17,
    serviceChangeDP: 18,
    collectInformation: 19,
  },
);
export type OfferedCamel4Functionalities = Infer<typeof OfferedCamel4Functionalities>;

/** The event of mobility management that was met; see `mmCodes`. */
export const MmCode = octetString({ min: 1, max: 1 });
export type MmCode = Infer<typeof MmCode>;

export const NotReachableReason = enumerated({
  msPurged: 0,
  imsiDetached: 1,
  restrictedArea: 2,
  notRegistered: 3,
});
export type NotReachableReason = Infer<typeof NotReachableReason>;

export const SubscriberState = choice({
  assumedIdle: implicit(0, nullType),
  camelBusy: implicit(1, nullType),
  netDetNotReachable: NotReachableReason,
  notProvidedFromVLR: implicit(2, nullType),
});
export type SubscriberState = Infer<typeof SubscriberState>;

/** Identifies a call together with the node that allocated it: 3GPP TS 29.002 §7.6.5.1. */
export const CallReferenceNumber = octetString({ min: 1, max: 8 });
export type CallReferenceNumber = Infer<typeof CallReferenceNumber>;

export const SuppressionOfAnnouncement = nullType;
export type SuppressionOfAnnouncement = Infer<typeof SuppressionOfAnnouncement>;

export const UUIndicator = octetString({ min: 1, max: 1 });
export type UUIndicator = Infer<typeof UUIndicator>;

export const Uui = octetString({ min: 1, max: 131 });
export type Uui = Infer<typeof Uui>;

export const UuData = sequence({
  uuIndicator: optional(implicit(0, UUIndicator)),
  uui: optional(implicit(1, Uui)),
  uusCFInteraction: optional(implicit(2, nullType)),
  extensionContainer: optional(implicit(3, ExtensionContainer)),
});
export type UuData = Infer<typeof UuData>;

export const CugIndex = integer({ min: 0, max: 32767 });
export type CugIndex = Infer<typeof CugIndex>;

export const CugInterlock = octetString({ min: 4, max: 4 });
export type CugInterlock = Infer<typeof CugInterlock>;

export const CugCheckInfo = sequence({
  'cug-Interlock': CugInterlock,
  'cug-OutgoingAccess': optional(nullType),
  extensionContainer: optional(ExtensionContainer),
});
export type CugCheckInfo = Infer<typeof CugCheckInfo>;

export const MsClassmark2 = octetString({ min: 3, max: 3 });
export type MsClassmark2 = Infer<typeof MsClassmark2>;

/** The events of {@link MmCode}: 3GPP TS 29.002 §17.7.1; those of packet switched service begin at 80. */
export const mmCodes = {
  'Location-update-in-same-VLR': 0x00,
  'Location-update-to-other-VLR': 0x01,
  'IMSI-Attach': 0x02,
  'MS-initiated-IMSI-Detach': 0x03,
  'Network-initiated-IMSI-Detach': 0x04,
  'Routeing-Area-update-in-same-SGSN': 0x80,
  'Routeing-Area-update-to-other-SGSN-update-from-new-SGSN': 0x81,
  'Routeing-Area-update-to-other-SGSN-disconnect-by-detach': 0x82,
  'GPRS-Attach': 0x83,
  'MS-initiated-GPRS-Detach': 0x84,
  'Network-initiated-GPRS-Detach': 0x85,
  'Network-initiated-transfer-to-MS-not-reachable-for-paging': 0x86,
} as const;
