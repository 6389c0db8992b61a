import { fileURLToPath } from 'node:url';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import type { LiveSource } from '../../web/live-source.ts';
import type { Phones } from '../../web/phones.ts';
import { chooseTransport } from './choose-transport.ts';
import { LIVE_HUB_DEFAULTS, LiveHub } from './live-hub.ts';
import { type Exposition, Router } from './router.ts';
import { allowedHosts } from './security.ts';
import { loadStaticSite } from './static-site.ts';

export interface WebServerOptions {
  /** Default 127.0.0.1: this machine alone. */
  readonly host?: string | undefined;
  /** Default 0: any free port. */
  readonly port?: number | undefined;
  /** Names that the server answers to; default on loopback: loopback's, else any. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Origins beside its own that may open `/live`, as a browser writes them: `https://noc.example`. */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** Pages open at once. */
  readonly clientsMax?: number | undefined;
  readonly bufferedOctetsMax?: number | undefined;
  readonly skipsMax?: number | undefined;
  /** 'automatic': uWebSockets.js where its binary loads. */
  readonly transport?: 'automatic' | 'uws' | 'node' | undefined;
  /** Folder of the built page; default: where the build puts it. */
  readonly pageFolder?: string | undefined;
}

export interface WebServerPorts {
  readonly source: LiveSource;
  readonly counters: Counters;
  readonly log: Log;
  readonly exposition?: Exposition | undefined;
  /** Phones that the page may operate: those of a simulated network. */
  readonly phones?: Phones | undefined;
}

export interface WebServer {
  readonly host: string;
  readonly port: number;
  /** For people to open. */
  readonly url: string;
  readonly transport: 'uws' | 'node';
  /** Pages open now. */
  readonly clients: number;
  /** Ends every connection. To be called before the process ends. */
  close(): Promise<void>;
}

/** `dist/src/adapters/web` → `dist/web/page`. */
const PAGE_FOLDER = fileURLToPath(new URL('../../../web/page', import.meta.url));
/** Snapshots are looked for this often; they are taken more seldom. */
const POLL_MS = 200;

/**
 * Serves the pages and their live frames. Main thread only.
 * Rejects with an operating error: `CW_PORT_IN_USE`, `CW_PORT_DENIED`, `CW_ADDRESS_NOT_HERE`.
 */
export async function startWebServer(
  ports: WebServerPorts,
  options: WebServerOptions = {},
): Promise<WebServer> {
  const { source, counters, log } = ports;
  const host = options.host ?? '127.0.0.1';
  const hub = new LiveHub(
    source,
    {
      clientsMax: options.clientsMax ?? LIVE_HUB_DEFAULTS.clientsMax,
      bufferedOctetsMax: options.bufferedOctetsMax ?? LIVE_HUB_DEFAULTS.bufferedOctetsMax,
      skipsMax: options.skipsMax ?? LIVE_HUB_DEFAULTS.skipsMax,
    },
    counters,
    log,
  );
  const router = new Router({
    source,
    site: loadStaticSite(options.pageFolder ?? PAGE_FOLDER),
    exposition: ports.exposition,
    phones: ports.phones,
    counters,
    hosts: allowedHosts(host, options.allowedHosts),
    origins: options.allowedOrigins ?? [],
    full: () => hub.full,
  });
  const { transport, name } = await chooseTransport(options.transport ?? 'automatic', log, {
    respond: (request) => router.respond(request),
    refusal: (request) => router.refusal(request),
    opened: (socket, query) => hub.opened(socket, query),
    closed: (socket) => hub.closed(socket),
    unexpectedMessage: (socket) => {
      counters.count('web.live.unexpected');
      socket.terminate();
    },
  });
  const port = await transport.listen(host, options.port ?? 0).catch(async (error: unknown) => {
    await transport.close();
    throw error;
  });
  const poll = setInterval(() => hub.poll(), POLL_MS);
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return {
    host,
    port,
    url: `http://${shown}:${port}/`,
    transport: name,
    get clients() {
      return hub.clients;
    },
    close: () => {
      clearInterval(poll);
      return transport.close();
    },
  };
}
