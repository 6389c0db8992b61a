/** The id of an effect as it is written outside, and back. */
import { partitionCount } from '../partition.ts';
import type { EffectId } from './notice.ts';

const KEY = /^(\d{1,3})\.(\d{1,16})\.(\d{1,9})$/;

/** Undefined: no effect has such a key. Only what `effectKey` writes is read. */
export function parseEffectKey(key: string): EffectId | undefined {
  const [, ...digits] = KEY.exec(key) ?? [];
  const [partition = -1, sequence = -1, index = -1] = digits.map(Number);
  const isOne =
    partition >= 0 && partition < partitionCount && sequence > 0 && Number.isSafeInteger(sequence);
  const id = { partition, sequence, index };
  return isOne && `${partition}.${sequence}.${index}` === key ? id : undefined;
}
