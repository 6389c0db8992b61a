import type { Association, Counter, PointCode, Queue, Shard, Snapshot, Thread } from '../live-source.ts';
import { brief, duration, exact, localDateTime, milliseconds, octets } from './format.ts';
import type { Severity } from './signs.ts';
import { type Cell, Table } from './table.ts';

/** Every table of the page. */
export class Tables {
  #nowMs = 0;
  readonly #associations: Table<Association>;
  readonly #pointCodes: Table<PointCode>;
  readonly #shards = new Table<Shard>(SHARDS());
  readonly #queues = new Table<Queue>(QUEUES());
  readonly #threads = new Table<Thread>(THREADS());
  readonly #counters = new Table<Counter>(COUNTERS());

  constructor() {
    const since = (sinceMs: number): Cell => ({
      text: sinceMs > 0 ? duration(this.#nowMs - sinceMs) : '–',
      ...(sinceMs > 0 ? { title: `since ${localDateTime(sinceMs)}` } : {}),
    });
    this.#associations = new Table<Association>({
      id: 'associations',
      title: 'Associations',
      places: 3,
      stacks: true,
      smallLines: 2,
      empty:
        'No association: the configuration names none, so no signalling can come. Name a peer there; "callwake run --check" says what is wrong with the file.',
      key: ({ name }) => name,
      columns: [
        { title: 'Name, peer', width: 28, cell: ({ name, peer }) => ({ text: name, small: peer }) },
        { title: 'State', width: 30, wide: true, fades: true, cell: associationState },
        { title: 'For', width: 13, number: true, cell: ({ sinceMs }) => since(sinceMs) },
        { title: 'In, out /s', width: 14, number: true, cell: inAndOut },
        { title: 'Queued', width: 15, number: true, cell: ({ queuedOctets }) => size(queuedOctets) },
      ],
    });
    this.#pointCodes = new Table<PointCode>({
      id: 'point-codes',
      title: 'Remote point codes',
      places: 3,
      smallLines: 1,
      empty: 'No point code is known yet: they appear with the first association.',
      key: ({ pointCode }) => pointCode,
      columns: [
        { title: 'Name, code', width: 44, cell: ({ name, pointCode }) => ({ text: name, small: pointCode }) },
        {
          title: 'State',
          width: 36,
          fades: true,
          cell: ({ state }) => ({ text: state, severity: POINT_CODE_SEVERITY[state] ?? 'unknown' }),
        },
        { title: 'For', width: 20, number: true, cell: ({ sinceMs }) => since(sinceMs) },
      ],
    });
  }

  update(snapshot: Snapshot, find: string): void {
    this.#nowMs = snapshot.point.atMs;
    this.#associations.update(snapshot.associations, find);
    this.#pointCodes.update(snapshot.pointCodes, find);
    this.#shards.update(snapshot.shards, find);
    this.#queues.update(snapshot.queues, find);
    this.#threads.update(snapshot.threads, find);
    this.#counters.update(snapshot.counters, find);
  }
}

const POINT_CODE_SEVERITY: Readonly<Record<string, Severity>> = {
  available: 'well',
  restricted: 'warning',
  congested: 'warning',
  unavailable: 'critical',
};
/** A commit that takes longer holds up what waits for it. */
const COMMIT_SLOW_MS = 50;
/** An event loop that lags so much answers calls late. */
const LAG_SLOW_MS = 50;

const rate = (value: number): Cell => ({ text: brief(value), title: exact(value, 2) });
const size = (value: number): Cell => ({ text: octets(value), title: exact(value) });
const inAndOut = ({ messagesInPerSecond, messagesOutPerSecond }: Association): Cell => ({
  text: brief(messagesInPerSecond),
  small: brief(messagesOutPerSecond),
  title: `in ${exact(messagesInPerSecond, 2)}, out ${exact(messagesOutPerSecond, 2)} messages per second`,
});
const whole = (value: number): Cell => ({ text: exact(value) });
const fullness = (fill: number): Severity => (fill >= 1 ? 'critical' : fill >= 0.8 ? 'warning' : 'well');

function associationState({ state, aspState, asState }: Association): Cell {
  const small = `${aspState}\n${asState}`;
  if (state !== 'established') return { text: state, small, severity: 'critical' };
  if (asState !== 'AS-ACTIVE') return { text: 'up, not in service', small, severity: 'critical' };
  if (aspState !== 'ASP-ACTIVE') return { text: 'up, standing by', small, severity: 'warning' };
  return { text: 'in service', small };
}

const SHARDS = () => ({
  id: 'shards',
  title: 'Shards',
  places: 2,
  stacks: true,
  empty: 'No shard runs: the engine is starting or stopping. The log says which.',
  key: ({ name }: Shard) => name,
  columns: [
    { title: 'Shard', width: 16, cell: ({ name }: Shard) => ({ text: name }) },
    {
      title: 'Events /s',
      width: 11,
      number: true,
      cell: ({ eventsPerSecond }: Shard) => rate(eventsPerSecond),
    },
    { title: 'Actors', width: 12, number: true, cell: ({ actorsInMemory }: Shard) => whole(actorsInMemory) },
    {
      title: 'Ring',
      width: 10,
      number: true,
      cell: ({ ringFill }: Shard) => ({
        text: `${exact(ringFill * 100)}\u202f%`,
        fill: ringFill,
        severity: fullness(ringFill),
      }),
    },
    {
      title: 'Commits',
      width: 13,
      number: true,
      cell: ({ commitsInFlight }: Shard) => whole(commitsInFlight),
    },
    {
      title: 'Commit p99',
      width: 13,
      number: true,
      cell: ({ commitP99Ms }: Shard): Cell => ({
        text: milliseconds(commitP99Ms),
        severity: commitP99Ms > COMMIT_SLOW_MS ? 'warning' : 'well',
      }),
    },
    {
      title: 'Journal lag',
      width: 13,
      number: true,
      cell: ({ journalLagOctets }: Shard) => size(journalLagOctets),
    },
    {
      title: 'Store',
      width: 12,
      number: true,
      cell: ({ storeOctets }: Shard) => size(storeOctets),
    },
  ],
});

const QUEUES = () => ({
  id: 'queues',
  title: 'Queues',
  places: 4,
  empty: 'No queue is there yet: the engine is starting.',
  key: ({ name }: Queue) => name,
  columns: [
    { title: 'Queue', width: 43, cell: ({ name }: Queue) => ({ text: name }) },
    {
      title: 'Depth',
      width: 19,
      number: true,
      cell: ({ depth, bound }: Queue) => ({
        text: exact(depth),
        fill: bound > 0 ? depth / bound : 0,
        severity: bound > 0 ? fullness(depth / bound) : ('well' as const),
      }),
    },
    { title: 'Bound', width: 19, number: true, cell: ({ bound }: Queue) => whole(bound) },
    {
      title: 'Refused',
      width: 19,
      number: true,
      fades: true,
      cell: ({ refusals }: Queue): Cell => ({
        text: exact(refusals),
        severity: refusals > 0 ? 'warning' : 'well',
        title: `${exact(refusals)} since start`,
      }),
    },
  ],
});

const THREADS = () => ({
  id: 'threads',
  title: 'Threads',
  places: 5,
  empty: 'No thread has reported yet.',
  key: ({ name }: Thread) => name,
  columns: [
    {
      title: 'Thread',
      width: 42,
      fades: true,
      cell: ({ name, alive }: Thread): Cell =>
        alive ? { text: name } : { text: name, small: 'is not running', severity: 'critical' },
    },
    {
      title: 'Restarts',
      width: 24,
      number: true,
      fades: true,
      cell: ({ restarts }: Thread): Cell => ({
        text: exact(restarts),
        severity: restarts > 0 ? 'warning' : 'well',
      }),
    },
    {
      title: 'Loop lag p99',
      width: 34,
      number: true,
      cell: ({ loopLagP99Ms }: Thread): Cell => ({
        text: milliseconds(loopLagP99Ms),
        severity: loopLagP99Ms > LAG_SLOW_MS ? 'warning' : 'well',
      }),
    },
  ],
});

const COUNTERS = () => ({
  id: 'counters',
  title: 'What should not happen',
  places: 4,
  smallLines: 1,
  empty: 'Nothing that should not happen has happened since the start.',
  key: ({ name }: Counter) => name,
  columns: [
    {
      title: 'Counter',
      width: 60,
      wide: true,
      cell: ({ name, meaning }: Counter) => ({ text: name, small: meaning }),
    },
    {
      title: 'Since start',
      width: 22,
      number: true,
      fades: true,
      cell: ({ value }: Counter) => whole(value),
    },
    {
      title: 'Now /s',
      width: 18,
      number: true,
      cell: ({ perSecond }: Counter): Cell => ({
        text: brief(perSecond),
        severity: perSecond > 0 ? 'warning' : 'well',
      }),
    },
  ],
});
