/** A profile: what is played, as data. */
import type { LoadKind, Phase } from '../plan.ts';

export interface ProfilePhase {
  readonly name: string;
  /** Of the time of the run, beside the parts of the other phases. */
  readonly part: number;
  /** Factors of the rate of the run, evenly spread over the phase, straight lines between them. */
  readonly rate: readonly number[];
  /** Weights. */
  readonly mix: Readonly<Partial<Record<LoadKind, number>>>;
  readonly order: 'in-turn' | 'random';
  /** From the armed call to its report. */
  readonly ringMs: number;
  /** So many subscribers get this share of the starts. */
  readonly hot?: { readonly subscribers: number; readonly share: number };
}

export interface Profile {
  readonly name: string;
  readonly what: string;
  /** Starts a second where no rate is given: as a number, or as busy hour call attempts of a subscriber. */
  readonly ratePerSecond?: number;
  readonly bhcaPerSubscriber?: number;
  readonly forMs: number;
  readonly rampMs: number;
  readonly subscribers: number;
  readonly phases: readonly ProfilePhase[];
}

/** What a command line says instead of the profile. */
export interface ProfileChanges {
  readonly ratePerSecond?: number;
  readonly forMs?: number;
  readonly rampMs?: number;
  readonly subscribers?: number;
  /** Factor of all the profile's own times. */
  readonly scale?: number;
}

export interface PlannedRun {
  readonly ratePerSecond: number;
  readonly forMs: number;
  readonly rampMs: number;
  readonly subscribers: number;
  readonly phases: readonly Phase[];
}

export function planOf(profile: Profile, changes: ProfileChanges): PlannedRun {
  const { scale = 1 } = changes;
  const subscribers = changes.subscribers ?? profile.subscribers;
  const fromBusyHour = ((profile.bhcaPerSubscriber ?? 0) * subscribers) / 3_600;
  const ratePerSecond = changes.ratePerSecond ?? profile.ratePerSecond ?? fromBusyHour;
  const forMs = changes.forMs ?? profile.forMs * scale;
  const rampMs = changes.rampMs ?? profile.rampMs * scale;
  const parts = profile.phases.reduce((sum, { part }) => sum + part, 0);
  const phases = profile.phases.map(
    ({ name, part, rate, mix, order, ringMs, hot }, at): Phase => ({
      name,
      ratePerSecond,
      forMs: (forMs * part) / parts,
      mix,
      first: 0,
      count: subscribers,
      order,
      shape: rate,
      ringMs: ringMs * scale,
      ...(at === 0 && rampMs > 0 ? { rampMs } : {}),
      ...(hot === undefined
        ? {}
        : { hot: { subscriber: 0, share: hot.share, count: Math.min(hot.subscribers, subscribers) } }),
    }),
  );
  return { ratePerSecond, forMs, rampMs, subscribers, phases };
}
