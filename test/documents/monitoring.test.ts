import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { ALARMS } from '../../src/adapters/engine/alarms.ts';
import { alertRules } from '../../src/adapters/engine/alert-rules.ts';
import { METRICS } from '../../src/adapters/metrics/descriptors.ts';
import { PrometheusExposition } from '../../src/adapters/metrics/exposition.ts';
import { DASHBOARD_ROWS, grafanaDashboard } from '../../src/adapters/metrics/grafana-dashboard.ts';
import { MORE_CHARTS } from '../../src/web/page/chart-specs.ts';
import { SERIES } from '../../src/web/series.ts';
import { assertGolden } from '../support/golden.ts';
import { LiveGenerator } from '../support/live-generator.ts';
import { filesBelow } from '../support/sources.ts';

/** Names that a scrape really has, those of a histogram among them. */
async function scraped(): Promise<ReadonlySet<string>> {
  const source = new LiveGenerator('extreme');
  source.advance(5);
  const text = await new PrometheusExposition(source, () => [['web.requests', 1]]).text();
  const names = new Set<string>();
  for (const [, name] of text.matchAll(/^(?:# TYPE )?(callwake_[a-z0-9_]+)/gm)) names.add(name!);
  return names;
}
const namedIn = (text: string): string[] => [...new Set(text.match(/callwake_[a-z0-9_]+/g) ?? [])];

test('the Grafana dashboard is made from its table', () =>
  assertGolden('docs/monitoring/grafana-dashboard.json', grafanaDashboard()));

test('the alert rules are made from the table of alarms', () =>
  assertGolden('docs/monitoring/alert-rules.yaml', alertRules()));

test('dashboard, rules and documents name no metric that is not there, and labels that it has', async () => {
  const names = await scraped();
  const documents = ['docs/monitoring.md', 'docs/alarms.md'].map((file) => readFileSync(file, 'utf8'));
  for (const name of namedIn([grafanaDashboard(), alertRules(), ...documents].join('\n')))
    assert.ok(names.has(name), name);
  const labels = new Map(METRICS.map((metric) => [metric.name, [...metric.labels, 'instance']]));
  for (const { panels } of DASHBOARD_ROWS)
    for (const { metric, targets } of panels) {
      assert.ok(names.has(metric) || names.has(`${metric}_bucket`), metric);
      for (const [expression, legend] of targets) {
        const known = namedIn(expression).flatMap((name) => labels.get(name) ?? ['le', 'path', 'instance']);
        for (const [, label] of legend.matchAll(/\{\{(\w+)\}\}/g)) assert.ok(known.includes(label!), legend);
      }
    }
});

test('each alarm has its rule, and each rule that names an alarm one that exists', () => {
  const { groups } = parse(alertRules()) as { groups: { rules: { alert: string; expr: string }[] }[] };
  const rules = groups.flatMap((group) => group.rules);
  assert.equal(new Set(rules.map(({ alert }) => alert)).size, rules.length, 'each name once');
  const codes = rules.flatMap(({ expr }) => /code="([^"]+)"/.exec(expr)?.[1] ?? []);
  assert.deepEqual(codes.sort(), ALARMS.map(({ code }) => code).sort());
});

test('what the pages show on hover and draw has a descriptor, and a series that the server sends', () => {
  const names = new Set([...METRICS.map(({ name }) => name), 'callwake_latency_seconds']);
  for (const { metric, name } of SERIES) assert.ok(names.has(metric), `${name}: ${metric}`);
  for (const { file, text } of filesBelow('src/web/page', '.ts'))
    for (const name of namedIn(text)) assert.ok(names.has(name), `${file}: ${name}`);
  const series = new Set(SERIES.map(({ name }) => name));
  assert.equal(series.size, SERIES.length);
  const drawn = MORE_CHARTS.flatMap(({ lines }) => lines.map(([, name]) => name));
  for (const name of drawn) assert.ok(name === '@calls' || series.has(name), name);
});
