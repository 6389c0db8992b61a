/** Numbers and other parameters that CAP carries as ISUP codes them: 3GPP TS 29.078 §5.1. Their contents: `../isup-numbers.ts`. */
import { choice, type Infer, implicit, octetString, sequenceOf, setOf } from '../../asn1/index.ts';

/** As ITU-T Q.763 §3.9; `decodeCalledPartyNumber` reads it. */
export const CalledPartyNumber = octetString({ min: 2, max: 18 });
export type CalledPartyNumber = Infer<typeof CalledPartyNumber>;

/** As ITU-T Q.763 §3.10; `decodeCallingPartyNumber` reads it. */
export const CallingPartyNumber = octetString({ min: 2, max: 10 });
export type CallingPartyNumber = Infer<typeof CallingPartyNumber>;

/** As the original called number of ITU-T Q.763 §3.39; `decodeCallingPartyNumber` reads it. */
export const OriginalCalledPartyID = octetString({ min: 2, max: 10 });
export type OriginalCalledPartyID = Infer<typeof OriginalCalledPartyID>;

/** As the redirecting number of ITU-T Q.763 §3.44; `decodeCallingPartyNumber` reads it. */
export const RedirectingPartyID = octetString({ min: 2, max: 10 });
export type RedirectingPartyID = Infer<typeof RedirectingPartyID>;

/** As ITU-T Q.763 §3.45; `decodeRedirectionInformation` reads it. */
export const RedirectionInformation = octetString({ min: 2, max: 2 });
export type RedirectionInformation = Infer<typeof RedirectionInformation>;

/** As ITU-T Q.763 §3.30; `decodeCallingPartyNumber` reads it. */
export const LocationNumber = octetString({ min: 2, max: 10 });
export type LocationNumber = Infer<typeof LocationNumber>;

/** As ITU-T Q.763 §3.26: the qualifier, then as a calling party number; `decodeGenericNumber` reads it. */
export const GenericNumber = octetString({ min: 3, max: 11 });
export type GenericNumber = Infer<typeof GenericNumber>;

export const GenericNumbers = setOf(GenericNumber, { min: 1, max: 5 });
export type GenericNumbers = Infer<typeof GenericNumbers>;

/** As generic digits or a generic number (ITU-T Q.763 §3.24, §3.26), by where it stands. */
export const Digits = octetString({ min: 2, max: 16 });
export type Digits = Infer<typeof Digits>;

export const AdditionalCallingPartyNumber = Digits;
export type AdditionalCallingPartyNumber = Infer<typeof AdditionalCallingPartyNumber>;

/** Type and plan in one octet, then BCD digits, as 3GPP TS 24.008 §10.5.4.7; `decodeAddressString` reads it. */
export const CalledPartyBCDNumber = octetString({ min: 1, max: 41 });
export type CalledPartyBCDNumber = Infer<typeof CalledPartyBCDNumber>;

export const DestinationRoutingAddress = sequenceOf(CalledPartyNumber, { min: 1, max: 1 });
export type DestinationRoutingAddress = Infer<typeof DestinationRoutingAddress>;

export const ChargeNumber = LocationNumber;
export type ChargeNumber = Infer<typeof ChargeNumber>;

/** As ITU-T Q.763 §3.12 with the values of ITU-T Q.850; `decodeCause` reads it. */
export const Cause = octetString({ min: 2, max: 32 });
export type Cause = Infer<typeof Cause>;

export const CallingPartysCategory = octetString({ min: 1, max: 1 });
export type CallingPartysCategory = Infer<typeof CallingPartysCategory>;

export const BearerCapability = choice({
  bearerCap: implicit(0, octetString({ min: 2, max: 11 })),
});
export type BearerCapability = Infer<typeof BearerCapability>;

export const HighLayerCompatibility = octetString({ min: 2, max: 2 });
export type HighLayerCompatibility = Infer<typeof HighLayerCompatibility>;

export const LowLayerCompatibility = octetString({ min: 1, max: 16 });
export type LowLayerCompatibility = Infer<typeof LowLayerCompatibility>;

export const IPRoutingAddress = CalledPartyNumber;
export type IPRoutingAddress = Infer<typeof IPRoutingAddress>;

export const AssistingSSPIPRoutingAddress = Digits;
export type AssistingSSPIPRoutingAddress = Infer<typeof AssistingSSPIPRoutingAddress>;

export const CorrelationID = Digits;
export type CorrelationID = Infer<typeof CorrelationID>;
