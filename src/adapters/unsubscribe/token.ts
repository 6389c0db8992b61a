/**
 * What stands in the way out of an e-mail (RFC 8058 §3.1): whose notices end, and at which address. Sealed with a secret as SIV does
 * (the authentication code of what is sealed is the counter that it is enciphered with, RFC 5297 §2.1), so that it tells nobody the number, nobody
 * can make one, and the same notice has the same one each time.
 */
import { createCipheriv, createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { isSubscriberNumber } from '../../types/partition.ts';

const TAG_OCTETS = 16;
const NUMBER_OCTETS = 8;
const ADDRESS_OCTETS = 8;
const TOKEN_OCTETS = TAG_OCTETS + NUMBER_OCTETS + ADDRESS_OCTETS;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export interface Opened {
  /** E.164 digits. */
  readonly subscriber: string;
  /** Whether it was made for this address. */
  readonly isFor: (address: string) => boolean;
}

interface Keys {
  readonly authentication: Buffer;
  readonly encryption: Buffer;
  readonly address: Buffer;
}

export class UnsubscribeTokens {
  readonly #keys: readonly Keys[];

  /** @param secrets one at least; the first seals, any of them opens: one can follow another */
  constructor(secrets: readonly string[]) {
    this.#keys = secrets.map((secret) => ({
      authentication: derived(secret, 'authentication'),
      encryption: derived(secret, 'encryption'),
      address: derived(secret, 'address'),
    }));
  }

  seal(subscriber: string, address: string): string {
    const [keys] = this.#keys as [Keys];
    const plain = Buffer.concat([packed(subscriber), addressMark(keys, address)]);
    const tag = tagOf(keys, plain);
    const cipher = createCipheriv('aes-256-ctr', keys.encryption, tag);
    return Buffer.concat([tag, cipher.update(plain), cipher.final()]).toString('base64url');
  }

  /** Undefined: it is none of ours. */
  open(token: string): Opened | undefined {
    if (!TOKEN.test(token)) return undefined;
    const octets = Buffer.from(token, 'base64url');
    // Of 43 characters the last has two bits to spare: another spelling of the same octets is not ours.
    if (octets.length !== TOKEN_OCTETS || octets.toString('base64url') !== token) return undefined;
    const tag = octets.subarray(0, TAG_OCTETS);
    for (const keys of this.#keys) {
      const cipher = createDecipheriv('aes-256-ctr', keys.encryption, tag);
      const plain = Buffer.concat([cipher.update(octets.subarray(TAG_OCTETS)), cipher.final()]);
      if (!timingSafeEqual(tag, tagOf(keys, plain))) continue;
      const subscriber = unpacked(plain.subarray(0, NUMBER_OCTETS));
      const mark = plain.subarray(NUMBER_OCTETS);
      if (!isSubscriberNumber(subscriber)) return undefined;
      return { subscriber, isFor: (address) => timingSafeEqual(mark, addressMark(keys, address)) };
    }
    return undefined;
  }
}

const derived = (secret: string, what: string): Buffer =>
  createHmac('sha256', secret).update(`callwake unsubscribe ${what}`).digest();

const tagOf = ({ authentication }: Keys, plain: Uint8Array): Buffer =>
  createHmac('sha256', authentication).update(plain).digest().subarray(0, TAG_OCTETS);

const addressMark = ({ address: key }: Keys, address: string): Buffer =>
  createHmac('sha256', key).update(address).digest().subarray(0, ADDRESS_OCTETS);

/** A half octet a digit, filled up with f: 15 digits at most. */
function packed(digits: string): Buffer {
  return Buffer.from(digits.padEnd(NUMBER_OCTETS * 2, 'f'), 'hex');
}

function unpacked(octets: Buffer): string {
  return octets.toString('hex').replace(/f+$/, '');
}
