/**
 * sendRoutingInfoForSM: the SMS-GMSC asks the HLR where a short message goes. 3GPP TS 29.002 §12.1, §17.6.5;
 * versions 1 and 2: ETSI ETS 300 599.
 */
import {
  boolean,
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
} from '../../asn1/index.ts';
import { callBarred } from '../errors/call-handling.ts';
import { dataMissing, facilityNotSupported, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { unknownSubscriber } from '../errors/identification.ts';
import { absentSubscriberSM } from '../errors/short-message.ts';
import { teleserviceNotProvisioned } from '../errors/subscription.ts';
import { absentSubscriberV2 } from '../errors/version-2.ts';
import { timersMs } from '../timers.ts';
import {
  AddressString,
  Imsi,
  IsdnAddressString,
  Lmsi,
  NetworkNodeDiameterAddress,
} from '../types/address.ts';
import { TeleserviceCode } from '../types/basic-service.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { CorrelationID, SmDeliveryTimerValue } from '../types/short-message.ts';

export const SmRpMti = integer({ min: 0, max: 10 });
export type SmRpMti = Infer<typeof SmRpMti>;

/** An address field of 3GPP TS 23.040 §9.1.2.5. */
export const SmRpSmea = octetString({ min: 1, max: 12 });
export type SmRpSmea = Infer<typeof SmRpSmea>;

export const SmDeliveryNotIntended = enumerated({ 'onlyIMSI-requested': 0, 'onlyMCC-MNC-requested': 1 });
export type SmDeliveryNotIntended = Infer<typeof SmDeliveryNotIntended>;

export const RoutingInfoForSMArg = sequence({
  msisdn: implicit(0, IsdnAddressString),
  'sm-RP-PRI': implicit(1, boolean),
  serviceCentreAddress: implicit(2, AddressString),
  extensionContainer: optional(implicit(6, ExtensionContainer)),
  gprsSupportIndicator: optional(implicit(7, nullType)),
  'sm-RP-MTI': optional(implicit(8, SmRpMti)),
  'sm-RP-SMEA': optional(implicit(9, SmRpSmea)),
  'sm-deliveryNotIntended': optional(implicit(10, SmDeliveryNotIntended)),
  'ip-sm-gwGuidanceIndicator': optional(implicit(11, nullType)),
  imsi: optional(implicit(12, Imsi)),
  't4-Trigger-Indicator': optional(implicit(14, nullType)),
  singleAttemptDelivery: optional(implicit(13, nullType)),
  correlationID: optional(implicit(15, CorrelationID)),
  'smsf-supportIndicator': optional(implicit(16, nullType)),
});
export type RoutingInfoForSMArg = Infer<typeof RoutingInfoForSMArg>;

export const AdditionalNumber = choice({
  'msc-Number': implicit(0, IsdnAddressString),
  'sgsn-Number': implicit(1, IsdnAddressString),
});
export type AdditionalNumber = Infer<typeof AdditionalNumber>;

export const LocationInfoWithLMSI = sequence({
  'networkNode-Number': implicit(1, IsdnAddressString),
  lmsi: optional(Lmsi),
  extensionContainer: optional(ExtensionContainer),
  gprsNodeIndicator: optional(implicit(5, nullType)),
  'additional-Number': optional(explicit(6, AdditionalNumber)),
  networkNodeDiameterAddress: optional(implicit(7, NetworkNodeDiameterAddress)),
  additionalNetworkNodeDiameterAddress: optional(implicit(8, NetworkNodeDiameterAddress)),
  thirdNumber: optional(explicit(9, AdditionalNumber)),
  thirdNetworkNodeDiameterAddress: optional(implicit(10, NetworkNodeDiameterAddress)),
  imsNodeIndicator: optional(implicit(11, nullType)),
  'smsf-3gpp-Number': optional(implicit(12, IsdnAddressString)),
  'smsf-3gpp-DiameterAddress': optional(implicit(13, NetworkNodeDiameterAddress)),
  'smsf-non-3gpp-Number': optional(implicit(14, IsdnAddressString)),
  'smsf-non-3gpp-DiameterAddress': optional(implicit(15, NetworkNodeDiameterAddress)),
  'smsf-3gpp-address-indicator': optional(implicit(16, nullType)),
  'smsf-non-3gpp-address-indicator': optional(implicit(17, nullType)),
});
export type LocationInfoWithLMSI = Infer<typeof LocationInfoWithLMSI>;

export const IpSmGwGuidance = sequence({
  minimumDeliveryTimeValue: SmDeliveryTimerValue,
  recommendedDeliveryTimeValue: SmDeliveryTimerValue,
  extensionContainer: optional(ExtensionContainer),
});
export type IpSmGwGuidance = Infer<typeof IpSmGwGuidance>;

export const RoutingInfoForSMRes = sequence({
  imsi: Imsi,
  locationInfoWithLMSI: implicit(0, LocationInfoWithLMSI),
  extensionContainer: optional(implicit(4, ExtensionContainer)),
  'ip-sm-gwGuidance': optional(implicit(5, IpSmGwGuidance)),
});
export type RoutingInfoForSMRes = Infer<typeof RoutingInfoForSMRes>;

export const RoutingInfoForSMArgV2 = sequence({
  msisdn: implicit(0, IsdnAddressString),
  'sm-RP-PRI': implicit(1, boolean),
  serviceCentreAddress: implicit(2, AddressString),
  teleservice: optional(implicit(5, TeleserviceCode)),
});
export type RoutingInfoForSMArgV2 = Infer<typeof RoutingInfoForSMArgV2>;

export const LocationInfoV2 = choice({
  roamingNumber: implicit(0, IsdnAddressString),
  'msc-Number': implicit(1, IsdnAddressString),
});
export type LocationInfoV2 = Infer<typeof LocationInfoV2>;

export const LocationInfoWithLMSIV2 = sequence({
  locationInfo: LocationInfoV2,
  lmsi: optional(Lmsi),
});
export type LocationInfoWithLMSIV2 = Infer<typeof LocationInfoWithLMSIV2>;

export const RoutingInfoForSMResV2 = sequence({
  imsi: Imsi,
  locationInfoWithLMSI: implicit(0, LocationInfoWithLMSIV2),
  'mwd-Set': optional(implicit(2, boolean)),
});
export type RoutingInfoForSMResV2 = Infer<typeof RoutingInfoForSMResV2>;

/** Version 3. */
export const sendRoutingInfoForSM = operation({
  name: 'sendRoutingInfoForSM',
  code: 45,
  argument: RoutingInfoForSMArg,
  result: RoutingInfoForSMRes,
  errors: [
    systemFailure,
    dataMissing,
    unexpectedDataValue,
    facilityNotSupported,
    unknownSubscriber,
    teleserviceNotProvisioned,
    callBarred,
    absentSubscriberSM,
  ],
  operationClass: 1,
  timerMs: timersMs.medium,
});

/** Versions 1 and 2. */
export const sendRoutingInfoForSMV2 = operation({
  name: 'sendRoutingInfoForSM',
  code: 45,
  argument: RoutingInfoForSMArgV2,
  result: RoutingInfoForSMResV2,
  errors: [
    systemFailure,
    dataMissing,
    unexpectedDataValue,
    facilityNotSupported,
    unknownSubscriber,
    teleserviceNotProvisioned,
    absentSubscriberV2,
    callBarred,
  ],
  operationClass: 1,
  timerMs: timersMs.medium,
});
