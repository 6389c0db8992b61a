/** What a rule has said at an event, as the journal keeps it; proto/journal.proto is its form at rest. */

/** By which rule a call that failed is not told (`src/rules/capture.ts`). */
export type NotTold =
  | 'own-call'
  | 'reason'
  | 'mailbox'
  | 'withheld'
  | 'excluded'
  | 'blocked'
  | 'not-listed'
  /** Missed calls are not ordered (S1). */
  | 'no-service';

/** Something that a rule kept from being told, by the rule: calls, lines that are too old or settled, and what else is not said. */
export type Ruled =
  | NotTold
  | 'expired'
  | 'settled'
  | 'privacy'
  | 'precedence'
  | 'away-too-late'
  | 'held'
  /** What waited is not ordered any more, or not to be told by the orders as they are now. */
  | 'orders'
  /** The network says never, or too many tries failed. */
  | 'given-up'
  /** N8: nobody has read it in the inbox in time: the next channel tells it. */
  | 'unread';

/** What holds back what is due (N12, N14). */
export type HoldingRule = 'quiet-hours' | 'digest' | 'cap';

export interface Ruling {
  readonly rule: Ruled;
  /** Whose calls, or who is not told of what; empty: of a withheld number. Absent: it is of no one in particular. */
  readonly of?: string;
  /** Of 'held': which rule, and until when. */
  readonly by?: HoldingRule;
  readonly untilMs?: number;
}

export const NOTHING_RULED: readonly Ruling[] = [];
