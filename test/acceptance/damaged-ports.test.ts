/**
 * Damaged packets, streams and messages to open SCTP ports, over real sockets: what listens goes on listening, what is an
 * association ends or goes on, and whoever comes next is served. `CALLWAKE_DAMAGE` is how many packets there are (default
 * 10 000; a tenth of it as datagrams, as messages of a stream, and to the engine in its threads), `CALLWAKE_SEED` what they
 * are made from.
 */
import assert from 'node:assert/strict';
import dgram from 'node:dgram';
import net from 'node:net';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { TcpSctpPort } from '../../src/adapters/sctp/tcp.ts';
import { M3uaSgp } from '../../src/stack/m3ua/sgp.ts';
import { encodeMessage as encodeSccp } from '../../src/stack/sccp/message.ts';
import { Sccp } from '../../src/stack/sccp/sccp.ts';
import { chunk, PACKET_HEADER_OCTETS, sealPacket, writeData } from '../../src/stack/sctp/chunk.ts';
import type { SctpPort } from '../../src/stack/sctp/port.ts';
import { encodeMessage as encodeTcap } from '../../src/stack/tcap/message.ts';
import { Tcap } from '../../src/stack/tcap/tcap.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import { randomBelow, SeededRandom } from '../../src/types/random.ts';
import { TimingWheel } from '../../src/types/timing-wheel.ts';
import { HOST, lastTsn, makeNode } from '../adapters/sctp/udp-plant.ts';
import { damage } from '../support/damage.ts';
import { M3uaTester } from '../support/m3ua-tester.ts';
import { NO_SHARED } from '../support/shared.ts';
import { ENGINE, EnginePlant, PEER, type Transport, until } from './engine-plant.ts';
import { loadVectors } from './vectors.ts';

const vectors = loadVectors();
const skip = vectors === undefined ? NO_SHARED : false;
const COUNT = Number(process.env['CALLWAKE_DAMAGE'] ?? 10_000);
const TENTH = Math.ceil(COUNT / 10);
const SEED = Number(process.env['CALLWAKE_SEED'] ?? 2026);
const MIB = 1_048_576;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
function heapOctets(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** A signalling gateway with SCCP and TCAP behind it, as the simulated network has. */
async function gateway(sctp: SctpPort, counters: CountersMap) {
  const timers = new TimingWheel();
  const common = { timers, counters, log: silentLog };
  const sgp = new M3uaSgp({
    ...common,
    sctp,
    config: {
      listen: { host: HOST, port: 0 },
      localPointCodes: [1],
      applicationServers: [{ name: 'as', pointCodes: [2], routingContext: 100 }],
      times: { heartbeatMs: 0 },
    },
  });
  const sccp = new Sccp({
    ...common,
    mtp: sgp.service(1),
    random: new SeededRandom(SEED),
    config: { pointCode: 1, translation: [{ digits: '*', targets: [{ routing: 'ssn' }] }] },
  });
  const tcap = new Tcap({ sccp, timers, counters, node: 1, bootEpoch: 1 });
  for (const ssn of [6, 8, 146]) tcap.accept(ssn, { onBegin: () => 'refuse-context' });
  return { sgp, tcap, port: await sgp.start(), passTime: (ms: number) => timers.advance(timers.now() + ms) };
}

/** Sets up an association and an active ASP over it. */
async function activeAsp(port: SctpPort, udpPort: number): Promise<M3uaTester> {
  const asp = new M3uaTester();
  port.connect({ host: HOST, port: udpPort }, asp);
  await until(() => asp.association !== undefined, 'an association');
  asp.say('ASP Up', {});
  asp.say('ASP Active', { routingContext: [100] });
  await until(() => asp.take().some((one) => one.startsWith('ASP Active Ack')), 'ASP Active Ack');
  return asp;
}

const vectorsOf = (random: SeededRandom) => ({
  one: (list: readonly Uint8Array[]) => list[randomBelow(random, list.length)]!,
  damaged: (list: readonly Uint8Array[]) => damage(list[randomBelow(random, list.length)]!, random, list),
});

test(`${COUNT} damaged SCTP packets, seed ${SEED}, to an association and to the port: the port serves the next ASP`, {
  skip,
  timeout: 600_000,
}, async (context) => {
  const random = new SeededRandom(SEED);
  const { damaged } = vectorsOf(random);
  const server = makeNode({ heartbeatMs: 60_000 });
  const client = makeNode({ heartbeatMs: 60_000 });
  const { sgp, tcap, port, passTime } = await gateway(server.port, server.counters);
  /** The verification tag of the server, the TSN it has seen last, and the client's UDP port. */
  const target = { tag: 0, tsn: 0, udpPort: 9 };
  client.loses = (packet) => {
    target.tag = packet.readUInt32BE(4);
    target.tsn = lastTsn(packet) ?? target.tsn;
    return false;
  };
  let associations = 0;
  let asp: M3uaTester | undefined;
  let heap = 0;
  try {
    for (let round = 0; round < COUNT; round++) {
      if (round === Math.floor(COUNT / 2)) heap = heapOctets();
      if (round % 500 === 0) {
        // A new association now and then; the old one is forgotten or given up.
        asp?.association?.abort();
        await until(() => sgp.snapshot().associations.length === 0, 'the end of the association');
        asp = await activeAsp(client.port, port);
        associations++;
        target.udpPort = Number(sgp.snapshot().associations[0]!.address.split(':')[1]);
        await turn();
        // What it answers goes nowhere: the client would be taken in by it.
        server.loses = () => true;
      }
      server.inject(packetFor(), randomBelow(random, 4) === 0 ? 9 : target.udpPort);
      if (round % 50 === 0) {
        passTime(100);
        await turn();
      }
      if (round % 500 === 499) server.loses = () => false;
    }
    const grown = heapOctets() - heap;
    server.loses = () => false;
    asp?.association?.abort();
    await until(() => sgp.snapshot().associations.length === 0, 'the end of all associations');
    asp = await activeAsp(client.port, port);
    passTime(600_000);
    const { counters } = server;
    context.diagnostic(
      JSON.stringify({ associations, grownKiB: grown >> 10, counters: counters.values.size }),
    );
    assert.equal(tcap.openDialogues, 0);
    assert.ok(grown < 8 * MIB, `the heap has grown by ${grown} octets`);
    assert.ok(counters.values.size < 250, 'counters have fixed names');
    for (const name of ['sctp.packet.checksum', 'm3ua.undecodable', 'm3ua.data.received'])
      assert.ok(counters.get(name) > 0, name);
  } finally {
    await client.port.close();
    await sgp.stop();
    await server.port.close();
  }

  function packetFor(): Buffer {
    const kind = randomBelow(random, 5);
    if (kind === 0) return Buffer.from(damaged(vectors!.sctp));
    if (kind === 1) {
      const octets = Buffer.from(damaged(vectors!.sctp));
      if (octets.length < PACKET_HEADER_OCTETS + 4) return octets;
      sealPacket(octets, 2905, 2905, randomBelow(random, 3) === 0 ? target.tag : octets.readUInt32BE(4));
      return octets;
    }
    // A DATA chunk that comes next, with a damaged message in it; or the chunk itself damaged.
    const message = damaged(vectors!.m3ua);
    const data = Buffer.alloc(16 + ((message.length + 3) & ~3));
    const tsn = (target.tsn + 1) >>> 0;
    writeData(data, 0, 3, tsn, randomBelow(random, 16), 0, 3, message);
    const whole = kind < 4;
    if (whole) {
      // Unordered, so that no stream waits for a message that never came.
      data[1] = 7;
      target.tsn = tsn;
    }
    const body = whole ? data : Buffer.from(damage(Buffer.concat([data, chunk(4, 0)]), random));
    const octets = Buffer.concat([Buffer.alloc(PACKET_HEADER_OCTETS), body]);
    sealPacket(octets, 2905, 2905, target.tag);
    return octets;
  }
});

test(`${TENTH} damaged datagrams from a socket, seed ${SEED}: each is counted, and the port serves the next ASP`, {
  skip,
  timeout: 600_000,
}, async () => {
  const { damaged } = vectorsOf(new SeededRandom(SEED));
  const server = makeNode();
  const client = makeNode();
  const { sgp, port } = await gateway(server.port, server.counters);
  const socket = dgram.createSocket('udp4');
  try {
    let sent = 0;
    while (sent < TENTH) {
      // As many as any socket buffer takes.
      for (let burst = 0; burst < 20; burst++, sent++) socket.send(damaged(vectors!.sctp), port, HOST);
      await until(() => server.counters.get('sctp.packet.received') >= sent, `datagram ${sent}`);
    }
    assert.equal(server.counters.get('sctp.packet.received'), sent);
    await activeAsp(client.port, port);
  } finally {
    socket.close();
    await client.port.close();
    await sgp.stop();
    await server.port.close();
  }
});

test(`${TENTH} damaged messages in streams of TCP, seed ${SEED}: the port serves the next ASP`, {
  skip,
  timeout: 600_000,
}, async () => {
  const random = new SeededRandom(SEED);
  const { damaged, one } = vectorsOf(random);
  const counters = new CountersMap();
  const server = new TcpSctpPort({ counters });
  const client = new TcpSctpPort({ counters: new CountersMap() });
  const { sgp, port } = await gateway(server, counters);
  try {
    for (let sent = 0; sent < TENTH; ) {
      const socket = net.connect(port, HOST);
      socket.on('error', () => undefined);
      socket.resume();
      for (let count = randomBelow(random, 40); count >= 0 && !socket.destroyed; count--, sent++)
        socket.write(randomBelow(random, 3) === 0 ? one(vectors!.m3ua) : damaged(vectors!.m3ua));
      if (randomBelow(random, 2) === 0) socket.end();
      else setImmediate(() => socket.destroy());
      await new Promise((resolve) => socket.once('close', resolve));
    }
    await until(() => sgp.snapshot().associations.length === 0, 'the end of all associations');
    await activeAsp(client, port);
    assert.ok(counters.values.size < 150, 'counters have fixed names');
  } finally {
    await client.close();
    await sgp.stop();
    await server.close();
  }
});

for (const transport of ['tcp', 'sctp-udp'] satisfies Transport[])
  test(`${TENTH} messages to the engine in its threads over ${transport}, every second one damaged, seed ${SEED}: no thread dies`, {
    skip,
    timeout: 600_000,
  }, async () => {
    const plant = await EnginePlant.start(transport, SEED);
    const { one } = vectorsOf(new SeededRandom(SEED));
    try {
      plant.lenient = true;
      plant.port.oneIn = 2;
      for (let sent = 0; sent < TENTH; ) {
        const message =
          sent % 4 === 0 ? one(vectors!.sccp) : toEngine([146, 8, 147][sent % 3]!, one(vectors!.tcap));
        if (!plant.isActive || !plant.offer(message)) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          continue;
        }
        sent++;
        if (sent % 100 === 0) await turn();
        plant.answers.length = 0;
      }
      plant.port.oneIn = 0;
      await plant.active();
      const transactionId = 0x0102;
      await until(() => plant.isActive && plant.offer(probe(transactionId)), 'a message taken');
      assert.equal((await plant.answerTo(transactionId)).tcap.type, 'abort');
      assert.equal(plant.counter('thread.died'), 0);
      assert.equal(plant.counter('thread.stalled'), 0);
      assert.ok(plant.counter('m3ua.undecodable') > 0);
      assert.ok(await plant.stop(), 'it stops in order');
    } finally {
      await plant.stop();
      plant.remove();
    }
  });

/** A TCAP message in a UDT to the engine. */
function toEngine(ssn: number, tcap: Uint8Array): Uint8Array {
  const title = (digits: string) =>
    ({
      routing: 'gt',
      ssn,
      globalTitle: { gti: 4, translationType: 0, numberingPlan: 1, natureOfAddress: 4, digits },
    }) as const;
  return encodeSccp({
    kind: 'UDT',
    protocolClass: 1,
    returnOption: true,
    called: title(ENGINE.globalTitle),
    calling: title(PEER.globalTitle),
    data: tcap.subarray(0, 220),
  })!;
}

/** A CONTINUE of a transaction that nobody knows: it is answered with P-Abort. */
function probe(transactionId: number): Uint8Array {
  const message = encodeTcap({
    type: 'continue',
    originatingTransactionId: { id: transactionId, sizeOctets: 4 },
    destinationTransactionId: { id: 0x7fff_ffff, sizeOctets: 4 },
    components: [],
  });
  assert.ok(message.ok);
  return toEngine(146, message.value);
}
