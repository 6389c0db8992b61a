/** What came in from the network, as a recording has it; proto/recording.proto is its form in the file. */
import type { DeliveryResult, Presentation } from './event.ts';
import type { MissedReason } from './notice.ts';

/** Facts with the same `dialogue` are of one dialogue; alerts and calls count apart. */
export type TrafficFact =
  | {
      readonly kind: 'call-begun';
      readonly dialogue: number;
      readonly subscriber: string;
      /** Empty when the network gave none. */
      readonly caller: string;
      readonly presentation: Presentation;
    }
  /** Let go unread, in overload. */
  | { readonly kind: 'call-refused' }
  /** The first answer to the initialDP. */
  | { readonly kind: 'call-taken'; readonly dialogue: number; readonly how: 'armed' | 'let-go' }
  | {
      readonly kind: 'call-reported';
      readonly dialogue: number;
      readonly how: 'failed' | 'abandoned' | 'answered';
      /** Of a call that failed; undefined for network trouble, which makes no missed call. */
      readonly reason: MissedReason | undefined;
      /** Q.850 cause value, 0 when none came. */
      readonly cause: number;
    }
  | { readonly kind: 'call-ended'; readonly dialogue: number; readonly how: 'ended' | 'aborted' }
  | {
      readonly kind: 'returned';
      /** Of an alert that waits for its answer; else 0. */
      readonly dialogue: number;
      readonly subscriber: string;
      readonly source: 'alert' | 'mm-event' | 'detach';
      readonly taken: 'on-its-way' | 'no-room';
    }
  | { readonly kind: 'alert-answered'; readonly dialogue: number; readonly how: 'durable' | 'late' }
  /** What the network said of a notice of ours; not what stood in it. */
  | {
      readonly kind: 'notice-ended';
      readonly subscriber: string;
      readonly result: DeliveryResult;
      readonly parts: number;
      /** From its first message to the last answer. */
      readonly tookMs: number;
    };

export interface TimedFact {
  /** Since the recording began. */
  readonly afterMs: number;
  readonly fact: TrafficFact;
}

export interface RecordingHeader {
  /** Of the form. */
  readonly version: number;
  readonly engineVersion: string;
  readonly startedAtMs: number;
  /** Leading digits of each number that are as they were; the others are a pseudonym. */
  readonly keptDigits: number;
}

/** Why a recording ended: its time, its size, an order, or the end of the signalling thread. */
export type RecordingEndReason = 'time' | 'size' | 'stopped' | 'signalling-ended';

export interface RecordingEnd {
  readonly reason: RecordingEndReason;
  readonly tookMs: number;
  readonly facts: number;
  /** Facts that did not fit: the recorder was slower than the traffic. */
  readonly dropped: number;
  /** Facts of dialogues that began before the recording. */
  readonly ofEarlier: number;
}
