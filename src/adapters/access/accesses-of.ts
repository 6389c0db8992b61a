/** What the access log of a data directory says of one number, oldest first. */
import { createReadStream, readdirSync } from 'node:fs';
import path from 'node:path';
import { textLines } from '../engine/text-lines.ts';
import { ACCESS_LOG } from './access-log.ts';
import { numberHash } from './number-hash.ts';

const LINE_OCTETS_MAX = 1_048_576;

export async function* accessesOf(
  directory: string,
  number: string,
): AsyncGenerator<Record<string, unknown>> {
  const hash = numberHash(directory)?.(number);
  if (hash === undefined) return;
  for (const file of filesOf(directory)) {
    for await (const { text } of textLines(createReadStream(path.join(directory, file)), LINE_OCTETS_MAX)) {
      if (!text.includes(hash)) continue;
      const entry = entryOf(text);
      // Of many numbers the others are nobody's business.
      if (entry !== undefined) yield { ...entry, hashes: undefined };
    }
  }
}

/** The oldest first: the highest number was put aside first. */
function filesOf(directory: string): string[] {
  const ageOf = (name: string): number => Number(name.slice(ACCESS_LOG.length + 1) || 0);
  return readdirSync(directory)
    .filter((name) => name === ACCESS_LOG || /^access\.log\.\d+$/.test(name))
    .sort((a, b) => ageOf(b) - ageOf(a));
}

/** Undefined: a line that a crash cut off. */
function entryOf(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
