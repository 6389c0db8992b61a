/** What the web server needs of an HTTP and WebSocket library; uWebSockets.js and node:http with ws stand behind it. */

export interface WebRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly host: string;
  readonly acceptEncoding: string;
  readonly ifNoneMatch: string;
  /** Empty: none was shown. */
  readonly authorization: string;
  /** Empty when the client is no browser. */
  readonly origin: string;
  /** Sec-Fetch-Site: how the page that asks is related to us; empty where the browser does not say. */
  readonly fetchSite: string;
  readonly contentType: string;
  /** Of a POST. */
  readonly body: Uint8Array | 'too-long' | undefined;
}

export interface WebResponse {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | string;
}

export interface UpgradeRequest {
  /** Without the query. */
  readonly path: string;
  readonly host: string;
  /** Empty when the client is no browser. */
  readonly origin: string;
}

/** One open WebSocket. After `closed` was called for it, nothing here does anything. */
export interface LiveSocket {
  /** The octets are taken over as they are and must not be changed any more. */
  send(frame: Uint8Array): void;
  /** Octets that the browser has not taken yet. */
  readonly bufferedOctets: number;
  /** At once, without the closing handshake: for one that does not read. */
  terminate(): void;
}

export interface WebHandlers {
  respond(request: WebRequest): WebResponse | Promise<WebResponse>;
  /** Undefined: come in. */
  refusal(request: UpgradeRequest): WebResponse | undefined;
  opened(socket: LiveSocket, query: string): void;
  closed(socket: LiveSocket): void;
  /** A browser has nothing to say here. */
  unexpectedMessage(socket: LiveSocket): void;
}

export interface WebTransport {
  /** Resolves with the port in use; rejects with an operating error (`CW_PORT_IN_USE` …). */
  listen(host: string, port: number): Promise<number>;
  /** Ends the listener and every connection. */
  close(): Promise<void>;
}

/** No message of a browser is longer. */
export const MESSAGE_OCTETS_MAX = 1024;
/** No body of a POST is longer. */
export const BODY_OCTETS_MAX = 4096;
/** HTTP connections at once; a page needs a handful. */
export const CONNECTIONS_MAX = 512;
/** Above what the hub lets wait: only a second fence. */
export const TRANSPORT_BUFFERED_OCTETS_MAX = 8 << 20;

export const STATUS_TEXT: Readonly<Record<number, string>> = {
  200: 'OK',
  204: 'No Content',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  421: 'Misdirected Request',
  426: 'Upgrade Required',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

export function statusLine(status: number): string {
  return `${status} ${STATUS_TEXT[status] ?? 'Unknown'}`;
}
