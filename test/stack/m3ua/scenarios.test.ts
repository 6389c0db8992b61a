/** Scenarios that well-known suites run against a signalling gateway, by the names that they have there. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SgpConfig } from '../../../src/stack/m3ua/configuration.ts';
import {
  ASP_BASE,
  aspPlant,
  ipsp,
  ipspConfig,
  octetsOf,
  sgpPlant,
  transfer,
} from '../../support/m3ua-plants.ts';
import type { M3uaTester } from '../../support/m3ua-tester.ts';
import { VirtualNetwork } from '../../support/virtual-network.ts';

const ONE: Partial<SgpConfig> = {
  applicationServers: [{ name: 'as-1', pointCodes: [100], routingContext: 10 }],
};

/** A sender's AS and a receiver's, which has two ASPs. */
const TWO: Partial<SgpConfig> = {
  applicationServers: [
    { name: 'as-sender', pointCodes: [23], routingContext: 1023 },
    { name: 'as-receiver', pointCodes: [42], routingContext: 1042 },
  ],
};

test('RFC 4666 §4.3.4.1: connect_asp_up', async () => {
  const { asp, exchange } = await sgpPlant(ONE);
  asp.say('ASP Up', {});
  assert.deepEqual(exchange(asp), ['ASP Up Ack', 'NTFY AS-INACTIVE rc 10']);
});

test('RFC 4666 §4.3.4.6: beat and beat_payload: with and without data, and the data unchanged', async () => {
  const { asp, exchange, virtual } = await sgpPlant(ONE);
  asp.say('ASP Up', {});
  exchange(asp);
  asp.say('BEAT', {});
  virtual.run();
  assert.deepEqual(asp.heard.splice(0)[0]!.message.parameters, {});
  asp.say('BEAT', { heartbeatData: octetsOf('a1a2a3a4a5') });
  virtual.run();
  const { message } = asp.heard.splice(0)[0]!;
  assert.ok(message.name === 'BEAT Ack');
  assert.equal(Buffer.from(message.parameters.heartbeatData!).toString('hex'), 'a1a2a3a4a5');
});

test('RFC 4666 §4.3.4.6: beat_timeout: who leaves its beats unanswered is down, and the others are told', async () => {
  const { asp, second, exchange, activate, virtual } = await sgpPlant(
    { ...ONE, times: { heartbeatMs: 1000, heartbeatMissesMax: 2, recoveryMs: 2000 } },
    2,
  );
  activate(asp);
  second.say('ASP Up', {});
  exchange(second);
  asp.answersBeats = false;
  virtual.advance(3_500);
  assert.equal(asp.downs, 1);
  assert.deepEqual(
    second.take().filter((one) => one !== 'BEAT' && one !== 'BEAT Ack'),
    ['NTFY ASP Failure rc 10', 'NTFY AS-PENDING rc 10'],
  );
});

test('RFC 4666 §4.3.4.6: an ASP acknowledges beats in every state with their data unchanged', async () => {
  const { sgp, exchange, virtual } = await aspPlant();
  const beat = (): void => {
    exchange(sgp);
    sgp.say('BEAT', { heartbeatData: octetsOf('0102') });
    virtual.run();
    assert.equal(sgp.heard.length, 1);
    const { message } = sgp.heard.splice(0)[0]!;
    assert.ok(message.name === 'BEAT Ack');
    assert.deepEqual(message.parameters.heartbeatData, octetsOf('0102'));
  };
  beat();
  sgp.say('ASP Up Ack', {});
  beat();
  sgp.say('ASP Active Ack', {});
  beat();
  const down = await aspPlant({ begin: 'down' });
  down.sgp.say('BEAT', {});
  assert.deepEqual(down.exchange(down.sgp), ['BEAT Ack']);
});

test('RFC 4666 §4.3.1: an ASP that is down stays so, whatever acknowledgement or traffic comes', async () => {
  const { sgp, exchange, states, asp, user } = await aspPlant({ begin: 'down' });
  for (const name of ['ASP Up Ack', 'ASP Active Ack', 'ASP Inactive Ack', 'ASP Down Ack'] as const)
    sgp.say(name, {});
  assert.deepEqual(exchange(sgp), []);
  sgp.sayData(transfer(1, 100, 'aa'), { routingContext: 10 });
  assert.deepEqual(exchange(sgp), ['ERR 6']);
  assert.deepEqual(states(), ['ASP-DOWN']);
  assert.equal(asp.transfer(transfer(100, 1, 'aa')), false);
  assert.deepEqual(user.take(), []);
});

for (const [name, type] of [
  ['asp_act_override', 1],
  ['asp_act_loadshare', 2],
  ['asp_act_broadcast', 3],
] as const)
  test(`RFC 4666 §4.3.4.3: ${name}: the first ASP sets the mode of an AS that has none configured`, async () => {
    const { asp, second, exchange } = await sgpPlant(ONE, 2);
    for (const one of [asp, second]) {
      one.say('ASP Up', {});
      exchange(one);
    }
    asp.say('ASP Active', { trafficModeType: type });
    assert.deepEqual(exchange(asp), [`ASP Active Ack mode ${type}`, 'NTFY AS-ACTIVE rc 10']);
    second.take();
    second.say('ASP Active', { trafficModeType: (type % 3) + 1 });
    assert.deepEqual(exchange(second), ['ERR 5 rc 10']);
  });

test('RFC 4666 §4.3.4.3: act_rctx_not_configured: Error 25 with the routing context', async () => {
  const { asp, exchange } = await sgpPlant(ONE);
  asp.say('ASP Up', {});
  exchange(asp);
  asp.say('ASP Active', { routingContext: [1234] });
  assert.deepEqual(exchange(asp), ['ERR 25 rc 1234']);
  asp.say('ASP Inactive', { routingContext: [1234] });
  assert.deepEqual(exchange(asp), ['ERR 25 rc 1234']);
});

test('RFC 4666 §4.3.4.4: ASP Inactive while inactive is acknowledged and changes nothing', async () => {
  const { asp, exchange } = await sgpPlant(ONE);
  asp.say('ASP Up', {});
  exchange(asp);
  asp.say('ASP Inactive', { routingContext: [10] });
  asp.say('ASP Inactive', {});
  assert.deepEqual(exchange(asp), ['ASP Inactive Ack rc 10', 'ASP Inactive Ack']);
});

test('RFC 4666 §4.3.4.4: ASP Inactive is sent again each T(ack), at most so often; the ASP is inactive all the same', async () => {
  const { sgp, exchange, activate, asp, states, virtual } = await aspPlant();
  activate(sgp);
  asp.inactivate();
  virtual.advance(60_000);
  assert.deepEqual(exchange(sgp), Array<string>(3).fill('ASP Inactive rc 10'));
  assert.deepEqual(states(), ['ASP-INACTIVE']);
});

test('RFC 4666 §4.3.4.3: an ASP of an AS without a routing context says none, and takes what carries none', async () => {
  const { sgp, exchange, asp, states, user } = await aspPlant({
    applicationServers: [{ name: 'as-1', pointCodes: [100] }],
  });
  sgp.say('ASP Up Ack', {});
  assert.deepEqual(exchange(sgp), ['ASP Up', 'ASP Active']);
  sgp.say('ASP Active Ack', {});
  assert.deepEqual(exchange(sgp), []);
  assert.deepEqual(states(), ['ASP-ACTIVE']);
  user.take();
  assert.ok(asp.transfer(transfer(100, 1, 'aa')));
  sgp.sayData(transfer(1, 100, 'bb'), {});
  assert.deepEqual(exchange(sgp), ['DATA aa']);
  assert.deepEqual(user.take(), ['1>100 bb']);
  asp.inactivate();
  assert.deepEqual(exchange(sgp), ['ASP Inactive']);
});

/** The sender and the receivers, active in a mode. */
async function traffic(mode: number, config: Partial<SgpConfig> = TWO) {
  const plant = await sgpPlant(config, 3);
  const [sender, ...receivers] = plant.testers as [M3uaTester, M3uaTester, M3uaTester];
  for (const one of plant.testers) one.say('ASP Up', {});
  plant.virtual.run();
  sender.say('ASP Active', { routingContext: [1023] });
  for (const one of receivers) {
    one.say('ASP Active', { routingContext: [1042], trafficModeType: mode });
    plant.virtual.run();
  }
  const told = receivers.map((one) => one.take());
  sender.take();
  const send = (data: string, sls: number): void => {
    sender.sayData(transfer(23, 42, data, sls), { routingContext: 1023 });
    plant.virtual.run();
  };
  return { ...plant, sender, receivers, told, send };
}

test('RFC 4666 §4.3.4.3: tmt_override: the newcomer gets the traffic, the old one is told', async () => {
  const { receivers, told, send } = await traffic(1);
  assert.equal(told[0]!.at(-1), 'NTFY Alternate ASP Active rc 1042');
  send('aa', 1);
  assert.deepEqual(
    receivers.map((one) => one.take()),
    [[], ['DATA aa rc 1042']],
  );
});

test('RFC 4666 §4.3.4.3: tmt_loadshare_sls: both get traffic, and one SLS goes to one of them, in order', async () => {
  const { receivers, send } = await traffic(2);
  for (let index = 0; index < 40; index++) send(index.toString(16).padStart(2, '0'), index % 16);
  const heard = receivers.map((one) => one.take().map((said) => Number.parseInt(said.slice(5, 7), 16)));
  assert.ok(heard.every((one) => one.length > 0));
  assert.equal(heard.flat().length, 40);
  const streams = heard.map((one) => new Set(one.map((index) => index % 16)));
  for (const sls of streams[0]!) assert.ok(!streams[1]!.has(sls));
  for (const one of heard)
    assert.deepEqual(
      one,
      one.toSorted((a, b) => a - b),
    );
});

test('RFC 4666 §4.3.4.3: tmt_broadcast: both get everything', async () => {
  const { receivers, send } = await traffic(3);
  send('aa', 1);
  send('bb', 2);
  for (const one of receivers) assert.deepEqual(one.take(), ['DATA aa rc 1042', 'DATA bb rc 1042']);
});

test('RFC 4666 §3.3.1: DATA of an ASP of a single AS needs no routing context', async () => {
  const { asp, second, exchange } = await sgpPlant(
    {
      ...TWO,
      knownAsps: [1, 2].map((one) => ({
        aspIdentifier: one,
        applicationServers: [TWO.applicationServers![one - 1]!.name],
      })),
    },
    2,
  );
  for (const [index, one] of [asp, second].entries()) {
    one.say('ASP Up', { aspIdentifier: index + 1 });
    one.say('ASP Active', {});
    exchange(one);
  }
  asp.sayData(transfer(23, 42, 'aa'), {});
  exchange(asp);
  assert.deepEqual(second.take().at(-1), 'DATA aa rc 1042');
});

test('RFC 4666 §5.1: an ASP of several AS and several ASPs of one: each pair has a state of its own', async () => {
  const { testers, asp, exchange, sgp } = await sgpPlant({}, 2);
  for (const one of testers) {
    one.say('ASP Up', {});
    exchange(one);
  }
  asp.say('ASP Active', { routingContext: [10] });
  exchange(asp);
  testers[1]!.say('ASP Active', { routingContext: [10, 20] });
  exchange(testers[1]!);
  asp.say('ASP Inactive', { routingContext: [20] });
  exchange(asp);
  assert.deepEqual(
    sgp.snapshot().associations.map(({ traffic: each }) => each.map(({ state }) => state)),
    [
      ['ASP-ACTIVE', 'ASP-INACTIVE'],
      ['ASP-ACTIVE', 'ASP-ACTIVE'],
    ],
  );
  testers[1]!.association!.abort();
  exchange(asp);
  assert.deepEqual(
    sgp.snapshot().applicationServers.map(({ state, aspsActive }) => [state, aspsActive]),
    [
      ['AS-ACTIVE', 1],
      ['AS-PENDING', 0],
    ],
  );
});

test('RFC 4666 §5.6: two IPSPs that set up an association to each other at once have two, and share the traffic by SLS', async () => {
  for (const exchangeModel of ['single', 'double'] as const) {
    const virtual = new VirtualNetwork();
    const listen = (host: string) => ({ host, port: 2906 });
    const a = ipsp(
      virtual,
      'a',
      ipspConfig('a', exchangeModel, { listen: listen('a'), peers: [{ name: 'b', connect: listen('b') }] }),
    );
    const b = ipsp(
      virtual,
      'b',
      ipspConfig('b', exchangeModel, { listen: listen('b'), peers: [{ name: 'a', connect: listen('a') }] }),
    );
    await Promise.all([a.endpoint.start(), b.endpoint.start()]);
    virtual.advance(1_500);
    assert.deepEqual(
      [a, b].map(({ endpoint }) =>
        endpoint.snapshot().applicationServers.map(({ aspsActive }) => aspsActive),
      ),
      [[2], [2]],
      exchangeModel,
    );
    for (let sls = 0; sls < 4; sls++) assert.ok(a.endpoint.transfer(transfer(100, 200, `0${sls}`, sls)));
    virtual.advance(100);
    assert.equal(b.user.take().filter((one) => one.startsWith('100>200')).length, 4);
    virtual.network.lose('a', 'b');
    virtual.advance(2_500);
    assert.ok(b.endpoint.transfer(transfer(200, 100, 'aa', 1)));
    virtual.advance(100);
    assert.equal(a.user.take().at(-1), '200>100 aa');
  }
});

test('RFC 4666 §4.3.1: an ASP serves several AS over several associations, each with its own state', async () => {
  const { testers, exchange, states, virtual, asp } = await aspPlant(
    {
      applicationServers: [
        { name: 'as-1', pointCodes: [100], routingContext: 10 },
        { name: 'as-2', pointCodes: [200], routingContext: 20 },
      ],
      peers: [0, 1].map((index) => ({
        name: `sgp-${index}`,
        signallingGateway: 'sg',
        connect: { host: `sg-${index}`, port: 2905 },
      })),
      routes: ASP_BASE.routes,
    },
    2,
  );
  const [first, second] = testers as [M3uaTester, M3uaTester];
  for (const one of testers) {
    one.say('ASP Up Ack', {});
    exchange(one);
  }
  first.say('ASP Active Ack', { routingContext: [10] });
  second.say('ASP Active Ack', { routingContext: [10, 20] });
  virtual.run();
  assert.deepEqual(states(), ['ASP-ACTIVE', 'ASP-ACTIVE-SENT', 'ASP-ACTIVE', 'ASP-ACTIVE']);
  for (let sls = 0; sls < 4; sls++) {
    asp.transfer(transfer(100, 1, 'aa', sls));
    asp.transfer(transfer(200, 1, 'bb', sls));
  }
  virtual.run();
  assert.deepEqual(
    testers.map((one) => one.take().filter((said) => said.startsWith('DATA'))),
    [
      ['DATA aa rc 10', 'DATA aa rc 10'],
      ['DATA bb rc 20', 'DATA aa rc 10', 'DATA bb rc 20', 'DATA bb rc 20', 'DATA aa rc 10', 'DATA bb rc 20'],
    ],
  );
});
