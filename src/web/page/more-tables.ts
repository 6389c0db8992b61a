import type {
  AlarmEvent,
  Flow,
  FlowFamily,
  Hello,
  Latency,
  Point,
  Snapshot,
  Traffic,
} from '../live-source.ts';
import { brief, duration, exact, localDateTime, milliseconds } from './format.ts';
import { mergePoints } from './merge.ts';
import { type Cell, Table, type TableSpec } from './table.ts';

interface TrafficRow extends Traffic {
  readonly association: string;
}

interface PercentileRow {
  readonly name: string;
  readonly latency: Latency;
}

/** The tables of the pages behind the first. */
export class MoreTables {
  readonly #causes = new Table<Flow>(
    flowTable(
      'causes',
      'Missed calls, by cause',
      'callwake_calls_missed_by_cause_total',
      'No call has been missed since the start.',
    ),
  );
  readonly #results = new Table<Flow>(
    flowTable(
      'results',
      'Returns, channels and results of tries',
      'callwake_notice_results_total',
      'No notice has been tried since the start.',
    ),
  );
  readonly #operations = new Table<Flow>(
    flowTable(
      'operations',
      'Operations',
      'callwake_operations_total',
      'No operation has been invoked since the start.',
    ),
  );
  readonly #begun = new Table<Flow>(
    flowTable(
      'begun',
      'Dialogues begun and aborted',
      'callwake_dialogues_begun_total',
      'No dialogue has begun since the start.',
    ),
  );
  readonly #retransmissions = new Table<Flow>(
    flowTable(
      'retransmissions',
      'Sent again by SCTP',
      'callwake_sctp_retransmissions_total',
      'SCTP over UDP counts what it sends again; over TCP and in the kernel that is not seen here.',
    ),
  );
  readonly #traffic = new Table<TrafficRow>(TRAFFIC);
  readonly #percentiles = new Table<PercentileRow>(PERCENTILES);
  readonly #history = new Table<AlarmEvent>(HISTORY);

  update(snapshot: Snapshot, find: string): void {
    const { flows, associations } = snapshot;
    const of = (...families: readonly FlowFamily[]): Flow[] =>
      flows.filter(({ family }) => families.includes(family));
    this.#causes.update(of('cause'), find);
    this.#results.update(of('return', 'channel', 'result'), find);
    this.#operations.update(of('operation'), find);
    this.#begun.update(of('begun', 'abort'), find);
    this.#retransmissions.update(of('retransmission'), find);
    this.#traffic.update(
      associations.flatMap(({ name, traffic }) => traffic.map((one) => ({ ...one, association: name }))),
      find,
    );
  }

  /** @param points those in view */
  latencies(points: readonly Point[], hello: Hello | undefined, range: number, find: string): void {
    if (points.length === 0 || hello === undefined) return;
    const merges = hello.series.map(({ merge }) => merge);
    const toMs = points.at(-1)!.atMs;
    const rows: PercentileRow[] = [];
    for (const [seconds, words] of [
      [60, 'last minute'],
      [range, `last ${duration(range * 1000)}`],
    ] as const) {
      const within = points.filter(({ atMs }) => atMs > toMs - seconds * 1000);
      const one = mergePoints(within, hello.latencyBoundsMs, merges);
      rows.push({ name: `initialDP to answer, ${words}`, latency: one.answer });
      rows.push({ name: `Reachable to notice sent, ${words}`, latency: one.notice });
    }
    this.#percentiles.update(rows, find);
  }

  alarms(events: readonly AlarmEvent[], find: string): void {
    this.#history.update(events, find);
  }
}

function flowTable(id: string, title: string, metric: string, empty: string): TableSpec<Flow> {
  return {
    id,
    title,
    places: 4,
    empty,
    key: ({ family, name }) => `${family} ${name}`,
    columns: [
      { title: 'What', width: 56, cell: ({ family, name }) => ({ text: FAMILY_WORDS[family] + name }) },
      {
        title: 'Since start',
        width: 24,
        number: true,
        metric,
        cell: ({ value }) => ({ text: exact(value) }),
      },
      {
        title: 'Now /s',
        width: 20,
        number: true,
        metric,
        cell: ({ perSecond }) => ({ text: brief(perSecond), title: exact(perSecond, 2) }),
      },
    ],
  };
}

const FAMILY_WORDS: Readonly<Record<FlowFamily, string>> = {
  cause: '',
  return: 'news: ',
  channel: '',
  result: 'tries: ',
  begun: '',
  abort: 'aborted ',
  operation: '',
  retransmission: '',
};

const TRAFFIC: TableSpec<TrafficRow> = {
  id: 'traffic-states',
  title: 'ASP and AS by routing context',
  places: 3,
  stacks: true,
  empty: 'No association is up, so no application server is known to a peer.',
  key: ({ association, applicationServer }) => `${association} ${applicationServer}`,
  columns: [
    { title: 'Association', width: 28, cell: ({ association }) => ({ text: association }) },
    {
      title: 'AS, context',
      width: 28,
      metric: 'callwake_traffic_active',
      cell: ({ applicationServer, routingContext }) => ({
        text: applicationServer,
        small: routingContext === '' ? 'no routing context' : `context ${routingContext}`,
      }),
    },
    { title: 'ASP', width: 22, fades: true, cell: ({ aspState }) => active(aspState, 'ASP-ACTIVE') },
    { title: 'AS', width: 22, fades: true, cell: ({ asState }) => active(asState, 'AS-ACTIVE') },
  ],
};
const active = (state: string, wanted: string): Cell => ({
  text: state,
  severity: state === wanted ? 'well' : 'warning',
});

const latencyCell = ({ latency }: PercentileRow, value: number): Cell => ({
  text: latency.count > 0 ? milliseconds(value) : '–',
});
const PERCENTILES: TableSpec<PercentileRow> = {
  id: 'percentiles',
  title: 'Percentiles',
  places: 4,
  stacks: true,
  empty: 'Nothing was measured in this time.',
  key: ({ name }) => name,
  columns: [
    { title: 'What', width: 32, cell: ({ name }) => ({ text: name }) },
    {
      title: 'Measured',
      width: 13,
      number: true,
      metric: 'callwake_latency_seconds',
      cell: ({ latency }) => ({ text: exact(latency.count) }),
    },
    { title: 'p50', width: 11, number: true, cell: (row) => latencyCell(row, row.latency.p50Ms) },
    { title: 'p90', width: 11, number: true, cell: (row) => latencyCell(row, row.latency.p90Ms) },
    { title: 'p99', width: 11, number: true, cell: (row) => latencyCell(row, row.latency.p99Ms) },
    { title: 'p99.9', width: 11, number: true, cell: (row) => latencyCell(row, row.latency.p999Ms) },
    { title: 'Longest', width: 11, number: true, cell: (row) => latencyCell(row, row.latency.maxMs) },
  ],
};

const when = (ms: number): Cell => ({ text: ms > 0 ? localDateTime(ms) : '–' });
const HISTORY: TableSpec<AlarmEvent> = {
  id: 'alarm-history',
  title: 'History, the newest first; kept until the engine ends',
  places: 4,
  stacks: true,
  newestFirst: true,
  empty: 'No alarm has stood since the engine started.',
  key: ({ id }) => String(id),
  columns: [
    { title: 'Raised', width: 16, cell: ({ raisedAtMs }) => when(raisedAtMs) },
    {
      title: 'What',
      width: 42,
      wide: true,
      cell: ({ text, code, severity, clearedAtMs }) => ({
        text,
        small: `${code}, ${severity}`,
        severity: clearedAtMs > 0 ? 'well' : severity,
      }),
    },
    { title: 'Acknowledged', width: 16, fades: true, cell: ({ acknowledgedAtMs }) => when(acknowledgedAtMs) },
    {
      title: 'Cleared',
      width: 16,
      fades: true,
      cell: ({ clearedAtMs }) => (clearedAtMs > 0 ? when(clearedAtMs) : { text: 'stands' }),
    },
    {
      title: 'Stood for',
      width: 10,
      number: true,
      cell: ({ raisedAtMs, clearedAtMs }) => ({
        text: clearedAtMs > 0 ? duration(clearedAtMs - raisedAtMs) : '–',
      }),
    },
  ],
};
