/** What a gsmSCF asks for, gets and changes of a subscription: 3GPP TS 29.002 §17.7.1. */
import {
  choice,
  enumerated,
  explicit,
  type Infer,
  implicit,
  integer,
  nullType,
  optional,
  sequence,
  sequenceOf,
} from '../../asn1/index.ts';
import { IsdnAddressString } from './address.ts';
import { BasicServiceList, ExtBasicServiceCode, ExtSsStatus, SsCode } from './basic-service.ts';
import {
  DCsi,
  GprsCsi,
  MCsi,
  MgCsi,
  MtSmsCAMELTDPCriteriaList,
  OBcsmCamelTDPCriteriaList,
  OCsi,
  SmsCsi,
  SpecificCSIWithdraw,
  SsCsi,
  TBcsmCamelTdpCriteriaList,
  TCsi,
} from './camel-subscription.ts';
import { ExtensionContainer } from './extension.ts';
import { CliRestrictionOption, OverrideCategory } from './ss-option.ts';
import { ExtCallBarFeatureList, ExtForwFeatureList, OdbData } from './subscriber-data.ts';
import { Password } from './supplementary-services.ts';

export const RequestedCAMELSubscriptionInfo = enumerated({
  'o-CSI': 0,
  't-CSI': 1,
  'vt-CSI': 2,
  'tif-CSI': 3,
  'gprs-CSI': 4,
  'mo-sms-CSI': 5,
  'ss-CSI': 6,
  'm-CSI': 7,
  'd-csi': 8,
});
export type RequestedCAMELSubscriptionInfo = Infer<typeof RequestedCAMELSubscriptionInfo>;

export const AdditionalRequestedCAMELSubscriptionInfo = enumerated({
  'mt-sms-CSI': 0,
  'mg-csi': 1,
  'o-IM-CSI': 2,
  'd-IM-CSI': 3,
  'vt-IM-CSI': 4,
});
export type AdditionalRequestedCAMELSubscriptionInfo = Infer<typeof AdditionalRequestedCAMELSubscriptionInfo>;

export const CallForwardingData = sequence({
  forwardingFeatureList: ExtForwFeatureList,
  notificationToCSE: optional(nullType),
  extensionContainer: optional(implicit(0, ExtensionContainer)),
});
export type CallForwardingData = Infer<typeof CallForwardingData>;

export const WrongPasswordAttemptsCounter = integer({ min: 0, max: 4 });
export type WrongPasswordAttemptsCounter = Infer<typeof WrongPasswordAttemptsCounter>;

/** The container is a SEQUENCE as the list is, and stands behind it. */
export const CallBarringData = sequence({
  callBarringFeatureList: ExtCallBarFeatureList,
  password: optional(Password),
  wrongPasswordAttemptsCounter: optional(WrongPasswordAttemptsCounter),
  notificationToCSE: optional(nullType),
  extensionContainer: optional(ExtensionContainer),
});
export type CallBarringData = Infer<typeof CallBarringData>;

export const OdbInfo = sequence({
  'odb-Data': OdbData,
  notificationToCSE: optional(nullType),
  extensionContainer: optional(ExtensionContainer),
});
export type OdbInfo = Infer<typeof OdbInfo>;

export const CamelSubscriptionInfo = sequence({
  'o-CSI': optional(implicit(0, OCsi)),
  'o-BcsmCamelTDP-CriteriaList': optional(implicit(1, OBcsmCamelTDPCriteriaList)),
  'd-CSI': optional(implicit(2, DCsi)),
  't-CSI': optional(implicit(3, TCsi)),
  't-BCSM-CAMEL-TDP-CriteriaList': optional(implicit(4, TBcsmCamelTdpCriteriaList)),
  'vt-CSI': optional(implicit(5, TCsi)),
  'vt-BCSM-CAMEL-TDP-CriteriaList': optional(implicit(6, TBcsmCamelTdpCriteriaList)),
  'tif-CSI': optional(implicit(7, nullType)),
  'tif-CSI-NotificationToCSE': optional(implicit(8, nullType)),
  'gprs-CSI': optional(implicit(9, GprsCsi)),
  'mo-sms-CSI': optional(implicit(10, SmsCsi)),
  'ss-CSI': optional(implicit(11, SsCsi)),
  'm-CSI': optional(implicit(12, MCsi)),
  extensionContainer: optional(implicit(13, ExtensionContainer)),
  specificCSIDeletedList: optional(implicit(14, SpecificCSIWithdraw)),
  'mt-sms-CSI': optional(implicit(15, SmsCsi)),
  'mt-smsCAMELTDP-CriteriaList': optional(implicit(16, MtSmsCAMELTDPCriteriaList)),
  'mg-csi': optional(implicit(17, MgCsi)),
  'o-IM-CSI': optional(implicit(18, OCsi)),
  'o-IM-BcsmCamelTDP-CriteriaList': optional(implicit(19, OBcsmCamelTDPCriteriaList)),
  'd-IM-CSI': optional(implicit(20, DCsi)),
  'vt-IM-CSI': optional(implicit(21, TCsi)),
  'vt-IM-BCSM-CAMEL-TDP-CriteriaList': optional(implicit(22, TBcsmCamelTdpCriteriaList)),
});
export type CamelSubscriptionInfo = Infer<typeof CamelSubscriptionInfo>;

export const MsisdnBS = sequence({
  msisdn: IsdnAddressString,
  basicServiceList: optional(implicit(0, BasicServiceList)),
  extensionContainer: optional(implicit(1, ExtensionContainer)),
});
export type MsisdnBS = Infer<typeof MsisdnBS>;

export const MsisdnBSList = sequenceOf(MsisdnBS, { min: 1, max: 50 });
export type MsisdnBSList = Infer<typeof MsisdnBSList>;

export const ExtCwFeature = sequence({
  basicService: explicit(1, ExtBasicServiceCode),
  'ss-Status': implicit(2, ExtSsStatus),
});
export type ExtCwFeature = Infer<typeof ExtCwFeature>;

export const ExtCwFeatureList = sequenceOf(ExtCwFeature, { min: 1, max: 32 });
export type ExtCwFeatureList = Infer<typeof ExtCwFeatureList>;

export const CallWaitingData = sequence({
  cwFeatureList: implicit(1, ExtCwFeatureList),
  notificationToCSE: optional(implicit(2, nullType)),
});
export type CallWaitingData = Infer<typeof CallWaitingData>;

export const CallHoldData = sequence({
  'ss-Status': implicit(1, ExtSsStatus),
  notificationToCSE: optional(implicit(2, nullType)),
});
export type CallHoldData = Infer<typeof CallHoldData>;

export const ClipData = sequence({
  'ss-Status': implicit(1, ExtSsStatus),
  overrideCategory: implicit(2, OverrideCategory),
  notificationToCSE: optional(implicit(3, nullType)),
});
export type ClipData = Infer<typeof ClipData>;

export const ClirData = sequence({
  'ss-Status': implicit(1, ExtSsStatus),
  cliRestrictionOption: optional(implicit(2, CliRestrictionOption)),
  notificationToCSE: optional(implicit(3, nullType)),
});
export type ClirData = Infer<typeof ClirData>;

export const EctData = sequence({
  'ss-Status': implicit(1, ExtSsStatus),
  notificationToCSE: optional(implicit(2, nullType)),
});
export type EctData = Infer<typeof EctData>;

export const ExtForwardingInfoForCSE = sequence({
  'ss-Code': implicit(0, SsCode),
  forwardingFeatureList: implicit(1, ExtForwFeatureList),
  notificationToCSE: optional(implicit(2, nullType)),
  extensionContainer: optional(implicit(3, ExtensionContainer)),
});
export type ExtForwardingInfoForCSE = Infer<typeof ExtForwardingInfoForCSE>;

export const ExtCallBarringInfoForCSE = sequence({
  'ss-Code': implicit(0, SsCode),
  callBarringFeatureList: implicit(1, ExtCallBarFeatureList),
  password: optional(implicit(2, Password)),
  wrongPasswordAttemptsCounter: optional(implicit(3, WrongPasswordAttemptsCounter)),
  notificationToCSE: optional(implicit(4, nullType)),
  extensionContainer: optional(implicit(5, ExtensionContainer)),
});
export type ExtCallBarringInfoForCSE = Infer<typeof ExtCallBarringInfoForCSE>;

export const ExtSSInfoForCSE = choice({
  'forwardingInfoFor-CSE': implicit(0, ExtForwardingInfoForCSE),
  'callBarringInfoFor-CSE': implicit(1, ExtCallBarringInfoForCSE),
});
export type ExtSSInfoForCSE = Infer<typeof ExtSSInfoForCSE>;
