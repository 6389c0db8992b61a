/** Who we are to push services: a key pair, and a token that it signs for each of them (RFC 8292 §2). */
import { createECDH } from 'node:crypto';
import webPush from 'web-push';
import type { Clock } from '../../types/clock.ts';
import { OperatingError } from '../../types/operating-error.ts';
import { RecentMap } from '../../types/recent-map.ts';

export interface VapidKeys {
  /** base64url of an uncompressed point of P-256. */
  readonly publicKey: string;
  /** base64url, 32 octets. */
  readonly privateKey: string;
}

export function newVapidKeys(): VapidKeys {
  return webPush.generateVAPIDKeys();
}

/** @throws OperatingError `CW_SECRET_MISSING` when they are no pair */
export function checkVapidKeys({ publicKey, privateKey }: VapidKeys): void {
  if (publicOf(privateKey) !== publicKey)
    throw new OperatingError(
      'CW_SECRET_MISSING',
      'channels.webPush.privateKey is not the private half of channels.webPush.publicKey',
    );
}

function publicOf(privateKey: string): string | undefined {
  const curve = createECDH('prime256v1');
  try {
    curve.setPrivateKey(Buffer.from(privateKey, 'base64url'));
    return curve.getPublicKey('base64url');
  } catch {
    return undefined;
  }
}

/** A token is good for 12 hours (RFC 8292 §2: 24 at most), and is used for half of them. */
const USED_MS = 21_600_000;
const SERVICES_MAX = 100;

/** Signing is dear, and a token is for all that goes to one push service (RFC 8292 §2). */
export class VapidTokens {
  readonly #keys: VapidKeys;
  readonly #subject: string;
  readonly #clock: Clock;
  readonly #tokens = new RecentMap<{ readonly header: string; readonly untilMs: number }>(SERVICES_MAX);

  constructor(keys: VapidKeys, subject: string, clock: Clock) {
    this.#keys = keys;
    this.#subject = subject;
    this.#clock = clock;
  }

  /** Value of the header Authorization. */
  authorization(origin: string): string {
    const nowMs = this.#clock.monotonic();
    const known = this.#tokens.get(origin);
    if (known !== undefined && nowMs < known.untilMs) return known.header;
    const { publicKey, privateKey } = this.#keys;
    const made = webPush.getVapidHeaders(origin, this.#subject, publicKey, privateKey, 'aes128gcm');
    this.#tokens.set(origin, { header: made.Authorization, untilMs: nowMs + USED_MS });
    return made.Authorization;
  }
}
