/**
 * sendRoutingInfo: the GMSC asks the HLR where a call goes. 3GPP TS 29.002 §10.1, §17.6.3.
 * Versions before 3: ETSI ETS 300 599.
 */
import {
  bitString,
  choice,
  enumerated,
  explicit,
  type Infer,
  implicit,
  integer,
  nullType,
  octetString,
  operation,
  optional,
  sequence,
  withoutErrors,
} from '../../asn1/index.ts';
import {
  absentSubscriber,
  busySubscriber,
  callBarred,
  cugReject,
  forwardingViolation,
  noSubscriberReply,
  orNotAllowed,
} from '../errors/call-handling.ts';
import { dataMissing, facilityNotSupported, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { numberChanged, unknownSubscriber } from '../errors/identification.ts';
import { bearerServiceNotProvisioned, teleserviceNotProvisioned } from '../errors/subscription.ts';
import { absentSubscriberV2, cugRejectV2 } from '../errors/version-2.ts';
import { timersMs } from '../timers.ts';
import { Imsi, IsdnAddressString, IsdnSubaddressString } from '../types/address.ts';
import { ExtBasicServiceCode, SsList } from '../types/basic-service.ts';
import {
  AllowedServices,
  CamelInfo,
  CcbsIndicators,
  ExtendedRoutingInfo,
  RoutingInfo,
  UnavailabilityCause,
} from '../types/call-routing.ts';
import {
  CallReferenceNumber,
  CugCheckInfo,
  CugInterlock,
  SupportedCamelPhases,
  SuppressionOfAnnouncement,
} from '../types/camel.ts';
import { OfferedCamel4CSIs } from '../types/camel-subscription.ts';
import { IstSupportIndicator } from '../types/capability.ts';
import { ExtensionContainer } from '../types/extension.ts';
import {
  AlertingPattern,
  ExtExternalSignalInfo,
  ExternalSignalInfo,
  NaeaPreferredCI,
  ProtocolId,
  SignalInfo,
} from '../types/signal.ts';
import { NumberPortabilityStatus, SubscriberInfo } from '../types/subscriber-information.ts';
import { EmlppPriority, ForwardingOptions } from '../types/supplementary-services.ts';
import { IstAlertTimerValue } from './insert-subscriber-data.ts';

export const NumberOfForwarding = integer({ min: 1, max: 5 });
export type NumberOfForwarding = Infer<typeof NumberOfForwarding>;

export const InterrogationType = enumerated({ basicCall: 0, forwarding: 1 });
export type InterrogationType = Infer<typeof InterrogationType>;

export const OrPhase = integer({ min: 1, max: 127 });
export type OrPhase = Infer<typeof OrPhase>;

export const ForwardingReason = enumerated({ notReachable: 0, busy: 1, noReply: 2 });
export type ForwardingReason = Infer<typeof ForwardingReason>;

export const SupportedCCBSPhase = integer({ min: 1, max: 127 });
export type SupportedCCBSPhase = Infer<typeof SupportedCCBSPhase>;

export const CallDiversionTreatmentIndicator = octetString({ min: 1, max: 1 });
export type CallDiversionTreatmentIndicator = Infer<typeof CallDiversionTreatmentIndicator>;

export const SuppressMTSS = bitString({ min: 2, max: 16 }, { suppressCUG: 0, suppressCCBS: 1 });
export type SuppressMTSS = Infer<typeof SuppressMTSS>;

export const SendRoutingInfoArg = sequence({
  msisdn: implicit(0, IsdnAddressString),
  'cug-CheckInfo': optional(implicit(1, CugCheckInfo)),
  numberOfForwarding: optional(implicit(2, NumberOfForwarding)),
  interrogationType: implicit(3, InterrogationType),
  'or-Interrogation': optional(implicit(4, nullType)),
  'or-Capability': optional(implicit(5, OrPhase)),
  'gmsc-OrGsmSCF-Address': implicit(6, IsdnAddressString),
  callReferenceNumber: optional(implicit(7, CallReferenceNumber)),
  forwardingReason: optional(implicit(8, ForwardingReason)),
  basicServiceGroup: optional(explicit(9, ExtBasicServiceCode)),
  networkSignalInfo: optional(implicit(10, ExternalSignalInfo)),
  camelInfo: optional(implicit(11, CamelInfo)),
  suppressionOfAnnouncement: optional(implicit(12, SuppressionOfAnnouncement)),
  extensionContainer: optional(implicit(13, ExtensionContainer)),
  alertingPattern: optional(implicit(14, AlertingPattern)),
  'ccbs-Call': optional(implicit(15, nullType)),
  'supportedCCBS-Phase': optional(implicit(16, SupportedCCBSPhase)),
  additionalSignalInfo: optional(implicit(17, ExtExternalSignalInfo)),
  istSupportIndicator: optional(implicit(18, IstSupportIndicator)),
  'pre-pagingSupported': optional(implicit(19, nullType)),
  callDiversionTreatmentIndicator: optional(implicit(20, CallDiversionTreatmentIndicator)),
  'longFTN-Supported': optional(implicit(21, nullType)),
  'suppress-VT-CSI': optional(implicit(22, nullType)),
  suppressIncomingCallBarring: optional(implicit(23, nullType)),
  'gsmSCF-InitiatedCall': optional(implicit(24, nullType)),
  basicServiceGroup2: optional(explicit(25, ExtBasicServiceCode)),
  networkSignalInfo2: optional(implicit(26, ExternalSignalInfo)),
  suppressMTSS: optional(implicit(27, SuppressMTSS)),
  mtRoamingRetrySupported: optional(implicit(28, nullType)),
  callPriority: optional(implicit(29, EmlppPriority)),
});
export type SendRoutingInfoArg = Infer<typeof SendRoutingInfoArg>;

export const SendRoutingInfoRes = implicit(
  3,
  sequence({
    imsi: optional(implicit(9, Imsi)),
    extendedRoutingInfo: optional(ExtendedRoutingInfo),
    'cug-CheckInfo': optional(implicit(3, CugCheckInfo)),
    cugSubscriptionFlag: optional(implicit(6, nullType)),
    subscriberInfo: optional(implicit(7, SubscriberInfo)),
    'ss-List': optional(implicit(1, SsList)),
    basicService: optional(explicit(5, ExtBasicServiceCode)),
    forwardingInterrogationRequired: optional(implicit(4, nullType)),
    'vmsc-Address': optional(implicit(2, IsdnAddressString)),
    extensionContainer: optional(implicit(0, ExtensionContainer)),
    'naea-PreferredCI': optional(implicit(10, NaeaPreferredCI)),
    'ccbs-Indicators': optional(implicit(11, CcbsIndicators)),
    msisdn: optional(implicit(12, IsdnAddressString)),
    numberPortabilityStatus: optional(implicit(13, NumberPortabilityStatus)),
    istAlertTimer: optional(implicit(14, IstAlertTimerValue)),
    supportedCamelPhasesInVMSC: optional(implicit(15, SupportedCamelPhases)),
    offeredCamel4CSIsInVMSC: optional(implicit(16, OfferedCamel4CSIs)),
    routingInfo2: optional(explicit(17, RoutingInfo)),
    'ss-List2': optional(implicit(18, SsList)),
    basicService2: optional(explicit(19, ExtBasicServiceCode)),
    allowedServices: optional(implicit(20, AllowedServices)),
    unavailabilityCause: optional(implicit(21, UnavailabilityCause)),
    releaseResourcesSupported: optional(implicit(22, nullType)),
    'gsm-BearerCapability': optional(implicit(23, ExternalSignalInfo)),
  }),
);
export type SendRoutingInfoRes = Infer<typeof SendRoutingInfoRes>;

export const CugCheckInfoV2 = sequence({
  'cug-Interlock': CugInterlock,
  'cug-OutgoingAccess': optional(nullType),
});
export type CugCheckInfoV2 = Infer<typeof CugCheckInfoV2>;

export const ExternalSignalInfoV2 = sequence({
  protocolId: ProtocolId,
  signalInfo: SignalInfo,
});
export type ExternalSignalInfoV2 = Infer<typeof ExternalSignalInfoV2>;

export const SendRoutingInfoArgV2 = sequence({
  msisdn: implicit(0, IsdnAddressString),
  'cug-CheckInfo': optional(implicit(1, CugCheckInfoV2)),
  numberOfForwarding: optional(implicit(2, NumberOfForwarding)),
  networkSignalInfo: optional(implicit(10, ExternalSignalInfoV2)),
});
export type SendRoutingInfoArgV2 = Infer<typeof SendRoutingInfoArgV2>;

export const ForwardingDataV2 = sequence({
  forwardedToNumber: optional(implicit(5, IsdnAddressString)),
  forwardedToSubaddress: optional(implicit(4, IsdnSubaddressString)),
  forwardingOptions: optional(implicit(6, ForwardingOptions)),
});
export type ForwardingDataV2 = Infer<typeof ForwardingDataV2>;

export const RoutingInfoV2 = choice({
  roamingNumber: IsdnAddressString,
  forwardingData: ForwardingDataV2,
});
export type RoutingInfoV2 = Infer<typeof RoutingInfoV2>;

export const SendRoutingInfoResV2 = sequence({
  imsi: Imsi,
  routingInfo: RoutingInfoV2,
  'cug-CheckInfo': optional(CugCheckInfoV2),
});
export type SendRoutingInfoResV2 = Infer<typeof SendRoutingInfoResV2>;

/** Version 3. */
export const sendRoutingInfo = operation({
  name: 'sendRoutingInfo',
  code: 22,
  argument: SendRoutingInfoArg,
  result: SendRoutingInfoRes,
  errors: [
    systemFailure,
    dataMissing,
    unexpectedDataValue,
    facilityNotSupported,
    orNotAllowed,
    unknownSubscriber,
    numberChanged,
    bearerServiceNotProvisioned,
    teleserviceNotProvisioned,
    absentSubscriber,
    busySubscriber,
    noSubscriberReply,
    callBarred,
    cugReject,
    forwardingViolation,
  ],
  operationClass: 1,
  timerMs: timersMs.medium,
});

/** Version 2. */
export const sendRoutingInfoV2 = operation({
  name: 'sendRoutingInfo',
  code: 22,
  argument: SendRoutingInfoArgV2,
  result: SendRoutingInfoResV2,
  errors: [
    systemFailure,
    dataMissing,
    unexpectedDataValue,
    facilityNotSupported,
    unknownSubscriber,
    numberChanged,
    bearerServiceNotProvisioned,
    teleserviceNotProvisioned,
    absentSubscriberV2,
    callBarred,
    cugRejectV2,
    forwardingViolation,
  ],
  operationClass: 1,
  timerMs: timersMs.medium,
});

/** Version 1. */
export const sendRoutingInfoV1 = operation({
  ...sendRoutingInfoV2,
  errors: withoutErrors(sendRoutingInfoV2.errors, numberChanged, cugRejectV2),
});
