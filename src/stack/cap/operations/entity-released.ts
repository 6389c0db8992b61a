/** entityReleased: a call or call segment ended by an error. 3GPP TS 29.078 §6.1.1. */
import { choice, explicit, type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import { timersMs } from '../timers.ts';
import { CallSegmentID, LegID } from '../types/call.ts';
import { Cause } from '../types/numbers.ts';

export const CallSegmentFailure = sequence({
  callSegmentID: optional(implicit(0, CallSegmentID)),
  cause: optional(implicit(2, Cause)),
});
export type CallSegmentFailure = Infer<typeof CallSegmentFailure>;

export const BcsmFailure = sequence({
  legID: optional(explicit(0, LegID)),
  cause: optional(implicit(2, Cause)),
});
export type BcsmFailure = Infer<typeof BcsmFailure>;

export const EntityReleasedArg = choice({
  callSegmentFailure: implicit(0, CallSegmentFailure),
  'bCSM-Failure': implicit(1, BcsmFailure),
});
export type EntityReleasedArg = Infer<typeof EntityReleasedArg>;

export const entityReleased = operation({
  name: 'entityReleased',
  code: 96,
  argument: EntityReleasedArg,
  errors: [],
  operationClass: 4,
  timerMs: timersMs.short,
});
