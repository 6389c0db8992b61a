import { InvalidArgumentError } from 'commander';

/** A point code of 14 bits, `2-100-1` (3-8-3 bits) or as a number, for commander. */
export function pointCodeOption(text: string): number {
  const parts = /^(\d+)-(\d+)-(\d+)$/.exec(text)?.slice(1).map(Number);
  if (parts !== undefined) {
    const [zone = 0, area = 0, point = 0] = parts;
    if (zone < 8 && area < 256 && point < 8) return (zone << 11) | (area << 3) | point;
  } else if (/^\d+$/.test(text) && Number(text) < 16_384) return Number(text);
  throw new InvalidArgumentError('A point code of 14 bits: 2-100-1, or a number up to 16383.');
}
