/** A message centre in a thread of its own, at whose phones everything arrives at once. */
import { parentPort } from 'node:worker_threads';
import { machineClock } from '../../src/adapters/clock.ts';
import { listenSmpp } from '../../src/adapters/smpp/listen.ts';
import { PartHost } from '../../src/adapters/threads/part-host.ts';
import { wellBehaved } from '../../src/simulator/smsc/behaviour.ts';
import { Smsc } from '../../src/simulator/smsc/smsc.ts';
import { SmppSession } from '../../src/stack/smpp/session.ts';
import { CountersMap } from '../../src/types/counters.ts';

const times = { sessionInitMs: 5_000, enquireLinkMs: 30_000, inactivityMs: 0, responseMs: 30_000 };
const limits = { window: 1_000, pduOctetsMax: 70_000, queueOctetsMax: 4_000_000 };

const counters = new CountersMap();
const host = new PartHost({ clock: machineClock });
const { timers } = host;
const smsc = new Smsc(
  { clock: machineClock, timers, counters, deliver: () => 'delivered' },
  { accounts: new Map([['callwake', 'secret']]), behaviour: wellBehaved },
);
host.run({ doWork: () => 0, drain: () => undefined, drained: true, close: () => Promise.resolve() });
const listener = await listenSmpp({
  host: '127.0.0.1',
  port: 0,
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
      user: smsc,
    }),
});
parentPort?.postMessage(listener.port);
