/** What a finished run is held against. */
import type { SimulationReport } from '../../../src/simulator/report.ts';
import type { Plant } from '../../simulator/plant.ts';
import type { BoundWatch } from '../bound-watch.ts';
import type { Calls } from '../calls.ts';
import type { Disturbances } from '../disturbances.ts';
import type { JournalTap } from '../journal-tap.ts';
import type { PeerWatch } from '../peer-watch.ts';
import type { PhoneWatch } from '../phone-watch.ts';
import type { RunPlan } from '../run-plan.ts';
import type { Fold } from './fold.ts';

export interface Run {
  readonly plan: RunPlan;
  readonly plant: Plant;
  readonly report: SimulationReport;
  readonly tap: JournalTap;
  readonly fold: Fold;
  readonly calls: Calls;
  readonly bounds: BoundWatch;
  readonly peers: PeerWatch;
  readonly phones: PhoneWatch;
  readonly disturbances: Disturbances;
  /** From the end of the faults until everything was told and the engine was at rest; Infinity: never. */
  readonly drainMs: number;
  /** What the engine still had in hand at the end, in words. */
  readonly unrest: string;
}

export interface Invariant {
  readonly name: string;
  /** What holds. */
  readonly sentence: string;
  /** What does not, in words; empty: it holds. */
  readonly broken: (run: Run) => readonly string[];
}
