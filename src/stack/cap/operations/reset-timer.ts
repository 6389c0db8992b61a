/** resetTimer: the gsmSSF waits longer for us. 3GPP TS 29.078 §6.1.1. */
import { type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import {
  missingParameter,
  parameterOutOfRange,
  taskRefused,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
  unknownCSID,
} from '../errors.ts';
import { timersMs } from '../timers.ts';
import { CallSegmentID, TimerID, TimerValue } from '../types/call.ts';
import { Extensions } from '../types/extension.ts';

export const ResetTimerArg = sequence({
  timerID: optional(implicit(0, TimerID)), // absent: tssf
  timervalue: implicit(1, TimerValue),
  extensions: optional(implicit(2, Extensions)),
  callSegmentID: optional(implicit(3, CallSegmentID)),
});
export type ResetTimerArg = Infer<typeof ResetTimerArg>;

export const resetTimer = operation({
  name: 'resetTimer',
  code: 33,
  argument: ResetTimerArg,
  errors: [
    missingParameter,
    parameterOutOfRange,
    taskRefused,
    unexpectedComponentSequence,
    unexpectedDataValue,
    unexpectedParameter,
    unknownCSID,
  ],
  operationClass: 2,
  timerMs: timersMs.short,
});
