/** Subscription to the evolved packet system: 3GPP TS 29.002 §17.7.1. */
import {
  boolean,
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
import { IsdnAddressString, PlmnId } from './address.ts';
import { ExtensionContainer } from './extension.ts';
import { CsgId, Fqdn } from './location.ts';
import {
  Ambr,
  Apn,
  ApnOiReplacement,
  ChargingCharacteristics,
  ContextId,
  LipaPermission,
  NiddMechanism,
  PdpAddress,
  RestorationPriority,
  SiptoLocalNetworkPermission,
  SiptoPermission,
} from './pdp-context.ts';
import { Time } from './signal.ts';

export const RfspId = integer({ min: 1, max: 256 });
export type RfspId = Infer<typeof RfspId>;

export const PdnType = octetString({ min: 1, max: 1 });
export type PdnType = Infer<typeof PdnType>;

export const QoSClassIdentifier = integer({ min: 1, max: 9 });
export type QoSClassIdentifier = Infer<typeof QoSClassIdentifier>;

export const AllocationRetentionPriority = sequence({
  'priority-level': implicit(0, integer()),
  'pre-emption-capability': optional(implicit(1, boolean)),
  'pre-emption-vulnerability': optional(implicit(2, boolean)),
  extensionContainer: optional(implicit(3, ExtensionContainer)),
});
export type AllocationRetentionPriority = Infer<typeof AllocationRetentionPriority>;

export const EpsQoSSubscribed = sequence({
  'qos-Class-Identifier': implicit(0, QoSClassIdentifier),
  'allocation-Retention-Priority': implicit(1, AllocationRetentionPriority),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
});
export type EpsQoSSubscribed = Infer<typeof EpsQoSSubscribed>;

export const PdnGwIdentity = sequence({
  'pdn-gw-ipv4-Address': optional(implicit(0, PdpAddress)),
  'pdn-gw-ipv6-Address': optional(implicit(1, PdpAddress)),
  'pdn-gw-name': optional(implicit(2, Fqdn)),
  extensionContainer: optional(implicit(3, ExtensionContainer)),
});
export type PdnGwIdentity = Infer<typeof PdnGwIdentity>;

export const PdnGwAllocationType = enumerated({ static: 0, dynamic: 1 });
export type PdnGwAllocationType = Infer<typeof PdnGwAllocationType>;

export const SpecificAPNInfo = sequence({
  apn: implicit(0, Apn),
  'pdn-gw-Identity': implicit(1, PdnGwIdentity),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
});
export type SpecificAPNInfo = Infer<typeof SpecificAPNInfo>;

export const SpecificAPNInfoList = sequenceOf(SpecificAPNInfo, { min: 1, max: 50 });
export type SpecificAPNInfoList = Infer<typeof SpecificAPNInfoList>;

export const WlanOffloadabilityIndication = enumerated({ notAllowed: 0, allowed: 1 });
export type WlanOffloadabilityIndication = Infer<typeof WlanOffloadabilityIndication>;

export const WlanOffloadability = sequence({
  'wlan-offloadability-EUTRAN': optional(implicit(0, WlanOffloadabilityIndication)),
  'wlan-offloadability-UTRAN': optional(implicit(1, WlanOffloadabilityIndication)),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
});
export type WlanOffloadability = Infer<typeof WlanOffloadability>;

export const PdnConnectionContinuity = enumerated({
  'maintainPDN-Connection': 0,
  'disconnectPDN-ConnectionWithReactivationRequest': 1,
  'disconnectPDN-ConnectionWithoutReactivationRequest': 2,
});
export type PdnConnectionContinuity = Infer<typeof PdnConnectionContinuity>;

export const ApnConfiguration = sequence({
  contextId: implicit(0, ContextId),
  'pdn-Type': implicit(1, PdnType),
  'servedPartyIP-IPv4-Address': optional(implicit(2, PdpAddress)),
  apn: implicit(3, Apn),
  'eps-qos-Subscribed': implicit(4, EpsQoSSubscribed),
  'pdn-gw-Identity': optional(implicit(5, PdnGwIdentity)),
  'pdn-gw-AllocationType': optional(implicit(6, PdnGwAllocationType)),
  vplmnAddressAllowed: optional(implicit(7, nullType)),
  chargingCharacteristics: optional(implicit(8, ChargingCharacteristics)),
  ambr: optional(implicit(9, Ambr)),
  specificAPNInfoList: optional(implicit(10, SpecificAPNInfoList)),
  extensionContainer: optional(implicit(11, ExtensionContainer)),
  'servedPartyIP-IPv6-Address': optional(implicit(12, PdpAddress)),
  'apn-oi-Replacement': optional(implicit(13, ApnOiReplacement)),
  'sipto-Permission': optional(implicit(14, SiptoPermission)),
  'lipa-Permission': optional(implicit(15, LipaPermission)),
  'restoration-Priority': optional(implicit(16, RestorationPriority)),
  'sipto-local-network-Permission': optional(implicit(17, SiptoLocalNetworkPermission)),
  'wlan-offloadability': optional(implicit(18, WlanOffloadability)),
  'non-IP-PDN-Type-Indicator': optional(implicit(19, nullType)),
  'nIDD-Mechanism': optional(implicit(20, NiddMechanism)),
  'sCEF-ID': optional(implicit(21, Fqdn)),
  'pdn-ConnectionContinuity': optional(implicit(22, PdnConnectionContinuity)),
});
export type ApnConfiguration = Infer<typeof ApnConfiguration>;

export const EpsDataList = sequenceOf(ApnConfiguration, { min: 1, max: 50 });
export type EpsDataList = Infer<typeof EpsDataList>;

export const ApnConfigurationProfile = sequence({
  defaultContext: ContextId,
  completeDataListIncluded: optional(nullType),
  epsDataList: implicit(1, EpsDataList),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
  additionalDefaultContext: optional(implicit(3, ContextId)),
});
export type ApnConfigurationProfile = Infer<typeof ApnConfigurationProfile>;

export const EpsSubscriptionData = sequence({
  'apn-oi-Replacement': optional(implicit(0, ApnOiReplacement)),
  'rfsp-id': optional(implicit(2, RfspId)),
  ambr: optional(implicit(3, Ambr)),
  'apn-ConfigurationProfile': optional(implicit(4, ApnConfigurationProfile)),
  'stn-sr': optional(implicit(6, IsdnAddressString)),
  extensionContainer: optional(implicit(5, ExtensionContainer)),
  'mps-CSPriority': optional(implicit(7, nullType)),
  'mps-EPSPriority': optional(implicit(8, nullType)),
  'subscribed-vsrvcc': optional(implicit(9, nullType)),
});
export type EpsSubscriptionData = Infer<typeof EpsSubscriptionData>;

export const LipaAllowedAPNList = sequenceOf(Apn, { min: 1, max: 50 });
export type LipaAllowedAPNList = Infer<typeof LipaAllowedAPNList>;

export const CsgSubscriptionData = sequence({
  'csg-Id': CsgId,
  expirationDate: optional(Time),
  extensionContainer: optional(ExtensionContainer),
  'lipa-AllowedAPNList': optional(implicit(0, LipaAllowedAPNList)),
  'plmn-Id': optional(implicit(1, PlmnId)),
});
export type CsgSubscriptionData = Infer<typeof CsgSubscriptionData>;

export const CsgSubscriptionDataList = sequenceOf(CsgSubscriptionData, { min: 1, max: 50 });
export type CsgSubscriptionDataList = Infer<typeof CsgSubscriptionDataList>;
