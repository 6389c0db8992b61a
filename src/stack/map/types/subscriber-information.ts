/** What an interrogation asks for and gets: 3GPP TS 29.002 §17.7.1. */
import {
  bitString,
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
import { Imei, Imsi, IsdnAddressString } from './address.ts';
import { MsClassmark2, NotReachableReason, SubscriberState } from './camel.ts';
import { ExtensionContainer } from './extension.ts';
import {
  LocationInformation,
  LocationInformation5GS,
  LocationInformationEPS,
  LocationInformationGPRS,
  TimeZone,
  UsedRatType,
} from './location.ts';
import { PdpContextInfoList } from './pdp-context.ts';
import { Time } from './signal.ts';

export const DomainType = enumerated({ 'cs-Domain': 0, 'ps-Domain': 1 });
export type DomainType = Infer<typeof DomainType>;

export const RequestedNodes = bitString({ min: 1, max: 8 }, { mme: 0, sgsn: 1 });
export type RequestedNodes = Infer<typeof RequestedNodes>;

export const RequestedInfo = sequence({
  locationInformation: optional(implicit(0, nullType)),
  subscriberState: optional(implicit(1, nullType)),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
  currentLocation: optional(implicit(3, nullType)),
  requestedDomain: optional(implicit(4, DomainType)),
  imei: optional(implicit(6, nullType)),
  'ms-classmark': optional(implicit(5, nullType)),
  mnpRequestedInfo: optional(implicit(7, nullType)),
  'locationInformationEPS-Supported': optional(implicit(11, nullType)),
  't-adsData': optional(implicit(8, nullType)),
  requestedNodes: optional(implicit(9, RequestedNodes)),
  servingNodeIndication: optional(implicit(10, nullType)),
  localTimeZoneRequest: optional(implicit(12, nullType)),
});
export type RequestedInfo = Infer<typeof RequestedInfo>;

export const PsSubscriberState = choice({
  notProvidedFromSGSNorMME: implicit(0, nullType),
  'ps-Detached': implicit(1, nullType),
  'ps-AttachedNotReachableForPaging': implicit(2, nullType),
  'ps-AttachedReachableForPaging': implicit(3, nullType),
  'ps-PDP-ActiveNotReachableForPaging': implicit(4, PdpContextInfoList),
  'ps-PDP-ActiveReachableForPaging': implicit(5, PdpContextInfoList),
  netDetNotReachable: NotReachableReason,
});
export type PsSubscriberState = Infer<typeof PsSubscriberState>;

export const MSNetworkCapability = octetString({ min: 1, max: 8 });
export type MSNetworkCapability = Infer<typeof MSNetworkCapability>;

export const MSRadioAccessCapability = octetString({ min: 1, max: 50 });
export type MSRadioAccessCapability = Infer<typeof MSRadioAccessCapability>;

export const GPRSMSClass = sequence({
  mSNetworkCapability: implicit(0, MSNetworkCapability),
  mSRadioAccessCapability: optional(implicit(1, MSRadioAccessCapability)),
});
export type GPRSMSClass = Infer<typeof GPRSMSClass>;

export const RouteingNumber = octetString({ min: 1, max: 5 });
export type RouteingNumber = Infer<typeof RouteingNumber>;

export const NumberPortabilityStatus = enumerated({
  notKnownToBePorted: 0,
  ownNumberPortedOut: 1,
  foreignNumberPortedToForeignNetwork: 2,
  ownNumberNotPortedOut: 4,
  foreignNumberPortedIn: 5,
});
export type NumberPortabilityStatus = Infer<typeof NumberPortabilityStatus>;

export const MNPInfoRes = sequence({
  routeingNumber: optional(implicit(0, RouteingNumber)),
  imsi: optional(implicit(1, Imsi)),
  msisdn: optional(implicit(2, IsdnAddressString)),
  numberPortabilityStatus: optional(implicit(3, NumberPortabilityStatus)),
  extensionContainer: optional(implicit(4, ExtensionContainer)),
});
export type MNPInfoRes = Infer<typeof MNPInfoRes>;

export const ImsVoiceOverPSSessionsInd = enumerated({
  'imsVoiceOverPS-SessionsNotSupported': 0,
  'imsVoiceOverPS-SessionsSupported': 1,
  unknown: 2,
});
export type ImsVoiceOverPSSessionsInd = Infer<typeof ImsVoiceOverPSSessionsInd>;

export const DaylightSavingTime = enumerated({
  noAdjustment: 0,
  plusOneHourAdjustment: 1,
  plusTwoHoursAdjustment: 2,
});
export type DaylightSavingTime = Infer<typeof DaylightSavingTime>;

export const SubscriberInfo = sequence({
  locationInformation: optional(implicit(0, LocationInformation)),
  subscriberState: optional(explicit(1, SubscriberState)),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
  locationInformationGPRS: optional(implicit(3, LocationInformationGPRS)),
  'ps-SubscriberState': optional(explicit(4, PsSubscriberState)),
  imei: optional(implicit(5, Imei)),
  'ms-Classmark2': optional(implicit(6, MsClassmark2)),
  'gprs-MS-Class': optional(implicit(7, GPRSMSClass)),
  mnpInfoRes: optional(implicit(8, MNPInfoRes)),
  'imsVoiceOverPS-SessionsIndication': optional(implicit(9, ImsVoiceOverPSSessionsInd)),
  'lastUE-ActivityTime': optional(implicit(10, Time)),
  'lastRAT-Type': optional(implicit(11, UsedRatType)),
  'eps-SubscriberState': optional(explicit(12, PsSubscriberState)),
  locationInformationEPS: optional(implicit(13, LocationInformationEPS)),
  timeZone: optional(implicit(14, TimeZone)),
  daylightSavingTime: optional(implicit(15, DaylightSavingTime)),
  locationInformation5GS: optional(implicit(16, LocationInformation5GS)),
});
export type SubscriberInfo = Infer<typeof SubscriberInfo>;
