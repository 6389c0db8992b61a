/** moveLeg: a leg goes to another call segment. 3GPP TS 29.078 §6.1.1. */
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
import { LegID } from '../types/call.ts';
import { Extensions } from '../types/extension.ts';

export const MoveLegArg = sequence({
  legIDToMove: explicit(0, LegID),
  extensions: optional(implicit(2, Extensions)),
});
export type MoveLegArg = Infer<typeof MoveLegArg>;

export const moveLeg = operation({
  name: 'moveLeg',
  code: 93,
  argument: MoveLegArg,
  errors: [
    missingParameter,
    systemFailure,
    taskRefused,
    unexpectedComponentSequence,
    unexpectedDataValue,
    unexpectedParameter,
    unknownLegID,
  ],
  operationClass: 1,
  timerMs: timersMs.short,
});
