/**
 * What the machine or its operator must put right: a port in use, a file that cannot be written. Retried or shed by a
 * stated policy of whoever catches it; never used for what a peer or a protocol got wrong.
 */
export class OperatingError extends Error {
  override readonly name = 'OperatingError';
  /** Stable, `CW_…`: its row in `error-table.ts` tells the operator what to do. */
  readonly code: `CW_${string}`;
  /** What it is about: addresses, paths, settings. No personal numbers. */
  readonly context: Readonly<Record<string, unknown>>;

  constructor(
    code: `CW_${string}`,
    message: string,
    context: Readonly<Record<string, unknown>> = {},
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.context = context;
  }
}

/** An operating error as it was, when it came from another thread as an error without its class; anything else as it is. */
export function revived(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof OperatingError) return error;
  const { code, context } = error as { code?: unknown; context?: unknown };
  if (typeof code !== 'string' || !/^CW_[A-Z_]+$/.test(code)) return error;
  const about = typeof context === 'object' && context !== null ? context : {};
  return new OperatingError(code as `CW_${string}`, error.message, { ...about }, error);
}
