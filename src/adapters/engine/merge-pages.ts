/** Several sources that are each in order, read page by page, as one list in order. */

interface Numbered {
  readonly number: string;
}

const PAGE_MIN = 4;
const PAGE_MAX = 500;

/**
 * The first `limit` entries above `after` over all sources. `page` gives up to `count` entries of one source above
 * `from` in the order of their numbers as text, and none only when there are no more.
 */
export async function mergePages<T extends Numbered>(
  sources: number,
  after: string,
  limit: number,
  page: (source: number, from: string, count: number) => Promise<readonly T[]>,
): Promise<T[]> {
  const count = Math.min(PAGE_MAX, Math.max(PAGE_MIN, Math.ceil((limit / sources) * 1.5)));
  const load = async (source: number, from: string) => ({
    source,
    at: 0,
    entries: await page(source, from, count),
  });
  let heads = await Promise.all(Array.from({ length: sources }, (_, source) => load(source, after)));
  heads = heads.filter(({ entries }) => entries.length > 0);
  const merged: T[] = [];
  while (merged.length < limit && heads.length > 0) {
    let least = heads[0]!;
    for (const head of heads) {
      if (head.entries[head.at]!.number < least.entries[least.at]!.number) least = head;
    }
    const entry = least.entries[least.at]!;
    merged.push(entry);
    least.at++;
    if (least.at < least.entries.length || merged.length === limit) continue;
    const next = await load(least.source, entry.number);
    const index = heads.indexOf(least);
    if (next.entries.length > 0) heads[index] = next;
    else heads.splice(index, 1);
  }
  return merged;
}
