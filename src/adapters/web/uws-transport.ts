import type * as uws from 'uWebSockets.js';
import { BodyCollector } from './body-collector.ts';
import { listenError, probeAddress } from './listen-error.ts';
import {
  type LiveSocket,
  MESSAGE_OCTETS_MAX,
  statusLine,
  TRANSPORT_BUFFERED_OCTETS_MAX,
  type WebHandlers,
  type WebRequest,
  type WebResponse,
  type WebTransport,
} from './transport.ts';

/** The typing lacks the listen options. */
type Library = typeof uws & { readonly LIBUS_LISTEN_EXCLUSIVE_PORT: number };
interface UserData {
  readonly query: string;
  socket: UwsSocket | undefined;
}

/** The library, or why its binary does not load on this machine. */
export async function loadUws(): Promise<Library | Error> {
  try {
    const module = (await import('uWebSockets.js')) as unknown as { default: Library };
    return module.default;
  } catch (cause) {
    return cause instanceof Error ? cause : new Error(String(cause));
  }
}

/**
 * uWebSockets.js. Main thread only, and `close` before the thread ends: a worker that ends with open sockets takes the
 * whole process with it.
 */
export function createUwsTransport(library: Library, handlers: WebHandlers): WebTransport {
  const app = library.App();
  let closed = false;

  app.ws<UserData>('/*', {
    compression: library.DISABLED,
    maxPayloadLength: MESSAGE_OCTETS_MAX,
    maxBackpressure: TRANSPORT_BUFFERED_OCTETS_MAX,
    idleTimeout: 60,
    sendPingsAutomatically: true,
    upgrade: (response, request, context) => {
      const refusal = handlers.refusal({
        path: request.getUrl(),
        host: request.getHeader('host'),
        origin: request.getHeader('origin'),
      });
      if (refusal !== undefined) {
        write(response, refusal, false, true);
        return;
      }
      response.upgrade<UserData>(
        { query: request.getQuery(), socket: undefined },
        request.getHeader('sec-websocket-key'),
        request.getHeader('sec-websocket-protocol'),
        request.getHeader('sec-websocket-extensions'),
        context,
      );
    },
    open: (webSocket) => {
      const socket = new UwsSocket(webSocket);
      webSocket.getUserData().socket = socket;
      handlers.opened(socket, webSocket.getUserData().query);
    },
    message: (webSocket) => {
      const { socket } = webSocket.getUserData();
      if (socket !== undefined) handlers.unexpectedMessage(socket);
    },
    close: (webSocket) => {
      const { socket } = webSocket.getUserData();
      if (socket === undefined) return;
      socket.forget();
      handlers.closed(socket);
    },
  });

  app.any('/*', (response, request) => {
    const method = request.getCaseSensitiveMethod().toUpperCase();
    const head: WebRequest = {
      method,
      path: request.getUrl(),
      host: request.getHeader('host'),
      acceptEncoding: request.getHeader('accept-encoding'),
      ifNoneMatch: request.getHeader('if-none-match'),
      authorization: request.getHeader('authorization'),
      origin: request.getHeader('origin'),
      fetchSite: request.getHeader('sec-fetch-site'),
      contentType: request.getHeader('content-type'),
      body: undefined,
    };
    let aborted = false;
    response.onAborted(() => {
      aborted = true;
    });
    // A body that nobody reads must not keep the connection.
    const last = method !== 'GET' && method !== 'HEAD';
    const answer = (whole: WebRequest): void => {
      const outcome = handlers.respond(whole);
      if (outcome instanceof Promise)
        void outcome.then((made) => {
          if (!aborted) response.cork(() => write(response, made, method === 'HEAD', last));
        });
      else if (!aborted) response.cork(() => write(response, outcome, method === 'HEAD', last));
    };
    if (method !== 'POST') {
      answer(head);
      return;
    }
    const body = new BodyCollector();
    response.onData((part, isLast) => {
      const taken = body.take(new Uint8Array(part), isLast);
      if (taken !== undefined) answer({ ...head, body: taken });
    });
  });

  return {
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        // Exclusive: without it a second server shares the port in silence. The typing lacks this form of listen, too.
        const listen = app.listen.bind(app) as unknown as (
          host: string,
          port: number,
          options: number,
          done: (listener: uws.us_listen_socket | false) => void,
        ) => void;
        listen(host, port, library.LIBUS_LISTEN_EXCLUSIVE_PORT, (listener) => {
          if (listener !== false) resolve(library.us_socket_local_port(listener));
          else void probeAddress(host, port).then((cause) => reject(listenError(host, port, cause)));
        });
      }),
    close: () => {
      if (!closed) app.close();
      closed = true;
      return Promise.resolve();
    },
  };
}

class UwsSocket implements LiveSocket {
  #webSocket: uws.WebSocket<UserData> | undefined;

  constructor(webSocket: uws.WebSocket<UserData>) {
    this.#webSocket = webSocket;
  }

  /** A closed uWS socket must not be touched again. */
  forget(): void {
    this.#webSocket = undefined;
  }

  send(frame: Uint8Array): void {
    this.#webSocket?.send(frame, true, false);
  }

  get bufferedOctets(): number {
    return this.#webSocket?.getBufferedAmount() ?? 0;
  }

  terminate(): void {
    this.#webSocket?.close();
  }
}

function write(response: uws.HttpResponse, answer: WebResponse, headOnly: boolean, last: boolean): void {
  response.writeStatus(statusLine(answer.status));
  for (const [name, value] of answer.headers) response.writeHeader(name, value);
  if (!headOnly && answer.status !== 304 && answer.status !== 204) {
    response.end(answer.body, last);
    return;
  }
  // Not by endWithoutBody's first argument: a length above 0 leaves the response open, and the process ends.
  if (headOnly) response.writeHeader('Content-Length', String(Buffer.byteLength(answer.body)));
  response.endWithoutBody();
}
