import type { Counters } from '../../types/counters.ts';
import type { LiveSource } from '../../web/live-source.ts';
import type { Phones } from '../../web/phones.ts';
import { ACKNOWLEDGE_PATH, acknowledge } from './acknowledge.ts';
import { PHONES_PATH, PhonesRoute } from './phones-route.ts';
import { hostName, originAllowed, SECURITY_HEADERS } from './security.ts';
import type { StaticFile } from './static-site.ts';
import type { UpgradeRequest, WebRequest, WebResponse } from './transport.ts';

/** Prometheus' text form of what the process measures. */
export interface Exposition {
  readonly contentType: string;
  text(): Promise<string>;
}

export interface RouterParts {
  readonly source: LiveSource;
  readonly site: ReadonlyMap<string, StaticFile>;
  readonly exposition: Exposition | undefined;
  readonly counters: Counters;
  /** Undefined: any. */
  readonly hosts: ReadonlySet<string> | undefined;
  readonly origins: readonly string[];
  /** Of a simulated network; undefined: there is no such route. */
  readonly phones: Phones | undefined;
  /** No room for a further browser. */
  readonly full: () => boolean;
}

const TEXT = 'text/plain; charset=utf-8';
const NO_STORE = ['Cache-Control', 'no-store'] as const;

/** Who gets what: static pages, `/health`, `/metrics`, acknowledging, and the door of `/live`. */
export class Router {
  readonly #parts: RouterParts;
  readonly #phones: PhonesRoute | undefined;

  constructor(parts: RouterParts) {
    this.#parts = parts;
    const { phones, origins } = parts;
    this.#phones = phones === undefined ? undefined : new PhonesRoute(phones, origins);
  }

  respond(request: WebRequest): WebResponse | Promise<WebResponse> {
    const { counters, site, exposition } = this.#parts;
    counters.count('web.requests');
    if (!this.#hostAllowed(request.host)) return this.#misdirected();
    if (request.method === 'POST' && request.path === ACKNOWLEDGE_PATH) return this.#acknowledge(request);
    if (request.method === 'POST' && request.path === PHONES_PATH && this.#phones !== undefined)
      return this.#operate(request, this.#phones);
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return plain(405, 'Only GET is served here; POST for acknowledging alarms.', [['Allow', 'GET, HEAD']]);
    switch (request.path) {
      case '/health':
      case '/health/ready':
      case '/health/live':
        return this.#health(request.path === '/health/live');
      case '/metrics':
        return exposition === undefined ? plain(404, 'Metrics are switched off.') : this.#metrics(exposition);
      case '/live':
        return (
          this.refusal({ ...request, origin: '' }) ?? plain(426, 'A WebSocket.', [['Upgrade', 'websocket']])
        );
      default: {
        const file = site.get(request.path);
        return file === undefined ? plain(404, 'There is no such page.') : page(file, request);
      }
    }
  }

  refusal(request: UpgradeRequest): WebResponse | undefined {
    const { counters, origins, full } = this.#parts;
    if (!this.#hostAllowed(request.host)) return this.#misdirected();
    if (request.path !== '/live') return plain(404, 'There is no such WebSocket.');
    if (!originAllowed(request.origin, request.host, origins)) {
      counters.count('web.origin.refused');
      return plain(403, 'A page from elsewhere may not read this.');
    }
    if (full()) {
      counters.count('web.live.refused');
      return plain(503, 'As many pages are open as may be: close one, or raise web.clientsMax.');
    }
    return undefined;
  }

  #acknowledge(request: WebRequest): WebResponse {
    const { source, origins, counters } = this.#parts;
    const outcome = acknowledge(request, source, origins);
    if (outcome.status === 204) {
      counters.count('web.acknowledged');
      return { status: 204, headers: [NO_STORE, ...SECURITY_HEADERS], body: '' };
    }
    counters.count('web.acknowledge-refused');
    return plain(outcome.status, outcome.because);
  }

  async #operate(request: WebRequest, phones: PhonesRoute): Promise<WebResponse> {
    const outcome = await phones.answer(request);
    this.#parts.counters.count(outcome.status === 200 ? 'web.phones' : 'web.phones-refused');
    if (outcome.status !== 200) return plain(outcome.status, outcome.because);
    return {
      status: 200,
      headers: [['Content-Type', 'application/json; charset=utf-8'], NO_STORE, ...SECURITY_HEADERS],
      body: JSON.stringify(outcome.json),
    };
  }

  #hostAllowed(host: string): boolean {
    return this.#parts.hosts?.has(hostName(host)) ?? true;
  }

  #misdirected(): WebResponse {
    this.#parts.counters.count('web.host.refused');
    return plain(421, 'This server does not answer to that name: see web.allowedHosts.');
  }

  #health(liveOnly: boolean): WebResponse {
    const health = this.#parts.source.health();
    const well = health.live && (liveOnly || health.ready);
    return {
      status: well ? 200 : 503,
      headers: [['Content-Type', 'application/json'], NO_STORE, ...SECURITY_HEADERS],
      body: `${JSON.stringify({ live: health.live, ready: health.ready, reasons: health.reasons })}\n`,
    };
  }

  async #metrics(exposition: Exposition): Promise<WebResponse> {
    try {
      const body = await exposition.text();
      return {
        status: 200,
        headers: [['Content-Type', exposition.contentType], NO_STORE, ...SECURITY_HEADERS],
        body,
      };
    } catch {
      this.#parts.counters.count('web.metrics.failed');
      return plain(500, 'The metrics could not be read.');
    }
  }
}

function plain(status: number, text: string, headers: WebResponse['headers'] = []): WebResponse {
  return {
    status,
    headers: [['Content-Type', TEXT], NO_STORE, ...headers, ...SECURITY_HEADERS],
    body: `${text}\n`,
  };
}

function page(file: StaticFile, request: WebRequest): WebResponse {
  const headers: (readonly [string, string])[] = [
    ['Content-Type', file.contentType],
    ['Cache-Control', 'no-cache'],
    ['ETag', file.etag],
    ['Vary', 'Accept-Encoding'],
    ...SECURITY_HEADERS,
  ];
  if (request.ifNoneMatch.split(/\s*,\s*/).includes(file.etag)) return { status: 304, headers, body: '' };
  if (file.brotli !== undefined && accepts(request, 'br'))
    return { status: 200, headers: [...headers, ['Content-Encoding', 'br']], body: file.brotli };
  if (file.gzip !== undefined && accepts(request, 'gzip'))
    return { status: 200, headers: [...headers, ['Content-Encoding', 'gzip']], body: file.gzip };
  return { status: 200, headers, body: file.body };
}

/** RFC 9110 §12.5.3, as far as two codings need it: named, and not with a weight of 0. */
function accepts(request: WebRequest, coding: string): boolean {
  return request.acceptEncoding.split(',').some((item) => {
    const [name, ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
    return name === coding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
}
