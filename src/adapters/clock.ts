import type { Clock } from '../types/clock.ts';
import { SteadyClock } from '../types/steady-clock.ts';

/** The machine's clocks as they are. `monotonic` counts from the start of the thread that asks. */
export const rawClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

/** …and as the engine goes by them: the one on the wall does not go back by little. */
export const machineClock = new SteadyClock(rawClock);

/** Of a thread that starts: times that others know already, which its clock is not to go back behind by little. */
export function goOnFrom(marks: SharedArrayBuffer): void {
  for (const mark of new Float64Array(marks)) machineClock.notBefore(mark);
}
