/**
 * insertSubscriberData: the HLR gives a node what the subscription holds. 3GPP TS 29.002 §8.8.1, §17.6.1.
 * Versions before 3: ETSI ETS 300 599.
 */
import {
  bitString,
  boolean,
  enumerated,
  type Infer,
  implicit,
  integer,
  nullType,
  octetString,
  operation,
  optional,
  sequence,
  sequenceOf,
} from '../../asn1/index.ts';
import { dataMissing, unexpectedDataValue } from '../errors/generic.ts';
import { unidentifiedSubscriber } from '../errors/identification.ts';
import { timersMs } from '../timers.ts';
import { DiameterIdentity, Imsi, IsdnAddressString, PlmnId } from '../types/address.ts';
import { SsList } from '../types/basic-service.ts';
import { SupportedCamelPhases } from '../types/camel.ts';
import {
  OfferedCamel4CSIs,
  SgsnCamelSubscriptionInfo,
  VlrCamelSubscriptionInfo,
} from '../types/camel-subscription.ts';
import {
  AgeIndicator,
  ExtSupportedFeatures,
  RegionalSubscriptionResponse,
  SupportedFeatures,
} from '../types/capability.ts';
import {
  CsgSubscriptionData,
  CsgSubscriptionDataList,
  EpsSubscriptionData,
} from '../types/eps-subscription.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { LCSInformation } from '../types/lcs-subscription.ts';
import { UsedRatType } from '../types/location.ts';
import { ChargingCharacteristics, GPRSSubscriptionData } from '../types/pdp-context.ts';
import { NaeaPreferredCI } from '../types/signal.ts';
import {
  BearerServiceList,
  Category,
  ExtSsInfoList,
  LSAInformation,
  McSsInfo,
  OdbData,
  OdbGeneralData,
  SubscriberStatus,
  TeleserviceList,
  VBSDataList,
  VGCSDataList,
  ZoneCodeList,
} from '../types/subscriber-data.ts';
import { BearerServiceListV2, SsInfoListV2, TeleserviceListV2 } from '../types/subscriber-data-v2.ts';
import { UeUsageType } from './send-authentication-info.ts';

export const NetworkAccessMode = enumerated({ packetAndCircuit: 0, onlyCircuit: 1, onlyPacket: 2 });
export type NetworkAccessMode = Infer<typeof NetworkAccessMode>;

export const IstAlertTimerValue = integer({ min: 15, max: 255 });
export type IstAlertTimerValue = Infer<typeof IstAlertTimerValue>;

export const CsAllocationRetentionPriority = octetString({ min: 1, max: 1 });
export type CsAllocationRetentionPriority = Infer<typeof CsAllocationRetentionPriority>;

export const AccessRestrictionData = bitString(
  { min: 2, max: 8 },
  {
    utranNotAllowed: 0,
    geranNotAllowed: 1,
    ganNotAllowed: 2,
    'i-hspa-evolutionNotAllowed': 3,
    'wb-e-utranNotAllowed': 4,
    'ho-toNon3GPP-AccessNotAllowed': 5,
    'nb-iotNotAllowed': 6,
    enhancedCoverageNotAllowed: 7,
  },
);
export type AccessRestrictionData = Infer<typeof AccessRestrictionData>;

export const SubscribedPeriodicRAUTAUtimer = integer({ min: 0, max: 4294967295 });
export type SubscribedPeriodicRAUTAUtimer = Infer<typeof SubscribedPeriodicRAUTAUtimer>;

export const SubscribedPeriodicLAUtimer = integer({ min: 0, max: 4294967295 });
export type SubscribedPeriodicLAUtimer = Infer<typeof SubscribedPeriodicLAUtimer>;

export const VplmnCsgSubscriptionDataList = sequenceOf(CsgSubscriptionData, { min: 1, max: 50 });
export type VplmnCsgSubscriptionDataList = Infer<typeof VplmnCsgSubscriptionDataList>;

export const ExtAccessRestrictionData = bitString(
  { min: 1, max: 32 },
  { nrAsSecondaryRATNotAllowed: 0, unlicensedSpectrumAsSecondaryRATNotAllowed: 1 },
);
export type ExtAccessRestrictionData = Infer<typeof ExtAccessRestrictionData>;

export const AdjacentAccessRestrictionData = sequence({
  plmnId: implicit(0, PlmnId),
  accessRestrictionData: implicit(1, AccessRestrictionData),
  'ext-AccessRestrictionData': optional(implicit(2, ExtAccessRestrictionData)),
});
export type AdjacentAccessRestrictionData = Infer<typeof AdjacentAccessRestrictionData>;

export const AdjacentAccessRestrictionDataList = sequenceOf(AdjacentAccessRestrictionData, {
  min: 1,
  max: 50,
});
export type AdjacentAccessRestrictionDataList = Infer<typeof AdjacentAccessRestrictionDataList>;

export const GroupServiceId = integer({ min: 0, max: 4294967295 });
export type GroupServiceId = Infer<typeof GroupServiceId>;

export const LocalGroupID = octetString({ min: 1, max: 10 });
export type LocalGroupID = Infer<typeof LocalGroupID>;

export const ImsiGroupId = sequence({
  'group-Service-Id': implicit(0, GroupServiceId),
  plmnId: implicit(1, PlmnId),
  'local-Group-ID': implicit(2, LocalGroupID),
});
export type ImsiGroupId = Infer<typeof ImsiGroupId>;

export const ImsiGroupIdList = sequenceOf(ImsiGroupId, { min: 1, max: 50 });
export type ImsiGroupIdList = Infer<typeof ImsiGroupIdList>;

export const DlBufferingSuggestedPacketCount = integer({ min: -1, max: 2147483647 });
export type DlBufferingSuggestedPacketCount = Infer<typeof DlBufferingSuggestedPacketCount>;

export const ResetId = octetString({ min: 1, max: 4 });
export type ResetId = Infer<typeof ResetId>;

export const ResetIdList = sequenceOf(ResetId, { min: 1, max: 50 });
export type ResetIdList = Infer<typeof ResetIdList>;

export const EdrxCycleLengthValue = octetString({ min: 1, max: 1 });
export type EdrxCycleLengthValue = Infer<typeof EdrxCycleLengthValue>;

export const EdrxCycleLength = sequence({
  'rat-Type': implicit(0, UsedRatType),
  'eDRX-Cycle-Length-Value': implicit(1, EdrxCycleLengthValue),
});
export type EdrxCycleLength = Infer<typeof EdrxCycleLength>;

export const EdrxCycleLengthList = sequenceOf(EdrxCycleLength, { min: 1, max: 8 });
export type EdrxCycleLengthList = Infer<typeof EdrxCycleLengthList>;

export const InsertSubscriberDataArg = sequence({
  imsi: optional(implicit(0, Imsi)),
  msisdn: optional(implicit(1, IsdnAddressString)),
  category: optional(implicit(2, Category)),
  subscriberStatus: optional(implicit(3, SubscriberStatus)),
  bearerServiceList: optional(implicit(4, BearerServiceList)),
  teleserviceList: optional(implicit(6, TeleserviceList)),
  provisionedSS: optional(implicit(7, ExtSsInfoList)),
  'odb-Data': optional(implicit(8, OdbData)),
  roamingRestrictionDueToUnsupportedFeature: optional(implicit(9, nullType)),
  regionalSubscriptionData: optional(implicit(10, ZoneCodeList)),
  vbsSubscriptionData: optional(implicit(11, VBSDataList)),
  vgcsSubscriptionData: optional(implicit(12, VGCSDataList)),
  vlrCamelSubscriptionInfo: optional(implicit(13, VlrCamelSubscriptionInfo)),
  extensionContainer: optional(implicit(14, ExtensionContainer)),
  'naea-PreferredCI': optional(implicit(15, NaeaPreferredCI)),
  gprsSubscriptionData: optional(implicit(16, GPRSSubscriptionData)),
  roamingRestrictedInSgsnDueToUnsupportedFeature: optional(implicit(23, nullType)),
  networkAccessMode: optional(implicit(24, NetworkAccessMode)),
  lsaInformation: optional(implicit(25, LSAInformation)),
  'lmu-Indicator': optional(implicit(21, nullType)),
  lcsInformation: optional(implicit(22, LCSInformation)),
  istAlertTimer: optional(implicit(26, IstAlertTimerValue)),
  superChargerSupportedInHLR: optional(implicit(27, AgeIndicator)),
  'mc-SS-Info': optional(implicit(28, McSsInfo)),
  'cs-AllocationRetentionPriority': optional(implicit(29, CsAllocationRetentionPriority)),
  'sgsn-CAMEL-SubscriptionInfo': optional(implicit(17, SgsnCamelSubscriptionInfo)),
  chargingCharacteristics: optional(implicit(18, ChargingCharacteristics)),
  accessRestrictionData: optional(implicit(19, AccessRestrictionData)),
  'ics-Indicator': optional(implicit(20, boolean)),
  'eps-SubscriptionData': optional(implicit(31, EpsSubscriptionData)),
  'csg-SubscriptionDataList': optional(implicit(32, CsgSubscriptionDataList)),
  'ue-ReachabilityRequestIndicator': optional(implicit(33, nullType)),
  'sgsn-Number': optional(implicit(34, IsdnAddressString)),
  'mme-Name': optional(implicit(35, DiameterIdentity)),
  subscribedPeriodicRAUTAUtimer: optional(implicit(36, SubscribedPeriodicRAUTAUtimer)),
  vplmnLIPAAllowed: optional(implicit(37, nullType)),
  mdtUserConsent: optional(implicit(38, boolean)),
  subscribedPeriodicLAUtimer: optional(implicit(39, SubscribedPeriodicLAUtimer)),
  'vplmn-Csg-SubscriptionDataList': optional(implicit(40, VplmnCsgSubscriptionDataList)),
  additionalMSISDN: optional(implicit(41, IsdnAddressString)),
  'psAndSMS-OnlyServiceProvision': optional(implicit(42, nullType)),
  smsInSGSNAllowed: optional(implicit(43, nullType)),
  'cs-to-ps-SRVCC-Allowed-Indicator': optional(implicit(44, nullType)),
  'pcscf-Restoration-Request': optional(implicit(45, nullType)),
  adjacentAccessRestrictionDataList: optional(implicit(46, AdjacentAccessRestrictionDataList)),
  'imsi-Group-Id-List': optional(implicit(47, ImsiGroupIdList)),
  ueUsageType: optional(implicit(48, UeUsageType)),
  userPlaneIntegrityProtectionIndicator: optional(implicit(49, nullType)),
  'dl-Buffering-Suggested-Packet-Count': optional(implicit(50, DlBufferingSuggestedPacketCount)),
  'reset-Id-List': optional(implicit(51, ResetIdList)),
  'eDRX-Cycle-Length-List': optional(implicit(52, EdrxCycleLengthList)),
  'ext-AccessRestrictionData': optional(implicit(53, ExtAccessRestrictionData)),
  'iab-Operation-Allowed-Indicator': optional(implicit(54, nullType)),
});
export type InsertSubscriberDataArg = Infer<typeof InsertSubscriberDataArg>;

export const InsertSubscriberDataRes = sequence({
  teleserviceList: optional(implicit(1, TeleserviceList)),
  bearerServiceList: optional(implicit(2, BearerServiceList)),
  'ss-List': optional(implicit(3, SsList)),
  'odb-GeneralData': optional(implicit(4, OdbGeneralData)),
  regionalSubscriptionResponse: optional(implicit(5, RegionalSubscriptionResponse)),
  supportedCamelPhases: optional(implicit(6, SupportedCamelPhases)),
  extensionContainer: optional(implicit(7, ExtensionContainer)),
  offeredCamel4CSIs: optional(implicit(8, OfferedCamel4CSIs)),
  supportedFeatures: optional(implicit(9, SupportedFeatures)),
  'ext-SupportedFeatures': optional(implicit(10, ExtSupportedFeatures)),
});
export type InsertSubscriberDataRes = Infer<typeof InsertSubscriberDataRes>;

export const OdbGeneralDataV2 = bitString(
  { min: 6, max: 6 },
  {
    'allOG-CallsBarred': 0,
    internationalOGCallsBarred: 1,
    'internationalOGCallsNotToHPLMN-CountryBarred': 2,
    premiumRateInformationOGCallsBarred: 3,
    premiumRateEntertainementOGCallsBarred: 4,
    'ss-AccessBarred': 5,
  },
);
export type OdbGeneralDataV2 = Infer<typeof OdbGeneralDataV2>;

export const OdbHplmnDataV2 = bitString(
  { min: 4, max: 4 },
  {
    'plmn-SpecificBarringType1': 0,
    'plmn-SpecificBarringType2': 1,
    'plmn-SpecificBarringType3': 2,
    'plmn-SpecificBarringType4': 3,
  },
);
export type OdbHplmnDataV2 = Infer<typeof OdbHplmnDataV2>;

export const OdbDataV2 = sequence({
  'odb-GeneralData': OdbGeneralDataV2,
  'odb-HPLMN-Data': optional(OdbHplmnDataV2),
});
export type OdbDataV2 = Infer<typeof OdbDataV2>;

export const InsertSubscriberDataArgV2 = sequence({
  imsi: optional(implicit(0, Imsi)),
  msisdn: optional(implicit(1, IsdnAddressString)),
  category: optional(implicit(2, Category)),
  subscriberStatus: optional(implicit(3, SubscriberStatus)),
  bearerServiceList: optional(implicit(4, BearerServiceListV2)),
  teleserviceList: optional(implicit(6, TeleserviceListV2)),
  provisionedSS: optional(implicit(7, SsInfoListV2)),
  'odb-Data': optional(implicit(8, OdbDataV2)),
  roamingRestrictionDueToUnsupportedFeature: optional(implicit(9, nullType)),
  regionalSubscriptionData: optional(implicit(10, ZoneCodeList)),
});
export type InsertSubscriberDataArgV2 = Infer<typeof InsertSubscriberDataArgV2>;

export const RegionalSubscriptionResponseV2 = enumerated({
  'msc-AreaRestricted': 0,
  tooManyZoneCodes: 1,
  zoneCodesConflict: 2,
  regionalSubscNotSupported: 3,
});
export type RegionalSubscriptionResponseV2 = Infer<typeof RegionalSubscriptionResponseV2>;

export const InsertSubscriberDataResV2 = sequence({
  teleserviceList: optional(implicit(1, TeleserviceListV2)),
  bearerServiceList: optional(implicit(2, BearerServiceListV2)),
  'ss-List': optional(implicit(3, SsList)),
  'odb-GeneralData': optional(implicit(4, OdbGeneralDataV2)),
  regionalSubscriptionResponse: optional(implicit(5, RegionalSubscriptionResponseV2)),
});
export type InsertSubscriberDataResV2 = Infer<typeof InsertSubscriberDataResV2>;

/** Version 3. */
export const insertSubscriberData = operation({
  name: 'insertSubscriberData',
  code: 7,
  argument: InsertSubscriberDataArg,
  result: InsertSubscriberDataRes,
  errors: [dataMissing, unexpectedDataValue, unidentifiedSubscriber],
  operationClass: 1,
  timerMs: timersMs.medium,
});

/** Version 2. */
export const insertSubscriberDataV2 = operation({
  name: 'insertSubscriberData',
  code: 7,
  argument: InsertSubscriberDataArgV2,
  result: InsertSubscriberDataResV2,
  errors: [dataMissing, unexpectedDataValue, unidentifiedSubscriber],
  operationClass: 1,
  timerMs: timersMs.medium,
});

/** Version 1: the result has no parameter. */
export const insertSubscriberDataV1 = operation({
  name: 'insertSubscriberData',
  code: 7,
  argument: InsertSubscriberDataArgV2,
  errors: [dataMissing, unexpectedDataValue, unidentifiedSubscriber],
  operationClass: 1,
  timerMs: timersMs.medium,
});
