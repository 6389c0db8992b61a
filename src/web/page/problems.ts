import type { Snapshot } from '../live-source.ts';

/** Something that is not as it should be: how bad, where on the page, about what. */
export interface Problem {
  readonly severity: 'critical' | 'warning' | 'unknown';
  /** Id of the section that shows it. */
  readonly section: string;
  readonly subject: string;
  readonly text: string;
}

const RANK = { critical: 0, warning: 1, unknown: 2 } as const;
/** A queue or ring this full will be at its bound soon. */
const NEARLY_FULL = 0.8;

/** A network of any size has a call in this time. */
const QUIET_MS = 120_000;

/** All that is wrong, worst first. What an alarm tells already is not told again. */
export function findProblems(snapshot: Snapshot): Problem[] {
  const found: Problem[] = [];
  const told = new Set<string>();
  const add = (severity: Problem['severity'], section: string, subject: string, text: string): void => {
    if (subject !== '' && told.has(subject)) return;
    if (subject !== '') told.add(subject);
    found.push({ severity, section, subject, text });
  };
  // What nobody has seen yet comes first.
  const alarms = [...snapshot.alarms].sort(
    (a, b) => Number(a.acknowledgedAtMs > 0) - Number(b.acknowledgedAtMs > 0),
  );
  for (const { severity, subject, text, acknowledgedAtMs } of alarms)
    add(
      severity in RANK ? severity : 'unknown',
      'alarms',
      subject,
      acknowledgedAtMs > 0 ? `${text} (acknowledged)` : text,
    );
  for (const { name, state, aspState, asState } of snapshot.associations) {
    if (state !== 'established') add('critical', 'associations', name, `association is ${state}`);
    else if (asState !== 'AS-ACTIVE') add('critical', 'associations', name, `is ${asState}`);
    else if (aspState !== 'ASP-ACTIVE') add('warning', 'associations', name, `is ${aspState}`);
  }
  for (const { name, pointCode, state } of snapshot.pointCodes)
    if (state !== 'available')
      add(
        state === 'unavailable' ? 'critical' : 'warning',
        'point-codes',
        name === '' ? pointCode : name,
        `point code ${pointCode} is ${state}`,
      );
  for (const { name, alive } of snapshot.threads)
    if (!alive) add('critical', 'threads', name, 'thread is not running');
  for (const { name, depth, bound } of snapshot.queues) {
    if (bound <= 0 || depth < bound * NEARLY_FULL) continue;
    if (depth >= bound) add('critical', 'queues', name, 'queue is full');
    else add('warning', 'queues', name, `queue is ${Math.floor((depth / bound) * 100)} % full`);
  }
  for (const { name, ringFill } of snapshot.shards)
    if (ringFill >= NEARLY_FULL)
      add('warning', 'shards', name, `ring is ${Math.floor(ringFill * 100)} % full`);
  for (const { name, perSecond } of snapshot.counters)
    if (perSecond > 0) add('warning', 'counters', name, 'is rising');
  const { notifier, capacity } = snapshot;
  if (notifier.throttle !== 'normal' && notifier.throttle !== '')
    add('warning', 'notifier', 'overload', notifier.throttle);
  if (capacity.callsPerSecond > 0 && snapshot.point.callsPerSecond > capacity.callsPerSecond * NEARLY_FULL)
    add('warning', 'capacity', 'calls', `near the ${capacity.callsPerSecond} a second that were measured`);
  if (snapshot.verdict !== undefined)
    for (const name of ['lost', 'doubled', 'wrong'] as const)
      if (snapshot.verdict[name] > 0)
        add('critical', 'totals', `${name} notices`, `${snapshot.verdict[name]} since start`);
  const { noticesFailedPerSecond: failed, noticesSentPerSecond: sent } = snapshot.point;
  if (failed >= 1 && failed > sent * 0.2)
    add('warning', 'traffic', 'notices', `${Math.round((failed / Math.max(sent, failed)) * 100)} % fail`);
  if (snapshot.associations.length === 0)
    add('unknown', 'associations', 'network', 'no association is configured, so no call can come');
  else if (snapshot.totals.callsAttempted === 0 && snapshot.uptimeMs > QUIET_MS)
    add(
      'unknown',
      'traffic',
      'calls',
      'none since the start: does the T-CSI of the subscribers name this node?',
    );
  return found.sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}
