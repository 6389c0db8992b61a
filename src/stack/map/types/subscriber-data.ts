/** What a subscription holds: 3GPP TS 29.002 §17.7.1. */
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
  sequenceOf,
} from '../../asn1/index.ts';
import { FtnAddressString, IsdnAddressString, IsdnSubaddressString } from './address.ts';
import {
  ExtBasicServiceCode,
  ExtBearerServiceCode,
  ExtSsStatus,
  ExtTeleserviceCode,
  SsCode,
} from './basic-service.ts';
import { CugIndex, CugInterlock } from './camel.ts';
import { ExtensionContainer } from './extension.ts';
import { LSAIdentity } from './location.ts';
import { SsSubscriptionOption } from './ss-option.ts';
import { EmlppPriority, MaxMCBearers, McBearers } from './supplementary-services.ts';

export const LSAOnlyAccessIndicator = enumerated({
  accessOutsideLSAsAllowed: 0,
  accessOutsideLSAsRestricted: 1,
});
export type LSAOnlyAccessIndicator = Infer<typeof LSAOnlyAccessIndicator>;

export const LSAAttributes = octetString({ min: 1, max: 1 });
export type LSAAttributes = Infer<typeof LSAAttributes>;

export const LSAData = sequence({
  lsaIdentity: implicit(0, LSAIdentity),
  lsaAttributes: implicit(1, LSAAttributes),
  lsaActiveModeIndicator: optional(implicit(2, nullType)),
  extensionContainer: optional(implicit(3, ExtensionContainer)),
});
export type LSAData = Infer<typeof LSAData>;

export const LSADataList = sequenceOf(LSAData, { min: 1, max: 20 });
export type LSADataList = Infer<typeof LSADataList>;

export const LSAInformation = sequence({
  completeDataListIncluded: optional(nullType),
  lsaOnlyAccessIndicator: optional(implicit(1, LSAOnlyAccessIndicator)),
  lsaDataList: optional(implicit(2, LSADataList)),
  extensionContainer: optional(implicit(3, ExtensionContainer)),
});
export type LSAInformation = Infer<typeof LSAInformation>;

export const OdbGeneralData = bitString(
  { min: 15, max: 32 },
  {
    'allOG-CallsBarred': 0,
    internationalOGCallsBarred: 1,
    'internationalOGCallsNotToHPLMN-CountryBarred': 2,
    interzonalOGCallsBarred: 6,
    'interzonalOGCallsNotToHPLMN-CountryBarred': 7,
    'interzonalOGCallsAndInternationalOGCallsNotToHPLMN-CountryBarred': 8,
    premiumRateInformationOGCallsBarred: 3,
    premiumRateEntertainementOGCallsBarred: 4,
    'ss-AccessBarred': 5,
    'allECT-Barred': 9,
    'chargeableECT-Barred': 10,
    'internationalECT-Barred': 11,
    'interzonalECT-Barred': 12,
    'doublyChargeableECT-Barred': 13,
    'multipleECT-Barred': 14,
    allPacketOrientedServicesBarred: 15,
    'roamerAccessToHPLMN-AP-Barred': 16,
    'roamerAccessToVPLMN-AP-Barred': 17,
    'roamingOutsidePLMNOG-CallsBarred': 18,
    'allIC-CallsBarred': 19,
    'roamingOutsidePLMNIC-CallsBarred': 20,
    'roamingOutsidePLMNICountryIC-CallsBarred': 21,
    'roamingOutsidePLMN-Barred': 22,
    'roamingOutsidePLMN-CountryBarred': 23,
    'registrationAllCF-Barred': 24,
    'registrationCFNotToHPLMN-Barred': 25,
    'registrationInterzonalCF-Barred': 26,
    'registrationInterzonalCFNotToHPLMN-Barred': 27,
    'registrationInternationalCF-Barred': 28,
  },
);
export type OdbGeneralData = Infer<typeof OdbGeneralData>;

export const OdbHplmnData = bitString(
  { min: 4, max: 32 },
  {
    'plmn-SpecificBarringType1': 0,
    'plmn-SpecificBarringType2': 1,
    'plmn-SpecificBarringType3': 2,
    'plmn-SpecificBarringType4': 3,
  },
);
export type OdbHplmnData = Infer<typeof OdbHplmnData>;

export const OdbData = sequence({
  'odb-GeneralData': OdbGeneralData,
  'odb-HPLMN-Data': optional(OdbHplmnData),
  extensionContainer: optional(ExtensionContainer),
});
export type OdbData = Infer<typeof OdbData>;

export const GroupId = octetString({ min: 3, max: 3 });
export type GroupId = Infer<typeof GroupId>;

export const LongGroupId = octetString({ min: 4, max: 4 });
export type LongGroupId = Infer<typeof LongGroupId>;

export const VoiceBroadcastData = sequence({
  groupid: GroupId,
  broadcastInitEntitlement: optional(nullType),
  extensionContainer: optional(ExtensionContainer),
  longGroupId: optional(implicit(0, LongGroupId)),
});
export type VoiceBroadcastData = Infer<typeof VoiceBroadcastData>;

export const VBSDataList = sequenceOf(VoiceBroadcastData, { min: 1, max: 50 });
export type VBSDataList = Infer<typeof VBSDataList>;

export const AdditionalSubscriptions = bitString(
  { min: 3, max: 8 },
  { privilegedUplinkRequest: 0, emergencyUplinkRequest: 1, emergencyReset: 2 },
);
export type AdditionalSubscriptions = Infer<typeof AdditionalSubscriptions>;

export const AdditionalInfo = bitString({ min: 1, max: 136 });
export type AdditionalInfo = Infer<typeof AdditionalInfo>;

export const VoiceGroupCallData = sequence({
  groupId: GroupId,
  extensionContainer: optional(ExtensionContainer),
  additionalSubscriptions: optional(AdditionalSubscriptions),
  additionalInfo: optional(implicit(0, AdditionalInfo)),
  longGroupId: optional(implicit(1, LongGroupId)),
});
export type VoiceGroupCallData = Infer<typeof VoiceGroupCallData>;

export const VGCSDataList = sequenceOf(VoiceGroupCallData, { min: 1, max: 50 });
export type VGCSDataList = Infer<typeof VGCSDataList>;

export const ZoneCode = octetString({ min: 2, max: 2 });
export type ZoneCode = Infer<typeof ZoneCode>;

export const ZoneCodeList = sequenceOf(ZoneCode, { min: 1, max: 10 });
export type ZoneCodeList = Infer<typeof ZoneCodeList>;

export const ExtForwOptions = octetString({ min: 1, max: 5 });
export type ExtForwOptions = Infer<typeof ExtForwOptions>;

export const ExtNoRepCondTime = integer({ min: 1, max: 100 });
export type ExtNoRepCondTime = Infer<typeof ExtNoRepCondTime>;

export const ExtForwFeature = sequence({
  basicService: optional(ExtBasicServiceCode),
  'ss-Status': implicit(4, ExtSsStatus),
  forwardedToNumber: optional(implicit(5, IsdnAddressString)),
  forwardedToSubaddress: optional(implicit(8, IsdnSubaddressString)),
  forwardingOptions: optional(implicit(6, ExtForwOptions)),
  noReplyConditionTime: optional(implicit(7, ExtNoRepCondTime)),
  extensionContainer: optional(implicit(9, ExtensionContainer)),
  longForwardedToNumber: optional(implicit(10, FtnAddressString)),
});
export type ExtForwFeature = Infer<typeof ExtForwFeature>;

export const ExtForwFeatureList = sequenceOf(ExtForwFeature, { min: 1, max: 32 });
export type ExtForwFeatureList = Infer<typeof ExtForwFeatureList>;

export const ExtForwInfo = sequence({
  'ss-Code': SsCode,
  forwardingFeatureList: ExtForwFeatureList,
  extensionContainer: optional(implicit(0, ExtensionContainer)),
});
export type ExtForwInfo = Infer<typeof ExtForwInfo>;

export const ExtCallBarringFeature = sequence({
  basicService: optional(ExtBasicServiceCode),
  'ss-Status': implicit(4, ExtSsStatus),
  extensionContainer: optional(ExtensionContainer),
});
export type ExtCallBarringFeature = Infer<typeof ExtCallBarringFeature>;

export const ExtCallBarFeatureList = sequenceOf(ExtCallBarringFeature, { min: 1, max: 32 });
export type ExtCallBarFeatureList = Infer<typeof ExtCallBarFeatureList>;

export const ExtCallBarInfo = sequence({
  'ss-Code': SsCode,
  callBarringFeatureList: ExtCallBarFeatureList,
  extensionContainer: optional(ExtensionContainer),
});
export type ExtCallBarInfo = Infer<typeof ExtCallBarInfo>;

export const IntraCUGOptions = enumerated({
  'noCUG-Restrictions': 0,
  'cugIC-CallBarred': 1,
  'cugOG-CallBarred': 2,
});
export type IntraCUGOptions = Infer<typeof IntraCUGOptions>;

export const ExtBasicServiceGroupList = sequenceOf(ExtBasicServiceCode, { min: 1, max: 32 });
export type ExtBasicServiceGroupList = Infer<typeof ExtBasicServiceGroupList>;

export const CugSubscription = sequence({
  'cug-Index': CugIndex,
  'cug-Interlock': CugInterlock,
  'intraCUG-Options': IntraCUGOptions,
  basicServiceGroupList: optional(ExtBasicServiceGroupList),
  extensionContainer: optional(implicit(0, ExtensionContainer)),
});
export type CugSubscription = Infer<typeof CugSubscription>;

export const CugSubscriptionList = sequenceOf(CugSubscription, { min: 0, max: 10 });
export type CugSubscriptionList = Infer<typeof CugSubscriptionList>;

export const InterCUGRestrictions = octetString({ min: 1, max: 1 });
export type InterCUGRestrictions = Infer<typeof InterCUGRestrictions>;

export const CugFeature = sequence({
  basicService: optional(ExtBasicServiceCode),
  'preferentialCUG-Indicator': optional(CugIndex),
  'interCUG-Restrictions': InterCUGRestrictions,
  extensionContainer: optional(ExtensionContainer),
});
export type CugFeature = Infer<typeof CugFeature>;

export const CugFeatureList = sequenceOf(CugFeature, { min: 1, max: 32 });
export type CugFeatureList = Infer<typeof CugFeatureList>;

export const CugInfo = sequence({
  'cug-SubscriptionList': CugSubscriptionList,
  'cug-FeatureList': optional(CugFeatureList),
  extensionContainer: optional(implicit(0, ExtensionContainer)),
});
export type CugInfo = Infer<typeof CugInfo>;

export const ExtSsData = sequence({
  'ss-Code': SsCode,
  'ss-Status': implicit(4, ExtSsStatus),
  'ss-SubscriptionOption': optional(SsSubscriptionOption),
  basicServiceGroupList: optional(ExtBasicServiceGroupList),
  extensionContainer: optional(implicit(5, ExtensionContainer)),
});
export type ExtSsData = Infer<typeof ExtSsData>;

export const EmlppInfo = sequence({
  maximumentitledPriority: EmlppPriority,
  defaultPriority: EmlppPriority,
  extensionContainer: optional(ExtensionContainer),
});
export type EmlppInfo = Infer<typeof EmlppInfo>;

export const ExtSsInfo = choice({
  forwardingInfo: implicit(0, ExtForwInfo),
  callBarringInfo: implicit(1, ExtCallBarInfo),
  'cug-Info': implicit(2, CugInfo),
  'ss-Data': implicit(3, ExtSsData),
  'emlpp-Info': implicit(4, EmlppInfo),
});
export type ExtSsInfo = Infer<typeof ExtSsInfo>;

export const ExtSsInfoList = sequenceOf(ExtSsInfo, { min: 1, max: 30 });
export type ExtSsInfoList = Infer<typeof ExtSsInfoList>;

export const BearerServiceList = sequenceOf(ExtBearerServiceCode, { min: 1, max: 50 });
export type BearerServiceList = Infer<typeof BearerServiceList>;

export const TeleserviceList = sequenceOf(ExtTeleserviceCode, { min: 1, max: 20 });
export type TeleserviceList = Infer<typeof TeleserviceList>;

export const Category = octetString({ min: 1, max: 1 });
export type Category = Infer<typeof Category>;

export const SubscriberStatus = enumerated({ serviceGranted: 0, operatorDeterminedBarring: 1 });
export type SubscriberStatus = Infer<typeof SubscriberStatus>;

export const McSsInfo = sequence({
  'ss-Code': implicit(0, SsCode),
  'ss-Status': implicit(1, ExtSsStatus),
  nbrSB: implicit(2, MaxMCBearers),
  nbrUser: implicit(3, McBearers),
  extensionContainer: optional(implicit(4, ExtensionContainer)),
});
export type McSsInfo = Infer<typeof McSsInfo>;
