import type { MissedReason } from '../../types/model/notice.ts';
import type { Person } from '../person.ts';

/**
 * Whether the engine took the report of a call:
 *
 * - 'open': not settled yet.
 * - 'certain': it answered (an interrupted report is answered when the call is durable), or, where a report has no
 *   answer, it was heard of for long enough afterwards in the same life (`Aliveness`). It has to be told.
 * - 'maybe': neither; the association was down, the dialogue was aborted, or Tssf ended. It may be told, once.
 * - 'never': the engine let the call go at the beginning; it cannot know how it ended.
 */
export type Certainty = 'open' | 'certain' | 'maybe' | 'never';

/**
 * Whether the called party is told, by the rules: has to be; may be; must not be.
 */
export type Duty = 'due' | 'optional' | 'withheld';

/** A call that its called party missed, from the network's side. */
export interface MissedCall {
  readonly called: Person;
  readonly caller: Person;
  /** The caller's number may be shown. */
  readonly shown: boolean;
  /** Call reference number of the initialDP; empty when none was sent. */
  readonly reference: Uint8Array;
  readonly attemptedAtMs: number;
  /** The engine had answered the initialDP when the call ended. */
  readonly answered: boolean;
  reportedAtMs: number;
  reason: MissedReason;
  certainty: Certainty;
  settledAtMs: number;
  duty: Duty;
}

/** It has to be told. */
export function isDue({ certainty, duty }: MissedCall): boolean {
  return certainty === 'certain' && duty === 'due';
}

/** Reasons that may be told. A call whose report was not taken may look given up to the engine. */
export function mayBeToldAs(call: MissedCall, reason: MissedReason): boolean {
  return reason === call.reason || (call.certainty !== 'certain' && reason === 'abandoned');
}

/** It may be told: the engine may know of it, and no rule forbids it. */
export function isTellable({ certainty, duty }: MissedCall): boolean {
  return certainty !== 'never' && duty !== 'withheld';
}
