/**
 * What is other than when the data were written: every value that the listing of then has, against that of today. What only
 * today’s knows is a field that a later version added.
 */
export function listingDifferences(then: string, today: string): string[] {
  const found: string[] = [];
  const nowByKey = byKey(today);
  for (const [key, value] of byKey(then)) {
    const now = nowByKey.get(key);
    nowByKey.delete(key);
    if (now === undefined) found.push(`${key}: is gone`);
    else compare(key, value, now, found);
  }
  for (const key of nowByKey.keys()) found.push(`${key}: was not there`);
  return found;
}

/** Subscribers by their number, open effects by their id. */
function byKey(listing: string): Map<string, unknown> {
  const lines = listing.split('\n').filter((line) => line !== '');
  return new Map(
    lines.map((line) => {
      const json = line.slice(line.indexOf('{'));
      const value = JSON.parse(json) as { readonly number?: string };
      return [value.number ?? line.slice(0, line.indexOf(' ')), value];
    }),
  );
}

function compare(path: string, then: unknown, now: unknown, found: string[]): void {
  if (typeof then === 'object' && then !== null && typeof now === 'object' && now !== null) {
    const [before, after] = [Object.entries(then), new Map<string, unknown>(Object.entries(now))];
    for (const [name, value] of before) compare(`${path}.${name}`, value, after.get(name), found);
    if (Array.isArray(then) && Array.isArray(now) && now.length > then.length)
      found.push(`${path}: ${now.length - then.length} more`);
  } else if (then !== now) found.push(`${path}: ${JSON.stringify(then)} → ${JSON.stringify(now)}`);
}
