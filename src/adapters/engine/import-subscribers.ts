/** Takes a file of subscribers in: batches within a bound, each line by itself, so that it may be done again at any time. */
import type { SubscriberChange } from '../../provisioning/reader.ts';
import { CHANGES_MAX, type ChangeOptions, type SubscriberAccess } from './subscriber-access.ts';
import {
  type FaultyLine,
  type LinePlace,
  readSubscriberFile,
  type SubscriberFileOptions,
  type SubscriberLine,
} from './subscriber-file.ts';

export interface ImportOptions extends SubscriberFileOptions, Partial<ChangeOptions> {
  /** Lines of one batch. */
  readonly batchMax?: number;
  /** Batches that may be under way at once. */
  readonly batchesMax?: number;
  /** Faulty lines that are kept; further ones are only counted. */
  readonly faultyMax?: number;
  /** The head line as it is, before what is below it. */
  readonly onHead?: (octets: Uint8Array) => void;
  /** A faulty line as it is, in its turn: what is above it is durable. */
  readonly onFaulty?: (octets: Uint8Array, fault: FaultyLine) => void;
  /** Called after each batch: all lines up to `place` are durable, or were said to be faulty. */
  readonly onProgress?: (progress: ImportProgress, place: LinePlace) => void;
}

export interface ImportProgress {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly faultyCount: number;
}

export interface ImportOutcome extends ImportProgress {
  /** The first ones. */
  readonly faulty: readonly FaultyLine[];
}

/** Octets of the lines of one batch, which becomes one request. */
const BATCH_OCTETS_MAX = 65_536;

interface Batch {
  readonly changes: SubscriberChange[];
  octets: number;
  /** Of its last line. */
  place: LinePlace;
  readonly faulty: { readonly octets: Uint8Array; readonly fault: FaultyLine }[];
}

/**
 * Resolves when all that was good is durable. Ends with what `access` or `source` throws; what was taken until then is
 * taken, and the rest follows when it is done again.
 */
export async function importSubscribers(
  access: Pick<SubscriberAccess, 'change'>,
  source: AsyncIterable<Uint8Array | string>,
  options: ImportOptions,
): Promise<ImportOutcome> {
  const { batchMax = 256, batchesMax = 8, faultyMax = 100, replace = false, dryRun = false } = options;
  const faulty: FaultyLine[] = [];
  const progress = { added: 0, changed: 0, unchanged: 0, faultyCount: 0 };
  const underWay: Promise<void>[] = [];
  let batch = emptyBatch(options.from ?? { line: 0, endsAt: 0 });

  /** Batches end in the order in which they began: what is durable is always a beginning of the file. */
  const settleOldest = async (): Promise<void> => {
    const oldest = underWay.shift();
    await oldest;
  };
  const send = async (): Promise<void> => {
    const { changes, place, faulty: wrong } = batch;
    batch = emptyBatch(place);
    const outcomes = changes.length === 0 ? Promise.resolve([]) : access.change(changes, { replace, dryRun });
    const settled = inOrder(underWay.at(-1), outcomes).then((found) => {
      for (const outcome of found) progress[outcome]++;
      progress.faultyCount += wrong.length;
      for (const { octets, fault } of wrong) options.onFaulty?.(octets, fault);
      options.onProgress?.({ ...progress }, place);
    });
    // Told to whoever waits for it, later.
    settled.catch(() => undefined);
    underWay.push(settled);
    if (underWay.length >= batchesMax) await settleOldest();
  };
  const take = async (line: SubscriberLine): Promise<void> => {
    batch.place = { line: line.line, endsAt: line.endsAt };
    if (line.kind === 'head') return options.onHead?.(line.octets);
    if (line.kind === 'fault') {
      const fault = { ...line.fault, line: line.line };
      batch.faulty.push({ octets: line.octets, fault });
      if (faulty.length < faultyMax) faulty.push(fault);
    } else batch.changes.push(line.change);
    batch.octets += line.octets.length;
    const { changes, octets, faulty: wrong } = batch;
    const full = changes.length + wrong.length >= Math.min(batchMax, CHANGES_MAX);
    if (full || octets >= BATCH_OCTETS_MAX) await send();
  };

  try {
    for await (const line of readSubscriberFile(source, options)) await take(line);
    await send();
    while (underWay.length > 0) await settleOldest();
  } finally {
    await Promise.allSettled(underWay);
  }
  return { ...progress, faulty };
}

/** What came of a batch when it and those before have ended; when one of these failed, its error. */
async function inOrder<T>(before: Promise<void> | undefined, outcome: Promise<T>): Promise<T> {
  const [first, own] = await Promise.allSettled([before, outcome]);
  if (first.status === 'rejected') throw first.reason;
  if (own.status === 'rejected') throw own.reason;
  return own.value;
}

/** @param place what the batches before have taken in */
function emptyBatch(place: LinePlace): Batch {
  return { changes: [], octets: 0, place, faulty: [] };
}
