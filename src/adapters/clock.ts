import type { Clock } from '../types/clock.ts';
import { SteadyClock } from '../types/steady-clock.ts';

/** The machine's clocks. `monotonic` counts from the start of the thread that asks. */
export const machineClock: Clock = new SteadyClock({
  now: () => Date.now(),
  monotonic: () => performance.now(),
});
