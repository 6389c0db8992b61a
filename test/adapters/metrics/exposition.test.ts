import assert from 'node:assert/strict';
import { test } from 'node:test';
import { METRICS } from '../../../src/adapters/metrics/descriptors.ts';
import { PrometheusExposition } from '../../../src/adapters/metrics/exposition.ts';
import { LATENCY_BOUNDS_SECONDS, latencySamples } from '../../../src/adapters/metrics/latency-metric.ts';
import { LATENCY_BOUNDS_MS, LatencyHistogram } from '../../../src/types/latency-histogram.ts';
import { LiveGenerator } from '../../support/live-generator.ts';

const value = (text: string, series: string): number => {
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${series} `));
  assert.ok(line !== undefined, `${series} is there`);
  return Number(line.slice(series.length + 1));
};

test('each metric has a name of its own, with its unit, and a sentence', () => {
  assert.equal(new Set(METRICS.map(({ name }) => name)).size, METRICS.length);
  for (const { name, help, type } of METRICS) {
    assert.match(name, /^callwake_[a-z0-9_]+$/);
    assert.equal(name.endsWith('_total'), type === 'counter', name);
    assert.match(help, /^[A-Z0-9].*\.$/, name);
  }
});

test('what is scraped is what the source says at that moment', async () => {
  const source = new LiveGenerator('normal');
  source.advance(30);
  const counters = new Map([['web.requests', 7]]);
  const exposition = new PrometheusExposition(source, () => counters);
  const text = await exposition.text();
  const { totals } = source.snapshot();
  assert.equal(value(text, 'callwake_calls_missed_total'), totals.callsMissed);
  assert.equal(value(text, 'callwake_association_up{association="stp-b",peer="10.20.0.2:2905"}'), 1);
  assert.equal(value(text, 'callwake_events_total{event="web.requests"}'), 7);
  assert.match(text, /process_resident_memory_bytes \d/);
  source.mood = 'link-down';
  source.advance();
  const later = await exposition.text();
  assert.equal(value(later, 'callwake_association_up{association="stp-b",peer="10.20.0.2:2905"}'), 0);
  assert.equal(
    value(later, 'callwake_alarms{code="CW_ASSOCIATION_DOWN",severity="critical",subject="stp-b"}'),
    4,
  );
  source.mood = 'normal';
  source.advance();
  assert.doesNotMatch(await exposition.text(), /CW_ASSOCIATION_DOWN/);
});

test('who asks over and over within one sample costs one: what is counted is read once', async () => {
  const source = new LiveGenerator('normal');
  source.advance();
  let reads = 0;
  const exposition = new PrometheusExposition(source, () => [['web.requests', ++reads]]);
  for (let time = 0; time < 100; time++) await exposition.text();
  assert.equal(reads, 1);
  source.advance();
  assert.equal(value(await exposition.text(), 'callwake_events_total{event="web.requests"}'), 2);
});

test('latencies are a cumulative histogram whose last bucket is its count', async () => {
  const source = new LiveGenerator('normal');
  source.advance(10);
  const text = await new PrometheusExposition(source).text();
  const { answer } = source.latencyTotals();
  assert.match(text, /# TYPE callwake_latency_seconds histogram/);
  const path = 'path="initialdp_to_answer"';
  assert.equal(value(text, `callwake_latency_seconds_count{${path}}`), answer.count);
  let before = 0;
  for (const bound of [...LATENCY_BOUNDS_SECONDS, '+Inf']) {
    const now = value(text, `callwake_latency_seconds_bucket{${path},le="${bound}"}`);
    assert.ok(now >= before);
    before = now;
  }
  assert.equal(before, answer.count);
});

test('a latency is never counted below a bound that it is above', () => {
  const histogram = new LatencyHistogram();
  for (const ms of [0.5, 1, 1.01, 49, 51, 70_000]) histogram.record(ms);
  const samples = latencySamples(
    'x',
    {},
    { buckets: histogram.counts, count: histogram.count, sumMs: histogram.sumMs },
    LATENCY_BOUNDS_MS,
  );
  const atMost = (le: number | string) =>
    samples.find(({ metricName, labels }) => metricName === 'x_bucket' && labels['le'] === le)!.value;
  assert.ok(atMost(0.001) <= 2);
  assert.ok(atMost(0.05) <= 4);
  assert.equal(atMost(30), 5);
  assert.equal(atMost('+Inf'), 6);
});
