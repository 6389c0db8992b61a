/** One suite for every adapter behind the SCTP port: what its contract promises, whoever carries the octets. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { PPID_M3UA, type SctpAssociation, type SctpPort } from '../../../src/stack/sctp/port.ts';
import { numbered, numberOf, Recorder } from './recorder.ts';

/** One plant for one test: two nodes with nothing between them but the adapter. */
export interface Plant {
  readonly client: SctpPort;
  readonly server: SctpPort;
  /** Where the server listens. */
  readonly host: string;
  /** Makes the server's machine fall silent and start again with nothing: the new server port. */
  restartServer(): SctpPort | Promise<SctpPort>;
  /** The client's machine starts again with nothing; the server is not told: the new client port. */
  restartClient(): SctpPort | Promise<SctpPort>;
  /** From now on nothing passes between the two, and neither is told. */
  silence?(): void;
  close(): Promise<void>;
}

export interface Traits {
  readonly name: string;
  readonly streams: number;
  /** Why silence cannot be had or is not found out, for an adapter without `silence`. */
  readonly noSilence?: string;
  readonly messagesInOrder: number;
}

interface Pair {
  readonly plant: Plant;
  readonly port: number;
  readonly clientUser: Recorder;
  readonly serverUser: Recorder;
  readonly client: SctpAssociation;
  readonly server: SctpAssociation;
}

export function portSuite(traits: Traits, make: () => Plant | Promise<Plant>): void {
  const withPlant = async (body: (plant: Plant) => Promise<void>) => {
    const plant = await make();
    try {
      await body(plant);
    } finally {
      await plant.close();
    }
  };
  const withPair = (body: (pair: Pair) => Promise<void>) =>
    withPlant(async (plant) => {
      const serverUser = new Recorder();
      const clientUser = new Recorder();
      const listener = await plant.server.listen({ host: plant.host, port: 0 }, serverUser);
      const client = plant.client.connect({ host: plant.host, port: listener.port }, clientUser);
      const server = await serverUser.firstUp();
      await clientUser.firstUp();
      await body({ plant, port: listener.port, clientUser, serverUser, client, server });
    });
  const lastStream = Math.max(0, traits.streams - 1);

  describe(`SCTP port over ${traits.name}`, { timeout: 120_000 }, () => {
    test('COMMUNICATION UP on both sides, with the streams agreed', () =>
      withPair(({ client, server, clientUser }) => {
        assert.equal(clientUser.ups[0], client);
        assert.equal(client.outboundStreams, traits.streams);
        assert.equal(server.outboundStreams, traits.streams);
        assert.match(client.peer, /:\d+$/);
        return Promise.resolve();
      }));

    test('the upcall of an attempt never happens inside connect', () =>
      withPlant(async (plant) => {
        const user = new Recorder();
        plant.client.connect({ host: plant.host, port: 9 }, user);
        assert.deepEqual(user.log, []);
        assert.match(await user.firstDown(), /^(refused|lost)$/);
        assert.equal(user.ups.length, 0);
      }));

    test('a message arrives whole with its stream and payload protocol identifier, both ways', () =>
      withPair(async ({ client, server, clientUser, serverUser }) => {
        assert.equal(client.send(numbered(1), lastStream, PPID_M3UA), true);
        assert.equal(server.send(numbered(2, 8 + 60), 0, PPID_M3UA), true);
        await serverUser.until(() => serverUser.messages.length === 1);
        await clientUser.until(() => clientUser.messages.length === 1);
        assert.deepEqual(serverUser.messages[0], {
          octets: numbered(1),
          stream: lastStream,
          ppid: PPID_M3UA,
        });
        assert.deepEqual(clientUser.messages[0], { octets: numbered(2, 68), stream: 0, ppid: PPID_M3UA });
      }));

    test('send takes the octets over: the buffer may be used again', () =>
      withPair(async ({ client, serverUser }) => {
        const buffer = numbered(1);
        client.send(buffer, 0, PPID_M3UA);
        buffer.fill(0);
        await serverUser.until(() => serverUser.messages.length === 1);
        assert.deepEqual(serverUser.messages[0]!.octets, numbered(1));
      }));

    test('messages of 4 kB, and of every length around a packet', () =>
      withPair(async ({ client, serverUser }) => {
        const sizes = [12, 13, 14, 15, 1399, 1400, 1401, 1447, 1448, 1449, 1460, 1472, 1500, 4096, 4097];
        for (const size of sizes)
          assert.equal(client.send(numbered(size, size), lastStream, PPID_M3UA), true);
        await serverUser.until(() => serverUser.messages.length === sizes.length);
        assert.deepEqual(
          serverUser.messages.map((message) => message.octets.length),
          sizes,
        );
        for (const { octets } of serverUser.messages)
          assert.deepEqual(octets, numbered(octets.length, octets.length));
      }));

    test(`${traits.messagesInOrder} messages in order without loss, refusals respected`, () =>
      withPair(async ({ client, clientUser, serverUser }) => {
        const streams = client.outboundStreams;
        const expected = new Array<number>(streams).fill(-1);
        let received = 0;
        let wrong = 0;
        serverUser.onMessage = (_association, message) => {
          const number = numberOf(message.octets);
          const last = expected[message.stream]!;
          if (number !== (last === -1 ? message.stream : last + streams)) wrong++;
          expected[message.stream] = number;
          received++;
        };
        let next = 0;
        const sendOn = () => {
          while (next < traits.messagesInOrder && client.send(numbered(next, 100), next % streams, PPID_M3UA))
            next++;
        };
        clientUser.onDrained = sendOn;
        sendOn();
        await serverUser.until(() => received === traits.messagesInOrder);
        assert.equal(wrong, 0);
        assert.equal(next, traits.messagesInOrder);
        assert.ok(clientUser.drains > 0, 'the queue has a bound');
      }));

    test('a full queue refuses, and drained follows when there is room', () =>
      withPair(async ({ client, clientUser, serverUser, server }) => {
        server.pause();
        let sent = 0;
        while (client.send(numbered(sent, 4000), 0, PPID_M3UA)) {
          sent++;
          assert.ok(sent < 100_000, 'the queue has a bound');
        }
        assert.ok(client.queuedOctets > 0);
        assert.equal(clientUser.drains, 0);
        server.resume();
        await clientUser.until(() => clientUser.drains === 1);
        assert.equal(client.send(numbered(sent, 4000), 0, PPID_M3UA), true);
        await serverUser.until(() => serverUser.messages.length === sent + 1);
        assert.deepEqual(
          serverUser.messages.map((message) => numberOf(message.octets)),
          Array.from({ length: sent + 1 }, (_, index) => index),
        );
      }));

    test('pause holds the peer back, resume loses nothing and keeps the order', () =>
      withPair(async ({ client, clientUser, server, serverUser }) => {
        server.pause();
        let next = 0;
        let refused = false;
        while (next < 2000 && !refused) {
          refused = !client.send(numbered(next, 2000), 0, PPID_M3UA);
          if (!refused) next++;
        }
        // A message the other way shows that time has passed without the paused side getting more than a window.
        server.send(numbered(1), 0, PPID_M3UA);
        await clientUser.until(() => clientUser.messages.length === 1);
        assert.ok(serverUser.messages.length < next, `${serverUser.messages.length} of ${next} while paused`);
        serverUser.onMessage = (association, message) => {
          serverUser.messages.push(message);
          // Pausing inside an upcall holds from the next message on, or from the end of the window.
          association.pause();
          setImmediate(() => association.resume());
        };
        server.resume();
        await serverUser.until(() => serverUser.messages.length === next);
        assert.deepEqual(
          serverUser.messages.map((message) => numberOf(message.octets)),
          Array.from({ length: next }, (_, index) => index),
        );
      }));

    test('close delivers what was queued, then ends both sides', () =>
      withPair(async ({ client, clientUser, serverUser }) => {
        for (let number = 0; number < 200; number++) client.send(numbered(number, 1000), 0, PPID_M3UA);
        client.close();
        assert.equal(client.send(numbered(0), 0, PPID_M3UA), false);
        assert.equal(await clientUser.firstDown(), 'closed-by-us');
        assert.equal(await serverUser.firstDown(), 'shutdown');
        assert.equal(serverUser.messages.length, 200);
        assert.equal(clientUser.log.at(-1), 'down closed-by-us');
        assert.equal(serverUser.log.at(-1), 'down shutdown');
      }));

    test('what was queued arrives before the end, also when the other side was paused', () =>
      withPair(async ({ client, server, clientUser, serverUser }) => {
        server.pause();
        for (let number = 0; number < 50; number++) client.send(numbered(number), 0, PPID_M3UA);
        client.close();
        for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
        server.resume();
        assert.equal(await serverUser.firstDown(), 'shutdown');
        assert.equal(await clientUser.firstDown(), 'closed-by-us');
        assert.equal(serverUser.messages.length, 50);
      }));

    test('close by the side that accepted', () =>
      withPair(async ({ server, clientUser, serverUser }) => {
        server.close();
        assert.equal(await clientUser.firstDown(), 'shutdown');
        assert.equal(await serverUser.firstDown(), 'closed-by-us');
      }));

    test('close from both sides at once ends both once', () =>
      withPair(async ({ client, server, clientUser, serverUser }) => {
        client.close();
        server.close();
        await clientUser.firstDown();
        await serverUser.firstDown();
        client.close();
        client.abort();
        assert.equal(clientUser.downs.length, 1);
        assert.equal(serverUser.downs.length, 1);
      }));

    test('abort ends both sides at once; nothing can be sent after it', () =>
      withPair(async ({ client, clientUser, serverUser }) => {
        client.abort();
        assert.deepEqual(clientUser.downs, []);
        assert.equal(client.send(numbered(1), 0, PPID_M3UA), false);
        assert.equal(await clientUser.firstDown(), 'closed-by-us');
        assert.equal(await serverUser.firstDown(), 'aborted');
      }));

    test('abort inside the upcall of a message ends the delivery', () =>
      withPair(async ({ client, clientUser, server, serverUser }) => {
        serverUser.onMessage = (_association, message) => {
          serverUser.messages.push(message);
          server.abort();
        };
        for (let number = 0; number < 10; number++) client.send(numbered(number), 0, PPID_M3UA);
        assert.equal(await serverUser.firstDown(), 'closed-by-us');
        await clientUser.firstDown();
        assert.equal(serverUser.messages.length, 1);
      }));

    test('an attempt on a port where nobody listens comes to nothing, and says so', () =>
      withPlant(async (plant) => {
        const gone = await plant.server.listen({ host: plant.host, port: 0 }, new Recorder());
        await gone.close();
        const user = new Recorder();
        plant.client.connect({ host: plant.host, port: gone.port }, user);
        assert.match(await user.firstDown(), /^(refused|lost)$/);
        assert.deepEqual(user.ups, []);
      }));

    test('an attempt that is aborted ends without coming up', () =>
      withPlant(async (plant) => {
        const user = new Recorder();
        const listener = await plant.server.listen({ host: plant.host, port: 0 }, new Recorder());
        const association = plant.client.connect({ host: plant.host, port: listener.port }, user);
        association.abort();
        assert.equal(await user.firstDown(), 'closed-by-us');
        assert.deepEqual(user.log, ['down closed-by-us']);
      }));

    test('a port in use is refused with the setting to change', () =>
      withPlant(async (plant) => {
        const first = await plant.server.listen({ host: plant.host, port: 0 }, new Recorder());
        await assert.rejects(plant.client.listen({ host: plant.host, port: first.port }, new Recorder()), {
          code: 'CW_PORT_IN_USE',
          message: /port/,
        });
      }));

    test('several associations at one listener, up to its bound', () =>
      withPlant(async (plant) => {
        const serverUser = new Recorder();
        const listener = await plant.server.listen(
          { host: plant.host, port: 0, associationsMax: 3 },
          serverUser,
        );
        const users = Array.from({ length: 3 }, () => new Recorder());
        const clients = users.map((user) =>
          plant.client.connect({ host: plant.host, port: listener.port }, user),
        );
        for (const user of users) await user.firstUp();
        await serverUser.until(() => serverUser.ups.length === 3);
        assert.equal(new Set(serverUser.ups.map((association) => association.id)).size, 3);
        const extra = new Recorder();
        plant.client.connect({ host: plant.host, port: listener.port }, extra);
        assert.match(await extra.firstDown(), /^(refused|aborted)$/);
        assert.equal(serverUser.ups.length, 3);
        // One leaves, and there is room again.
        clients[0]!.close();
        await serverUser.until(() => serverUser.downs.length === 1);
        const again = new Recorder();
        plant.client.connect({ host: plant.host, port: listener.port }, again);
        await serverUser.until(() => serverUser.ups.length === 4);
        clients[1]!.send(numbered(7), 0, PPID_M3UA);
        await serverUser.until(() => serverUser.messages.length === 1);
      }));

    test('two attempts from one local port at once, to two peers', () =>
      withPlant(async (plant) => {
        const serverUser = new Recorder();
        const listeners = [
          await plant.server.listen({ host: plant.host, port: 0 }, serverUser),
          await plant.server.listen({ host: plant.host, port: 0 }, serverUser),
        ];
        const spare = await plant.client.listen({ host: plant.host, port: 0 }, new Recorder());
        await spare.close();
        const users = [new Recorder(), new Recorder()];
        const local = { localHost: plant.host, localPort: spare.port };
        for (const [index, user] of users.entries()) {
          plant.client.connect({ host: plant.host, port: listeners[index]!.port, ...local }, user);
        }
        for (const user of users) await user.firstUp();
        await serverUser.until(() => serverUser.ups.length === 2);
        for (const association of serverUser.ups)
          assert.match(association.peer, new RegExp(`:${spare.port}$`));
      }));

    test('a closed listener takes nobody more; what is up lives on', () =>
      withPlant(async (plant) => {
        const serverUser = new Recorder();
        const clientUser = new Recorder();
        const listener = await plant.server.listen({ host: plant.host, port: 0 }, serverUser);
        const client = plant.client.connect({ host: plant.host, port: listener.port }, clientUser);
        await serverUser.firstUp();
        await clientUser.firstUp();
        await listener.close();
        const late = new Recorder();
        plant.client.connect({ host: plant.host, port: listener.port }, late);
        assert.match(await late.firstDown(), /^(refused|lost)$/);
        client.send(numbered(1), 0, PPID_M3UA);
        await serverUser.until(() => serverUser.messages.length === 1);
      }));

    test('closing the port ends every association', () =>
      withPair(async ({ plant, clientUser, serverUser }) => {
        await plant.client.close();
        assert.deepEqual(clientUser.downs, ['closed-by-us']);
        assert.equal(await serverUser.firstDown(), 'aborted');
      }));

    test('a client that restarted is served afresh', () =>
      withPlant(async (plant) => {
        const serverUser = new Recorder();
        const listener = await plant.server.listen({ host: plant.host, port: 0 }, serverUser);
        const spare = await plant.client.listen({ host: plant.host, port: 0 }, new Recorder());
        await spare.close();
        const options = {
          host: plant.host,
          port: listener.port,
          localHost: plant.host,
          localPort: spare.port,
        };
        const before = new Recorder();
        plant.client.connect(options, before);
        await before.firstUp();
        const first = await serverUser.firstUp();
        const reborn = await plant.restartClient();
        const after = new Recorder();
        const association = reborn.connect(options, after);
        await after.firstUp();
        await serverUser.until(() => serverUser.restarts === 1 || serverUser.ups.length === 2);
        if (serverUser.restarts === 0) await serverUser.firstDown();
        const current = serverUser.restarts === 1 ? first : serverUser.ups[1]!;
        for (let number = 0; number < 50; number++) {
          association.send(numbered(number), number % traits.streams, PPID_M3UA);
          current.send(numbered(number), number % traits.streams, PPID_M3UA);
        }
        await serverUser.until(() => serverUser.messages.length === 50);
        await after.until(() => after.messages.length === 50);
        assert.equal(before.messages.length, 0);
      }));

    test('a server that restarted is noticed, and can be reached again', () =>
      withPair(async ({ plant, port, client, clientUser }) => {
        const reborn = await plant.restartServer();
        const serverUser = new Recorder();
        await reborn.listen({ host: plant.host, port }, serverUser);
        client.send(numbered(1), 0, PPID_M3UA);
        assert.match(await clientUser.firstDown(), /^(aborted|lost)$/);
        const again = new Recorder();
        const association = plant.client.connect({ host: plant.host, port }, again);
        await again.firstUp();
        association.send(numbered(2), 0, PPID_M3UA);
        await serverUser.until(() => serverUser.messages.length === 1);
        assert.equal(numberOf(serverUser.messages[0]!.octets), 2);
      }));

    test('a silent peer is declared lost on both sides, idle or not', (t) => {
      if (traits.noSilence !== undefined) {
        t.skip(traits.noSilence);
        return;
      }
      return withPair(async ({ plant, client, clientUser, serverUser }) => {
        plant.silence!();
        client.send(numbered(1), 0, PPID_M3UA);
        assert.equal(await clientUser.firstDown(), 'lost');
        assert.equal(await serverUser.firstDown(), 'lost');
        assert.equal(serverUser.messages.length, 0);
        assert.equal(client.send(numbered(1), 0, PPID_M3UA), false);
      });
    });
  });
}
