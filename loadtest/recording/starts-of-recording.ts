/**
 * Turns a recording (`callwake record`) into what the generator plays: each call and alert at its time, with its end, its cause
 * and the time that it rang. A pseudonym is a subscriber; who was never watched is one whom the engine does not know.
 */
import { readRecording } from '../../src/adapters/recording/read-recording.ts';
import type { TimedFact, TrafficFact } from '../../src/types/model/traffic.ts';
import { INDEX_MAX } from '../numbers.ts';
import { LOAD_KINDS, type LoadKind, type Starts } from '../plan.ts';

export interface PlayedRecording {
  readonly starts: Starts;
  /** Length of what is played, at its speed. */
  readonly forMs: number;
  /** To be provisioned: indexes below it are served. */
  readonly provisioned: number;
  /** All that occur. */
  readonly subscribers: number;
  /** What is played otherwise than it was, or not at all. */
  readonly notes: {
    /** Calls of which the end was not recorded, or that vanished: played as answered ones. */
    readonly withoutEnd: number;
    /** Events of mobility management that told of a return: played as alerts. */
    readonly mmEvents: number;
    /** Detaches, and calls that were let go unread: not played. */
    readonly left: number;
  };
}

interface Call {
  readonly atMs: number;
  readonly subscriber: number;
  takenAtMs: number;
  armed: boolean;
  end: { readonly kind: LoadKind; readonly cause: number; readonly atMs: number } | undefined;
}

/** Starts of one recording: so many fit the memory of a generator. */
const STARTS_MAX = 10_000_000;
export const SPEED = { min: 0.01, max: 1_000 } as const;

/** @throws OperatingError `CW_RECORDING_DAMAGED`; RangeError for a speed out of bounds, or more than can be played */
export function startsOfRecording(file: string, speed: number): PlayedRecording {
  if (!(speed >= SPEED.min && speed <= SPEED.max))
    throw new RangeError(
      `a recording is played at ${SPEED.min} to ${SPEED.max} times its speed, not ${speed}`,
    );
  const people = new Map<string, number>();
  /** By their number here. */
  const isServed: boolean[] = [];
  const played: { readonly atMs: number; readonly call: Call | undefined; readonly subscriber: number }[] =
    [];
  const calls = new Map<number, Call>();
  let lastMs = 0;
  let mmEvents = 0;
  let left = 0;

  const person = (pseudonym: string): number => {
    const known = people.get(pseudonym) ?? people.size;
    people.set(pseudonym, known);
    isServed[known] ??= false;
    return known;
  };
  const play = (atMs: number, subscriber: number, call?: Call): void => {
    if (played.length >= STARTS_MAX) throw new RangeError(`a recording of more than ${STARTS_MAX} starts`);
    played.push({ atMs, call, subscriber });
  };
  const read = readRecording(file, ({ afterMs, fact }: TimedFact) => {
    lastMs = Math.max(lastMs, afterMs);
    switch (fact.kind) {
      case 'call-begun': {
        const subscriber = person(fact.subscriber);
        const call: Call = { atMs: afterMs, subscriber, takenAtMs: afterMs, armed: false, end: undefined };
        calls.set(fact.dialogue, call);
        play(afterMs, subscriber, call);
        return;
      }
      case 'call-taken': {
        const call = calls.get(fact.dialogue);
        if (call === undefined) return;
        call.takenAtMs = afterMs;
        call.armed = fact.how === 'armed';
        if (call.armed) isServed[call.subscriber] = true;
        return;
      }
      case 'call-reported': {
        const call = calls.get(fact.dialogue);
        if (call !== undefined) call.end ??= { ...endOf(fact), atMs: afterMs };
        return;
      }
      case 'call-ended':
        calls.delete(fact.dialogue);
        return;
      case 'returned': {
        const subscriber = person(fact.subscriber);
        if (fact.source === 'mm-event') mmEvents++;
        if (fact.source === 'detach') left++;
        else play(afterMs, subscriber);
        return;
      }
      case 'call-refused':
        left++;
        return;
      case 'alert-answered':
      case 'notice-ended':
        // What comes of it, the generator's own handsets say.
        return;
    }
  });

  const tookMs = read.end?.tookMs ?? lastMs;
  const indexes = indexesOf(isServed);
  const provisioned = isServed.filter(Boolean).length;
  if (people.size > INDEX_MAX) throw new RangeError('a recording of more subscribers than a load can have');
  // Facts come in the order in which they came in: times ascend.
  played.sort((one, other) => one.atMs - other.atMs);
  const starts: Starts = {
    count: played.length,
    atMs: new Float64Array(played.length),
    kind: new Uint8Array(played.length),
    subscriber: new Uint32Array(played.length),
    ringMs: new Float64Array(played.length),
    cause: new Uint8Array(played.length),
  };
  let withoutEnd = 0;
  for (const [at, { atMs, call, subscriber }] of played.entries()) {
    starts.atMs[at] = atMs / speed;
    starts.subscriber[at] = indexes[subscriber]!;
    const end = call?.end;
    if (call?.armed === true && end === undefined) withoutEnd++;
    const kind = call === undefined ? 'alert' : (end?.kind ?? 'answered');
    starts.kind[at] = LOAD_KINDS.indexOf(kind);
    starts.cause[at] = end?.cause ?? 0;
    const endAtMs = end?.atMs ?? (call?.armed === true ? tookMs : call?.takenAtMs);
    starts.ringMs[at] = call === undefined ? 0 : Math.max(0, (endAtMs ?? 0) - call.takenAtMs) / speed;
  }
  return {
    starts,
    forMs: Math.ceil(tookMs / speed),
    provisioned,
    subscribers: people.size,
    notes: { withoutEnd, mmEvents, left },
  };
}

function endOf(fact: TrafficFact & { kind: 'call-reported' }): { kind: LoadKind; cause: number } {
  if (fact.how !== 'failed') return { kind: fact.how, cause: 0 };
  const { reason, cause } = fact;
  // A phone that rang out is reported as such, without a cause of its own.
  if (reason === 'no-answer') return { kind: reason, cause: 0 };
  return { kind: reason ?? 'network-trouble', cause };
}

/** Those whom the engine serves come first. */
function indexesOf(isServed: readonly boolean[]): number[] {
  let served = 0;
  let others = isServed.filter(Boolean).length;
  return isServed.map((one) => (one ? served++ : others++));
}
