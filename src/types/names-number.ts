/** Whether a value of the model names a number: as itself, anywhere within. Texts that a number stands in are not looked into. */
export function namesNumber(value: unknown, number: string): boolean {
  if (typeof value === 'string') return value === number;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return false;
  return Object.values(value).some((held) => namesNumber(held, number));
}
