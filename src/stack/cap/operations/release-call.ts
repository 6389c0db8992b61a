/** releaseCall: all parties of the call are released. 3GPP TS 29.078 §6.1.1. */
import { choice, type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import { timersMs } from '../timers.ts';
import { Extensions } from '../types/extension.ts';
import { Cause } from '../types/numbers.ts';

export const AllCallSegments = Cause;
export type AllCallSegments = Infer<typeof AllCallSegments>;

export const AllCallSegmentsWithExtension = sequence({
  allCallSegments: implicit(0, AllCallSegments),
  extensions: optional(implicit(1, Extensions)),
});
export type AllCallSegmentsWithExtension = Infer<typeof AllCallSegmentsWithExtension>;

export const ReleaseCallArg = choice({
  allCallSegments: AllCallSegments,
  allCallSegmentsWithExtension: implicit(2, AllCallSegmentsWithExtension),
});
export type ReleaseCallArg = Infer<typeof ReleaseCallArg>;

export const releaseCall = operation({
  name: 'releaseCall',
  code: 22,
  argument: ReleaseCallArg,
  errors: [],
  operationClass: 4,
  timerMs: timersMs.short,
});
