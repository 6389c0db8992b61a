/** SS-Code and SS-Status (3GPP TS 29.002 §17.7.5), and the teleservice of speech (§17.7.9). */
export const SS = {
  forwardingUnconditional: 0x21,
  forwardingBusy: 0x29,
  forwardingNoReply: 0x2a,
  forwardingNotReachable: 0x2b,
  barringOutgoing: 0x92,
  barringIncoming: 0x9a,
} as const;

export const FORWARDINGS: readonly number[] = [
  SS.forwardingUnconditional,
  SS.forwardingBusy,
  SS.forwardingNoReply,
  SS.forwardingNotReachable,
];
export const BARRINGS: readonly number[] = [SS.barringOutgoing, SS.barringIncoming];
export const TELEPHONY = 0x11;

/** P provisioned, R registered, A active (bits 3, 2, 1). */
export const ssStatus = (active: boolean): number => (active ? 0x07 : 0x06);
export const NOT_REGISTERED = 0x04;
