import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TcpSctpPort } from '../../../src/adapters/sctp/tcp.ts';
import { PPID_M3UA, type SctpAssociation, type SctpUser } from '../../../src/stack/sctp/port.ts';
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

test('what is closed and then aborted comes to its end', async () => {
  const server = new TcpSctpPort({ counters: new CountersMap() });
  const client = new TcpSctpPort({ counters: new CountersMap() });
  const nothing = (): void => undefined;
  const quiet = { drained: nothing, restarted: nothing, message: nothing };
  const isDown = new Promise<void>((resolve) => {
    const user: SctpUser = {
      ...quiet,
      up: (association) => {
        association.close();
        association.abort();
      },
      down: () => resolve(),
    };
    void server.listen({ host: '127.0.0.1', port: 0 }, user).then(({ port }) => {
      client.connect({ host: '127.0.0.1', port }, { ...quiet, up: nothing, down: nothing });
    });
  });
  await isDown;
  await client.close();
  await server.close();
});

test('a busy association hands on so many messages a turn, is behind while there are more, and not when there are none', async () => {
  const messages = 20_000;
  const client = new TcpSctpPort({ counters: new CountersMap(), queueOctetsMax: 1 << 22 });
  const server = new TcpSctpPort({ counters: new CountersMap() });
  let received = 0;
  let inTurn = 0;
  let mostInTurn = 0;
  let behind = 0;
  const nothing = (): void => undefined;
  const quiet = { drained: nothing, restarted: nothing, down: nothing };
  try {
    const done = new Promise<SctpAssociation>((resolve) => {
      const user: SctpUser = {
        ...quiet,
        up: nothing,
        message: (association) => {
          received++;
          if (inTurn++ === 0)
            setImmediate(() => {
              mostInTurn = Math.max(mostInTurn, inTurn);
              inTurn = 0;
              if (association.behind === true) behind++;
            });
          if (received === messages) resolve(association);
        },
      };
      void server.listen({ host: '127.0.0.1', port: 0 }, user).then(({ port }) => {
        const message = Uint8Array.of(1, 0, 3, 3, 0, 0, 0, 8);
        client.connect(
          { host: '127.0.0.1', port },
          {
            ...quiet,
            message: nothing,
            up: (association) => {
              for (let sent = 0; sent < messages; sent++) assert.ok(association.send(message, 0, PPID_M3UA));
            },
          },
        );
      });
    });
    const association = await done;
    // The turn that the last ones came in has to end.
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
    assert.equal(received, messages);
    assert.ok(mostInTurn <= 512, `${mostInTurn} messages in a turn`);
    assert.ok(behind > messages / 1_000, 'it was behind most of the time');
    assert.equal(association.behind, false, 'what waits for us to speak is not what we are behind with');
  } finally {
    await client.close();
    await server.close();
  }
});
