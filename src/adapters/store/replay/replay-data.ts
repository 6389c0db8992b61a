/**
 * The journal of a data directory through today's reducer, compared with what is stored. A record is newer than the start of the
 * journal, so a base is needed: the states in a backup, or nothing at all for partitions whose first event is still there.
 */
import type { SubscriberPolicy } from '../../../subscriber/policy.ts';
import { maskNumber } from '../../../types/log.ts';
import type { JournalEntry } from '../../../types/model/journal.ts';
import { initialState, type SubscriberState } from '../../../types/model/state.ts';
import { OperatingError } from '../../../types/operating-error.ts';
import { partitionCount, partitionOf } from '../../../types/partition.ts';
import { decodeJournalRecord } from '../../../wire/journal.ts';
import { decodeState } from '../../../wire/state.ts';
import { SEQUENCES_SKIPPED } from '../backup/restore-backup.ts';
import { checkEnvironment } from '../check-environment.ts';
import type { TableName } from '../checksum.ts';
import { shardDirectory, shardsIn } from '../data-directory.ts';
import { decodeHead, epochsKey, headKey } from '../environment.ts';
import { windowOfKey } from '../keys.ts';
import { Fold } from './fold.ts';

export interface ReplayDataOptions {
  /** Locked by this process. */
  readonly directory: string;
  readonly backup: string | undefined;
  readonly policy: SubscriberPolicy;
  readonly onProgress: (text: string) => void;
}

export interface Difference {
  /** Masked. */
  readonly subscriber: string;
  readonly partition: number;
  readonly sequence: number;
  readonly fields: readonly string[];
}

export interface ReplayReport {
  readonly differences: readonly Difference[];
  readonly furtherDifferences: number;
  /** Subscribers whose state was folded and compared. */
  readonly compared: number;
  readonly events: number;
  /** Partitions of which nothing could be shown. */
  readonly notShown: readonly number[];
}

const DIFFERENCES_MAX = 200;

/** @throws OperatingError `CW_STORE_DAMAGED`, `CW_JOURNAL_DAMAGED`, `CW_REPLAY_GAP` */
export function replayData(options: ReplayDataOptions): ReplayReport {
  const differences: Difference[] = [];
  let furtherDifferences = 0;
  let compared = 0;
  let events = 0;
  const notShown: number[] = [];
  for (const shard of shardsIn(options.directory)) {
    options.onProgress(`shard-${shard}: replaying`);
    const replay = new ShardReplay(options, shard);
    for (const difference of replay.run()) {
      if (differences.length < DIFFERENCES_MAX) differences.push(difference);
      else furtherDifferences++;
    }
    compared += replay.compared;
    events += replay.events;
    notShown.push(...replay.notShown);
  }
  return { differences, furtherDifferences, compared, events, notShown: notShown.sort((a, b) => a - b) };
}

interface Base {
  readonly window: number;
  readonly recoverFrom: number;
  readonly epochs: readonly number[];
  readonly sequences: Float64Array;
}

class ShardReplay {
  compared = 0;
  events = 0;
  readonly notShown: number[] = [];
  readonly #options: ReplayDataOptions;
  readonly #folder: string;
  readonly #backup: string | undefined;
  readonly #shard: number;
  readonly #folds = new Map<string, Fold>();

  constructor(options: ReplayDataOptions, shard: number) {
    this.#options = options;
    this.#shard = shard;
    this.#folder = shardDirectory(options.directory, shard);
    this.#backup = options.backup === undefined ? undefined : shardDirectory(options.backup, shard);
  }

  *run(): Generator<Difference> {
    const now = headOf(this.#folder);
    const base = this.#backup === undefined ? undefined : headOf(this.#backup);
    const shown = base === undefined ? this.#wholePartitions(now) : this.#commonPartitions(now, base);
    for (const [partition, epoch] of now.epochs.entries())
      if (epoch > 0 && !shown.has(partition) && hadEvents(now.sequences[partition]))
        this.notShown.push(partition);
    const since = base === undefined ? 0 : base.window;
    const touched = new Set<string>();
    eachEntry(this.#folder, (window, { partition, event }) => {
      if (window > since && shown.has(partition)) touched.add(event.subscriber);
    });
    const stored = statesOf(this.#folder, touched);
    const bases =
      this.#backup === undefined ? new Map<string, SubscriberState>() : statesOf(this.#backup, touched);
    for (const number of touched)
      this.#folds.set(number, new Fold(bases.get(number) ?? initialState(number), this.#options.policy));
    const late = new Set<string>();
    const fold = (window: number, entry: JournalEntry): void => {
      const { subscriber } = entry.event;
      const record = stored.get(subscriber);
      // What the record does not have yet is read by the next start.
      if (record === undefined ? window >= now.recoverFrom : entry.sequence > record.sequence) {
        if (record === undefined) late.add(subscriber);
        return;
      }
      this.events++;
      this.#folds.get(subscriber)?.take(entry);
    };
    if (this.#backup !== undefined && base !== undefined) {
      eachEntry(this.#backup, (window, entry) => {
        const { subscriber } = entry.event;
        const known = bases.get(subscriber);
        if (window >= base.recoverFrom && touched.has(subscriber) && entry.sequence > (known?.sequence ?? 0))
          fold(0, entry);
      });
    }
    eachEntry(this.#folder, (window, entry) => {
      if (window > since && shown.has(entry.partition)) fold(window, entry);
    });
    for (const [number, one] of this.#folds) {
      const record = stored.get(number);
      if (record === undefined && late.has(number)) continue;
      this.compared++;
      yield* differencesOf(number, one, record);
    }
  }

  /** Those of which the journal has the first event, and all since. */
  #wholePartitions(now: Base): Set<number> {
    const last = new Map<number, number>();
    const broken = new Set<number>();
    eachEntry(this.#folder, (_window, { partition, sequence }) => {
      // A restore skips so many, whatever came before it.
      const missing = sequence - 1 - (last.get(partition) ?? 0);
      if (missing % SEQUENCES_SKIPPED !== 0) broken.add(partition);
      last.set(partition, sequence);
    });
    const whole = [...now.epochs.keys()].filter(
      (partition) => (now.epochs[partition] ?? 0) > 0 && last.has(partition) && !broken.has(partition),
    );
    return new Set(whole);
  }

  #commonPartitions(now: Base, base: Base): Set<number> {
    let first = 0;
    eachWindow(this.#folder, (window) => {
      if (first === 0) first = window;
    });
    if (now.window < base.window || (now.window > base.window && (first === 0 || first > base.window + 1)))
      throw new OperatingError(
        'CW_REPLAY_GAP',
        now.window < base.window
          ? `shard-${this.#shard}: the backup ends with window ${base.window}, and the data with ${now.window}: it is of other data, or younger than these`
          : `shard-${this.#shard}: the backup ends with window ${base.window}, and the journal begins with window ${first}: nothing can be said about what is between`,
        { shard: this.#shard, first, window: base.window },
      );
    return new Set(
      [...now.epochs.keys()].filter(
        (partition) => (now.epochs[partition] ?? 0) > 0 && now.epochs[partition] === base.epochs[partition],
      ),
    );
  }
}

function* differencesOf(
  number: string,
  fold: Fold,
  record: SubscriberState | undefined,
): Generator<Difference> {
  const fields = fold.differences(record);
  if (fold.effectsDifferAt !== 0) fields.push('effects');
  if (fields.length === 0) return;
  const partition = partitionOf(number);
  const sequence = fold.effectsDifferAt || (record?.sequence ?? fold.states[0]?.sequence ?? 0);
  yield { subscriber: maskNumber(number), partition, sequence, fields };
}

function headOf(folder: string): Base {
  let head: Omit<Base, 'epochs'> = {
    window: 0,
    recoverFrom: 1,
    sequences: new Float64Array(partitionCount),
  };
  let epochs: number[] = [];
  read(folder, 'meta', (key, value) => {
    if (key.equals(headKey)) head = decodeHead(Buffer.from(value));
    else if (key.equals(epochsKey))
      epochs = Array.from({ length: partitionCount }, (_, partition) => value.readDoubleLE(partition * 8));
  });
  return { ...head, epochs };
}

/** A partition that never had one is where restores have put it. */
function hadEvents(sequence = 0): boolean {
  return sequence % SEQUENCES_SKIPPED !== 0;
}

function eachWindow(folder: string, take: (window: number, value: Buffer) => void): void {
  read(folder, 'journal', (key, value) => take(windowOfKey(key), value));
}

function eachEntry(folder: string, take: (window: number, entry: JournalEntry) => void): void {
  let before = 0;
  eachWindow(folder, (window, value) => {
    const record = decodeJournalRecord(value);
    if (before !== 0 && window !== before + 1) throw damaged(`window ${before + 1} is missing`);
    if (!record.ok) throw damaged(`window ${window}: ${record.code}`);
    before = window;
    for (const entry of record.value.entries) take(window, entry);
  });
}

function statesOf(folder: string, wanted: ReadonlySet<string>): Map<string, SubscriberState> {
  const states = new Map<string, SubscriberState>();
  read(folder, 'actors', (_key, value) => {
    const state = decodeState(value);
    if (!state.ok) throw damaged(`the record of a subscriber: ${state.code}`);
    if (wanted.has(state.value.number)) states.set(state.value.number, state.value);
  });
  return states;
}

function read(folder: string, wanted: TableName, take: (key: Buffer, value: Buffer) => void): void {
  const { faults } = checkEnvironment({
    directory: folder,
    depth: 'quick',
    also: [wanted],
    onEntry: ({ table, key, value }) => {
      if (table === wanted) take(key, value);
    },
  });
  if (faults.length > 0)
    throw new OperatingError(
      'CW_STORE_DAMAGED',
      `the store in ${folder} is damaged: see callwake verify (${faults[0]})`,
      { folder, faults },
    );
}

function damaged(what: string): OperatingError {
  return new OperatingError('CW_JOURNAL_DAMAGED', `The journal cannot be read (${what}). Restore a backup.`, {
    what,
  });
}
