/** Takes a file of subscribers in: many at once, within a bound, and each line by itself, so that it may be done again at any time. */
import type { Config } from '../../config/schema/config.ts';
import type { SubscriberAccess, SubscriberEntry } from './subscriber-access.ts';
import { type FaultyLine, readSubscriberFile } from './subscriber-file.ts';

export interface ImportOptions {
  readonly subscribers: Config['subscribers'];
  /** Lines that may be under way at once. */
  readonly windowMax?: number;
  /** Faulty lines that are kept; further ones are only counted. */
  readonly faultyMax?: number;
  /** Called now and then, and at the end. */
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface ImportProgress {
  /** Subscribers that are new, or whose orders are others now. */
  readonly taken: number;
  readonly unchanged: number;
  readonly faultyCount: number;
}

export interface ImportOutcome extends ImportProgress {
  /** The first ones. */
  readonly faulty: readonly FaultyLine[];
}

const PROGRESS_LINES = 10_000;

/**
 * Resolves when all that was good is durable. Ends with what `access` or `source` throws; what was taken until then is
 * taken, and the rest follows when it is done again.
 */
export async function importSubscribers(
  access: Pick<SubscriberAccess, 'put'>,
  source: AsyncIterable<Uint8Array | string>,
  options: ImportOptions,
): Promise<ImportOutcome> {
  const { windowMax = 256, faultyMax = 100, onProgress } = options;
  const faulty: FaultyLine[] = [];
  let taken = 0;
  let unchanged = 0;
  let faultyCount = 0;
  let lines = 0;
  const failures: Error[] = [];
  let onRoom: (() => void) | undefined;
  /** By number: of two lines for one number the later one holds. */
  const underWay = new Map<string, Promise<void>>();
  const put = async ({ number, profile }: SubscriberEntry): Promise<void> => {
    try {
      if ((await access.put(number, profile)) === 'changed') taken++;
      else unchanged++;
    } catch (error) {
      failures.push(error instanceof Error ? error : new Error(String(error)));
    } finally {
      underWay.delete(number);
      onRoom?.();
    }
  };
  for await (const row of readSubscriberFile(source, options.subscribers)) {
    if (row.ok) {
      const { entry } = row;
      await underWay.get(entry.number);
      if (underWay.size >= windowMax) {
        await new Promise<void>((resolve) => {
          onRoom = resolve;
        });
      }
      if (failures.length > 0) break;
      underWay.set(entry.number, put(entry));
    } else {
      faultyCount++;
      if (faulty.length < faultyMax) faulty.push(row.fault);
    }
    if (++lines % PROGRESS_LINES === 0) onProgress?.({ taken, unchanged, faultyCount });
  }
  await Promise.all(underWay.values());
  const [failure] = failures;
  if (failure !== undefined) throw failure;
  onProgress?.({ taken, unchanged, faultyCount });
  return { taken, unchanged, faultyCount, faulty };
}
