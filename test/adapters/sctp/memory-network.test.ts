import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MemoryNetwork } from '../../../src/stack/sctp/memory.ts';
import { randomBelow, SeededRandom } from '../../../src/types/random.ts';
import { numbered, numberOf, Recorder } from './recorder.ts';

/** A scheduler that runs what was deferred in an order of its seed. */
function seeded(seed: number) {
  const random = new SeededRandom(seed);
  const waiting: (() => void)[] = [];
  return {
    random,
    defer: (callback: () => void) => void waiting.push(callback),
    run: () => {
      let steps = 0;
      while (waiting.length > 0 && steps++ < 100_000)
        waiting.splice(randomBelow(random, waiting.length), 1)[0]!();
      return steps;
    },
  };
}

async function pairOn(seed: number) {
  const scheduler = seeded(seed);
  const network = new MemoryNetwork({ defer: scheduler.defer, random: scheduler.random });
  const serverUser = new Recorder();
  const clientUser = new Recorder();
  await network.port('stp').listen({ host: 'stp', port: 2905, streams: 8 }, serverUser);
  const options = { host: 'stp', port: 2905, localPort: 2905 };
  const client = network.port('scf').connect(options, clientUser);
  return { scheduler, network, serverUser, clientUser, client, options };
}

test('RFC 9260 §6.6: order holds within a stream whatever the scheduler does, and not always across streams', async () => {
  let overtaken = 0;
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const { scheduler, serverUser, clientUser, client } = await pairOn(seed);
      scheduler.run();
      assert.deepEqual(clientUser.log, ['up']);
      assert.equal(client.outboundStreams, 8);
      for (let number = 0; number < 100; number++) client.send(numbered(number), number % 8, 3);
      client.close();
      scheduler.run();
      const last = new Array<number>(8).fill(-1);
      let highest = -1;
      for (const message of serverUser.messages) {
        const number = numberOf(message.octets);
        assert.ok(number > last[message.stream]!);
        last[message.stream] = number;
        if (number < highest) overtaken++;
        highest = Math.max(highest, number);
      }
      assert.equal(serverUser.messages.length, 100);
      assert.equal(serverUser.log.at(-1), 'down shutdown');
      assert.equal(clientUser.log.at(-1), 'down closed-by-us');
    }),
    { numRuns: 50 },
  );
  assert.ok(overtaken > 0);
});

test('the same seed gives the same order', async () => {
  const run = async () => {
    const { scheduler, serverUser, client } = await pairOn(7);
    scheduler.run();
    for (let number = 0; number < 200; number++) client.send(numbered(number), number % 8, 3);
    scheduler.run();
    return serverUser.messages.map((message) => numberOf(message.octets));
  };
  assert.deepEqual(await run(), await run());
});

test('messages wait behind a partition and pass when it heals', async () => {
  const { scheduler, network, serverUser, client } = await pairOn(1);
  scheduler.run();
  network.partition('scf', 'stp');
  client.send(numbered(1), 0, 3);
  scheduler.run();
  assert.equal(serverUser.messages.length, 0);
  network.heal('scf', 'stp');
  scheduler.run();
  assert.equal(serverUser.messages.length, 1);
});

test('an attempt behind a partition is lost', async () => {
  const { scheduler, network, options } = await pairOn(1);
  scheduler.run();
  network.partition('scf', 'stp');
  const user = new Recorder();
  network.port('scf').connect({ ...options, localPort: 2906 }, user);
  scheduler.run();
  assert.deepEqual(user.log, ['down lost']);
});

test('RFC 9260 §5.2.4: a node that restarts and connects from the same address is a restart of the association', async () => {
  const { scheduler, network, serverUser, clientUser, options } = await pairOn(3);
  scheduler.run();
  const server = serverUser.ups[0]!;
  network.restart('scf');
  server.send(numbered(9), 0, 3);
  const reborn = new Recorder();
  network.port('scf').connect(options, reborn);
  scheduler.run();
  if (serverUser.downs.length === 0) {
    assert.deepEqual(serverUser.log, ['up', 'restarted']);
    server.send(numbered(1), 0, 3);
    scheduler.run();
    assert.deepEqual(
      reborn.messages.map((message) => numberOf(message.octets)),
      [1],
    );
  } else assert.deepEqual(serverUser.log.slice(0, 2), ['up', 'down aborted']);
  assert.deepEqual(clientUser.log, ['up']);
});

test('a node that died silently is found out by the next message to it', async () => {
  const { scheduler, network, serverUser, client, clientUser } = await pairOn(4);
  scheduler.run();
  network.restart('stp');
  scheduler.run();
  assert.deepEqual(clientUser.log, ['up']);
  client.send(numbered(1), 0, 3);
  scheduler.run();
  assert.deepEqual(clientUser.log, ['up', 'down aborted']);
  assert.deepEqual(serverUser.log, ['up']);
});

test('a peer that takes nothing: what is sent waits, is refused beyond the bound, and goes on when it takes again', async () => {
  const scheduler = seeded(3);
  const network = new MemoryNetwork({ defer: scheduler.defer, queueOctetsMax: 100 });
  const serverUser = new Recorder();
  const clientUser = new Recorder();
  await network.port('stp').listen({ host: 'stp', port: 2905 }, serverUser);
  const client = network.port('scf').connect({ host: 'stp', port: 2905 }, clientUser);
  scheduler.run();
  network.setReading('stp', 'scf', false);
  let sent = 0;
  while (client.send(numbered(sent), 1, 3)) sent++;
  scheduler.run();
  assert.ok(sent > 0 && serverUser.messages.length === 0);
  network.setReading('stp', 'scf', true);
  scheduler.run();
  assert.equal(serverUser.messages.length, sent);
  assert.ok(clientUser.log.includes('drained'));
});
