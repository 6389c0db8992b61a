import type { Snapshot } from '../../web/live-source.ts';

/** One value of a metric, with its labels. */
export type Reading = readonly [labels: Readonly<Record<string, string>>, value: number];

export interface MetricDescriptor {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  /** One sentence, with the unit. */
  readonly help: string;
  readonly labels: readonly string[];
  readonly read: (snapshot: Snapshot) => readonly Reading[];
}

const one = (value: number): readonly Reading[] => [[{}, value]];
const truth = (holds: boolean): number => (holds ? 1 : 0);

/** Every metric of the engine, in the order of the page; latencies are beside it (`latency-metric.ts`). */
// biome-ignore format: one metric a line
export const METRICS: readonly MetricDescriptor[] = [
  { name: 'callwake_uptime_seconds', type: 'gauge', labels: [], help: 'Seconds since the engine started.', read: (s) => one(s.uptimeMs / 1000) },
  { name: 'callwake_calls_attempted_total', type: 'counter', labels: [], help: 'Calls that the network told us of.', read: (s) => one(s.totals.callsAttempted) },
  { name: 'callwake_calls_missed_total', type: 'counter', labels: [], help: 'Missed calls recorded.', read: (s) => one(s.totals.callsMissed) },
  { name: 'callwake_calls_let_go_total', type: 'counter', labels: [], help: 'Calls let go without us under overload.', read: (s) => one(s.totals.callsLetGo) },
  { name: 'callwake_notices_sent_total', type: 'counter', labels: [], help: 'Notices handed to the network.', read: (s) => one(s.totals.noticesSent) },
  { name: 'callwake_notices_delivered_total', type: 'counter', labels: [], help: 'Notices that the phone has.', read: (s) => one(s.totals.noticesDelivered) },
  { name: 'callwake_notices_failed_total', type: 'counter', labels: [], help: 'Attempts to deliver a notice that failed though the phone was there and had room.', read: (s) => one(s.totals.noticesFailed) },
  { name: 'callwake_notices_repeated_total', type: 'counter', labels: [], help: 'Notices sent again after a crash, octet by octet the same.', read: (s) => one(s.totals.noticesRepeated) },
  { name: 'callwake_notify_me_delivered_total', type: 'counter', labels: [], help: 'Callers told that the called party is back.', read: (s) => one(s.totals.notifyMeDelivered) },
  { name: 'callwake_notices_waiting', type: 'gauge', labels: [], help: 'Notices composed and not delivered yet.', read: (s) => one(s.totals.noticesWaiting) },
  { name: 'callwake_association_up', type: 'gauge', labels: ['association', 'peer'], help: '1 while the SCTP association is established.', read: (s) => s.associations.map(({ name, peer, state }) => [{ association: name, peer }, truth(state === 'established')]) },
  { name: 'callwake_asp_active', type: 'gauge', labels: ['association'], help: '1 while the ASP is ASP-ACTIVE.', read: (s) => s.associations.map(({ name, aspState }) => [{ association: name }, truth(aspState === 'ASP-ACTIVE')]) },
  { name: 'callwake_as_active', type: 'gauge', labels: ['association'], help: '1 while the application server behind the association is AS-ACTIVE.', read: (s) => s.associations.map(({ name, asState }) => [{ association: name }, truth(asState === 'AS-ACTIVE')]) },
  { name: 'callwake_association_queued_bytes', type: 'gauge', labels: ['association'], help: 'Octets that wait to be sent or acknowledged.', read: (s) => s.associations.map(({ name, queuedOctets }) => [{ association: name }, queuedOctets]) },
  { name: 'callwake_point_code_available', type: 'gauge', labels: ['point_code', 'name'], help: '1 while the signalling point can be reached.', read: (s) => s.pointCodes.map(({ pointCode, name, state }) => [{ point_code: pointCode, name }, truth(state !== 'unavailable')]) },
  { name: 'callwake_point_code_congested', type: 'gauge', labels: ['point_code', 'name'], help: '1 while the way to the signalling point is congested.', read: (s) => s.pointCodes.map(({ pointCode, name, state }) => [{ point_code: pointCode, name }, truth(state === 'congested')]) },
  { name: 'callwake_shard_events_per_second', type: 'gauge', labels: ['shard'], help: 'Events reduced per second, in the last sample.', read: (s) => s.shards.map(({ name, eventsPerSecond }) => [{ shard: name }, eventsPerSecond]) },
  { name: 'callwake_shard_actors_in_memory', type: 'gauge', labels: ['shard'], help: 'Subscriber actors in memory.', read: (s) => s.shards.map(({ name, actorsInMemory }) => [{ shard: name }, actorsInMemory]) },
  { name: 'callwake_shard_ring_fill_ratio', type: 'gauge', labels: ['shard'], help: 'How full the ring to the shard is; 1 is full.', read: (s) => s.shards.map(({ name, ringFill }) => [{ shard: name }, ringFill]) },
  { name: 'callwake_shard_commits_in_flight', type: 'gauge', labels: ['shard'], help: 'Commits that are not durable yet.', read: (s) => s.shards.map(({ name, commitsInFlight }) => [{ shard: name }, commitsInFlight]) },
  { name: 'callwake_shard_commit_p99_seconds', type: 'gauge', labels: ['shard'], help: '99th percentile of the time that a commit takes, in the last sample.', read: (s) => s.shards.map(({ name, commitP99Ms }) => [{ shard: name }, commitP99Ms / 1000]) },
  { name: 'callwake_shard_journal_lag_bytes', type: 'gauge', labels: ['shard'], help: 'Octets of journal that a start would read.', read: (s) => s.shards.map(({ name, journalLagOctets }) => [{ shard: name }, journalLagOctets]) },
  { name: 'callwake_shard_store_bytes', type: 'gauge', labels: ['shard'], help: 'Octets of the data file of the shard’s store.', read: (s) => s.shards.map(({ name, storeOctets }) => [{ shard: name }, storeOctets]) },
  { name: 'callwake_shard_store_free_bytes', type: 'gauge', labels: ['shard'], help: 'Octets of it that hold nothing and are used again.', read: (s) => s.shards.map(({ name, storeFreeOctets }) => [{ shard: name }, storeFreeOctets]) },
  { name: 'callwake_queue_depth', type: 'gauge', labels: ['queue'], help: 'Entries in the queue; octets where its name says so.', read: (s) => s.queues.map(({ name, depth }) => [{ queue: name }, depth]) },
  { name: 'callwake_queue_bound', type: 'gauge', labels: ['queue'], help: 'Entries that the queue takes at most.', read: (s) => s.queues.map(({ name, bound }) => [{ queue: name }, bound]) },
  { name: 'callwake_queue_refusals_total', type: 'counter', labels: ['queue'], help: 'Entries refused because the queue was full.', read: (s) => s.queues.map(({ name, refusals }) => [{ queue: name }, refusals]) },
  { name: 'callwake_thread_alive', type: 'gauge', labels: ['thread'], help: '1 while the thread runs.', read: (s) => s.threads.map(({ name, alive }) => [{ thread: name }, truth(alive)]) },
  { name: 'callwake_thread_restarts_total', type: 'counter', labels: ['thread'], help: 'Times that the supervisor started the thread again.', read: (s) => s.threads.map(({ name, restarts }) => [{ thread: name }, restarts]) },
  { name: 'callwake_thread_loop_lag_p99_seconds', type: 'gauge', labels: ['thread'], help: '99th percentile of the delay of the thread’s event loop, in the last sample.', read: (s) => s.threads.map(({ name, loopLagP99Ms }) => [{ thread: name }, loopLagP99Ms / 1000]) },
  { name: 'callwake_deviations_total', type: 'counter', labels: ['counter'], help: 'Rejects, aborts, quarantined events and whatever else should not happen.', read: (s) => s.counters.map(({ name, value }) => [{ counter: name }, value]) },
  { name: 'callwake_alarms', type: 'gauge', labels: ['code', 'severity', 'subject'], help: 'Alarms that stand.', read: (s) => s.alarms.map(({ code, severity, subject, count }) => [{ code, severity, subject }, count]) },
];
