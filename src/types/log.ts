/** Operating log, as a port. Personal numbers are masked by the caller (`maskNumber`) before they come here. */
export interface Log {
  info(event: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(event: string, fields?: Readonly<Record<string, unknown>>): void;
  error(event: string, fields?: Readonly<Record<string, unknown>>): void;
}

export const silentLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** A number for a log: the last digits hidden, enough left to tell a network from another. `4915•••••78`. */
export function maskNumber(digits: string): string {
  if (digits.length <= 6) return '•'.repeat(digits.length);
  return digits.slice(0, 4) + '•'.repeat(digits.length - 6) + digits.slice(-2);
}
