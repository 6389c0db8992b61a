import { Counter, collectDefaultMetrics, Gauge, type Metric, Registry } from 'prom-client';
import type { LiveSource } from '../../web/live-source.ts';
import { LATENCY_METRIC, METRICS, type MetricDescriptor } from './descriptors.ts';
import { latencySamples } from './latency-metric.ts';

/** What `/metrics` says: read from the source when it is asked, nothing is counted twice. */
export class PrometheusExposition {
  readonly #registry = new Registry();
  readonly #source: LiveSource;
  #made: { readonly sequence: number; readonly text: Promise<string> } | undefined;

  /** `counters`: every counter of the process by its dotted name, those of the web server among them. */
  constructor(source: LiveSource, counters?: () => Iterable<readonly [name: string, value: number]>) {
    this.#source = source;
    for (const descriptor of METRICS) this.#register(descriptor, source);
    if (counters !== undefined)
      this.#register(
        {
          name: 'callwake_events_total',
          type: 'counter',
          help: 'Everything that is counted, by its dotted name.',
          labels: ['event'],
          read: () => [...counters()].map(([event, value]) => [{ event }, value] as const),
        },
        source,
      );
    this.#registry.registerMetric(latencyMetric(source));
    collectDefaultMetrics({ register: this.#registry });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Made once for a snapshot, a second: a client that asks over and over must not keep the main thread from its work. */
  text(): Promise<string> {
    const { sequence } = this.#source.snapshot();
    if (this.#made?.sequence !== sequence) this.#made = { sequence, text: this.#registry.metrics() };
    return this.#made.text;
  }

  #register(descriptor: MetricDescriptor, source: LiveSource): void {
    const { name, help, type, read } = descriptor;
    const labelNames = [...descriptor.labels];
    const registers = [this.#registry];
    if (type === 'gauge') {
      new Gauge({
        name,
        help,
        labelNames,
        registers,
        collect() {
          this.reset();
          for (const [labels, value] of read(source.snapshot())) this.set(labels, value);
        },
      });
      return;
    }
    new Counter({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.reset();
        for (const [labels, value] of read(source.snapshot())) this.inc(labels, value);
      },
    });
  }
}

/** prom-client counts its histograms itself; this one is counted already, so only its form is taken over. */
function latencyMetric(source: LiveSource): Metric {
  const { name, help } = LATENCY_METRIC;
  const metric = {
    name,
    help,
    type: 'histogram',
    aggregator: 'sum',
    get() {
      const { answer, notice } = source.latencyTotals();
      const bounds = source.hello().latencyBoundsMs;
      return Promise.resolve({
        ...this,
        values: [
          ...latencySamples(name, { path: 'initialdp_to_answer' }, answer, bounds),
          ...latencySamples(name, { path: 'reachable_to_notice' }, notice, bounds),
        ],
      });
    },
    reset: () => undefined,
  };
  return metric as unknown as Metric;
}
