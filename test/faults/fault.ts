/** A fault, as the runner and the tests know it. */
import type { Check } from './check.ts';

export interface FaultContext {
  readonly seed: number;
  /** How often it is done. */
  readonly cycles: number;
  /** How long it goes on, where a fault goes by time. */
  readonly forMs: number | undefined;
  readonly say: (text: string) => void;
}

export interface FaultOutcome {
  readonly checks: readonly Check[];
  /** What else is worth telling, for the note. */
  readonly figures?: Readonly<Record<string, unknown>>;
}

export interface Fault {
  readonly name: string;
  /** What happens, and what must hold, in a line. */
  readonly title: string;
  /** When nobody says how often. */
  readonly cycles: number;
  readonly run: (context: FaultContext) => Promise<FaultOutcome>;
}
