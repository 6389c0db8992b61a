/** compare.html: two reports side by side. */
import { type Comparison, type ComparisonRow, factorText, shownValue } from '../comparison.ts';
import type { RunReport } from '../report.ts';
import { curveChart, timeChart } from './chart.ts';
import { escaped, page } from './html.ts';

const SIGNS: Readonly<Record<ComparisonRow['change'], string>> = {
  better: '▲ better',
  worse: '▼ worse',
  same: 'same',
  other: '',
};

export function comparePage({ before, after, rows, differences }: Comparison): string {
  const worse = rows.filter(({ change }) => change === 'worse').map(({ name }) => name);
  const named = [before, after].map(
    ({ startedAt, configuration }) =>
      `${configuration.profile}, ${startedAt.slice(0, 16).replace('T', ' ')} UTC`,
  );
  const lines = rows.map(
    (row) =>
      `<tr class="${row.change}"><th scope="row">${escaped(row.name)}</th><td>${shownValue(row.before, row.unit)}</td><td>${shownValue(row.after, row.unit)}</td><td>${factorText(row)}</td><td>${SIGNS[row.change]}</td></tr>`,
  );
  const body = [
    '<h1>Two load tests</h1>',
    `<p class="sub">A: ${escaped(named[0]!)}. B: ${escaped(named[1]!)}.</p>`,
    `<section class="verdict${worse.length > 0 ? ' failed' : ''}"><strong>${worse.length === 0 ? '✓ B is no worse than A' : `✕ B is worse in ${worse.length} of ${rows.length} figures`}</strong><p>${escaped(worse.join(', '))}</p></section>`,
    ...(differences.length === 0
      ? []
      : [
          `<section class="card"><h3>Not played alike</h3><p>${differences.map(escaped).join('<br>')}</p></section>`,
        ]),
    '<h2>Figures</h2>',
    `<div class="card"><div class="scroll" tabindex="0"><table class="figures"><thead><tr><th></th><th scope="col">A</th><th scope="col">B</th><th scope="col">B / A</th><th></th></tr></thead><tbody>${lines.join('')}</tbody></table></div><p class="note">Two runs of the same thing differ, too: what differs by less than a tenth is called the same. Memory and CPU are those of the engine.</p></div>`,
    '<h2>Pictures</h2>',
    ...pictures(before, after),
  ];
  const charts = overTime(before, after);
  const data = Object.fromEntries(
    charts.map(({ id, lines: both }) => [
      id,
      {
        seconds: Math.max(1, ...both.map(({ values }) => values.length)),
        lines: Object.fromEntries(both.map(({ name, values }) => [name, values])),
      },
    ]),
  );
  return page('Two load tests', body.join('\n'), data);
}

function pictures(before: RunReport, after: RunReport): string[] {
  const curves = [
    { name: 'A', tone: 'muted', dash: '5 3', points: before.curves.answer },
    { name: 'B', tone: 's1', points: after.curves.answer },
  ].filter(({ points }) => points.length > 1);
  return [
    ...(curves.length === 0 ? [] : [curveChart('Planned start to answer, by percentile', curves)]),
    ...overTime(before, after).map(timeChart),
  ];
}

function overTime(before: RunReport, after: RunReport) {
  const chart = (
    id: string,
    title: string,
    unit: string,
    scale: 'linear' | 'log',
    of: (report: RunReport) => readonly (number | null)[],
  ) => {
    // Both to the length of the longer one: they stand on one time axis.
    const length = Math.max(of(before).length, of(after).length);
    const whole = (values: readonly (number | null)[]) =>
      Array.from({ length }, (_, at) => values[at] ?? null);
    const lines = [
      { name: 'A', tone: 'muted', dash: '5 3', values: whole(of(before)) },
      { name: 'B', tone: 's1', values: whole(of(after)) },
    ];
    return { id, title, unit, scale, points: 'most' as const, lines };
  };
  return [
    chart('served', 'Served', 'per second', 'linear', ({ series }) => series.counts.served),
    chart('p99', 'Planned start to answer, p99', 'ms', 'log', ({ series }) => series.latencies.answer.p99),
    chart('cpu', 'CPU of the engine', '% of a core', 'linear', ({ series }) =>
      series.engineCpu.map((one) => (one === null ? null : 100 * one)),
    ),
    chart('memory', 'Memory of the engine', 'MiB', 'linear', ({ series }) => series.engineAnonymousMiB),
  ];
}
