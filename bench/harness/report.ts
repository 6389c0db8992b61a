/** What a benchmark says to whoever runs it: to `npm run bench` its rows, to a person who runs the file alone a table. */
import { createHash } from 'node:crypto';
import type { Row } from './row.ts';
import { tableOf } from './table.ts';

/** Small inputs, so that the code is run and the meaning checked, and nothing is measured. */
export const isQuick = process.env['CALLWAKE_BENCH_QUICK'] === '1';

/** `whole` for a measurement, `quick` for a look. */
export function sized(whole: number, quick: number): number {
  return isQuick ? quick : whole;
}

export function report(...rows: readonly Row[]): void {
  if (process.send === undefined) process.stdout.write(tableOf(rows));
  else process.send({ rows });
}

/** A line beside the rows: what explains them. */
export function remark(text: string): void {
  if (process.send === undefined) process.stdout.write(`${text}\n`);
  else process.send({ remark: text });
}

/** Of results, as JSON; octets as hexadecimal. The same work has the same hash. */
export function hashOf(...results: readonly unknown[]): string {
  const text = JSON.stringify(results, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
  );
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
