/**
 * Compatibility information: what a sender of something new asks those who do not know it to do (ITU-T Q.763 §3.33 for a
 * message, §3.41 for parameters), so that ITU-T Q.764 §2.9.5 can be followed.
 *
 *     message:     | ext | broadband (2) | pass on not possible | discard message   | notify | release | transit |  …
 *     parameters:  | name |  | ext | pass on not possible (2) | discard parameter | discard message | notify | release | transit |  …
 */
import { parameter } from './parameter.ts';

export interface Instructions {
  /** An exchange in between shall not look at the other bits. */
  readonly transitAtIntermediateExchange: boolean;
  readonly releaseCall: boolean;
  readonly sendNotification: boolean;
  readonly discardMessage: boolean;
}

export interface MessageInstructions extends Instructions {
  /** Who cannot pass it on discards the information; or else releases the call. */
  readonly passOnNotPossible: 'release' | 'discard-message';
  /** Bits F and G of the first octet, and octets after it: for broadband interworking. */
  readonly broadband?: number;
  readonly extra?: Uint8Array;
}

export interface ParameterInstructions extends Instructions {
  /** Code of the parameter that this is about. */
  readonly code: number;
  readonly discardParameter: boolean;
  readonly passOnNotPossible: 'release' | 'discard-message' | 'discard-parameter';
  readonly extra?: Uint8Array;
}

const LAST = 0x80;

function readInstructions(octet: number): Instructions {
  return {
    transitAtIntermediateExchange: (octet & 1) !== 0,
    releaseCall: (octet & 2) !== 0,
    sendNotification: (octet & 4) !== 0,
    discardMessage: (octet & 8) !== 0,
  };
}

function writeInstructions(instructions: Instructions): number {
  return (
    (instructions.transitAtIntermediateExchange ? 1 : 0) |
    (instructions.releaseCall ? 2 : 0) |
    (instructions.sendNotification ? 4 : 0) |
    (instructions.discardMessage ? 8 : 0)
  );
}

/** Where the octets of one indicator end: after the first with its extension bit set; undefined: none has it. */
function endOfIndicators(octets: Uint8Array, from: number): number | undefined {
  for (let at = from; at < octets.length; at++) if (octets[at]! >= LAST) return at + 1;
  return undefined;
}

export const messageCompatibilityInformation = parameter(
  ['messageCompatibilityInformation', 'message compatibility information', 0x38, 'ITU-T Q.763 §3.33'],
  (octets): MessageInstructions | undefined => {
    if (endOfIndicators(octets, 0) !== octets.length) return undefined;
    const first = octets[0]!;
    return {
      ...readInstructions(first),
      passOnNotPossible: (first & 0x10) === 0 ? 'release' : 'discard-message',
      ...((first & 0x60) === 0 ? {} : { broadband: (first >> 5) & 3 }),
      ...(octets.length > 1 ? { extra: octets.subarray(1) } : {}),
    };
  },
  (value) =>
    Uint8Array.of(
      writeInstructions(value) |
        (value.passOnNotPossible === 'release' ? 0 : 0x10) |
        ((value.broadband ?? 0) << 5) |
        (value.extra === undefined ? LAST : 0),
      ...(value.extra ?? []),
    ),
);

const PASS_ON = ['release', 'discard-message', 'discard-parameter'] as const;

export const parameterCompatibilityInformation = parameter(
  ['parameterCompatibilityInformation', 'parameter compatibility information', 0x39, 'ITU-T Q.763 §3.41'],
  (octets): readonly ParameterInstructions[] | undefined => {
    const list: ParameterInstructions[] = [];
    for (let at = 0; at < octets.length; ) {
      const end = endOfIndicators(octets, at + 1);
      if (end === undefined) return undefined;
      const first = octets[at + 1]!;
      list.push({
        code: octets[at]!,
        ...readInstructions(first),
        discardParameter: (first & 0x10) !== 0,
        // The fourth code is reserved, and read as the first.
        passOnNotPossible: PASS_ON[(first >> 5) & 3] ?? 'release',
        ...(end > at + 2 ? { extra: octets.subarray(at + 2, end) } : {}),
      });
      at = end;
    }
    return list.length === 0 ? undefined : list;
  },
  (list) =>
    Uint8Array.from(
      list.flatMap((value) => [
        value.code,
        writeInstructions(value) |
          (value.discardParameter ? 0x10 : 0) |
          (PASS_ON.indexOf(value.passOnNotPossible) << 5) |
          (value.extra === undefined ? LAST : 0),
        ...(value.extra ?? []),
      ]),
    ),
);
