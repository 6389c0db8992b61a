/** A long series as few points: a picture has no more pixels. */

export type Values = readonly (number | null)[];

/** The worst of each piece stays, so that no peak is hidden; null where nothing was measured. */
export function condensed(values: Values, pieces: number, how: 'mean' | 'most'): Values {
  if (values.length <= pieces) return values;
  return Array.from({ length: pieces }, (_, at) => {
    const from = Math.floor((at * values.length) / pieces);
    const to = Math.floor(((at + 1) * values.length) / pieces);
    const there = values.slice(from, to).filter((one) => one !== null);
    if (there.length === 0) return null;
    return how === 'most' ? Math.max(...there) : there.reduce((sum, one) => sum + one, 0) / there.length;
  });
}
