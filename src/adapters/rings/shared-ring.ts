/** A ring in memory that threads share. */
import { type RingMemory, ringOctets } from '../../engine/ring.ts';

/** Can be posted to the threads at both ends; `capacityOctets` is a power of two, 1 KiB … 1 GiB. */
export function sharedRing(name: string, capacityOctets: number): RingMemory {
  return { name, buffer: new SharedArrayBuffer(ringOctets(capacityOctets)) };
}
