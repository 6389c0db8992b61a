/** Data files with damage: bits that flipped, pages that were torn, zeroed or written to the wrong place, files cut off. */
import type { Random } from '../../../../src/types/random.ts';
import { randomBelow } from '../../../../src/types/random.ts';

export const PAGE = 4096;

/** A copy with one damage of a kind that the dice choose, and its name. */
export function damaged(sound: Buffer, random: Random): { readonly octets: Buffer; readonly what: string } {
  const octets = Buffer.from(sound);
  const pages = Math.floor(octets.length / PAGE);
  const below = (limit: number): number => randomBelow(random, limit);
  const page = below(pages);
  switch (below(10)) {
    case 0: {
      const length = below(octets.length);
      return { octets: octets.subarray(0, length), what: `cut to ${length} octets` };
    }
    case 1:
      octets.fill(0, page * PAGE, (page + 1) * PAGE);
      return { octets, what: `page ${page} is zeros` };
    case 2: {
      const other = below(pages);
      sound.copy(octets, page * PAGE, other * PAGE, (other + 1) * PAGE);
      return { octets, what: `page ${page} is page ${other}` };
    }
    case 3: {
      const from = page * PAGE + below(PAGE);
      octets.fill(below(256), from, (page + 1) * PAGE);
      return { octets, what: `page ${page} is torn at ${from % PAGE}` };
    }
    // The heads of pages, where all that LMDB trusts stands, more often than their share.
    case 4:
    case 5:
    case 6: {
      const at = page * PAGE + below(200);
      octets[at] = (octets[at] ?? 0) ^ (1 << below(8));
      return { octets, what: `a bit of octet ${at % PAGE} of page ${page}` };
    }
    default: {
      const at = below(octets.length);
      octets[at] = (octets[at] ?? 0) ^ (1 << below(8));
      return { octets, what: `a bit of octet ${at % PAGE} of page ${page}` };
    }
  }
}
