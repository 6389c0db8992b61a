/** What a subscription holds in versions 1 and 2: ETSI ETS 300 599. */
import { choice, type Infer, implicit, optional, sequence, sequenceOf } from '../../asn1/index.ts';
import { IsdnAddressString, IsdnSubaddressString } from './address.ts';
import { BasicServiceCode, BearerServiceCode, SsCode, SsStatus, TeleserviceCode } from './basic-service.ts';
import { CugIndex, CugInterlock } from './camel.ts';
import { SsSubscriptionOption } from './ss-option.ts';
import { InterCUGRestrictions, IntraCUGOptions } from './subscriber-data.ts';
import {
  BasicServiceGroupList,
  CallBarringInfo,
  ForwardingOptions,
  NoReplyConditionTime,
} from './supplementary-services.ts';

export const BearerServiceListV2 = sequenceOf(BearerServiceCode, { min: 1, max: 50 });
export type BearerServiceListV2 = Infer<typeof BearerServiceListV2>;

export const TeleserviceListV2 = sequenceOf(TeleserviceCode, { min: 1, max: 20 });
export type TeleserviceListV2 = Infer<typeof TeleserviceListV2>;

export const ForwardingFeatureV2 = sequence({
  basicService: optional(BasicServiceCode),
  'ss-Status': optional(implicit(4, SsStatus)),
  forwardedToNumber: optional(implicit(5, IsdnAddressString)),
  forwardedToSubaddress: optional(implicit(8, IsdnSubaddressString)),
  forwardingOptions: optional(implicit(6, ForwardingOptions)),
  noReplyConditionTime: optional(implicit(7, NoReplyConditionTime)),
});
export type ForwardingFeatureV2 = Infer<typeof ForwardingFeatureV2>;

export const ForwardingFeatureListV2 = sequenceOf(ForwardingFeatureV2, { min: 1, max: 13 });
export type ForwardingFeatureListV2 = Infer<typeof ForwardingFeatureListV2>;

export const ForwardingInfoV2 = sequence({
  'ss-Code': optional(SsCode),
  forwardingFeatureList: ForwardingFeatureListV2,
});
export type ForwardingInfoV2 = Infer<typeof ForwardingInfoV2>;

export const CugSubscriptionV2 = sequence({
  'cug-Index': CugIndex,
  'cug-Interlock': CugInterlock,
  'intraCUG-Options': IntraCUGOptions,
  basicServiceGroupList: optional(BasicServiceGroupList),
});
export type CugSubscriptionV2 = Infer<typeof CugSubscriptionV2>;

export const CugSubscriptionListV2 = sequenceOf(CugSubscriptionV2, { min: 1, max: 10 });
export type CugSubscriptionListV2 = Infer<typeof CugSubscriptionListV2>;

export const CugFeatureV2 = sequence({
  basicService: optional(BasicServiceCode),
  'preferentialCUG-Indicator': optional(CugIndex),
  'interCUG-Restrictions': InterCUGRestrictions,
});
export type CugFeatureV2 = Infer<typeof CugFeatureV2>;

export const CugFeatureListV2 = sequenceOf(CugFeatureV2, { min: 1, max: 13 });
export type CugFeatureListV2 = Infer<typeof CugFeatureListV2>;

export const CugInfoV2 = sequence({
  'cug-SubscriptionList': CugSubscriptionListV2,
  'cug-FeatureList': optional(CugFeatureListV2),
});
export type CugInfoV2 = Infer<typeof CugInfoV2>;

export const SsDataV2 = sequence({
  'ss-Code': optional(SsCode),
  'ss-Status': optional(implicit(4, SsStatus)),
  'ss-SubscriptionOption': optional(SsSubscriptionOption),
  basicServiceGroupList: optional(BasicServiceGroupList),
});
export type SsDataV2 = Infer<typeof SsDataV2>;

export const SsInfoV2 = choice({
  forwardingInfo: implicit(0, ForwardingInfoV2),
  callBarringInfo: implicit(1, CallBarringInfo),
  'cug-Info': implicit(2, CugInfoV2),
  'ss-Data': implicit(3, SsDataV2),
});
export type SsInfoV2 = Infer<typeof SsInfoV2>;

export const SsInfoListV2 = sequenceOf(SsInfoV2, { min: 1, max: 30 });
export type SsInfoListV2 = Infer<typeof SsInfoListV2>;

/** What is forwarded is one number in version 1. */
export const InterrogateSSResV1 = choice({
  'ss-Status': implicit(0, SsStatus),
  forwardedToNumber: implicit(1, IsdnAddressString),
  basicServiceGroupList: implicit(2, BasicServiceGroupList),
  forwardingFeatureList: implicit(3, ForwardingFeatureListV2),
});
export type InterrogateSSResV1 = Infer<typeof InterrogateSSResV1>;
