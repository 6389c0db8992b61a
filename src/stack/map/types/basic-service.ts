/** Codes of basic and supplementary services: 3GPP TS 29.002 §17.7.5, §17.7.8, §17.7.9, §17.7.10. */
import { choice, type Infer, implicit, octetString, sequenceOf } from '../../asn1/index.ts';

export const BearerServiceCode = octetString({ min: 1, max: 1 });
export type BearerServiceCode = Infer<typeof BearerServiceCode>;

export const TeleserviceCode = octetString({ min: 1, max: 1 });
export type TeleserviceCode = Infer<typeof TeleserviceCode>;

export const BasicServiceCode = choice({
  bearerService: implicit(2, BearerServiceCode),
  teleservice: implicit(3, TeleserviceCode),
});
export type BasicServiceCode = Infer<typeof BasicServiceCode>;

export const ExtBearerServiceCode = octetString({ min: 1, max: 5 });
export type ExtBearerServiceCode = Infer<typeof ExtBearerServiceCode>;

export const ExtTeleserviceCode = octetString({ min: 1, max: 5 });
export type ExtTeleserviceCode = Infer<typeof ExtTeleserviceCode>;

export const ExtBasicServiceCode = choice({
  'ext-BearerService': implicit(2, ExtBearerServiceCode),
  'ext-Teleservice': implicit(3, ExtTeleserviceCode),
});
export type ExtBasicServiceCode = Infer<typeof ExtBasicServiceCode>;

export const SsCode = octetString({ min: 1, max: 1 });
export type SsCode = Infer<typeof SsCode>;

export const SsList = sequenceOf(SsCode, { min: 1, max: 30 });
export type SsList = Infer<typeof SsList>;

export const ExtSsStatus = octetString({ min: 1, max: 5 });
export type ExtSsStatus = Infer<typeof ExtSsStatus>;

export const SsStatus = octetString({ min: 1, max: 1 });
export type SsStatus = Infer<typeof SsStatus>;

export const BasicServiceList = sequenceOf(ExtBasicServiceCode, { min: 1, max: 70 });
export type BasicServiceList = Infer<typeof BasicServiceList>;
