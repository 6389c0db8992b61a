/** The captured messages of every layer, and the parameters, that damage is done to. */
import { readFileSync } from 'node:fs';
import { readCapture } from '../../src/decode/capture.ts';
import { FrameSight, frameTree } from '../../src/decode/frame-tree.ts';
import { findNode } from '../../src/decode/tree.ts';
import { readJsonLines } from '../support/json-lines.ts';
import { sctpPackets } from '../support/sctp-packets.ts';
import { sharedPath } from '../support/shared.ts';

export const CAPTURES = [
  'real-ss7-pcapr.pcap',
  'wireshark-camel-ussd-rewrapped.pcap',
  'wrapped-harvested.pcap',
  'tcpdump-isup-m3ua.pcap',
  'pkts-sctp-addip.cap',
  'pkts-sctp-test.cap',
  'pkts-sctp_init_collision.cap',
];

export interface ParameterVector {
  readonly op: string;
  readonly kind: 'arg' | 'res' | 'err';
  readonly octets: Uint8Array;
}

export interface Vectors {
  /** Whole frames with their link type. */
  readonly frames: readonly { readonly linkType: number; readonly octets: Uint8Array }[];
  readonly files: readonly Uint8Array[];
  readonly sctp: readonly Uint8Array[];
  readonly m3ua: readonly Uint8Array[];
  readonly sccp: readonly Uint8Array[];
  readonly tcap: readonly Uint8Array[];
  readonly isup: readonly Uint8Array[];
  readonly parameters: readonly ParameterVector[];
}

interface Line {
  readonly op: string;
  readonly kind: 'arg' | 'res' | 'err' | 'tcap';
  readonly hex: string;
}

/** Undefined when the shared vectors are not there. */
export function loadVectors(): Vectors | undefined {
  if (sharedPath('vectors/hex.jsonl') === undefined) return undefined;
  const octetsOf = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
  const lines = readJsonLines<Line>(sharedPath('vectors/hex.jsonl')!).filter(({ hex }) => hex !== '');
  const layer = (name: string) =>
    readJsonLines<Line>(sharedPath('vectors', `hex-${name}.jsonl`)!).map(({ hex }) => octetsOf(hex));
  const files = CAPTURES.map((name) => sharedPath('vectors/pcap', name)!);
  const frames = files.flatMap((file) => readCapture(readFileSync(file)).frames);
  const within = { m3ua: layer('m3ua'), sccp: layer('sccp'), tcap: layer('tcap') };
  const sight = new FrameSight();
  for (const frame of frames) {
    const tree = frameTree(frame, sight);
    const add = (list: Uint8Array[], names: readonly string[]) => {
      for (const name of names) {
        const node = findNode(tree, name);
        // What was reassembled counts from its own start, and is not in the frame as such.
        if (node === undefined || node.offset === 0) continue;
        list.push(frame.octets.subarray(node.offset, node.offset + node.length));
      }
    };
    add(within.m3ua, ['M3UA']);
    add(within.sccp, ['UDT', 'UDTS', 'XUDT', 'XUDTS']);
    add(within.tcap, ['TCAP']);
  }
  return {
    frames,
    files: files.map((file) => readFileSync(file)),
    sctp: files.flatMap((file) => sctpPackets(file)),
    ...within,
    tcap: [...within.tcap, ...lines.filter(({ kind }) => kind === 'tcap').map(({ hex }) => octetsOf(hex))],
    isup: [...layer('isup'), ...layer('isup-messages')],
    parameters: lines
      .filter(({ kind }) => kind !== 'tcap')
      .map(({ op, kind, hex }) => ({ op, kind: kind as 'arg', octets: octetsOf(hex) })),
  };
}
