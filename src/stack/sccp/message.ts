/**
 * The connectionless messages (ITU-T Q.713 §4.10, §4.11, §4.18 – §4.21): UDT, UDTS, XUDT, XUDTS, LUDT, LUDTS. All have the same shape:
 * fixed octets, pointers, then called address, calling address, data and, but for UDT and UDTS, an optional part.
 *
 *     UDT    09  class        p p p        pointers of one octet count from themselves
 *     XUDT   11  class  hops  p p p p
 *     LUDT   13  class  hops  pp pp pp pp  pointers of two octets, low one first, count from their second octet
 *     …S     0a, 12, 14: the return cause stands where the class does
 */
import type { Mutable } from '../../types/mutable.ts';
import { OctetsMemo } from '../../types/octets-memo.ts';
import { failure, type Result, success } from '../../types/result.ts';
import { addressOctets, decodeAddress, type PointCodeBits, writeAddress } from './address.ts';
import {
  decodeOptionalPart,
  type OptionalPart,
  optionalPartOctets,
  writeOptionalPart,
} from './optional-part.ts';
import type { SccpAddress } from './service.ts';

export const MESSAGE_TYPE = {
  UDT: 0x09,
  UDTS: 0x0a,
  XUDT: 0x11,
  XUDTS: 0x12,
  LUDT: 0x13,
  LUDTS: 0x14,
} as const;

export type DataKind = 'UDT' | 'XUDT' | 'LUDT';
export type ServiceKind = 'UDTS' | 'XUDTS' | 'LUDTS';

interface Common extends OptionalPart {
  readonly called: SccpAddress;
  readonly calling: SccpAddress;
  /** A view into the message. */
  readonly data: Uint8Array;
  /** 1 … 15; not in UDT and UDTS. */
  readonly hopCounter?: number;
}

export interface DataMessage extends Common {
  readonly kind: DataKind;
  /** 0 or 1; what arrives may claim others (ITU-T Q.713 §3.6). */
  readonly protocolClass: number;
  /** Message handling: return message on error. */
  readonly returnOption: boolean;
}

export interface ServiceMessage extends Common {
  readonly kind: ServiceKind;
  readonly returnCause: number;
}

export type SccpMessage = DataMessage | ServiceMessage;

interface Layout {
  readonly kind: DataKind | ServiceKind;
  readonly pointersAt: number;
  readonly pointerOctets: 1 | 2;
  readonly optionalPart: boolean;
  readonly service: boolean;
}

// biome-ignore format: a message a row
const LAYOUTS: readonly Layout[] = [
  { kind: 'UDT',   pointersAt: 2, pointerOctets: 1, optionalPart: false, service: false },
  { kind: 'UDTS',  pointersAt: 2, pointerOctets: 1, optionalPart: false, service: true },
  { kind: 'XUDT',  pointersAt: 3, pointerOctets: 1, optionalPart: true,  service: false },
  { kind: 'XUDTS', pointersAt: 3, pointerOctets: 1, optionalPart: true,  service: true },
  { kind: 'LUDT',  pointersAt: 3, pointerOctets: 2, optionalPart: true,  service: false },
  { kind: 'LUDTS', pointersAt: 3, pointerOctets: 2, optionalPart: true,  service: true },
];
const BY_TYPE: (Layout | undefined)[] = [];
const BY_KIND = new Map<string, Layout>();
for (const layout of LAYOUTS) {
  BY_TYPE[MESSAGE_TYPE[layout.kind]] = layout;
  BY_KIND.set(layout.kind, layout);
}

const RETURN_ON_ERROR = 0x80;

/** Decodes one message; `data` and what is kept of the optional part are views into `octets`. */
export function decodeMessage(octets: Uint8Array, bits: PointCodeBits = 14): Result<SccpMessage> {
  const layout = BY_TYPE[octets[0] ?? 0];
  if (layout === undefined) return failure('message-type-unknown', 0, 'ITU-T Q.713 §2.1');
  const { pointersAt, pointerOctets } = layout;
  const fixedEnd = pointersAt + pointerOctets * (layout.optionalPart ? 4 : 3);
  if (octets.length < fixedEnd) return failure('message-truncated', octets.length, 'ITU-T Q.713 §2.2');

  const calledAt = pointed(octets, pointersAt, pointerOctets);
  const callingAt = pointed(octets, pointersAt + pointerOctets, pointerOctets);
  const dataAt = pointed(octets, pointersAt + 2 * pointerOctets, pointerOctets);
  if (calledAt < fixedEnd || callingAt < fixedEnd || dataAt < fixedEnd)
    return failure('pointer-invalid', pointersAt, 'ITU-T Q.713 §2.3');
  if (calledAt >= octets.length || callingAt >= octets.length || dataAt + pointerOctets > octets.length)
    return failure('message-truncated', octets.length, 'ITU-T Q.713 §2.3');

  const called = addressAt(octets, calledAt + 1, octets[calledAt]!, bits);
  if (!called.ok) return { ...called, path: `${layout.kind}.called party address` };
  const calling = addressAt(octets, callingAt + 1, octets[callingAt]!, bits);
  if (!calling.ok) return { ...calling, path: `${layout.kind}.calling party address` };

  const dataFrom = dataAt + pointerOctets;
  const dataEnd =
    dataFrom + (pointerOctets === 1 ? octets[dataAt]! : octets[dataAt]! | (octets[dataAt + 1]! << 8));
  if (dataEnd > octets.length) return failure('data-truncated', dataAt, 'ITU-T Q.713 §3.16');

  const message = layout.service
    ? serviceMessage(layout.kind as ServiceKind, octets[1]!, called.value, calling.value)
    : dataMessage(layout.kind as DataKind, octets[1]!, called.value, calling.value);
  message.data = octets.subarray(dataFrom, dataEnd);
  if (!layout.optionalPart) return success(message);
  message.hopCounter = octets[2]! & 0x0f;
  const optionalAt = pointed(octets, pointersAt + 3 * pointerOctets, pointerOctets);
  if (optionalAt < 0) return success(message);
  if (optionalAt < fixedEnd) return failure('pointer-invalid', pointersAt, 'ITU-T Q.713 §2.3');
  const optional = decodeOptionalPart(octets, optionalAt);
  if (!optional.ok) return { ...optional, path: `${layout.kind}.optional part` };
  return success(Object.assign(message, optional.value));
}

/** Addresses of a network are few: those of its nodes and ours. Twelve octets have the longest number; a hostile one may have 255. */
const ADDRESSES = {
  14: new OctetsMemo<Result<SccpAddress>>(512, 32),
  24: new OctetsMemo<Result<SccpAddress>>(512, 32),
};

function addressAt(
  octets: Uint8Array,
  offset: number,
  length: number,
  bits: PointCodeBits,
): Result<SccpAddress> {
  const end = offset + length;
  if (end > octets.length) return decodeAddress(octets, offset, length, bits);
  const memo = ADDRESSES[bits];
  const known = memo.find(octets, offset, end);
  if (known !== undefined) return known;
  const decoded = decodeAddress(octets, offset, length, bits);
  if (decoded.ok) memo.keep(octets, offset, end, decoded);
  return decoded;
}

const NO_DATA = new Uint8Array();

// Plain literals, filled in afterwards: merging objects would cost more than all the rest of the decoder.

function dataMessage(
  kind: DataKind,
  octet: number,
  called: SccpAddress,
  calling: SccpAddress,
): Mutable<DataMessage> {
  const returnOption = (octet & 0xf0) === RETURN_ON_ERROR;
  return { kind, protocolClass: octet & 0x0f, returnOption, called, calling, data: NO_DATA };
}

function serviceMessage(
  kind: ServiceKind,
  returnCause: number,
  called: SccpAddress,
  calling: SccpAddress,
): Mutable<ServiceMessage> {
  return { kind, returnCause, called, calling, data: NO_DATA };
}

/** Where the pointer at `at` points to; −1 when it is zero (nothing there). */
function pointed(octets: Uint8Array, at: number, pointerOctets: 1 | 2): number {
  const value = pointerOctets === 1 ? octets[at]! : octets[at]! | (octets[at + 1]! << 8);
  return value === 0 ? -1 : at + pointerOctets - 1 + value;
}

/** Octets that `writeMessage` needs. */
export function messageOctets(message: SccpMessage, bits: PointCodeBits = 14): number {
  const layout = BY_KIND.get(message.kind)!;
  return (
    layout.pointersAt +
    layout.pointerOctets * (layout.optionalPart ? 5 : 4) +
    addressOctets(message.called, bits) +
    addressOctets(message.calling, bits) +
    2 +
    message.data.length +
    (layout.optionalPart ? optionalPartOctets(message) : 0)
  );
}

/**
 * Writes a message to the start of `octets` and returns its length, or 0 when it cannot be written: no room, data
 * longer than its length field can say, or a part further away than its pointer reaches.
 */
export function writeMessage(octets: Uint8Array, message: SccpMessage, bits: PointCodeBits = 14): number {
  const layout = BY_KIND.get(message.kind)!;
  const { pointersAt, pointerOctets } = layout;
  if (messageOctets(message, bits) > octets.length) return 0;
  // The length of an address has one octet; that of a title may have grown by its translation.
  if (addressOctets(message.called, bits) > 255 || addressOctets(message.calling, bits) > 255) return 0;
  const { data } = message;
  const reach = pointerOctets === 1 ? 255 : 65_535;
  if (data.length > reach) return 0;
  octets[0] = MESSAGE_TYPE[layout.kind];
  octets[1] =
    'returnCause' in message
      ? message.returnCause
      : message.protocolClass | (message.returnOption ? RETURN_ON_ERROR : 0);
  if (pointersAt === 3) octets[2] = message.hopCounter ?? 15;
  let at = pointersAt + pointerOctets * (layout.optionalPart ? 4 : 3);
  let pointerAt = pointersAt;
  /** False: further away than a pointer can say. */
  const point = (): boolean => {
    const value = at - (pointerAt + pointerOctets - 1);
    if (value > reach) return false;
    octets[pointerAt] = value;
    if (pointerOctets === 2) octets[pointerAt + 1] = value >> 8;
    pointerAt += pointerOctets;
    return true;
  };
  for (const address of [message.called, message.calling]) {
    if (!point()) return 0;
    const end = writeAddress(octets, at + 1, address, bits);
    octets[at] = end - at - 1;
    at = end;
  }
  if (!point()) return 0;
  octets[at++] = data.length;
  if (pointerOctets === 2) octets[at++] = data.length >> 8;
  octets.set(data, at);
  at += data.length;
  if (!layout.optionalPart) return at;
  if (optionalPartOctets(message) === 0) {
    octets.fill(0, pointerAt, pointerAt + pointerOctets);
    return at;
  }
  if (!point()) return 0;
  return writeOptionalPart(octets, at, message);
}

/** The message in octets of its own; undefined when it cannot be written. */
export function encodeMessage(message: SccpMessage, bits: PointCodeBits = 14): Uint8Array | undefined {
  const octets = new Uint8Array(messageOctets(message, bits));
  const length = writeMessage(octets, message, bits);
  return length === 0 ? undefined : octets.subarray(0, length);
}
