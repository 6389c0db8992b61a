/** IPSP to IPSP, with single and double exchange (RFC 4666 §1.4.3.4, §4.3.4.1.2, §4.3.4.3.1, §4.3.4.4.1, §5.6). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IpspConfig } from '../../../src/stack/m3ua/configuration.ts';
import { ipsp, ipspConfig, ipspPlant, octetsOf, transfer } from '../../support/m3ua-plants.ts';
import { M3uaTester } from '../../support/m3ua-tester.ts';
import { VirtualNetwork } from '../../support/virtual-network.ts';

const SEVERAL: Partial<IpspConfig> = {
  localApplicationServers: [
    { name: 'as-b', pointCodes: [200], routingContext: 10 },
    { name: 'as-d', pointCodes: [201], routingContext: 11 },
  ],
  remoteApplicationServers: [
    { name: 'as-a', pointCodes: [100], routingContext: 10 },
    { name: 'as-c', pointCodes: [101], routingContext: 11 },
  ],
};

// Single exchange.

test('RFC 4666 §5.6.1: single exchange: ASP Up and ASP Active of one side are for both, and DATA goes both ways', async () => {
  const { tester, exchange, endpoint, user } = await ipspPlant('single');
  assert.deepEqual(exchange(tester), [], 'who did not set the association up waits');
  assert.equal(endpoint.transfer(transfer(200, 100, '00')), false);
  tester.say('ASP Up', {});
  assert.deepEqual(exchange(tester), ['ASP Up Ack', 'NTFY AS-INACTIVE rc 10']);
  tester.say('ASP Active', { routingContext: [10], trafficModeType: 2 });
  assert.deepEqual(exchange(tester), ['ASP Active Ack mode 2 rc 10', 'NTFY AS-ACTIVE rc 10']);
  assert.ok(endpoint.transfer(transfer(200, 100, 'aa')));
  tester.sayData(transfer(100, 200, 'bb'), { routingContext: 10 });
  assert.deepEqual(exchange(tester), ['DATA aa rc 10']);
  assert.deepEqual(user.take(), ['resume 100', '100>200 bb']);
  tester.say('ASP Inactive', { routingContext: [10] });
  assert.deepEqual(exchange(tester), ['ASP Inactive Ack rc 10', 'NTFY AS-PENDING rc 10']);
  tester.say('ASP Down', {});
  assert.deepEqual(exchange(tester), ['ASP Down Ack']);
});

test('RFC 4666 §4.3.4.1.2: single exchange: who set the association up says ASP Up and ASP Active, and their acknowledgement is enough', async () => {
  const virtual = new VirtualNetwork();
  const tester = new M3uaTester();
  await virtual.network.port('b').listen({ host: 'b', port: 2905 }, tester);
  const { endpoint, user } = ipsp(virtual, 'a', ipspConfig('a', 'single'));
  await endpoint.start();
  virtual.run();
  assert.deepEqual(tester.take(), ['ASP Up']);
  tester.say('ASP Up Ack', { aspIdentifier: 9 });
  virtual.run();
  assert.deepEqual(tester.take(), ['ASP Active rc 10']);
  tester.say('ASP Active Ack', { routingContext: [10] });
  virtual.run();
  // Who initiates is not the one that notifies.
  assert.deepEqual(tester.take(), []);
  assert.deepEqual(user.take(), ['resume 200']);
  assert.equal(endpoint.snapshot().associations[0]!.aspIdentifier, 9);
  assert.ok(endpoint.transfer(transfer(100, 200, 'aa')));
  virtual.run();
  assert.deepEqual(tester.take(), ['DATA aa rc 10']);
  // The peer may end it, and begin it again.
  tester.say('ASP Inactive', {});
  virtual.advance(60_000);
  assert.deepEqual(tester.take(), ['ASP Inactive Ack']);
  tester.say('ASP Active', {});
  virtual.run();
  assert.deepEqual(tester.take(), ['ASP Active Ack']);
  assert.deepEqual(user.take(), ['pause 200', 'resume 200']);
});

test('RFC 4666 §4.3.4.1.2: single exchange: both sides at once: each acknowledges, and both are up and active', async () => {
  const { tester, exchange, endpoint } = await ipspPlant('single', { initiates: true });
  assert.deepEqual(exchange(tester), ['ASP Up']);
  tester.say('ASP Up', {});
  tester.say('ASP Up Ack', {});
  assert.deepEqual(
    exchange(tester),
    ['ASP Up Ack', 'NTFY AS-INACTIVE rc 10', 'ASP Active rc 10'].sort(order),
  );
  tester.say('ASP Active', { routingContext: [10] });
  tester.say('ASP Active Ack', { routingContext: [10] });
  assert.deepEqual(exchange(tester), ['ASP Active Ack rc 10', 'NTFY AS-ACTIVE rc 10']);
  assert.deepEqual(endpoint.snapshot().associations[0]!.traffic, [
    { applicationServer: 'as-b', state: 'ASP-ACTIVE' },
  ]);
});

/** What single exchange says first when both are up: its own ASP Active, then what its AS has become. */
const order = (a: string, b: string): number => rank(a) - rank(b);
const rank = (one: string): number =>
  ['ASP Up Ack', 'ASP Active rc 10', 'NTFY AS-INACTIVE rc 10'].indexOf(one);

test('RFC 4666 §4.3.4.3.1: single exchange: several routing contexts on one association, each for itself', async () => {
  const { tester, exchange, endpoint, user } = await ipspPlant('single', SEVERAL);
  tester.say('ASP Up', {});
  exchange(tester);
  tester.say('ASP Active', { routingContext: [11, 12] });
  assert.deepEqual(exchange(tester), ['ERR 25 rc 12', 'ASP Active Ack rc 11', 'NTFY AS-ACTIVE rc 11']);
  assert.equal(endpoint.transfer(transfer(200, 100, 'aa')), false);
  assert.ok(endpoint.transfer(transfer(201, 101, 'bb')));
  tester.sayData(transfer(100, 200, 'cc'), { routingContext: 10 });
  tester.sayData(transfer(101, 201, 'dd'), { routingContext: 11 });
  tester.sayData(transfer(101, 201, 'ee'), {});
  tester.sayData(transfer(101, 201, 'ff'), { routingContext: 12 });
  assert.deepEqual(exchange(tester), ['DATA bb rc 11', 'ERR 6', 'ERR 26', 'ERR 25 rc 12']);
  tester.say('ASP Active', {});
  assert.deepEqual(exchange(tester), ['ASP Active Ack', 'NTFY AS-ACTIVE rc 10']);
  assert.deepEqual(user.take(), ['resume 101', '101>201 dd', 'resume 100']);
});

test('RFC 4666 §4.3.4.1: single exchange: ASP Up while active is acknowledged, draws Error 6, and ends traffic', async () => {
  const { tester, exchange } = await ipspPlant('single');
  tester.say('ASP Up', {});
  tester.say('ASP Up', {});
  assert.deepEqual(exchange(tester), ['ASP Up Ack', 'NTFY AS-INACTIVE rc 10', 'ASP Up Ack']);
  tester.say('ASP Active', {});
  exchange(tester);
  tester.say('ASP Up', {});
  assert.deepEqual(exchange(tester), ['ASP Up Ack', 'ERR 6', 'NTFY AS-PENDING rc 10']);
});

test('RFC 4666 §4.3.4.1: single exchange: requests are sent again each T(ack), at most so often', async () => {
  const { tester, exchange, endpoint, virtual } = await ipspPlant('single', { initiates: true });
  virtual.advance(1_000);
  tester.say('ASP Up Ack', {});
  virtual.advance(6_000);
  assert.deepEqual(exchange(tester), ['ASP Up', ...Array<string>(3).fill('ASP Active rc 10')]);
  virtual.advance(10_000);
  tester.say('ASP Active Ack', {});
  assert.deepEqual(exchange(tester), ['ASP Active rc 10']);
  endpoint.inactivate();
  virtual.advance(20_000);
  assert.deepEqual(exchange(tester), Array<string>(3).fill('ASP Inactive rc 10'));
  endpoint.down();
  virtual.advance(20_000);
  assert.deepEqual(exchange(tester), Array<string>(3).fill('ASP Down'));
  endpoint.up();
  virtual.advance(20_000);
  assert.deepEqual(exchange(tester), Array<string>(3).fill('ASP Up'));
  assert.equal(tester.downs, 1, 'who never answers ASP Up is given up');
});

test('RFC 4666 §3.8.1: single exchange: every request in a wrong state, and what is not for an IPSP', async () => {
  const { tester, exchange } = await ipspPlant('single');
  tester.say('ASP Active', {});
  tester.say('ASP Inactive', {});
  tester.say('DAUD', { affectedPointCodes: [{ mask: 0, pointCode: 200 }] });
  tester.sayData(transfer(100, 200, 'aa'), { routingContext: 10 });
  tester.say('REG REQ', {
    routingKeys: [
      { localRoutingKeyIdentifier: 1, destinations: [{ destinationPointCode: { mask: 0, pointCode: 9 } }] },
    ],
  });
  assert.deepEqual(exchange(tester), ['ERR 6', 'ERR 6', 'ERR 6', 'ERR 6', 'ERR 3']);
  tester.say('ASP Down', {});
  assert.deepEqual(exchange(tester), ['ASP Down Ack']);
  tester.say('ASP Up', {});
  tester.say('ASP Inactive', { routingContext: [10] });
  assert.deepEqual(exchange(tester), ['ASP Up Ack', 'NTFY AS-INACTIVE rc 10', 'ASP Inactive Ack rc 10']);
  tester.say('ASP Active', { trafficModeType: 7 });
  assert.deepEqual(exchange(tester), ['ERR 5']);
  tester.say('ERR', { errorCode: 6 });
  assert.deepEqual(exchange(tester), []);
});

test('RFC 4666 §4.3.1: single exchange: a peer that restarted is down until one side says ASP Up', async () => {
  const { tester, exchange, virtual, user } = await ipspPlant('single');
  tester.say('ASP Up', {});
  tester.say('ASP Active', {});
  exchange(tester);
  virtual.network.restart('a-0');
  const again = new M3uaTester();
  virtual.network.port('a-0').connect({ host: 'b', port: 2905, localPort: 5000 }, again);
  virtual.run();
  again.say('ASP Active', {});
  assert.deepEqual(exchange(again), ['ERR 6']);
  again.say('ASP Up', {});
  again.say('ASP Active', {});
  assert.deepEqual(exchange(again), [
    'ASP Up Ack',
    'NTFY AS-PENDING rc 10',
    'ASP Active Ack',
    'NTFY AS-ACTIVE rc 10',
  ]);
  assert.deepEqual(user.take(), ['resume 100']);
});

test('RFC 4666 §4.3.4.3: single exchange: override between two peers of one AS, and the failure of one', async () => {
  const { tester, second, exchange, endpoint } = await ipspPlant(
    'single',
    {
      remoteApplicationServers: [
        { name: 'as-a', pointCodes: [100], routingContext: 10, trafficMode: 'override' },
      ],
    },
    2,
  );
  tester.say('ASP Up', { aspIdentifier: 1 });
  second.say('ASP Up', { aspIdentifier: 2 });
  exchange(tester);
  tester.say('ASP Active', {});
  exchange(tester);
  second.take();
  second.say('ASP Active', {});
  assert.deepEqual(exchange(second), ['ASP Active Ack']);
  assert.deepEqual(tester.take(), ['NTFY Alternate ASP Active rc 10 asp 2']);
  endpoint.transfer(transfer(200, 100, 'aa'));
  assert.deepEqual(exchange(second), ['DATA aa rc 10']);
  second.association!.abort();
  assert.deepEqual(exchange(tester), ['NTFY ASP Failure rc 10 asp 2', 'NTFY AS-PENDING rc 10']);
  tester.say('ASP Active', {});
  endpoint.transfer(transfer(200, 100, 'bb'));
  assert.deepEqual(exchange(tester), ['ASP Active Ack', 'NTFY AS-ACTIVE rc 10', 'DATA bb rc 10']);
});

// Double exchange.

test('RFC 4666 §5.6.2: double exchange: each side says its own, for its own AS, in either order', async () => {
  const { tester, exchange, endpoint, user } = await ipspPlant('double');
  assert.deepEqual(exchange(tester), ['ASP Up']);
  tester.say('ASP Up Ack', {});
  assert.deepEqual(exchange(tester), ['ASP Active rc 20']);
  tester.say('ASP Active Ack', { routingContext: [20] });
  // The peer may send to us, and we not to it.
  tester.sayData(transfer(100, 200, 'aa'), { routingContext: 20 });
  assert.deepEqual(exchange(tester), []);
  assert.equal(endpoint.transfer(transfer(200, 100, 'bb')), false);
  tester.say('ASP Up', { aspIdentifier: 4 });
  assert.deepEqual(exchange(tester), ['ASP Up Ack', 'NTFY AS-INACTIVE rc 10']);
  tester.say('ASP Active', { routingContext: [10] });
  assert.deepEqual(exchange(tester), ['ASP Active Ack rc 10', 'NTFY AS-ACTIVE rc 10']);
  assert.ok(endpoint.transfer(transfer(200, 100, 'bb')));
  assert.deepEqual(exchange(tester), ['DATA bb rc 10']);
  assert.deepEqual(user.take(), ['100>200 aa', 'resume 100']);
  // One direction ends without the other.
  tester.say('ASP Inactive', { routingContext: [10] });
  tester.sayData(transfer(100, 200, 'cc'), { routingContext: 20 });
  assert.deepEqual(exchange(tester), ['ASP Inactive Ack rc 10', 'NTFY AS-PENDING rc 10']);
  assert.deepEqual(user.take(), ['100>200 cc']);
  tester.sayData(transfer(100, 200, 'dd'), { routingContext: 10 });
  assert.deepEqual(exchange(tester), ['ERR 25 rc 10']);
});

test('RFC 4666 §4.3.4.1: double exchange: ASP Up while active draws Error 6 for the peer’s AS; ours goes on', async () => {
  const { tester, exchange, endpoint } = await ipspPlant('double');
  tester.say('ASP Up Ack', {});
  tester.say('ASP Active Ack', {});
  tester.say('ASP Up', {});
  tester.say('ASP Active', {});
  exchange(tester);
  tester.say('ASP Up', {});
  assert.deepEqual(exchange(tester), ['ASP Up Ack', 'ERR 6', 'NTFY AS-PENDING rc 10']);
  tester.say('ASP Up Ack', {});
  assert.deepEqual(exchange(tester), ['ERR 6 rc 20', 'ASP Active rc 20']);
  assert.deepEqual(
    endpoint
      .snapshot()
      .associations[0]!.traffic.map(({ applicationServer, state }) => [applicationServer, state]),
    [
      ['as-b', 'ASP-ACTIVE-SENT'],
      ['as-a', 'ASP-INACTIVE'],
    ],
  );
});

test('RFC 4666 §4.4.3: double exchange: an IPSP registers its routing key at the other', async () => {
  const virtual = new VirtualNetwork();
  const a = ipsp(
    virtual,
    'a',
    ipspConfig('a', 'double', {
      localApplicationServers: [{ name: 'as-a', pointCodes: [100], dynamic: true }],
    }),
  );
  const b = ipsp(
    virtual,
    'b',
    ipspConfig('b', 'double', {
      remoteApplicationServers: [],
      registration: { policy: 'dynamic', routingContextFirst: 70 },
    }),
  );
  await b.endpoint.start();
  await a.endpoint.start();
  virtual.advance(100);
  assert.deepEqual(
    b.endpoint.snapshot().applicationServers.map(({ routingContext, state }) => [routingContext, state]),
    [[70, 'AS-ACTIVE']],
  );
  assert.ok(b.endpoint.transfer(transfer(200, 100, 'aa')));
  assert.ok(a.endpoint.transfer(transfer(100, 200, 'bb')));
  virtual.advance(100);
  assert.deepEqual(a.user.take(), ['resume 200', '200>100 aa']);
  assert.deepEqual(b.user.take(), ['resume 100', '100>200 bb']);
});

// Both.

for (const exchangeModel of ['single', 'double'] as const) {
  test(`RFC 4666 §1.4.3.4: two IPSPs of ours, ${exchangeModel} exchange: up, traffic both ways, lost, back, and down in order`, async () => {
    const virtual = new VirtualNetwork();
    const a = ipsp(virtual, 'a', ipspConfig('a', exchangeModel));
    const b = ipsp(virtual, 'b', ipspConfig('b', exchangeModel));
    await b.endpoint.start();
    await a.endpoint.start();
    virtual.advance(100);
    assert.ok(a.endpoint.transfer(transfer(100, 200, 'aa')));
    assert.ok(b.endpoint.transfer(transfer(200, 100, 'bb')));
    virtual.advance(100);
    assert.deepEqual(a.user.take(), ['resume 200', '200>100 bb']);
    assert.deepEqual(b.user.take(), ['resume 100', '100>200 aa']);
    virtual.network.lose('a', 'b');
    // While AS-PENDING what is sent waits, and arrives when the peer is back.
    virtual.run();
    assert.ok(b.endpoint.transfer(transfer(200, 100, 'cc')));
    virtual.advance(1_900);
    assert.deepEqual(a.user.take(), ['200>100 cc']);
    assert.deepEqual(b.user.take(), []);
    let stopped = 0;
    a.endpoint.stop(() => stopped++);
    virtual.advance(10_000);
    assert.equal(stopped, 1);
    assert.deepEqual(b.user.take(), ['pause 100']);
    assert.equal(b.endpoint.snapshot().associations.length, 0);
    for (const [name] of virtual.counters.values) assert.doesNotMatch(name, /error|undecodable/);
  });

  test(`RFC 4666 §3.8.1: ${exchangeModel} exchange: what cannot be read is answered, an Error never`, async () => {
    const { tester, exchange, endpoint } = await ipspPlant(exchangeModel, {
      knownAsps: [{ aspIdentifier: 5, applicationServers: ['as-a'] }],
    });
    exchange(tester);
    const answers: readonly (readonly [octets: string, answer: string])[] = [
      ['0200030300000008', 'ERR 1'],
      ['01000a0100000008', 'ERR 3'],
      ['0100030900000008', 'ERR 4'],
      ['010003030000000c', 'ERR 7'],
      ['0100000100000010000d000800010009', 'ERR 17'],
      ['01000303000000100009000c00000001', 'ERR 18'],
      ['0100030300000018000900080000000100090008000000ff', 'ERR 19'],
      ['0100000100000008', 'ERR 22'],
    ];
    for (const [octets, answer] of answers) {
      tester.sayOctets(octetsOf(octets));
      assert.deepEqual(exchange(tester), [answer], octets);
    }
    tester.sayOctets(octetsOf('0100000000000008'));
    assert.deepEqual(exchange(tester), []);
    tester.say('ASP Up', { aspIdentifier: 5 }, 1);
    tester.say('ASP Up', {});
    tester.say('ASP Up', { aspIdentifier: 6 });
    assert.deepEqual(exchange(tester), ['ERR 9', 'ERR 14', 'ERR 15']);
    endpoint.setBlocked(true);
    tester.say('ASP Up', { aspIdentifier: 5 });
    assert.deepEqual(exchange(tester), ['ERR 13']);
    endpoint.setBlocked(false);
    tester.say('ASP Up', { aspIdentifier: 5 });
    assert.deepEqual(exchange(tester)[0], 'ASP Up Ack');
    endpoint.setBlocked(true);
    tester.say('ASP Active', { routingContext: [10] });
    assert.deepEqual(exchange(tester), ['ERR 13 rc 10']);
  });

  test(`RFC 4666 §3.8.1: ${exchangeModel} exchange: a traffic mode that there is not is Error 5, a routing context that is missing Error 26`, async () => {
    const { tester, exchange } = await ipspPlant(exchangeModel, SEVERAL);
    if (exchangeModel === 'double') {
      tester.say('ASP Up Ack', {});
      exchange(tester);
      tester.say('ASP Active Ack', {});
    }
    tester.say('ASP Up', {});
    exchange(tester);
    tester.say('ASP Active', { trafficModeType: 7 });
    assert.deepEqual(exchange(tester), ['ERR 5']);
    tester.say('ASP Active', {});
    exchange(tester);
    tester.sayData(transfer(100, 200, 'aa'), {});
    assert.deepEqual(exchange(tester), ['ERR 26']);
  });

  test(`RFC 4666 §4.3.4.6: ${exchangeModel} exchange: beats are answered in every state with their data`, async () => {
    const { tester, exchange, virtual } = await ipspPlant(exchangeModel);
    const heartbeatData = octetsOf('0011223344');
    const beat = (): void => {
      exchange(tester);
      tester.say('BEAT', { heartbeatData });
      virtual.run();
      const { message } = tester.heard.at(-1)!;
      assert.ok(message.name === 'BEAT Ack');
      assert.deepEqual([...message.parameters.heartbeatData!], [...heartbeatData]);
    };
    beat();
    tester.say('ASP Up', {});
    beat();
    tester.say('ASP Active', {});
    beat();
  });

  test(`RFC 4666 §4.3.4.6: ${exchangeModel} exchange: a peer that leaves its beats unanswered is given up`, async () => {
    const { tester, endpoint, virtual } = await ipspPlant(exchangeModel, {
      times: { heartbeatMs: 1000, heartbeatMissesMax: 2 },
    });
    tester.say('ASP Up Ack', {});
    tester.say('ASP Up', {});
    tester.say('ASP Active', {});
    virtual.advance(10_000);
    assert.equal(tester.downs, 0);
    tester.answersBeats = false;
    virtual.advance(4_000);
    assert.equal(tester.downs, 1);
    assert.equal(endpoint.snapshot().associations.length, 0);
  });

  test(`RFC 4666 §4.5: ${exchangeModel} exchange: SSNM of a peer reaches the users, an audit is answered for our own`, async () => {
    const { tester, exchange, user, endpoint } = await ipspPlant(exchangeModel);
    if (exchangeModel === 'double') {
      tester.say('ASP Up Ack', {});
      exchange(tester);
      tester.say('ASP Active Ack', {});
    }
    tester.say('ASP Up', {});
    tester.say('ASP Active', {});
    exchange(tester);
    user.take();
    const about = { affectedPointCodes: [{ mask: 0, pointCode: 100 }] };
    tester.say('DUNA', about);
    tester.say('DUNA', { affectedPointCodes: [{ mask: 0, pointCode: 999 }] });
    exchange(tester);
    assert.equal(endpoint.transfer(transfer(200, 100, 'aa')), false);
    tester.say('DAVA', about);
    tester.say('SCON', { ...about, congestionIndications: 2 });
    tester.say('DUPU', { ...about, userCause: { cause: 2, user: 3 } });
    tester.say('DAUD', {
      affectedPointCodes: [200, 300].map((pointCode) => ({ mask: 0, pointCode })),
    });
    tester.say('DUNA', { ...about, routingContext: [99] });
    tester.sayData({ ...transfer(100, 200, 'aa'), si: 5 }, {});
    assert.deepEqual(exchange(tester), ['DAVA 200', 'DUNA 300', 'ERR 25 rc 99', 'DUPU 200']);
    assert.deepEqual(user.take(), ['pause 100', 'resume 100', 'congestion 100 2', 'user-inaccessible 100 0']);
    assert.equal(endpoint.congestionLevel(100), 2);
  });

  test(`RFC 4666 §3.8.1: ${exchangeModel} exchange: a network appearance that is not configured draws Error 21`, async () => {
    const config = ipspConfig('b', exchangeModel);
    const { tester, exchange } = await ipspPlant(exchangeModel, {
      localApplicationServers: [{ ...config.localApplicationServers[0]!, networkAppearance: 7 }],
      begin: 'active',
    });
    if (exchangeModel === 'double') {
      tester.say('ASP Up Ack', {});
      exchange(tester);
      tester.say('ASP Active Ack', {});
    }
    tester.say('ASP Up', {});
    tester.say('ASP Active', {});
    exchange(tester);
    tester.sayData(transfer(100, 200, 'aa'), { networkAppearance: 8 });
    tester.say('DUNA', { networkAppearance: 8, affectedPointCodes: [{ mask: 0, pointCode: 100 }] });
    assert.deepEqual(exchange(tester), ['ERR 21 na 8', 'ERR 21 na 8']);
  });
}
