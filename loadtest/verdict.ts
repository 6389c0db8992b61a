/** What is said of a run: whether it held, and what was the limit where it did not. */
import type { LoadReport, PhaseReport } from './plan.ts';
import { type Check, checksOf, type Objective } from './slo.ts';

/** How a run came to its end. */
export type Outcome =
  | { readonly kind: 'completed' }
  | { readonly kind: 'interrupted' }
  /** `afterS` seconds of load. */
  | { readonly kind: 'engine-died'; readonly how: string; readonly afterS: number }
  | { readonly kind: 'engine-gone'; readonly afterS: number };

export interface Verdict {
  readonly held: boolean;
  /** Whose limit it was, when the planned rate was not reached or an objective not held. */
  readonly limitedBy: 'nothing' | 'engine' | 'generator';
  /** In a sentence or two, for people. */
  readonly text: string;
  readonly checks: readonly Check[];
}

/** The generator begins its calls so late at most; beyond, it does not reach the rate. */
export const LATE_P99_MS_MAX = 100;
/** Of the strictest objective for a latency, the generator may be late by so much. */
const LATE_SHARE_MAX = 0.5;
/** Of the planned starts, so many at most may find the generator with no dialogue left. */
const OWN_BOUND_SHARE_MAX = 0.001;
const OWN_BOUND = 'not sent: the generator has as many dialogues as it may';

/** Why the generator did not do what was planned; undefined when it did. */
export function generatorLimit(report: PhaseReport, objectives: readonly Objective[]): string | undefined {
  const { late, planned, errors } = report;
  const strictest = Math.min(...objectives.map(({ unit, limit }) => (unit === 'ms' ? limit : Infinity)));
  const allowedMs = Math.min(LATE_P99_MS_MAX, strictest * LATE_SHARE_MAX);
  if (late.p99Ms > allowedMs)
    return `it began one call in a hundred ${round(late.p99Ms)} ms late or more, where ${round(allowedMs)} ms are allowed`;
  if ((errors[OWN_BOUND] ?? 0) > planned * OWN_BOUND_SHARE_MAX)
    return 'it had as many dialogues as it may have';
  return undefined;
}

export function verdictOf(
  outcome: Outcome,
  report: PhaseReport,
  load: LoadReport,
  objectives: readonly Objective[],
): Verdict {
  const own = ownChecks(load);
  const checks = [...own, ...checksOf(objectives, report, load.notices)];
  const missed = checks.filter(({ held }) => !held).map(({ objective }) => objective);
  const ended = endText(outcome);
  if (ended !== undefined) return { held: false, limitedBy: 'engine', text: ended, checks };
  const limit = generatorLimit(report, objectives);
  // Latencies count from the planned start: where they are held, the generator was not too late. A notice that is lost is
  // lost at any rate.
  const latenciesHeld = objectives.some(({ unit }) => unit === 'ms') && missed.length === 0;
  if (limit !== undefined && !latenciesHeld && own.every(({ held }) => held)) {
    const text = `The generator is the limit, not the engine: ${limit}. Use a lower rate, more --workers, or another machine for the generator.`;
    return { held: false, limitedBy: 'generator', text, checks };
  }
  if (missed.length > 0)
    return { held: false, limitedBy: 'engine', text: `Not held: ${missed.join('; ')}.`, checks };
  if (outcome.kind === 'interrupted')
    return {
      held: true,
      limitedBy: 'nothing',
      text: 'Interrupted; what was played until then held.',
      checks,
    };
  const text = `All held; ${load.notices.right} missed calls were told of, each once.`;
  return { held: true, limitedBy: 'nothing', text, checks };
}

function endText(outcome: Outcome): string | undefined {
  if (outcome.kind === 'engine-died')
    return `The engine died after ${outcome.afterS} s of load (${outcome.how}). What follows is what came until then.`;
  if (outcome.kind === 'engine-gone')
    return `The engine was gone after ${outcome.afterS} s of load and did not come back. What follows is what came until then.`;
  return undefined;
}

/** What every run has to hold. */
function ownChecks({ notices, calls, alerts }: LoadReport): Check[] {
  const none = (objective: string, value: number): Check => ({
    objective,
    value,
    unit: 'count',
    held: value === 0,
  });
  return [
    none('no notice lost', notices.lost),
    none('no notice doubled', notices.doubled),
    none('no notice wrong', notices.wrong),
    none('each dialogue answered', calls.unanswered + calls.open + alerts.unanswered + alerts.open),
  ];
}

function round(ms: number): string {
  return ms >= 10 ? ms.toFixed(0) : String(Number(ms.toPrecision(2)));
}
