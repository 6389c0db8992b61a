/** What a supervisor and its thread say to each other, beside what the parts say over rings. */
import type { DoorbellMemory } from '../rings/doorbell.ts';

export interface ThreadData {
  readonly name: string;
  readonly heartbeat: SharedArrayBuffer;
  readonly doorbell: DoorbellMemory | undefined;
  /** How often the thread was started before. */
  readonly restarts: number;
  /** For the part. */
  readonly data: unknown;
}

/** To the thread. */
export type ThreadOrder =
  | { readonly kind: 'stop'; readonly deadlineMs: number }
  /** For the part: see `Part.take`. */
  | { readonly kind: 'order'; readonly order: unknown };

/** From the thread. */
export type ThreadReport =
  | { readonly kind: 'ready' }
  /** `drained`: all that was begun is done. */
  | { readonly kind: 'stopped'; readonly drained: boolean };
