/** splitLeg: a leg gets a call segment of its own. 3GPP TS 29.078 §6.1.1. */
import { explicit, type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import {
  missingParameter,
  systemFailure,
  taskRefused,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
  unknownLegID,
} from '../errors.ts';
import { timersMs } from '../timers.ts';
import { CallSegmentID, LegID } from '../types/call.ts';
import { Extensions } from '../types/extension.ts';

export const SplitLegArg = sequence({
  legToBeSplit: explicit(0, LegID),
  newCallSegment: optional(implicit(1, CallSegmentID)),
  extensions: optional(implicit(2, Extensions)),
});
export type SplitLegArg = Infer<typeof SplitLegArg>;

export const splitLeg = operation({
  name: 'splitLeg',
  code: 95,
  argument: SplitLegArg,
  errors: [
    missingParameter,
    unexpectedComponentSequence,
    unexpectedParameter,
    unexpectedDataValue,
    systemFailure,
    taskRefused,
    unknownLegID,
  ],
  operationClass: 1,
  timerMs: timersMs.short,
});
