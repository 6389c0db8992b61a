/** Every alarm: what it says and what to do. `docs/alarms.md` is made from this table. */

export type AlarmCode =
  | 'association-down'
  | 'application-server-inactive'
  | 'point-code-unavailable'
  | 'calls-let-go'
  | 'missed-calls-not-taken'
  | 'dialogues-refused'
  | 'deliveries-full'
  | 'ring-refusing'
  | 'ring-high'
  | 'overload-notices-slowed'
  | 'overload-reading-slowed'
  | 'overload-shedding'
  | 'overload-reading-stopped'
  | 'part-stuck'
  | 'commits-stuck'
  | 'journal-lag'
  | 'notices-many'
  | 'notices-late'
  | 'notifier-slow'
  | 'thread-restarting'
  | 'thread-down'
  | 'thread-restarted'
  | 'event-loop-late'
  | 'commit-slow'
  | 'store-failing'
  | 'clock-stepped'
  | 'quarantine'
  | 'record-damaged'
  | 'renderer-failing'
  | 'capture-failing'
  | 'connector-down'
  | 'connector-full'
  | 'connector-throttled'
  | 'smsc-down'
  | 'smsc-throttled';

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
    code: 'ring-high', severity: 'warning', afterMs: 10_000, clearMs: 10_000,
    text: 'The ring {subject} has been more than half full for a while: {detail} % now.',
    whatToDo: 'The thread that reads it is slower than what comes. If calls or outcomes wait, the shards are behind: look at commit-slow and event-loop-late. If notices or deliveries wait, the notifier or the network is: notifier-slow, deliveries-full.',
  },
  {
    code: 'overload-notices-slowed', severity: 'warning', afterMs: 2_000, clearMs: 10_000,
    text: 'Overload, first level: notices go out more slowly, so that calls are answered in time.',
    whatToDo: 'Nothing, if it passes: the notices wait and follow. If it comes every day in the busy hour, the machine is too small for it: more cores and shards, or more nodes.',
  },
  {
    code: 'overload-reading-slowed', severity: 'warning', afterMs: 1_000, clearMs: 10_000,
    text: 'Overload, second level: the associations are read more slowly.',
    whatToDo: 'As for overload-notices-slowed. Is a disk slow (commit-slow), or does another program take the processors (event-loop-late)?',
  },
  {
    code: 'overload-shedding', severity: 'critical', afterMs: 0, clearMs: 10_000,
    text: 'Overload, third level: new calls go on without us, and for want of room new dialogues of MAP are refused.',
    whatToDo: 'Missed calls among them are not told. Running calls are kept, and all is as before when the load is less. Find what the load is (the page, by cause), and spread it over more nodes.',
  },
  {
    code: 'overload-reading-stopped', severity: 'critical', afterMs: 0, clearMs: 10_000,
    text: 'Overload, last level: the associations are not read, so that what is running finds room.',
    whatToDo: 'A shard takes nothing, or far too little: look for part-stuck, commits-stuck and store alarms of the same time.',
  },
  {
    code: 'part-stuck', severity: 'critical', afterMs: 5_000, clearMs: 1_000,
    text: 'The thread {subject} makes no progress, though work waits for it in the ring {detail}.',
    whatToDo: 'If a bound holds it (shard.intake-held in the counters), that is where to look: notices-many, journal-lag. Else the log has what the thread said last; a thread whose loop stands still is started anew by itself after 10 s.',
  },
  {
    code: 'commits-stuck', severity: 'critical', afterMs: 3_000, clearMs: 1_000,
    text: 'The commits of {subject} stand still: {detail} under way, and none has become durable for seconds.',
    whatToDo: 'The disk under node.dataDirectory does not answer. Look at the machine’s log for errors of the disk or of the network that it is reached over.',
  },
  {
    code: 'journal-lag', severity: 'warning', afterMs: 10_000, clearMs: 10_000,
    text: 'The records of {subject} lag behind its journal: {detail} subscribers are not written back.',
    whatToDo: 'Nothing is lost by it, but a start would take longer, and at store.lagActorsMax no new calls are taken. The disk is too slow for what comes: look at commit-slow; store.actorWritesMax writes back more at once.',
  },
  {
    code: 'notices-many', severity: 'warning', afterMs: 10_000, clearMs: 10_000,
    text: 'Many notices of {subject} are under way or wait: {detail}.',
    whatToDo: 'After an outage this passes: who is back is told in turn, and from half of shards.openEffectsMax on waits in the store for it (shard.return-waits). At the whole of it no new calls are taken: does the network answer (deliveries-full), does the notifier keep up (notifier-slow)?',
  },
  {
    code: 'notices-late', severity: 'warning', afterMs: 10_000, clearMs: 10_000,
    text: 'The oldest notice of {subject} was made {detail} minutes ago, and nothing has come of it.',
    whatToDo: 'It goes out as soon as there is room before it. Look at deliveries-full, notifier-slow and the overload alarms; if none stands, please report it.',
  },
  {
    code: 'notifier-slow', severity: 'warning', afterMs: 10_000, clearMs: 10_000,
    text: 'The notifier is slow: as many batches are being rendered as may be ({detail}).',
    whatToDo: 'Notices wait; calls are answered. Raise notices.threads where there are cores, and look at renderer-failing.',
  },
  {
    code: 'thread-restarting', severity: 'critical', afterMs: 0, clearMs: 60_000,
    text: 'The thread {subject} dies again and again: {detail} times within five minutes.',
    whatToDo: 'Look in the log for "thread.died": the error that stands there is the same each time. A disk that is full or failing, too little memory, or a mistake in the program, which please report.',
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
    code: 'clock-stepped', severity: 'warning', afterMs: 0, clearMs: 600_000,
    text: 'The clock of the machine was set by {detail} s.',
    whatToDo: 'Nothing is lost by it, but notices tell the times of that clock, and waits before a further try may be longer or shorter by as much. Is the time service (NTP) of the machine in order? It should slew, not step.',
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
  {
    code: 'smsc-down', severity: 'critical', afterMs: 10_000, clearMs: 5_000,
    text: 'No session with the SMSC {subject} is bound.',
    whatToDo: 'It is called again by itself. Its numbers go to the next SMSC for them, or wait. Look at smpp.not-connected and smpp.bind-refused: is the SMSC up, are address, system_id and password right (section smpp of the configuration)?',
  },
  {
    code: 'smsc-throttled', severity: 'warning', afterMs: 30_000, clearMs: 30_000,
    text: 'The SMSC {subject} says that it is sent too much: {detail}.',
    whatToDo: 'It comes back step by step. If it stays: set submitsPerSecond of the SMSC to what is agreed with it, or agree on more.',
  },
  {
    code: 'connector-down', severity: 'critical', afterMs: 10_000, clearMs: 5_000,
    text: 'The channel {subject} is down: {detail}.',
    whatToDo: 'It is asked again by itself, once a minute at last. Notices wait meanwhile, or go by the subscriber’s next channel. Is the far side up, are address, certificate and credentials right (section channels of the configuration)? docs/channels.md says what each fault means.',
  },
  {
    code: 'connector-full', severity: 'warning', afterMs: 5_000, clearMs: 10_000,
    text: 'As many notices wait in the channel {subject} as may ({detail}); further ones go by the subscriber’s next channel, or later.',
    whatToDo: 'If connector-down or connector-throttled stands too, that is the reason. Else more comes than sendsPerSecond and the window of the channel let through: raise them as far as the far side agrees, or waitingMax.',
  },
  {
    code: 'connector-throttled', severity: 'warning', afterMs: 30_000, clearMs: 30_000,
    text: 'The channel {subject} is slowed by its far side: {detail}.',
    whatToDo: 'It comes back step by step. If it stays: set sendsPerSecond of the channel to what is agreed with the far side, or agree on more.',
  },
];

/** `docs/alarms.md`. */
export function alarmReference(): string {
  return [
    '# Alarms',
    '',
    'What stands on the page and in `callwake_alarms` of the metrics. An alarm stands when its cause has held for the time under',
    '*after*, and goes by itself when its cause has been gone for the time under *clears*. What to watch from outside is in',
    '[monitoring.md](monitoring.md).',
    '',
    '| code | severity | after | clears | what it says | what to do |',
    '|---|---|---|---|---|---|',
    ...ALARMS.map(
      ({ code, severity, afterMs, clearMs, text, whatToDo }) =>
        `| \`${code}\` | ${severity} | ${afterMs / 1_000} s | ${clearMs / 1_000} s | ${text} | ${whatToDo} |`,
    ),
    '',
  ].join('\n');
}
