/** A recording as a phase of a load: what a profile is for made-up traffic. */
import path from 'node:path';
import type { Phase } from '../plan.ts';
import { startsOfRecording } from './starts-of-recording.ts';

export interface RecordedPhase {
  readonly phase: Phase;
  /** All that occur in it, and the first of them whom the engine is to serve. */
  readonly subscribers: number;
  readonly provisioned: number;
  /** For people: what is played, and what otherwise than it was. */
  readonly what: string;
}

/**
 * Reads `file` and plans it at `speed` times its own.
 * @throws OperatingError `CW_RECORDING_DAMAGED`; RangeError for what cannot be played
 */
export function recordedPhase(file: string, speed: number): RecordedPhase {
  const { starts, forMs, subscribers, provisioned, notes } = startsOfRecording(file, speed);
  if (starts.count === 0)
    throw new RangeError(`${file} has neither a call nor an alert: there is nothing to play`);
  const phase: Phase = {
    name: path.basename(file),
    // The starts have their own times, kinds and subscribers.
    ratePerSecond: (starts.count * 1_000) / Math.max(1, forMs),
    forMs,
    mix: {},
    first: 0,
    count: Math.max(1, subscribers),
    order: 'in-turn',
    starts,
  };
  const otherwise = [
    ...(notes.withoutEnd > 0 ? [`${notes.withoutEnd} calls without a recorded end as answered ones`] : []),
    ...(notes.mmEvents > 0 ? [`${notes.mmEvents} events of mobility management as alerts`] : []),
    ...(notes.left > 0 ? [`${notes.left} detaches and unread calls not at all`] : []),
  ];
  const what = `${starts.count} starts of ${subscribers} subscribers in ${(forMs / 1_000).toFixed(1)} s, at ${speed} times their speed`;
  return {
    phase,
    subscribers: Math.max(1, subscribers),
    provisioned,
    what: otherwise.length === 0 ? what : `${what}; played are ${otherwise.join(', ')}`,
  };
}
