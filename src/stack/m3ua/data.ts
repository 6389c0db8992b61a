/**
 * DATA, the one message that the hot path sees (RFC 4666 §3.3.1): read without copying, written into a buffer that is
 * used again.
 *
 *     OPC (4)  DPC (4)  SI  NI  MP  SLS  user protocol data …
 */
import { type Failure, failure } from '../../types/result.ts';
import { decodeHeader, HEADER_OCTETS, MESSAGE_CLASS, writeHeader } from './message.ts';
import type { MtpTransfer } from './mtp.ts';
import { readUint16, readUint32, writeUint16, writeUint32 } from './octets.ts';
import { CorrelationId, NetworkAppearance, ProtocolData, RoutingContext } from './parameters.ts';

const DATA_TYPE = 1;
const ROUTING_LABEL_OCTETS = 12;

export interface DataMessage extends MtpTransfer {
  readonly ok: true;
  readonly routingContext: number | undefined;
  readonly networkAppearance: number | undefined;
  readonly correlationId: number | undefined;
}

/** What goes before the Protocol Data parameter, and after it. */
export interface DataContext {
  readonly routingContext?: number | undefined;
  readonly networkAppearance?: number | undefined;
  readonly correlationId?: number | undefined;
}

export function isData(octets: Uint8Array): boolean {
  return octets.length >= HEADER_OCTETS && octets[2] === MESSAGE_CLASS.TRANSFER && octets[3] === DATA_TYPE;
}

/** Decodes a DATA message; `data` is a view into `octets`. A routing context must be a single one here. */
export function decodeData(octets: Uint8Array): DataMessage | Failure {
  const header = decodeHeader(octets);
  if (!header.ok) return header;
  const end = header.value;
  let routingContext: number | undefined;
  let networkAppearance: number | undefined;
  let correlationId: number | undefined;
  let label = -1;
  let labelEnd = -1;
  for (let at = HEADER_OCTETS; at < end; ) {
    const length = end - at < 4 ? 0 : readUint16(octets, at + 2);
    if (length < 4 || length > end - at) return failure('parameter-field-error', at, 'RFC 4666 §3.2');
    switch (readUint16(octets, at)) {
      case ProtocolData.tag:
        if (label >= 0) return twice(at, 'DATA.Protocol Data');
        if (length < 4 + ROUTING_LABEL_OCTETS)
          return failure('parameter-field-error', at + 2, 'RFC 4666 §3.3.1', 'DATA.Protocol Data');
        label = at + 4;
        labelEnd = at + length;
        break;
      case RoutingContext.tag:
        if (routingContext !== undefined) return twice(at, 'DATA.Routing Context');
        if (length !== 8)
          return failure('parameter-field-error', at + 2, 'RFC 4666 §3.3.1', 'DATA.Routing Context');
        routingContext = readUint32(octets, at + 4);
        break;
      case NetworkAppearance.tag:
        if (networkAppearance !== undefined) return twice(at, 'DATA.Network Appearance');
        if (length !== 8)
          return failure('parameter-field-error', at + 2, 'RFC 4666 §3.3.1', 'DATA.Network Appearance');
        networkAppearance = readUint32(octets, at + 4);
        break;
      case CorrelationId.tag:
        if (correlationId !== undefined) return twice(at, 'DATA.Correlation ID');
        if (length !== 8)
          return failure('parameter-field-error', at + 2, 'RFC 4666 §3.3.1', 'DATA.Correlation ID');
        correlationId = readUint32(octets, at + 4);
        break;
      default:
        break;
    }
    at += (length + 3) & ~3;
  }
  if (label < 0) return failure('missing-parameter', end, 'RFC 4666 §3.3.1', 'DATA.Protocol Data');
  return {
    ok: true,
    routingContext,
    networkAppearance,
    correlationId,
    opc: readUint32(octets, label),
    dpc: readUint32(octets, label + 4),
    si: octets[label + 8]!,
    ni: octets[label + 9]!,
    mp: octets[label + 10]!,
    sls: octets[label + 11]!,
    data: octets.subarray(label + ROUTING_LABEL_OCTETS, labelEnd),
  };
}

const twice = (offset: number, path: string): Failure =>
  failure('unexpected-parameter', offset, 'RFC 4666 §3.2', path);

/** Room that `writeData` needs for user data of this many octets. */
export function dataOctets(userDataOctets: number): number {
  return HEADER_OCTETS + 3 * 8 + 4 + ROUTING_LABEL_OCTETS + ((userDataOctets + 3) & ~3);
}

/** User data longer than this does not fit the 16-bit length of a parameter. */
export const USER_DATA_OCTETS_MAX = 65_535 - 4 - ROUTING_LABEL_OCTETS;

/** Writes a DATA message to the start of `octets`, which has room for `dataOctets`, and returns its length. */
export function writeData(octets: Uint8Array, transfer: MtpTransfer, context: DataContext): number {
  let at = HEADER_OCTETS;
  if (context.networkAppearance !== undefined)
    at = writeParameter32(octets, at, NetworkAppearance.tag, context.networkAppearance);
  if (context.routingContext !== undefined)
    at = writeParameter32(octets, at, RoutingContext.tag, context.routingContext);
  const { data } = transfer;
  const length = 4 + ROUTING_LABEL_OCTETS + data.length;
  writeUint16(octets, at, ProtocolData.tag);
  writeUint16(octets, at + 2, length);
  writeUint32(octets, at + 4, transfer.opc);
  writeUint32(octets, at + 8, transfer.dpc);
  octets[at + 12] = transfer.si;
  octets[at + 13] = transfer.ni;
  octets[at + 14] = transfer.mp;
  octets[at + 15] = transfer.sls;
  octets.set(data, at + 16);
  const end = at + length;
  at += (length + 3) & ~3;
  for (let pad = end; pad < at; pad++) octets[pad] = 0;
  if (context.correlationId !== undefined)
    at = writeParameter32(octets, at, CorrelationId.tag, context.correlationId);
  writeHeader(octets, MESSAGE_CLASS.TRANSFER, DATA_TYPE, at);
  return at;
}

/** A DATA message in octets of its own. */
export function encodeData(transfer: MtpTransfer, context: DataContext = {}): Uint8Array {
  const octets = new Uint8Array(dataOctets(transfer.data.length));
  return octets.subarray(0, writeData(octets, transfer, context));
}

function writeParameter32(octets: Uint8Array, offset: number, tag: number, value: number): number {
  writeUint16(octets, offset, tag);
  writeUint16(octets, offset + 2, 8);
  writeUint32(octets, offset + 4, value);
  return offset + 8;
}
