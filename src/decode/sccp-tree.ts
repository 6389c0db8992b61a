/** SCCP messages as trees (ITU-T Q.713 §4), with what they carry: TCAP, or the management of §5. */
import { decodeManagement } from '../stack/sccp/management-message.ts';
import { decodeMessage, type SccpMessage } from '../stack/sccp/message.ts';
import { returnCauseName } from '../stack/sccp/return-causes.ts';
import type { SccpAddress } from '../stack/sccp/service.ts';
import { Conversations } from './conversations.ts';
import { tcapTree } from './tcap-tree.ts';
import { hexOf, type TreeNode } from './tree.ts';

/** What messages before said: dialogues, and segments that wait for the rest. */
export class SccpSight {
  readonly conversations = new Conversations();
  readonly #segments = new Map<string, { readonly parts: Map<number, Uint8Array>; total: number }>();

  /**
   * The whole data when this segment makes it complete; undefined: more is to come. In any order: segments that the network
   * sends back overtake each other.
   */
  reassemble(message: SccpMessage): Uint8Array | undefined {
    const { segmentation, data } = message;
    if (segmentation === undefined) return data;
    const { first, remaining, localReference } = segmentation;
    const key = `${message.kind} ${JSON.stringify(message.calling)} ${localReference}`;
    let waiting = this.#segments.get(key);
    if (waiting === undefined || waiting.parts.has(remaining)) {
      if (this.#segments.size >= SEGMENTED_MAX) this.#segments.clear();
      waiting = { parts: new Map(), total: 0 };
      this.#segments.set(key, waiting);
    }
    waiting.parts.set(remaining, data);
    if (first) waiting.total = remaining + 1;
    if (waiting.total === 0 || waiting.parts.size < waiting.total) return undefined;
    this.#segments.delete(key);
    const inOrder = [...waiting.parts].sort(([one], [other]) => other - one);
    return Buffer.concat(inOrder.map(([, part]) => part));
  }
}
const SEGMENTED_MAX = 1000;
const SUBSYSTEMS: Readonly<Record<number, string>> = {
  1: 'SCCP management',
  5: 'MAP',
  6: 'HLR',
  7: 'VLR',
  8: 'MSC',
  9: 'EIR',
  10: 'AuC',
  145: 'GMLC',
  146: 'CAP',
  147: 'gsmSCF (MAP) or IM-SSF',
  148: 'SIWF',
  149: 'SGSN',
  150: 'GGSN',
};

/** `base`: where the message stands in what was given. */
export function sccpTree(octets: Uint8Array, sight = new SccpSight(), base = 0): TreeNode {
  const place = { offset: base, length: octets.length };
  const decoded = decodeMessage(octets);
  if (!decoded.ok) {
    return { name: 'SCCP', value: hexOf(octets), ...place, note: `${decoded.code} at ${decoded.offset}` };
  }
  const message = decoded.value;
  const at = (view: Uint8Array) => base + view.byteOffset - octets.byteOffset;
  const children: TreeNode[] = [];
  const add = (name: string, value: string | number | boolean) => children.push({ name, value, ...place });
  if ('returnCause' in message)
    add('return cause', `${returnCauseName(message.returnCause)} (${message.returnCause})`);
  else {
    add('protocol class', message.protocolClass);
    add('return message on error', message.returnOption);
  }
  if (message.hopCounter !== undefined) add('hop counter', message.hopCounter);
  children.push(addressTree('called party address', message.called, place));
  children.push(addressTree('calling party address', message.calling, place));
  const { segmentation } = message;
  if (segmentation !== undefined)
    add(
      'segmentation',
      `${segmentation.first ? 'first, ' : ''}${segmentation.remaining} remain, reference ${segmentation.localReference}`,
    );
  if (message.importance !== undefined) add('importance', message.importance);
  for (const { name, value } of message.other ?? [])
    children.push({
      name: `parameter ${name}`,
      value: hexOf(value),
      offset: at(value),
      length: value.length,
    });
  const whole = sight.reassemble(message);
  if (whole === undefined)
    children.push({
      name: 'data',
      value: hexOf(message.data),
      offset: at(message.data),
      length: message.data.length,
      note: 'a segment',
    });
  else children.push(dataTree(message, whole, sight, segmentation === undefined ? at(whole) : 0));
  return { name: message.kind, ...place, children };
}

function addressTree(
  name: string,
  address: SccpAddress,
  place: Pick<TreeNode, 'offset' | 'length'>,
): TreeNode {
  const { pointCode, ssn, globalTitle } = address;
  const children: TreeNode[] = [{ name: 'routing', value: address.routing, ...place }];
  const add = (part: string, value: string | number | undefined) => {
    if (value !== undefined) children.push({ name: part, value, ...place });
  };
  add('signalling point code', pointCode);
  const subsystem = ssn === undefined ? undefined : SUBSYSTEMS[ssn];
  add('subsystem number', subsystem === undefined ? ssn : `${ssn ?? ''} ${subsystem}`);
  if (globalTitle !== undefined) {
    add('global title indicator', globalTitle.gti);
    add('translation type', globalTitle.translationType);
    add('numbering plan', globalTitle.numberingPlan);
    add('nature of address', globalTitle.natureOfAddress);
    add('digits', globalTitle.digits);
  }
  const { spareTitle } = address;
  if (spareTitle !== undefined)
    add('global title', `indicator ${spareTitle.gti}, which is spare: ${hexOf(spareTitle.octets)}`);
  const value = globalTitle?.digits ?? [pointCode, ssn].filter((part) => part !== undefined).join('/');
  return { name, value, ...place, children };
}

function dataTree(message: SccpMessage, data: Uint8Array, sight: SccpSight, base: number): TreeNode {
  const place = { offset: base, length: data.length };
  const { called, calling } = message;
  if (called.ssn === 1 && calling.ssn === 1) {
    const management = decodeManagement(data);
    if (!management.ok) return { name: 'SCMG', value: hexOf(data), ...place, note: management.code };
    const { kind, ...rest } = management.value;
    return {
      name: kind,
      ...place,
      children: Object.entries(rest).map(([name, value]) => ({ name, value, ...place })),
    };
  }
  const first = data[0] ?? 0;
  if (![0x61, 0x62, 0x64, 0x65, 0x67].includes(first))
    return {
      name: 'data',
      value: hexOf(data),
      ...place,
      note: 'not covered: no TCAP message of ITU-T Q.773',
    };
  return tcapTree(data, {
    // What comes back was sent by us: it says nothing about the dialogue's other side.
    conversations: 'returnCause' in message ? new Conversations() : sight.conversations,
    protocol: protocolOf(called.ssn) ?? protocolOf(calling.ssn),
    base,
  });
}

function protocolOf(ssn: number | undefined): 'MAP' | 'CAP' | undefined {
  if (ssn === undefined) return undefined;
  if (ssn === 146) return 'CAP';
  return (ssn >= 5 && ssn <= 10) || (ssn >= 145 && ssn <= 150) ? 'MAP' : undefined;
}
