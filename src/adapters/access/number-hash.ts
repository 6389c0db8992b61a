/** Numbers in the access log: hidden, and found again by who has the key of the data directory. */
import { hash, randomBytes } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { numberDigitsMax } from '../../types/partition.ts';

const KEY_FILE = 'access.key';
const KEY_OCTETS = 32;
/** Of the hash that is kept: enough that among a billion numbers hardly any two share it. */
const HASH_OCTETS = 12;

export type NumberHash = (number: string) => string;

/** The hash under the key of a data directory; undefined: there is no key, so nothing was ever written with it. */
export function numberHash(directory: string): NumberHash | undefined {
  const file = path.join(directory, KEY_FILE);
  return existsSync(file) ? keyedHash(readFileSync(file)) : undefined;
}

const BLOCK_OCTETS = 64;
const SHA_256_OCTETS = 32;

/**
 * The beginning of HMAC-SHA-256 (RFC 2104 §2) of a number's digits, in base64url. By hashes in one go: a stream for each of
 * millions of numbers is several times dearer.
 * @param key of at most 64 octets
 */
export function keyedHash(key: Uint8Array): NumberHash {
  const inner = Buffer.alloc(BLOCK_OCTETS + numberDigitsMax, 0x36);
  const outer = Buffer.alloc(BLOCK_OCTETS + SHA_256_OCTETS, 0x5c);
  for (const [index, octet] of key.entries()) {
    inner[index] = octet ^ 0x36;
    outer[index] = octet ^ 0x5c;
  }
  return (number) => {
    const length = inner.write(number, BLOCK_OCTETS, 'latin1');
    outer.set(hash('sha256', inner.subarray(0, BLOCK_OCTETS + length), 'buffer'), BLOCK_OCTETS);
    return hash('sha256', outer, 'buffer').subarray(0, HASH_OCTETS).toString('base64url');
  };
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
