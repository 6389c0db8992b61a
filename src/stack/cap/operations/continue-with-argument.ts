/** continueWithArgument: the call goes on with other data. 3GPP TS 29.078 §6.1.1. */
import {
  choice,
  explicit,
  type Infer,
  implicit,
  nullType,
  operation,
  optional,
  sequence,
} from '../../asn1/index.ts';
import { CugInterlock, SuppressionOfAnnouncement } from '../../map/types/camel.ts';
import {
  missingParameter,
  parameterOutOfRange,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
  unknownCSID,
  unknownLegID,
} from '../errors.ts';
import { timersMs } from '../timers.ts';
import { AlertingPattern, CallSegmentID, Carrier, LegID, NAOliInfo } from '../types/call.ts';
import { Extensions } from '../types/extension.ts';
import { CallingPartysCategory, ChargeNumber, GenericNumbers } from '../types/numbers.ts';
import { ServiceInteractionIndicatorsTwo } from '../types/service-interaction.ts';

export const LegOrCallSegment = choice({
  callSegmentID: implicit(0, CallSegmentID),
  legID: explicit(1, LegID),
});
export type LegOrCallSegment = Infer<typeof LegOrCallSegment>;

export const ContinueWithArgumentArgExtension = sequence({
  'suppress-D-CSI': optional(implicit(0, nullType)),
  'suppress-N-CSI': optional(implicit(1, nullType)),
  suppressOutgoingCallBarring: optional(implicit(2, nullType)),
  legOrCallSegment: optional(explicit(3, LegOrCallSegment)),
});
export type ContinueWithArgumentArgExtension = Infer<typeof ContinueWithArgumentArgExtension>;

export const ContinueWithArgumentArg = sequence({
  alertingPattern: optional(implicit(1, AlertingPattern)),
  extensions: optional(implicit(6, Extensions)),
  serviceInteractionIndicatorsTwo: optional(implicit(7, ServiceInteractionIndicatorsTwo)),
  callingPartysCategory: optional(implicit(12, CallingPartysCategory)),
  genericNumbers: optional(implicit(16, GenericNumbers)),
  'cug-Interlock': optional(implicit(17, CugInterlock)),
  'cug-OutgoingAccess': optional(implicit(18, nullType)),
  chargeNumber: optional(implicit(50, ChargeNumber)),
  carrier: optional(implicit(52, Carrier)),
  suppressionOfAnnouncement: optional(implicit(55, SuppressionOfAnnouncement)),
  naOliInfo: optional(implicit(56, NAOliInfo)),
  'bor-InterrogationRequested': optional(implicit(57, nullType)),
  'suppress-O-CSI': optional(implicit(58, nullType)),
  continueWithArgumentArgExtension: optional(implicit(59, ContinueWithArgumentArgExtension)),
});
export type ContinueWithArgumentArg = Infer<typeof ContinueWithArgumentArg>;

export const continueWithArgument = operation({
  name: 'continueWithArgument',
  code: 88,
  argument: ContinueWithArgumentArg,
  errors: [
    missingParameter,
    parameterOutOfRange,
    unexpectedComponentSequence,
    unexpectedDataValue,
    unexpectedParameter,
    unknownLegID,
    unknownCSID,
  ],
  operationClass: 2,
  timerMs: timersMs.short,
});
