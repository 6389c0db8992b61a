/** Every alarm: what it says and what to do. `docs/alarm-codes.md` is made from this table. */

export type AlarmCode =
  | 'association-down'
  | 'application-server-inactive'
  | 'point-code-unavailable'
  | 'calls-let-go'
  | 'missed-calls-not-taken'
  | 'dialogues-refused'
  | 'deliveries-full'
  | 'ring-refusing'
  | 'thread-down'
  | 'thread-restarted'
  | 'event-loop-late'
  | 'commit-slow'
  | 'store-failing'
  | 'quarantine'
  | 'record-damaged'
  | 'renderer-failing'
  | 'capture-failing';

export interface AlarmRow {
  readonly code: AlarmCode;
  readonly severity: 'critical' | 'warning';
  /** The condition must hold for so long before the alarm stands. */
  readonly afterMs: number;
  /** The condition must be gone for so long before the alarm goes. */
  readonly clearMs: number;
  /** For people; `{subject}` is what it is about, `{detail}` a figure. */
  readonly text: string;
  readonly whatToDo: string;
}

// biome-ignore format: a line for each part
export const ALARMS: readonly AlarmRow[] = [
  {
    code: 'association-down', severity: 'critical', afterMs: 2_000, clearMs: 2_000,
    text: 'The association {subject} is down.',
    whatToDo: 'It is set up again by itself. If it stays away: is the signalling gateway up, is its address right (signalling.associations), does a firewall let the port through?',
  },
  {
    code: 'application-server-inactive', severity: 'critical', afterMs: 3_000, clearMs: 2_000,
    text: 'The association {subject} is up, but carries no traffic: {detail}.',
    whatToDo: 'Ask the signalling gateway’s operator whether our ASP and its routing context are known there; the log names the errors that it answered with.',
  },
  {
    code: 'point-code-unavailable', severity: 'warning', afterMs: 2_000, clearMs: 2_000,
    text: 'The signalling point {subject} cannot be reached.',
    whatToDo: 'The network says so (DUNA), or no association leads there. Calls and notices for it wait or go another way; ask the operator of the signalling gateway.',
  },
  {
    code: 'calls-let-go', severity: 'critical', afterMs: 0, clearMs: 30_000,
    text: 'Calls go on without us under overload: {detail} so far.',
    whatToDo: 'Missed calls among them are not told. Raise cap.callsMax or tcap.dialoguesMax if the machine has room, or spread the load over more nodes.',
  },
  {
    code: 'missed-calls-not-taken', severity: 'critical', afterMs: 0, clearMs: 30_000,
    text: 'Missed calls could not be taken in: {detail} so far.',
    whatToDo: 'The subscribers’ threads are behind. Look for a slow disk (commit-slow) or a thread that is down; more shards help where there are cores.',
  },
  {
    code: 'dialogues-refused', severity: 'warning', afterMs: 0, clearMs: 30_000,
    text: 'Dialogues are refused: {detail} so far.',
    whatToDo: 'Raise tcap.dialoguesMax if the machine has room. If no great load explains it, look for peers that leave dialogues open.',
  },
  {
    code: 'deliveries-full', severity: 'warning', afterMs: 5_000, clearMs: 5_000,
    text: 'As many notices are on their way as may be ({detail}); others wait.',
    whatToDo: 'After an outage this passes. If not, the network answers slowly, or delivery.deliveriesMax is too low.',
  },
  {
    code: 'ring-refusing', severity: 'warning', afterMs: 0, clearMs: 30_000,
    text: 'The ring "{subject}" was full: {detail} records found no room so far.',
    whatToDo: 'The thread behind it is slower than the one before it. Nothing is lost by this alone; look at the loops and commits of the threads.',
  },
  {
    code: 'thread-down', severity: 'critical', afterMs: 0, clearMs: 1_000,
    text: 'The thread {subject} is not running; it is being started again.',
    whatToDo: 'Nothing, if it comes back within seconds. Else the log says why it died: look for "thread.died".',
  },
  {
    code: 'thread-restarted', severity: 'warning', afterMs: 0, clearMs: 600_000,
    text: 'The thread {subject} died and was started again; {detail} times so far.',
    whatToDo: 'Nothing was lost. Please report the error that stands in the log at "thread.died".',
  },
  {
    code: 'event-loop-late', severity: 'warning', afterMs: 3_000, clearMs: 10_000,
    text: 'The thread {subject} is late: {detail} ms.',
    whatToDo: 'The machine is too busy: are there other programs, is the CPU limit of the container too low?',
  },
  {
    code: 'commit-slow', severity: 'warning', afterMs: 3_000, clearMs: 10_000,
    text: 'The disk of {subject} is slow: one commit in a hundred takes {detail} ms or more.',
    whatToDo: 'Calls wait for commits. Look at the disk (other programs, a full or worn drive), or move node.dataDirectory to a faster one.',
  },
  {
    code: 'store-failing', severity: 'critical', afterMs: 0, clearMs: 10_000,
    text: 'Commits cannot be written: {detail} failed so far.',
    whatToDo: 'Make room on the disk of node.dataDirectory; the lines "shard.commit-failed" of the log say what the system has against it. Calls go on without us meanwhile, and the shards try again by themselves.',
  },
  {
    code: 'quarantine', severity: 'critical', afterMs: 0, clearMs: 0,
    text: 'Events are put aside because they could not be worked on: {detail}.',
    whatToDo: 'A mistake in the program. The subscribers concerned are as they were before; please report it with the lines "shard.quarantined" of the log.',
  },
  {
    code: 'record-damaged', severity: 'critical', afterMs: 0, clearMs: 600_000,
    text: 'Stored or passed records could not be decoded: {detail} so far.',
    whatToDo: 'Check the disk and the memory of the machine. The lines "record-damaged" and "input-damaged" of the log say which records.',
  },
  {
    code: 'renderer-failing', severity: 'warning', afterMs: 0, clearMs: 60_000,
    text: 'The threads that render notices fail: {detail} times so far.',
    whatToDo: 'Notices wait and are tried again. The log says why; raise notices.batchTimeoutMs on a slow machine.',
  },
  {
    code: 'capture-failing', severity: 'warning', afterMs: 0, clearMs: 60_000,
    text: 'The capture lacks packets that could not be written: {detail} so far.',
    whatToDo: 'Is the disk full? The service itself is not concerned.',
  },
];

/** `docs/alarm-codes.md`. */
export function alarmReference(): string {
  return [
    '# Alarm codes',
    '',
    'What stands on the page and in `callwake_alarms` of the metrics. An alarm goes by itself when its cause is gone. What to',
    'watch from outside is in [alarms.md](alarms.md).',
    '',
    '| code | severity | what it says | what to do |',
    '|---|---|---|---|',
    ...ALARMS.map(
      ({ code, severity, text, whatToDo }) => `| \`${code}\` | ${severity} | ${text} | ${whatToDo} |`,
    ),
    '',
  ].join('\n');
}
