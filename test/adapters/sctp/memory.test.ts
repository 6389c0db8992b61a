import { memoryNetwork } from '../../../src/adapters/sctp/memory.ts';
import { portSuite } from './port-suite.ts';

portSuite({ name: 'memory', streams: 16, messagesInOrder: 100_000 }, () => {
  const network = memoryNetwork({ queueOctetsMax: 262_144 });
  const ports = [network.port('client'), network.port('server')];
  return {
    client: ports[0]!,
    server: ports[1]!,
    host: 'server',
    restartServer: () => {
      network.restart('server');
      return network.port('server');
    },
    restartClient: () => {
      network.restart('client');
      return network.port('client');
    },
    silence: () => {
      network.partition('client', 'server');
      network.lose('client', 'server');
    },
    close: async () => {
      network.heal('client', 'server');
      for (const port of ports) await port.close();
    },
  };
});
