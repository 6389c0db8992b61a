/** What the nodes of a network can do: 3GPP TS 29.002 §17.7.1. */
import {
  bitString,
  boolean,
  choice,
  enumerated,
  explicit,
  type Infer,
  implicit,
  nullType,
  octetString,
  optional,
  sequence,
} from '../../asn1/index.ts';
import { Imei } from './address.ts';
import { SupportedCamelPhases } from './camel.ts';
import { OfferedCamel4CSIs } from './camel-subscription.ts';
import { ExtensionContainer } from './extension.ts';

export const IstSupportIndicator = enumerated({ basicISTSupported: 0, istCommandSupported: 1 });
export type IstSupportIndicator = Infer<typeof IstSupportIndicator>;

export const AgeIndicator = octetString({ min: 1, max: 6 });
export type AgeIndicator = Infer<typeof AgeIndicator>;

export const SuperChargerInfo = choice({
  sendSubscriberData: implicit(0, nullType),
  subscriberDataStored: implicit(1, AgeIndicator),
});
export type SuperChargerInfo = Infer<typeof SuperChargerInfo>;

export const SupportedLCSCapabilitySets = bitString(
  { min: 2, max: 16 },
  {
    lcsCapabilitySet1: 0,
    lcsCapabilitySet2: 1,
    lcsCapabilitySet3: 2,
    lcsCapabilitySet4: 3,
    lcsCapabilitySet5: 4,
  },
);
export type SupportedLCSCapabilitySets = Infer<typeof SupportedLCSCapabilitySets>;

export const SupportedRATTypes = bitString(
  { min: 2, max: 8 },
  { utran: 0, geran: 1, gan: 2, 'i-hspa-evolution': 3, 'e-utran': 4, 'nb-iot': 5 },
);
export type SupportedRATTypes = Infer<typeof SupportedRATTypes>;

export const VlrCapability = sequence({
  supportedCamelPhases: optional(implicit(0, SupportedCamelPhases)),
  extensionContainer: optional(ExtensionContainer),
  solsaSupportIndicator: optional(implicit(2, nullType)),
  istSupportIndicator: optional(implicit(1, IstSupportIndicator)),
  superChargerSupportedInServingNetworkEntity: optional(explicit(3, SuperChargerInfo)),
  'longFTN-Supported': optional(implicit(4, nullType)),
  'supportedLCS-CapabilitySets': optional(implicit(5, SupportedLCSCapabilitySets)),
  offeredCamel4CSIs: optional(implicit(6, OfferedCamel4CSIs)),
  'supportedRAT-TypesIndicator': optional(implicit(7, SupportedRATTypes)),
  'longGroupID-Supported': optional(implicit(8, nullType)),
  mtRoamingForwardingSupported: optional(implicit(9, nullType)),
  'msisdn-lessOperation-Supported': optional(implicit(10, nullType)),
  'reset-ids-Supported': optional(implicit(11, nullType)),
});
export type VlrCapability = Infer<typeof VlrCapability>;

export const SupportedFeatures = bitString(
  { min: 26, max: 40 },
  {
    'odb-all-apn': 0,
    'odb-HPLMN-APN': 1,
    'odb-VPLMN-APN': 2,
    'odb-all-og': 3,
    'odb-all-international-og': 4,
    'odb-all-int-og-not-to-HPLMN-country': 5,
    'odb-all-interzonal-og': 6,
    'odb-all-interzonal-og-not-to-HPLMN-country': 7,
    'odb-all-interzonal-og-and-internat-og-not-to-HPLMN-country': 8,
    regSub: 9,
    trace: 10,
    'lcs-all-PrivExcep': 11,
    'lcs-universal': 12,
    'lcs-CallSessionRelated': 13,
    'lcs-CallSessionUnrelated': 14,
    'lcs-PLMN-operator': 15,
    'lcs-ServiceType': 16,
    'lcs-all-MOLR-SS': 17,
    'lcs-basicSelfLocation': 18,
    'lcs-autonomousSelfLocation': 19,
    'lcs-transferToThirdParty': 20,
    'sm-mo-pp': 21,
    'barring-OutgoingCalls': 22,
    baoc: 23,
    boic: 24,
    boicExHC: 25,
    localTimeZoneRetrieval: 26,
    additionalMsisdn: 27,
    smsInMME: 28,
    smsInSGSN: 29,
    'ue-Reachability-Notification': 30,
    'state-Location-Information-Retrieval': 31,
    partialPurge: 32,
    gddInSGSN: 33,
    sgsnCAMELCapability: 34,
    'pcscf-Restoration': 35,
    dedicatedCoreNetworks: 36,
    'non-IP-PDN-Type-APNs': 37,
    'non-IP-PDP-Type-APNs': 38,
    nrAsSecondaryRAT: 39,
  },
);
export type SupportedFeatures = Infer<typeof SupportedFeatures>;

export const ExtSupportedFeatures = bitString({ min: 1, max: 40 }, { unlicensedSpectrumAsSecondaryRAT: 0 });
export type ExtSupportedFeatures = Infer<typeof ExtSupportedFeatures>;

export const SgsnCapability = sequence({
  solsaSupportIndicator: optional(nullType),
  extensionContainer: optional(implicit(1, ExtensionContainer)),
  superChargerSupportedInServingNetworkEntity: optional(explicit(2, SuperChargerInfo)),
  gprsEnhancementsSupportIndicator: optional(implicit(3, nullType)),
  supportedCamelPhases: optional(implicit(4, SupportedCamelPhases)),
  'supportedLCS-CapabilitySets': optional(implicit(5, SupportedLCSCapabilitySets)),
  offeredCamel4CSIs: optional(implicit(6, OfferedCamel4CSIs)),
  smsCallBarringSupportIndicator: optional(implicit(7, nullType)),
  'supportedRAT-TypesIndicator': optional(implicit(8, SupportedRATTypes)),
  supportedFeatures: optional(implicit(9, SupportedFeatures)),
  't-adsDataRetrieval': optional(implicit(10, nullType)),
  homogeneousSupportOfIMSVoiceOverPSSessions: optional(implicit(11, boolean)),
  cancellationTypeInitialAttach: optional(implicit(12, nullType)),
  'msisdn-lessOperation-Supported': optional(implicit(14, nullType)),
  updateofHomogeneousSupportOfIMSVoiceOverPSSessions: optional(implicit(15, nullType)),
  'reset-ids-Supported': optional(implicit(16, nullType)),
  'ext-SupportedFeatures': optional(implicit(17, ExtSupportedFeatures)),
});
export type SgsnCapability = Infer<typeof SgsnCapability>;

export const AddInfo = sequence({
  imeisv: implicit(0, Imei),
  skipSubscriberDataUpdate: optional(implicit(1, nullType)),
});
export type AddInfo = Infer<typeof AddInfo>;

export const RegionalSubscriptionResponse = enumerated({
  'networkNode-AreaRestricted': 0,
  tooManyZoneCodes: 1,
  zoneCodesConflict: 2,
  regionalSubscNotSupported: 3,
});
export type RegionalSubscriptionResponse = Infer<typeof RegionalSubscriptionResponse>;
