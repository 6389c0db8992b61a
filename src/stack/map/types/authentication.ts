/** Authentication sets: 3GPP TS 29.002 §17.7.1. */
import {
  choice,
  type Infer,
  implicit,
  octetString,
  optional,
  sequence,
  sequenceOf,
} from '../../asn1/index.ts';
import { ExtensionContainer } from './extension.ts';

export const Rand = octetString({ min: 16, max: 16 });
export type Rand = Infer<typeof Rand>;

export const Sres = octetString({ min: 4, max: 4 });
export type Sres = Infer<typeof Sres>;

export const Kc = octetString({ min: 8, max: 8 });
export type Kc = Infer<typeof Kc>;

export const AuthenticationTriplet = sequence({
  rand: Rand,
  sres: Sres,
  kc: Kc,
});
export type AuthenticationTriplet = Infer<typeof AuthenticationTriplet>;

export const TripletList = sequenceOf(AuthenticationTriplet, { min: 1, max: 5 });
export type TripletList = Infer<typeof TripletList>;

export const Xres = octetString({ min: 4, max: 16 });
export type Xres = Infer<typeof Xres>;

export const Ck = octetString({ min: 16, max: 16 });
export type Ck = Infer<typeof Ck>;

export const Ik = octetString({ min: 16, max: 16 });
export type Ik = Infer<typeof Ik>;

export const Autn = octetString({ min: 16, max: 16 });
export type Autn = Infer<typeof Autn>;

export const AuthenticationQuintuplet = sequence({
  rand: Rand,
  xres: Xres,
  ck: Ck,
  ik: Ik,
  autn: Autn,
});
export type AuthenticationQuintuplet = Infer<typeof AuthenticationQuintuplet>;

export const QuintupletList = sequenceOf(AuthenticationQuintuplet, { min: 1, max: 5 });
export type QuintupletList = Infer<typeof QuintupletList>;

export const AuthenticationSetList = choice({
  tripletList: implicit(0, TripletList),
  quintupletList: implicit(1, QuintupletList),
});
export type AuthenticationSetList = Infer<typeof AuthenticationSetList>;

export const Kasme = octetString({ min: 32, max: 32 });
export type Kasme = Infer<typeof Kasme>;

export const EpcAv = sequence({
  rand: Rand,
  xres: Xres,
  autn: Autn,
  kasme: Kasme,
  extensionContainer: optional(ExtensionContainer),
});
export type EpcAv = Infer<typeof EpcAv>;

export const EpsAuthenticationSetList = sequenceOf(EpcAv, { min: 1, max: 5 });
export type EpsAuthenticationSetList = Infer<typeof EpsAuthenticationSetList>;

export const Cksn = octetString({ min: 1, max: 1 });
export type Cksn = Infer<typeof Cksn>;

export const GsmSecurityContextData = sequence({
  kc: Kc,
  cksn: Cksn,
});
export type GsmSecurityContextData = Infer<typeof GsmSecurityContextData>;

export const Ksi = octetString({ min: 1, max: 1 });
export type Ksi = Infer<typeof Ksi>;

export const UmtsSecurityContextData = sequence({
  ck: Ck,
  ik: Ik,
  ksi: Ksi,
});
export type UmtsSecurityContextData = Infer<typeof UmtsSecurityContextData>;

export const CurrentSecurityContext = choice({
  'gsm-SecurityContextData': implicit(0, GsmSecurityContextData),
  'umts-SecurityContextData': implicit(1, UmtsSecurityContextData),
});
export type CurrentSecurityContext = Infer<typeof CurrentSecurityContext>;

export const Auts = octetString({ min: 14, max: 14 });
export type Auts = Infer<typeof Auts>;

export const ReSynchronisationInfo = sequence({
  rand: Rand,
  auts: Auts,
});
export type ReSynchronisationInfo = Infer<typeof ReSynchronisationInfo>;

export const AuthenticationSetV2 = sequence({
  rand: Rand,
  sres: Sres,
  kc: Kc,
});
export type AuthenticationSetV2 = Infer<typeof AuthenticationSetV2>;

export const AuthenticationSetListV2 = sequenceOf(AuthenticationSetV2, { min: 1, max: 5 });
export type AuthenticationSetListV2 = Infer<typeof AuthenticationSetListV2>;
