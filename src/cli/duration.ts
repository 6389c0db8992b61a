import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `30s`, `5m`, `1h30m`, `250ms` in milliseconds; undefined when it is no duration above 0. A bare number has no unit. */
export function parseDurationMs(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(text)) return undefined;
  let totalMs = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g))
    totalMs += Number(amount) * UNITS[unit!]!;
  return Number.isFinite(totalMs) && totalMs > 0 ? totalMs : undefined;
}

/** For commander. */
export function durationOption(text: string): number {
  const durationMs = parseDurationMs(text);
  if (durationMs === undefined)
    throw new InvalidArgumentError('A duration has a unit: 500ms, 30s, 5m, 1h30m, 2d.');
  return durationMs;
}
