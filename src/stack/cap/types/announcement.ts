/** Announcements and tones: 3GPP TS 29.078 §5.1. */
import {
  boolean,
  choice,
  enumerated,
  type Infer,
  implicit,
  integer,
  octetString,
  optional,
  sequence,
} from '../../asn1/index.ts';

export const ErrorTreatment = enumerated({ stdErrorAndInfo: 0, help: 1, repeatPrompt: 2 });
export type ErrorTreatment = Infer<typeof ErrorTreatment>;

export const CollectedDigits = sequence({
  minimumNbOfDigits: optional(implicit(0, integer({ min: 1, max: 30 }))), // absent: 1
  maximumNbOfDigits: implicit(1, integer({ min: 1, max: 30 })),
  endOfReplyDigit: optional(implicit(2, octetString({ min: 1, max: 2 }))),
  cancelDigit: optional(implicit(3, octetString({ min: 1, max: 2 }))),
  startDigit: optional(implicit(4, octetString({ min: 1, max: 2 }))),
  firstDigitTimeOut: optional(implicit(5, integer({ min: 1, max: 127 }))),
  interDigitTimeOut: optional(implicit(6, integer({ min: 1, max: 127 }))),
  errorTreatment: optional(implicit(7, ErrorTreatment)), // absent: stdErrorAndInfo
  interruptableAnnInd: optional(implicit(8, boolean)), // absent: TRUE
  voiceInformation: optional(implicit(9, boolean)), // absent: FALSE
  voiceBack: optional(implicit(10, boolean)), // absent: FALSE
});
export type CollectedDigits = Infer<typeof CollectedDigits>;

export const CollectedInfo = choice({
  collectedDigits: implicit(0, CollectedDigits),
});
export type CollectedInfo = Infer<typeof CollectedInfo>;
