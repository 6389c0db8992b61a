/** How a call goes on: 3GPP TS 29.002 §17.7.3. */
import {
  bitString,
  choice,
  enumerated,
  type Infer,
  implicit,
  nullType,
  optional,
  sequence,
} from '../../asn1/index.ts';
import { FtnAddressString, IsdnAddressString, IsdnSubaddressString } from './address.ts';
import { SupportedCamelPhases } from './camel.ts';
import { GmscCamelSubscriptionInfo, OfferedCamel4CSIs } from './camel-subscription.ts';
import { ExtensionContainer } from './extension.ts';
import { ForwardingOptions } from './supplementary-services.ts';

export const ForwardingData = sequence({
  forwardedToNumber: optional(implicit(5, IsdnAddressString)),
  forwardedToSubaddress: optional(implicit(4, IsdnSubaddressString)),
  forwardingOptions: optional(implicit(6, ForwardingOptions)),
  extensionContainer: optional(implicit(7, ExtensionContainer)),
  longForwardedToNumber: optional(implicit(8, FtnAddressString)),
});
export type ForwardingData = Infer<typeof ForwardingData>;

export const RoutingInfo = choice({
  roamingNumber: IsdnAddressString,
  forwardingData: ForwardingData,
});
export type RoutingInfo = Infer<typeof RoutingInfo>;

export const CamelInfo = sequence({
  supportedCamelPhases: SupportedCamelPhases,
  'suppress-T-CSI': optional(nullType),
  extensionContainer: optional(ExtensionContainer),
  offeredCamel4CSIs: optional(implicit(0, OfferedCamel4CSIs)),
});
export type CamelInfo = Infer<typeof CamelInfo>;

export const CamelRoutingInfo = sequence({
  forwardingData: optional(ForwardingData),
  gmscCamelSubscriptionInfo: implicit(0, GmscCamelSubscriptionInfo),
  extensionContainer: optional(implicit(1, ExtensionContainer)),
});
export type CamelRoutingInfo = Infer<typeof CamelRoutingInfo>;

export const ExtendedRoutingInfo = choice({
  routingInfo: RoutingInfo,
  camelRoutingInfo: implicit(8, CamelRoutingInfo),
});
export type ExtendedRoutingInfo = Infer<typeof ExtendedRoutingInfo>;

export const CcbsIndicators = sequence({
  'ccbs-Possible': optional(implicit(0, nullType)),
  'keepCCBS-CallIndicator': optional(implicit(1, nullType)),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
});
export type CcbsIndicators = Infer<typeof CcbsIndicators>;

export const AllowedServices = bitString(
  { min: 2, max: 8 },
  { firstServiceAllowed: 0, secondServiceAllowed: 1 },
);
export type AllowedServices = Infer<typeof AllowedServices>;

export const UnavailabilityCause = enumerated({
  bearerServiceNotProvisioned: 1,
  teleserviceNotProvisioned: 2,
  absentSubscriber: 3,
  busySubscriber: 4,
  callBarred: 5,
  'cug-Reject': 6,
});
export type UnavailabilityCause = Infer<typeof UnavailabilityCause>;
