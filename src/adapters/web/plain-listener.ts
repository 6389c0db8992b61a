/** A listener of its own that answers requests and has no WebSockets: what it serves is not for whoever sees the pages of the operator. */
import type { Log } from '../../types/log.ts';
import { chooseTransport } from './choose-transport.ts';
import type { WebHandlers, WebResponse } from './transport.ts';

export interface PlainListener {
  readonly port: number;
  /** To be called before the process ends. */
  close(): Promise<void>;
}

export interface PlainListenerOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly transport: 'automatic' | 'uws' | 'node' | undefined;
  readonly log: Log;
  readonly respond: WebHandlers['respond'];
  /** The answer to who wants a WebSocket. */
  readonly noWebSocket: WebResponse;
}

/** Main thread only. Rejects with an operating error: `CW_PORT_IN_USE`, `CW_PORT_DENIED`, `CW_ADDRESS_NOT_HERE`. */
export async function listenPlainly(options: PlainListenerOptions): Promise<PlainListener> {
  const { host, port, log, respond, noWebSocket } = options;
  const { transport } = await chooseTransport(options.transport ?? 'automatic', log, {
    respond,
    refusal: () => noWebSocket,
    opened: (socket) => socket.terminate(),
    closed: () => undefined,
    unexpectedMessage: (socket) => socket.terminate(),
  });
  const own = await transport.listen(host, port).catch(async (error: unknown) => {
    await transport.close();
    throw error;
  });
  return { port: own, close: () => transport.close() };
}
