/** What names a run: a number, or a commit, of the second generator; `1:N` of the first. */
export interface SeedNumber {
  readonly generator: 1 | 2;
  readonly seed: number;
}

/** Of the hash of a commit so many digits count. */
const HASH_DIGITS = 12;

export function seedNumber(text: string): SeedNumber | undefined {
  const [, first, rest] = /^(1:)?([0-9a-f]{1,40})$/i.exec(text) ?? [];
  if (rest === undefined) return undefined;
  const seed =
    /^\d+$/.test(rest) && rest.length <= 15 ? Number(rest) : Number.parseInt(rest.slice(0, HASH_DIGITS), 16);
  return { generator: first === undefined ? 2 : 1, seed };
}
