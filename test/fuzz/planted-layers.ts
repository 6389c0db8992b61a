/** Layers with a fault each, to see that it is found. */
import type { FuzzLayer } from './layer.ts';

const samples = () => [{ octets: Uint8Array.from({ length: 40 }, (_, at) => at) }];
const first = (octets: Uint8Array) => octets[0] ?? 0;

export const LAYERS: Readonly<Record<string, FuzzLayer>> = {
  throws: {
    samples,
    read: (octets) => {
      if (first(octets) > 200) throw new RangeError('planted');
      return { value: undefined, read: true };
    },
  },
  'makes too much': {
    samples,
    read: (octets) => ({ value: Array.from({ length: first(octets) * 1000 }, (_, at) => at), read: true }),
  },
  'believes a length': {
    samples,
    read: (octets) => ({ value: new Uint8Array(first(octets) * 65_536).length, read: true }),
  },
  'does not end': {
    samples,
    read: (octets) => {
      while (first(octets) > 200);
      return { value: undefined, read: true };
    },
  },
};
