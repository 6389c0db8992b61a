/** Axes: from a value to a place, with the marks that people read. */
import { shortText } from '../figures.ts';

export interface Mark {
  readonly value: number;
  readonly text: string;
}

export interface Scale {
  /** 0 … 1. */
  at(value: number): number;
  readonly marks: readonly Mark[];
}

/** From 0 to 1, 2 or 5 times a power of ten. */
export function linearScale(most: number, marks = 4): Scale {
  const step = niceStep(Math.max(most, 1e-9) / marks);
  const top = step * Math.max(1, Math.ceil(most / step - 1e-9));
  const count = Math.round(top / step);
  return {
    at: (value) => Math.min(1, Math.max(0, value / top)),
    marks: Array.from({ length: count + 1 }, (_, at) => ({ value: at * step, text: shortText(at * step) })),
  };
}

/** Powers of ten around the values; what is below lies on the axis. */
export function logScale(least: number, most: number): Scale {
  const from = Math.floor(Math.log10(Math.max(least, 1e-2)));
  const to = Math.max(from + 1, Math.ceil(Math.log10(Math.max(most, 1e-2)) - 1e-9));
  return {
    at: (value) => Math.min(1, Math.max(0, (Math.log10(Math.max(value, 1e-9)) - from) / (to - from))),
    marks: Array.from({ length: to - from + 1 }, (_, at) => ({
      value: 10 ** (from + at),
      text: shortText(10 ** (from + at)),
    })),
  };
}

/** Percentiles as HdrHistogram plots them: each step to the right is a tenth of what is left. */
export function percentileScale(last: number): Scale {
  const place = (percentile: number): number => -Math.log10(1 - percentile / 100);
  const most = Math.max(1, Math.ceil(place(last) - 1e-9));
  const nines = Array.from({ length: most - 1 }, (_, at) => 100 * (1 - 10 ** -(at + 2)));
  const marks = [0, 50, 90, ...nines].map((value) => ({ value, text: `${Number(value.toFixed(6))} %` }));
  return { at: (value) => Math.min(1, place(value) / most), marks };
}

/** Seconds of a run. */
export function timeScale(seconds: number, marks: number): Scale {
  const steps = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400];
  const step = steps.find((one) => seconds / one <= marks) ?? 172_800;
  const count = Math.floor(seconds / step);
  return {
    at: (value) => value / Math.max(1, seconds),
    marks: Array.from({ length: count + 1 }, (_, at) => ({
      value: at * step,
      text: clockText(at * step, step),
    })),
  };
}

function clockText(s: number, step: number): string {
  if (s === 0) return '0';
  if (step >= 3_600 && s % 3_600 === 0) return `${s / 3_600} h`;
  if (step >= 60) return `${s / 60} min`;
  return `${s} s`;
}

function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  return [1, 2, 5, 10].map((one) => one * power).find((one) => one >= step - 1e-12) ?? 10 * power;
}
