import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { BodyCollector } from './body-collector.ts';
import { listenError } from './listen-error.ts';
import {
  CONNECTIONS_MAX,
  type LiveSocket,
  MESSAGE_OCTETS_MAX,
  statusLine,
  type WebHandlers,
  type WebResponse,
  type WebTransport,
} from './transport.ts';

/** Where the binary of uWebSockets.js does not load: node:http, and ws for the live frames. */
export function createNodeTransport(handlers: WebHandlers): WebTransport {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MESSAGE_OCTETS_MAX,
    perMessageDeflate: false,
  });
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 10_000, keepAliveTimeout: 10_000, maxHeaderSize: 16_384 },
    (request, response) => void answer(handlers, request, response),
  );
  server.maxConnections = CONNECTIONS_MAX;

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const refusal = handlers.refusal({
      path: pathOf(request),
      host: request.headers.host ?? '',
      origin: request.headers.origin ?? '',
    });
    if (refusal !== undefined) {
      refuse(stream, refusal);
      return;
    }
    sockets.handleUpgrade(request, stream, head, (webSocket) => {
      const socket = new NodeSocket(webSocket);
      webSocket.on('error', () => webSocket.terminate());
      webSocket.on('message', () => handlers.unexpectedMessage(socket));
      webSocket.on('close', () => handlers.closed(socket));
      handlers.opened(socket, queryOf(request));
    });
  });

  return {
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        server.once('error', (cause) => reject(listenError(host, port, cause)));
        server.listen({ host, port, exclusive: true }, () => resolve((server.address() as AddressInfo).port));
      }),
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

class NodeSocket implements LiveSocket {
  readonly #webSocket: WebSocket;

  constructor(webSocket: WebSocket) {
    this.#webSocket = webSocket;
  }

  send(frame: Uint8Array): void {
    this.#webSocket.send(frame, { binary: true, compress: false });
  }

  get bufferedOctets(): number {
    return this.#webSocket.bufferedAmount;
  }

  terminate(): void {
    this.#webSocket.terminate();
  }
}

const headerOf = (request: IncomingMessage, name: string): string => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
};
const queryOf = (request: IncomingMessage): string => (request.url ?? '').split('?', 2)[1] ?? '';
const pathOf = (request: IncomingMessage): string => (request.url ?? '/').split('?', 1)[0]!;

async function answer(
  handlers: WebHandlers,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? '';
  const { status, headers, body } = await handlers.respond({
    method,
    path: pathOf(request),
    host: request.headers.host ?? '',
    acceptEncoding: headerOf(request, 'accept-encoding'),
    ifNoneMatch: request.headers['if-none-match'] ?? '',
    authorization: request.headers.authorization ?? '',
    origin: request.headers.origin ?? '',
    fetchSite: headerOf(request, 'sec-fetch-site'),
    contentType: request.headers['content-type'] ?? '',
    body: method === 'POST' ? await bodyOf(request) : undefined,
  });
  response.statusCode = status;
  for (const [name, value] of headers) response.setHeader(name, value);
  if (status !== 304 && status !== 204) response.setHeader('Content-Length', Buffer.byteLength(body));
  // A body that nobody reads must not keep the connection.
  if (method !== 'GET' && method !== 'HEAD') response.setHeader('Connection', 'close');
  response.end(method === 'HEAD' || status === 304 ? undefined : body);
}

/** What was aborted is answered to nobody. */
function bodyOf(request: IncomingMessage): Promise<Uint8Array | 'too-long'> {
  const body = new BodyCollector();
  return new Promise((resolve) => {
    const take = (part: Uint8Array, isLast: boolean): void => {
      const taken = body.take(part, isLast);
      if (taken !== undefined) resolve(taken);
    };
    request.on('data', (part: Buffer) => take(part, false));
    request.on('end', () => take(new Uint8Array(), true));
    request.on('error', () => take(new Uint8Array(), true));
  });
}

function refuse(stream: Duplex, { status, headers, body }: WebResponse): void {
  const lines = [
    `HTTP/1.1 ${statusLine(status)}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  stream.write(`${lines.join('\r\n')}\r\n\r\n`);
  stream.end(body);
}
