/** `callwake backup | restore | verify | replay | migrate`: the operator's side of the store. */
import { type Command, Option } from 'commander';
import { endWith } from './program.ts';

/** Which data: by the configuration of their engine, or by their directory. */
export interface DataTarget {
  readonly config?: string;
  readonly data?: string;
  readonly json: boolean;
}

export interface BackupOptions extends DataTarget {
  readonly to: string;
}

export interface RestoreOptions extends DataTarget {
  readonly from: string;
  readonly replace: boolean;
}

export interface VerifyOptions extends DataTarget {
  readonly backup?: string;
}

export interface ReplayOptions extends DataTarget {
  readonly fromBackup?: string;
}

export interface MigrateOptions extends DataTarget {
  readonly check: boolean;
}

/** Each resolves with the exit code. */
export interface StoreActions {
  backup(options: BackupOptions): Promise<number>;
  restore(options: RestoreOptions): Promise<number>;
  verify(options: VerifyOptions): Promise<number>;
  replay(options: ReplayOptions): Promise<number>;
  migrate(options: MigrateOptions): Promise<number>;
}

const BACKUP_HELP = `
While the engine runs it makes the backup itself, and calls go on; of a stopped engine this command makes it. All
shards are copied as they were at one moment, and every page and record is checked on the way: what is damaged is not
backed up. The folder must be empty or not there; it has a manifest.json when the backup is whole, and is none without.
It holds numbers of subscribers: only its owner may read it. The configuration file is not in it.

Examples:
  callwake backup --config callwake.yaml --to /backup/monday
  callwake backup --data /var/lib/callwake --to /backup/monday --json
`;

const RESTORE_HELP = `
Stop the engine first. Nothing is changed when it refuses: while an engine runs on the directory, when the directory
holds data and --replace is not given, when a file of the backup is missing or not what was written, or when a later
version has made it. Interrupted at any moment, the directory has either the old data or the new ones.

What happened after the backup is not known any more: notices that went out since go out once more.

Examples:
  callwake verify --backup /backup/monday
  callwake restore --config callwake.yaml --from /backup/monday --replace
`;

const VERIFY_HELP = `
Looks at every page and every record: that pages, keys and checksums are right, that each record can be read by this
version, that what belongs together agrees. Nothing is written. Of a running engine make a backup, and verify that.
Exit code 0: nothing is wrong; 1: something is, and each line says what.

Examples:
  callwake verify --config callwake.yaml
  callwake verify --backup /backup/monday --json
`;

const REPLAY_HELP = `
Folds the journal with the reducer of this version and compares with what is stored, subscriber by subscriber.
  --from-backup DIR   starts from the states in a backup of these data: all that happened since is replayed, as long as
                      the journal reaches back to it (store.journalWindowsKept).
  without it          starts from nothing: shows only partitions whose whole journal is still there, new ones that is.
The rules of the configuration (delivery, notices) are part of what is compared: a change of them since shows as
differences. Numbers are masked. The engine must be stopped. Exit code 0: no difference; 1: some.

Examples:
  callwake replay --config callwake.yaml --from-backup /backup/monday
`;

const MIGRATE_HELP = `
A start does it, too; this does it beforehand, with the engine stopped, and says how far it is. It goes in small steps,
and one that was interrupted goes on from there. There is no way back but a backup that was made before.

Examples:
  callwake migrate --config callwake.yaml --check
  callwake migrate --config callwake.yaml
`;

export function registerStoreCommands(program: Command, actions: StoreActions): void {
  ofData(program.command('backup'))
    .summary('copy the data of an engine, also while it runs')
    .description('Copies the data of an engine into a folder, also while it runs.')
    .requiredOption('--to <dir>', 'an empty folder, or one that is not there')
    .addHelpText('after', BACKUP_HELP)
    .action(async (options: BackupOptions, command: Command) =>
      endWith(command, await actions.backup(options)),
    );

  ofData(program.command('restore'))
    .summary('take a backup back')
    .description('Puts a backup in the place of the data of an engine that is stopped.')
    .requiredOption('--from <dir>', 'the backup')
    .option('--replace', 'give up the data that the directory holds', false)
    .addHelpText('after', RESTORE_HELP)
    .action(async (options: RestoreOptions, command: Command) =>
      endWith(command, await actions.restore(options)),
    );

  ofData(program.command('verify'))
    .summary('check every page and record of data or of a backup')
    .description('Checks every page and every record of the data of a stopped engine, or of a backup.')
    .addOption(new Option('--backup <dir>', 'a backup instead of data').conflicts(['config', 'data']))
    .addHelpText('after', VERIFY_HELP)
    .action(async (options: VerifyOptions, command: Command) =>
      endWith(command, await actions.verify(options)),
    );

  ofData(program.command('replay'))
    .summary('fold the journal anew and compare with what is stored')
    .description('Folds the journal with this version’s reducer and compares with what is stored.')
    .option('--from-backup <dir>', 'start from the states in this backup')
    .addHelpText('after', REPLAY_HELP)
    .action(async (options: ReplayOptions, command: Command) =>
      endWith(command, await actions.replay(options)),
    );

  ofData(program.command('migrate'))
    .summary('bring data of an older version to this one’s form')
    .description('Brings data of an older version to the form of this one.')
    .option('--check', 'only say what would be done', false)
    .addHelpText('after', MIGRATE_HELP)
    .action(async (options: MigrateOptions, command: Command) =>
      endWith(command, await actions.migrate(options)),
    );
}

/** The options that say which data. */
export const ofData = (command: Command): Command =>
  command
    .option('-c, --config <file>', 'configuration of the engine, YAML')
    .addOption(new Option('--data <dir>', 'its data directory instead').conflicts('config'))
    .option('--json', 'the outcome as JSON', false)
    .hook('preAction', (_program, action) => {
      const { config, data, backup } = action.opts<VerifyOptions>();
      if (config === undefined && data === undefined && backup === undefined)
        action.error('error: say which data: --config FILE, or --data DIR');
    });
