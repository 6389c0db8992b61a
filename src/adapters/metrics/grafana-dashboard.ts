/** A Grafana dashboard of the same metrics as the pages: `docs/monitoring/grafana-dashboard.json` is made from this. */
import { metricSentences } from './descriptors.ts';

type Unit = 'short' | 's' | 'bytes' | 'Bps' | 'percentunit' | 'reqps';

export interface DashboardPanel {
  readonly title: string;
  /** Whose sentence stands on the panel. */
  readonly metric: string;
  readonly unit: Unit;
  readonly targets: readonly (readonly [expression: string, legend: string])[];
}

interface DashboardRow {
  readonly title: string;
  readonly panels: readonly DashboardPanel[];
}

const rate = (metric: string, by: string): string =>
  `sum by (${by}) (rate(${metric}{instance=~"$instance"}[1m]))`;
const gauge = (metric: string): string => `${metric}{instance=~"$instance"}`;
const percentile = (path: string, quantile: number): readonly [string, string] => [
  `histogram_quantile(${quantile}, sum by (le) (rate(callwake_latency_seconds_bucket{instance=~"$instance",path="${path}"}[1m])))`,
  `p${quantile * 100}`,
];
const percentiles = (path: string) => [0.5, 0.9, 0.99, 0.999].map((quantile) => percentile(path, quantile));

// biome-ignore format: a panel a line
export const DASHBOARD_ROWS: readonly DashboardRow[] = [
  { title: 'Now', panels: [
    { title: 'Alarms', metric: 'callwake_alarms', unit: 'short', targets: [[`sum by (severity, code, subject) (${gauge('callwake_alarms')})`, '{{severity}} {{code}} {{subject}}']] },
    { title: 'Calls and missed calls', metric: 'callwake_calls_attempted_total', unit: 'reqps', targets: [[rate('callwake_calls_attempted_total', 'instance'), 'calls'], [rate('callwake_calls_missed_total', 'instance'), 'missed']] },
    { title: 'Calls against capacity', metric: 'callwake_capacity_calls_per_second', unit: 'reqps', targets: [[gauge('callwake_calls_per_second'), 'calls'], [gauge('callwake_capacity_calls_per_second'), 'measured']] },
  ] },
  { title: 'Traffic', panels: [
    { title: 'Missed calls by cause', metric: 'callwake_calls_missed_by_cause_total', unit: 'reqps', targets: [[rate('callwake_calls_missed_by_cause_total', 'cause'), '{{cause}}']] },
    { title: 'Returns', metric: 'callwake_returns_total', unit: 'reqps', targets: [[rate('callwake_returns_total', 'source'), '{{source}}']] },
    { title: 'Delivered by channel', metric: 'callwake_channel_total', unit: 'reqps', targets: [[rate('callwake_channel_total', 'channel'), '{{channel}}']] },
    { title: 'Tries to deliver by result', metric: 'callwake_notice_results_total', unit: 'reqps', targets: [[rate('callwake_notice_results_total', 'result'), '{{result}}']] },
  ] },
  { title: 'Latency', panels: [
    { title: 'initialDP to answer', metric: 'callwake_latency_seconds', unit: 's', targets: percentiles('initialdp_to_answer') },
    { title: 'Reachable to notice sent', metric: 'callwake_latency_seconds', unit: 's', targets: percentiles('reachable_to_notice') },
  ] },
  { title: 'Links', panels: [
    { title: 'Associations in service', metric: 'callwake_as_active', unit: 'short', targets: [[gauge('callwake_as_active'), '{{association}}']] },
    { title: 'ASP by routing context', metric: 'callwake_traffic_active', unit: 'short', targets: [[gauge('callwake_traffic_active'), '{{association}} {{application_server}} {{routing_context}}']] },
    { title: 'Messages', metric: 'callwake_association_messages_total', unit: 'reqps', targets: [[rate('callwake_association_messages_total', 'association, direction'), '{{association}} {{direction}}']] },
    { title: 'Octets', metric: 'callwake_association_bytes_total', unit: 'Bps', targets: [[rate('callwake_association_bytes_total', 'association, direction'), '{{association}} {{direction}}']] },
    { title: 'Waits to be sent', metric: 'callwake_association_queued_bytes', unit: 'bytes', targets: [[gauge('callwake_association_queued_bytes'), '{{association}}']] },
    { title: 'Congestion', metric: 'callwake_association_congestion_level', unit: 'short', targets: [[gauge('callwake_association_congestion_level'), '{{association}}'], [gauge('callwake_point_code_congested'), '{{point_code}}']] },
    { title: 'Sent again by SCTP', metric: 'callwake_sctp_retransmissions_total', unit: 'reqps', targets: [[rate('callwake_sctp_retransmissions_total', 'what'), '{{what}}']] },
  ] },
  { title: 'Dialogues', panels: [
    { title: 'Begun', metric: 'callwake_dialogues_begun_total', unit: 'reqps', targets: [[rate('callwake_dialogues_begun_total', 'user'), '{{user}}']] },
    { title: 'Aborted', metric: 'callwake_dialogues_aborted_total', unit: 'reqps', targets: [[rate('callwake_dialogues_aborted_total', 'who'), '{{who}}']] },
    { title: 'Operations', metric: 'callwake_operations_total', unit: 'reqps', targets: [[rate('callwake_operations_total', 'operation'), '{{operation}}']] },
    { title: 'Queues', metric: 'callwake_queue_depth', unit: 'percentunit', targets: [[`${gauge('callwake_queue_depth')} / ${gauge('callwake_queue_bound')}`, '{{queue}}']] },
  ] },
  { title: 'Shards and threads', panels: [
    { title: 'Events', metric: 'callwake_shard_events_per_second', unit: 'reqps', targets: [[gauge('callwake_shard_events_per_second'), '{{shard}}']] },
    { title: 'Rings', metric: 'callwake_shard_ring_fill_ratio', unit: 'percentunit', targets: [[gauge('callwake_shard_ring_fill_ratio'), '{{shard}}']] },
    { title: 'Commit p99', metric: 'callwake_shard_commit_p99_seconds', unit: 's', targets: [[gauge('callwake_shard_commit_p99_seconds'), '{{shard}}']] },
    { title: 'Journal lag', metric: 'callwake_shard_journal_lag_bytes', unit: 'bytes', targets: [[gauge('callwake_shard_journal_lag_bytes'), '{{shard}}']] },
    { title: 'Actors found in memory', metric: 'callwake_shard_cache_hits_total', unit: 'percentunit', targets: [[`${rate('callwake_shard_cache_hits_total', 'shard')} / (${rate('callwake_shard_cache_hits_total', 'shard')} + ${rate('callwake_shard_cache_misses_total', 'shard')})`, '{{shard}}']] },
    { title: 'Event loop lag', metric: 'callwake_thread_loop_lag_p99_seconds', unit: 's', targets: [[gauge('callwake_thread_loop_lag_p99_seconds'), '{{thread}}']] },
    { title: 'Longest garbage collection', metric: 'callwake_thread_gc_longest_seconds', unit: 's', targets: [[gauge('callwake_thread_gc_longest_seconds'), '{{thread}}']] },
    { title: 'Busy', metric: 'callwake_thread_busy_ratio', unit: 'percentunit', targets: [[gauge('callwake_thread_busy_ratio'), '{{thread}}']] },
  ] },
  { title: 'Notifier', panels: [
    { title: 'Notices', metric: 'callwake_notices_waiting', unit: 'short', targets: [[gauge('callwake_notices_waiting'), 'composed, not delivered'], [gauge('callwake_notifier_under_way'), 'under way']] },
    { title: 'Oldest notice', metric: 'callwake_notifier_oldest_seconds', unit: 's', targets: [[gauge('callwake_notifier_oldest_seconds'), '{{instance}}']] },
    { title: 'Channels: waiting', metric: 'callwake_connector_waiting', unit: 'percentunit', targets: [[`${gauge('callwake_connector_waiting')} / ${gauge('callwake_connector_waiting_max')}`, '{{connector}}']] },
    { title: 'Channels: oldest notice', metric: 'callwake_connector_oldest_seconds', unit: 's', targets: [[gauge('callwake_connector_oldest_seconds'), '{{connector}}']] },
    { title: 'Overload', metric: 'callwake_overload_level', unit: 'short', targets: [[gauge('callwake_overload_level'), '{{instance}}']] },
  ] },
];

const SOURCE = { type: 'prometheus', uid: '$source' };
const WIDTH = 8;
const HEIGHT = 7;

/** The text of the file that Grafana imports. */
export function grafanaDashboard(): string {
  const help = new Map(metricSentences().map((metric) => [metric.name, metric.help]));
  const panels: unknown[] = [];
  let y = 0;
  for (const { title, panels: own } of DASHBOARD_ROWS) {
    panels.push({
      type: 'row',
      id: panels.length + 1,
      title,
      collapsed: false,
      panels: [],
      gridPos: { x: 0, y, w: 24, h: 1 },
    });
    y++;
    for (const [index, panel] of own.entries())
      panels.push({
        type: 'timeseries',
        id: panels.length + 1,
        title: panel.title,
        description: help.get(panel.metric),
        datasource: SOURCE,
        gridPos: { x: (index % 3) * WIDTH, y: y + Math.floor(index / 3) * HEIGHT, w: WIDTH, h: HEIGHT },
        fieldConfig: {
          defaults: { unit: panel.unit, min: 0, custom: { fillOpacity: 0, showPoints: 'never' } },
          overrides: [],
        },
        options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi' } },
        targets: panel.targets.map(([expr, legendFormat], target) => ({
          refId: String.fromCharCode(65 + target),
          datasource: SOURCE,
          expr,
          legendFormat,
        })),
      });
    y += Math.ceil(own.length / 3) * HEIGHT;
  }
  const dashboard = {
    uid: 'callwake',
    title: 'Callwake',
    tags: ['callwake'],
    schemaVersion: 39,
    version: 1,
    editable: true,
    graphTooltip: 1,
    refresh: '10s',
    time: { from: 'now-1h', to: 'now' },
    templating: {
      list: [
        { name: 'source', label: 'Data source', type: 'datasource', query: 'prometheus' },
        {
          name: 'instance',
          label: 'Instance',
          type: 'query',
          datasource: SOURCE,
          query: 'label_values(callwake_uptime_seconds, instance)',
          includeAll: true,
          multi: true,
          refresh: 2,
        },
      ],
    },
    panels,
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}
