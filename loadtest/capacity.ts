/**
 * The highest rate that the engine holds: the rate is doubled until it does not, and then halved in between. One that did not
 * hold is tried once more: the machine may have had something else to do.
 */
import type { Load, PlayedPhase } from './load.ts';
import type { Phase, PhaseReport } from './plan.ts';
import { checksOf, type Objective } from './slo.ts';
import { generatorLimit } from './verdict.ts';

/** What a rate has to hold where nothing else is said. */
export const defaultGoal: readonly Objective[] = [
  { what: 'answer-p99', comparison: '<=', limit: 300, unit: 'ms' },
  { what: 'served', comparison: '>=', limit: 0.99, unit: 'share' },
];

export interface CapacityOptions {
  readonly phase: Omit<Phase, 'name' | 'ratePerSecond'>;
  readonly goal?: readonly Objective[];
  readonly fromPerSecond: number;
  readonly toPerSecond: number;
  /** Tries between the last rate that held and the first that did not. */
  readonly refinements?: number;
  readonly onTry?: (played: PlayedPhase, held: boolean) => void;
  /** True: no further rate is tried. */
  readonly isOver?: () => boolean;
}

export interface CapacityTry {
  readonly ratePerSecond: number;
  readonly held: boolean;
}

export interface Capacity {
  /** 0: not even the first rate held. */
  readonly ratePerSecond: number;
  /** Why it is not more; 'range': it might be. */
  readonly limitedBy: 'engine' | 'generator' | 'range';
  readonly tries: readonly CapacityTry[];
}

export async function findCapacity(load: Load, options: CapacityOptions): Promise<Capacity> {
  const { phase, goal = defaultGoal, fromPerSecond, toPerSecond, refinements = 2 } = options;
  const { onTry, isOver = () => false } = options;
  const tries: CapacityTry[] = [];
  let limitedBy: Capacity['limitedBy'] = 'range';
  const holds = async (ratePerSecond: number): Promise<boolean> =>
    (await heldOnce(ratePerSecond)) || (!isOver() && (await heldOnce(ratePerSecond)));
  const heldOnce = async (ratePerSecond: number): Promise<boolean> => {
    const played = await load.playInFull({ ...phase, name: `${ratePerSecond} a second`, ratePerSecond });
    if (isOver()) return false;
    const held = holdsGoal(played.report, goal);
    // A generator that is late itself says nothing of the engine.
    if (!held) limitedBy = generatorLimit(played.report, goal) === undefined ? 'engine' : 'generator';
    tries.push({ ratePerSecond, held });
    onTry?.(played, held);
    return held;
  };
  // What has just started is slow: its code is not compiled yet.
  await load.play({ ...phase, name: 'warm-up', ratePerSecond: fromPerSecond });
  let good = 0;
  let bad = 0;
  for (let rate = fromPerSecond; rate <= toPerSecond && bad === 0 && !isOver(); rate *= 2) {
    if (await holds(rate)) good = rate;
    else bad = rate;
  }
  for (let at = 0; at < refinements && bad > 0 && good > 0 && !isOver(); at++) {
    const rate = Math.round((good + bad) / 2);
    if (await holds(rate)) good = rate;
    else bad = rate;
  }
  return { ratePerSecond: good, limitedBy, tries };
}

export function holdsGoal(report: PhaseReport, goal: readonly Objective[]): boolean {
  return report.unsent === 0 && checksOf(goal, report, undefined).every(({ held }) => held);
}
