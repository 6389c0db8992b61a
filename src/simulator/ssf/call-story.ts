import type { Person } from '../person.ts';

/** How a call ends when the called phone is there; one that is away cannot be reached, whatever the story says. */
export type CallEnding = 'busy' | 'no-answer' | 'abandoned' | 'abandoned-at-once' | 'answered';

export interface CallStory {
  readonly caller: Person;
  readonly called: Person;
  /** The caller's number is not to be shown. */
  readonly withheld: boolean;
  readonly ending: CallEnding;
  readonly capPhase: 2 | 3 | 4;
  /** How long it rings, where it does. */
  readonly ringingMs: number;
  /** How long the parties talk; meanwhile both lines are busy. Absent: an answered call is over at once. */
  readonly talkMs?: number;
  /** How long the caller waits who gives up at once. */
  readonly patienceMs: number;
  /** The called number is sent in national form. */
  readonly nationalNumber: boolean;
  /** The last report comes in the gsmSSF's own END; else the gsmSCF ends the dialogue. */
  readonly lastReportInEnd: boolean;
}
