import type { FlowFamily, Snapshot } from '../../web/live-source.ts';
import { THROTTLES } from '../../web/series.ts';

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
  { name: 'callwake_notices_delivered_total', type: 'counter', labels: [], help: 'Notices that the phone has, or that the next on the way of another channel has taken.', read: (s) => one(s.totals.noticesDelivered) },
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
  { name: 'callwake_alarms_acknowledged', type: 'gauge', labels: [], help: 'Alarms that stand and that somebody has acknowledged.', read: (s) => one(s.alarms.filter(({ acknowledgedAtMs }) => acknowledgedAtMs > 0).length) },
  { name: 'callwake_calls_per_second', type: 'gauge', labels: [], help: 'Calls per second that the network told us of, in the last sample.', read: (s) => one(s.point.callsPerSecond) },
  { name: 'callwake_calls_missed_by_cause_total', type: 'counter', labels: ['cause'], help: 'Missed calls by why they were missed.', read: flows('cause', 'cause') },
  { name: 'callwake_returns_total', type: 'counter', labels: ['source'], help: 'News of a subscriber’s return or leave, by what told of it.', read: flows('return', 'source') },
  { name: 'callwake_channel_total', type: 'counter', labels: ['channel'], help: 'What reached a phone, or the next on the way of another channel, by the channel it took.', read: flows('channel', 'channel') },
  { name: 'callwake_notice_results_total', type: 'counter', labels: ['result'], help: 'Tries to deliver a notice, by how they ended.', read: flows('result', 'result') },
  { name: 'callwake_dialogues_begun_total', type: 'counter', labels: ['user'], help: 'Dialogues begun, by the user of TCAP and who began them.', read: flows('begun', 'user') },
  { name: 'callwake_dialogues_aborted_total', type: 'counter', labels: ['who'], help: 'Dialogues aborted, by who did it.', read: flows('abort', 'who') },
  { name: 'callwake_operations_total', type: 'counter', labels: ['operation'], help: 'Operations invoked, by user, operation and direction.', read: flows('operation', 'operation') },
  { name: 'callwake_sctp_retransmissions_total', type: 'counter', labels: ['what'], help: 'DATA chunks that SCTP sent again, and why.', read: flows('retransmission', 'what') },
  { name: 'callwake_association_messages_total', type: 'counter', labels: ['association', 'direction'], help: 'M3UA messages of the association, by direction.', read: (s) => s.associations.flatMap(({ name, messagesIn, messagesOut }) => [[{ association: name, direction: 'in' }, messagesIn], [{ association: name, direction: 'out' }, messagesOut]] as Reading[]) },
  { name: 'callwake_association_bytes_total', type: 'counter', labels: ['association', 'direction'], help: 'Octets of M3UA messages of the association, by direction.', read: (s) => s.associations.flatMap(({ name, octetsIn, octetsOut }) => [[{ association: name, direction: 'in' }, octetsIn], [{ association: name, direction: 'out' }, octetsOut]] as Reading[]) },
  { name: 'callwake_association_congestion_level', type: 'gauge', labels: ['association'], help: 'How congested the way to the peer is; 0 is not at all.', read: (s) => s.associations.map(({ name, congestion }) => [{ association: name }, congestion]) },
  { name: 'callwake_traffic_active', type: 'gauge', labels: ['association', 'application_server', 'routing_context'], help: '1 while the ASP is ASP-ACTIVE in the application server.', read: (s) => s.associations.flatMap(({ name, traffic }) => traffic.map(({ applicationServer, routingContext, aspState }): Reading => [{ association: name, application_server: applicationServer, routing_context: routingContext }, truth(aspState === 'ASP-ACTIVE')])) },
  { name: 'callwake_shard_commit_p50_seconds', type: 'gauge', labels: ['shard'], help: 'Median of the time that a commit takes, in the last sample.', read: (s) => s.shards.map(({ name, commitP50Ms }) => [{ shard: name }, commitP50Ms / 1000]) },
  { name: 'callwake_shard_cache_hits_total', type: 'counter', labels: ['shard'], help: 'Events that found their subscriber’s actor in memory.', read: (s) => s.shards.map(({ name, cacheHits }) => [{ shard: name }, cacheHits]) },
  { name: 'callwake_shard_cache_misses_total', type: 'counter', labels: ['shard'], help: 'Events whose subscriber’s actor came from the store or began.', read: (s) => s.shards.map(({ name, cacheMisses }) => [{ shard: name }, cacheMisses]) },
  { name: 'callwake_shard_open_effects', type: 'gauge', labels: ['shard'], help: 'Notices, queries and the like that nothing has come of yet.', read: (s) => s.shards.map(({ name, openEffects }) => [{ shard: name }, openEffects]) },
  { name: 'callwake_shard_lagging_actors', type: 'gauge', labels: ['shard'], help: 'Actors whose record lags behind the journal.', read: (s) => s.shards.map(({ name, laggingActors }) => [{ shard: name }, laggingActors]) },
  { name: 'callwake_shard_deadlines', type: 'gauge', labels: ['shard'], help: 'Deadlines that are armed in memory.', read: (s) => s.shards.map(({ name, deadlines }) => [{ shard: name }, deadlines]) },
  { name: 'callwake_thread_gc_total', type: 'counter', labels: ['thread'], help: 'Garbage collections of the thread.', read: (s) => s.threads.map(({ name, gcCount }) => [{ thread: name }, gcCount]) },
  { name: 'callwake_thread_gc_seconds_total', type: 'counter', labels: ['thread'], help: 'Seconds that the thread spent in garbage collection.', read: (s) => s.threads.map(({ name, gcMs }) => [{ thread: name }, gcMs / 1000]) },
  { name: 'callwake_thread_gc_longest_seconds', type: 'gauge', labels: ['thread'], help: 'The longest garbage collection of the thread in the last report, in seconds.', read: (s) => s.threads.map(({ name, gcLongestMs }) => [{ thread: name }, gcLongestMs / 1000]) },
  { name: 'callwake_thread_heap_bytes', type: 'gauge', labels: ['thread'], help: 'Octets in use of the thread’s JavaScript heap.', read: (s) => s.threads.map(({ name, heapOctets }) => [{ thread: name }, heapOctets]) },
  { name: 'callwake_thread_busy_ratio', type: 'gauge', labels: ['thread'], help: 'The part of the time in which the thread’s event loop had work; 1 is always.', read: (s) => s.threads.map(({ name, busy }) => [{ thread: name }, busy]) },
  { name: 'callwake_notifier_batches', type: 'gauge', labels: [], help: 'Batches of notices that are being rendered.', read: (s) => one(s.notifier.batches) },
  { name: 'callwake_notifier_batches_max', type: 'gauge', labels: [], help: 'Batches that may be rendered at once.', read: (s) => one(s.notifier.batchesMax) },
  { name: 'callwake_notifier_waiting', type: 'gauge', labels: [], help: 'Rendered notices that wait for the signalling thread.', read: (s) => one(s.notifier.waiting) },
  { name: 'callwake_notifier_queued', type: 'gauge', labels: [], help: 'Notices and queries that wait in the shards for room in a ring.', read: (s) => one(s.notifier.queued) },
  { name: 'callwake_notifier_oldest_seconds', type: 'gauge', labels: [], help: 'Age of the oldest notice that is composed and not delivered, in seconds.', read: (s) => one(s.notifier.oldestMs / 1000) },
  { name: 'callwake_notifier_paced', type: 'gauge', labels: [], help: 'Notices that the governor holds until it is the turn of their MSC.', read: (s) => one(s.notifier.paced) },
  { name: 'callwake_notifier_paced_oldest_seconds', type: 'gauge', labels: [], help: 'Age of the oldest notice that the governor holds, in seconds.', read: (s) => one(s.notifier.pacedOldestMs / 1000) },
  { name: 'callwake_smsc_up', type: 'gauge', labels: ['smsc'], help: '1 while a session is bound that notices can go over.', read: (s) => (s.smscs ?? []).map(({ name, up }) => [{ smsc: name }, truth(up)]) },
  { name: 'callwake_smsc_waiting', type: 'gauge', labels: ['smsc'], help: 'Notices that wait for the SMSC.', read: (s) => (s.smscs ?? []).map(({ name, waiting }) => [{ smsc: name }, waiting]) },
  { name: 'callwake_smsc_oldest_seconds', type: 'gauge', labels: ['smsc'], help: 'Age of the oldest notice that waits for the SMSC, in seconds.', read: (s) => (s.smscs ?? []).map(({ name, oldestMs }) => [{ smsc: name }, oldestMs / 1000]) },
  { name: 'callwake_smsc_submits_per_second_max', type: 'gauge', labels: ['smsc'], help: 'Submissions a second that the SMSC is sent now at most; 0: any number.', read: (s) => (s.smscs ?? []).map(({ name, perSecond }) => [{ smsc: name }, perSecond]) },
  { name: 'callwake_smsc_throttled', type: 'gauge', labels: ['smsc'], help: '1 after the SMSC has said that it is too much, until it is sent as much as before.', read: (s) => (s.smscs ?? []).map(({ name, throttled }) => [{ smsc: name }, truth(throttled)]) },
  { name: 'callwake_connector_up', type: 'gauge', labels: ['connector'], help: '1 while the channel is used; 0 while it is held back because its far side fails.', read: (s) => (s.connectors ?? []).map(({ name, breaker }) => [{ connector: name }, truth(breaker === 'closed')]) },
  { name: 'callwake_connector_under_way', type: 'gauge', labels: ['connector'], help: 'Sends that the far side of the channel has not answered yet.', read: (s) => (s.connectors ?? []).map(({ name, underWay }) => [{ connector: name }, underWay]) },
  { name: 'callwake_connector_waiting', type: 'gauge', labels: ['connector'], help: 'Notices that wait in the channel.', read: (s) => (s.connectors ?? []).map(({ name, waiting }) => [{ connector: name }, waiting]) },
  { name: 'callwake_connector_waiting_max', type: 'gauge', labels: ['connector'], help: 'Notices that may wait in the channel.', read: (s) => (s.connectors ?? []).map(({ name, waitingMax }) => [{ connector: name }, waitingMax]) },
  { name: 'callwake_connector_oldest_seconds', type: 'gauge', labels: ['connector'], help: 'Age of the oldest notice that the channel has in hand, in seconds.', read: (s) => (s.connectors ?? []).map(({ name, oldestMs }) => [{ connector: name }, oldestMs / 1000]) },
  { name: 'callwake_connector_sends_per_second_max', type: 'gauge', labels: ['connector'], help: 'Sends a second that the channel may begin now.', read: (s) => (s.connectors ?? []).map(({ name, perSecond }) => [{ connector: name }, perSecond]) },
  { name: 'callwake_connector_throttled', type: 'gauge', labels: ['connector'], help: '1 after the far side of the channel has said that it is too much, until it is sent as much as before.', read: (s) => (s.connectors ?? []).map(({ name, perSecond, perSecondMax }) => [{ connector: name }, truth(perSecond < perSecondMax)]) },
  { name: 'callwake_notifier_under_way', type: 'gauge', labels: [], help: 'Deliveries that the network has not answered yet.', read: (s) => one(s.notifier.underWay) },
  { name: 'callwake_notifier_under_way_max', type: 'gauge', labels: [], help: 'Deliveries that may be under way at once.', read: (s) => one(s.notifier.underWayMax) },
  { name: 'callwake_overload_level', type: 'gauge', labels: [], help: 'The level of overload: 0 is none, from 1 on notices are slowed.', read: (s) => one(Math.max(0, (THROTTLES as readonly string[]).indexOf(s.notifier.throttle))) },
  { name: 'callwake_capacity_calls_per_second', type: 'gauge', labels: [], help: 'Calls per second that this machine carries as measured; 0 when nobody has said.', read: (s) => one(s.capacity.callsPerSecond) },
];

/** Flows of one family by their name. */
function flows(family: FlowFamily, label: string): (snapshot: Snapshot) => Reading[] {
  return (snapshot) =>
    snapshot.flows
      .filter((flow) => flow.family === family)
      .map(({ name, value }) => [{ [label]: name }, value]);
}

/** Of the histogram, which is counted elsewhere (`exposition.ts`). */
export const LATENCY_METRIC = {
  name: 'callwake_latency_seconds',
  help: 'Time from initialDP to its answer, and from reachable to the notice sent.',
} as const;

/** What each metric is, for whoever shows it. */
export function metricSentences(): { name: string; help: string }[] {
  return [...METRICS, LATENCY_METRIC].map(({ name, help }) => ({ name, help }));
}
