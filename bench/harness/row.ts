/**
 * A row of the table of benchmarks: what was measured, the floor that was measured beside it in the same run, and the goal that
 * holds for both. Machines are shared and of all sorts, so that goals are ratios where they can be.
 */
export interface Row {
  /** `bench/stack/decode`: the file; a word or two behind it say what. */
  readonly name: string;
  readonly figure: number;
  readonly unit: Unit;
  /** The least that could be hoped for, in the same unit; absent: there is none to measure. */
  readonly floor?: number | undefined;
  /** What the floor is. */
  readonly floorIs?: string | undefined;
  readonly goal?: Goal | undefined;
  /** Of what was computed: two runs that differ in it did not measure the same. */
  readonly hash: string;
}

export type Unit = 'ns' | 'µs' | 'ms' | 's' | '/s' | 'MB' | 'count' | '%' | '×';

/** ratio: of the figure to the floor. figure: of the figure alone. */
export interface Goal {
  readonly of: 'ratio' | 'figure';
  readonly atMost?: number;
  readonly atLeast?: number;
}

export type Verdict = 'met' | 'missed' | 'no goal';

/** Figure by floor, for what is better small; by rows as they are. Undefined without a floor. */
export function ratioOf({ figure, floor }: Row): number | undefined {
  return floor === undefined || floor === 0 ? undefined : figure / floor;
}

export function verdictOf(row: Row): Verdict {
  const { goal } = row;
  if (goal === undefined) return 'no goal';
  const value = goal.of === 'figure' ? row.figure : ratioOf(row);
  if (value === undefined || Number.isNaN(value)) return 'missed';
  const { atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY } = goal;
  return value <= atMost && value >= atLeast ? 'met' : 'missed';
}

export function goalText({ goal, unit }: Row): string {
  if (goal === undefined) return '';
  const { atMost, atLeast, of } = goal;
  const suffix = of === 'ratio' ? ' ×' : unit === '×' ? ' ×' : ` ${unit}`;
  if (atMost !== undefined) return `≤ ${figureText(atMost)}${suffix}`;
  return atLeast === undefined ? '' : `≥ ${figureText(atLeast)}${suffix}`;
}

/** Three significant digits, thin spaces between thousands. */
export function figureText(figure: number): string {
  if (!Number.isFinite(figure)) return '–';
  if (figure === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(figure))));
  const [whole = '', fraction] = figure.toFixed(Math.min(digits, 6)).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '\u2009');
  const rest = fraction?.replace(/0+$/, '') ?? '';
  return rest === '' ? grouped : `${grouped}.${rest}`;
}

/** A row as it is read from a file of them. */
export function isRow(value: unknown): value is Row {
  if (typeof value !== 'object' || value === null) return false;
  const { name, figure, unit, hash } = value as Record<string, unknown>;
  return (
    typeof name === 'string' &&
    typeof figure === 'number' &&
    typeof unit === 'string' &&
    typeof hash === 'string'
  );
}
