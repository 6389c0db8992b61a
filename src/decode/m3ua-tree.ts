/** M3UA messages as trees (RFC 4666 §3), with the SCCP message of a DATA. */
import { decodeMessage, HEADER_OCTETS, type Parameter } from '../stack/m3ua/message.ts';
import { messageName } from '../stack/m3ua/messages.ts';
import { readUint32 } from '../stack/m3ua/octets.ts';
import { ProtocolData, parameterName } from '../stack/m3ua/parameters.ts';
import { mtp3Tree, mtpUserTree, serviceIndicatorName } from './mtp-tree.ts';
import { SccpSight } from './sccp-tree.ts';
import { hexOf, type TreeNode } from './tree.ts';

const ROUTING_LABEL_OCTETS = 12;
/** RFC 4666 §3.2 does not use it any more; drafts of M3UA carried MTP3 in it, from its SIO on. */
const DRAFT_PROTOCOL_DATA = 2;

/** One message. `base`: where it stands in what was given. */
export function m3uaTree(octets: Uint8Array, sight = new SccpSight(), base = 0): TreeNode {
  const place = { offset: base, length: octets.length };
  const decoded = decodeMessage(octets);
  if (!decoded.ok)
    return { name: 'M3UA', value: hexOf(octets), ...place, note: `${decoded.code} at ${decoded.offset}` };
  const { messageClass, messageType, parameters } = decoded.value;
  const name = messageName(messageClass, messageType);
  return {
    name: 'M3UA',
    value: name ?? `class ${messageClass} type ${messageType}`,
    ...place,
    ...(name === undefined ? { note: 'a message that RFC 4666 does not have' } : {}),
    children: parameters.map((parameter) =>
      parameterTree(parameter, sight, base + parameter.value.byteOffset - octets.byteOffset),
    ),
  };
}

/** Octets of the message that `octets` begin with; undefined when they begin with none. */
export function m3uaLength(octets: Uint8Array): number | undefined {
  if (octets.length < HEADER_OCTETS || octets[0] !== 1) return undefined;
  const length = readUint32(octets, 4);
  return length < HEADER_OCTETS || length > 70_000 ? undefined : (length + 3) & ~3;
}

function parameterTree({ tag, value }: Parameter, sight: SccpSight, offset: number): TreeNode {
  const name = parameterName(tag) ?? `parameter ${tag}`;
  const place = { offset, length: value.length };
  if (tag === ProtocolData.tag && value.length >= ROUTING_LABEL_OCTETS)
    return protocolDataTree(name, value, sight, offset);
  if (tag === DRAFT_PROTOCOL_DATA)
    return { name: 'Protocol Data (draft)', ...place, children: [mtp3Tree(value, sight, offset)] };
  if (tag === 0x0004) return { name, value: String.fromCharCode(...value.subarray(0, 255)), ...place };
  if (value.length === 4) return { name, value: readUint32(value, 0), octets: hexOf(value), ...place };
  return { name, value: hexOf(value), ...place };
}

function protocolDataTree(name: string, value: Uint8Array, sight: SccpSight, offset: number): TreeNode {
  const si = value[8]!;
  const field = (what: string, at: number, length: number, shown: number | string) => ({
    name: what,
    value: shown,
    offset: offset + at,
    length,
  });
  return {
    name,
    offset,
    length: value.length,
    children: [
      field('OPC', 0, 4, readUint32(value, 0)),
      field('DPC', 4, 4, readUint32(value, 4)),
      field('SI', 8, 1, serviceIndicatorName(si)),
      field('NI', 9, 1, value[9]!),
      field('MP', 10, 1, value[10]!),
      field('SLS', 11, 1, value[11]!),
      mtpUserTree(si, value.subarray(ROUTING_LABEL_OCTETS), sight, offset + ROUTING_LABEL_OCTETS),
    ],
  };
}
