/**
 * POST over HTTP/1.1, for connectors: kept connections, certificates checked, redirects not followed, and every answer bounded
 * in octets and time. What is asked of an answer is its status; its body is dropped.
 */
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { isPublicAddress, NOT_PUBLIC_CODE, publicLookup } from './public-address.ts';
import { retryAfterMs } from './retry-after.ts';

export interface PosterOptions {
  /** Connections to one host at once. */
  readonly connectionsMax: number;
  /** Certificates of the authorities that are trusted, PEM; absent: those that Node trusts. */
  readonly ca?: string;
  readonly allowPrivateAddresses: boolean;
  /** From the beginning of a request to the status. */
  readonly answerMs: number;
  readonly wallClock: () => number;
}

export interface PostRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type PostAnswer =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterMs?: number }
  | {
      readonly kind: 'failed';
      /** Of the operating system, of TLS or of the parser. */
      readonly code: string;
      /** There was a connection, so that the far side may have the request. */
      readonly uncertain: boolean;
    };

const BODY_OCTETS_MAX = 65_536;
const BODY_MS = 5_000;
const HEADER_OCTETS_MAX = 16_384;
const IDLE_MS = 30_000;

export class Poster {
  readonly #options: PosterOptions;
  readonly #https: HttpsAgent;
  readonly #http: HttpAgent;

  constructor(options: PosterOptions) {
    this.#options = options;
    const kept = { keepAlive: true, maxSockets: options.connectionsMax, timeout: IDLE_MS };
    this.#https = new HttpsAgent({
      ...kept,
      minVersion: 'TLSv1.2',
      ...(options.ca === undefined ? {} : { ca: options.ca }),
    });
    this.#http = new HttpAgent(kept);
  }

  /** `done` is told once. What this returns gives the request up, and `done` then is not told. */
  post({ url, headers, body }: PostRequest, done: (answer: PostAnswer) => void): () => void {
    const { allowPrivateAddresses, answerMs, wallClock } = this.#options;
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    if (!allowPrivateAddresses && isIP(host) !== 0 && !isPublicAddress(host)) {
      done({ kind: 'failed', code: NOT_PUBLIC_CODE, uncertain: false });
      return () => undefined;
    }
    const isTls = url.protocol === 'https:';
    const request = (isTls ? httpsRequest : httpRequest)(url, {
      method: 'POST',
      agent: isTls ? this.#https : this.#http,
      headers: { ...headers, 'content-length': `${body.byteLength}`, 'user-agent': 'Callwake' },
      maxHeaderSize: HEADER_OCTETS_MAX,
      ...(allowPrivateAddresses ? {} : { lookup: publicLookup() }),
    });
    let isConnected = false;
    let isOver = false;
    const end = (answer?: PostAnswer): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(guard);
      if (answer !== undefined) done(answer);
    };
    const failed = (code: string): void => {
      end({ kind: 'failed', code, uncertain: isConnected });
      request.destroy();
    };
    const guard = setTimeout(() => failed('ETIMEDOUT'), answerMs);
    request.on('socket', (socket) => {
      if (!socket.connecting) isConnected = true;
      else socket.once(isTls ? 'secureConnect' : 'connect', () => (isConnected = true));
    });
    request.on('error', (error: NodeJS.ErrnoException) => failed(error.code ?? 'error'));
    request.on('response', (response) => {
      const waitMs = retryAfterMs(response.headers['retry-after'], wallClock());
      drop(response);
      end({
        kind: 'status',
        status: response.statusCode ?? 0,
        ...(waitMs === undefined ? {} : { retryAfterMs: waitMs }),
      });
    });
    request.end(body);
    return () => {
      end();
      request.destroy();
    };
  }

  /** Cuts what is still connected. */
  close(): void {
    this.#https.destroy();
    this.#http.destroy();
  }
}

/** Reads a short body away, so that its connection can be kept; a long or slow one ends it. */
function drop(response: IncomingMessage): void {
  let octets = 0;
  const guard = setTimeout(() => response.destroy(), BODY_MS);
  response.on('data', (chunk: Buffer) => {
    octets += chunk.length;
    if (octets > BODY_OCTETS_MAX) response.destroy();
  });
  response.on('error', () => undefined);
  response.once('close', () => clearTimeout(guard));
}
