/**
 * What the charts of the pages draw beside calls and latencies: a value per sample for each row, in this order on the wire.
 * `metric` is what `/metrics` calls the thing; its sentence is what the page says of it.
 */
import type { FlowFamily, Series, Snapshot } from './live-source.ts';

/** A sample before its point is made. */
export type SampleFacts = Omit<Snapshot, 'point' | 'sequence'>;

interface SeriesRow extends Series {
  readonly read: (facts: SampleFacts) => number;
}

/** Why calls are missed (`MissedReason`), in the order of the page. */
export const CAUSES = ['busy', 'no-answer', 'not-reachable', 'abandoned', 'barred'] as const;
export const RETURNS = ['alert', 'mm-event', 'detach'] as const;
export const RESULTS = ['delivered', 'absent', 'memory-full', 'temporary', 'permanent'] as const;

const BESIDE_SMS = ['E-mail', 'Webhook', 'Web push'] as const;

const flow = (family: FlowFamily, name?: string) => (facts: SampleFacts) => {
  let sum = 0;
  for (const one of facts.flows)
    if (one.family === family && (name === undefined || one.name === name)) sum += one.perSecond;
  return sum;
};
const sum = <T>(list: readonly T[], pick: (item: T) => number): number =>
  list.reduce((total, item) => total + pick(item), 0);
const most = <T>(list: readonly T[], pick: (item: T) => number): number =>
  list.reduce((highest, item) => Math.max(highest, pick(item)), 0);
const depth = (name: string) => (facts: SampleFacts) =>
  facts.queues.find((queue) => queue.name === name)?.depth ?? 0;

/** Levels of overload by their words, as `signalling/overload.ts` has them, the mildest first. */
export const THROTTLES = [
  'normal',
  'notices-slowed',
  'reading-slowed',
  'shedding',
  'reading-stopped',
] as const;

/** Of all shards: the part of the events whose actor was in memory. 1 when there was none. */
function cacheRatio({ shards }: SampleFacts): number {
  const hits = sum(shards, ({ cacheHits }) => cacheHits);
  const all = hits + sum(shards, ({ cacheMisses }) => cacheMisses);
  return all === 0 ? 1 : hits / all;
}

// biome-ignore format: a series a line
export const SERIES: readonly SeriesRow[] = [
  ...CAUSES.map((name): SeriesRow => ({ name: `cause.${name}`, unit: '/s', merge: 'mean', metric: 'callwake_calls_missed_by_cause_total', read: flow('cause', name) })),
  ...RETURNS.map((name): SeriesRow => ({ name: `return.${name}`, unit: '/s', merge: 'mean', metric: 'callwake_returns_total', read: flow('return', name) })),
  ...RESULTS.map((name): SeriesRow => ({ name: `result.${name}`, unit: '/s', merge: 'mean', metric: 'callwake_notice_results_total', read: flow('result', name) })),
  { name: 'channel.missed-calls', unit: '/s', merge: 'mean', metric: 'callwake_channel_total', read: flow('channel', 'SMS: missed calls') },
  { name: 'channel.returns', unit: '/s', merge: 'mean', metric: 'callwake_channel_total', read: flow('channel', 'SMS: is back') },
  { name: 'channel.query', unit: '/s', merge: 'mean', metric: 'callwake_channel_total', read: flow('channel', 'SMS type 0: is the phone there') },
  { name: 'channel.beside-sms', unit: '/s', merge: 'mean', metric: 'callwake_channel_total', read: (facts) => sum(BESIDE_SMS, (channel) => flow('channel', channel)(facts)) },
  { name: 'links.in', unit: '/s', merge: 'mean', metric: 'callwake_association_messages_total', read: ({ associations }) => sum(associations, (one) => one.messagesInPerSecond) },
  { name: 'links.out', unit: '/s', merge: 'mean', metric: 'callwake_association_messages_total', read: ({ associations }) => sum(associations, (one) => one.messagesOutPerSecond) },
  { name: 'links.octets-in', unit: 'octets/s', merge: 'mean', metric: 'callwake_association_bytes_total', read: ({ associations }) => sum(associations, (one) => one.octetsInPerSecond) },
  { name: 'links.octets-out', unit: 'octets/s', merge: 'mean', metric: 'callwake_association_bytes_total', read: ({ associations }) => sum(associations, (one) => one.octetsOutPerSecond) },
  { name: 'links.down', unit: '', merge: 'most', metric: 'callwake_association_up', read: ({ associations }) => sum(associations, ({ state, asState }) => (state === 'established' && asState === 'AS-ACTIVE' ? 0 : 1)) },
  { name: 'links.sent-again', unit: '/s', merge: 'mean', metric: 'callwake_sctp_retransmissions_total', read: flow('retransmission', 'DATA sent again') },
  { name: 'links.queued', unit: 'octets', merge: 'most', metric: 'callwake_association_queued_bytes', read: ({ associations }) => sum(associations, ({ queuedOctets }) => queuedOctets) },
  { name: 'dialogues.open', unit: '', merge: 'most', metric: 'callwake_queue_depth', read: depth('dialogues') },
  { name: 'dialogues.calls', unit: '', merge: 'most', metric: 'callwake_queue_depth', read: depth('calls watched') },
  { name: 'dialogues.begun', unit: '/s', merge: 'mean', metric: 'callwake_dialogues_begun_total', read: flow('begun') },
  { name: 'dialogues.aborted', unit: '/s', merge: 'mean', metric: 'callwake_dialogues_aborted_total', read: flow('abort') },
  { name: 'shards.events', unit: '/s', merge: 'mean', metric: 'callwake_shard_events_per_second', read: ({ shards }) => sum(shards, ({ eventsPerSecond }) => eventsPerSecond) },
  { name: 'shards.ring', unit: 'ratio', merge: 'most', metric: 'callwake_shard_ring_fill_ratio', read: ({ shards }) => most(shards, ({ ringFill }) => ringFill) },
  { name: 'shards.commit-p50', unit: 'ms', merge: 'most', metric: 'callwake_shard_commit_p50_seconds', read: ({ shards }) => most(shards, ({ commitP50Ms }) => commitP50Ms) },
  { name: 'shards.commit-p99', unit: 'ms', merge: 'most', metric: 'callwake_shard_commit_p99_seconds', read: ({ shards }) => most(shards, ({ commitP99Ms }) => commitP99Ms) },
  { name: 'shards.journal-lag', unit: 'octets', merge: 'most', metric: 'callwake_shard_journal_lag_bytes', read: ({ shards }) => sum(shards, ({ journalLagOctets }) => journalLagOctets) },
  { name: 'shards.actors', unit: '', merge: 'most', metric: 'callwake_shard_actors_in_memory', read: ({ shards }) => sum(shards, ({ actorsInMemory }) => actorsInMemory) },
  { name: 'shards.cache', unit: 'ratio', merge: 'mean', metric: 'callwake_shard_cache_hits_total', read: cacheRatio },
  { name: 'threads.lag', unit: 'ms', merge: 'most', metric: 'callwake_thread_loop_lag_p99_seconds', read: ({ threads }) => most(threads, ({ loopLagP99Ms }) => loopLagP99Ms) },
  { name: 'threads.gc-longest', unit: 'ms', merge: 'most', metric: 'callwake_thread_gc_longest_seconds', read: ({ threads }) => most(threads, ({ gcLongestMs }) => gcLongestMs) },
  { name: 'threads.busy', unit: 'ratio', merge: 'mean', metric: 'callwake_thread_busy_ratio', read: ({ capacity }) => capacity.busiest },
  { name: 'capacity.measured', unit: '/s', merge: 'most', metric: 'callwake_capacity_calls_per_second', read: ({ capacity }) => capacity.callsPerSecond },
  { name: 'notifier.under-way', unit: '', merge: 'most', metric: 'callwake_notifier_under_way', read: ({ notifier }) => notifier.underWay },
  { name: 'notifier.waiting', unit: '', merge: 'most', metric: 'callwake_notices_waiting', read: ({ totals }) => totals.noticesWaiting },
  { name: 'notifier.oldest', unit: 'ms', merge: 'most', metric: 'callwake_notifier_oldest_seconds', read: ({ notifier }) => notifier.oldestMs },
  { name: 'notifier.paced', unit: '', merge: 'most', metric: 'callwake_notifier_paced', read: ({ notifier }) => notifier.paced },
  { name: 'notifier.throttle', unit: '', merge: 'most', metric: 'callwake_overload_level', read: ({ notifier }) => Math.max(0, THROTTLES.indexOf(notifier.throttle as (typeof THROTTLES)[number])) },
];

export const SERIES_MERGES = SERIES.map(({ merge }) => merge);

export function seriesValues(facts: SampleFacts): number[] {
  return SERIES.map(({ read }) => read(facts));
}

/** For the page: without the functions. */
export const SERIES_TOLD: readonly Series[] = SERIES.map(({ name, unit, merge, metric }) => ({
  name,
  unit,
  merge,
  metric,
}));
