/** Where a recording listens: the gateways say here what came in. */
import type { TrafficFact } from '../model/traffic.ts';

export interface TrafficTap {
  /** Costs little and never waits: what has no room is dropped and counted. */
  take(fact: TrafficFact): void;
}

/** Shared by all gateways; without a tap nothing is recorded, and a fact costs one look. */
export interface TrafficTapPoint {
  tap: TrafficTap | undefined;
}

export const noTraffic: TrafficTapPoint = Object.freeze({ tap: undefined });
