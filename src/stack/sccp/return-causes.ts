/** Return causes (ITU-T Q.713 §3.12). The names are used by counters and logs. */
export const RETURN_CAUSE = {
  'no-translation-for-nature': 0,
  'no-translation-for-address': 1,
  'subsystem-congestion': 2,
  'subsystem-failure': 3,
  'unequipped-user': 4,
  'mtp-failure': 5,
  'network-congestion': 6,
  unqualified: 7,
  'error-in-message-transport': 8,
  'error-in-local-processing': 9,
  'destination-cannot-reassemble': 10,
  'sccp-failure': 11,
  'hop-counter-violation': 12,
  'segmentation-not-supported': 13,
  'segmentation-failure': 14,
} as const;

export type ReturnCauseName = keyof typeof RETURN_CAUSE;

const NAMES = Object.keys(RETURN_CAUSE) as ReturnCauseName[];

/** `cause-<n>` for one that Q.713 does not have. */
export function returnCauseName(cause: number): string {
  return NAMES[cause] ?? `cause-${cause}`;
}
