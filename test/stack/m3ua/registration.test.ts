/** Routing key management at the SGP (RFC 4666 §4.4): each answer, by the status that it carries (§3.6.2, §3.6.4). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MESSAGE_CLASS } from '../../../src/stack/m3ua/message.ts';
import type { RoutingKeyValue } from '../../../src/stack/m3ua/routing-key.ts';
import { octetsOf, SGP_BASE, sgpPlant, transfer } from '../../support/m3ua-plants.ts';

const key = (
  pointCode: number,
  rest: Partial<Omit<RoutingKeyValue, 'destinations'>> & {
    readonly si?: readonly number[];
    readonly opc?: number;
    readonly mask?: number;
  } = {},
): RoutingKeyValue => {
  const { si, opc, mask, ...others } = rest;
  return {
    localRoutingKeyIdentifier: 1,
    ...others,
    destinations: [
      {
        destinationPointCode: { mask: mask ?? 0, pointCode },
        ...(si === undefined ? {} : { serviceIndicators: si }),
        ...(opc === undefined ? {} : { originatingPointCodes: [{ mask: 0, pointCode: opc }] }),
      },
    ],
  };
};

const DYNAMIC = { registration: { policy: 'dynamic', routingContextFirst: 500 } } as const;
const STATIC = { registration: { policy: 'static' } } as const;

test('RFC 4666 §4.4.1: where registration is not supported REG REQ and DEREG REQ draw Error 3', async () => {
  const { asp, exchange } = await sgpPlant();
  asp.say('ASP Up', {});
  exchange(asp);
  asp.say('REG REQ', { routingKeys: [key(9)] });
  asp.say('DEREG REQ', { routingContext: [10] });
  assert.deepEqual(exchange(asp), ['ERR 3', 'ERR 3']);
});

test('RFC 4666 §4.4.1: rkm_reg_static_permission: a key known by configuration is granted, another is not provisioned', async () => {
  const { asp, exchange } = await sgpPlant(STATIC);
  asp.say('ASP Up', {});
  exchange(asp);
  asp.say('REG REQ', { routingKeys: [key(0xaabbcc, { localRoutingKeyIdentifier: 0x99 })] });
  asp.say('REG REQ', {
    routingKeys: [key(100, { localRoutingKeyIdentifier: 0x10000099, routingContext: 10 })],
  });
  assert.deepEqual(exchange(asp), ['REG RSP 153:7:0', 'REG RSP 268435609:0:10']);
});

test('RFC 4666 §4.4.1: rkm_reg_dynamic: a new key makes an AS, with the routing context it names or a free one', async () => {
  const { asp, exchange, service, virtual, sgp } = await sgpPlant(DYNAMIC);
  asp.say('ASP Up', {});
  exchange(asp);
  asp.say('REG REQ', {
    routingKeys: [key(300), key(400, { localRoutingKeyIdentifier: 2, routingContext: 1234 })],
  });
  assert.deepEqual(exchange(asp), [
    'REG RSP 1:0:500 2:0:1234',
    'NTFY AS-INACTIVE rc 500',
    'NTFY AS-INACTIVE rc 1234',
  ]);
  asp.say('ASP Active', { routingContext: [500] });
  assert.deepEqual(exchange(asp), ['ASP Active Ack rc 500', 'NTFY AS-ACTIVE rc 500']);
  assert.ok(service.transfer(transfer(1, 300, 'aa')));
  virtual.run();
  assert.deepEqual(exchange(asp), ['DATA aa rc 500']);
  assert.deepEqual(
    sgp.snapshot().applicationServers.map(({ name }) => name),
    ['as-1', 'as-2', 'rk-500', 'rk-1234'],
  );
});

test('RFC 4666 §4.4.1: a second ASP joins the AS by the same key, and hears how it is', async () => {
  const { testers, asp, second, exchange } = await sgpPlant(DYNAMIC, 2);
  for (const one of testers) {
    one.say('ASP Up', {});
    exchange(one);
  }
  asp.say('REG REQ', { routingKeys: [key(22, { routingContext: 220, trafficModeType: 2 })] });
  exchange(asp);
  asp.say('ASP Active', { routingContext: [220], trafficModeType: 2 });
  exchange(asp);
  second.say('REG REQ', { routingKeys: [key(22, { routingContext: 220, trafficModeType: 2 })] });
  assert.deepEqual(exchange(second), ['REG RSP 1:0:220', 'NTFY AS-ACTIVE rc 220']);
  second.say('ASP Active', { routingContext: [220], trafficModeType: 2 });
  assert.deepEqual(exchange(second), ['ASP Active Ack mode 2 rc 220']);
});

test('RFC 4666 §3.6.2: every status by which a registration is refused', async () => {
  const { asp, exchange, sgp } = await sgpPlant({
    ...DYNAMIC,
    registration: { ...DYNAMIC.registration, keysMax: 1 },
    pointCodeBits: 14,
    applicationServers: [
      { name: 'as-1', pointCodes: [100], routingContext: 10, trafficMode: 'override' },
      { name: 'as-2', pointCodes: [200], routingContext: 20, networkAppearance: 7, serviceIndicators: [3] },
    ],
  });
  asp.say('ASP Up', {});
  exchange(asp);
  const status = (value: RoutingKeyValue): string => {
    asp.say('REG REQ', { routingKeys: [value] });
    return exchange(asp)
      .filter((one) => one.startsWith('REG RSP'))
      .join();
  };
  // 2, Invalid DPC: none, one of the gateway's own, a cluster, one beyond 14 bits.
  assert.equal(status(key(0)), 'REG RSP 1:2:0');
  assert.equal(status(key(1)), 'REG RSP 1:2:0');
  assert.equal(status(key(64, { mask: 3 })), 'REG RSP 1:2:0');
  assert.equal(status(key(16_384)), 'REG RSP 1:2:0');
  // 3, Invalid Network Appearance.
  assert.equal(status(key(300, { networkAppearance: 8 })), 'REG RSP 1:3:0');
  // 4, Invalid Routing Key: a service indicator that there is not, an originating point code that there is not.
  assert.equal(status(key(300, { si: [16] })), 'REG RSP 1:4:0');
  assert.equal(status(key(300, { opc: 16_384 })), 'REG RSP 1:4:0');
  // 6, Cannot Support Unique Routing: a part of a key that there is.
  assert.equal(status(key(100, { si: [3] })), 'REG RSP 1:6:0');
  // 10, Unsupported/Invalid Traffic Handling Mode: none that there is, another than the AS has.
  assert.equal(status(key(300, { trafficModeType: 4 })), 'REG RSP 1:10:0');
  assert.equal(status(key(100, { trafficModeType: 2 })), 'REG RSP 1:10:0');
  // 11, Routing Key Change Refused: the routing context of another key, another one for this key.
  assert.equal(status(key(300, { routingContext: 10 })), 'REG RSP 1:11:0');
  assert.equal(status(key(100, { routingContext: 11 })), 'REG RSP 1:11:0');
  // 0, then 12, Routing Key Already Registered, with its routing context.
  assert.equal(status(key(100)), 'REG RSP 1:0:10');
  assert.equal(status(key(100)), 'REG RSP 1:12:10');
  // 8, Insufficient Resources: one key may be new, no more.
  assert.equal(status(key(300)), 'REG RSP 1:0:500');
  assert.equal(status(key(400)), 'REG RSP 1:8:0');
  // 5, Permission Denied: management keeps the ASP out.
  sgp.setBlocked(true);
  assert.equal(status(key(200, { networkAppearance: 7, si: [3] })), 'REG RSP 1:5:0');
  sgp.setBlocked(false);
  assert.equal(status(key(200, { networkAppearance: 7, si: [3] })), 'REG RSP 1:0:20');
});

test('RFC 4666 §3.6.2: an ASP that is known, but not for this AS, is denied (status 5)', async () => {
  const { asp, exchange } = await sgpPlant({
    ...STATIC,
    knownAsps: [{ aspIdentifier: 5, applicationServers: ['as-2'] }],
  });
  asp.say('ASP Up', { aspIdentifier: 5 });
  exchange(asp);
  asp.say('REG REQ', { routingKeys: [key(100), key(200, { localRoutingKeyIdentifier: 2 })] });
  assert.deepEqual(exchange(asp), ['REG RSP 1:5:0 2:0:20']);
});

test('RFC 4666 §3.6.2: a parameter that a routing key does not have draws status 9', async () => {
  const { asp, exchange } = await sgpPlant(DYNAMIC);
  asp.say('ASP Up', {});
  exchange(asp);
  // Local-RK-Identifier 1, Destination Point Code 300, and 0x9999 of four octets.
  const routingKey = '0207001c' + '020a000800000001' + '020b00080000012c' + '9999000800000000';
  const length = (8 + routingKey.length / 2).toString(16).padStart(8, '0');
  asp.sayOctets(octetsOf(`0100${MESSAGE_CLASS.RKM.toString(16).padStart(2, '0')}01${length}${routingKey}`));
  assert.deepEqual(exchange(asp), ['REG RSP 1:9:0']);
});

test('RFC 4666 §3.8.1: a routing key without its mandatory parameters draws Error 22', async () => {
  const { asp, exchange } = await sgpPlant(DYNAMIC);
  asp.say('ASP Up', {});
  exchange(asp);
  asp.sayOctets(octetsOf('0100090100000014' + '0207000c' + '020a000800000001'));
  asp.sayOctets(octetsOf('0100090100000008'));
  asp.sayOctets(octetsOf('0100090300000008'));
  assert.deepEqual(exchange(asp), ['ERR 22', 'ERR 22', 'ERR 22']);
});

test('RFC 4666 §3.6.4: every status by which a deregistration is answered', async () => {
  const { asp, exchange, sgp } = await sgpPlant(DYNAMIC);
  asp.say('ASP Up', {});
  asp.say('REG REQ', { routingKeys: [key(123, { routingContext: 1234 })] });
  exchange(asp);
  asp.say('ASP Active', { routingContext: [1234] });
  exchange(asp);
  const status = (...routingContext: readonly number[]): string[] => {
    asp.say('DEREG REQ', { routingContext });
    return exchange(asp);
  };
  // rkm_unreg_invalid (2), never registered (4), rkm_unreg_active (5), several at once.
  assert.deepEqual(status(77), ['DEREG RSP 77:2']);
  assert.deepEqual(status(10), ['DEREG RSP 10:4']);
  assert.deepEqual(status(1234), ['DEREG RSP 1234:5']);
  assert.deepEqual(status(77, 10, 1234), ['DEREG RSP 77:2 10:4 1234:5']);
  sgp.setBlocked(true);
  assert.deepEqual(status(1234), ['DEREG RSP 1234:3']);
  sgp.setBlocked(false);
  asp.say('ASP Inactive', { routingContext: [1234] });
  assert.deepEqual(exchange(asp), ['ASP Inactive Ack rc 1234', 'NTFY AS-PENDING rc 1234']);
  // rkm_unreg_registered (0): the AS goes with its last ASP, and is unknown from then on.
  assert.deepEqual(status(1234), ['DEREG RSP 1234:0']);
  assert.deepEqual(status(1234), ['DEREG RSP 1234:2']);
  assert.ok(!sgp.snapshot().applicationServers.some(({ name }) => name === 'rk-1234'));
  asp.say('ASP Active', { routingContext: [1234] });
  assert.deepEqual(exchange(asp), ['ERR 25 rc 1234']);
});

test('RFC 4666 §4.3.4.1: ASP Up while active ends every registration; so do ASP Down and a lost association', async () => {
  for (const end of ['ASP Up', 'ASP Down', 'lost'] as const) {
    const { asp, exchange, sgp, virtual } = await sgpPlant(DYNAMIC);
    asp.say('ASP Up', {});
    asp.say('REG REQ', { routingKeys: [key(300)] });
    exchange(asp);
    asp.say('ASP Active', {});
    exchange(asp);
    assert.equal(sgp.snapshot().applicationServers.length, 3);
    if (end === 'lost') asp.association!.abort();
    else asp.say(end, {});
    virtual.run();
    assert.equal(sgp.snapshot().applicationServers.length, 2, end);
  }
});

test('RFC 4666 §4.4.1: where registration is required, an ASP is in no AS before', async () => {
  const { asp, exchange } = await sgpPlant({
    ...SGP_BASE,
    registration: { policy: 'static', required: true },
  });
  asp.say('ASP Up', {});
  asp.say('ASP Active', {});
  assert.deepEqual(exchange(asp), ['ASP Up Ack', 'ERR 26']);
  asp.say('REG REQ', { routingKeys: [key(200)] });
  asp.say('ASP Active', {});
  assert.deepEqual(exchange(asp), [
    'REG RSP 1:0:20',
    'NTFY AS-INACTIVE rc 20',
    'ASP Active Ack',
    'NTFY AS-ACTIVE rc 20',
  ]);
});

test('RFC 4666 §1.4.2: a key with service indicator and originating point code is told from a wider one', async () => {
  const { testers, exchange, service, virtual } = await sgpPlant(
    {
      applicationServers: [
        { name: 'isup', pointCodes: [100], routingContext: 10, serviceIndicators: [5] },
        { name: 'from-1', pointCodes: [100], routingContext: 20, originatingPointCodes: [1] },
      ],
    },
    2,
  );
  for (const [index, one] of testers.entries()) {
    one.say('ASP Up', {});
    one.say('ASP Active', { routingContext: [(index + 1) * 10] });
    exchange(one);
  }
  for (const one of testers) one.take();
  service.transfer({ ...transfer(2, 100, '05'), si: 5 });
  service.transfer(transfer(1, 100, '03'));
  assert.equal(service.transfer(transfer(2, 100, '04')), false);
  virtual.run();
  assert.deepEqual(
    testers.map((one) => one.take()),
    [['DATA 05 rc 10'], ['DATA 03 rc 20']],
  );
});
