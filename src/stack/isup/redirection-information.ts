/**
 * Redirection information: ITU-T Q.763 §3.45.
 *
 *     | original reason (4) | spare (1) | indicator (3) |  | reason (4) | spare (1) | counter (3) |
 */
export const redirectingReason = {
  unknown: 0,
  userBusy: 1,
  noReply: 2,
  unconditional: 3,
  deflectionDuringAlerting: 4,
  deflectionImmediateResponse: 5,
  mobileNotReachable: 6,
} as const;

export interface RedirectionInformation {
  /** 0 … 7; 3 is call diverted, 5 call diverted and nothing of the redirection to be shown. */
  readonly indicator: number;
  /** 0 … 15: {@link redirectingReason} of the first redirection. */
  readonly originalReason: number;
  /** 1 … 5 redirections so far. */
  readonly counter: number;
  /** 0 … 15: {@link redirectingReason} of the last redirection. */
  readonly reason: number;
  /** The second octet, with counter and reason, is not there: both are 0. */
  readonly short?: true;
}

/** Undefined when there is no octet. */
export function decodeRedirectionInformation(octets: Uint8Array): RedirectionInformation | undefined {
  const first = octets[0];
  if (first === undefined) return undefined;
  const second = octets[1];
  if (second === undefined)
    return { indicator: first & 7, originalReason: first >> 4, counter: 0, reason: 0, short: true };
  return { indicator: first & 7, originalReason: first >> 4, counter: second & 7, reason: second >> 4 };
}

export function encodeRedirectionInformation(information: RedirectionInformation): Uint8Array {
  const first = ((information.originalReason & 15) << 4) | (information.indicator & 7);
  if (information.short === true) return Uint8Array.of(first);
  return Uint8Array.of(first, ((information.reason & 15) << 4) | (information.counter & 7));
}
