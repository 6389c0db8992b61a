/**
 * Steps the wall clock of this thread. As a module that a process is started with (`--import`) it does so in every thread of it, by
 * `CALLWAKE_TEST_CLOCK_STEP_MS`; the monotonic clock goes on as it does when the clock of a machine is set.
 */
const machineNow = Date.now;
let steppedByMs = 0;

export function stepClock(byMs: number): void {
  steppedByMs += byMs;
  Date.now = () => machineNow() + steppedByMs;
}

const atStart = Number(process.env['CALLWAKE_TEST_CLOCK_STEP_MS'] ?? 0);
if (atStart !== 0) stepClock(atStart);
