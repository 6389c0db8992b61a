/** One record of an engine, read by a search. */
import type { SubscriberState } from '../../types/model/state.ts';
import { partitionOf } from '../../types/partition.ts';
import { decodeState } from '../../wire/state.ts';
import type { NumberAccess } from './number-access.ts';

/** The record of a subscriber, if it names a number. */
export async function recordThatNames(
  access: NumberAccess,
  subscriber: string,
  number: string,
): Promise<Uint8Array | undefined> {
  const partition = partitionOf(subscriber);
  // A search begins behind a number: behind one that is less, and none of its length is between.
  let after = justBelow(subscriber);
  for (;;) {
    const page = await access.search({ number, place: 'records', partition, after });
    const hit = page.hits.find(({ key }) => key === subscriber);
    if (hit !== undefined) return hit.octets;
    after = page.after;
    if (page.done || after >= subscriber) return undefined;
  }
}

/** All that is known of a subscriber now; undefined: nothing, or it cannot be read. */
export async function stateOf(access: NumberAccess, number: string): Promise<SubscriberState | undefined> {
  const octets = await recordThatNames(access, number, number);
  const state = octets === undefined ? undefined : decodeState(octets);
  return state?.ok === true ? state.value : undefined;
}

function justBelow(number: string): string {
  const last = Number(number.at(-1));
  return last === 0 ? number.slice(0, -1) : `${number.slice(0, -1)}${last - 1}`;
}
