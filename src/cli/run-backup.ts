/** What `callwake backup` and `callwake restore` do. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { machineClock } from '../adapters/clock.ts';
import { ControlClient } from '../adapters/control/control-client.ts';
import { countAfterRestore, startsOf } from '../adapters/engine/boot-counter.ts';
import type { Manifest } from '../adapters/store/backup/manifest.ts';
import { finishRestore, restoreBackup } from '../adapters/store/backup/restore-backup.ts';
import { writeBackup } from '../adapters/store/backup/write-backup.ts';
import { lockDirectory } from '../adapters/store/directory-lock.ts';
import { OperatingError } from '../types/operating-error.ts';
import { Progress, targetData } from './data-target.ts';
import { EXIT } from './exit-codes.ts';
import { packageVersion } from './package-version.ts';
import type { Terminal } from './program.ts';
import type { BackupOptions, RestoreOptions } from './store-commands.ts';

const LOOK_EVERY_MS = 1_000;

export async function runBackup(options: BackupOptions, terminal: Terminal): Promise<number> {
  const { directory } = targetData(options);
  const to = path.resolve(options.to);
  const running = await ControlClient.connect(directory);
  const manifest =
    running === undefined
      ? await backUpAtRest(directory, to, terminal)
      : await backUpRunning(running, to, terminal);
  print(options.json, terminal, manifest, { backup: to }, `backed up ${directory} to ${to}`);
  return EXIT.ok;
}

async function backUpAtRest(directory: string, to: string, terminal: Terminal): Promise<Manifest> {
  if (!existsSync(directory))
    throw new OperatingError('CW_BACKUP_FAILED', `there is no ${directory}`, { directory });
  const lock = await lockDirectory(directory);
  try {
    finishRestore(directory);
    return await writeBackup({
      directory,
      to,
      version: packageVersion(),
      starts: startsOf(directory),
      nowMs: machineClock.now(),
      onProgress: new Progress(terminal).pages,
    });
  } finally {
    await lock.release();
  }
}

/** The engine writes it; how far it is, is seen by what is there. */
async function backUpRunning(engine: ControlClient, to: string, terminal: Terminal): Promise<Manifest> {
  const look = setInterval(() => terminal.error(`${octetsIn(to)} octets copied so far\n`), LOOK_EVERY_MS);
  try {
    return (await engine.backup(to)) as Manifest;
  } finally {
    clearInterval(look);
    await engine.close();
  }
}

function octetsIn(folder: string): number {
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true });
    let sum = 0;
    for (const file of files) {
      if (file.isFile()) sum += statSync(path.join(file.parentPath, file.name)).blocks * 512;
    }
    return sum;
  } catch {
    return 0;
  }
}

export async function runRestore(options: RestoreOptions, terminal: Terminal): Promise<number> {
  const { directory, config } = targetData(options);
  const from = path.resolve(options.from);
  const progress = new Progress(terminal);
  const manifest = await restoreBackup({
    from,
    directory,
    replace: options.replace,
    ...(config === undefined ? {} : { mapSizeOctets: config.store.mapSizeOctets }),
    startsAfter: (backup) => countAfterRestore(backup, startsOf(directory)),
    onProgress: progress.say,
  });
  print(options.json, terminal, manifest, { restored: directory }, `restored ${directory} from ${from}`);
  return EXIT.ok;
}

function print(
  json: boolean,
  terminal: Terminal,
  manifest: Manifest,
  what: Readonly<Record<string, string>>,
  text: string,
): void {
  const { version, createdAtMs, shards, files } = manifest;
  const octets = files.reduce((sum, file) => sum + file.octets, 0);
  const at = new Date(createdAtMs).toISOString();
  terminal.out(
    json
      ? `${JSON.stringify({ ...what, version, createdAt: at, shards: shards.length, octets })}\n`
      : `${text}: ${shards.length} shards, ${octets} octets, as of ${at}, by version ${version}\n`,
  );
}
