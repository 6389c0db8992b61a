/** Sends notices to browsers through their push services (RFC 8030), encrypted for the browser alone (RFC 8291). */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import webPush from 'web-push';
import type { Config } from '../../config/schema/config.ts';
import type { SendOutcome } from '../../connector/outcome.ts';
import type { Send } from '../../connector/under-way.ts';
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import type { PushMessage } from '../../types/model/channel-message.ts';
import { outcomeOf } from '../http/outcome.ts';
import { type PostAnswer, Poster } from '../http/poster.ts';
import { readSecret } from '../secret.ts';
import { pushServiceOf } from './endpoint.ts';
import { checkVapidKeys, type VapidKeys, VapidTokens } from './vapid.ts';

export interface WebPushOptions {
  readonly keys: VapidKeys;
  readonly subject: string;
  readonly allowedHosts: readonly string[];
  readonly ca?: string;
  readonly allowPrivateAddresses: boolean;
  readonly keptMs: number;
  readonly window: number;
  readonly sendMs: number;
}

/** @throws OperatingError `CW_SECRET_MISSING`, and the file system's own errors */
export function webPushOptions(config: Config['channels']['webPush']): WebPushOptions {
  const { subject, publicKey, privateKey, caFile } = config;
  const { allowedHosts, allowPrivateAddresses, keptMs, window, sendMs } = config;
  const keys = { publicKey: publicKey!, privateKey: readSecret(privateKey!) };
  checkVapidKeys(keys);
  return {
    keys,
    subject: subject!,
    allowedHosts,
    ...(caFile === undefined ? {} : { ca: readFileSync(caFile, 'utf8') }),
    allowPrivateAddresses,
    keptMs,
    window,
    sendMs,
  };
}

/** What fits the 4096 octets that every push service takes, with header and padding (RFC 8291 §4). */
const PLAIN_OCTETS_MAX = 3_993;
/** RFC 8030 §5.4: characters. */
const TOPIC_MAX = 32;

export class WebPushSender {
  readonly #options: WebPushOptions;
  readonly #counters: Counters;
  readonly #poster: Poster;
  readonly #tokens: VapidTokens;

  constructor(options: WebPushOptions, clock: Clock, counters: Counters) {
    this.#options = options;
    this.#counters = counters;
    this.#tokens = new VapidTokens(options.keys, options.subject, clock);
    this.#poster = new Poster({
      connectionsMax: options.window,
      ...(options.ca === undefined ? {} : { ca: options.ca }),
      allowPrivateAddresses: options.allowPrivateAddresses,
      answerMs: options.sendMs,
      wallClock: () => clock.now(),
    });
  }

  readonly send: Send<PushMessage> = (message, answered) => {
    const { allowedHosts, allowPrivateAddresses, keptMs } = this.#options;
    const found = pushServiceOf(message.subscription.endpoint, allowedHosts, allowPrivateAddresses);
    const body = found === undefined ? 'push service not allowed' : encrypted(message);
    if (found === undefined || typeof body === 'string') {
      answered({ kind: 'refused', detail: String(body), gone: body === BAD_KEYS });
      return () => undefined;
    }
    const headers = {
      'content-type': 'application/octet-stream',
      'content-encoding': 'aes128gcm',
      ttl: `${Math.floor(keptMs / 1_000)}`,
      urgency: message.urgency,
      topic: this.#topic(message),
      authorization: this.#tokens.authorization(found.url.origin),
    };
    return this.#poster.post({ url: found.url, headers, body }, (answer) => {
      if (answer.kind === 'status') this.#counters.count(`web-push.status.${answer.status}`);
      else this.#counters.count(`web-push.failed.${answer.code}`);
      answered(pushOutcome(answer));
    });
  };

  close(): void {
    this.#poster.close();
  }

  /** The push service sees it, so the number cannot be found from it. */
  #topic({ about }: PushMessage): string {
    const hash = createHmac('sha256', this.#options.keys.privateKey);
    return hash.update(`topic ${about.subscriber} ${about.kind}`).digest('base64url').slice(0, TOPIC_MAX);
  }
}

const BAD_KEYS = 'keys of the subscription';

/** The body, or why there is none. */
function encrypted({ subscription, data }: PushMessage): Buffer | string {
  const plain = Buffer.from(JSON.stringify(data));
  if (plain.length > PLAIN_OCTETS_MAX) return `${plain.length} octets, ${PLAIN_OCTETS_MAX} fit`;
  const text = (key: Uint8Array): string => Buffer.from(key).toString('base64url');
  try {
    return webPush.encrypt(text(subscription.p256dh), text(subscription.auth), plain, 'aes128gcm').cipherText;
  } catch {
    // No point of the curve, or too short: no browser has them.
    return BAD_KEYS;
  }
}

/** 404 and 410: the subscription is not there any more (RFC 8030 §7.3). */
function pushOutcome(answer: PostAnswer): SendOutcome {
  const outcome = outcomeOf(answer, 'accepted');
  const isUnknown = answer.kind === 'status' && answer.status === 404;
  return outcome.kind === 'refused' && isUnknown ? { ...outcome, gone: true } : outcome;
}
