/** How long an invoker waits for the outcome, at the upper end of what 3GPP TS 29.002 §17.1.2 allows. */
export const timersMs = {
  /** `s`: 3 to 10 seconds. */
  short: 10_000,
  /** `m`: 15 to 30 seconds. */
  medium: 30_000,
  /** `ml`: 1 to 10 minutes. */
  mediumLong: 600_000,
  /** `l`: 28 to 38 hours. */
  long: 38 * 3_600_000,
} as const;
