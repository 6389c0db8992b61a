/** What is usual: where eight of ten values lie. The caller leaves out the latest minute: it is what is judged. */
export interface Band {
  readonly low: number;
  readonly high: number;
}

/** Too few values tell nothing. */
const VALUES_MIN = 30;

export function usualBand(values: readonly number[]): Band | undefined {
  if (values.length < VALUES_MIN) return undefined;
  const sorted = [...values].sort((a, b) => a - b);
  const at = (fraction: number): number => sorted[Math.round((sorted.length - 1) * fraction)]!;
  return { low: at(0.1), high: at(0.9) };
}

/** Far outside: below half of the band's foot, or above twice its head. `floor` keeps trifles from counting. */
export function deviation(
  value: number,
  band: Band | undefined,
  floor: number,
): 'above' | 'below' | undefined {
  if (band === undefined) return undefined;
  if (value > band.high * 2 && value - band.high > floor) return 'above';
  if (value < band.low / 2 && band.low - value > floor) return 'below';
  return undefined;
}
