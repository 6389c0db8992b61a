/** resetTimerSMS: the smsSSF waits longer for us. 3GPP TS 29.078 §7.1. */
import { type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import {
  missingParameter,
  parameterOutOfRange,
  taskRefused,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
} from '../errors.ts';
import { timersMs } from '../timers.ts';
import { TimerID, TimerValue } from '../types/call.ts';
import { Extensions } from '../types/extension.ts';

export const ResetTimerSMSArg = sequence({
  timerID: optional(implicit(0, TimerID)), // absent: tssf
  timervalue: implicit(1, TimerValue),
  extensions: optional(implicit(2, Extensions)),
});
export type ResetTimerSMSArg = Infer<typeof ResetTimerSMSArg>;

export const resetTimerSMS = operation({
  name: 'resetTimerSMS',
  code: 67,
  argument: ResetTimerSMSArg,
  errors: [
    missingParameter,
    parameterOutOfRange,
    taskRefused,
    unexpectedComponentSequence,
    unexpectedDataValue,
    unexpectedParameter,
  ],
  operationClass: 2,
  timerMs: timersMs.short,
});
