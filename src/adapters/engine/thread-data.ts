/** What the main thread hands to the threads of the engine: plain data and shared memory. */
import type { Config } from '../../config/schema/config.ts';
import type { Lives } from '../../engine/parts.ts';
import type { TranslationRule } from '../../stack/sccp/translation-rules.ts';
import type { TrafficOrder } from '../recording/traffic-recorder.ts';
import type { SharedWiring } from '../rings/shared-wiring.ts';

export interface EngineThreadData {
  readonly config: Config;
  readonly templateSources: readonly string[];
  /** Of self-care, one for each language. */
  readonly selfCareSources: readonly string[];
  /** What new notices are made with. */
  readonly templateVersion: number;
  readonly wiring: SharedWiring;
  /** Of this thread: `sharedCountersMemory`. */
  readonly counters: SharedArrayBuffer;
  /** Of the signalling thread: `latencyMemory`. */
  readonly latencies: SharedArrayBuffer;
  /** By shard (float64): the latest time known there, so that the clock of a thread that starts goes on from it. */
  readonly clockMarks: SharedArrayBuffer;
  readonly lives: Lives;
  /** Counts the starts of the signalling part, over all processes: it stands in transaction ids. */
  readonly bootEpoch: number;
  readonly captureFile: string | undefined;
}

/** What the signalling thread is told while it runs. */
export type SignallingOrder =
  | { readonly kind: 'translation'; readonly rules: readonly TranslationRule[] }
  | TrafficOrder;
