/** What the process ends with; a script can tell who has to act. 64 and above follow the sysexits convention. */
export const EXIT = {
  /** All well. */
  ok: 0,
  /** It ran, and something went wrong: a notice was lost, a file does not decode. */
  failed: 1,
  /** The command line is wrong. */
  usage: 64,
  /** The machine refuses something: a port in use, a data directory that another engine holds. */
  unavailable: 69,
  /** A mistake in the program. */
  software: 70,
  /** The configuration is wrong. */
  configuration: 78,
  /** Ended by Ctrl-C. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
