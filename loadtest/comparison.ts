/** Two reports, figure by figure. */
import { countText, msText, percentText, shortText } from './figures.ts';
import type { RunReport } from './report.ts';

export interface ComparisonRow {
  readonly name: string;
  readonly before: number | null;
  readonly after: number | null;
  readonly unit: 'ms' | 'count' | 'share' | 'MiB' | 'rate';
  readonly better: 'less' | 'more' | 'neither';
  /** The second against the first; `same`: they differ by less than a run differs from the next. */
  readonly change: 'better' | 'worse' | 'same' | 'other';
}

export interface Comparison {
  readonly before: RunReport;
  readonly after: RunReport;
  readonly rows: readonly ComparisonRow[];
  /** What was not played alike, so that figures may differ for it. */
  readonly differences: readonly string[];
}

/** Two runs of the same thing differ by so much, and by so many ms. */
const NOISE = { share: 0.1, ms: 0.2 } as const;

type Row = readonly [
  name: string,
  unit: ComparisonRow['unit'],
  better: ComparisonRow['better'],
  of: (report: RunReport) => number | null,
];

const served = ({ total }: RunReport): number =>
  total.planned === 0 ? 0 : (total.calls.served + total.alerts.served) / total.planned;
const mean = (values: readonly (number | null)[]): number | null => {
  const there = values.filter((one) => one !== null);
  return there.length === 0 ? null : there.reduce((sum, one) => sum + one, 0) / there.length;
};
const cpuPerServedMs = ({ series, load }: RunReport): number | null => {
  const cpu = mean(series.engineCpu);
  const all = load.calls.served + load.alerts.served;
  return cpu === null || all === 0 ? null : (cpu * series.engineCpu.length * 1_000) / all;
};

// biome-ignore format: one figure a line
const ROWS: readonly Row[] = [
  ['rate', 'rate', 'neither', (r) => r.configuration.ratePerSecond],
  ['capacity', 'rate', 'more', (r) => r.capacity?.ratePerSecond ?? null],
  ['planned', 'count', 'neither', (r) => r.total.planned],
  ['served', 'share', 'more', served],
  ['let go', 'count', 'less', (r) => r.total.calls.letGo],
  ['not sent', 'count', 'less', (r) => r.total.unsent],
  ['unanswered', 'count', 'less', (r) => r.total.calls.unanswered + r.total.alerts.unanswered],
  ['answer p50', 'ms', 'less', (r) => r.total.answer.p50Ms],
  ['answer p90', 'ms', 'less', (r) => r.total.answer.p90Ms],
  ['answer p99', 'ms', 'less', (r) => r.total.answer.p99Ms],
  ['answer p99.9', 'ms', 'less', (r) => r.total.answer.p999Ms],
  ['answer max', 'ms', 'less', (r) => r.total.answer.maxMs],
  ['report p50', 'ms', 'less', (r) => r.total.report.p50Ms],
  ['report p99', 'ms', 'less', (r) => r.total.report.p99Ms],
  ['generator late p99', 'ms', 'neither', (r) => r.total.late.p99Ms],
  ['notices right', 'count', 'neither', (r) => r.load.notices.right],
  ['notices lost', 'count', 'less', (r) => r.load.notices.lost],
  ['notices doubled', 'count', 'less', (r) => r.load.notices.doubled],
  ['notices wrong', 'count', 'less', (r) => r.load.notices.wrong],
  ['engine CPU of one core', 'share', 'less', (r) => mean(r.series.engineCpu)],
  ['engine CPU per dialogue', 'ms', 'less', cpuPerServedMs],
  ['engine memory, most', 'MiB', 'less', (r) => mostOf(r.series.engineAnonymousMiB)],
];

export function comparisonOf(before: RunReport, after: RunReport): Comparison {
  const rows = ROWS.map(([name, unit, better, of]): ComparisonRow => {
    const [a, b] = [of(before), of(after)];
    return { name, before: a, after: b, unit, better, change: changeOf(a, b, unit, better) };
  }).filter((row) => row.before !== null || row.after !== null);
  const keys = ['profile', 'subscribers', 'workers', 'associations', 'transport', 'engine', 'forMs'] as const;
  const differences = [
    ...keys
      .filter((key) => before.configuration[key] !== after.configuration[key])
      .map((key) => `${key}: ${before.configuration[key]}, ${after.configuration[key]}`),
    ...(['cores', 'cpu', 'node'] as const)
      .filter((key) => before.machine[key] !== after.machine[key])
      .map((key) => `${key}: ${before.machine[key]}, ${after.machine[key]}`),
  ];
  return { before, after, rows, differences };
}

function changeOf(
  before: number | null,
  after: number | null,
  unit: ComparisonRow['unit'],
  better: ComparisonRow['better'],
): ComparisonRow['change'] {
  if (before === null || after === null) return 'other';
  const change = after - before;
  const noise =
    unit === 'count' ? 0 : unit === 'share' && better === 'more' ? 0.001 : Math.abs(before) * NOISE.share;
  if (Math.abs(change) <= Math.max(noise, unit === 'ms' && before > 1 ? NOISE.ms : 0)) return 'same';
  if (better === 'neither') return 'other';
  return change < 0 === (better === 'less') ? 'better' : 'worse';
}

function mostOf(values: readonly (number | null)[]): number | null {
  let most: number | null = null;
  for (const value of values) if (value !== null && value > (most ?? -Infinity)) most = value;
  return most;
}

export function shownValue(value: number | null, unit: ComparisonRow['unit']): string {
  if (value === null) return '–';
  if (unit === 'ms') return msText(value);
  if (unit === 'share') return percentText(value);
  if (unit === 'MiB') return `${shortText(value)} MiB`;
  return unit === 'rate' ? `${shortText(value)}/s` : countText(value);
}

/** The second as a factor of the first. */
export function factorText({ before, after }: ComparisonRow): string {
  if (before === null || after === null || before === after) return '';
  if (before === 0) return '';
  return `× ${Number((after / before).toPrecision(3))}`;
}

export function comparisonText({ before, after, rows, differences }: Comparison): string {
  const head = ['', before.startedAt.slice(0, 16), after.startedAt.slice(0, 16), '', ''];
  const verdicts = [before, after].map(({ verdict }) => (verdict.held ? 'held' : 'not held'));
  const table = [
    head,
    ['verdict', ...verdicts, '', ''],
    ...rows.map((row) => [
      row.name,
      shownValue(row.before, row.unit),
      shownValue(row.after, row.unit),
      factorText(row),
      row.change === 'better' || row.change === 'worse' ? row.change : '',
    ]),
  ];
  const widths = head.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const lines = table.map((row) =>
    row
      .map((cell, at) => (at === 0 || at === 4 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!)))
      .join('  ')
      .trimEnd(),
  );
  const notes = differences.map((one) => `not alike: ${one}`);
  return `${[...lines, ...notes].join('\n')}\n`;
}
