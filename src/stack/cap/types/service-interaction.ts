/** How supplementary services behave for this call: 3GPP TS 29.078 §5.1. */
import {
  enumerated,
  type Infer,
  implicit,
  nullType,
  octetString,
  optional,
  sequence,
} from '../../asn1/index.ts';

export const ForwardServiceInteractionInd = sequence({
  conferenceTreatmentIndicator: optional(implicit(1, octetString({ min: 1, max: 1 }))),
  callDiversionTreatmentIndicator: optional(implicit(2, octetString({ min: 1, max: 1 }))),
  callingPartyRestrictionIndicator: optional(implicit(4, octetString({ min: 1, max: 1 }))),
});
export type ForwardServiceInteractionInd = Infer<typeof ForwardServiceInteractionInd>;

export const BackwardServiceInteractionInd = sequence({
  conferenceTreatmentIndicator: optional(implicit(1, octetString({ min: 1, max: 1 }))),
  callCompletionTreatmentIndicator: optional(implicit(2, octetString({ min: 1, max: 1 }))),
});
export type BackwardServiceInteractionInd = Infer<typeof BackwardServiceInteractionInd>;

export const BothwayThroughConnectionInd = enumerated({ bothwayPathRequired: 0, bothwayPathNotRequired: 1 });
export type BothwayThroughConnectionInd = Infer<typeof BothwayThroughConnectionInd>;

export const ConnectedNumberTreatmentInd = enumerated({
  noINImpact: 0,
  presentationRestricted: 1,
  presentCalledINNumber: 2,
  presentCallINNumberRestricted: 3,
});
export type ConnectedNumberTreatmentInd = Infer<typeof ConnectedNumberTreatmentInd>;

export const ServiceInteractionIndicatorsTwo = sequence({
  forwardServiceInteractionInd: optional(implicit(0, ForwardServiceInteractionInd)),
  backwardServiceInteractionInd: optional(implicit(1, BackwardServiceInteractionInd)),
  bothwayThroughConnectionInd: optional(implicit(2, BothwayThroughConnectionInd)),
  connectedNumberTreatmentInd: optional(implicit(4, ConnectedNumberTreatmentInd)),
  nonCUGCall: optional(implicit(13, nullType)),
  holdTreatmentIndicator: optional(implicit(50, octetString({ min: 1, max: 1 }))),
  cwTreatmentIndicator: optional(implicit(51, octetString({ min: 1, max: 1 }))),
  ectTreatmentIndicator: optional(implicit(52, octetString({ min: 1, max: 1 }))),
});
export type ServiceInteractionIndicatorsTwo = Infer<typeof ServiceInteractionIndicatorsTwo>;
