/**
 * Takes a capture apart, layer by layer, down to the parameters of operations, and puts it together again from the bottom
 * up. What a layer cannot give back octet by octet it keeps as it came, with a remark, so that the layers around it are
 * still compared.
 */

import { readCapture } from '../../src/decode/capture.ts';
import { operationsWithCode } from '../../src/decode/catalogue.ts';
import { Conversations, contextOf } from '../../src/decode/conversations.ts';
import type { Codec, Operation } from '../../src/stack/asn1/index.ts';
import { decodeData, encodeData, isData } from '../../src/stack/m3ua/data.ts';
import { decode as decodeM3ua, encode as encodeM3ua } from '../../src/stack/m3ua/messages.ts';
import { decodeMapDialogue, encodeMapDialogue } from '../../src/stack/map/dialogue-pdu.ts';
import { findOperation, type Side } from '../../src/stack/ros/application-context.ts';
import { argumentCodec, errorCodec, resultCodec } from '../../src/stack/ros/codecs.ts';
import { decodeManagement, encodeManagement } from '../../src/stack/sccp/management-message.ts';
import {
  decodeMessage as decodeSccp,
  encodeMessage as encodeSccp,
  type SccpMessage,
} from '../../src/stack/sccp/message.ts';
import { Reassembly } from '../../src/stack/sccp/reassembly.ts';
import {
  checkPacket,
  chunk,
  chunkType,
  DATA_HEADER_OCTETS,
  packet as encodePacket,
  initChunk,
  PACKET_HEADER_OCTETS,
  padded,
  readInit,
  writeData,
} from '../../src/stack/sctp/chunk.ts';
import { decodeMessage as decodeTcap, encodeMessage as encodeTcap } from '../../src/stack/tcap/message.ts';
import type { Component } from '../../src/stack/tcap/service.ts';
import { TimingWheel } from '../../src/types/timing-wheel.ts';
import { canonicalBer } from '../support/canonical-ber.ts';

export interface RebuiltFrame {
  readonly number: number;
  /** As captured, from the IP header on. */
  readonly captured: Buffer;
  readonly rebuilt: Buffer;
  /** What was gone through: `SCTP`, `M3UA`, `UDT`, `begin`, `invoke initialDP`, … */
  readonly layers: readonly string[];
  /** What was kept as it came, and why. */
  readonly remarks: readonly string[];
}

/** Later: the octets again. What is in segments can be written only when its last segment was seen. */
type Rebuild = () => Uint8Array;

interface Frame {
  readonly layers: string[];
  readonly remarks: string[];
}

interface Whole {
  /** Undefined: it never became whole. */
  rebuild: Rebuild | undefined;
  readonly sizes: number[];
}

const same = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;
const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');
const SCMG_SSN = 1;
const SCCP = 3;

export function rebuildCapture(file: Buffer): RebuiltFrame[] {
  const rebuilder = new Rebuilder();
  const { frames, problem } = readCapture(file);
  if (problem !== undefined) throw new Error(problem);
  const parts = frames.map(({ number, linkType, octets }) => {
    const frame: Frame = { layers: [], remarks: [] };
    const captured = Buffer.from(octets.subarray(linkType === 1 ? 14 : 0));
    return { number, frame, captured, rebuild: rebuilder.ip(captured, frame) };
  });
  return parts.map(({ number, frame, captured, rebuild }) => ({
    number,
    captured,
    rebuilt: Buffer.from(rebuild()),
    ...frame,
  }));
}

class Rebuilder {
  readonly #conversations = new Conversations();
  readonly #segmented = new Map<string, Whole>();
  readonly #reassembly = new Reassembly({
    timers: new TimingWheel(),
    reassemblyMs: 15_000,
    reassembliesMax: 100,
    octetsMax: 100_000,
    onFailed: () => undefined,
    count: () => undefined,
  });

  /** IPv4 with SCTP in it; the header itself is not ours to write. */
  ip(octets: Buffer, frame: Frame): Rebuild {
    const header = (octets[0]! & 15) * 4;
    const end = octets.readUInt16BE(2);
    const inner = this.#sctp(octets.subarray(header, end), frame);
    return () => Buffer.concat([octets.subarray(0, header), inner(), octets.subarray(end)]);
  }

  #sctp(octets: Buffer, frame: Frame): Rebuild {
    const checked = checkPacket(octets);
    if (!checked.ok) return keep(octets, frame, `SCTP: ${checked.code}`);
    frame.layers.push('SCTP');
    const chunks: Rebuild[] = [];
    for (let at = PACKET_HEADER_OCTETS; at < octets.length; at += padded(octets.readUInt16BE(at + 2)))
      chunks.push(this.#chunk(octets, at, frame));
    return () =>
      checkedOr(octets, frame, 'SCTP', () =>
        encodePacket(
          octets.readUInt16BE(0),
          octets.readUInt16BE(2),
          octets.readUInt32BE(4),
          ...chunks.map((one) => one()),
        ),
      );
  }

  #chunk(packet: Buffer, at: number, frame: Frame): Rebuild {
    const type = packet[at]!;
    const flags = packet[at + 1]!;
    const length = packet.readUInt16BE(at + 2);
    const value = packet.subarray(at + 4, at + length);
    if (type === chunkType.INIT || type === chunkType.INIT_ACK)
      return () => initChunk(type, readInit(packet, at), [packet.subarray(at + 20, at + padded(length))]);
    if (type !== chunkType.DATA) return () => chunk(type, flags, value);
    const tsn = packet.readUInt32BE(at + 4);
    const ppid = packet.readUInt32BE(at + 12);
    const payload = packet.subarray(at + DATA_HEADER_OCTETS, at + length);
    const inner =
      (flags & 3) !== 3
        ? keep(payload, frame, 'SCTP: a fragment')
        : ppid === 3
          ? this.#m3ua(payload, frame)
          : ppid === 5
            ? this.#m2pa(payload, frame)
            : keep(payload, frame, `not covered: payload protocol ${ppid}`);
    return () => {
      const userData = inner();
      const octets = Buffer.alloc(padded(DATA_HEADER_OCTETS + userData.length));
      writeData(
        octets,
        0,
        flags,
        tsn,
        packet.readUInt16BE(at + 8),
        packet.readUInt16BE(at + 10),
        ppid,
        userData,
      );
      return octets;
    };
  }

  #m3ua(octets: Uint8Array, frame: Frame): Rebuild {
    const general = decodeM3ua(octets);
    if (!general.ok) return keep(octets, frame, `M3UA: ${general.code}`);
    const { name, parameters, other } = general.value;
    frame.layers.push(`M3UA ${name}`);
    if (!isData(octets))
      return () => checkedOr(octets, frame, 'M3UA', () => encodeM3ua(name, parameters, other));
    const data = decodeData(octets);
    if (!data.ok) return keep(octets, frame, `M3UA DATA: ${data.code}`);
    const inner =
      data.si === SCCP
        ? this.#sccp(data.data, data.opc, data.sls, frame)
        : keep(data.data, frame, `not covered: service indicator ${data.si}`);
    return () => {
      checkedOr(octets, frame, 'M3UA', () => encodeM3ua(name, parameters, other));
      return checkedOr(octets, frame, 'M3UA DATA', () => encodeData({ ...data, data: inner() }, data));
    };
  }

  /** M2PA and MTP3 are not spoken here: what is around an SCCP message is kept as it came. */
  #m2pa(octets: Uint8Array, frame: Frame): Rebuild {
    frame.layers.push('M2PA');
    const head = 16 + 1 + 5;
    if (octets[3] === 2 || octets.length <= head) return keep(octets, frame, 'not covered: M2PA');
    const si = octets[17]! & 15;
    if (si !== SCCP) return keep(octets, frame, `not covered: M2PA, service indicator ${si}`);
    frame.remarks.push('not covered: M2PA and MTP3 around the SCCP message');
    const opc = ((octets[19]! >> 6) | (octets[20]! << 2) | ((octets[21]! & 15) << 10)) & 0x3fff;
    const inner = this.#sccp(octets.subarray(head), opc, octets[21]! >> 4, frame);
    return () => Buffer.concat([octets.subarray(0, head), inner()]);
  }

  #sccp(octets: Uint8Array, opc: number, sls: number, frame: Frame): Rebuild {
    const decoded = decodeSccp(octets);
    if (!decoded.ok) return keep(octets, frame, `SCCP: ${decoded.code}`);
    const message = decoded.value;
    frame.layers.push(message.kind);
    const inner = this.#sccpData(message, opc, sls, frame);
    return () =>
      checkedOr(octets, frame, message.kind, () => encodeSccp({ ...message, data: inner() }) ?? message.data);
  }

  #sccpData(message: SccpMessage, opc: number, sls: number, frame: Frame): Rebuild {
    const { segmentation, data, calling, called } = message;
    if (segmentation === undefined) return this.#user(message, data, frame);
    if ('returnCause' in message) return keep(data, frame, 'a segment that came back');
    const key = `${opc} ${calling.globalTitle?.digits ?? ''} ${called.globalTitle?.digits ?? ''} ${segmentation.localReference}`;
    let segmented = this.#segmented.get(key);
    if (segmented === undefined || segmentation.first) {
      segmented = { rebuild: undefined, sizes: [] };
      this.#segmented.set(key, segmented);
    }
    const { sizes } = segmented;
    const from = sizes.reduce((sum, size) => sum + size, 0);
    sizes.push(data.length);
    const whole = this.#reassembly.take(message, segmentation, opc, sls);
    if (whole !== undefined) segmented.rebuild = once(this.#user(whole, whole.data, frame));
    const mine = segmented;
    return () => {
      if (mine.rebuild === undefined)
        return keep(data, frame, 'a segment of a message that never became whole')();
      return mine.rebuild().subarray(from, from + data.length);
    };
  }

  #user(message: SccpMessage, data: Uint8Array, frame: Frame): Rebuild {
    const { called, calling } = message;
    if (called.ssn === SCMG_SSN && calling.ssn === SCMG_SSN) {
      const management = decodeManagement(data);
      if (!management.ok) return keep(data, frame, `SCMG: ${management.code}`);
      frame.layers.push(management.value.kind);
      return () => checkedOr(data, frame, 'SCMG', () => encodeManagement(management.value));
    }
    const cap = called.ssn === 146 || calling.ssn === 146;
    return this.#tcap(data, cap ? 'CAP' : 'MAP', 'returnCause' in message, frame);
  }

  #tcap(octets: Uint8Array, protocol: 'MAP' | 'CAP', returned: boolean, frame: Frame): Rebuild {
    const decoded = decodeTcap(octets);
    if (!decoded.ok) return keep(octets, frame, `TCAP: ${decoded.code}`);
    const message = decoded.value;
    const { type, originatingTransactionId, destinationTransactionId, dialogue } = message;
    frame.layers.push(type);
    const id = (one: typeof originatingTransactionId) =>
      one?.id.toString(16).padStart(one.sizeOctets * 2, '0');
    const conversations = returned ? new Conversations() : this.#conversations;
    const known =
      destinationTransactionId === undefined
        ? undefined
        : conversations.find(id(destinationTransactionId)!, id(originatingTransactionId));
    const conversation = known?.conversation ?? conversations.begin(id(originatingTransactionId) ?? '');
    const sender: Side =
      known?.sender ?? (destinationTransactionId === undefined ? 'initiator' : 'responder');
    if (dialogue !== undefined && 'applicationContext' in dialogue) {
      conversation.contextName = dialogue.applicationContext.join('.');
      const context = contextOf(conversation.contextName);
      if (context !== undefined) conversation.context = context;
      else frame.remarks.push(`not covered: application context ${conversation.contextName}`);
    }
    const information = dialogue?.userInformation?.map((one) => userInformation(one, frame));
    const foreign = conversation.contextName !== undefined && conversation.context === undefined;
    const components = message.components.map((component): (() => Component) => {
      const mine = `${sender} ${'invokeId' in component ? String(component.invokeId) : ''}`;
      const other: Side = sender === 'initiator' ? 'responder' : 'initiator';
      const theirs = `${other} ${'invokeId' in component ? String(component.invokeId) : ''}`;
      if (component.kind === 'reject') {
        frame.layers.push('reject');
        return () => component;
      }
      const { parameter } = component;
      if (foreign) return () => component;
      const code = 'errorCode' in component ? component.errorCode : component.operationCode;
      const { context } = conversation;
      const candidates: Operation[] = [];
      if (component.kind !== 'invoke') {
        const invoked = conversation.invoked.get(theirs);
        if (invoked !== undefined) candidates.push(invoked);
      }
      if (context !== undefined && typeof code === 'number' && component.kind !== 'error') {
        const side = component.kind === 'invoke' ? sender : other;
        const found =
          findOperation(context, side, code) ??
          findOperation(context, side === sender ? other : sender, code);
        if (found !== undefined) candidates.push(found);
      }
      // An error names no operation: any that has it will do when its invoke was not seen.
      if (
        typeof code === 'number' &&
        candidates.length === 0 &&
        (context === undefined || component.kind === 'error')
      )
        candidates.push(
          ...operationsWithCode(code, protocol, component.kind === 'error').map(({ operation }) => operation),
        );
      for (const operation of candidates) {
        const codec = codecOf(component, operation, code);
        if (codec === null) continue;
        const name = `${component.kind} ${nameOf(component, operation, code)}`;
        if (parameter === undefined) {
          frame.layers.push(name);
          if (component.kind === 'invoke') conversation.invoked.set(mine, operation);
          return () => component;
        }
        const value = codec?.decode(parameter);
        if (codec === undefined || value?.ok !== true) continue;
        frame.layers.push(name);
        if (component.kind === 'invoke') conversation.invoked.set(mine, operation);
        return () => ({
          ...component,
          parameter: checkedOr(parameter, frame, name, () => codec.encode(value.value), true),
        });
      }
      frame.remarks.push(
        candidates.length === 0
          ? `not covered: ${component.kind} ${String(code)}`
          : `${component.kind} ${String(code)}: ${parameter === undefined ? '' : hex(parameter)}`,
      );
      return () => component;
    });
    return () =>
      checkedOr(
        octets,
        frame,
        type,
        () => {
          const encoded = encodeTcap({
            ...message,
            ...(dialogue === undefined || information === undefined
              ? {}
              : { dialogue: { ...dialogue, userInformation: information.map((one) => one()) } }),
            components: components.map((one) => one()),
          });
          return encoded.ok ? encoded.value : Buffer.from(encoded.code);
        },
        true,
      );
  }
}

function userInformation(octets: Uint8Array, frame: Frame): Rebuild {
  const pdu = decodeMapDialogue(octets);
  if (!pdu.ok) return keep(octets, frame, `not covered: user information (${pdu.code})`);
  frame.layers.push(Object.keys(pdu.value)[0]!);
  return () => checkedOr(octets, frame, 'MAP-DialoguePDU', () => encodeMapDialogue(pdu.value), true);
}

/** Null: the operation has no such error. Undefined: no parameter is declared. */
function codecOf(
  component: Component,
  operation: Operation,
  code: unknown,
): Codec<unknown> | undefined | null {
  if (component.kind === 'invoke') return argumentCodec(operation);
  if (component.kind === 'result') return resultCodec(operation);
  const error = operation.errors.find((one) => one.code === code);
  return error === undefined ? null : errorCodec(error);
}

function nameOf(component: Component, operation: Operation, code: unknown): string {
  if (component.kind !== 'error') return operation.name ?? String(operation.code);
  return operation.errors.find((one) => one.code === code)?.name ?? String(code);
}

function keep(octets: Uint8Array, frame: Frame, remark: string): Rebuild {
  frame.remarks.push(remark);
  return () => octets;
}

/** What `encode` gives, when that is what was captured; else what was captured, and a remark that says how they differ. */
function checkedOr(
  captured: Uint8Array,
  frame: Frame,
  layer: string,
  encode: () => Uint8Array,
  ber = false,
): Uint8Array {
  const encoded = encode();
  if (same(captured, encoded)) return encoded;
  frame.remarks.push(`${layer}: ${difference(captured, encoded, ber)}`);
  return captured;
}

function difference(captured: Uint8Array, encoded: Uint8Array, ber: boolean): string {
  if (ber && canonicalBer(captured) === canonicalBer(encoded)) return 'lengths are not minimal';
  if (captured.length !== encoded.length) return `${hex(captured)} became ${hex(encoded)}`;
  const different = [...captured.keys()].filter((at) => captured[at] !== encoded[at]);
  return different
    .map(
      (at) =>
        `octet ${at} came as ${hex(captured.subarray(at, at + 1))}, is ${hex(encoded.subarray(at, at + 1))}`,
    )
    .join(', ');
}

/** Made once, however many segments ask for it. */
function once(rebuild: Rebuild): Rebuild {
  let made: Uint8Array | undefined;
  return () => (made ??= rebuild());
}
