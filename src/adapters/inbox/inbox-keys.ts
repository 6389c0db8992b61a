/** Who may read inboxes: whoever shows one of the keys of the configuration as a bearer token (RFC 6750 §2.1). */
import { hash, timingSafeEqual } from 'node:crypto';
import type { Config } from '../../config/schema/config.ts';
import { OperatingError } from '../../types/operating-error.ts';
import { readSecret } from '../secret.ts';

const KEY_CHARACTERS_MIN = 32;
/** RFC 6750 §2.1: b64token. */
const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i;
const TOKEN = /^[A-Za-z0-9\-._~+/]+=*$/;

/** Whether what stands in a request's Authorization is a key; in a time that tells nothing of the keys. */
export type MayRead = (authorization: string) => boolean;

/** @throws OperatingError `CW_SECRET_MISSING` */
export function inboxKeys({ secrets }: Pick<Config['channels']['inbox'], 'secrets'>): MayRead {
  const digests = secrets.map((reference) => {
    const key = readSecret(reference);
    if (key.length >= KEY_CHARACTERS_MIN && TOKEN.test(key)) return digestOf(key);
    throw new OperatingError(
      'CW_SECRET_MISSING',
      `a key of channels.inbox.secrets is not ${KEY_CHARACTERS_MIN} or more of A-Z a-z 0-9 - . _ ~ + / =`,
      { reference },
    );
  });
  return (authorization) => {
    const [, shown] = BEARER.exec(authorization) ?? [];
    if (shown === undefined) return false;
    const digest = digestOf(shown);
    let isOne = false;
    for (const own of digests) if (timingSafeEqual(own, digest)) isOne = true;
    return isOne;
  };
}

const digestOf = (key: string): Buffer => hash('sha256', key, 'buffer');
