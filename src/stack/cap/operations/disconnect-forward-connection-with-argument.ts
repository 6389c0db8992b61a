/** disconnectForwardConnectionWithArgument: the same for one call segment; the specification calls its code dFCWithArgument. 3GPP TS 29.078 §6.1.1. */
import { type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import {
  missingParameter,
  systemFailure,
  taskRefused,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
  unknownCSID,
} from '../errors.ts';
import { timersMs } from '../timers.ts';
import { CallSegmentID } from '../types/call.ts';
import { Extensions } from '../types/extension.ts';

export const DisconnectForwardConnectionWithArgumentArg = sequence({
  callSegmentID: optional(implicit(1, CallSegmentID)),
  extensions: optional(implicit(2, Extensions)),
});
export type DisconnectForwardConnectionWithArgumentArg = Infer<
  typeof DisconnectForwardConnectionWithArgumentArg
>;

export const disconnectForwardConnectionWithArgument = operation({
  name: 'dFCWithArgument',
  code: 86,
  argument: DisconnectForwardConnectionWithArgumentArg,
  errors: [
    missingParameter,
    systemFailure,
    taskRefused,
    unexpectedComponentSequence,
    unexpectedDataValue,
    unexpectedParameter,
    unknownCSID,
  ],
  operationClass: 2,
  timerMs: timersMs.short,
});
