import { MemoryNetwork, type MemoryNetworkOptions } from '../../stack/sctp/memory.ts';

/** A memory network on the event loop of this thread; the simulation makes its own on a seeded scheduler. */
export function memoryNetwork(options: Omit<MemoryNetworkOptions, 'defer'> = {}): MemoryNetwork {
  return new MemoryNetwork({ ...options, defer: (callback) => void setImmediate(callback) });
}
