/** cancel: an announcement, or all that was asked for, is cancelled. 3GPP TS 29.078 §6.1.1. */
import { choice, type Infer, implicit, nullType, operation, optional, sequence } from '../../asn1/index.ts';
import { cancelFailed, missingParameter, taskRefused, unknownCSID } from '../errors.ts';
import { timersMs } from '../timers.ts';
import { CallSegmentID, InvokeID } from '../types/call.ts';

export const CallSegmentToCancel = sequence({
  invokeID: optional(implicit(0, InvokeID)),
  callSegmentID: optional(implicit(1, CallSegmentID)),
});
export type CallSegmentToCancel = Infer<typeof CallSegmentToCancel>;

export const CancelArg = choice({
  invokeID: implicit(0, InvokeID),
  allRequests: implicit(1, nullType),
  callSegmentToCancel: implicit(2, CallSegmentToCancel),
});
export type CancelArg = Infer<typeof CancelArg>;

export const cancel = operation({
  name: 'cancel',
  code: 53,
  argument: CancelArg,
  errors: [cancelFailed, missingParameter, taskRefused, unknownCSID],
  operationClass: 2,
  timerMs: timersMs.short,
});
