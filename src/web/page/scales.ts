import type { Column, LatencyColumns } from './timeline.ts';

/** The next 1, 2 or 5 times a power of ten at or above `value` (> 0). */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  for (const step of [1, 2, 5]) if (value <= step * power * (1 + 1e-9)) return step * power;
  return 10 * power;
}

/** The next 1, 2 or 5 times a power of ten at or below `value` (> 0). */
export function roundDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  for (const step of [5, 2]) if (value >= step * power * (1 - 1e-9)) return step * power;
  return power;
}

/** From 0 to a round number above all values. */
export function linearRange(columns: readonly Column[]): [number, number] {
  let most = 0;
  for (const column of columns) for (const value of column) if (value !== null && value > most) most = value;
  return [0, most > 0 ? roundUp(most * 1.05) : 1];
}

/** Round numbers around all percentiles, at least a factor of ten apart. */
export function latencyRange({ p50, p999 }: LatencyColumns): [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const value of p50) if (value !== null && value > 0 && value < least) least = value;
  for (const value of p999) if (value !== null && value > most) most = value;
  if (most === 0 || !Number.isFinite(least)) return [1, 1000];
  const low = roundDown(least / 2);
  return [low, Math.max(roundUp(most * 1.1), low * 10)];
}

/** Marks of a logarithmic axis: tens, and twos and fives between them where there is room. */
export function logSplits(low: number, high: number, splitsMax: number): number[] {
  for (const steps of [[1, 2, 5], [1, 3], [1]]) {
    const splits: number[] = [];
    for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++)
      for (const step of steps) {
        const value = step * 10 ** power;
        if (value >= low * 0.999 && value <= high * 1.001) splits.push(value);
      }
    if (splits.length <= splitsMax) return splits;
  }
  return [low, high];
}
