/** SCTP packets as trees (RFC 9260 §3), with the messages of their DATA chunks. */
import {
  chunkType,
  DATA_HEADER_OCTETS,
  dataFlag,
  PACKET_HEADER_OCTETS,
  padded,
} from '../stack/sctp/chunk.ts';
import { packetChecksum } from '../stack/sctp/crc32c.ts';
import { m3uaTree } from './m3ua-tree.ts';
import { m2paTree } from './mtp-tree.ts';
import type { SccpSight } from './sccp-tree.ts';
import { hexOf, type TreeNode } from './tree.ts';

const CHUNKS = new Map<number, string>(Object.entries(chunkType).map(([name, type]) => [type, name]));

/** Payload protocol identifiers that signalling uses, as IANA has them. */
const PAYLOADS: Readonly<Record<number, string>> = {
  1: 'IUA',
  2: 'M2UA',
  3: 'M3UA',
  4: 'SUA',
  5: 'M2PA',
  6: 'V5UA',
  46: 'Diameter',
};

/** Messages whose fragments are still coming: by flow, stream and, of ordered ones, sequence number. */
export class SctpSight {
  readonly #fragments = new Map<string, { readonly parts: Uint8Array[]; octets: number; nextTsn: number }>();

  /** The whole message when this DATA chunk ends one; undefined: more is to come, or its beginning was not seen. */
  reassemble(flow: string, flags: number, tsn: number, payload: Uint8Array): Uint8Array | undefined {
    const first = (flags & dataFlag.B) !== 0;
    const last = (flags & dataFlag.E) !== 0;
    if (first && last) return payload;
    if (first) {
      if (this.#fragments.size >= FLOWS_MAX) this.#fragments.clear();
      this.#fragments.set(flow, { parts: [], octets: 0, nextTsn: tsn });
    }
    const waiting = this.#fragments.get(flow);
    if (waiting === undefined || waiting.nextTsn !== tsn) return undefined;
    waiting.parts.push(payload);
    waiting.octets += payload.length;
    waiting.nextTsn = (tsn + 1) >>> 0;
    if (waiting.octets > MESSAGE_OCTETS_MAX) {
      this.#fragments.delete(flow);
      return undefined;
    }
    if (!last) return undefined;
    this.#fragments.delete(flow);
    return Buffer.concat(waiting.parts);
  }
}
const FLOWS_MAX = 1000;
const MESSAGE_OCTETS_MAX = 1 << 20;

export interface SctpTreeState {
  readonly sctp: SctpSight;
  readonly sccp: SccpSight;
}

/** Whether the octets are a packet with a right checksum: how SCTP inside UDP is recognized. */
export function isSctp(octets: Uint8Array): boolean {
  if (octets.length < PACKET_HEADER_OCTETS + 4) return false;
  const packet = bufferOf(octets);
  return packetChecksum(packet) === packet.readUInt32LE(8);
}

function bufferOf(octets: Uint8Array): Buffer {
  return Buffer.from(octets.buffer, octets.byteOffset, octets.length);
}

/** `endpoints` tells associations apart. `base`: where the packet stands in the frame. */
export function sctpTree(
  octets: Uint8Array,
  endpoints: string,
  state: SctpTreeState,
  base: number,
): TreeNode {
  const place = { offset: base, length: octets.length };
  if (octets.length < PACKET_HEADER_OCTETS)
    return { name: 'SCTP', value: hexOf(octets), ...place, note: 'truncated' };
  const packet = bufferOf(octets);
  const ports = `${packet.readUInt16BE(0)} → ${packet.readUInt16BE(2)}`;
  const children: TreeNode[] = [
    { name: 'verification tag', value: packet.readUInt32BE(4), offset: base + 4, length: 4 },
  ];
  for (let at = PACKET_HEADER_OCTETS; at < packet.length; ) {
    const length = packet.length - at < 4 ? 0 : packet.readUInt16BE(at + 2);
    if (length < 4 || at + length > packet.length) {
      const rest = octets.subarray(at);
      children.push({
        name: 'chunk',
        value: hexOf(rest),
        offset: base + at,
        length: rest.length,
        note: 'truncated',
      });
      break;
    }
    children.push(chunkTree(packet.subarray(at, at + length), `${endpoints} ${ports}`, state, base + at));
    at += padded(length);
  }
  const right = packetChecksum(packet) === packet.readUInt32LE(8);
  return { name: 'SCTP', value: ports, ...place, ...(right ? {} : { note: 'wrong checksum' }), children };
}

function chunkTree(chunk: Buffer, flow: string, state: SctpTreeState, base: number): TreeNode {
  const type = chunk[0]!;
  const place = { offset: base, length: chunk.length };
  const name = CHUNKS.get(type) ?? `chunk ${type}`;
  if (type !== chunkType.DATA)
    return { name, ...place, ...(chunk.length > 4 ? { value: hexOf(chunk.subarray(4)) } : {}) };
  if (chunk.length < DATA_HEADER_OCTETS) return { name, value: hexOf(chunk), ...place, note: 'truncated' };
  const tsn = chunk.readUInt32BE(4);
  const stream = chunk.readUInt16BE(8);
  const identifier = chunk.readUInt32BE(12);
  const field = (what: string, at: number, length: number, value: number | string) => ({
    name: what,
    value,
    offset: base + at,
    length,
  });
  const payload = chunk.subarray(DATA_HEADER_OCTETS);
  const whole = state.sctp.reassemble(`${flow} ${stream}`, chunk[1]!, tsn, payload);
  const at = base + DATA_HEADER_OCTETS;
  return {
    name,
    ...place,
    children: [
      field('TSN', 4, 4, tsn),
      field('stream identifier', 8, 2, stream),
      field('stream sequence number', 10, 2, chunk.readUInt16BE(10)),
      field('payload protocol identifier', 12, 4, `${identifier} ${PAYLOADS[identifier] ?? ''}`.trim()),
      whole === undefined
        ? { name: 'fragment', value: hexOf(payload), offset: at, length: payload.length, note: 'a fragment' }
        : payloadTree(identifier, whole, state.sccp, whole.length === payload.length ? at : 0),
    ],
  };
}

function payloadTree(identifier: number, payload: Uint8Array, sight: SccpSight, base: number): TreeNode {
  if (identifier === 3) return m3uaTree(payload, sight, base);
  if (identifier === 5) return m2paTree(payload, sight, base);
  const name = PAYLOADS[identifier] ?? `payload ${identifier}`;
  return { name, value: hexOf(payload), offset: base, length: payload.length, note: 'not covered yet' };
}
