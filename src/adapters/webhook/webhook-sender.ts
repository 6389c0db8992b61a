/** Sends notices to the operator's webhook. */
import { readFileSync } from 'node:fs';
import type { Config } from '../../config/schema/config.ts';
import type { Send } from '../../connector/under-way.ts';
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import type { WebhookEvent } from '../../types/model/channel-message.ts';
import { outcomeOf } from '../http/outcome.ts';
import { Poster } from '../http/poster.ts';
import { readSecret } from '../secret.ts';
import { type ContentMode, carriedEvent } from './cloud-event.ts';
import { signatureHeaders, webhookKey } from './signature.ts';

export interface WebhookOptions {
  readonly url: URL;
  readonly keys: readonly Buffer[];
  readonly contentMode: ContentMode;
  readonly source: string;
  readonly ca?: string;
  readonly allowPrivateAddresses: boolean;
  readonly window: number;
  readonly sendMs: number;
}

/** @throws OperatingError `CW_SECRET_MISSING`, and the file system's own errors */
export function webhookOptions(config: Config['channels']['webhook']): WebhookOptions {
  const { url, secrets, caFile, contentMode, source, allowPrivateAddresses, window, sendMs } = config;
  return {
    url: new URL(url!),
    keys: secrets.map((reference) => webhookKey(readSecret(reference))),
    contentMode,
    source,
    ...(caFile === undefined ? {} : { ca: readFileSync(caFile, 'utf8') }),
    allowPrivateAddresses,
    window,
    sendMs,
  };
}

export class WebhookSender {
  readonly #options: WebhookOptions;
  readonly #clock: Clock;
  readonly #counters: Counters;
  readonly #poster: Poster;

  constructor(options: WebhookOptions, clock: Clock, counters: Counters) {
    this.#options = options;
    this.#clock = clock;
    this.#counters = counters;
    this.#poster = new Poster({
      connectionsMax: options.window,
      ...(options.ca === undefined ? {} : { ca: options.ca }),
      allowPrivateAddresses: options.allowPrivateAddresses,
      answerMs: options.sendMs,
      wallClock: () => clock.now(),
    });
  }

  readonly send: Send<WebhookEvent> = (event, answered) => {
    const { url, keys, source, contentMode } = this.#options;
    const { headers, body } = carriedEvent(event, source, contentMode);
    // Signed anew with every try: a receiver refuses what was signed long ago.
    const signature = signatureHeaders(keys, event.id, this.#clock.now(), body);
    return this.#poster.post({ url, headers: { ...headers, ...signature }, body }, (answer) => {
      if (answer.kind === 'status') this.#counters.count(`webhook.status.${answer.status}`);
      else this.#counters.count(`webhook.failed.${answer.code}`);
      answered(outcomeOf(answer, 'delivered'));
    });
  };

  close(): void {
    this.#poster.close();
  }
}
