import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chunkType } from '../../../src/stack/sctp/chunk.ts';
import { randomBelow, SeededRandom } from '../../../src/types/random.ts';
import { numbered, numberOf, Recorder } from './recorder.ts';
import { connected, firstChunk, HOST, losesFirst, makeNode } from './udp-plant.ts';

/** Comes up although `client` or `server` loses its first packets of a kind. */
async function comesUp(
  lost: { client?: Parameters<typeof losesFirst>; server?: Parameters<typeof losesFirst> },
  during?: (server: ReturnType<typeof makeNode>) => void,
) {
  const client = makeNode();
  const server = makeNode();
  try {
    if (lost.client !== undefined) client.loses = losesFirst(...lost.client);
    if (lost.server !== undefined) server.loses = losesFirst(...lost.server);
    const clientUser = new Recorder();
    const serverUser = new Recorder();
    const listener = await server.port.listen({ host: HOST, port: 0 }, serverUser);
    const association = client.port.connect({ host: HOST, port: listener.port }, clientUser);
    during?.(server);
    await clientUser.firstUp();
    await serverUser.firstUp();
    association.send(numbered(1), 3, 3);
    await serverUser.until(() => serverUser.messages.length === 1);
    assert.deepEqual(clientUser.log, ['up']);
    assert.equal(serverUser.log.filter((entry) => entry === 'up').length, 1);
    return { client: client.counters, server: server.counters };
  } finally {
    await client.port.close();
    await server.port.close();
  }
}

describe('sctp over UDP when packets are lost', { timeout: 60_000 }, () => {
  test('RFC 9260 §5.1.6: a lost INIT is sent again', async () => {
    const counters = await comesUp({ client: ['INIT', 2] });
    assert.equal(counters.client.get('sctp.t1.expired'), 2);
  });

  test('a lost INIT ACK', async () => {
    await comesUp({ server: ['INIT_ACK'] });
  });

  test('RFC 9260 §5.1.6: a lost COOKIE ECHO does not stick, it is sent again', async () => {
    const counters = await comesUp({ client: ['COOKIE_ECHO', 2] });
    assert.equal(counters.client.get('sctp.t1.expired'), 2);
  });

  test('RFC 9260 §5.2.4 D: a lost COOKIE ACK', async () => {
    const counters = await comesUp({ server: ['COOKIE_ACK'] });
    assert.equal(counters.client.get('sctp.t1.expired'), 1);
  });

  test('COOKIE ECHO that never arrives: the attempt is lost, not stuck', async () => {
    const client = makeNode();
    const server = makeNode();
    client.loses = losesFirst('COOKIE_ECHO', Number.POSITIVE_INFINITY);
    const user = new Recorder();
    const listener = await server.port.listen({ host: HOST, port: 0 }, new Recorder());
    client.port.connect({ host: HOST, port: listener.port }, user);
    assert.equal(await user.firstDown(), 'lost');
    assert.deepEqual(user.log, ['down lost']);
    await client.port.close();
    await server.port.close();
  });

  test('RFC 9260 §5.2.6: a cookie that got stale is fetched anew', async () => {
    const counters = await comesUp({ client: ['COOKIE_ECHO'] }, (server) => {
      // The cookie is made on the first turn of the loops; by the time it comes back a minute has gone by.
      const made = server.loses;
      server.loses = (packet) => {
        if (firstChunk(packet) === chunkType.INIT_ACK) setImmediate(() => (server.aheadMs += 61_000));
        server.loses = made;
        return made(packet);
      };
    });
    assert.equal(counters.server.get('sctp.cookie.stale'), 1);
  });

  for (const [side, type] of [
    ['client', 'SHUTDOWN'],
    ['server', 'SHUTDOWN_ACK'],
    ['client', 'SHUTDOWN_COMPLETE'],
  ] as const) {
    test(`RFC 9260 §9.2: a lost ${type} is made good, and both sides end`, async () => {
      const pair = await connected();
      pair[side].loses = losesFirst(type);
      pair.association.send(numbered(1), 0, 3);
      pair.association.close();
      assert.equal(await pair.clientUser.firstDown(), 'closed-by-us');
      assert.equal(await pair.serverUser.firstDown(), 'shutdown');
      assert.equal(pair.serverUser.messages.length, 1);
      await pair.close();
    });
  }

  test('RFC 9260 §6.5: the first message of a stream is lost and still comes first', async () => {
    const pair = await connected();
    pair.client.loses = losesFirst('DATA');
    pair.association.send(numbered(0), 5, 3);
    // The next one leaves in a packet of its own.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    pair.association.send(numbered(1), 5, 3);
    await pair.serverUser.until(() => pair.serverUser.messages.length === 2);
    assert.deepEqual(
      pair.serverUser.messages.map((message) => numberOf(message.octets)),
      [0, 1],
    );
    assert.ok(pair.client.counters.get('sctp.data.retransmitted') >= 1);
    await pair.close();
  });

  test('every tenth packet lost both ways: 3000 messages of up to 4 kB in order within their streams', async () => {
    const pair = await connected({ rtoMinMs: 50, retransmissionsMax: 10 });
    const random = new SeededRandom(11);
    const tenth = () => randomBelow(random, 10) === 0;
    pair.client.loses = tenth;
    pair.server.loses = tenth;
    const count = 3000;
    const size = (number: number) => (number % 50 === 0 ? 4096 : 40 + (number % 120));
    const last = new Array<number>(16).fill(-16);
    let received = 0;
    pair.serverUser.onMessage = (_association, message) => {
      const number = numberOf(message.octets);
      assert.equal(message.octets.length, size(number));
      assert.equal(number, last[message.stream]! === -16 ? message.stream : last[message.stream]! + 16);
      last[message.stream] = number;
      received++;
    };
    let next = 0;
    const sendOn = () => {
      while (next < count && pair.association.send(numbered(next, size(next)), next % 16, 3)) next++;
    };
    pair.clientUser.onDrained = sendOn;
    sendOn();
    await pair.serverUser.until(() => received === count);
    assert.deepEqual(pair.clientUser.downs, []);
    await pair.close();
  });

  test('RFC 9260 §6.1 A: a window closed for many timeouts is probed; the association lives and goes on', async () => {
    const pair = await connected({ windowOctets: 16_384, queueOctetsMax: 65_536 });
    pair.accepted.pause();
    let next = 0;
    while (pair.association.send(numbered(next, 2000), 0, 3)) next++;
    while (pair.client.counters.get('sctp.t3.expired') < 8)
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(pair.clientUser.downs, []);
    pair.accepted.resume();
    await pair.serverUser.until(() => pair.serverUser.messages.length === next);
    assert.deepEqual(
      pair.serverUser.messages.map((message) => numberOf(message.octets)),
      Array.from({ length: next }, (_, index) => index),
    );
    await pair.close();
  });

  test('RFC 9260 §8.1: an idle peer that falls silent is declared lost by its heartbeats', async () => {
    const pair = await connected();
    pair.server.silent = true;
    assert.equal(await pair.clientUser.firstDown(), 'lost');
    assert.ok(pair.client.counters.get('sctp.heartbeat.unanswered') > 0);
    await pair.close();
  });

  test('an idle association is kept up by heartbeats that are answered', async () => {
    const pair = await connected({ heartbeatMs: 10 });
    const sent = pair.client.counters.get('sctp.packet.sent');
    while (pair.client.counters.get('sctp.packet.sent') < sent + 20)
      await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(pair.client.counters.get('sctp.heartbeat.unanswered'), 0);
    assert.deepEqual(pair.clientUser.log, ['up']);
    await pair.close();
  });

  test('RFC 9260 §5.2.4 A: a peer that restarts from its old port is a restart, told as one', async () => {
    const serverUser = new Recorder();
    const server = makeNode();
    const listener = await server.port.listen({ host: HOST, port: 0 }, serverUser);
    const first = makeNode();
    const firstUser = new Recorder();
    first.port.connect({ host: HOST, port: listener.port, localHost: HOST }, firstUser);
    const accepted = await serverUser.firstUp();
    await firstUser.firstUp();
    const localPort = Number(accepted.peer.split(':')[1]);
    accepted.send(numbered(1), 0, 3);
    await firstUser.until(() => firstUser.messages.length === 1);
    first.silent = true;
    await first.port.close();
    const second = makeNode();
    const secondUser = new Recorder();
    const again = second.port.connect(
      { host: HOST, port: listener.port, localHost: HOST, localPort },
      secondUser,
    );
    await secondUser.firstUp();
    await serverUser.until(() => serverUser.restarts === 1);
    assert.deepEqual(serverUser.log, ['up', 'restarted']);
    again.send(numbered(2), 7, 3);
    accepted.send(numbered(3), 7, 3);
    await serverUser.until(() => serverUser.messages.length === 1);
    await secondUser.until(() => secondUser.messages.length === 1);
    await second.port.close();
    await server.port.close();
  });

  test('RFC 9260 §5.2.1: two that call each other at once have one association', async () => {
    const nodes = [makeNode(), makeNode()];
    const users = [new Recorder(), new Recorder()];
    const ports: number[] = [];
    for (const node of nodes) {
      const listener = await node.port.listen({ host: HOST, port: 0 }, new Recorder());
      ports.push(listener.port);
    }
    const associations = nodes.map((node, index) =>
      node.port.connect(
        { host: HOST, port: ports[1 - index]!, localHost: HOST, localPort: ports[index]! },
        users[index]!,
      ),
    );
    for (const user of users) await user.firstUp();
    associations[0]!.send(numbered(1), 1, 3);
    associations[1]!.send(numbered(2), 1, 3);
    for (const user of users) await user.until(() => user.messages.length === 1);
    assert.deepEqual(
      users.map((user) => user.ups.length),
      [1, 1],
    );
    for (const node of nodes) await node.port.close();
  });
});
