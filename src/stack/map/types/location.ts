/** Where a subscriber is: 3GPP TS 29.002 §17.7.1, §17.7.8. */
import {
  bitString,
  choice,
  enumerated,
  explicit,
  type Infer,
  implicit,
  integer,
  nullType,
  octetString,
  optional,
  sequence,
} from '../../asn1/index.ts';
import { DiameterIdentity, IsdnAddressString, PlmnId } from './address.ts';
import { ExtensionContainer } from './extension.ts';

export const AgeOfLocationInformation = integer({ min: 0, max: 32767 });
export type AgeOfLocationInformation = Infer<typeof AgeOfLocationInformation>;

export const GeographicalInformation = octetString({ min: 8, max: 8 });
export type GeographicalInformation = Infer<typeof GeographicalInformation>;

/** As ITU-T Q.763 §3.30; `decodeCallingPartyNumber` reads it. */
export const LocationNumber = octetString({ min: 2, max: 10 });
export type LocationNumber = Infer<typeof LocationNumber>;

export const CellGlobalIdOrServiceAreaIdFixedLength = octetString({ min: 7, max: 7 });
export type CellGlobalIdOrServiceAreaIdFixedLength = Infer<typeof CellGlobalIdOrServiceAreaIdFixedLength>;

export const LAIFixedLength = octetString({ min: 5, max: 5 });
export type LAIFixedLength = Infer<typeof LAIFixedLength>;

export const CellGlobalIdOrServiceAreaIdOrLAI = choice({
  cellGlobalIdOrServiceAreaIdFixedLength: implicit(0, CellGlobalIdOrServiceAreaIdFixedLength),
  laiFixedLength: implicit(1, LAIFixedLength),
});
export type CellGlobalIdOrServiceAreaIdOrLAI = Infer<typeof CellGlobalIdOrServiceAreaIdOrLAI>;

export const LSAIdentity = octetString({ min: 3, max: 3 });
export type LSAIdentity = Infer<typeof LSAIdentity>;

export const GeodeticInformation = octetString({ min: 10, max: 10 });
export type GeodeticInformation = Infer<typeof GeodeticInformation>;

export const EUtranCgi = octetString({ min: 7, max: 7 });
export type EUtranCgi = Infer<typeof EUtranCgi>;

export const TaId = octetString({ min: 5, max: 5 });
export type TaId = Infer<typeof TaId>;

export const LocationInformationEPS = sequence({
  'e-utranCellGlobalIdentity': optional(implicit(0, EUtranCgi)),
  trackingAreaIdentity: optional(implicit(1, TaId)),
  extensionContainer: optional(implicit(2, ExtensionContainer)),
  geographicalInformation: optional(implicit(3, GeographicalInformation)),
  geodeticInformation: optional(implicit(4, GeodeticInformation)),
  currentLocationRetrieved: optional(implicit(5, nullType)),
  ageOfLocationInformation: optional(implicit(6, AgeOfLocationInformation)),
  'mme-Name': optional(implicit(7, DiameterIdentity)),
});
export type LocationInformationEPS = Infer<typeof LocationInformationEPS>;

export const CsgId = bitString({ min: 27, max: 27 });
export type CsgId = Infer<typeof CsgId>;

export const UserCSGInformation = sequence({
  'csg-Id': implicit(0, CsgId),
  extensionContainer: optional(implicit(1, ExtensionContainer)),
  accessMode: optional(implicit(2, octetString({ min: 1, max: 1 }))),
  cmi: optional(implicit(3, octetString({ min: 1, max: 1 }))),
});
export type UserCSGInformation = Infer<typeof UserCSGInformation>;

export const LocationInformation = sequence({
  ageOfLocationInformation: optional(AgeOfLocationInformation),
  geographicalInformation: optional(implicit(0, GeographicalInformation)),
  'vlr-number': optional(implicit(1, IsdnAddressString)),
  locationNumber: optional(implicit(2, LocationNumber)),
  cellGlobalIdOrServiceAreaIdOrLAI: optional(explicit(3, CellGlobalIdOrServiceAreaIdOrLAI)),
  extensionContainer: optional(implicit(4, ExtensionContainer)),
  'selectedLSA-Id': optional(implicit(5, LSAIdentity)),
  'msc-Number': optional(implicit(6, IsdnAddressString)),
  geodeticInformation: optional(implicit(7, GeodeticInformation)),
  currentLocationRetrieved: optional(implicit(8, nullType)),
  'sai-Present': optional(implicit(9, nullType)),
  locationInformationEPS: optional(implicit(10, LocationInformationEPS)),
  userCSGInformation: optional(implicit(11, UserCSGInformation)),
});
export type LocationInformation = Infer<typeof LocationInformation>;

export const RAIdentity = octetString({ min: 6, max: 6 });
export type RAIdentity = Infer<typeof RAIdentity>;

export const LocationInformationGPRS = sequence({
  cellGlobalIdOrServiceAreaIdOrLAI: optional(explicit(0, CellGlobalIdOrServiceAreaIdOrLAI)),
  routeingAreaIdentity: optional(implicit(1, RAIdentity)),
  geographicalInformation: optional(implicit(2, GeographicalInformation)),
  'sgsn-Number': optional(implicit(3, IsdnAddressString)),
  selectedLSAIdentity: optional(implicit(4, LSAIdentity)),
  extensionContainer: optional(implicit(5, ExtensionContainer)),
  'sai-Present': optional(implicit(6, nullType)),
  geodeticInformation: optional(implicit(7, GeodeticInformation)),
  currentLocationRetrieved: optional(implicit(8, nullType)),
  ageOfLocationInformation: optional(implicit(9, AgeOfLocationInformation)),
  userCSGInformation: optional(implicit(10, UserCSGInformation)),
});
export type LocationInformationGPRS = Infer<typeof LocationInformationGPRS>;

export const NrCgi = octetString({ min: 8, max: 8 });
export type NrCgi = Infer<typeof NrCgi>;

export const Fqdn = octetString({ min: 9, max: 255 });
export type Fqdn = Infer<typeof Fqdn>;

export const TimeZone = octetString({ min: 2, max: 3 });
export type TimeZone = Infer<typeof TimeZone>;

export const UsedRatType = enumerated({
  utran: 0,
  geran: 1,
  gan: 2,
  'i-hspa-evolution': 3,
  'e-utran': 4,
  'nb-iot': 5,
});
export type UsedRatType = Infer<typeof UsedRatType>;

export const NrTaId = octetString({ min: 6, max: 6 });
export type NrTaId = Infer<typeof NrTaId>;

export const LocationInformation5GS = sequence({
  nrCellGlobalIdentity: optional(implicit(0, NrCgi)),
  'e-utranCellGlobalIdentity': optional(implicit(1, EUtranCgi)),
  geographicalInformation: optional(implicit(2, GeographicalInformation)),
  geodeticInformation: optional(implicit(3, GeodeticInformation)),
  'amf-address': optional(implicit(4, Fqdn)),
  trackingAreaIdentity: optional(implicit(5, TaId)),
  currentLocationRetrieved: optional(implicit(6, nullType)),
  ageOfLocationInformation: optional(implicit(7, AgeOfLocationInformation)),
  vplmnId: optional(implicit(8, PlmnId)),
  localtimeZone: optional(implicit(9, TimeZone)),
  'rat-Type': optional(implicit(10, UsedRatType)),
  extensionContainer: optional(implicit(11, ExtensionContainer)),
  nrTrackingAreaIdentity: optional(implicit(12, NrTaId)),
});
export type LocationInformation5GS = Infer<typeof LocationInformation5GS>;
