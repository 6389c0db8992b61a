/** What happens, second by second: told when the second is over, so that a run that breaks off has what came before. */
import { DIGITS, Latencies } from './latencies.ts';
import { COUNT_NAMES, LATENCY_NAMES, type LatencyName, type Sample, type SampleCounts } from './plan.ts';

export class Sampling {
  readonly #startedAtMs: number;
  readonly #tell: (sample: Sample) => void;
  readonly #counts = Object.fromEntries(COUNT_NAMES.map((name) => [name, 0])) as Record<
    keyof SampleCounts,
    number
  >;
  readonly #latencies: Readonly<Record<LatencyName, Latencies>> = {
    answer: new Latencies(DIGITS.second),
    report: new Latencies(DIGITS.second),
    late: new Latencies(DIGITS.second),
  };
  #second = 0;
  #messages = 0;

  /** @param startedAtMs as `performance.now()` of this thread tells it */
  constructor(startedAtMs: number, tell: (sample: Sample) => void) {
    this.#startedAtMs = startedAtMs;
    this.#tell = tell;
  }

  count(what: keyof SampleCounts): void {
    this.#counts[what]++;
  }

  record(name: LatencyName, ms: number): void {
    this.#latencies[name].record(ms);
  }

  /**
   * @param messages short messages that have arrived, in all
   * @param associations that carry traffic now
   */
  tick(nowMs: number, messages: number, associations: number): void {
    const second = Math.floor((nowMs - this.#startedAtMs) / 1_000);
    if (second <= this.#second) return;
    this.#counts.messages = messages - this.#messages;
    this.#messages = messages;
    const histograms = { answer: '', report: '', late: '' };
    for (const name of LATENCY_NAMES) {
      histograms[name] = this.#latencies[name].encoded();
      this.#latencies[name].reset();
    }
    this.#tell({ second: this.#second, counts: { ...this.#counts }, associations, histograms });
    for (const name of COUNT_NAMES) this.#counts[name] = 0;
    this.#second = second;
  }
}
