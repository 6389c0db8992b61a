import type { Direction, Exercised, Tally } from '../tally.ts';

/** Errors that the scenarios provoke, or that come of what a caller does: they are the answers to expect. */
const natural: readonly string[] = [
  'canceled',
  'cancelFailed',
  'eTCFailed',
  'improperCallerResponse',
  'parameterOutOfRange',
  'unexpectedComponentSequence',
  'unexpectedDataValue',
];

export function tallyOutcome(
  tally: Tally,
  version: number,
  direction: Direction,
  operation: string,
  wrong: string | undefined,
): void {
  const exercised: Exercised = { protocol: 'CAP', operation, version, direction };
  if (wrong !== undefined && !natural.includes(wrong)) tally.failed(exercised, wrong);
  else tally.succeeded(exercised, wrong);
}
