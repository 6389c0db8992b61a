/** A rendered batch as few objects: what crosses between threads is copied, and many small arrays are dear to copy. */
import type { RenderFallback } from '../../notice/compose.ts';
import type { RenderedNotice } from '../../notice/render.ts';
import type { RenderedBatch } from '../../notice/render-batch.ts';
import type { ChannelMessages } from '../../notice/render-channel.ts';

export interface PackedBatch {
  readonly texts: readonly string[];
  /** Parts of each notice, 1 … 255; 0 where it could not be rendered, and of what goes by other channels. */
  readonly partCounts: Uint8Array;
  /** Octets of each part, all notices in order; a TPDU is far below 256. */
  readonly partLengths: Uint8Array;
  readonly octets: Uint8Array;
  /** Notices that had to fall back, by index. */
  readonly fallbacks: readonly (readonly [index: number, fallbacks: readonly RenderFallback[]])[];
  /** What goes by other channels, by index. */
  readonly messages: readonly (readonly [index: number, messages: ChannelMessages])[];
  readonly faults: readonly string[];
}

export function packBatch({ rendered, faults }: RenderedBatch): PackedBatch {
  const parts = rendered.flatMap((notice) => notice?.parts ?? []);
  const octets = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let to = 0;
  for (const part of parts) {
    octets.set(part, to);
    to += part.length;
  }
  return {
    texts: rendered.map((notice) => notice?.text ?? ''),
    partCounts: Uint8Array.from(rendered, (notice) => notice?.parts.length ?? 0),
    partLengths: Uint8Array.from(parts, (part) => part.length),
    octets,
    fallbacks: rendered.flatMap((notice, index) =>
      notice === undefined || notice.fallbacks.length === 0 ? [] : [[index, notice.fallbacks] as const],
    ),
    messages: rendered.flatMap((notice, index) =>
      notice?.messages === undefined ? [] : [[index, notice.messages] as const],
    ),
    faults,
  };
}

/** The batch again; its parts are views of one array. */
export function unpackBatch(packed: PackedBatch): RenderedBatch {
  const fallbacks = new Map(packed.fallbacks);
  const messages = new Map(packed.messages);
  let part = 0;
  let from = 0;
  const rendered = packed.texts.map((text, index): RenderedNotice | undefined => {
    const count = packed.partCounts[index] ?? 0;
    const other = messages.get(index);
    if (other !== undefined)
      return { text, parts: [], fallbacks: fallbacks.get(index) ?? [], messages: other };
    if (count === 0) return undefined;
    const parts: Uint8Array[] = [];
    for (let at = 0; at < count; at++) {
      const length = packed.partLengths[part++] ?? 0;
      parts.push(packed.octets.subarray(from, from + length));
      from += length;
    }
    return { text, parts, fallbacks: fallbacks.get(index) ?? [] };
  });
  return { rendered, faults: packed.faults };
}
