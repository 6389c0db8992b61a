/** The clock of the engine's machine is set by an hour, forward and back, while it runs and between two lives of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault, FaultContext, FaultOutcome } from '../fault.ts';
import { type FaultPlant, onPlant } from '../fault-plant.ts';
import { stepsClock, THREADS } from '../hurt-thread.ts';

const HOUR_MS = 3_600_000;
/** What the clock of the network may differ from the one that notices tell. */
const times = { clockSlackMs: HOUR_MS + 5_000 } as const;
const LIFE_MS = 2_500;
/** From right to an hour ahead, back, to an hour behind, and back. */
const STEPS = [HOUR_MS, -HOUR_MS, -HOUR_MS, HOUR_MS] as const;

async function whileRunning({ seed, cycles }: FaultContext): Promise<FaultOutcome> {
  const { checks } = await onPlant({ seed, times, inspected: true }, async (plant) => {
    for (let cycle = 0; cycle < cycles; cycle++) {
      await sleep(LIFE_MS);
      await stepClock(plant, STEPS[cycle % STEPS.length]!);
    }
    await sleep(LIFE_MS);
    return [await plant.alarm('clock-stepped', '')];
  });
  return { checks };
}

/** Of all threads: a process has one clock. */
export async function stepClock({ engine: { inspector } }: FaultPlant, byMs: number): Promise<void> {
  await Promise.all(['main', ...THREADS].map((thread) => inspector.evaluate(thread, stepsClock(byMs))));
}

async function betweenStarts({ seed, cycles }: FaultContext): Promise<FaultOutcome> {
  const { checks } = await onPlant({ seed, times, page: false, callsPerSecond: 60 }, async (plant) => {
    let aheadMs = 0;
    for (let cycle = 0; cycle < cycles; cycle++) {
      await sleep(LIFE_MS);
      aheadMs += STEPS[cycle % STEPS.length]!;
      await plant.killEngine([], aheadMs);
    }
    await sleep(LIFE_MS);
    return [];
  });
  return { checks };
}

export const clockFaults: readonly Fault[] = [
  {
    name: 'clock-step',
    title: 'the clock is set an hour forward and back while the engine runs',
    cycles: 4,
    run: whileRunning,
  },
  {
    name: 'clock-between-starts',
    title: 'the clock is set an hour forward and back between two lives of the engine',
    cycles: 4,
    run: betweenStarts,
  },
];
