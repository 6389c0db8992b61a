/** disconnectLeg: one leg is released. 3GPP TS 29.078 §6.1.1. */
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
import { Cause } from '../types/numbers.ts';

export const DisconnectLegArg = sequence({
  legToBeReleased: explicit(0, LegID),
  releaseCause: optional(implicit(1, Cause)),
  extensions: optional(implicit(2, Extensions)),
});
export type DisconnectLegArg = Infer<typeof DisconnectLegArg>;

export const disconnectLeg = operation({
  name: 'disconnectLeg',
  code: 90,
  argument: DisconnectLegArg,
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
