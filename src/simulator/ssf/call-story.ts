import type { Person } from '../person.ts';

/** How a call ends when the called phone is there; one that is away cannot be reached, whatever the story says. */
export type CallEnding = 'busy' | 'no-answer' | 'abandoned' | 'abandoned-at-once' | 'answered';

/** A number as the exchange writes it: nature of address (ITU-T Q.763 §3.9, §3.10) and digits. */
export interface SignalledNumber {
  readonly nature: number;
  readonly digits: string;
}

/** What is absent is as of any call. The judge hears of no call that fails for a `cause`. */
export interface SignalledCall {
  /** Calling party's category (ITU-T Q.763 §3.11). */
  readonly category?: number;
  readonly called?: SignalledNumber;
  readonly calling?: SignalledNumber;
  /** ITU-T Q.850: it fails so, whatever the phone does. */
  readonly cause?: number;
  /** The number of the VLR that the called subscriber is registered in. */
  readonly visitedVlr?: string;
  /** The call reference of another report of the same call. */
  readonly reference?: Uint8Array;
}

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
  /** What the exchange says of it beyond what it says of every call. */
  readonly signalled?: SignalledCall;
}
