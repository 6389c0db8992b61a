/** Numbers in the access log: hidden, and found again by who has the key of the data directory. */
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const KEY_FILE = 'access.key';
const KEY_OCTETS = 32;
/** Of the hash that is kept: enough that among a billion numbers hardly any two share it. */
const HASH_OCTETS = 12;

export type NumberHash = (number: string) => string;

/** The hash under the key of a data directory; undefined: there is no key, so nothing was ever written with it. */
export function numberHash(directory: string): NumberHash | undefined {
  const file = path.join(directory, KEY_FILE);
  if (!existsSync(file)) return undefined;
  const key = readFileSync(file);
  return (number) =>
    createHmac('sha256', key).update(number).digest().subarray(0, HASH_OCTETS).toString('base64url');
}

/** The same, with a key made when there is none. A key is there as a whole or not at all. */
export function madeNumberHash(directory: string): NumberHash {
  const file = path.join(directory, KEY_FILE);
  if (!existsSync(file)) {
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, randomBytes(KEY_OCTETS), { mode: 0o600, flush: true });
    try {
      linkSync(unfinished, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(unfinished, { force: true });
    }
  }
  return numberHash(directory)!;
}
