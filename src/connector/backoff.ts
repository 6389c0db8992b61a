/** How long an item waits before its next try: exponential, with full jitter, so that what failed together does not come back together. */
import { type Random, randomFraction } from '../types/random.ts';
import type { Fault } from './outcome.ts';

interface Wait {
  /** Most after the first failure; doubles with every further one. */
  readonly firstMs: number;
  readonly longestMs: number;
}

// biome-ignore format: a fault a line
const WAITS: Readonly<Record<Fault, Wait>> = {
  throttled:         { firstMs: 1_000,  longestMs: 60_000 },
  'refused-for-now': { firstMs: 30_000, longestMs: 900_000 },
  failing:           { firstMs: 5_000,  longestMs: 300_000 },
  unreachable:       { firstMs: 1_000,  longestMs: 60_000 },
  timeout:           { firstMs: 2_000,  longestMs: 120_000 },
};

/** A far side that asks for more than this is asked again all the same. */
const RETRY_AFTER_MAX_MS = 3_600_000;

/** @param tries that have failed, this one included */
export function backoffMs(fault: Fault, tries: number, random: Random, retryAfterMs = 0): number {
  const { firstMs, longestMs } = WAITS[fault];
  const most = Math.min(longestMs, firstMs * 2 ** (tries - 1));
  const askedMs = Math.min(Math.max(retryAfterMs, 0), RETRY_AFTER_MAX_MS);
  return askedMs + Math.max(1, Math.ceil(most * randomFraction(random)));
}
