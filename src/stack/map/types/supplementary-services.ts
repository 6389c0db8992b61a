/** Data of supplementary services: 3GPP TS 29.002 §17.7.4. */
import {
  choice,
  explicit,
  type Infer,
  implicit,
  integer,
  nullType,
  numericString,
  octetString,
  optional,
  sequence,
  sequenceOf,
} from '../../asn1/index.ts';
import { FtnAddressString, IsdnAddressString, IsdnSubaddressString } from './address.ts';
import { BasicServiceCode, SsCode, SsStatus } from './basic-service.ts';
import { CliRestrictionOption, SsSubscriptionOption } from './ss-option.ts';

export const ForwardingOptions = octetString({ min: 1, max: 1 });
export type ForwardingOptions = Infer<typeof ForwardingOptions>;

export const NoReplyConditionTime = integer({ min: 5, max: 30 });
export type NoReplyConditionTime = Infer<typeof NoReplyConditionTime>;

export const ForwardingFeature = sequence({
  basicService: optional(BasicServiceCode),
  'ss-Status': optional(implicit(4, SsStatus)),
  forwardedToNumber: optional(implicit(5, IsdnAddressString)),
  forwardedToSubaddress: optional(implicit(8, IsdnSubaddressString)),
  forwardingOptions: optional(implicit(6, ForwardingOptions)),
  noReplyConditionTime: optional(implicit(7, NoReplyConditionTime)),
  longForwardedToNumber: optional(implicit(9, FtnAddressString)),
});
export type ForwardingFeature = Infer<typeof ForwardingFeature>;

export const ForwardingFeatureList = sequenceOf(ForwardingFeature, { min: 1, max: 13 });
export type ForwardingFeatureList = Infer<typeof ForwardingFeatureList>;

export const ForwardingInfo = sequence({
  'ss-Code': optional(SsCode),
  forwardingFeatureList: ForwardingFeatureList,
});
export type ForwardingInfo = Infer<typeof ForwardingInfo>;

export const CallBarringFeature = sequence({
  basicService: optional(BasicServiceCode),
  'ss-Status': optional(implicit(4, SsStatus)),
});
export type CallBarringFeature = Infer<typeof CallBarringFeature>;

export const CallBarringFeatureList = sequenceOf(CallBarringFeature, { min: 1, max: 13 });
export type CallBarringFeatureList = Infer<typeof CallBarringFeatureList>;

export const CallBarringInfo = sequence({
  'ss-Code': optional(SsCode),
  callBarringFeatureList: CallBarringFeatureList,
});
export type CallBarringInfo = Infer<typeof CallBarringInfo>;

export const BasicServiceGroupList = sequenceOf(BasicServiceCode, { min: 1, max: 13 });
export type BasicServiceGroupList = Infer<typeof BasicServiceGroupList>;

export const EmlppPriority = integer({ min: 0, max: 15 });
export type EmlppPriority = Infer<typeof EmlppPriority>;

export const McBearers = integer({ min: 1, max: 7 });
export type McBearers = Infer<typeof McBearers>;

export const SsData = sequence({
  'ss-Code': optional(SsCode),
  'ss-Status': optional(implicit(4, SsStatus)),
  'ss-SubscriptionOption': optional(SsSubscriptionOption),
  basicServiceGroupList: optional(BasicServiceGroupList),
  defaultPriority: optional(EmlppPriority),
  nbrUser: optional(implicit(5, McBearers)),
});
export type SsData = Infer<typeof SsData>;

export const SsInfo = choice({
  forwardingInfo: implicit(0, ForwardingInfo),
  callBarringInfo: implicit(1, CallBarringInfo),
  'ss-Data': implicit(3, SsData),
});
export type SsInfo = Infer<typeof SsInfo>;

export const CcbsIndex = integer({ min: 1, max: 5 });
export type CcbsIndex = Infer<typeof CcbsIndex>;

export const CcbsFeature = sequence({
  'ccbs-Index': optional(implicit(0, CcbsIndex)),
  'b-subscriberNumber': optional(implicit(1, IsdnAddressString)),
  'b-subscriberSubaddress': optional(implicit(2, IsdnSubaddressString)),
  basicServiceGroup: optional(explicit(3, BasicServiceCode)),
});
export type CcbsFeature = Infer<typeof CcbsFeature>;

export const CcbsFeatureList = sequenceOf(CcbsFeature, { min: 1, max: 5 });
export type CcbsFeatureList = Infer<typeof CcbsFeatureList>;

export const MaxMCBearers = integer({ min: 2, max: 7 });
export type MaxMCBearers = Infer<typeof MaxMCBearers>;

export const GenericServiceInfo = sequence({
  'ss-Status': SsStatus,
  cliRestrictionOption: optional(CliRestrictionOption),
  maximumEntitledPriority: optional(implicit(0, EmlppPriority)),
  defaultPriority: optional(implicit(1, EmlppPriority)),
  'ccbs-FeatureList': optional(implicit(2, CcbsFeatureList)),
  nbrSB: optional(implicit(3, MaxMCBearers)),
  nbrUser: optional(implicit(4, McBearers)),
  nbrSN: optional(implicit(5, McBearers)),
});
export type GenericServiceInfo = Infer<typeof GenericServiceInfo>;

export const InterrogateSSRes = choice({
  'ss-Status': implicit(0, SsStatus),
  basicServiceGroupList: implicit(2, BasicServiceGroupList),
  forwardingFeatureList: implicit(3, ForwardingFeatureList),
  genericServiceInfo: implicit(4, GenericServiceInfo),
});
export type InterrogateSSRes = Infer<typeof InterrogateSSRes>;

export const SsForBSCode = sequence({
  'ss-Code': SsCode,
  basicService: optional(BasicServiceCode),
  'longFTN-Supported': optional(implicit(4, nullType)),
});
export type SsForBSCode = Infer<typeof SsForBSCode>;

export const UssdDataCodingScheme = octetString({ min: 1, max: 1 });
export type UssdDataCodingScheme = Infer<typeof UssdDataCodingScheme>;

export const UssdString = octetString({ min: 1, max: 160 });
export type UssdString = Infer<typeof UssdString>;

/** Four digits; the alphabet's blank is no digit. */
export const Password = numericString({ min: 4, max: 4 });
export type Password = Infer<typeof Password>;
