/**
 * Every operating error: what it means and what the operator should do. `docs/errors.md` is made from it, and a test holds
 * it to the code both ways. What a peer or a protocol gets wrong is not here: that is a value, answered and counted.
 */

export interface ErrorRow {
  readonly code: `CW_${string}`;
  /** What the process ends with when it meets this at its start: 78 for what a file says, 69 for what the machine refuses. */
  readonly exitCode: 69 | 78;
  readonly means: string;
  /** What to do about it. */
  readonly remedy: string;
}

export const ERROR_TABLE: readonly ErrorRow[] = [
  {
    code: 'CW_CONFIG_INVALID',
    exitCode: 78,
    means: 'The configuration file says something that is not allowed, or leaves out what is required.',
    remedy:
      'Put right every line that the message lists: each names the line, the key, the value and what is allowed. `callwake run --config FILE --check` says the same without starting anything; [configuration.md](configuration.md) lists every key.',
  },
  {
    code: 'CW_SELF_CARE_TEXTS_INVALID',
    exitCode: 78,
    means: 'A file with the texts of self-care cannot be read, or something in it is not allowed.',
    remedy:
      'Put right every line that the message lists: each names the file, the line and what is allowed. Or leave `selfCare.textFiles` empty for the texts that come with Callwake.',
  },
  {
    code: 'CW_TEMPLATES_INVALID',
    exitCode: 78,
    means: 'A file with the texts of notices cannot be read, or something in it is not allowed.',
    remedy:
      'Put right every line that the message lists: each names the file, the line and what is allowed. `callwake template lint` says the same before a start. Or leave `notices.templateFiles` empty for the texts that come with Callwake.',
  },
  {
    code: 'CW_SECRET_MISSING',
    exitCode: 78,
    means:
      'A password or a key is not where the configuration says, cannot be read, or is not what it should be.',
    remedy:
      'For `file:PATH`, the user that Callwake runs as must be able to read the file; for `env:NAME`, the variable must be set for the process. [channels.md](channels.md) says what each secret looks like.',
  },
  {
    code: 'CW_PORT_IN_USE',
    exitCode: 69,
    means: 'Another program listens on the address and port.',
    remedy:
      'Choose another port: `web.port` for the page, `local.port` of the association for the signalling, or 0 where any free one will do. Or stop the other program; `ss -lnp` shows which it is.',
  },
  {
    code: 'CW_PORT_DENIED',
    exitCode: 69,
    means: 'The user that Callwake runs as may not listen on the port.',
    remedy:
      'Choose a port of 1024 or above. Callwake needs no privileged port; do not run it as root for one.',
  },
  {
    code: 'CW_ADDRESS_NOT_HERE',
    exitCode: 69,
    means: 'The address to listen on belongs to no interface of this machine, or its name does not resolve.',
    remedy:
      'Set `web.host`, or `local.host` of the association, to an address that `ip address` shows, or to 127.0.0.1 for this machine alone. In a container this is an address of the container.',
  },
  {
    code: 'CW_LISTEN_FAILED',
    exitCode: 69,
    means: 'A signalling socket could not be opened, for a reason that has no code of its own.',
    remedy:
      'The message ends with the reason of the operating system: too many open files, a firewall module, no IPv6.',
  },
  {
    code: 'CW_CAPTURE_FILE',
    exitCode: 69,
    means: 'The file given with `--capture` cannot be made.',
    remedy: 'Choose a path in a folder that exists and that the user may write to.',
  },
  {
    code: 'CW_STORE_IN_USE',
    exitCode: 69,
    means: 'Another running process holds the data directory.',
    remedy:
      'Stop the other one first, or set `node.dataDirectory` to a directory of its own. The lock ends with its process, however that ended: there is never a lock file to delete.',
  },
  {
    code: 'CW_STORE_LOCK',
    exitCode: 69,
    means: 'The data directory is on a file system on which it cannot be locked.',
    remedy:
      'Put `node.dataDirectory` on a local disk. Network file systems and some shared folders of virtual machines do not do.',
  },
  {
    code: 'CW_STORE_NEWER',
    exitCode: 69,
    means: 'A later version of Callwake has written the data directory.',
    remedy:
      'Run that version or a later one. To go back to this one, restore the backup that was made before the upgrade; what happened since is then not known.',
  },
  {
    code: 'CW_STORE_UNREADABLE',
    exitCode: 69,
    means: 'LMDB cannot open the environment of a shard.',
    remedy:
      'See that the user owns the files of the data directory and that the file system is mounted and sound. If a file is damaged, restore the data directory from a backup.',
  },
  {
    code: 'CW_STORE_DAMAGED',
    exitCode: 69,
    means: 'A data file of the store, or a record in it, is not what was written.',
    remedy:
      'Nothing of it was used. Keep a copy of the data directory for an examination, see what is damaged with `callwake verify`, look at the disk and the memory of the machine, and take back a backup with `callwake restore --replace`.',
  },
  {
    code: 'CW_STORE_INCOMPLETE',
    exitCode: 69,
    means: 'The data directory lacks the environment of some partitions, though it has those of others.',
    remedy:
      'Put back the `shard-…` folders that were moved away, or restore the whole directory from a backup.',
  },
  {
    code: 'CW_STORE_UNSETTLED',
    exitCode: 69,
    means:
      '`shards.count` was changed after the engine had ended without an orderly stop, and the journal is still needed.',
    remedy:
      'Start with the number of shards as it was, stop in order (SIGTERM), then start with the new number.',
  },
  {
    code: 'CW_STORE_FAILED',
    exitCode: 69,
    means:
      'A commit could not be written. Nothing of it is visible, no effect of it was released, and the shard starts anew from its store.',
    remedy:
      'Look for room on the disk (8 MiB must be free) and for errors of the device in the kernel log; `store.mapSizeOctets` may be too small for the data. Until it is over calls go on untouched; what is reported meanwhile waits in memory, up to the size of the rings.',
  },
  {
    code: 'CW_JOURNAL_DAMAGED',
    exitCode: 69,
    means: 'A journal record or an outbox entry that a start needs is missing or does not decode.',
    remedy:
      'Keep a copy of the data directory for an examination, then restore it from a backup. Starting without the record would lose notices, so it is not done.',
  },
  {
    code: 'CW_BACKUP_FAILED',
    exitCode: 69,
    means: 'A backup could not be made, and what was begun of it is none: it has no manifest.',
    remedy:
      'The message says why: no room, a folder that is not empty, a file of the store that is damaged. A folder that was begun may be removed.',
  },
  {
    code: 'CW_RECORD_FAILED',
    exitCode: 69,
    means: 'Traffic could not be recorded, or a recording broke off.',
    remedy:
      'The message says why: no engine runs there, a file that is there already, no room, another recording. What a recording that broke off has is whole up to there.',
  },
  {
    code: 'CW_RECORDING_DAMAGED',
    exitCode: 69,
    means: 'A file is no recording of this version, or not what was written.',
    remedy: 'Record anew. Nothing of the file was used.',
  },
  {
    code: 'CW_BACKUP_DAMAGED',
    exitCode: 69,
    means:
      'What is to be restored is no whole backup: its manifest or a file is missing, or not what was written.',
    remedy:
      'Take another backup: nothing of this one was used, and nothing was changed. The message names the file.',
  },
  {
    code: 'CW_RESTORE_NOT_EMPTY',
    exitCode: 69,
    means: 'The data directory that a backup is to be restored into holds data already.',
    remedy: 'Add `--replace` where the data are to be given up, or restore into another directory.',
  },
  {
    code: 'CW_REPLAY_GAP',
    exitCode: 69,
    means: 'The journal does not reach back to the backup that a replay was to start from.',
    remedy:
      'Take a younger backup of the same data. `store.journalWindowsKept` says how much journal is kept.',
  },
  {
    code: 'CW_CONTROL_DENIED',
    exitCode: 69,
    means:
      'The user may not talk to the running engine: its control socket is for the user that the engine runs as.',
    remedy: 'Run the command as the user that the engine runs as (`sudo -u callwake callwake subscriber …`).',
  },
  {
    code: 'CW_CONTROL_FAILED',
    exitCode: 69,
    means: 'The control socket of the running engine cannot be made or used.',
    remedy:
      'The message ends with the reason of the operating system. The data directory must lie on a local file system that has Unix sockets.',
  },
  {
    code: 'CW_ENGINE_BUSY',
    exitCode: 69,
    means:
      'The running engine has no room for a command, did not answer one in time, or is starting or stopping.',
    remedy:
      'Try again; an import may be started anew at any time, what was taken stays. If it goes on, look at the page: the alarms say whether a disk is slow or a thread is being started again and again.',
  },
  {
    code: 'CW_SMSC_PASSWORD',
    exitCode: 78,
    means: 'The password for an SMSC cannot be had from its file, or SMPP has no room for it.',
    remedy:
      'Let the user that the engine runs as read the file that `smpp.smscs[].passwordFile` names; its first line is the password, of 8 characters at most.',
  },
];

const byCode = new Map<string, ErrorRow>(ERROR_TABLE.map((row) => [row.code, row]));

/** What the table says of a code; undefined for one that is not there. */
export function errorRow(code: string): ErrorRow | undefined {
  return byCode.get(code);
}

/** The text of `docs/errors.md`. */
export function errorReference(): string {
  const lines = [
    '# Errors',
    '',
    'What the operator must put right has a code. It stands at the end of the message on the terminal and in the log, and never',
    'changes its meaning. At a start the process ends with the exit code of the row; later, the part that met the error is started',
    'anew from its store and the log says so.',
    '',
    'What a peer or a protocol gets wrong has no code here: it is answered on the wire as the specification says, and',
    'counted ([counters.md](counters.md)). Exit code 64 is a wrong command line, 70 a mistake in the program, 1 a command',
    'that ran and whose outcome is bad.',
    '',
    '| code | exit code | what it means | what to do |',
    '|---|---|---|---|',
    ...ERROR_TABLE.map(
      ({ code, exitCode, means, remedy }) => `| \`${code}\` | ${exitCode} | ${means} | ${remedy} |`,
    ),
    '',
  ];
  return lines.join('\n');
}
