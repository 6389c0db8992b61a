/** Packet data contexts and their quality of service: 3GPP TS 29.002 §17.7.1. */
import {
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
import { GsnAddress } from './address.ts';
import { ExtensionContainer } from './extension.ts';
import { Fqdn } from './location.ts';

export const ContextId = integer({ min: 1, max: 50 });
export type ContextId = Infer<typeof ContextId>;

export const PdpType = octetString({ min: 2, max: 2 });
export type PdpType = Infer<typeof PdpType>;

export const PdpAddress = octetString({ min: 1, max: 16 });
export type PdpAddress = Infer<typeof PdpAddress>;

export const Apn = octetString({ min: 2, max: 63 });
export type Apn = Infer<typeof Apn>;

export const Nsapi = integer({ min: 0, max: 15 });
export type Nsapi = Infer<typeof Nsapi>;

export const TransactionId = octetString({ min: 1, max: 2 });
export type TransactionId = Infer<typeof TransactionId>;

export const Teid = octetString({ min: 4, max: 4 });
export type Teid = Infer<typeof Teid>;

export const ExtQoSSubscribed = octetString({ min: 1, max: 9 });
export type ExtQoSSubscribed = Infer<typeof ExtQoSSubscribed>;

export const GPRSChargingID = octetString({ min: 4, max: 4 });
export type GPRSChargingID = Infer<typeof GPRSChargingID>;

export const ChargingCharacteristics = octetString({ min: 2, max: 2 });
export type ChargingCharacteristics = Infer<typeof ChargingCharacteristics>;

export const Ext2QoSSubscribed = octetString({ min: 1, max: 3 });
export type Ext2QoSSubscribed = Infer<typeof Ext2QoSSubscribed>;

export const Ext3QoSSubscribed = octetString({ min: 1, max: 2 });
export type Ext3QoSSubscribed = Infer<typeof Ext3QoSSubscribed>;

export const Ext4QoSSubscribed = octetString({ min: 1, max: 1 });
export type Ext4QoSSubscribed = Infer<typeof Ext4QoSSubscribed>;

export const ExtPdpType = octetString({ min: 2, max: 2 });
export type ExtPdpType = Infer<typeof ExtPdpType>;

export const PdpContextInfo = sequence({
  'pdp-ContextIdentifier': implicit(0, ContextId),
  'pdp-ContextActive': optional(implicit(1, nullType)),
  'pdp-Type': implicit(2, PdpType),
  'pdp-Address': optional(implicit(3, PdpAddress)),
  'apn-Subscribed': optional(implicit(4, Apn)),
  'apn-InUse': optional(implicit(5, Apn)),
  nsapi: optional(implicit(6, Nsapi)),
  transactionId: optional(implicit(7, TransactionId)),
  'teid-ForGnAndGp': optional(implicit(8, Teid)),
  'teid-ForIu': optional(implicit(9, Teid)),
  'ggsn-Address': optional(implicit(10, GsnAddress)),
  'qos-Subscribed': optional(implicit(11, ExtQoSSubscribed)),
  'qos-Requested': optional(implicit(12, ExtQoSSubscribed)),
  'qos-Negotiated': optional(implicit(13, ExtQoSSubscribed)),
  chargingId: optional(implicit(14, GPRSChargingID)),
  chargingCharacteristics: optional(implicit(15, ChargingCharacteristics)),
  'rnc-Address': optional(implicit(16, GsnAddress)),
  extensionContainer: optional(implicit(17, ExtensionContainer)),
  'qos2-Subscribed': optional(implicit(18, Ext2QoSSubscribed)),
  'qos2-Requested': optional(implicit(19, Ext2QoSSubscribed)),
  'qos2-Negotiated': optional(implicit(20, Ext2QoSSubscribed)),
  'qos3-Subscribed': optional(implicit(21, Ext3QoSSubscribed)),
  'qos3-Requested': optional(implicit(22, Ext3QoSSubscribed)),
  'qos3-Negotiated': optional(implicit(23, Ext3QoSSubscribed)),
  'qos4-Subscribed': optional(implicit(25, Ext4QoSSubscribed)),
  'qos4-Requested': optional(implicit(26, Ext4QoSSubscribed)),
  'qos4-Negotiated': optional(implicit(27, Ext4QoSSubscribed)),
  'ext-pdp-Type': optional(implicit(28, ExtPdpType)),
  'ext-pdp-Address': optional(implicit(29, PdpAddress)),
});
export type PdpContextInfo = Infer<typeof PdpContextInfo>;

export const PdpContextInfoList = sequenceOf(PdpContextInfo, { min: 1, max: 50 });
export type PdpContextInfoList = Infer<typeof PdpContextInfoList>;

export const QoSSubscribed = octetString({ min: 3, max: 3 });
export type QoSSubscribed = Infer<typeof QoSSubscribed>;

export const ApnOiReplacement = octetString({ min: 9, max: 100 });
export type ApnOiReplacement = Infer<typeof ApnOiReplacement>;

export const Bandwidth = integer();
export type Bandwidth = Infer<typeof Bandwidth>;

export const BandwidthExt = integer();
export type BandwidthExt = Infer<typeof BandwidthExt>;

export const Ambr = sequence({
  'max-RequestedBandwidth-UL': implicit(0, Bandwidth),
  'max-RequestedBandwidth-DL': implicit(1, Bandwidth),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
  'extended-Max-RequestedBandwidth-UL': optional(implicit(3, BandwidthExt)),
  'extended-Max-RequestedBandwidth-DL': optional(implicit(4, BandwidthExt)),
});
export type Ambr = Infer<typeof Ambr>;

export const SiptoPermission = enumerated({ siptoAboveRanAllowed: 0, siptoAboveRanNotAllowed: 1 });
export type SiptoPermission = Infer<typeof SiptoPermission>;

export const LipaPermission = enumerated({ lipaProhibited: 0, lipaOnly: 1, lipaConditional: 2 });
export type LipaPermission = Infer<typeof LipaPermission>;

export const RestorationPriority = octetString({ min: 1, max: 1 });
export type RestorationPriority = Infer<typeof RestorationPriority>;

export const SiptoLocalNetworkPermission = enumerated({
  siptoAtLocalNetworkAllowed: 0,
  siptoAtLocalNetworkNotAllowed: 1,
});
export type SiptoLocalNetworkPermission = Infer<typeof SiptoLocalNetworkPermission>;

export const NiddMechanism = enumerated({ 'sGi-based-data-delivery': 0, 'sCEF-based-data-delivery': 1 });
export type NiddMechanism = Infer<typeof NiddMechanism>;

export const PdpContext = sequence({
  'pdp-ContextId': ContextId,
  'pdp-Type': implicit(16, PdpType),
  'pdp-Address': optional(implicit(17, PdpAddress)),
  'qos-Subscribed': implicit(18, QoSSubscribed),
  vplmnAddressAllowed: optional(implicit(19, nullType)),
  apn: implicit(20, Apn),
  extensionContainer: optional(implicit(21, ExtensionContainer)),
  'ext-QoS-Subscribed': optional(implicit(0, ExtQoSSubscribed)),
  'pdp-ChargingCharacteristics': optional(implicit(1, ChargingCharacteristics)),
  'ext2-QoS-Subscribed': optional(implicit(2, Ext2QoSSubscribed)),
  'ext3-QoS-Subscribed': optional(implicit(3, Ext3QoSSubscribed)),
  'ext4-QoS-Subscribed': optional(implicit(4, Ext4QoSSubscribed)),
  'apn-oi-Replacement': optional(implicit(5, ApnOiReplacement)),
  'ext-pdp-Type': optional(implicit(6, ExtPdpType)),
  'ext-pdp-Address': optional(implicit(7, PdpAddress)),
  ambr: optional(implicit(10, Ambr)),
  'sipto-Permission': optional(implicit(8, SiptoPermission)),
  'lipa-Permission': optional(implicit(9, LipaPermission)),
  'restoration-Priority': optional(implicit(11, RestorationPriority)),
  'sipto-local-network-Permission': optional(implicit(12, SiptoLocalNetworkPermission)),
  'nIDD-Mechanism': optional(implicit(13, NiddMechanism)),
  'sCEF-ID': optional(implicit(14, Fqdn)),
});
export type PdpContext = Infer<typeof PdpContext>;

export const GPRSDataList = sequenceOf(PdpContext, { min: 1, max: 50 });
export type GPRSDataList = Infer<typeof GPRSDataList>;

export const GPRSSubscriptionData = sequence({
  completeDataListIncluded: optional(nullType),
  gprsDataList: implicit(1, GPRSDataList),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
  'apn-oi-Replacement': optional(implicit(3, ApnOiReplacement)),
});
export type GPRSSubscriptionData = Infer<typeof GPRSSubscriptionData>;
