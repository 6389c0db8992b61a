/**
 * The way out of e-mails (RFC 8058): a POST ends them at once, a GET asks. A listener of its own, since whoever reads an e-mail may come here, and
 * nobody of them is to see the pages of the operator.
 */
import type { Config } from '../../config/schema/config.ts';
import { SendRate } from '../../connector/send-rate.ts';
import type { SelfCareTexts } from '../../selfcare/texts.ts';
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import type { Profile } from '../../types/model/profile.ts';
import { listenPlainly, type PlainListener } from '../web/plain-listener.ts';
import type { WebRequest, WebResponse } from '../web/transport.ts';
import { isOneClick } from './one-click.ts';
import { donePage, plainAnswer, questionPage } from './pages.ts';
import type { Opened, UnsubscribeTokens } from './token.ts';

/** The subscribers, as the way out needs them. Each promise rejects when the engine does not answer in time. */
export interface EMailSubscribers {
  get(number: string): Promise<Profile | undefined>;
  /** Resolves when it is durable: no more e-mail goes to this address. */
  closeEMail(number: string, address: string): Promise<void>;
}

export interface UnsubscribePorts {
  readonly tokens: UnsubscribeTokens;
  /** Undefined: the engine has not started. */
  readonly subscribers: () => EMailSubscribers | undefined;
  readonly texts: readonly SelfCareTexts[];
  readonly defaultLanguage: string;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly log: Log;
  readonly transport?: 'automatic' | 'uws' | 'node';
}

type Keys = Pick<Config['channels']['eMail']['unsubscribe'], 'host' | 'port' | 'requestsPerSecond'>;

/** Main thread only. Rejects with an operating error: `CW_PORT_IN_USE`, `CW_PORT_DENIED`, `CW_ADDRESS_NOT_HERE`. */
export function startUnsubscribeServer(
  { host, port, requestsPerSecond }: Keys,
  ports: UnsubscribePorts,
): Promise<PlainListener> {
  const handler = new WayOutHandler(ports, requestsPerSecond);
  return listenPlainly({
    host,
    port,
    transport: ports.transport,
    log: ports.log,
    respond: (request) => handler.respond(request),
    noWebSocket: plainAnswer(404, 'There is no such WebSocket.'),
  });
}

class WayOutHandler {
  readonly #ports: UnsubscribePorts;
  readonly #rate: SendRate;

  constructor(ports: UnsubscribePorts, requestsPerSecond: number) {
    this.#ports = ports;
    this.#rate = new SendRate(requestsPerSecond, () => ports.clock.monotonic());
  }

  respond(request: WebRequest): WebResponse | Promise<WebResponse> {
    const { counters, tokens } = this.#ports;
    counters.count('unsubscribe.requests');
    if (this.#rate.waitMs() > 0) {
      counters.count('unsubscribe.limited');
      return plainAnswer(429, 'Too many requests: come again.', [['Retry-After', '10']]);
    }
    this.#rate.take();
    const { method, path } = request;
    const isPost = method === 'POST';
    if (!isPost && method !== 'GET' && method !== 'HEAD')
      return plainAnswer(405, 'GET asks, POST ends it.', [['Allow', 'GET, HEAD, POST']]);
    // A proxy may leave of the configured path what it likes.
    const opened = tokens.open(path.slice(path.lastIndexOf('/') + 1));
    if (opened === undefined) {
      counters.count('unsubscribe.no-token');
      return plainAnswer(404, 'There is no such page.');
    }
    const subscribers = this.#ports.subscribers();
    if (subscribers === undefined) return this.#notNow();
    const answer = isPost ? this.#close(request, opened, subscribers) : this.#ask(opened, subscribers);
    return answer.catch(() => this.#notNow());
  }

  async #ask(opened: Opened, subscribers: EMailSubscribers): Promise<WebResponse> {
    const { texts, counters } = this.#ports;
    const { language } = await this.#whose(opened, subscribers);
    counters.count('unsubscribe.asked');
    return questionPage(texts, language);
  }

  async #close(request: WebRequest, opened: Opened, subscribers: EMailSubscribers): Promise<WebResponse> {
    const { texts, counters } = this.#ports;
    const { body, contentType } = request;
    if (body === 'too-long') return plainAnswer(413, 'The body is too long.');
    if (!isOneClick(contentType, body ?? new Uint8Array())) {
      counters.count('unsubscribe.not-one-click');
      return plainAnswer(400, 'Send List-Unsubscribe=One-Click, as RFC 8058 has it.');
    }
    const { language, address } = await this.#whose(opened, subscribers);
    // Where no e-mail goes to that address any more there is nothing to end: the answer is the same.
    if (address !== undefined) await subscribers.closeEMail(opened.subscriber, address);
    counters.count(address === undefined ? 'unsubscribe.nothing-to-end' : 'unsubscribe.ended');
    return donePage(texts, language);
  }

  /** Address: where e-mails go now, if the token is for it. Of a subscriber who has another one nothing is told. */
  async #whose({ subscriber, isFor }: Opened, subscribers: EMailSubscribers) {
    const profile = await subscribers.get(subscriber);
    const { eMail, channels = [] } = profile?.preferences ?? {};
    if (profile === undefined || eMail === undefined || !isFor(eMail))
      return { language: this.#ports.defaultLanguage, address: undefined };
    return { language: profile.language, address: channels.includes('e-mail') ? eMail : undefined };
  }

  #notNow(): WebResponse {
    this.#ports.counters.count('unsubscribe.not-now');
    return plainAnswer(503, 'Not now: come again.', [['Retry-After', '60']]);
  }
}
