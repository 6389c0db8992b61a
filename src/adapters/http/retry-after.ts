/** Retry-After: seconds, or a date (RFC 9110 §10.2.3). Undefined: there is none that can be read. */
export function retryAfterMs(value: string | undefined, nowMs: number): number | undefined {
  if (value === undefined || value.length > 40) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1_000;
  if (!/GMT$/.test(value)) return undefined;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}
