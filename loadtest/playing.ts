/** A phase while it is played: which calls and alerts are due, whose they are, and what came of them. */
import type { Mutable } from '../src/types/mutable.ts';
import { type Random, randomFraction } from '../src/types/random.ts';
import { Latencies } from './latencies.ts';
import { noDialogues } from './merge.ts';
import {
  type DialogueAccount,
  LATENCY_NAMES,
  type LatencyName,
  LOAD_KINDS,
  type LoadKind,
  type Phase,
  type PhaseReport,
} from './plan.ts';
import { RateCurve, ratePoints, type StartPlan } from './rate-curve.ts';
import { ListedStarts } from './recording/listed-starts.ts';

/** A phase that was played, with its latencies as HdrHistogram encodes them. */
export interface Played {
  readonly report: PhaseReport;
  readonly histograms: Readonly<Record<LatencyName, string>>;
}

/** How many are open follows from the others: see `closed`. */
export type Account = Mutable<Omit<DialogueAccount, 'open'>>;

export const newAccount = (): Account => ({ ...noDialogues });

export function closed(account: Account): DialogueAccount {
  const { begun, served, letGo, refused, aborted, unanswered } = account;
  return { ...account, open: begun - served - letGo - refused - aborted - unanswered };
}

/** A call or an alert that is due. */
export interface Start {
  readonly kind: LoadKind;
  readonly subscriber: number;
  /** 0: that of its kind. */
  readonly cause: number;
  readonly ringMs: number;
}

export class Playing {
  readonly phase: Phase;
  /** Of `performance.now()`. */
  readonly startedAtMs = performance.now();
  readonly calls = newAccount();
  readonly alerts = newAccount();
  readonly #latencies: Readonly<Record<LatencyName, Latencies>> = {
    answer: new Latencies(),
    report: new Latencies(),
    late: new Latencies(),
  };
  readonly #curve: StartPlan;
  readonly #random: Random;
  readonly #kinds: readonly LoadKind[];
  /** Sums of their weights. */
  readonly #weights: readonly number[];
  readonly #errors = new Map<string, number>();
  #unsent = 0;

  /** @param offset of the starts: several generators begin one after the other. 0 … 1 */
  constructor(phase: Phase, random: Random, offset?: number) {
    this.phase = phase;
    this.#random = random;
    const rates = phase.everybodyReturns === true ? { ratePerSecond: 0, forMs: 1 } : phase;
    this.#curve =
      phase.starts === undefined ? new RateCurve(ratePoints(rates), offset) : new ListedStarts(phase.starts);
    this.#kinds = LOAD_KINDS.filter((kind) => (phase.mix[kind] ?? 0) > 0);
    let sum = 0;
    this.#weights = this.#kinds.map((kind) => (sum += phase.mix[kind] ?? 0));
  }

  /** When the next start is planned, of `performance.now()`. */
  get nextAtMs(): number {
    return this.startedAtMs + this.#curve.nextMs();
  }

  get allTaken(): boolean {
    return this.#curve.taken >= this.#curve.planned;
  }

  take(): Start {
    const { starts, ringMs = 0 } = this.phase;
    const index = this.#curve.take();
    return {
      kind: starts === undefined ? this.#kind() : LOAD_KINDS[starts.kind[index]!]!,
      subscriber: starts?.subscriber[index] ?? this.#subscriber(index),
      cause: starts?.cause[index] ?? 0,
      ringMs: starts?.ringMs[index] ?? ringMs,
    };
  }

  unsent(): void {
    this.#unsent++;
  }

  failed(how: string): void {
    this.#errors.set(how, (this.#errors.get(how) ?? 0) + 1);
  }

  record(name: LatencyName, ms: number): void {
    this.#latencies[name].record(ms);
  }

  /** @param messagesArrived meanwhile */
  result(messagesArrived: number): Played {
    const histograms = { answer: '', report: '', late: '' };
    for (const name of LATENCY_NAMES) histograms[name] = this.#latencies[name].encoded();
    const { answer, report, late } = this.#latencies;
    const { planned, taken } = this.#curve;
    return {
      report: {
        name: this.phase.name,
        tookMs: Math.round(performance.now() - this.startedAtMs),
        planned,
        // What was not reached when it was abandoned was never sent.
        unsent: this.#unsent + planned - taken,
        calls: closed(this.calls),
        alerts: closed(this.alerts),
        answer: answer.percentiles,
        report: report.percentiles,
        late: late.percentiles,
        messagesArrived,
        errors: Object.fromEntries(this.#errors),
      },
      histograms,
    };
  }

  #kind(): LoadKind {
    const [first] = this.#kinds;
    if (this.#kinds.length === 1) return first!;
    const drawn = randomFraction(this.#random) * this.#weights.at(-1)!;
    return this.#kinds[this.#weights.findIndex((weight) => drawn < weight)] ?? first!;
  }

  #subscriber(index: number): number {
    const { first, count, order, hot } = this.phase;
    if (hot !== undefined && randomFraction(this.#random) < hot.share)
      return hot.subscriber + Math.floor(randomFraction(this.#random) * (hot.count ?? 1));
    return first + (order === 'in-turn' ? index % count : Math.floor(randomFraction(this.#random) * count));
  }
}
