/** How long an invoker waits for the outcome, at the upper end of the ranges of 3GPP TS 29.078 §6.1.1, table 6-1. */
export const timersMs = {
  /** 1 to 10 seconds. */
  short: 10_000,
  /** 1 to 60 seconds. */
  medium: 60_000,
  /** 1 second to 30 minutes. */
  long: 1_800_000,
} as const;
