/** What an import leaves beside its file: the lines that were wrong, and how far it is, for `--resume`. */
import { statSync } from 'node:fs';
import type { ImportProgress } from '../adapters/engine/import-subscribers.ts';
import {
  type FaultyLine,
  type FileFormat,
  LINE_OCTETS_MAX,
  type LinePlace,
} from '../adapters/engine/subscriber-file.ts';
import { ErrorFile } from './error-file.ts';
import {
  type ImportState,
  markOf,
  readImportState,
  removeImportState,
  type SourceMark,
  writeImportState,
} from './import-state.ts';

export interface LedgerOptions {
  /** The file that is imported; undefined: standard input. */
  readonly file: string | undefined;
  readonly format: FileFormat;
  readonly replace: boolean;
  readonly dryRun: boolean;
  /** Where wrong lines go. */
  readonly errors: string | undefined;
  /** What is gone on from. */
  readonly resumed: ImportState | undefined;
}

const STATE_EVERY_MS = 1_000;
const NOTHING: ImportProgress = { added: 0, changed: 0, unchanged: 0, faultyCount: 0 };

export class ImportLedger {
  readonly #options: LedgerOptions;
  readonly #errorFile: ErrorFile | undefined;
  readonly #stateFile: string | undefined;
  readonly #source: SourceMark | undefined;
  readonly before: ImportProgress;
  #head: string;
  #keptAtMs = 0;

  constructor(options: LedgerOptions) {
    const { file, errors, dryRun, resumed } = options;
    this.#options = options;
    this.before = resumed?.progress ?? NOTHING;
    this.#head = resumed?.head ?? '';
    if (errors === undefined) return;
    this.#errorFile = new ErrorFile(errors, resumed?.errorOctets ?? 0);
    if (this.#head !== '') this.#errorFile.begin(Buffer.from(this.#head));
    if (file === undefined || dryRun) return;
    this.#stateFile = stateFileOf(errors);
    this.#source = markOf(file);
  }

  readonly head = (octets: Uint8Array): void => {
    this.#head = Buffer.from(octets).toString('utf8');
    this.#errorFile?.begin(octets);
  };

  readonly faulty = (octets: Uint8Array, fault: FaultyLine): void =>
    this.#errorFile?.put(octets, { ...fault, tooLong: octets.length >= LINE_OCTETS_MAX });

  /** With what was done before the interruption. */
  sum({ added, changed, unchanged, faultyCount }: ImportProgress): ImportProgress {
    const { before } = this;
    return {
      added: before.added + added,
      changed: before.changed + changed,
      unchanged: before.unchanged + unchanged,
      faultyCount: before.faultyCount + faultyCount,
    };
  }

  /** All up to `place` is durable. */
  keep(progress: ImportProgress, place: LinePlace): void {
    const nowMs = performance.now();
    if (this.#stateFile === undefined || nowMs - this.#keptAtMs < STATE_EVERY_MS) return;
    this.#keptAtMs = nowMs;
    const { format, replace } = this.#options;
    writeImportState(this.#stateFile, {
      version: 1,
      source: this.#source!,
      format,
      replace,
      head: this.#head,
      place,
      progress,
      errorOctets: this.#errorFile?.octets ?? 0,
    });
  }

  close(): void {
    this.#errorFile?.close();
  }

  /** The import came to its end: there is nothing to go on with. */
  end(): void {
    if (this.#stateFile !== undefined) removeImportState(this.#stateFile);
  }
}

const stateFileOf = (errors: string): string => `${errors}.state`;

/** Where an import ended that was interrupted; undefined: there was none; a text: why it cannot be gone on with. */
export function interruptedImport(
  file: string,
  errors: string,
  { format, replace }: Pick<LedgerOptions, 'format' | 'replace'>,
): ImportState | undefined | string {
  const state = readImportState(stateFileOf(errors));
  if (state === undefined) return undefined;
  if (state === 'damaged')
    return `${stateFileOf(errors)} cannot be read: import the file without --resume, which is safe, too`;
  const { octets, headHash } = markOf(file);
  if (octets !== state.source.octets || headHash !== state.source.headHash)
    return `${file} is not the file that was being imported: import it without --resume`;
  if (format !== state.format || replace !== state.replace)
    return 'the import that was interrupted had another --format or --replace: use the same, or no --resume';
  const there = statSync(errors, { throwIfNoEntry: false })?.size ?? 0;
  if (there < state.errorOctets)
    return `${errors} is not as the import has left it: import the file without --resume`;
  return state;
}
