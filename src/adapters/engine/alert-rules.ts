/** Alert rules for Prometheus: `docs/monitoring/alert-rules.yaml` is made from the table of alarms, and from what a process cannot say of itself. */
import { ALARMS } from './alarms.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly severity: 'critical' | 'warning';
  readonly summary: string;
  readonly whatToDo: string;
}

// biome-ignore format: a rule a line
const FROM_OUTSIDE: readonly Rule[] = [
  { alert: 'CallwakeGone', expr: 'up{job="callwake"} == 0', for: '30s', severity: 'critical', summary: 'Nothing is scraped: the process or the machine is gone.', whatToDo: 'Calls go on by the default handling of their T-CSI. Start it again.' },
  { alert: 'CallwakeServesNobody', expr: 'max by (instance) (callwake_as_active) == 0', for: '1m', severity: 'critical', summary: 'No association carries traffic.', whatToDo: 'See association-down and application-server-inactive in docs/alarms.md.' },
  { alert: 'CallwakeAnswersLate', expr: 'histogram_quantile(0.99, sum by (instance, le) (rate(callwake_latency_seconds_bucket{path="initialdp_to_answer"}[5m]))) > 0.2', for: '5m', severity: 'warning', summary: 'One call in a hundred is answered later than 200 ms.', whatToDo: 'Look at the load of the machine: callwake_thread_busy_ratio, callwake_shard_commit_p99_seconds.' },
  { alert: 'CallwakeNearCapacity', expr: 'callwake_calls_per_second > 0.8 * callwake_capacity_calls_per_second and callwake_capacity_calls_per_second > 0', for: '5m', severity: 'warning', summary: 'More than 80 % of the measured capacity is used.', whatToDo: 'More nodes, or more cores, before the next busy hour.' },
  { alert: 'CallwakeNoticesOld', expr: 'callwake_notifier_oldest_seconds > 900', for: '5m', severity: 'warning', summary: 'The oldest notice is older than a quarter of an hour.', whatToDo: 'Look at callwake_notice_results_total and callwake_overload_level.' },
  { alert: 'CallwakePauses', expr: 'callwake_thread_gc_longest_seconds > 0.05', for: '5m', severity: 'warning', summary: 'Garbage collection holds a thread for more than 50 ms again and again.', whatToDo: 'Look at callwake_thread_heap_bytes; fewer actors in memory (shards.actorsMax) make it less.' },
];

/** A rule for each alarm, named by its code; Callwake itself says when it stands. */
function ofAlarms(): Rule[] {
  return ALARMS.map(({ code, severity, whatToDo }) => ({
    alert: `Callwake${code.replace(/(^|-)([a-z])/g, (_, _dash, letter: string) => letter.toUpperCase())}`,
    expr: `max by (instance, subject) (callwake_alarms{code="${code}"}) > 0`,
    severity,
    summary: `The alarm ${code} stands{{ with $labels.subject }}: {{ . }}{{ end }}.`,
    whatToDo,
  }));
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The text of the file that Prometheus loads. */
export function alertRules(): string {
  const lines = ['groups:'];
  for (const [group, rules] of [
    ['callwake', ofAlarms()],
    ['callwake-from-outside', FROM_OUTSIDE],
  ] as const) {
    lines.push(`  - name: ${group}`, '    rules:');
    for (const { alert, expr, for: held, severity, summary, whatToDo } of rules) {
      lines.push(`      - alert: ${alert}`, `        expr: ${quoted(expr)}`);
      if (held !== undefined) lines.push(`        for: ${held}`);
      lines.push(`        labels: { severity: ${severity} }`, '        annotations:');
      lines.push(`          summary: ${quoted(summary)}`, `          what_to_do: ${quoted(whatToDo)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
