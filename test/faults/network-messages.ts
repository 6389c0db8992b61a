/** What a fault plant and its network process say to each other. Times are of `sinceEpochMs`. */
import type { SimulationProgress } from '../../src/simulator/network-options.ts';
import type { LifePlan, NetworkTimes, PeoplePlan } from '../../src/simulator/plan.ts';
import type { SimulationReport } from '../../src/simulator/report.ts';

export interface NetworkProcessOptions {
  /** UDP port; 0: any that is free. */
  readonly port: number;
  /** Of the people, and of what they do. */
  readonly seed: number;
  readonly lifeSeed: number;
  readonly people: Partial<PeoplePlan>;
  readonly life: Partial<LifePlan>;
  readonly times: Partial<NetworkTimes>;
  readonly subscribersFile: string;
  /** What the judge knows is written there at once, and taken from there by a later life of the network. */
  readonly judgeFile?: string;
}

export type NetworkOrder = { readonly id: number } & (
  | { readonly kind: 'progress' }
  /** Answered when all is told, or the bound of the plan has passed. */
  | { readonly kind: 'drain' }
  | { readonly kind: 'report' }
  | { readonly kind: 'step-clock'; readonly byMs: number }
  | { readonly kind: 'stop' }
);

export type NetworkSaying =
  | { readonly kind: 'listening'; readonly port: number }
  /** The first engine is there and calls begin. */
  | { readonly kind: 'living' }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown };

/** A missed call that the engine did not take as far as the network knows. */
export interface Unacknowledged {
  readonly startedAtMs: number;
  readonly settledAtMs: number;
  readonly answered: boolean;
}

/** A short message that reached a phone a second time in the same octets. */
export interface Repetition {
  /** When it had reached it before. */
  readonly beforeAtMs: number;
  readonly atMs: number;
}

/** A time in which something was away. */
export interface Down {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What the network saw that its judge does not say. */
export interface Testimony {
  readonly unacknowledged: readonly Unacknowledged[];
  readonly repetitions: readonly Repetition[];
  /** When short messages reached phones. */
  readonly deliveredAtMs: readonly number[];
  /** When an association came or went as the network sees it: reports before it that nothing proves count as not taken. */
  readonly changedAtMs: readonly number[];
  /** When no application server of the engine was active for it: there was nowhere to send an initialDP to. */
  readonly inactive: readonly Down[];
}

export interface NetworkVerdict {
  readonly report: SimulationReport;
  readonly testimony: Testimony;
  readonly counters: Readonly<Record<string, number>>;
}

export type NetworkProgress = SimulationProgress & { readonly active: boolean };

/** Wall time that no step of a clock reaches: comparable between the processes of a machine. */
export function sinceEpochMs(): number {
  return performance.timeOrigin + performance.now();
}
