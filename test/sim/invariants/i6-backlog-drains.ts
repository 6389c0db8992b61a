import type { Invariant, Run } from './invariant.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export const backlogDrains: Invariant = {
  name: 'I6',
  sentence: 'When faults end, everything due is told, and the engine is at rest, within a bound.',
  broken: (run) => {
    const { report, unrest, drainMs } = run;
    const found: string[] = [];
    if (!report.drained) found.push('not everything was told');
    if (unrest !== '') found.push(`in hand: ${unrest}`);
    const boundMs = drainBoundMs(run);
    if (drainMs > boundMs) found.push(`drained after ${drainMs} ms of ${boundMs}`);
    return found;
  },
};

/** What was lost on the way, or could not be said in time, is found out by the next try: the second rung of a ladder of waits is an hour. */
export function drainBoundMs({ plan }: Pick<Run, 'plan'>): number {
  const { gone, clockSteps, apps } = plan.faults;
  // Waits are made of wall clock time: one that was set back makes them longer.
  const stepsMs =
    clockSteps === undefined ? 0 : clockSteps.stepMaxMs * (clockSteps.times + clockSteps.timesInDrain);
  // What is read last was passed by first.
  const readMs = apps === undefined ? 0 : apps.unreadMs + 2 * apps.lookMaxMs;
  return readMs + HOUR_MS + 5 * MINUTE_MS + stepsMs + (gone === undefined ? 0 : HOUR_MS);
}
