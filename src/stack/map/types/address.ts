/** Addresses and identities: 3GPP TS 29.002 §17.7.8. */
import { choice, type Infer, implicit, octetString, sequence, sequenceOf } from '../../asn1/index.ts';

/** An address: nature and plan in one octet, then TBCD digits; `decodeAddressString` reads it. */
export const AddressString = octetString({ min: 1, max: 20 });
export type AddressString = Infer<typeof AddressString>;

/** An {@link AddressString} of the ISDN numbering plan. */
export const IsdnAddressString = octetString({ min: 1, max: 9 });
export type IsdnAddressString = Infer<typeof IsdnAddressString>;

export const FtnAddressString = octetString({ min: 1, max: 15 });
export type FtnAddressString = Infer<typeof FtnAddressString>;

export const IsdnSubaddressString = octetString({ min: 1, max: 21 });
export type IsdnSubaddressString = Infer<typeof IsdnSubaddressString>;

/** TBCD digits of MCC, MNC and MSIN; `decodeTbcd` reads them. */
export const Imsi = octetString({ min: 3, max: 8 });
export type Imsi = Infer<typeof Imsi>;

export const Imei = octetString({ min: 8, max: 8 });
export type Imei = Infer<typeof Imei>;

export const Lmsi = octetString({ min: 4, max: 4 });
export type Lmsi = Infer<typeof Lmsi>;

export const Tmsi = octetString({ min: 1, max: 4 });
export type Tmsi = Infer<typeof Tmsi>;

export const HlrId = Imsi;
export type HlrId = Infer<typeof HlrId>;

export const HlrList = sequenceOf(HlrId, { min: 1, max: 50 });
export type HlrList = Infer<typeof HlrList>;

export const SubscriberIdentity = choice({
  imsi: implicit(0, Imsi),
  msisdn: implicit(1, IsdnAddressString),
});
export type SubscriberIdentity = Infer<typeof SubscriberIdentity>;

export const SubscriberId = choice({
  imsi: implicit(0, Imsi),
  tmsi: implicit(1, Tmsi),
});
export type SubscriberId = Infer<typeof SubscriberId>;

export const DiameterIdentity = octetString({ min: 9, max: 255 });
export type DiameterIdentity = Infer<typeof DiameterIdentity>;

export const NetworkNodeDiameterAddress = sequence({
  'diameter-Name': implicit(0, DiameterIdentity),
  'diameter-Realm': implicit(1, DiameterIdentity),
});
export type NetworkNodeDiameterAddress = Infer<typeof NetworkNodeDiameterAddress>;

export const GsnAddress = octetString({ min: 5, max: 17 });
export type GsnAddress = Infer<typeof GsnAddress>;

export const PlmnId = octetString({ min: 3, max: 3 });
export type PlmnId = Infer<typeof PlmnId>;

export const ImsiWithLMSI = sequence({
  imsi: Imsi,
  lmsi: Lmsi,
});
export type ImsiWithLMSI = Infer<typeof ImsiWithLMSI>;

export const Identity = choice({
  imsi: Imsi,
  'imsi-WithLMSI': ImsiWithLMSI,
});
export type Identity = Infer<typeof Identity>;
