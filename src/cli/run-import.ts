/** What `callwake subscriber import` does. */
import { createReadStream, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { type ImportProgress, importSubscribers } from '../adapters/engine/import-subscribers.ts';
import { LINE_OCTETS_MAX, type LinePlace } from '../adapters/engine/subscriber-file.ts';
import { ProfileReader } from '../provisioning/reader.ts';
import { ErrorFile } from './error-file.ts';
import { EXIT } from './exit-codes.ts';
import { fileFormat } from './file-format.ts';
import {
  type ImportState,
  markOf,
  readImportState,
  removeImportState,
  writeImportState,
} from './import-state.ts';
import type { Terminal } from './program.ts';
import { withSubscribers } from './reach-subscribers.ts';
import type { ImportCommandOptions } from './subscriber.ts';
import { standardError, TransferProgress } from './transfer-progress.ts';

const STATE_EVERY_MS = 1_000;
const NOTHING: ImportProgress = { added: 0, changed: 0, unchanged: 0, faultyCount: 0 };

export function importAction(terminal: Terminal) {
  return async (file: string, options: ImportCommandOptions): Promise<number> => {
    const fromFile = file !== '-';
    // A file that is not there is said before anything is locked.
    if (fromFile) await (await open(file)).close();
    const { errors, replace, dryRun } = options;
    if (fromFile && errors !== undefined && isSameFile(file, errors)) {
      terminal.error('callwake: --errors names the file that is to be imported: give it another name\n');
      return EXIT.usage;
    }
    const format = fileFormat(file, options.format);
    const stateFile = errors === undefined || !fromFile || dryRun ? undefined : `${errors}.state`;
    const resumed =
      options.resume && stateFile !== undefined ? resumable(stateFile, file, format, replace) : undefined;
    if (typeof resumed === 'string') {
      terminal.error(`callwake: ${resumed}\n`);
      return EXIT.failed;
    }
    if (options.resume && resumed === undefined)
      terminal.error('no import was interrupted that this could go on with: it begins at the beginning\n');
    const errorFile = errors === undefined ? undefined : new ErrorFile(errors, resumed?.errorOctets ?? 0);
    const source = stateFile === undefined ? undefined : markOf(file);
    let head = resumed?.head ?? '';
    if (head !== '') errorFile?.begin(Buffer.from(head));
    const before = resumed?.progress ?? NOTHING;
    let keptAtMs = 0;
    const keep = (progress: ImportProgress, place: LinePlace): void => {
      const nowMs = performance.now();
      if (stateFile === undefined || source === undefined || nowMs - keptAtMs < STATE_EVERY_MS) return;
      keptAtMs = nowMs;
      const errorOctets = errorFile?.octets ?? 0;
      writeImportState(stateFile, {
        version: 1,
        source,
        format,
        replace,
        head,
        place,
        progress,
        errorOctets,
      });
    };
    const rows = ({ added, changed, unchanged, faultyCount }: ImportProgress): number =>
      added + changed + unchanged + faultyCount;
    const told = new TransferProgress(standardError, fromFile ? statSync(file).size : 0, undefined, {
      rows: rows(before),
      octets: resumed?.place.endsAt ?? 0,
    });
    const outcome = await withSubscribers(options, (subscribers, config) =>
      importSubscribers(
        subscribers,
        fromFile
          ? createReadStream(file, { start: resumed?.place.endsAt ?? 0, highWaterMark: 262_144 })
          : process.stdin,
        {
          reader: new ProfileReader(config.numbering),
          format,
          replace,
          dryRun,
          ...(resumed === undefined ? {} : { from: { ...resumed.place, head: resumed.head } }),
          onHead: (octets) => {
            head = Buffer.from(octets).toString('utf8');
            errorFile?.begin(octets);
          },
          onFaulty: (octets, fault) =>
            errorFile?.put(octets, { ...fault, tooLong: octets.length >= LINE_OCTETS_MAX }),
          onProgress: (progress, place) => {
            const all = sum(before, progress);
            keep(all, place);
            told.say({ rows: rows(all), octets: place.endsAt });
          },
        },
      ),
    ).finally(() => {
      told.end();
      errorFile?.close();
    });
    if (stateFile !== undefined) removeImportState(stateFile);
    const name = fromFile ? file : 'standard input';
    for (const { line, message, allowed } of outcome.faulty)
      terminal.error(`${name}:${line}: ${message}; allowed: ${allowed}\n`);
    const { added, changed, unchanged, faultyCount } = sum(before, outcome);
    const untold = outcome.faultyCount - outcome.faulty.length;
    if (untold > 0) terminal.error(`${name}: and ${untold} more lines are wrong\n`);
    if (errors !== undefined && faultyCount > 0) terminal.error(`what is wrong is in ${errors}\n`);
    terminal.out(
      `${dryRun ? 'would be ' : ''}added ${added}, changed ${changed}, unchanged ${unchanged}, faulty ${faultyCount}\n`,
    );
    return faultyCount === 0 ? EXIT.ok : EXIT.failed;
  };
}

function isSameFile(a: string, b: string): boolean {
  const there = statSync(b, { throwIfNoEntry: false });
  const { dev, ino } = statSync(a);
  return there?.ino === ino && there.dev === dev;
}

/** Where an import ended that was interrupted; undefined: there was none; a text: why it cannot be gone on with. */
function resumable(
  stateFile: string,
  file: string,
  format: ImportState['format'],
  replace: boolean,
): ImportState | undefined | string {
  const state = readImportState(stateFile);
  if (state === undefined) return undefined;
  if (state === 'damaged')
    return `${stateFile} cannot be read: import the file without --resume, which is safe, too`;
  const { octets, headHash } = markOf(file);
  if (octets !== state.source.octets || headHash !== state.source.headHash)
    return `${file} is not the file that was being imported: import it without --resume`;
  if (format !== state.format || replace !== state.replace)
    return 'the import that was interrupted had another --format or --replace: use the same, or no --resume';
  return state;
}

function sum(a: ImportProgress, b: ImportProgress): ImportProgress {
  return {
    added: a.added + b.added,
    changed: a.changed + b.changed,
    unchanged: a.unchanged + b.unchanged,
    faultyCount: a.faultyCount + b.faultyCount,
  };
}
