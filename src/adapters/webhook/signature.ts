/**
 * Signatures of webhooks as Standard Webhooks 1.0.0 has them: HMAC-SHA256 over id, time and body. With two keys there are two
 * signatures, and a receiver is content with one that it can check.
 */
import { createHmac } from 'node:crypto';
import { OperatingError } from '../../types/operating-error.ts';

const PREFIX = 'whsec_';
const KEY_OCTETS_MIN = 24;
const KEY_OCTETS_MAX = 64;

/** @throws OperatingError `CW_SECRET_MISSING` */
export function webhookKey(secret: string): Buffer {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : '';
  const key = Buffer.from(text, 'base64');
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(text);
  if (!isBase64 || key.length < KEY_OCTETS_MIN || key.length > KEY_OCTETS_MAX)
    throw new OperatingError(
      'CW_SECRET_MISSING',
      `a secret of channels.webhook.secrets is not ${PREFIX} and base64 of ${KEY_OCTETS_MIN} … ${KEY_OCTETS_MAX} octets`,
    );
  return key;
}

export function signatureHeaders(
  keys: readonly Buffer[],
  id: string,
  nowMs: number,
  body: Uint8Array,
): Readonly<Record<string, string>> {
  const seconds = `${Math.floor(nowMs / 1_000)}`;
  const sign = (key: Buffer): string =>
    `v1,${createHmac('sha256', key).update(`${id}.${seconds}.`).update(body).digest('base64')}`;
  return {
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': keys.map(sign).join(' '),
  };
}
