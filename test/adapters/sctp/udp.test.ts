import { portSuite } from './port-suite.ts';
import { HOST, makeNode, type Node } from './udp-plant.ts';

portSuite({ name: 'sctp over UDP', streams: 16, messagesInOrder: 100_000 }, () => {
  const nodes: Node[] = [];
  const make = () => {
    const node = makeNode({ queueOctetsMax: 262_144 });
    nodes.push(node);
    return node;
  };
  const client = make();
  const server = make();
  const restart = async (node: Node) => {
    node.silent = true;
    await node.port.close();
    return make().port;
  };
  return {
    client: client.port,
    server: server.port,
    host: HOST,
    restartServer: () => restart(server),
    restartClient: () => restart(client),
    silence: () => {
      client.silent = true;
    },
    close: async () => {
      for (const node of nodes) await node.port.close();
    },
  };
});
