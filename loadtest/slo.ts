/** What a run has to hold: `answer-p99<=20ms,served>=99%`. */
import type { NoticeAccount, Percentiles, PhaseReport } from './plan.ts';

export interface Objective {
  readonly what: string;
  readonly comparison: '<=' | '>=';
  /** In ms, or as a share, or a count. */
  readonly limit: number;
  readonly unit: 'ms' | 'share' | 'count';
}

export interface Check {
  /** As it was written. */
  readonly objective: string;
  readonly value: number;
  readonly unit: Objective['unit'];
  readonly held: boolean;
}

interface Measure {
  readonly unit: Objective['unit'];
  readonly better: '<=' | '>=';
  readonly value: (report: PhaseReport, notices: NoticeAccount | undefined) => number;
}

const SHARES = {
  p50: 'p50Ms',
  p90: 'p90Ms',
  p99: 'p99Ms',
  'p99.9': 'p999Ms',
  max: 'maxMs',
} as const satisfies Record<string, keyof Percentiles>;

const latency = (of: 'answer' | 'report'): [string, Measure][] =>
  Object.entries(SHARES).map(([name, key]) => [
    `${of}-${name}`,
    { unit: 'ms', better: '<=', value: (report) => report[of][key] },
  ]);
const share =
  (of: (report: PhaseReport) => number): Measure['value'] =>
  (report) =>
    report.planned === 0 ? 0 : of(report) / report.planned;
const both =
  (what: 'served' | 'letGo' | 'refused' | 'unanswered') =>
  ({ calls, alerts }: PhaseReport): number =>
    calls[what] + alerts[what];

const MEASURES = new Map<string, Measure>([
  ...latency('answer'),
  ...latency('report'),
  ['served', { unit: 'share', better: '>=', value: share(both('served')) }],
  ['let-go', { unit: 'share', better: '<=', value: share(both('letGo')) }],
  ['refused', { unit: 'share', better: '<=', value: share(both('refused')) }],
  ['unanswered', { unit: 'share', better: '<=', value: share(both('unanswered')) }],
  ['repeated', { unit: 'count', better: '<=', value: (_, notices) => notices?.repeated ?? 0 }],
]);

export const SLO_HELP = `answer-p50, -p90, -p99, -p99.9, -max and report-… <= a time (20ms, 1s); served >= and let-go, refused, unanswered <= a share (99%); repeated <= a count`;

/** What each rate of a search has to hold where nothing else is said. */
export const defaultSlo = 'answer-p99<=20ms,served>=99%';

/** The objectives, or what is wrong with the text. */
export function parseSlo(text: string): Objective[] | string {
  const objectives: Objective[] = [];
  for (const part of text.split(',')) {
    const match = /^\s*([a-z][a-z0-9.-]*)\s*(<=|>=)\s*(\d+(?:\.\d+)?)\s*(ms|s|%|)\s*$/.exec(part);
    if (match === null) return `“${part.trim()}” is no objective`;
    const [, what = '', comparison, digits, unit] = match;
    const measure = MEASURES.get(what);
    if (measure === undefined) return `there is no ${what}`;
    if (comparison !== measure.better) return `${what} is given with ${measure.better}`;
    const wanted = { ms: ['ms', 's'], share: ['%'], count: [''] }[measure.unit];
    if (!wanted.includes(unit ?? '')) return `${what} is given in ${wanted.join(' or ') || 'no unit'}`;
    const limit = Number(digits) * (unit === 's' ? 1_000 : unit === '%' ? 0.01 : 1);
    if (objectives.some((one) => one.what === what)) return `${what} is there twice`;
    objectives.push({ what, comparison: measure.better, limit, unit: measure.unit });
  }
  return objectives;
}

export function objectiveText({ what, comparison, limit, unit }: Objective): string {
  const value =
    unit === 'share' ? `${Number((100 * limit).toFixed(6))} %` : unit === 'ms' ? `${limit} ms` : limit;
  return `${what} ${comparison} ${value}`;
}

export function checksOf(
  objectives: readonly Objective[],
  report: PhaseReport,
  notices: NoticeAccount | undefined,
): Check[] {
  return objectives.map((objective) => {
    const { unit, value } = MEASURES.get(objective.what)!;
    const measured = value(report, notices);
    // Where nothing was answered there is no latency that could be held.
    const nothing =
      unit === 'ms' && report[objective.what.startsWith('answer') ? 'answer' : 'report'].count === 0;
    const within = objective.comparison === '<=' ? measured <= objective.limit : measured >= objective.limit;
    return { objective: objectiveText(objective), value: measured, unit, held: within && !nothing };
  });
}
