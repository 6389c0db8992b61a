/** A message centre that listens, and links to it or to others, over real sockets. */
import type { ConnectionOptions, TlsOptions } from 'node:tls';
import { machineClock } from '../../src/adapters/clock.ts';
import { listenSmpp, type SmppListener } from '../../src/adapters/smpp/listen.ts';
import { TcpSmppPort } from '../../src/adapters/smpp/tcp-port.ts';
import { PartHost } from '../../src/adapters/threads/part-host.ts';
import { type SmscBehaviour, wellBehaved } from '../../src/simulator/smsc/behaviour.ts';
import { Smsc } from '../../src/simulator/smsc/smsc.ts';
import type { SubmittedMessage } from '../../src/simulator/smsc/stored-message.ts';
import { type LinkUser, SmppLink } from '../../src/stack/smpp/link.ts';
import { type BindRequest, SmppSession } from '../../src/stack/smpp/session.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import { SeededRandom } from '../../src/types/random.ts';
import { bind } from '../stack/smpp/session-pair.ts';

const times = { sessionInitMs: 5_000, enquireLinkMs: 30_000, inactivityMs: 0, responseMs: 5_000 };
const limits = { window: 100, pduOctetsMax: 70_000, queueOctetsMax: 100_000 };

export class SmppSockets {
  /** What ends it, the last first. */
  readonly ends: (() => unknown)[] = [];
  readonly counters = new CountersMap();
  readonly host = new PartHost({ clock: machineClock });
  readonly inbox: SubmittedMessage[] = [];
  isThere: (number: string) => boolean = () => true;
  readonly smsc: Smsc;

  constructor(behaviour: Partial<SmscBehaviour> = {}) {
    this.smsc = new Smsc(
      {
        clock: machineClock,
        timers: this.host.timers,
        counters: this.counters,
        deliver: (message) => {
          if (!this.isThere(message.destination)) return 'absent';
          this.inbox.push(message);
          return 'delivered';
        },
      },
      { accounts: new Map([['callwake', 'secret']]), behaviour: { ...wellBehaved, ...behaviour } },
    );
    this.host.run({ doWork: () => 0, drain: () => undefined, drained: true, close: () => Promise.resolve() });
    this.ends.push(() => this.host.stop(0));
  }

  async listen(port = 0, tls?: TlsOptions): Promise<SmppListener> {
    const { counters } = this;
    const { timers } = this.host;
    const listener = await listenSmpp({
      host: '127.0.0.1',
      port,
      ...(tls === undefined ? {} : { tls }),
      connectionsMax: 4,
      counters,
      session: (connection) =>
        new SmppSession({
          role: 'mc',
          systemId: 'smsc',
          connection,
          timers,
          counters,
          times,
          limits,
          user: this.smsc,
        }),
    });
    this.ends.push(() => listener.close());
    return listener;
  }

  link(
    port: number,
    user: Partial<LinkUser>,
    tls?: ConnectionOptions,
    bound: Partial<BindRequest> = {},
  ): SmppLink {
    const { counters } = this;
    const sockets = new TcpSmppPort({ counters, connectMs: 5_000, ...(tls === undefined ? {} : { tls }) });
    const nothing = (): void => undefined;
    const link = new SmppLink(
      {
        name: 'smsc-1',
        peer: { host: '127.0.0.1', port, tls: tls !== undefined },
        bind: { ...bind, ...bound },
        times,
        limits,
        reconnectMs: 5,
        reconnectMaxMs: 20,
      },
      {
        port: sockets,
        timers: this.host.timers,
        counters,
        random: new SeededRandom(1),
        log: silentLog,
        user: { up: nothing, roomy: nothing, request: nothing, down: nothing, ...user },
      },
    );
    this.ends.push(() => sockets.close());
    this.ends.push(() => link.close());
    link.open();
    return link;
  }

  async end(): Promise<void> {
    for (const end of this.ends.splice(0).reverse()) await end();
  }
}
