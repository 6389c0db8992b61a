import type { Latency, Point } from '../live-source.ts';
import type { Column, Columns, LatencyColumns } from './timeline.ts';

export type ChartUnit = '/s' | 'ms' | 'octets' | 'octets/s' | 'ratio' | '';

export interface Line {
  readonly label: string;
  readonly color: string;
  readonly dash: readonly number[];
  readonly width: number;
}

export interface ChartSpec {
  readonly id: string;
  readonly kind: 'lines' | 'latency' | 'heat';
  readonly unit: ChartUnit;
  readonly label: string;
  readonly lines: readonly Line[];
  readonly legend: string;
  readonly timeAxis: boolean;
  /** Said when nothing but zeros was measured. */
  readonly empty: string;
  columns(columns: Columns): readonly Column[];
  latency?: (columns: Columns) => LatencyColumns;
  pick?: (point: Point) => Latency;
}

/** Told apart by dashes as well as by colour. */
const STYLES: readonly Omit<Line, 'label'>[] = [
  { color: '--series-1', dash: [], width: 1.75 },
  { color: '--series-2', dash: [7, 3], width: 1.75 },
  { color: '--series-3', dash: [], width: 1.75 },
  { color: '--series-4', dash: [2, 3], width: 1.5 },
  { color: '--series-5', dash: [10, 3, 2, 3], width: 1.5 },
];
const LATENCY_LINES: readonly Line[] = [
  { label: 'p50', color: '--series-1', dash: [], width: 1.75 },
  { label: 'p90', color: '--series-3', dash: [], width: 1.25 },
  { label: 'p99', color: '--series-2', dash: [7, 3], width: 1.5 },
  { label: 'p99.9', color: '--muted', dash: [2, 2], width: 1.25 },
];
const linesOf = (labels: readonly string[]): readonly Line[] =>
  labels.map((label, index) => ({ label, ...STYLES[index % STYLES.length]! }));

const latencyLists = ({ p50, p90, p99, p999 }: LatencyColumns): readonly Column[] => [p50, p90, p99, p999];
const latencyCharts = (id: 'answer' | 'notice', label: string, empty: string): readonly ChartSpec[] => [
  {
    id: `${id}-chart`,
    kind: 'latency',
    unit: 'ms',
    label: `${label}, percentiles over time`,
    lines: LATENCY_LINES,
    legend: `${id}-legend`,
    timeAxis: false,
    empty,
    columns: (columns) => latencyLists(columns[id]),
    latency: (columns) => columns[id],
  },
  {
    id: `${id}-heat`,
    kind: 'heat',
    unit: 'ms',
    label: `${label}, how many took how long over time`,
    lines: [],
    legend: '',
    timeAxis: true,
    empty,
    columns: (columns) => [columns[id].p50],
    latency: (columns) => columns[id],
    pick: (point) => point[id],
  },
];

/** Those of the first page, whose places stand in index.html. */
export const FIRST_CHARTS: readonly ChartSpec[] = [
  {
    id: 'traffic-chart',
    kind: 'lines',
    unit: '/s',
    label: 'Calls and notices per second over time',
    lines: linesOf(['calls', 'missed', 'delivered', 'failed']),
    legend: 'traffic-legend',
    timeAxis: true,
    empty: 'No call came in this time.',
    columns: ({ calls, missed, delivered, failed }) => [calls, missed, delivered, failed],
  },
  ...latencyCharts('answer', 'initialDP to answer', 'No call was answered in this time.'),
  ...latencyCharts('notice', 'Reachable to notice sent', 'No notice was sent in this time.'),
];

export interface MoreChart {
  readonly id: string;
  readonly page: string;
  readonly title: string;
  readonly unit: ChartUnit;
  /** A line each: what the legend calls it, and its series; `@calls` is the rate of calls, which each point has. */
  readonly lines: readonly (readonly [label: string, series: string])[];
  readonly empty: string;
}

// biome-ignore format: a chart a line
export const MORE_CHARTS: readonly MoreChart[] = [
  { id: 'by-cause', page: 'traffic', title: 'Missed calls by cause', unit: '/s', empty: 'No call was missed in this time.', lines: [['busy', 'cause.busy'], ['no answer', 'cause.no-answer'], ['not reachable', 'cause.not-reachable'], ['abandoned', 'cause.abandoned'], ['barred', 'cause.barred']] },
  { id: 'returns-chart', page: 'traffic', title: 'Availability: who is back or gone', unit: '/s', empty: 'The network told of nobody in this time.', lines: [['alert', 'return.alert'], ['MM event', 'return.mm-event'], ['detach', 'return.detach']] },
  { id: 'channels-chart', page: 'traffic', title: 'Delivered by channel', unit: '/s', empty: 'Nothing was delivered in this time.', lines: [['SMS: missed calls', 'channel.missed-calls'], ['SMS: is back', 'channel.returns'], ['SMS type 0', 'channel.query'], ['e-mail, webhook, web push', 'channel.beside-sms']] },
  { id: 'results-chart', page: 'traffic', title: 'Tries to deliver by result', unit: '/s', empty: 'No try ended in this time.', lines: [['delivered', 'result.delivered'], ['absent', 'result.absent'], ['memory full', 'result.memory-full'], ['temporary', 'result.temporary'], ['permanent', 'result.permanent']] },
  { id: 'link-messages', page: 'links', title: 'Messages of all associations', unit: '/s', empty: 'No message came or went in this time.', lines: [['in', 'links.in'], ['out', 'links.out']] },
  { id: 'link-octets', page: 'links', title: 'Octets of all associations', unit: 'octets/s', empty: 'No message came or went in this time.', lines: [['in', 'links.octets-in'], ['out', 'links.octets-out']] },
  { id: 'link-queued', page: 'links', title: 'Waits to be sent', unit: 'octets', empty: 'Nothing waited in this time.', lines: [['queued', 'links.queued']] },
  { id: 'link-faults', page: 'links', title: 'Out of service, and DATA sent again', unit: '', empty: 'All were in service, and nothing was sent again in this time.', lines: [['associations out', 'links.down'], ['sent again /s', 'links.sent-again']] },
  { id: 'dialogues-open', page: 'dialogues', title: 'Open', unit: '', empty: 'No dialogue was open in this time.', lines: [['dialogues', 'dialogues.open'], ['calls watched', 'dialogues.calls']] },
  { id: 'dialogues-begun', page: 'dialogues', title: 'Begun and aborted', unit: '/s', empty: 'No dialogue began in this time.', lines: [['begun', 'dialogues.begun'], ['aborted', 'dialogues.aborted']] },
  { id: 'shard-events', page: 'shards', title: 'Events of all shards', unit: '/s', empty: 'No event came in this time.', lines: [['events', 'shards.events']] },
  { id: 'shard-commits', page: 'shards', title: 'Commit time of the slowest shard', unit: 'ms', empty: 'Nothing was committed in this time.', lines: [['p50', 'shards.commit-p50'], ['p99', 'shards.commit-p99']] },
  { id: 'thread-pauses', page: 'shards', title: 'Pauses: the longest of any thread', unit: 'ms', empty: 'No thread paused in this time.', lines: [['event loop', 'threads.lag'], ['garbage collection', 'threads.gc-longest']] },
  { id: 'shard-fill', page: 'shards', title: 'Fullest ring, and actors found in memory', unit: 'ratio', empty: 'Nothing passed the rings in this time.', lines: [['ring', 'shards.ring'], ['cache', 'shards.cache']] },
  { id: 'shard-lag', page: 'shards', title: 'Journal lag of all shards', unit: 'octets', empty: 'No record lagged behind in this time.', lines: [['lag', 'shards.journal-lag']] },
  { id: 'shard-actors', page: 'shards', title: 'Actors in memory', unit: '', empty: 'No actor was in memory in this time.', lines: [['actors', 'shards.actors']] },
  { id: 'notifier-depth', page: 'notifier', title: 'Notices', unit: '', empty: 'No notice waited in this time.', lines: [['under way', 'notifier.under-way'], ['composed, not delivered', 'notifier.waiting']] },
  { id: 'notifier-age', page: 'notifier', title: 'Age of the oldest notice', unit: 'ms', empty: 'No notice waited in this time.', lines: [['oldest', 'notifier.oldest']] },
  { id: 'notifier-paced', page: 'notifier', title: 'The governor: notices that wait for the turn of their MSC', unit: '', empty: 'No notice had to wait in this time.', lines: [['wait for their turn', 'notifier.paced']] },
  { id: 'notifier-throttle', page: 'notifier', title: 'Level of overload: notices are slowed from 1 on', unit: '', empty: 'Nothing was slowed in this time.', lines: [['level', 'notifier.throttle']] },
  { id: 'notifier-results', page: 'notifier', title: 'Tries to deliver', unit: '/s', empty: 'No try ended in this time.', lines: [['delivered', 'result.delivered'], ['absent', 'result.absent'], ['temporary', 'result.temporary'], ['permanent', 'result.permanent']] },
  { id: 'capacity-calls', page: 'capacity', title: 'Calls, and what was measured', unit: '/s', empty: 'No call came in this time.', lines: [['calls', '@calls'], ['measured', 'capacity.measured']] },
  { id: 'capacity-busy', page: 'capacity', title: 'The busiest thread has work', unit: 'ratio', empty: 'No thread had work in this time.', lines: [['of the time', 'threads.busy']] },
];

/** @param indexOf where a series is among the values of a point; -1: this server has none of that name */
export function moreSpec(chart: MoreChart, indexOf: (series: string) => number): ChartSpec {
  const { id, title, unit, lines, empty } = chart;
  return {
    id,
    kind: 'lines',
    unit,
    label: title,
    lines: linesOf(lines.map(([label]) => label)),
    legend: `${id}-legend`,
    timeAxis: true,
    empty,
    columns: ({ at, calls, values }) =>
      lines.map(([, series]) =>
        series === '@calls' ? calls : (values[indexOf(series)] ?? at.map(() => null)),
      ),
  };
}
