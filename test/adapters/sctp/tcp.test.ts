import { TcpSctpPort } from '../../../src/adapters/sctp/tcp.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { portSuite } from './port-suite.ts';

portSuite(
  {
    name: 'TCP',
    streams: 1,
    messagesInOrder: 100_000,
    noSilence: 'TCP leaves it to keep-alive probes and to M3UA BEAT; the system times them',
  },
  () => {
    const ports: TcpSctpPort[] = [];
    const make = () => {
      const port = new TcpSctpPort({ counters: new CountersMap(), queueOctetsMax: 262_144 });
      ports.push(port);
      return port;
    };
    const client = make();
    const server = make();
    return {
      client,
      server,
      host: '127.0.0.1',
      restartServer: async () => {
        await server.close();
        return make();
      },
      restartClient: async () => {
        await client.close();
        return make();
      },
      close: async () => {
        for (const port of ports) await port.close();
      },
    };
  },
);
