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
        {
          title: 'Name, peer',
          width: 28,
          metric: 'callwake_association_up',
          cell: ({ name, peer }) => ({ text: name, small: peer }),
        },
        {
          title: 'State',
          width: 30,
          wide: true,
          fades: true,
          metric: 'callwake_as_active',
          cell: associationState,
        },
        { title: 'For', width: 13, number: true, cell: ({ sinceMs }) => since(sinceMs) },
        {
          title: 'In, out /s',
          width: 14,
          number: true,
          metric: 'callwake_association_messages_total',
          cell: inAndOut,
        },
        {
          title: 'Queued',
          width: 15,
          number: true,
          metric: 'callwake_association_queued_bytes',
          cell: queued,
        },
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
const inAndOut = ({
  messagesInPerSecond,
  messagesOutPerSecond,
  octetsInPerSecond,
  octetsOutPerSecond,
}: Association): Cell => ({
  text: brief(messagesInPerSecond),
  small: brief(messagesOutPerSecond),
  title: `in ${exact(messagesInPerSecond, 2)}, out ${exact(messagesOutPerSecond, 2)} messages per second; ${octets(octetsInPerSecond)} and ${octets(octetsOutPerSecond)} per second`,
});
const queued = ({ queuedOctets, congestion }: Association): Cell => ({
  ...size(queuedOctets),
  ...(congestion > 0 ? { small: `congested, level ${congestion}`, severity: 'warning' as const } : {}),
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
    { title: 'Shard', width: 10, cell: ({ name }: Shard) => ({ text: name }) },
    {
      title: 'Events /s',
      width: 9,
      metric: 'callwake_shard_events_per_second',
      number: true,
      cell: ({ eventsPerSecond }: Shard) => rate(eventsPerSecond),
    },
    {
      title: 'Actors',
      width: 9,
      number: true,
      metric: 'callwake_shard_actors_in_memory',
      cell: ({ actorsInMemory }: Shard) => whole(actorsInMemory),
    },
    {
      title: 'Ring',
      width: 8,
      metric: 'callwake_shard_ring_fill_ratio',
      number: true,
      cell: ({ ringFill }: Shard) => ({
        text: `${exact(ringFill * 100)}\u202f%`,
        fill: ringFill,
        severity: fullness(ringFill),
      }),
    },
    {
      title: 'Commits',
      width: 8,
      metric: 'callwake_shard_commits_in_flight',
      number: true,
      cell: ({ commitsInFlight }: Shard) => whole(commitsInFlight),
    },
    {
      title: 'Commit p99',
      width: 10,
      metric: 'callwake_shard_commit_p99_seconds',
      number: true,
      cell: ({ commitP99Ms }: Shard): Cell => ({
        text: milliseconds(commitP99Ms),
        severity: commitP99Ms > COMMIT_SLOW_MS ? 'warning' : 'well',
      }),
    },
    {
      title: 'Journal lag',
      width: 10,
      metric: 'callwake_shard_journal_lag_bytes',
      number: true,
      cell: ({ journalLagOctets }: Shard) => size(journalLagOctets),
    },
    {
      title: 'Lagging',
      width: 9,
      number: true,
      metric: 'callwake_shard_lagging_actors',
      cell: ({ laggingActors }: Shard) => whole(laggingActors),
    },
    {
      title: 'In memory',
      width: 9,
      number: true,
      metric: 'callwake_shard_cache_hits_total',
      cell: ({ cacheHits, cacheMisses }: Shard): Cell => {
        const all = cacheHits + cacheMisses;
        return all === 0
          ? { text: '–' }
          : {
              text: `${brief((cacheHits / all) * 100)}\u202f%`,
              title: `${exact(cacheHits)} of ${exact(all)} events found their actor in memory`,
            };
      },
    },
    {
      title: 'Effects',
      width: 9,
      number: true,
      metric: 'callwake_shard_open_effects',
      cell: ({ openEffects }: Shard) => whole(openEffects),
    },
    {
      title: 'Store',
      width: 9,
      number: true,
      metric: 'callwake_shard_store_bytes',
      cell: ({ storeOctets }: Shard) => size(storeOctets),
    },
  ],
});

const QUEUES = () => ({
  id: 'queues',
  title: 'Queues',
  places: 4,
  stacks: true,
  empty: 'No queue is there yet: the engine is starting.',
  key: ({ name }: Queue) => name,
  columns: [
    { title: 'Queue', width: 43, cell: ({ name }: Queue) => ({ text: name }) },
    {
      title: 'Depth',
      width: 19,
      metric: 'callwake_queue_depth',
      number: true,
      cell: ({ depth, bound }: Queue) => ({
        text: exact(depth),
        fill: bound > 0 ? depth / bound : 0,
        severity: bound > 0 ? fullness(depth / bound) : ('well' as const),
      }),
    },
    {
      title: 'Bound',
      width: 19,
      number: true,
      metric: 'callwake_queue_bound',
      cell: ({ bound }: Queue) => whole(bound),
    },
    {
      title: 'Refused',
      width: 19,
      metric: 'callwake_queue_refusals_total',
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
  stacks: true,
  empty: 'No thread has reported yet.',
  key: ({ name }: Thread) => name,
  columns: [
    {
      title: 'Thread',
      width: 22,
      metric: 'callwake_thread_alive',
      fades: true,
      cell: ({ name, alive }: Thread): Cell =>
        alive ? { text: name } : { text: name, small: 'is not running', severity: 'critical' },
    },
    {
      title: 'Restarts',
      width: 12,
      metric: 'callwake_thread_restarts_total',
      number: true,
      fades: true,
      cell: ({ restarts }: Thread): Cell => ({
        text: exact(restarts),
        severity: restarts > 0 ? 'warning' : 'well',
      }),
    },
    {
      title: 'Loop lag p99',
      width: 14,
      metric: 'callwake_thread_loop_lag_p99_seconds',
      number: true,
      cell: ({ loopLagP99Ms }: Thread): Cell => ({
        text: milliseconds(loopLagP99Ms),
        severity: loopLagP99Ms > LAG_SLOW_MS ? 'warning' : 'well',
      }),
    },
    {
      title: 'Longest GC',
      width: 14,
      number: true,
      metric: 'callwake_thread_gc_longest_seconds',
      cell: ({ gcLongestMs }: Thread): Cell => ({
        text: milliseconds(gcLongestMs),
        severity: gcLongestMs > LAG_SLOW_MS ? 'warning' : 'well',
      }),
    },
    {
      title: 'GC ms/s',
      width: 12,
      number: true,
      metric: 'callwake_thread_gc_seconds_total',
      cell: ({ gcMsPerSecond, gcCount }: Thread) => ({
        text: brief(gcMsPerSecond),
        title: `${exact(gcCount)} collections since the thread began`,
      }),
    },
    {
      title: 'Heap',
      width: 13,
      number: true,
      metric: 'callwake_thread_heap_bytes',
      cell: ({ heapOctets }: Thread) => size(heapOctets),
    },
    {
      title: 'Busy',
      width: 13,
      number: true,
      metric: 'callwake_thread_busy_ratio',
      cell: ({ busy }: Thread) => ({ text: `${exact(busy * 100)}\u202f%`, fill: busy }),
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
