/** CAMEL subscription information: 3GPP TS 29.002 §17.7.1. */
import {
  bitString,
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
import { IsdnAddressString } from './address.ts';
import { ExtBasicServiceCode, SsCode } from './basic-service.ts';
import { MmCode, ServiceKey } from './camel.ts';
import { ExtensionContainer } from './extension.ts';

export const OBcsmTriggerDetectionPoint = enumerated({ collectedInfo: 2, routeSelectFailure: 4 });
export type OBcsmTriggerDetectionPoint = Infer<typeof OBcsmTriggerDetectionPoint>;

export const DefaultCallHandling = enumerated({ continueCall: 0, releaseCall: 1 });
export type DefaultCallHandling = Infer<typeof DefaultCallHandling>;

export const OBcsmCamelTDPData = sequence({
  'o-BcsmTriggerDetectionPoint': OBcsmTriggerDetectionPoint,
  serviceKey: ServiceKey,
  'gsmSCF-Address': implicit(0, IsdnAddressString),
  defaultCallHandling: implicit(1, DefaultCallHandling),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
});
export type OBcsmCamelTDPData = Infer<typeof OBcsmCamelTDPData>;

export const OBcsmCamelTDPDataList = sequenceOf(OBcsmCamelTDPData, { min: 1, max: 10 });
export type OBcsmCamelTDPDataList = Infer<typeof OBcsmCamelTDPDataList>;

export const CamelCapabilityHandling = integer({ min: 1, max: 16 });
export type CamelCapabilityHandling = Infer<typeof CamelCapabilityHandling>;

export const OCsi = sequence({
  'o-BcsmCamelTDPDataList': OBcsmCamelTDPDataList,
  extensionContainer: optional(ExtensionContainer),
  camelCapabilityHandling: optional(implicit(0, CamelCapabilityHandling)),
  notificationToCSE: optional(implicit(1, nullType)),
  csiActive: optional(implicit(2, nullType)),
});
export type OCsi = Infer<typeof OCsi>;

export const SsEventList = sequenceOf(SsCode, { min: 1, max: 10 });
export type SsEventList = Infer<typeof SsEventList>;

export const SsCamelData = sequence({
  'ss-EventList': SsEventList,
  'gsmSCF-Address': IsdnAddressString,
  extensionContainer: optional(implicit(0, ExtensionContainer)),
});
export type SsCamelData = Infer<typeof SsCamelData>;

export const SsCsi = sequence({
  'ss-CamelData': SsCamelData,
  extensionContainer: optional(ExtensionContainer),
  notificationToCSE: optional(implicit(0, nullType)),
  'csi-Active': optional(implicit(1, nullType)),
});
export type SsCsi = Infer<typeof SsCsi>;

export const MatchType = enumerated({ inhibiting: 0, enabling: 1 });
export type MatchType = Infer<typeof MatchType>;

export const DestinationNumberList = sequenceOf(IsdnAddressString, { min: 1, max: 10 });
export type DestinationNumberList = Infer<typeof DestinationNumberList>;

export const DestinationNumberLengthList = sequenceOf(integer({ min: 1, max: 15 }), { min: 1, max: 3 });
export type DestinationNumberLengthList = Infer<typeof DestinationNumberLengthList>;

export const DestinationNumberCriteria = sequence({
  matchType: implicit(0, MatchType),
  destinationNumberList: optional(implicit(1, DestinationNumberList)),
  destinationNumberLengthList: optional(implicit(2, DestinationNumberLengthList)),
});
export type DestinationNumberCriteria = Infer<typeof DestinationNumberCriteria>;

export const BasicServiceCriteria = sequenceOf(ExtBasicServiceCode, { min: 1, max: 5 });
export type BasicServiceCriteria = Infer<typeof BasicServiceCriteria>;

export const CallTypeCriteria = enumerated({ forwarded: 0, notForwarded: 1 });
export type CallTypeCriteria = Infer<typeof CallTypeCriteria>;

export const CauseValue = octetString({ min: 1, max: 1 });
export type CauseValue = Infer<typeof CauseValue>;

export const OCauseValueCriteria = sequenceOf(CauseValue, { min: 1, max: 5 });
export type OCauseValueCriteria = Infer<typeof OCauseValueCriteria>;

export const OBcsmCamelTDPCriteria = sequence({
  'o-BcsmTriggerDetectionPoint': OBcsmTriggerDetectionPoint,
  destinationNumberCriteria: optional(implicit(0, DestinationNumberCriteria)),
  basicServiceCriteria: optional(implicit(1, BasicServiceCriteria)),
  callTypeCriteria: optional(implicit(2, CallTypeCriteria)),
  'o-CauseValueCriteria': optional(implicit(3, OCauseValueCriteria)),
  extensionContainer: optional(implicit(4, ExtensionContainer)),
});
export type OBcsmCamelTDPCriteria = Infer<typeof OBcsmCamelTDPCriteria>;

export const OBcsmCamelTDPCriteriaList = sequenceOf(OBcsmCamelTDPCriteria, { min: 1, max: 10 });
export type OBcsmCamelTDPCriteriaList = Infer<typeof OBcsmCamelTDPCriteriaList>;

export const MobilityTriggers = sequenceOf(MmCode, { min: 1, max: 10 });
export type MobilityTriggers = Infer<typeof MobilityTriggers>;

export const MCsi = sequence({
  mobilityTriggers: MobilityTriggers,
  serviceKey: ServiceKey,
  'gsmSCF-Address': implicit(0, IsdnAddressString),
  extensionContainer: optional(implicit(1, ExtensionContainer)),
  notificationToCSE: optional(implicit(2, nullType)),
  'csi-Active': optional(implicit(3, nullType)),
});
export type MCsi = Infer<typeof MCsi>;

export const SmsTriggerDetectionPoint = enumerated({ 'sms-CollectedInfo': 1, 'sms-DeliveryRequest': 2 });
export type SmsTriggerDetectionPoint = Infer<typeof SmsTriggerDetectionPoint>;

export const DefaultSMSHandling = enumerated({ continueTransaction: 0, releaseTransaction: 1 });
export type DefaultSMSHandling = Infer<typeof DefaultSMSHandling>;

export const SmsCamelTdpData = sequence({
  'sms-TriggerDetectionPoint': implicit(0, SmsTriggerDetectionPoint),
  serviceKey: implicit(1, ServiceKey),
  'gsmSCF-Address': implicit(2, IsdnAddressString),
  'defaultSMS-Handling': implicit(3, DefaultSMSHandling),
  extensionContainer: optional(implicit(4, ExtensionContainer)),
});
export type SmsCamelTdpData = Infer<typeof SmsCamelTdpData>;

export const SmsCamelTdpDataList = sequenceOf(SmsCamelTdpData, { min: 1, max: 10 });
export type SmsCamelTdpDataList = Infer<typeof SmsCamelTdpDataList>;

export const SmsCsi = sequence({
  'sms-CAMEL-TDP-DataList': optional(implicit(0, SmsCamelTdpDataList)),
  camelCapabilityHandling: optional(implicit(1, CamelCapabilityHandling)),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
  notificationToCSE: optional(implicit(3, nullType)),
  'csi-Active': optional(implicit(4, nullType)),
});
export type SmsCsi = Infer<typeof SmsCsi>;

export const TBcsmTriggerDetectionPoint = enumerated({ termAttemptAuthorized: 12, tBusy: 13, tNoAnswer: 14 });
export type TBcsmTriggerDetectionPoint = Infer<typeof TBcsmTriggerDetectionPoint>;

export const TBcsmCamelTDPData = sequence({
  't-BcsmTriggerDetectionPoint': TBcsmTriggerDetectionPoint,
  serviceKey: ServiceKey,
  'gsmSCF-Address': implicit(0, IsdnAddressString),
  defaultCallHandling: implicit(1, DefaultCallHandling),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
});
export type TBcsmCamelTDPData = Infer<typeof TBcsmCamelTDPData>;

export const TBcsmCamelTDPDataList = sequenceOf(TBcsmCamelTDPData, { min: 1, max: 10 });
export type TBcsmCamelTDPDataList = Infer<typeof TBcsmCamelTDPDataList>;

export const TCsi = sequence({
  't-BcsmCamelTDPDataList': TBcsmCamelTDPDataList,
  extensionContainer: optional(ExtensionContainer),
  camelCapabilityHandling: optional(implicit(0, CamelCapabilityHandling)),
  notificationToCSE: optional(implicit(1, nullType)),
  'csi-Active': optional(implicit(2, nullType)),
});
export type TCsi = Infer<typeof TCsi>;

export const TCauseValueCriteria = sequenceOf(CauseValue, { min: 1, max: 5 });
export type TCauseValueCriteria = Infer<typeof TCauseValueCriteria>;

export const TBcsmCamelTdpCriteria = sequence({
  't-BCSM-TriggerDetectionPoint': TBcsmTriggerDetectionPoint,
  basicServiceCriteria: optional(implicit(0, BasicServiceCriteria)),
  't-CauseValueCriteria': optional(implicit(1, TCauseValueCriteria)),
});
export type TBcsmCamelTdpCriteria = Infer<typeof TBcsmCamelTdpCriteria>;

export const TBcsmCamelTdpCriteriaList = sequenceOf(TBcsmCamelTdpCriteria, { min: 1, max: 10 });
export type TBcsmCamelTdpCriteriaList = Infer<typeof TBcsmCamelTdpCriteriaList>;

export const DpAnalysedInfoCriterium = sequence({
  dialledNumber: IsdnAddressString,
  serviceKey: ServiceKey,
  'gsmSCF-Address': IsdnAddressString,
  defaultCallHandling: DefaultCallHandling,
  extensionContainer: optional(ExtensionContainer),
});
export type DpAnalysedInfoCriterium = Infer<typeof DpAnalysedInfoCriterium>;

export const DpAnalysedInfoCriteriaList = sequenceOf(DpAnalysedInfoCriterium, { min: 1, max: 10 });
export type DpAnalysedInfoCriteriaList = Infer<typeof DpAnalysedInfoCriteriaList>;

export const DCsi = sequence({
  'dp-AnalysedInfoCriteriaList': optional(implicit(0, DpAnalysedInfoCriteriaList)),
  camelCapabilityHandling: optional(implicit(1, CamelCapabilityHandling)),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
  notificationToCSE: optional(implicit(3, nullType)),
  'csi-Active': optional(implicit(4, nullType)),
});
export type DCsi = Infer<typeof DCsi>;

export const MtSmsTpduType = enumerated({ 'sms-DELIVER': 0, 'sms-SUBMIT-REPORT': 1, 'sms-STATUS-REPORT': 2 });
export type MtSmsTpduType = Infer<typeof MtSmsTpduType>;

export const TpduTypeCriterion = sequenceOf(MtSmsTpduType, { min: 1, max: 5 });
export type TpduTypeCriterion = Infer<typeof TpduTypeCriterion>;

export const MtSmsCAMELTDPCriteria = sequence({
  'sms-TriggerDetectionPoint': SmsTriggerDetectionPoint,
  'tpdu-TypeCriterion': optional(implicit(0, TpduTypeCriterion)),
});
export type MtSmsCAMELTDPCriteria = Infer<typeof MtSmsCAMELTDPCriteria>;

export const MtSmsCAMELTDPCriteriaList = sequenceOf(MtSmsCAMELTDPCriteria, { min: 1, max: 10 });
export type MtSmsCAMELTDPCriteriaList = Infer<typeof MtSmsCAMELTDPCriteriaList>;

export const VlrCamelSubscriptionInfo = sequence({
  'o-CSI': optional(implicit(0, OCsi)),
  extensionContainer: optional(implicit(1, ExtensionContainer)),
  'ss-CSI': optional(implicit(2, SsCsi)),
  'o-BcsmCamelTDP-CriteriaList': optional(implicit(4, OBcsmCamelTDPCriteriaList)),
  'tif-CSI': optional(implicit(3, nullType)),
  'm-CSI': optional(implicit(5, MCsi)),
  'mo-sms-CSI': optional(implicit(6, SmsCsi)),
  'vt-CSI': optional(implicit(7, TCsi)),
  't-BCSM-CAMEL-TDP-CriteriaList': optional(implicit(8, TBcsmCamelTdpCriteriaList)),
  'd-CSI': optional(implicit(9, DCsi)),
  'mt-sms-CSI': optional(implicit(10, SmsCsi)),
  'mt-smsCAMELTDP-CriteriaList': optional(implicit(11, MtSmsCAMELTDPCriteriaList)),
});
export type VlrCamelSubscriptionInfo = Infer<typeof VlrCamelSubscriptionInfo>;

export const GprsTriggerDetectionPoint = enumerated({
  attach: 1,
  attachChangeOfPosition: 2,
  'pdp-ContextEstablishment': 11,
  'pdp-ContextEstablishmentAcknowledgement': 12,
  'pdp-ContextChangeOfPosition': 14,
});
export type GprsTriggerDetectionPoint = Infer<typeof GprsTriggerDetectionPoint>;

export const DefaultGPRSHandling = enumerated({ continueTransaction: 0, releaseTransaction: 1 });
export type DefaultGPRSHandling = Infer<typeof DefaultGPRSHandling>;

export const GprsCamelTDPData = sequence({
  'gprs-TriggerDetectionPoint': implicit(0, GprsTriggerDetectionPoint),
  serviceKey: implicit(1, ServiceKey),
  'gsmSCF-Address': implicit(2, IsdnAddressString),
  defaultSessionHandling: implicit(3, DefaultGPRSHandling),
  extensionContainer: optional(implicit(4, ExtensionContainer)),
});
export type GprsCamelTDPData = Infer<typeof GprsCamelTDPData>;

export const GprsCamelTDPDataList = sequenceOf(GprsCamelTDPData, { min: 1, max: 10 });
export type GprsCamelTDPDataList = Infer<typeof GprsCamelTDPDataList>;

export const GprsCsi = sequence({
  'gprs-CamelTDPDataList': optional(implicit(0, GprsCamelTDPDataList)),
  camelCapabilityHandling: optional(implicit(1, CamelCapabilityHandling)),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
  notificationToCSE: optional(implicit(3, nullType)),
  'csi-Active': optional(implicit(4, nullType)),
});
export type GprsCsi = Infer<typeof GprsCsi>;

export const MgCsi = sequence({
  mobilityTriggers: MobilityTriggers,
  serviceKey: ServiceKey,
  'gsmSCF-Address': implicit(0, IsdnAddressString),
  extensionContainer: optional(implicit(1, ExtensionContainer)),
  notificationToCSE: optional(implicit(2, nullType)),
  'csi-Active': optional(implicit(3, nullType)),
});
export type MgCsi = Infer<typeof MgCsi>;

export const SgsnCamelSubscriptionInfo = sequence({
  'gprs-CSI': optional(implicit(0, GprsCsi)),
  'mo-sms-CSI': optional(implicit(1, SmsCsi)),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
  'mt-sms-CSI': optional(implicit(3, SmsCsi)),
  'mt-smsCAMELTDP-CriteriaList': optional(implicit(4, MtSmsCAMELTDPCriteriaList)),
  'mg-csi': optional(implicit(5, MgCsi)),
});
export type SgsnCamelSubscriptionInfo = Infer<typeof SgsnCamelSubscriptionInfo>;

export const OfferedCamel4CSIs = bitString(
  { min: 7, max: 16 },
  { 'o-csi': 0, 'd-csi': 1, 'vt-csi': 2, 't-csi': 3, 'mt-sms-csi': 4, 'mg-csi': 5, 'psi-enhancements': 6 },
);
export type OfferedCamel4CSIs = Infer<typeof OfferedCamel4CSIs>;

export const GmscCamelSubscriptionInfo = sequence({
  't-CSI': optional(implicit(0, TCsi)),
  'o-CSI': optional(implicit(1, OCsi)),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
  'o-BcsmCamelTDP-CriteriaList': optional(implicit(3, OBcsmCamelTDPCriteriaList)),
  't-BCSM-CAMEL-TDP-CriteriaList': optional(implicit(4, TBcsmCamelTdpCriteriaList)),
  'd-csi': optional(implicit(5, DCsi)),
});
export type GmscCamelSubscriptionInfo = Infer<typeof GmscCamelSubscriptionInfo>;

export const SpecificCSIWithdraw = bitString(
  { min: 8, max: 32 },
  {
    'o-csi': 0,
    'ss-csi': 1,
    'tif-csi': 2,
    'd-csi': 3,
    'vt-csi': 4,
    'mo-sms-csi': 5,
    'm-csi': 6,
    'gprs-csi': 7,
    't-csi': 8,
    'mt-sms-csi': 9,
    'mg-csi': 10,
    'o-IM-CSI': 11,
    'd-IM-CSI': 12,
    'vt-IM-CSI': 13,
  },
);
export type SpecificCSIWithdraw = Infer<typeof SpecificCSIWithdraw>;
