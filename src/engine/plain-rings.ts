/** Both ends of every ring of a plan, in plain memory: for parts that share a thread. */
import {
  MemoryRingReader,
  MemoryRingWriter,
  plainRing,
  type RingLevel,
  type RingMemory,
  ringLevel,
} from './ring.ts';
import { type Rings, ringPlan } from './wiring.ts';

export interface PlainRings extends Rings {
  levels(): RingLevel[];
}

/**
 * @param divisor a power of two: how much smaller the rings are than between threads
 * @param wake called when something was written
 * @param octetsMin a power of two: no ring is smaller
 */
export function plainRings(
  shards: number,
  divisor = 32,
  wake: () => void = () => undefined,
  octetsMin?: number,
): PlainRings {
  const memories = new Map<string, RingMemory>(
    ringPlan(shards, divisor, octetsMin).map(({ name, capacityOctets }) => [
      name,
      plainRing(name, capacityOctets),
    ]),
  );
  const memory = (name: string): RingMemory => {
    const found = memories.get(name);
    if (found === undefined) throw new RangeError(`there is no ring ${name}`);
    return found;
  };
  return {
    writer: (name) => new MemoryRingWriter(memory(name), wake),
    reader: (name) => new MemoryRingReader(memory(name)),
    levels: () => [...memories.values()].map(ringLevel),
  };
}
