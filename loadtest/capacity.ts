/**
 * The highest rate that the engine holds: the rate is doubled until it does not, and then halved in between. One that did not
 * hold is tried once more: the machine may have had something else to do.
 */
import type { Load } from './load.ts';
import type { Phase, PhaseReport } from './plan.ts';

/** What a rate has to hold. */
export interface Goal {
  /** From the planned start to the first answer, 99 of a hundred. */
  readonly answerP99Ms: number;
  /** Of the calls, so many are watched. */
  readonly servedShare: number;
}

export const defaultGoal: Goal = { answerP99Ms: 300, servedShare: 0.99 };

export interface CapacityOptions {
  readonly phase: Omit<Phase, 'name' | 'ratePerSecond'>;
  readonly goal?: Goal;
  readonly fromPerSecond: number;
  readonly toPerSecond: number;
  /** Tries between the last rate that held and the first that did not. */
  readonly refinements?: number;
  readonly onTry?: (report: PhaseReport, held: boolean) => void;
}

export interface Capacity {
  /** 0: not even the first rate held. */
  readonly ratePerSecond: number;
  /** Why it is not more; 'range': it might be. */
  readonly limitedBy: 'engine' | 'generator' | 'range';
  readonly tries: readonly { readonly ratePerSecond: number; readonly held: boolean }[];
}

export async function findCapacity(load: Load, options: CapacityOptions): Promise<Capacity> {
  const { phase, goal = defaultGoal, fromPerSecond, toPerSecond, refinements = 2, onTry } = options;
  const tries: { ratePerSecond: number; held: boolean }[] = [];
  let limitedBy: Capacity['limitedBy'] = 'range';
  const holds = async (ratePerSecond: number): Promise<boolean> =>
    (await heldOnce(ratePerSecond)) || (await heldOnce(ratePerSecond));
  const heldOnce = async (ratePerSecond: number): Promise<boolean> => {
    const report = await load.play({ ...phase, name: `${ratePerSecond} a second`, ratePerSecond });
    const held = holdsGoal(report, goal);
    // A generator that is late itself says nothing of the engine.
    if (!held) limitedBy = report.late.p99Ms > goal.answerP99Ms ? 'generator' : 'engine';
    tries.push({ ratePerSecond, held });
    onTry?.(report, held);
    return held;
  };
  // What has just started is slow: its code is not compiled yet.
  await load.play({ ...phase, name: 'warm-up', ratePerSecond: fromPerSecond });
  let good = 0;
  let bad = 0;
  for (let rate = fromPerSecond; rate <= toPerSecond && bad === 0; rate *= 2) {
    if (await holds(rate)) good = rate;
    else bad = rate;
  }
  for (let at = 0; at < refinements && bad > 0 && good > 0; at++) {
    const rate = Math.round((good + bad) / 2);
    if (await holds(rate)) good = rate;
    else bad = rate;
  }
  return { ratePerSecond: good, limitedBy, tries };
}

export function holdsGoal({ planned, unsent, calls, alerts, answer }: PhaseReport, goal: Goal): boolean {
  const served = calls.served + alerts.served;
  return unsent === 0 && served >= planned * goal.servedShare && answer.p99Ms <= goal.answerP99Ms;
}
