/**
 * Cause indicators: ITU-T Q.763 §3.12, with the values of ITU-T Q.850 §2.2.7.
 *
 *     | ext | coding standard (2) | spare | location (4) |  [ | ext | recommendation (7) | ]  | ext | cause value (7) |  diagnostics …
 */
export interface Cause {
  /** 0 is ITU-T. */
  readonly codingStandard: number;
  /** 0 user, 1 private network of the local user, 2 public network of the local user, 3 transit, 4 public network of the remote user … */
  readonly location: number;
  /** Octet 1a, where it is there. */
  readonly recommendation?: number;
  /** 0 … 127: ITU-T Q.850 table 1. */
  readonly value: number;
  /** A view. */
  readonly diagnostics?: Uint8Array;
}

/** Undefined when the cause value is not there. */
export function decodeCause(octets: Uint8Array): Cause | undefined {
  const first = octets[0];
  if (first === undefined) return undefined;
  const extended = first < 0x80;
  const at = extended ? 2 : 1;
  const value = octets[at];
  if (value === undefined) return undefined;
  return {
    codingStandard: (first >> 5) & 3,
    location: first & 15,
    ...(extended ? { recommendation: octets[1]! & 0x7f } : {}),
    value: value & 0x7f,
    ...(octets.length > at + 1 ? { diagnostics: octets.subarray(at + 1) } : {}),
  };
}

export function encodeCause(cause: Cause): Uint8Array {
  const { recommendation, diagnostics } = cause;
  const at = recommendation === undefined ? 1 : 2;
  const octets = new Uint8Array(at + 1 + (diagnostics?.length ?? 0));
  octets[0] =
    (recommendation === undefined ? 0x80 : 0) | ((cause.codingStandard & 3) << 5) | (cause.location & 15);
  if (recommendation !== undefined) octets[1] = 0x80 | (recommendation & 0x7f);
  octets[at] = 0x80 | (cause.value & 0x7f);
  if (diagnostics !== undefined) octets.set(diagnostics, at + 1);
  return octets;
}

/** What a cause value means, in a few words: ITU-T Q.850 §2.2.7. */
export const causeNames: ReadonlyMap<number, string> = new Map([
  [1, 'unallocated number'],
  [2, 'no route to specified transit network'],
  [3, 'no route to destination'],
  [4, 'send special information tone'],
  [5, 'misdialled trunk prefix'],
  [6, 'channel unacceptable'],
  [7, 'call awarded'],
  [8, 'preemption'],
  [14, 'number ported'],
  [16, 'normal call clearing'],
  [17, 'user busy'],
  [18, 'no user responding'],
  [19, 'no answer from user'],
  [20, 'subscriber absent'],
  [21, 'call rejected'],
  [22, 'number changed'],
  [23, 'redirection to new destination'],
  [25, 'exchange routing error'],
  [26, 'non-selected user clearing'],
  [27, 'destination out of order'],
  [28, 'invalid number format'],
  [29, 'facility rejected'],
  [30, 'response to status enquiry'],
  [31, 'normal, unspecified'],
  [34, 'no circuit available'],
  [38, 'network out of order'],
  [41, 'temporary failure'],
  [42, 'switching equipment congestion'],
  [43, 'access information discarded'],
  [44, 'requested circuit not available'],
  [46, 'precedence call blocked'],
  [47, 'resource unavailable'],
  [49, 'quality of service not available'],
  [50, 'requested facility not subscribed'],
  [53, 'outgoing calls barred within closed user group'],
  [55, 'incoming calls barred within closed user group'],
  [57, 'bearer capability not authorized'],
  [58, 'bearer capability not available'],
  [62, 'inconsistency of access information and subscriber class'],
  [63, 'service or option not available'],
  [65, 'bearer capability not implemented'],
  [66, 'channel type not implemented'],
  [69, 'requested facility not implemented'],
  [70, 'restricted digital information only'],
  [79, 'service or option not implemented'],
  [81, 'invalid call reference'],
  [82, 'identified channel does not exist'],
  [83, 'suspended call, but not this identity'],
  [84, 'call identity in use'],
  [85, 'no call suspended'],
  [86, 'call cleared'],
  [87, 'user not member of closed user group'],
  [88, 'incompatible destination'],
  [90, 'no such closed user group'],
  [91, 'invalid transit network'],
  [95, 'invalid message'],
  [96, 'mandatory element missing'],
  [97, 'message type not implemented'],
  [98, 'message not fit for the state'],
  [99, 'element not implemented'],
  [100, 'invalid element contents'],
  [101, 'message not fit for the call state'],
  [102, 'recovery on timer expiry'],
  [103, 'parameter not implemented, passed on'],
  [110, 'message with unknown parameter discarded'],
  [111, 'protocol error'],
  [127, 'interworking'],
]);
