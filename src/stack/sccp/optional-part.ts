/** The optional part of XUDT(S) and LUDT(S): segmentation, importance, and what else came (ITU-T Q.713 §3.17, §3.19). */
import { failure, type Result, success } from '../../types/result.ts';

export const SEGMENTATION = 0x10;
export const IMPORTANCE = 0x12;
const END_OF_OPTIONAL_PARAMETERS = 0x00;

/**
 * Segmentation (ITU-T Q.713 §3.17).
 *
 *     octet 1      8: first segment   7: class of the whole message   4–1: segments that remain
 *     octets 2–4   segmentation local reference, low one first
 */
export interface Segmentation {
  readonly first: boolean;
  /** The class that was asked for: 0, or 1 (in sequence). The segments themselves go as class 1. */
  readonly originalClass: 0 | 1;
  /** 0 … 15 */
  readonly remaining: number;
  /** 24 bits */
  readonly localReference: number;
}

export interface OptionalParameter {
  readonly name: number;
  readonly value: Uint8Array;
}

export interface OptionalPart {
  readonly segmentation?: Segmentation;
  /** 0 … 7 */
  readonly importance?: number;
  /** Parameters that this code has no use for, kept. */
  readonly other?: readonly OptionalParameter[];
}

/** Decodes from `offset` to the end-of-optional-parameters octet, which a tolerant receiver does not miss. */
export function decodeOptionalPart(octets: Uint8Array, offset: number): Result<OptionalPart> {
  const part: { -readonly [K in keyof OptionalPart]: OptionalPart[K] } = {};
  const other: OptionalParameter[] = [];
  for (let at = offset; at < octets.length; ) {
    const name = octets[at]!;
    if (name === END_OF_OPTIONAL_PARAMETERS) break;
    const length = octets[at + 1];
    if (length === undefined || at + 2 + length > octets.length)
      return failure('optional-parameter-truncated', at, 'ITU-T Q.713 §2.5');
    const value = octets.subarray(at + 2, at + 2 + length);
    if (name === SEGMENTATION && length === 4) part.segmentation = decodeSegmentation(value);
    else if (name === SEGMENTATION) return failure('segmentation-length', at + 1, 'ITU-T Q.713 §3.17');
    else if (name === IMPORTANCE && length === 1) part.importance = value[0]! & 0x07;
    else other.push({ name, value });
    at += 2 + length;
  }
  if (other.length > 0) part.other = other;
  return success(part);
}

function decodeSegmentation(value: Uint8Array): Segmentation {
  const first = value[0]!;
  return {
    first: (first & 0x80) !== 0,
    originalClass: (first & 0x40) === 0 ? 0 : 1,
    remaining: first & 0x0f,
    localReference: value[1]! | (value[2]! << 8) | (value[3]! << 16),
  };
}

/** 0 when there is nothing to send; else with the end octet. */
export function optionalPartOctets(part: OptionalPart): number {
  let octets = 0;
  if (part.segmentation !== undefined) octets += 6;
  if (part.importance !== undefined) octets += 3;
  if (part.other !== undefined) for (const { value } of part.other) octets += 2 + value.length;
  return octets === 0 ? 0 : octets + 1;
}

export function writeOptionalPart(octets: Uint8Array, offset: number, part: OptionalPart): number {
  let at = offset;
  const { segmentation, importance } = part;
  if (segmentation !== undefined) {
    octets[at] = SEGMENTATION;
    octets[at + 1] = 4;
    octets[at + 2] =
      (segmentation.first ? 0x80 : 0) | (segmentation.originalClass << 6) | (segmentation.remaining & 0x0f);
    octets[at + 3] = segmentation.localReference;
    octets[at + 4] = segmentation.localReference >> 8;
    octets[at + 5] = segmentation.localReference >> 16;
    at += 6;
  }
  if (importance !== undefined) {
    octets[at] = IMPORTANCE;
    octets[at + 1] = 1;
    octets[at + 2] = importance & 0x07;
    at += 3;
  }
  for (const { name, value } of part.other ?? []) {
    octets[at] = name;
    octets[at + 1] = value.length;
    octets.set(value, at + 2);
    at += 2 + value.length;
  }
  octets[at] = END_OF_OPTIONAL_PARAMETERS;
  return at + 1;
}
