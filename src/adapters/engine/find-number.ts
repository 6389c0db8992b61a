/** Where a number is named in all that an engine has stored, step by step: memory is that of one step. */

import type { SearchHit, SearchPage, SearchPlace } from '../../types/model/thread.ts';
import { partitionCount } from '../../types/partition.ts';
import type { NumberAccess } from './number-access.ts';

export interface Found extends SearchHit {
  readonly place: SearchPlace;
}

export interface SearchProgress {
  /** Records and journal records looked at. */
  looked: number;
  /** Of those, ones that could not be read. */
  unreadable: number;
  /** From 0 to 1. */
  part: number;
  /** Of the journals of all shards. */
  readonly journals: JournalReach[];
}

export type JournalReach = Pick<SearchPage, 'firstWindow' | 'lastWindow' | 'firstAtMs'>;

/** Shares of the whole, as far as can be told: the records are most of it. */
const RECORDS_PART = 0.8;

export function searchProgress(): SearchProgress {
  return { looked: 0, unreadable: 0, part: 0, journals: [] };
}

export async function* findNumber(
  access: NumberAccess,
  number: string,
  places: readonly SearchPlace[],
  progress: SearchProgress = searchProgress(),
): AsyncGenerator<Found> {
  const shards = await access.shardPartitions();
  const steps = places.flatMap((place) =>
    (place === 'records' ? Array.from({ length: partitionCount }, (_, at) => at) : shards).map(
      (partition) => ({
        place,
        partition,
        weight: place === 'records' ? RECORDS_PART / partitionCount : 0.1 / shards.length,
      }),
    ),
  );
  for (const { place, partition, weight } of steps) {
    for (let after = ''; ; ) {
      const page = await access.search({ number, place, partition, after });
      progress.looked += page.looked;
      progress.unreadable += page.unreadable;
      for (const hit of page.hits) yield { ...hit, place };
      after = page.after;
      if (!page.done) continue;
      if (place === 'journal')
        progress.journals.push({
          firstWindow: page.firstWindow,
          lastWindow: page.lastWindow,
          firstAtMs: page.firstAtMs,
        });
      break;
    }
    progress.part += weight;
  }
}
