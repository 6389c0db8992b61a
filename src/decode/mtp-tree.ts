/** What MTP3 carries, by its service indicator (ITU-T Q.704 §14.2.1), and MTP3 itself as M2PA (RFC 4165 §2) carries it. */
import { isupTree } from './isup-tree.ts';
import { type SccpSight, sccpTree } from './sccp-tree.ts';
import { hexOf, type TreeNode } from './tree.ts';

const SERVICE_INDICATORS: Readonly<Record<number, string>> = {
  0: 'signalling network management',
  1: 'signalling network testing',
  3: 'SCCP',
  4: 'TUP',
  5: 'ISUP',
  13: 'BICC',
};

export function serviceIndicatorName(si: number): string {
  const name = SERVICE_INDICATORS[si];
  return name === undefined ? String(si) : `${si} ${name}`;
}

export function mtpUserTree(si: number, data: Uint8Array, sight: SccpSight, base: number): TreeNode {
  if (si === 3) return sccpTree(data, sight, base);
  if (si === 5) return isupTree(data, base);
  const name = SERVICE_INDICATORS[si] ?? `service indicator ${si}`;
  return { name, value: hexOf(data), offset: base, length: data.length, note: 'not covered yet' };
}

/** SIO and the routing label of ITU-T Q.704 §2.2: 14 bits each of destination and origin, low octet first, and 4 of SLS. */
export function mtp3Tree(octets: Uint8Array, sight: SccpSight, base: number): TreeNode {
  const place = { offset: base, length: octets.length };
  if (octets.length < 5) return { name: 'MTP3', value: hexOf(octets), ...place, note: 'truncated' };
  const sio = octets[0]!;
  const label = (octets[1]! | (octets[2]! << 8) | (octets[3]! << 16) | (octets[4]! << 24)) >>> 0;
  const field = (name: string, value: number | string) => ({ name, value, offset: base, length: 5 });
  return {
    name: 'MTP3',
    ...place,
    children: [
      field('OPC', (label >>> 14) & 0x3fff),
      field('DPC', label & 0x3fff),
      field('SI', serviceIndicatorName(sio & 15)),
      field('NI', sio >> 6),
      field('SLS', label >>> 28),
      mtpUserTree(sio & 15, octets.subarray(5), sight, base + 5),
    ],
  };
}

const M2PA_HEADER_OCTETS = 16;
const M2PA_CLASS = 11;

/** M2PA is shown, not spoken: RFC 4165 §2. */
export function m2paTree(octets: Uint8Array, sight: SccpSight, base: number): TreeNode {
  const place = { offset: base, length: octets.length };
  if (octets.length < M2PA_HEADER_OCTETS || octets[2] !== M2PA_CLASS)
    return { name: 'M2PA', value: hexOf(octets), ...place, note: 'no M2PA message' };
  if (octets[3] === 2) return { name: 'M2PA', value: 'Link Status', ...place };
  const rest = octets.subarray(M2PA_HEADER_OCTETS);
  if (rest.length < 2) return { name: 'M2PA', value: 'User Data, empty', ...place };
  const at = M2PA_HEADER_OCTETS + 1;
  return {
    name: 'M2PA',
    value: 'User Data',
    ...place,
    children: [mtp3Tree(octets.subarray(at), sight, base + at)],
  };
}
