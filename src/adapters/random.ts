import { randomBytes } from 'node:crypto';
import { type Random, SeededRandom } from '../types/random.ts';

/** Randomness seeded from the machine, 53 bits of it: for choices and jitter, not for secrets. */
export function machineRandom(): Random {
  const octets = randomBytes(8);
  return new SeededRandom((octets.readUInt32BE(0) & 0x1f_ffff) * 2 ** 32 + octets.readUInt32BE(4));
}
