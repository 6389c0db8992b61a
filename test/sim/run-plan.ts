/** What one seeded run is like, all of it chosen by its seed before it begins. */
import type { LifePlan } from '../../src/simulator/plan.ts';
import type { FaultName, Faults } from './faults.ts';

/** Faults that are forced on or off, whatever the seed says. */
export type Switches = ReadonlyMap<FaultName, boolean>;

/** What is done to the running plant. */
export type Blow =
  | { readonly kind: 'kill'; readonly survive: number; readonly seen: boolean }
  /** …on disks that are as they were, or first on one with a damaged journal. */
  | { readonly kind: 'start'; readonly damage?: 'torn' | 'missing' }
  /** One of the parts, by a number that is taken modulo their count. */
  | { readonly kind: 'kill-part'; readonly part: number; readonly survive: number }
  | { readonly kind: 'lose-association'; readonly index?: number }
  /** To the message centre. */
  | { readonly kind: 'lose-links' }
  | { readonly kind: 'cut' }
  | { readonly kind: 'heal' }
  | { readonly kind: 'stop-taking' }
  | { readonly kind: 'go-on-taking' }
  | { readonly kind: 'fill-store'; readonly shard: number }
  | { readonly kind: 'free-store' }
  | { readonly kind: 'step-clock'; readonly byMs: number }
  | { readonly kind: 'everybody-leaves' }
  | { readonly kind: 'everybody-returns' }
  | { readonly kind: 'node-gone'; readonly node: 'hlr' | 'msc' }
  | { readonly kind: 'node-back'; readonly node: 'hlr' | 'msc'; readonly refuses: number }
  | { readonly kind: 'node-well' };

export interface Moment {
  /** Since the run's beginning, or the drain's. */
  readonly atMs: number;
  /** …and so many things of that millisecond happen before it. */
  readonly turns: number;
  readonly blow: Blow;
}

export interface RunPlan {
  readonly seed: number;
  readonly generator: 1 | 2;
  readonly faults: Faults;
  readonly shards: number;
  readonly people: number;
  readonly life: Partial<LifePlan>;
  /** In the order of time. */
  readonly moments: readonly Moment[];
  /** When people stop calling, and the drain begins. */
  readonly livingMs: number;
  readonly momentsInDrain: readonly Moment[];
  /** When, after the drain began, every fault that goes on by itself ends. */
  readonly calmAfterMs: number;
  readonly commitMs: () => number;
  /** What becomes of a message between the engine and the network: milliseconds that it is late, lost, or there twice. */
  readonly fate: () => number | 'lost' | 'twice';
  /** Of which of the engine's subsystems. */
  readonly fateOf: readonly number[];
  /** How late a message of a call is. */
  readonly callsLateBy: () => number;
}
