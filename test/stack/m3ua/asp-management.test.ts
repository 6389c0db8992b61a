/** An ASP at the hands of Layer Management (RFC 4666 §1.6.3), and as one that registers (§4.4). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { M3uaAsp } from '../../../src/stack/m3ua/asp.ts';
import { DEREGISTRATION_STATUS, REGISTRATION_STATUS } from '../../../src/stack/m3ua/registration-status.ts';
import { M3uaSgp } from '../../../src/stack/m3ua/sgp.ts';
import { silentLog } from '../../../src/types/log.ts';
import { ASP_BASE, aspPlant, SGP_BASE, transfer } from '../../support/m3ua-plants.ts';
import { VirtualNetwork } from '../../support/virtual-network.ts';

const DYNAMIC = {
  applicationServers: [
    { name: 'as-1', pointCodes: [100], trafficMode: 'loadshare', dynamic: true },
    { name: 'as-2', pointCodes: [200, 201], routingContext: 77, dynamic: true },
  ],
} as const;

test('RFC 4666 §1.6.3: Layer Management takes an ASP up, active, inactive and down; the association stays', async () => {
  const { sgp, exchange, asp, states } = await aspPlant({ begin: 'down' });
  assert.deepEqual(exchange(sgp), []);
  asp.up();
  assert.deepEqual(exchange(sgp), ['ASP Up']);
  sgp.say('ASP Up Ack', {});
  assert.deepEqual(exchange(sgp), []);
  assert.deepEqual(states(), ['ASP-INACTIVE']);
  asp.activate('as-1');
  assert.deepEqual(exchange(sgp), ['ASP Active mode 2 rc 10']);
  sgp.say('ASP Active Ack', { routingContext: [10] });
  exchange(sgp);
  asp.inactivate();
  sgp.say('ASP Inactive Ack', { routingContext: [10] });
  assert.deepEqual(exchange(sgp), ['ASP Inactive rc 10']);
  asp.down();
  sgp.say('ASP Down Ack', {});
  assert.deepEqual(exchange(sgp), ['ASP Down']);
  assert.equal(sgp.downs, 0);
  asp.up();
  assert.deepEqual(exchange(sgp), ['ASP Up']);
});

test('RFC 4666 §4.3.4.2: ASP Down is sent again each T(ack), at most so often', async () => {
  const { sgp, exchange, activate, asp, virtual } = await aspPlant();
  activate(sgp);
  asp.down();
  virtual.advance(60_000);
  assert.deepEqual(exchange(sgp).filter((one) => one === 'ASP Down').length, 3);
});

test('RFC 4666 §4.3.4.3: an acknowledgement that comes after the tries are over is good all the same', async () => {
  const { sgp, exchange, states, virtual } = await aspPlant();
  sgp.say('ASP Up Ack', {});
  virtual.advance(6_000);
  exchange(sgp);
  assert.deepEqual(states(), ['ASP-INACTIVE']);
  sgp.say('ASP Active Ack', { routingContext: [10] });
  exchange(sgp);
  assert.deepEqual(states(), ['ASP-ACTIVE']);
});

test('RFC 4666 §4.3.4.5: clnt_quirk_no_notify_asp_act: an SGP that never notifies is served all the same', async () => {
  const { sgp, exchange, activate, asp, states } = await aspPlant();
  activate(sgp);
  assert.deepEqual(states(), ['ASP-ACTIVE']);
  assert.ok(asp.transfer(transfer(100, 1, 'aa')));
  assert.deepEqual(exchange(sgp), ['DATA aa rc 10']);
});

test('RFC 4666 §3.8.2: each status that an SGP notifies reaches Layer Management', async () => {
  const { sgp, exchange, activate, indications } = await aspPlant();
  activate(sgp);
  for (const [type, information] of [
    [1, 2],
    [1, 3],
    [1, 4],
    [2, 1],
    [2, 2],
    [2, 3],
  ] as const) {
    sgp.say('NTFY', { status: { type, information }, routingContext: [10] });
    exchange(sgp);
  }
  assert.deepEqual(
    indications.map((one) => (one.primitive === 'M-NOTIFY.ind' ? one.status : one.primitive)),
    [
      'AS-INACTIVE',
      'AS-ACTIVE',
      'AS-PENDING',
      'Insufficient ASP Resources',
      'Alternate ASP Active',
      'ASP Failure',
    ],
  );
});

test('RFC 4666 §4.3.4.6: any message is a sign of life, not only BEAT Ack', async () => {
  const { sgp, activate, virtual } = await aspPlant({
    times: { ...ASP_BASE.times, heartbeatMs: 1000, heartbeatMissesMax: 2 },
  });
  activate(sgp);
  sgp.answersBeats = false;
  for (let second = 0; second < 20; second++) {
    virtual.advance(900);
    sgp.sayData(transfer(1, 100, 'aa'), { routingContext: 10 });
  }
  assert.equal(sgp.downs, 0);
  virtual.advance(3_000);
  assert.equal(sgp.downs, 1);
});

test('RFC 4666 §4.4.1: an ASP registers its routing key, and uses the routing context that it is given', async () => {
  const { sgp, exchange, asp, states, virtual, user } = await aspPlant(DYNAMIC);
  sgp.say('ASP Up Ack', {});
  assert.deepEqual(exchange(sgp), ['ASP Up', 'REG REQ 1:100', 'REG REQ 2:200+201']);
  sgp.say('REG RSP', {
    registrationResults: [{ localRoutingKeyIdentifier: 1, registrationStatus: 0, routingContext: 900 }],
  });
  assert.deepEqual(exchange(sgp), ['ASP Active mode 2 rc 900']);
  sgp.say('REG RSP', {
    registrationResults: [{ localRoutingKeyIdentifier: 2, registrationStatus: 12, routingContext: 77 }],
  });
  assert.deepEqual(exchange(sgp), ['ASP Active rc 77']);
  sgp.say('ASP Active Ack', { routingContext: [900, 77] });
  exchange(sgp);
  assert.deepEqual(states(), ['ASP-ACTIVE', 'ASP-ACTIVE']);
  assert.ok(asp.transfer(transfer(100, 1, 'aa')));
  assert.ok(asp.transfer(transfer(201, 1, 'bb')));
  virtual.run();
  assert.deepEqual(exchange(sgp), ['DATA aa rc 900', 'DATA bb rc 77']);
  user.take();
  sgp.sayData(transfer(1, 100, 'cc'), { routingContext: 900 });
  sgp.sayData(transfer(1, 100, 'dd'), { routingContext: 10 });
  assert.deepEqual(exchange(sgp), ['ERR 25 rc 10']);
  assert.deepEqual(user.take(), ['1>100 cc']);
});

test('RFC 4666 §3.6.2: whatever a registration is refused for, it is tried again later, and no traffic begins before', async () => {
  for (const [name, status] of Object.entries(REGISTRATION_STATUS)) {
    if (status === 0 || name === 'Routing Key Already Registered') continue;
    const { sgp, exchange, states, virtual, indications } = await aspPlant({
      applicationServers: [DYNAMIC.applicationServers[0]],
    });
    sgp.say('ASP Up Ack', {});
    exchange(sgp);
    sgp.say('REG RSP', {
      registrationResults: [{ localRoutingKeyIdentifier: 1, registrationStatus: status, routingContext: 0 }],
    });
    assert.deepEqual(exchange(sgp), []);
    assert.deepEqual(states(), ['ASP-DOWN']);
    assert.deepEqual(indications, [
      {
        primitive: 'M-RK_REG.cnf',
        association: 'sgp-0',
        localRoutingKeyIdentifier: 1,
        status: name,
        routingContext: 0,
      },
    ]);
    virtual.advance(10_000);
    assert.deepEqual(exchange(sgp), ['REG REQ 1:100']);
  }
});

test('RFC 4666 §4.4.1: REG REQ that is not answered is sent again, at most so often; one that is not supported is refused', async () => {
  const { sgp, exchange, virtual } = await aspPlant({ applicationServers: [DYNAMIC.applicationServers[0]] });
  sgp.say('ASP Up Ack', {});
  virtual.advance(6_000);
  assert.deepEqual(exchange(sgp), ['ASP Up', ...Array<string>(3).fill('REG REQ 1:100')]);
  virtual.advance(10_000);
  assert.deepEqual(exchange(sgp), ['REG REQ 1:100']);
  sgp.say('ERR', { errorCode: 3 });
  virtual.advance(9_000);
  assert.deepEqual(exchange(sgp), []);
});

test('RFC 4666 §4.4.2: an ASP deregisters when it is inactive, whatever it is answered', async () => {
  for (const [name, status] of Object.entries(DEREGISTRATION_STATUS)) {
    const { sgp, exchange, states, asp, activate } = await aspPlant({
      applicationServers: [DYNAMIC.applicationServers[0]],
    });
    sgp.say('ASP Up Ack', {});
    exchange(sgp);
    sgp.say('REG RSP', {
      registrationResults: [{ localRoutingKeyIdentifier: 1, registrationStatus: 0, routingContext: 900 }],
    });
    exchange(sgp);
    activate(sgp);
    asp.deregister();
    assert.deepEqual(exchange(sgp), [], 'not while traffic flows');
    asp.inactivate();
    sgp.say('ASP Inactive Ack', {});
    exchange(sgp);
    asp.deregister();
    assert.deepEqual(exchange(sgp), ['DEREG REQ rc 900']);
    sgp.say('DEREG RSP', {
      deregistrationResults: [{ routingContext: 900, deregistrationStatus: status }],
    });
    exchange(sgp);
    const isGone = name === 'Successfully Deregistered' || name === 'Not Registered';
    assert.deepEqual(states(), [isGone ? 'ASP-DOWN' : 'ASP-INACTIVE'], name);
  }
});

test('RFC 4666 §4.4: an ASP and an SGP of ours: registered, active, traffic, and again after the association was lost', async () => {
  const virtual = new VirtualNetwork();
  const { timers, counters } = virtual;
  const common = { timers, counters, log: silentLog };
  const sgp = new M3uaSgp({
    config: { ...SGP_BASE, applicationServers: [], registration: { policy: 'dynamic' } },
    sctp: virtual.network.port('sg'),
    ...common,
  });
  await sgp.start();
  const asp = new M3uaAsp({
    config: {
      ...ASP_BASE,
      ...DYNAMIC,
      peers: [{ name: 'sgp', signallingGateway: 'sg', connect: { host: 'sg', port: 2905 } }],
    },
    sctp: virtual.network.port('asp'),
    ...common,
  });
  asp.start();
  virtual.advance(100);
  const states = () =>
    sgp.snapshot().applicationServers.map(({ routingContext, state }) => [routingContext, state]);
  assert.deepEqual(states(), [
    [1, 'AS-ACTIVE'],
    [77, 'AS-ACTIVE'],
  ]);
  virtual.network.lose('asp', 'sg');
  virtual.run();
  assert.deepEqual(states(), []);
  virtual.advance(2_000);
  assert.deepEqual(
    states().map(([, state]) => state),
    ['AS-ACTIVE', 'AS-ACTIVE'],
  );
  asp.stop();
  virtual.advance(1_000);
  assert.deepEqual(states(), []);
});
