import assert from 'node:assert/strict';
import { test } from 'node:test';
import { M3uaAsp } from '../../../src/stack/m3ua/asp.ts';
import { encodeData } from '../../../src/stack/m3ua/data.ts';
import { encode } from '../../../src/stack/m3ua/messages.ts';
import { M3uaSgp } from '../../../src/stack/m3ua/sgp.ts';
import { silentLog } from '../../../src/types/log.ts';
import { randomBelow, SeededRandom } from '../../../src/types/random.ts';
import { damage } from '../../support/damage.ts';
import { ipspPlant } from '../../support/m3ua-plants.ts';
import { M3uaTester } from '../../support/m3ua-tester.ts';
import { VirtualNetwork } from '../../support/virtual-network.ts';

const affectedPointCodes = [{ mask: 0, pointCode: 1 }];
const status = { type: 1, information: 4 };
const transfer = { opc: 1, dpc: 100, si: 3, ni: 2, mp: 0, sls: 1, data: new Uint8Array(20) };

/** What either side may be sent, in a state or out of it. */
const SAYINGS = [
  encode('ASP Up', {}),
  encode('ASP Up', { aspIdentifier: 1 }),
  encode('ASP Down', {}),
  encode('ASP Active', { routingContext: [10] }),
  encode('ASP Active', { trafficModeType: 1 }),
  encode('ASP Inactive', { routingContext: [10] }),
  encode('ASP Up Ack', {}),
  encode('ASP Down Ack', {}),
  encode('ASP Active Ack', { routingContext: [10] }),
  encode('ASP Inactive Ack', {}),
  encode('BEAT', { heartbeatData: new Uint8Array(8) }),
  encode('BEAT Ack', { heartbeatData: new Uint8Array(4) }),
  encode('NTFY', { status, routingContext: [10] }),
  encode('ERR', { errorCode: 25, routingContext: [10] }),
  encode('DUNA', { affectedPointCodes }),
  encode('DAVA', { affectedPointCodes: [{ mask: 14, pointCode: 0 }] }),
  encode('DAUD', { affectedPointCodes }),
  encode('SCON', { affectedPointCodes, congestionIndications: 3 }),
  encode('DUPU', { affectedPointCodes, userCause: { cause: 1, user: 3 } }),
  encode('REG REQ', {
    routingKeys: [
      { localRoutingKeyIdentifier: 1, destinations: [{ destinationPointCode: affectedPointCodes[0]! }] },
    ],
  }),
  encode('REG REQ', {
    routingKeys: [
      { localRoutingKeyIdentifier: 2, destinations: [{ destinationPointCode: { mask: 0, pointCode: 300 } }] },
    ],
  }),
  encode('DEREG REQ', { routingContext: [10, 1] }),
  encode('REG RSP', {
    registrationResults: [{ localRoutingKeyIdentifier: 1, registrationStatus: 0, routingContext: 10 }],
  }),
  encodeData(transfer, { routingContext: 10 }),
  encodeData({ ...transfer, opc: 100, dpc: 1 }, { routingContext: 10 }),
];

/** Says whole and damaged messages in any order; with what comes back the plant must stay whole and bounded. */
function attack(virtual: VirtualNetwork, tester: () => M3uaTester, seed: number): void {
  const random = new SeededRandom(seed);
  for (let round = 0; round < 10_000; round++) {
    const saying = SAYINGS[randomBelow(random, SAYINGS.length)]!;
    const hostile = tester();
    if (hostile.association === undefined) virtual.advance(60_000);
    else
      hostile.sayOctets(
        randomBelow(random, 3) === 0 ? saying : damage(saying, random),
        randomBelow(random, 16),
      );
    if (round % 10 === 0) virtual.advance(randomBelow(random, 3000));
    virtual.run();
    hostile.heard.length = 0;
  }
}

test('10 000 messages, whole and damaged, in any state: the SGP stays up and serves the next ASP', async () => {
  const virtual = new VirtualNetwork();
  const sgp = new M3uaSgp({
    config: {
      listen: { host: 'sg', port: 2905 },
      localPointCodes: [1],
      applicationServers: [{ name: 'as-1', pointCodes: [100], routingContext: 10 }],
      registration: { policy: 'dynamic', keysMax: 8 },
    },
    sctp: virtual.network.port('sg'),
    timers: virtual.timers,
    counters: virtual.counters,
    log: silentLog,
  });
  await sgp.start();
  const tester = new M3uaTester();
  virtual.network.port('asp').connect({ host: 'sg', port: 2905 }, tester);
  virtual.run();
  attack(virtual, () => tester, 1);
  const next = new M3uaTester();
  virtual.network.port('asp-2').connect({ host: 'sg', port: 2905 }, next);
  virtual.run();
  next.say('ASP Up', { aspIdentifier: 77 });
  next.say('ASP Active', { routingContext: [10] });
  virtual.run();
  assert.ok(next.take().some((one) => one.startsWith('ASP Active Ack')));
  assert.ok(virtual.counters.values.size < 120, 'counters have fixed names');
});

test('10 000 messages, whole and damaged, in any state: the ASP comes back to active', async () => {
  const virtual = new VirtualNetwork();
  let tester = new M3uaTester();
  await virtual.network.port('sg').listen(
    { host: 'sg', port: 2905 },
    {
      up: (association) => {
        tester = new M3uaTester();
        tester.up(association);
      },
      message: (association, octets, stream) => tester.message(association, octets, stream),
      drained: () => undefined,
      restarted: () => undefined,
      down: () => tester.down(),
    },
  );
  const asp = new M3uaAsp({
    config: {
      applicationServers: [{ name: 'as-1', pointCodes: [100], routingContext: 10 }],
      peers: [{ name: 'sgp', signallingGateway: 'sg', connect: { host: 'sg', port: 2905 } }],
      routes: [{ destination: 1, via: [{ signallingGateway: 'sg', priority: 0 }] }],
      times: { heartbeatMs: 0 },
    },
    sctp: virtual.network.port('asp'),
    timers: virtual.timers,
    counters: virtual.counters,
    log: silentLog,
  });
  asp.start();
  virtual.run();
  attack(virtual, () => tester, 2);
  const state = () => asp.snapshot().associations[0]!.traffic[0]!.state;
  for (let tries = 0; tries < 20 && state() !== 'ASP-ACTIVE'; tries++) {
    if (tester.association !== undefined) {
      tester.say('ASP Up Ack', {});
      tester.say('NTFY', { status, routingContext: [10] });
      virtual.run();
      tester.say('ASP Active Ack', { routingContext: [10] });
    }
    virtual.advance(1000);
  }
  assert.equal(state(), 'ASP-ACTIVE');
  assert.ok(virtual.counters.values.size < 120, 'counters have fixed names');
});

for (const exchange of ['single', 'double'] as const)
  test(`10 000 messages, whole and damaged, in any state: the IPSP with ${exchange} exchange serves the next peer`, async () => {
    const { virtual, tester } = await ipspPlant(exchange, {
      registration: { policy: 'dynamic', keysMax: 8 },
    });
    attack(virtual, () => tester, 3);
    const next = new M3uaTester();
    virtual.network.port('next').connect({ host: 'b', port: 2905 }, next);
    virtual.run();
    next.say('ASP Up', { aspIdentifier: 77 });
    next.say('ASP Active', { routingContext: [10] });
    virtual.run();
    assert.ok(next.take().some((one) => one.startsWith('ASP Active Ack')));
    assert.ok(virtual.counters.values.size < 130, 'counters have fixed names');
  });
