/** What a fault is judged by: a check names the invariant that it belongs to, what was looked at, and the figure that was found. */

/** I1 … I7 as `docs/reliability.md` has them; the others are of the fault tests alone. */
export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'alarm' | 'load' | 'left-behind';

export interface Check {
  readonly invariant: Invariant;
  readonly what: string;
  readonly figure: string | number;
  readonly holds: boolean;
}

export function check(invariant: Invariant, what: string, figure: string | number, holds: boolean): Check {
  return { invariant, what, figure, holds };
}

export function checkText({ invariant, what, figure, holds }: Check): string {
  return `${holds ? '' : 'BROKEN '}${invariant}: ${what}: ${figure}`;
}

export interface Distribution {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly median: number;
  readonly p99: number;
  readonly max: number;
}

/** By the nearest rank. */
export function distributionOf(values: readonly number[]): Distribution {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = (fraction: number) =>
    sorted[Math.min(sorted.length - 1, Math.ceil(fraction * sorted.length) - 1)] ?? 0;
  return {
    count: sorted.length,
    sum: sorted.reduce((sum, value) => sum + value, 0),
    min: sorted[0] ?? 0,
    median: rank(0.5),
    p99: rank(0.99),
    max: sorted.at(-1) ?? 0,
  };
}
