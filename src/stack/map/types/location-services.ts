/** What the location services share: 3GPP TS 29.002 §17.7.13. */
import {
  bitString,
  enumerated,
  explicit,
  type Infer,
  implicit,
  nullType,
  octetString,
  optional,
  sequence,
} from '../../asn1/index.ts';
import { AdditionalNumber } from '../operations/send-routing-info-for-sm.ts';
import { AddressString, DiameterIdentity, IsdnAddressString, Lmsi } from './address.ts';
import { SupportedLCSCapabilitySets } from './capability.ts';
import { ExtensionContainer } from './extension.ts';
import { LCSClientExternalID, LCSClientInternalID } from './lcs-subscription.ts';
import { Apn } from './pdp-context.ts';
import { UssdDataCodingScheme } from './supplementary-services.ts';

export const LCSClientType = enumerated({
  emergencyServices: 0,
  valueAddedServices: 1,
  plmnOperatorServices: 2,
  lawfulInterceptServices: 3,
});
export type LCSClientType = Infer<typeof LCSClientType>;

export const NameString = octetString({ min: 1, max: 63 });
export type NameString = Infer<typeof NameString>;

export const LcsFormatIndicator = enumerated({
  logicalName: 0,
  'e-mailAddress': 1,
  msisdn: 2,
  url: 3,
  sipUrl: 4,
});
export type LcsFormatIndicator = Infer<typeof LcsFormatIndicator>;

export const LCSClientName = sequence({
  dataCodingScheme: implicit(0, UssdDataCodingScheme),
  nameString: implicit(2, NameString),
  'lcs-FormatIndicator': optional(implicit(3, LcsFormatIndicator)),
});
export type LCSClientName = Infer<typeof LCSClientName>;

export const RequestorIDString = octetString({ min: 1, max: 63 });
export type RequestorIDString = Infer<typeof RequestorIDString>;

export const LCSRequestorID = sequence({
  dataCodingScheme: implicit(0, UssdDataCodingScheme),
  requestorIDString: implicit(1, RequestorIDString),
  'lcs-FormatIndicator': optional(implicit(2, LcsFormatIndicator)),
});
export type LCSRequestorID = Infer<typeof LCSRequestorID>;

export const LcsClientID = sequence({
  lcsClientType: implicit(0, LCSClientType),
  lcsClientExternalID: optional(implicit(1, LCSClientExternalID)),
  lcsClientDialedByMS: optional(implicit(2, AddressString)),
  lcsClientInternalID: optional(implicit(3, LCSClientInternalID)),
  lcsClientName: optional(implicit(4, LCSClientName)),
  lcsAPN: optional(implicit(5, Apn)),
  lcsRequestorID: optional(implicit(6, LCSRequestorID)),
});
export type LcsClientID = Infer<typeof LcsClientID>;

export const HorizontalAccuracy = octetString({ min: 1, max: 1 });
export type HorizontalAccuracy = Infer<typeof HorizontalAccuracy>;

export const VerticalAccuracy = octetString({ min: 1, max: 1 });
export type VerticalAccuracy = Infer<typeof VerticalAccuracy>;

export const ResponseTimeCategory = enumerated({ lowdelay: 0, delaytolerant: 1 });
export type ResponseTimeCategory = Infer<typeof ResponseTimeCategory>;

export const ResponseTime = sequence({
  responseTimeCategory: ResponseTimeCategory,
});
export type ResponseTime = Infer<typeof ResponseTime>;

export const LcsQoS = sequence({
  'horizontal-accuracy': optional(implicit(0, HorizontalAccuracy)),
  verticalCoordinateRequest: optional(implicit(1, nullType)),
  'vertical-accuracy': optional(implicit(2, VerticalAccuracy)),
  responseTime: optional(implicit(3, ResponseTime)),
  extensionContainer: optional(implicit(4, ExtensionContainer)),
  velocityRequest: optional(implicit(5, nullType)),
});
export type LcsQoS = Infer<typeof LcsQoS>;

export const LocationEstimateType = enumerated({
  currentLocation: 0,
  currentOrLastKnownLocation: 1,
  initialLocation: 2,
  activateDeferredLocation: 3,
  cancelDeferredLocation: 4,
  notificationVerificationOnly: 5,
});
export type LocationEstimateType = Infer<typeof LocationEstimateType>;

export const DeferredLocationEventType = bitString(
  { min: 1, max: 16 },
  { msAvailable: 0, enteringIntoArea: 1, leavingFromArea: 2, beingInsideArea: 3, periodicLDR: 4 },
);
export type DeferredLocationEventType = Infer<typeof DeferredLocationEventType>;

export const LocationType = sequence({
  locationEstimateType: implicit(0, LocationEstimateType),
  deferredLocationEventType: optional(implicit(1, DeferredLocationEventType)),
});
export type LocationType = Infer<typeof LocationType>;

export const LCSLocationInfo = sequence({
  'networkNode-Number': IsdnAddressString,
  lmsi: optional(implicit(0, Lmsi)),
  extensionContainer: optional(implicit(1, ExtensionContainer)),
  gprsNodeIndicator: optional(implicit(2, nullType)),
  'additional-Number': optional(explicit(3, AdditionalNumber)),
  'supportedLCS-CapabilitySets': optional(implicit(4, SupportedLCSCapabilitySets)),
  'additional-LCS-CapabilitySets': optional(implicit(5, SupportedLCSCapabilitySets)),
  'mme-Name': optional(implicit(6, DiameterIdentity)),
  'aaa-Server-Name': optional(implicit(8, DiameterIdentity)),
  'sgsn-Name': optional(implicit(9, DiameterIdentity)),
  'sgsn-Realm': optional(implicit(10, DiameterIdentity)),
});
export type LCSLocationInfo = Infer<typeof LCSLocationInfo>;
