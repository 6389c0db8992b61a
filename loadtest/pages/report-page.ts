/** report.html: what came of a run, to be looked at. */
import { countText, msText, percentText, shortText, timeText } from '../figures.ts';
import type { PhaseReport } from '../plan.ts';
import type { RunReport } from '../report.ts';
import { capacityLimit, checkValue } from '../report-text.ts';
import { type Curve, curveChart, type Moment, type TimeChart, timeChart } from './chart.ts';
import { escaped, page, table } from './html.ts';

export function reportPage(report: RunReport): string {
  const { configuration } = report;
  const charts = chartsOf(report);
  const seconds = report.series.counts.planned.length;
  const body = [
    `<h1>Load test: ${escaped(configuration.profile)}</h1>`,
    `<p class="sub">${escaped(configuration.what)}. ${escaped(report.startedAt.slice(0, 16).replace('T', ' '))} UTC, ${timeText(report.total.tookMs)}.</p>`,
    verdict(report),
    tiles(report),
    ...(report.capacity === undefined ? [] : [capacity(report)]),
    '<h2>Over time</h2>',
    `<p class="at">${seconds === 0 ? 'The run was over before its first second was.' : 'Each point is a second. Point at a chart for its figures, or use the arrow keys in it.'}</p>`,
    ...(seconds === 0 ? [] : charts.map(timeChart)),
    '<h2>Latency</h2>',
    curves(report),
    `<div class="card">${latencies(report.total)}<p class="note">Answer: from the planned start of a call to the first answer to its initialDP, or of an alert to its result. Report: from the report of a missed call to the end of its dialogue, that is until the miss is durable. Late: from the planned start to the begin, which is the generator’s own.</p></div>`,
    '<h2>Accounts</h2>',
    `<div class="columns">${[dialogues(report), notices(report), errors(report)].join('')}</div>`,
    ...(report.phases.length > 1 ? ['<h2>Phases</h2>', phases(report.phases)] : []),
    '<h2>What was played, and where</h2>',
    `<div class="columns">${[configured(report), machine(report)].join('')}</div>`,
  ];
  const data = Object.fromEntries(
    charts.map(({ id, lines }) => [
      id,
      { seconds, lines: Object.fromEntries(lines.map(({ name, values }) => [name, values.map(brief)])) },
    ]),
  );
  return page(`Load test: ${configuration.profile}`, body.join('\n'), data);
}

function brief(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(4));
}

function verdict({ verdict: { held, text, limitedBy, checks }, outcome }: RunReport): string {
  const died = outcome.kind === 'engine-died' || outcome.kind === 'engine-gone';
  const kind = held ? 'held' : limitedBy === 'generator' ? 'generator' : 'failed';
  const sign = { held: '✓ Held', generator: '◆ Generator’s limit', failed: '✕ Not held' }[kind];
  const rows = checks.map(({ objective, value, unit, held: one }) => {
    const state = one ? '<td class="state-ok">✓ held</td>' : '<td class="state-bad">✕ not held</td>';
    return `<tr><th scope="row">${escaped(objective)}</th><td>${checkValue(value, unit)}</td>${state}</tr>`;
  });
  return `<section class="verdict ${kind}"><strong>${died ? '✕ The engine died' : sign}</strong><p>${escaped(text)}</p><table class="figures"><tbody>${rows.join('')}</tbody></table></section>`;
}

function tiles({ total, load, configuration, series, capacity: found }: RunReport): string {
  const served = total.calls.served + total.alerts.served;
  const { lost, doubled, wrong, right } = load.notices;
  const faults = lost + doubled + wrong;
  const tile = (name: string, figure: string, unit: string, bad = false): string =>
    `<div class="tile${bad ? ' bad' : ''}"><span>${escaped(name)}</span><b>${figure}</b><small>${escaped(unit)}</small></div>`;
  const cpu = series.engineCpu.filter((one) => one !== null);
  const memory = series.engineAnonymousMiB.filter((one) => one !== null);
  return `<div class="tiles">${[
    found === undefined
      ? tile('rate', shortText(configuration.ratePerSecond), 'starts/s')
      : tile('capacity', shortText(found.ratePerSecond), 'starts/s', found.ratePerSecond === 0),
    tile(
      'served',
      total.planned === 0 ? '–' : percentText(served / total.planned),
      `of ${countText(total.planned)}`,
    ),
    tile('answer p99', shortText(total.answer.count === 0 ? null : total.answer.p99Ms), 'ms'),
    tile('notices right', countText(right), 'each told once'),
    tile(
      'notice faults',
      countText(faults),
      faults === 0 ? 'lost, doubled, wrong' : `${lost} lost, ${doubled} doubled, ${wrong} wrong`,
      faults > 0,
    ),
    ...(cpu.length === 0
      ? []
      : [
          tile(
            'engine CPU',
            percentText(Number((cpu.reduce((a, b) => a + b, 0) / cpu.length).toPrecision(3))),
            'of a core',
          ),
        ]),
    ...(memory.length === 0 ? [] : [tile('engine memory', shortText(largest(memory)), 'MiB, most')]),
  ].join('')}</div>`;
}

function chartsOf(report: RunReport): TimeChart[] {
  const { series, configuration } = report;
  const { counts, latencies: all } = series;
  const moments = { events: momentsOf(report) };
  const limitMs = objectiveMs(configuration.objectives);
  const failed = counts.refused.map(
    (refused, at) => refused + counts.aborted[at]! + counts.unanswered[at]! + counts.unsent[at]!,
  );
  const percent = (values: readonly (number | null)[]) =>
    values.map((one) => (one === null ? null : 100 * one));
  return [
    {
      id: 'throughput',
      title: 'Throughput',
      unit: 'per second',
      scale: 'linear',
      points: 'mean',
      lines: [
        { name: 'planned', tone: 'muted ghost', values: counts.planned },
        { name: 'begun', tone: 's1', values: counts.begun },
        { name: 'served', tone: 's3', values: counts.served },
        { name: 'let go', tone: 's2', values: counts.letGo },
        { name: 'refused, failed', tone: 'red', dash: '2 2', values: failed },
      ],
      ...moments,
    },
    {
      id: 'answer',
      title: 'Planned start to answer',
      unit: 'ms',
      scale: 'log',
      points: 'most',
      bands: true,
      lines: bandsOf(all.answer),
      ...(limitMs === undefined ? {} : { limit: limitMs }),
      ...moments,
    },
    {
      id: 'report',
      title: 'Report of a miss to its end',
      unit: 'ms',
      scale: 'log',
      points: 'most',
      bands: true,
      lines: bandsOf(all.report),
      ...moments,
    },
    {
      id: 'notices',
      title: 'Short messages that arrived',
      unit: 'per second',
      scale: 'linear',
      points: 'mean',
      lines: [{ name: 'messages', tone: 's1', values: counts.messages }],
      ...moments,
    },
    {
      id: 'cpu',
      title: 'CPU',
      unit: '% of a core',
      scale: 'linear',
      points: 'mean',
      lines: [
        { name: 'engine', tone: 's1', values: percent(series.engineCpu) },
        { name: 'generator', tone: 'muted', dash: '5 3', values: percent(series.generatorCpu) },
      ],
      ...moments,
    },
    {
      id: 'memory',
      title: 'Memory of the engine',
      unit: 'MiB',
      scale: 'linear',
      points: 'most',
      lines: [
        { name: 'anonymous', tone: 's1', values: series.engineAnonymousMiB },
        {
          name: 'resident, with pages of its files',
          tone: 'muted',
          dash: '5 3',
          values: series.engineResidentMiB,
        },
      ],
      ...moments,
    },
    {
      id: 'late',
      title: 'The generator’s own lateness',
      unit: 'ms',
      scale: 'log',
      points: 'most',
      bands: true,
      lines: bandsOf(all.late),
      ...moments,
    },
  ];
}

function momentsOf({ outcome, playedForS, configuration }: RunReport): Moment[] {
  if (outcome.kind === 'engine-died') return [{ atS: outcome.afterS, text: 'engine died', bad: true }];
  if (outcome.kind === 'engine-gone') return [{ atS: outcome.afterS, text: 'engine gone', bad: true }];
  const warmUpS = Math.round(configuration.warmUpMs / 1_000);
  const back = { atS: playedForS, text: 'all back', bad: false };
  return warmUpS > 0 ? [{ atS: warmUpS, text: 'warm-up over', bad: false }, back] : [back];
}

function bandsOf({ p50, p90, p99, p999 }: RunReport['series']['latencies']['answer']): TimeChart['lines'] {
  return [
    { name: 'p50', tone: 's1', values: p50 },
    { name: 'p90', tone: 's1', dash: '6 3', values: p90 },
    { name: 'p99', tone: 's4', values: p99 },
    { name: 'p99.9', tone: 'muted', dash: '2 2', values: p999 },
  ];
}

/** The line that the SLO draws through the answers. */
function objectiveMs(objectives: readonly string[]): TimeChart['limit'] {
  for (const objective of objectives) {
    const [, what, ms] = /^answer-(\S+) <= ([\d.]+) ms$/.exec(objective) ?? [];
    if (ms !== undefined) return { value: Number(ms), text: `${what} at most ${ms} ms` };
  }
  return undefined;
}

function curves({ curves: all }: RunReport): string {
  const shown: Curve[] = [
    { name: 'answer', tone: 's1', points: all.answer },
    { name: 'report', tone: 's3', dash: '6 3', points: all.report },
    { name: 'late (generator)', tone: 'muted', dash: '2 2', points: all.late },
  ].filter(({ points }) => points.length > 1);
  if (shown.length === 0) return '<p class="card">Nothing was answered, so there is no latency.</p>';
  return curveChart('Latency by percentile', shown);
}

function latencies({ answer, report, late }: PhaseReport): string {
  const row = (name: string, one: PhaseReport['answer']): string[] => [
    name,
    countText(one.count),
    ...[one.p50Ms, one.p90Ms, one.p99Ms, one.p999Ms, one.maxMs].map((ms) =>
      exactMs(one.count === 0 ? null : ms),
    ),
  ];
  return table(
    ['ms', 'count', 'p50', 'p90', 'p99', 'p99.9', 'most'],
    [row('answer', answer), row('report', report), row('late', late)],
    'figures',
  );
}

function exactMs(ms: number | null): string {
  return ms === null ? '–' : ms.toFixed(ms >= 1_000 ? 0 : 2);
}

function card(title: string, content: string): string {
  return `<section class="card"><h3>${escaped(title)}</h3>${content}</section>`;
}

function dialogues({ total: { calls, alerts, planned, unsent } }: RunReport): string {
  const names = [
    ['begun', 'begun'],
    ['served', 'served'],
    ['letGo', 'let go at once'],
    ['refused', 'refused'],
    ['aborted', 'aborted'],
    ['unanswered', 'unanswered'],
    ['open', 'still open'],
  ] as const;
  const rows = names.map(([key, name]) => [name, countText(calls[key]), countText(alerts[key])]);
  const content = table(['', 'calls', 'alerts'], rows, 'figures');
  return card(
    'Dialogues',
    `${content}<p class="note">${countText(planned)} were planned, ${countText(unsent)} could not be sent.</p>`,
  );
}

function notices({ load }: RunReport): string {
  const { right, lost, doubled, wrong, repeated, unacknowledged, counted, messages } = load.notices;
  const rows = [
    ['right: acknowledged, and told of once', right],
    ['lost: acknowledged, and not told of', lost],
    ['doubled: told of more than once', doubled],
    ['wrong: told to somebody else, or unreadable', wrong],
    ['repeated, octet by octet', repeated],
    ['told of without an acknowledgement', unacknowledged],
    ['of the right ones, told as a count', counted],
    ['short messages', messages],
  ] as const;
  return card(
    'Notices',
    table(
      ['', ''],
      rows.map(([name, value]) => [name, countText(value)]),
      'figures',
    ),
  );
}

function errors({ total }: RunReport): string {
  const rows = Object.entries(total.errors).sort(([, a], [, b]) => b - a);
  const content =
    rows.length === 0
      ? '<p>None: all that was planned was served.</p>'
      : table(
          ['', ''],
          rows.map(([how, count]) => [how, countText(count)]),
          'figures',
        );
  return card('Not served, by cause', content);
}

function capacity({ capacity: found }: RunReport): string {
  if (found === undefined) return '';
  const rows = found.tries.map(({ ratePerSecond, held }) => [
    countText(ratePerSecond),
    held ? '✓ held' : '✕ not held',
  ]);
  const text = `${countText(found.ratePerSecond)} a second; ${capacityLimit(found.limitedBy)}.`;
  return `<h2>Search for the capacity</h2><div class="card"><p>${escaped(text)} The figures above and below are those of this rate; the charts show all tries.</p>${table(['starts a second', ''], rows, 'figures')}</div>`;
}

function phases(all: readonly PhaseReport[]): string {
  const rows = all.map((one) => [
    one.name,
    timeText(one.tookMs),
    countText(one.planned),
    countText(one.calls.served + one.alerts.served),
    countText(one.calls.letGo),
    msText(one.answer.count === 0 ? null : one.answer.p99Ms),
    countText(one.messagesArrived),
  ]);
  return `<div class="card">${table(['phase', 'took', 'planned', 'served', 'let go', 'answer p99', 'messages'], rows, 'figures')}</div>`;
}

function configured({ configuration: c, load }: RunReport): string {
  const rows = [
    ['profile', c.profile],
    ['rate', `${shortText(c.ratePerSecond)} a second`],
    ['time', `${timeText(c.forMs)}${c.rampMs > 0 ? `, after a ramp of ${timeText(c.rampMs)}` : ''}`],
    ['warm-up', c.warmUpMs > 0 ? timeText(c.warmUpMs) : 'none'],
    ['subscribers', countText(c.subscribers)],
    [
      'generators',
      `${c.workers}, each with ${c.associations === 1 ? 'an association' : `${c.associations} associations`}`,
    ],
    ['transport', c.transport],
    ['engine', c.engine === 'beside' ? 'on this machine, started by the load' : 'in another process'],
    ['SLO', c.objectives.join(', ') || 'none given'],
    ['seed', String(c.seed)],
    ['associations lost', countText(load.associationsLost)],
  ];
  return card('Configuration', table(['', ''], rows));
}

function machine({ machine: m, version }: RunReport): string {
  const rows = [
    ['cores', String(m.cores)],
    ['processor', m.cpu],
    ['memory', `${countText(m.memoryMiB)} MiB`],
    ['Node', m.node],
    ['platform', m.platform],
    ['Callwake', version],
  ];
  return card('Machine of the generator', table(['', ''], rows));
}

function largest(values: readonly number[]): number {
  return values.reduce((most, one) => Math.max(most, one), 0);
}
