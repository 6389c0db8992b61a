/** Bounds of what may be asked for over the control socket, for the command line, too. */

/** Of one recording. */
export const RECORD_MS_MAX = 86_400_000;
export const RECORD_OCTETS = { min: 4_096, max: 4_294_967_296 } as const;
export const KEPT_DIGITS_MAX = 6;
