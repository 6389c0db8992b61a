/** Lists of callers by their first digits (R3, R4): the operator's, for everybody. */

/** Digits; behind them `*` stands for any that follow. */
export type CallerPattern = string;

/** Whether one of the patterns is the caller's number, or its beginning. */
export function isListed(caller: string, patterns: readonly CallerPattern[]): boolean {
  for (const pattern of patterns) if (matches(caller, pattern)) return true;
  return false;
}

function matches(caller: string, pattern: CallerPattern): boolean {
  const prefixLength = pattern.length - 1;
  if (pattern.charCodeAt(prefixLength) !== 0x2a) return caller === pattern;
  if (caller.length < prefixLength) return false;
  for (let at = 0; at < prefixLength; at++)
    if (caller.charCodeAt(at) !== pattern.charCodeAt(at)) return false;
  return true;
}
