import { InvalidArgumentError } from 'commander';
import { namedNotation, readPointCode } from '../types/point-code.ts';

/** A point code of 14 bits, `2-100-1` (3-8-3 bits) or as a number, for commander. */
export function pointCodeOption(text: string): number {
  const pointCode = readPointCode(text, namedNotation('itu'));
  if (pointCode === undefined)
    throw new InvalidArgumentError('A point code of 14 bits: 2-100-1, or a number up to 16383.');
  return pointCode;
}
