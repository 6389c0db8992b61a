import type { Clock } from '../types/clock.ts';

/** The machine's clocks. `monotonic` counts from the start of the thread that asks. */
export const machineClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};
