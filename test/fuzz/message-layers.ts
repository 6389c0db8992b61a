/** The layers whose messages say themselves what they are, from the capture file to the TCAP message. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCapture } from '../../src/decode/capture.ts';
import { FrameSight, frameTree } from '../../src/decode/frame-tree.ts';
import { isupTree } from '../../src/decode/isup-tree.ts';
import { m3uaTree } from '../../src/decode/m3ua-tree.ts';
import { SccpSight, sccpTree } from '../../src/decode/sccp-tree.ts';
import { tcapTree } from '../../src/decode/tcap-tree.ts';
import { type TreeNode, treeText } from '../../src/decode/tree.ts';
import { decodeMessage as decodeIsup, encodeMessage as encodeIsup } from '../../src/stack/isup/message.ts';
import { decodeData, encodeData } from '../../src/stack/m3ua/data.ts';
import { decode as decodeM3ua, encode as encodeM3ua } from '../../src/stack/m3ua/messages.ts';
import { decodeManagement, encodeManagement } from '../../src/stack/sccp/management-message.ts';
import { decodeMessage as decodeSccp, encodeMessage as encodeSccp } from '../../src/stack/sccp/message.ts';
import {
  checkPacket,
  chunkType,
  hasCause,
  PACKET_HEADER_OCTETS,
  padded,
  readInit,
  readInitParameters,
} from '../../src/stack/sctp/chunk.ts';
import { packetChecksum } from '../../src/stack/sctp/crc32c.ts';
import { decodeTpdu, type TpduCarrier } from '../../src/stack/sms/tpdu.ts';
import { decodeMessage as decodeTcap, encodeMessage as encodeTcap } from '../../src/stack/tcap/message.ts';
import { loadVectors, type Vectors } from '../acceptance/vectors.ts';
import { messages as tcapMessages } from '../stack/tcap/arbitrary-messages.ts';
import type { FuzzLayer, Reading, Sample } from './layer.ts';

let loaded: Vectors | undefined;

export function vectors(): Vectors | undefined {
  loaded ??= loadVectors();
  return loaded;
}

export function samplesOf(list: readonly Uint8Array[] | undefined): readonly Sample[] | undefined {
  return list?.map((octets) => ({ octets }));
}

/** A tree is shown to its end. */
export function show(tree: TreeNode): TreeNode {
  assert.ok(treeText(tree).length > 0);
  return tree;
}

/** As it came, and with a checksum that is right again: else nothing behind the checksum is ever read. */
function readSctp(octets: Uint8Array): Reading {
  const packet = Buffer.from(octets);
  if (packet.length >= PACKET_HEADER_OCTETS) packet.writeUInt32LE(packetChecksum(packet), 8);
  const values: unknown[] = [checkPacket(Buffer.from(octets))];
  const checked = checkPacket(packet);
  values.push(checked);
  if (!checked.ok) return { value: values, read: false };
  for (let at = PACKET_HEADER_OCTETS; at < packet.length; at += padded(packet.readUInt16BE(at + 2))) {
    const type = packet[at];
    if (type === chunkType.INIT || type === chunkType.INIT_ACK)
      values.push(readInit(packet, at), readInitParameters(packet, at));
    else if (type === chunkType.ERROR || type === chunkType.ABORT) values.push(hasCause(packet, at, 1));
  }
  return { value: values, read: true };
}

function readM3ua(octets: Uint8Array): Reading {
  const data = decodeData(octets);
  const message = decodeM3ua(octets);
  return {
    value: [m3uaTree(octets), data, message],
    read: message.ok,
    again: () => {
      show(m3uaTree(octets));
      if (data.ok) assert.ok(decodeData(encodeData(data, data)).ok);
      if (!message.ok) return;
      const { name, parameters, other } = message.value;
      assert.ok(decodeM3ua(encodeM3ua(name, parameters, other)).ok);
    },
  };
}

function readSccp(octets: Uint8Array): Reading {
  const management = decodeManagement(octets);
  const message = decodeSccp(octets);
  return {
    value: [sccpTree(octets, new SccpSight()), management, message],
    read: message.ok,
    again: () => {
      show(sccpTree(octets, new SccpSight()));
      if (management.ok) assert.ok(decodeManagement(encodeManagement(management.value)).ok);
      const written = message.ok ? encodeSccp(message.value) : undefined;
      if (written !== undefined) assert.ok(decodeSccp(written).ok);
    },
  };
}

function readTcap(octets: Uint8Array): Reading {
  const message = decodeTcap(octets);
  return {
    value: [tcapTree(octets), message],
    read: message.ok,
    again: () => {
      show(tcapTree(octets));
      if (!message.ok) return;
      const written = encodeTcap(message.value);
      assert.ok(written.ok && decodeTcap(written.value).ok);
    },
  };
}

function readIsup(octets: Uint8Array): Reading {
  const message = decodeIsup(octets);
  return {
    value: [isupTree(octets), message],
    read: message.ok,
    again: () => {
      show(isupTree(octets));
      const written = message.ok ? encodeIsup(message.value) : undefined;
      if (written !== undefined) assert.ok(decodeIsup(written).ok);
    },
  };
}

const CARRIERS: readonly TpduCarrier[] = ['mt', 'mo', 'mt-result', 'mt-error'];

/** TPDUs, of what stands in sm-RP-UI of the captured parameters. */
function readSms(octets: Uint8Array): Reading {
  const values = CARRIERS.map((carrier) => decodeTpdu(octets, carrier));
  return { value: values, read: values.some(({ ok }) => ok) };
}

function tpdus(): readonly Uint8Array[] | undefined {
  const parameters = vectors()?.parameters.filter(({ op }) => /forwardSM/i.test(op));
  return parameters?.flatMap(({ octets }) => {
    // The TPDU is the longest OCTET STRING of the SEQUENCE.
    const at = octets.lastIndexOf(4, octets.length - 12);
    return at < 0 ? [octets] : [octets.subarray(at + 2), octets];
  });
}

function generatedTcap(): Uint8Array[] {
  return fc.sample(tcapMessages, { numRuns: 300, seed: 1 }).flatMap((message) => {
    const encoded = encodeTcap(message);
    return encoded.ok ? [Uint8Array.from(encoded.value)] : [];
  });
}

function readFrame(octets: Uint8Array, about: unknown): Reading {
  const sight = new FrameSight();
  const frame = about as Vectors['frames'][number];
  const value = frameTree({ ...frame, number: 1, octets }, sight);
  // Then the frame as it was: what was seen before is told in the trees of later ones.
  const again = () => [value, frameTree({ ...frame, number: 2 }, sight)].forEach(show);
  return { value, read: true, again };
}

export const sctp: FuzzLayer = { samples: () => samplesOf(vectors()?.sctp), read: readSctp };
export const m3ua: FuzzLayer = { samples: () => samplesOf(vectors()?.m3ua), read: readM3ua };
export const sccp: FuzzLayer = { samples: () => samplesOf(vectors()?.sccp), read: readSccp };
export const tcap: FuzzLayer = {
  samples: () => samplesOf([...(vectors()?.tcap ?? []), ...generatedTcap()]),
  read: readTcap,
};
export const isup: FuzzLayer = { samples: () => samplesOf(vectors()?.isup), read: readIsup };
export const sms: FuzzLayer = { samples: () => samplesOf(tpdus()), read: readSms };
export const frame: FuzzLayer = {
  samples: () => vectors()?.frames.map((one) => ({ octets: one.octets, about: one })),
  read: readFrame,
};
export const capture: FuzzLayer = {
  samples: () => samplesOf(vectors()?.files.map((file) => file.subarray(0, 600))),
  read: (octets) => {
    const value = readCapture(octets);
    return { value, read: value.frames.length > 0 };
  },
};
