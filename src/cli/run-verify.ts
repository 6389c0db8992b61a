/** What `callwake verify`, `callwake replay` and `callwake migrate` do. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { serviceOptions } from '../adapters/engine/engine-options.ts';
import { loadTexts } from '../adapters/engine/texts.ts';
import { readBackup } from '../adapters/store/backup/read-backup.ts';
import { finishRestore } from '../adapters/store/backup/restore-backup.ts';
import { checkDataDirectory, checkEnvironment } from '../adapters/store/check-environment.ts';
import { shardDirectory, shardsIn } from '../adapters/store/data-directory.ts';
import { lockDirectory } from '../adapters/store/directory-lock.ts';
import { Environment } from '../adapters/store/environment.ts';
import { replayData } from '../adapters/store/replay/replay-data.ts';
import { schemaVersion } from '../adapters/store/schema.ts';
import { type VerifyReport, verifyData } from '../adapters/store/verify/verify-data.ts';
import { defaultSubscriberPolicy } from '../subscriber/policy.ts';
import { OperatingError } from '../types/operating-error.ts';
import { Progress, targetData } from './data-target.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './program.ts';
import type { MigrateOptions, ReplayOptions, VerifyOptions } from './store-commands.ts';

export async function runVerify(options: VerifyOptions, terminal: Terminal): Promise<number> {
  const progress = new Progress(terminal);
  let report: VerifyReport;
  let what: string;
  if (options.backup !== undefined) {
    what = path.resolve(options.backup);
    await readBackup(what, (name) => progress.say(`the sum of ${name}`));
    report = verifyData(what, progress.pages);
  } else {
    what = targetData(options).directory;
    report = await atRest(what, () => verifyData(what, progress.pages));
  }
  const { faults, furtherFaults, shards } = report;
  const bad = faults.length + furtherFaults > 0;
  if (options.json) {
    terminal.out(`${JSON.stringify({ verified: what, faults, furtherFaults, shards })}\n`);
    return bad ? EXIT.failed : EXIT.ok;
  }
  for (const { shard, counts, pages, freePages } of shards) {
    const { subscribers, deadlines, windows, openEffects, putAside } = counts;
    terminal.out(
      `shard-${shard}: ${subscribers} subscribers, ${deadlines} deadlines, ${windows} windows of journal, ${openEffects} effects and ${putAside} events put aside in the outbox; ${pages} pages, ${freePages} free\n`,
    );
  }
  for (const fault of faults) terminal.out(`${fault}\n`);
  if (furtherFaults > 0) terminal.out(`and ${furtherFaults} more\n`);
  terminal.out(
    bad
      ? `something is wrong with ${what}: ${options.backup === undefined ? 'keep a copy of it for an examination, and take a backup back (callwake restore --replace)' : 'take another backup'}\n`
      : `nothing is wrong with ${what}\n`,
  );
  return bad ? EXIT.failed : EXIT.ok;
}

export async function runReplay(options: ReplayOptions, terminal: Terminal): Promise<number> {
  const { directory, config } = targetData(options);
  const progress = new Progress(terminal);
  const backup = options.fromBackup === undefined ? undefined : path.resolve(options.fromBackup);
  if (backup !== undefined) await readBackup(backup, (name) => progress.say(`the sum of ${name}`));
  const policy =
    config === undefined ? defaultSubscriberPolicy : serviceOptions(config, loadTexts(config).version).policy;
  const report = await atRest(directory, () =>
    replayData({ directory, backup, policy, onProgress: progress.say }),
  );
  const { differences, furtherDifferences, compared, events, notShown } = report;
  const bad = differences.length > 0;
  if (options.json) {
    terminal.out(`${JSON.stringify({ replayed: directory, ...report })}\n`);
    return bad ? EXIT.failed : EXIT.ok;
  }
  for (const { subscriber, partition, sequence, fields } of differences)
    terminal.out(`${subscriber} (event ${partition}.${sequence}): ${fields.join(', ')}\n`);
  if (furtherDifferences > 0) terminal.out(`and ${furtherDifferences} more\n`);
  if (notShown.length > 0)
    terminal.out(
      `nothing can be shown of ${notShown.length} partitions, whose first events are not there any more\n`,
    );
  terminal.out(
    `${events} events of ${compared} subscribers replayed: ${bad ? `${differences.length + furtherDifferences} differ` : 'no difference'}\n`,
  );
  return bad ? EXIT.failed : EXIT.ok;
}

export async function runMigrate(options: MigrateOptions, terminal: Terminal): Promise<number> {
  const { directory, config } = targetData(options);
  const progress = new Progress(terminal);
  const shards = await atRest(directory, async () => {
    if (!options.check) finishRestore(directory);
    checkDataDirectory({ directory, depth: 'quick' });
    const found: { shard: number; from: number }[] = [];
    for (const shard of shardsIn(directory)) {
      const folder = shardDirectory(directory, shard);
      const { schema = schemaVersion } = checkEnvironment({ directory: folder, depth: 'quick' });
      if (schema > schemaVersion)
        throw new OperatingError(
          'CW_STORE_NEWER',
          `the store in ${folder} has schema ${schema}, and this version knows up to ${schemaVersion}`,
          { directory: folder, found: schema, known: schemaVersion },
        );
      found.push({ shard, from: schema });
      if (options.check) continue;
      const environment = new Environment({
        directory: folder,
        ...(config === undefined ? {} : { mapSizeOctets: config.store.mapSizeOctets }),
        onMigrated: (from, steps) => progress.say(`shard-${shard}: from schema ${from}, step ${steps}`),
      });
      await environment.close();
    }
    return found;
  });
  if (options.json) {
    terminal.out(
      `${JSON.stringify({ data: directory, to: schemaVersion, migrated: !options.check, shards })}\n`,
    );
    return EXIT.ok;
  }
  for (const { shard, from } of shards) {
    const verb = options.check ? 'would be migrated' : 'migrated';
    terminal.out(
      from === schemaVersion
        ? `shard-${shard}: schema ${from}, which is this version’s\n`
        : `shard-${shard}: ${verb} from schema ${from} to ${schemaVersion}\n`,
    );
  }
  return EXIT.ok;
}

/** Under the lock of a data directory that is there. */
async function atRest<T>(directory: string, action: () => T | Promise<T>): Promise<T> {
  if (!existsSync(directory) || shardsIn(directory).length === 0)
    throw new OperatingError('CW_STORE_INCOMPLETE', `there are no data in ${directory}`, { directory });
  const lock = await lockDirectory(directory);
  try {
    return await action();
  } finally {
    await lock.release();
  }
}
