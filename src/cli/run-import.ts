/** What `callwake subscriber import` does. */
import { createReadStream, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { type ImportProgress, importSubscribers } from '../adapters/engine/import-subscribers.ts';
import { ProfileReader } from '../provisioning/reader.ts';
import { EXIT } from './exit-codes.ts';
import { fileFormat } from './file-format.ts';
import { ImportLedger, interruptedImport } from './import-ledger.ts';
import type { Terminal } from './program.ts';
import { withSubscribers } from './reach-subscribers.ts';
import type { ImportCommandOptions } from './subscriber.ts';
import { standardError, TransferProgress } from './transfer-progress.ts';

const READ_OCTETS = 262_144;

export function importAction(terminal: Terminal) {
  return async (name: string, options: ImportCommandOptions): Promise<number> => {
    const { errors, replace, dryRun } = options;
    const file = name === '-' ? undefined : name;
    // A file that is not there is said before anything is locked.
    if (file !== undefined) await (await open(file)).close();
    const refuse = (why: string, code: number): number => {
      terminal.error(`callwake: ${why}\n`);
      return code;
    };
    if (file !== undefined && errors !== undefined && isSameFile(file, errors))
      return refuse('--errors names the file that is to be imported: give it another name', EXIT.usage);
    const format = fileFormat(name, options.format);
    // The command line was checked: what is gone on with is a file, and has an error file.
    const resumed = options.resume ? interruptedImport(file!, errors!, { format, replace }) : undefined;
    if (typeof resumed === 'string') return refuse(resumed, EXIT.failed);
    if (options.resume && resumed === undefined)
      terminal.error('no import was interrupted that this could go on with: it begins at the beginning\n');

    const ledger = new ImportLedger({ file, format, replace, dryRun, errors, resumed });
    const start = resumed?.place.endsAt ?? 0;
    const told = new TransferProgress(
      standardError,
      file === undefined ? 0 : statSync(file).size,
      undefined,
      { rows: rowsOf(ledger.before), octets: start },
    );
    const outcome = await withSubscribers(options, (subscribers, config) =>
      importSubscribers(
        subscribers,
        file === undefined ? process.stdin : createReadStream(file, { start, highWaterMark: READ_OCTETS }),
        {
          reader: new ProfileReader(config.numbering),
          format,
          replace,
          dryRun,
          ...(resumed === undefined ? {} : { from: { ...resumed.place, head: resumed.head } }),
          onHead: ledger.head,
          onFaulty: ledger.faulty,
          onProgress: (progress, place) => {
            const all = ledger.sum(progress);
            ledger.keep(all, place);
            told.say({ rows: rowsOf(all), octets: place.endsAt });
          },
        },
      ),
    ).finally(() => {
      told.end();
      ledger.close();
    });
    ledger.end();

    const from = file ?? 'standard input';
    for (const { line, message, allowed } of outcome.faulty)
      terminal.error(`${from}:${line}: ${message}; allowed: ${allowed}\n`);
    const untold = outcome.faultyCount - outcome.faulty.length;
    if (untold > 0) terminal.error(`${from}: and ${untold} more lines are wrong\n`);
    const { added, changed, unchanged, faultyCount } = ledger.sum(outcome);
    if (errors !== undefined && faultyCount > 0) terminal.error(`what is wrong is in ${errors}\n`);
    const would = dryRun ? 'would be ' : '';
    terminal.out(
      `${would}added ${added}, changed ${changed}, unchanged ${unchanged}, faulty ${faultyCount}\n`,
    );
    return faultyCount === 0 ? EXIT.ok : EXIT.failed;
  };
}

function rowsOf({ added, changed, unchanged, faultyCount }: ImportProgress): number {
  return added + changed + unchanged + faultyCount;
}

function isSameFile(a: string, b: string): boolean {
  const there = statSync(b, { throwIfNoEntry: false });
  const { dev, ino } = statSync(a);
  return there?.ino === ino && there.dev === dev;
}
