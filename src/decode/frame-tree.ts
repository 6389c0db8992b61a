/**
 * A captured frame as a tree: link layer, IPv4 or IPv6, and SCTP (its own protocol 132, or inside UDP by RFC 6951), or
 * M3UA over TCP framed by its length. What else a frame holds is named.
 */
import { civilOf } from '../types/civil-time.ts';
import type { CapturedFrame } from './capture.ts';
import { m3uaLength, m3uaTree } from './m3ua-tree.ts';
import { SccpSight, sccpTree } from './sccp-tree.ts';
import { isSctp, SctpSight, type SctpTreeState, sctpTree } from './sctp-tree.ts';
import { hexOf, type TreeNode } from './tree.ts';

/** What the frames before said. */
export class FrameSight implements SctpTreeState {
  readonly sctp = new SctpSight();
  readonly sccp = new SccpSight();
  /** Octets of a TCP flow that do not make a whole message yet. */
  readonly tcp = new Map<string, { octets: Uint8Array; nextSequence: number }>();
}

/** Where the network layer begins, and its EtherType; undefined: a link type that is not read. */
function linkLayer({
  linkType,
  octets,
}: CapturedFrame): { readonly at: number; readonly type: number } | undefined {
  const uint16 = (at: number) => ((octets[at] ?? 0) << 8) | (octets[at + 1] ?? 0);
  switch (linkType) {
    case 1: {
      let at = 12;
      while (uint16(at) === 0x8100 || uint16(at) === 0x88a8) at += 4;
      return { at: at + 2, type: uint16(at) };
    }
    case 0:
    case 108:
      return { at: 4, type: versionType(octets[4]) };
    case 12:
    case 14:
    case 101:
    case 228:
    case 229:
      return { at: 0, type: versionType(octets[0]) };
    case 113:
      return { at: 16, type: uint16(14) };
    case 276:
      return { at: 20, type: uint16(0) };
    default:
      return undefined;
  }
}

const IPV4 = 0x0800;
const IPV6 = 0x86dd;
const LINKTYPE_SCCP = 142;

function versionType(first: number | undefined): number {
  return (first ?? 0) >> 4 === 6 ? IPV6 : IPV4;
}

export function frameTree(frame: CapturedFrame, sight: FrameSight): TreeNode {
  const { octets, atMs } = frame;
  const root = {
    name: `frame ${frame.number}`,
    ...(atMs === undefined ? {} : { value: timeText(atMs) }),
    offset: 0,
    length: octets.length,
  };
  if (frame.linkType === LINKTYPE_SCCP) return { ...root, children: [sccpTree(octets, sight.sccp)] };
  const link = linkLayer(frame);
  if (link === undefined) return { ...root, note: `not covered: link type ${frame.linkType}` };
  if (link.at > octets.length) return { ...root, note: 'truncated' };
  const inside = octets.subarray(link.at);
  if (link.type === IPV4) return { ...root, children: [ipv4Tree(inside, sight, link.at)] };
  if (link.type === IPV6) return { ...root, children: [ipv6Tree(inside, sight, link.at)] };
  return { ...root, note: `not covered: EtherType ${link.type.toString(16).padStart(4, '0')}` };
}

/** `2026-11-21T22:02:22.123456Z`. */
function timeText(atMs: number): string {
  const { year, month, day, hour, minute, second } = civilOf(atMs);
  const digits = (value: number, count: number) => String(value).padStart(count, '0');
  const micros = Math.min(999_999, Math.round((atMs - Math.floor(atMs / 1000) * 1000) * 1000));
  return `${year}-${digits(month, 2)}-${digits(day, 2)}T${digits(hour, 2)}:${digits(minute, 2)}:${digits(second, 2)}.${digits(micros, 6)}Z`;
}

function ipv4Tree(octets: Uint8Array, sight: FrameSight, base: number): TreeNode {
  const place = { offset: base, length: octets.length };
  const packet = Buffer.from(octets.buffer, octets.byteOffset, octets.length);
  const header = ((octets[0] ?? 0) & 15) * 4;
  if (octets.length < 20 || header < 20 || header > octets.length || octets[0]! >> 4 !== 4)
    return { name: 'IPv4', value: hexOf(octets), ...place, note: 'truncated' };
  const endpoints = `${octets.subarray(12, 16).join('.')} → ${octets.subarray(16, 20).join('.')}`;
  const fragment = packet.readUInt16BE(6);
  if ((fragment & 0x3fff) !== 0)
    return { name: 'IPv4', value: endpoints, ...place, note: 'not covered: a fragment' };
  const total = packet.readUInt16BE(2);
  // Zero: the sender's network card fills it in.
  const end = total >= header ? Math.min(total, octets.length) : octets.length;
  const transport = transportTree(octets[9]!, octets.subarray(header, end), endpoints, sight, base + header);
  const cut = total > octets.length ? { note: 'cut off by the capture' } : {};
  return { name: 'IPv4', value: endpoints, ...place, ...cut, children: [transport] };
}

function ipv6Tree(octets: Uint8Array, sight: FrameSight, base: number): TreeNode {
  const place = { offset: base, length: octets.length };
  if (octets.length < 40 || octets[0]! >> 4 !== 6)
    return { name: 'IPv6', value: hexOf(octets), ...place, note: 'truncated' };
  const endpoints = `${ipv6Text(octets.subarray(8, 24))} → ${ipv6Text(octets.subarray(24, 40))}`;
  let next = octets[6]!;
  let at = 40;
  // Hop-by-hop options, routing, destination options: a length in units of eight octets, the first not counted.
  while ((next === 0 || next === 43 || next === 60) && at + 8 <= octets.length) {
    next = octets[at]!;
    at += (octets[at + 1]! + 1) * 8;
  }
  if (next === 44) return { name: 'IPv6', value: endpoints, ...place, note: 'not covered: a fragment' };
  const end = Math.min(octets.length, 40 + ((octets[4]! << 8) | octets[5]!));
  const transport = transportTree(next, octets.subarray(Math.min(at, end), end), endpoints, sight, base + at);
  return { name: 'IPv6', value: endpoints, ...place, children: [transport] };
}

function ipv6Text(octets: Uint8Array): string {
  const groups: string[] = [];
  for (let at = 0; at < 16; at += 2) groups.push(((octets[at]! << 8) | octets[at + 1]!).toString(16));
  return groups.join(':');
}

function transportTree(
  protocol: number,
  octets: Uint8Array,
  endpoints: string,
  sight: FrameSight,
  base: number,
): TreeNode {
  const place = { offset: base, length: octets.length };
  if (protocol === 132) return sctpTree(octets, endpoints, sight, base);
  if (protocol === 17 && octets.length >= 8) {
    const ports = `${(octets[0]! << 8) | octets[1]!} → ${(octets[2]! << 8) | octets[3]!}`;
    const inside = octets.subarray(8);
    if (!isSctp(inside)) return { name: 'UDP', value: ports, ...place, note: 'not covered: no SCTP in it' };
    return {
      name: 'UDP',
      value: ports,
      ...place,
      children: [sctpTree(inside, `${endpoints} ${ports}`, sight, base + 8)],
    };
  }
  if (protocol === 6 && octets.length >= 20) return tcpTree(octets, endpoints, sight, base);
  return { name: 'IP protocol', value: protocol, ...place, note: 'not covered' };
}

const FLOWS_MAX = 1000;

function tcpTree(octets: Uint8Array, endpoints: string, sight: FrameSight, base: number): TreeNode {
  const packet = Buffer.from(octets.buffer, octets.byteOffset, octets.length);
  const ports = `${packet.readUInt16BE(0)} → ${packet.readUInt16BE(2)}`;
  const root = { name: 'TCP', value: ports, offset: base, length: octets.length };
  const header = Math.min((octets[12]! >> 4) * 4, octets.length);
  const payload = octets.subarray(header);
  if (payload.length === 0) return root;
  const flow = `${endpoints} ${ports}`;
  const sequence = packet.readUInt32BE(4);
  const waiting = sight.tcp.get(flow);
  const joins = waiting !== undefined && waiting.octets.length > 0 && waiting.nextSequence === sequence;
  let rest = joins ? Buffer.concat([waiting.octets, payload]) : payload;
  const children: TreeNode[] = [];
  for (;;) {
    const length = m3uaLength(rest);
    if (length === undefined || length > rest.length) break;
    const at = joins ? 0 : base + header + payload.length - rest.length;
    children.push(m3uaTree(rest.subarray(0, length), sight.sccp, at));
    rest = rest.subarray(length);
  }
  const begun = rest.length > 0 && (rest.length < 8 ? rest[0] === 1 : m3uaLength(rest) !== undefined);
  if (sight.tcp.size >= FLOWS_MAX) sight.tcp.clear();
  sight.tcp.set(flow, {
    octets: begun ? rest : new Uint8Array(0),
    nextSequence: (sequence + payload.length) >>> 0,
  });
  if (children.length === 0 && !begun) return { ...root, note: 'not covered: no M3UA message in it' };
  return { ...root, children };
}
