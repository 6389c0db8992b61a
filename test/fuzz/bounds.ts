/** Bounds on what a decoder makes of its input: a constant times the size of the input, and something for the empty one. */

/** Objects, elements and values that are reached from what was read. */
export const NODES_PER_OCTET = 16;
export const NODES_AT_LEAST = 2048;
/** Octets of strings and arrays that are not views of the input: a tree says what it shows in words, layer by layer. */
export const KEPT_PER_OCTET = 128;
export const KEPT_AT_LEAST = 8192;
/** Octets of typed arrays and buffers that were made while it was read. */
export const ALLOCATED_PER_OCTET = 16;
export const ALLOCATED_AT_LEAST = 8192;

export interface Measure {
  readonly nodes: number;
  readonly keptOctets: number;
}

/** Counts until the bounds are passed, so that it ends whatever was made. */
export function measure(value: unknown, input: Uint8Array): Measure {
  const nodesMax = input.length * NODES_PER_OCTET + NODES_AT_LEAST;
  const seen = new Set<object>();
  const open: unknown[] = [value];
  let nodes = 0;
  let keptOctets = 0;
  while (open.length > 0 && nodes <= nodesMax) {
    const one = open.pop();
    if (one === undefined) continue;
    nodes++;
    if (typeof one === 'string') keptOctets += one.length;
    if (typeof one !== 'object' || one === null || seen.has(one)) continue;
    seen.add(one);
    if (ArrayBuffer.isView(one)) {
      if (one.buffer !== input.buffer) keptOctets += one.byteLength;
      continue;
    }
    if (one instanceof Map || one instanceof Set) open.push(...one.values());
    else for (const key of Reflect.ownKeys(one)) open.push((one as Record<string | symbol, unknown>)[key]);
  }
  return { nodes, keptOctets };
}

/** What `measure` found wrong; undefined: nothing. */
export function beyondBounds(
  { nodes, keptOctets }: Measure,
  allocatedOctets: number,
  inputOctets: number,
): string | undefined {
  if (nodes > inputOctets * NODES_PER_OCTET + NODES_AT_LEAST)
    return `${nodes} nodes of ${inputOctets} octets`;
  if (keptOctets > inputOctets * KEPT_PER_OCTET + KEPT_AT_LEAST)
    return `${keptOctets} octets kept of ${inputOctets}`;
  if (allocatedOctets > inputOctets * ALLOCATED_PER_OCTET + ALLOCATED_AT_LEAST)
    return `${allocatedOctets} octets allocated for ${inputOctets}`;
  return undefined;
}

/** Octets of the typed arrays and buffers that `work` makes by a length; views take none. */
export function allocatedDuring<T>(work: () => T): { readonly result: T; readonly allocatedOctets: number } {
  let allocatedOctets = 0;
  const alloc = Reflect.get<typeof Buffer, 'alloc'>(Buffer, 'alloc');
  const allocUnsafe = Reflect.get<typeof Buffer, 'allocUnsafe'>(Buffer, 'allocUnsafe');
  const watched = globalThis.Uint8Array;
  const buffers = globalThis.ArrayBuffer;
  const counted = <M extends typeof Buffer.alloc | typeof Buffer.allocUnsafe>(make: M): M =>
    new Proxy(make, {
      apply(target, self, words: [number]) {
        allocatedOctets += words[0];
        const made: unknown = Reflect.apply(target, self, words);
        return made;
      },
    });
  const counting = <C extends typeof Uint8Array | typeof ArrayBuffer>(type: C): C =>
    new Proxy(type, {
      construct(target, words: readonly unknown[], newTarget) {
        if (typeof words[0] === 'number') allocatedOctets += words[0];
        const made: unknown = Reflect.construct(target, words, newTarget);
        return made as object;
      },
    });
  globalThis.Uint8Array = counting(watched);
  globalThis.ArrayBuffer = counting(buffers);
  Buffer.alloc = counted(alloc);
  Buffer.allocUnsafe = counted(allocUnsafe);
  try {
    return { result: work(), allocatedOctets };
  } finally {
    globalThis.Uint8Array = watched;
    globalThis.ArrayBuffer = buffers;
    Buffer.alloc = alloc;
    Buffer.allocUnsafe = allocUnsafe;
  }
}
