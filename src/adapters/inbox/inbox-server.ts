/**
 * N8: inboxes for the backend of the operator's app: GET shows one, POST says what of it was read and what is to go. A listener of its own, since
 * the backend is not to see the pages of the operator.
 */
import type { Config } from '../../config/schema/config.ts';
import { SendRate } from '../../connector/send-rate.ts';
import type { Clock } from '../../types/clock.ts';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import { listenPlainly, type PlainListener } from '../web/plain-listener.ts';
import type { WebRequest, WebResponse } from '../web/transport.ts';
import { json, problem } from './answers.ts';
import type { AppSubscribers } from './app-subscribers.ts';
import type { MayRead } from './inbox-keys.ts';
import { readOrder, subscriberIn } from './read-request.ts';
import { shownInbox, type Write } from './shown.ts';

export interface InboxPorts {
  readonly mayRead: MayRead;
  /** Undefined: the engine has not started. */
  readonly subscribers: () => AppSubscribers | undefined;
  readonly write: Write;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly log: Log;
  readonly transport?: 'automatic' | 'uws' | 'node';
}

type Keys = Pick<Config['channels']['inbox'], 'host' | 'port' | 'requestsPerSecond'>;

/** Main thread only. Rejects with an operating error: `CW_PORT_IN_USE`, `CW_PORT_DENIED`, `CW_ADDRESS_NOT_HERE`. */
export function startInboxServer(
  { host, port, requestsPerSecond }: Keys,
  ports: InboxPorts,
): Promise<PlainListener> {
  const handler = new InboxHandler(ports, requestsPerSecond);
  return listenPlainly({
    host,
    port,
    transport: ports.transport,
    log: ports.log,
    respond: (request) => handler.respond(request),
    noWebSocket: NO_SUCH_PAGE,
  });
}

const NO_SUCH_PAGE = problem(404, 'Not found', 'The path is /v1/subscribers/NUMBER/inbox.');

class InboxHandler {
  readonly #ports: InboxPorts;
  readonly #rate: SendRate;

  constructor(ports: InboxPorts, requestsPerSecond: number) {
    this.#ports = ports;
    this.#rate = new SendRate(requestsPerSecond, () => ports.clock.monotonic());
  }

  respond(request: WebRequest): WebResponse | Promise<WebResponse> {
    const { counters, mayRead } = this.#ports;
    counters.count('inbox.requests');
    if (this.#rate.waitMs() > 0) {
      counters.count('inbox.limited');
      return problem(429, 'Too many requests', 'Come again.', [['Retry-After', '1']]);
    }
    this.#rate.take();
    if (!mayRead(request.authorization)) {
      counters.count('inbox.no-key');
      return problem(401, 'No key', 'Show a key of channels.inbox.secrets as a bearer token.', [
        ['WWW-Authenticate', 'Bearer'],
      ]);
    }
    const subscriber = subscriberIn(request.path);
    if (subscriber === undefined) return this.#refused(NO_SUCH_PAGE);
    const { method } = request;
    if (method !== 'GET' && method !== 'HEAD' && method !== 'POST')
      return this.#refused(
        problem(405, 'Not allowed', 'GET shows the inbox, POST says what was read.', [
          ['Allow', 'GET, HEAD, POST'],
        ]),
      );
    const subscribers = this.#ports.subscribers();
    if (subscribers === undefined) return this.#notNow();
    const answer =
      method === 'POST'
        ? this.#change(request, subscriber, subscribers)
        : this.#show(request, subscriber, subscribers);
    return answer.catch(() => this.#notNow());
  }

  async #show(request: WebRequest, number: string, subscribers: AppSubscribers): Promise<WebResponse> {
    const known = await subscribers.look(number);
    if (known === undefined) return this.#unknown();
    this.#ports.counters.count('inbox.shown');
    return json(shownInbox(number, known.inbox, this.#ports.write), request);
  }

  async #change(request: WebRequest, number: string, subscribers: AppSubscribers): Promise<WebResponse> {
    const { body, contentType } = request;
    if (body === 'too-long') return this.#refused(problem(413, 'Too long', 'The body is too long.'));
    if (!/^application\/json\s*(;|$)/i.test(contentType))
      return this.#refused(problem(415, 'Not JSON', 'Send application/json.'));
    const order = readOrder(body ?? new Uint8Array());
    if (typeof order === 'string') return this.#refused(problem(400, 'Not understood', order));
    const now = await subscribers.say(number, order);
    if (now === undefined) return this.#unknown();
    this.#ports.counters.count('inbox.changed');
    return json(shownInbox(number, now.inbox, this.#ports.write), request);
  }

  #refused(response: WebResponse): WebResponse {
    this.#ports.counters.count('inbox.refused');
    return response;
  }

  #unknown(): WebResponse {
    return this.#refused(problem(404, 'No such subscriber', 'Nobody has this number here.'));
  }

  #notNow(): WebResponse {
    this.#ports.counters.count('inbox.not-now');
    return problem(503, 'Not now', 'The engine is starting, or did not answer in time.', [
      ['Retry-After', '5'],
    ]);
  }
}
