/** Every error code of RFC 4666 §3.8.1, by the role that answers with it. Those of an IPSP are in `ipsp.test.ts`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode } from '../../../src/stack/m3ua/messages.ts';
import { ASP_BASE, aspPlant, octetsOf, sgpPlant, transfer } from '../../support/m3ua-plants.ts';
import type { M3uaTester } from '../../support/m3ua-tester.ts';

const about = { affectedPointCodes: [{ mask: 0, pointCode: 1 }] };

/** What draws the same error whoever hears it: octets on a stream, and the answer. */
const COMMON: readonly (readonly [clause: string, octets: string, stream: number, answer: string])[] = [
  ['§3.1.1 another version', '0200030300000008', 0, 'ERR 1'],
  ['§3.1.2 a class that there is not', '01000a0100000008', 0, 'ERR 3'],
  ['§3.1.3 a type that there is not', '0100030900000008', 0, 'ERR 4'],
  ['§3.1.4 a length that is not that of the message', '010003030000000c', 0, 'ERR 7'],
  ['§3.3.1 DATA without a whole routing label', '01000101000000100210000800000001', 0, 'ERR 18'],
  ['§3.2 a parameter longer than the message', '01000303000000100009000c00000001', 0, 'ERR 18'],
  ['§3.2 a parameter that came twice', '0100030300000018000900080000000100090008000000ff', 0, 'ERR 19'],
  ['§3.8.2 NTFY without its status', '0100000100000008', 0, 'ERR 22'],
  ['§3.8.2 NTFY with a status that there is not', '0100000100000010000d000800010009', 0, 'ERR 17'],
  [
    '§3.4.1 an affected point code with a mask of more bits than it has',
    '01000203000000100012000819000001',
    0,
    'ERR 17',
  ],
];

function draws(tester: M3uaTester, exchange: (tester: M3uaTester) => string[]): void {
  for (const [clause, octets, stream, answer] of COMMON) {
    tester.sayOctets(octetsOf(octets), stream);
    assert.deepEqual(exchange(tester), [answer], `RFC 4666 ${clause}`);
  }
}

test('RFC 4666 §3.8.1: an SGP answers what it cannot read, in every state, and an Error never', async () => {
  const { asp, exchange } = await sgpPlant();
  draws(asp, exchange);
  asp.say('ASP Up', {});
  exchange(asp);
  draws(asp, exchange);
  asp.say('ASP Active', {});
  exchange(asp);
  draws(asp, exchange);
  // An Error that is well formed, one that is not, one with a parameter too many.
  asp.say('ERR', { errorCode: 6 });
  asp.sayOctets(octetsOf('0100000000000008'));
  asp.sayOctets(octetsOf('0100000000000018000c000800000006000c000800000006'));
  assert.deepEqual(exchange(asp), []);
});

test('RFC 4666 §3.8.1: an ASP answers what it cannot read, in every state, and an Error never', async () => {
  for (const begin of ['down', 'up'] as const) {
    const waiting = await aspPlant({ begin });
    waiting.exchange(waiting.sgp);
    if (begin === 'up') waiting.sgp.say('ASP Up Ack', {});
    assert.deepEqual(waiting.exchange(waiting.sgp), []);
    draws(waiting.sgp, waiting.exchange);
    assert.deepEqual(waiting.states(), [begin === 'up' ? 'ASP-INACTIVE' : 'ASP-DOWN']);
  }
  const { sgp, exchange, activate } = await aspPlant();
  exchange(sgp);
  draws(sgp, exchange);
  activate(sgp);
  draws(sgp, exchange);
  sgp.say('ERR', { errorCode: 7 });
  sgp.sayOctets(octetsOf('0100000000000008'));
  assert.deepEqual(exchange(sgp), []);
});

test('RFC 4666 §1.4.7: ASPSM and RKM on another stream than 0 draw Error 9; BEAT, ASPTM and SSNM may go on any', async () => {
  const { asp, exchange } = await sgpPlant({
    applicationServers: [{ name: 'as-1', pointCodes: [100], routingContext: 10 }],
    registration: { policy: 'static' },
  });
  asp.say('ASP Up', {}, 1);
  asp.say('REG REQ', { routingKeys: [] }, 1);
  assert.deepEqual(exchange(asp), ['ERR 9', 'ERR 22']);
  asp.say('ASP Up', {});
  asp.say('DEREG REQ', { routingContext: [10] }, 2);
  assert.deepEqual(exchange(asp), ['ASP Up Ack', 'NTFY AS-INACTIVE rc 10', 'ERR 9']);
  asp.say('BEAT', {}, 3);
  asp.say('ASP Active', {}, 3);
  asp.say('DAUD', about, 3);
  assert.deepEqual(exchange(asp), ['BEAT Ack', 'ASP Active Ack', 'NTFY AS-ACTIVE rc 10', 'DAVA 1']);
  asp.sayData(transfer(100, 1, 'aa'), { routingContext: 10 }, 0);
  assert.deepEqual(exchange(asp), ['ERR 9']);
});

test('RFC 4666 §1.4.7: at the ASP DATA on stream 0, and ASPSM on another, draw Error 9', async () => {
  const { sgp, exchange, activate } = await aspPlant();
  sgp.say('ASP Up Ack', {}, 1);
  assert.deepEqual(exchange(sgp), ['ASP Up', 'ERR 9']);
  activate(sgp);
  sgp.sayData(transfer(1, 100, 'aa'), { routingContext: 10 }, 0);
  assert.deepEqual(exchange(sgp), ['ERR 9']);
});

test('RFC 4666 §3.8.1: a request with a parameter of another message draws Error 19; an unknown one is skipped', async () => {
  const { asp, exchange } = await sgpPlant();
  const networkAppearance = { tag: 0x0200, value: octetsOf('00000001') };
  asp.sayOctets(encode('ASP Up', {}, [networkAppearance]));
  assert.deepEqual(exchange(asp), ['ERR 19']);
  asp.sayOctets(encode('ASP Up', {}, [{ tag: 0x7777, value: octetsOf('01') }]));
  assert.deepEqual(exchange(asp), ['ASP Up Ack', 'NTFY AS-INACTIVE rc 10', 'NTFY AS-INACTIVE rc 20']);
});

test('RFC 4666 §3.8.1: an acknowledgement with a parameter too many is taken all the same', async () => {
  const { sgp, exchange } = await aspPlant();
  exchange(sgp);
  sgp.sayOctets(encode('ASP Up Ack', {}, [{ tag: 0x0200, value: octetsOf('00000001') }]));
  assert.deepEqual(exchange(sgp), ['ASP Active mode 2 rc 10']);
});

test('RFC 4666 §3.3.1: DATA with a parameter twice draws Error 19, with a network indicator that there is not Error 17', async () => {
  for (const role of ['SGP', 'ASP'] as const) {
    const plant = role === 'SGP' ? await sgpPlant() : await aspPlant();
    const tester = 'asp' in plant && 'testers' in plant ? plant.testers[0]! : undefined;
    assert.ok(tester !== undefined);
    plant.activate(tester);
    const message = encode('DATA', {
      routingContext: [10],
      protocolData: octetsOf('00000064' + '00000001' + '03020000' + 'aa'),
    });
    const twice = encode(
      'DATA',
      { routingContext: [10], protocolData: octetsOf('00000064' + '00000001' + '03020000' + 'aa') },
      [{ tag: 0x0006, value: octetsOf('0000000a') }],
    );
    tester.sayOctets(twice, 1);
    tester.sayData({ ...transfer(100, 1, 'aa'), ni: 4 }, { routingContext: 10 });
    tester.sayData({ ...transfer(100, 1, 'aa'), mp: 4 }, { routingContext: 10 });
    assert.deepEqual(plant.exchange(tester), ['ERR 19', 'ERR 17', 'ERR 17'], role);
    tester.sayOctets(message, 1);
    assert.deepEqual(plant.exchange(tester), [], role);
  }
});

test('RFC 4666 §4.3.4.1: an ASP that management keeps out draws Error 13 for ASP Up and ASP Active', async () => {
  const { testers, asp, second, exchange, sgp } = await sgpPlant({}, 2);
  sgp.setBlocked(true, 7);
  for (const [index, one] of testers.entries()) {
    one.say('ASP Up', { aspIdentifier: 7 + index });
    exchange(one);
  }
  // ASP 7 was not known by name before its first ASP Up; it is from now on.
  asp.say('ASP Active', { routingContext: [10] });
  assert.deepEqual(exchange(asp), ['ERR 13 rc 10']);
  asp.say('ASP Up', { aspIdentifier: 7 });
  assert.deepEqual(exchange(asp), ['ERR 13']);
  second.say('ASP Active', { routingContext: [10] });
  assert.deepEqual(exchange(second), ['ASP Active Ack rc 10', 'NTFY AS-ACTIVE rc 10']);
  sgp.setBlocked(false, 7);
  asp.say('ASP Up', { aspIdentifier: 7 });
  assert.equal(exchange(asp).includes('ASP Up Ack'), true);
  // Without a routing context the Error names those that were meant.
  sgp.setBlocked(true);
  asp.say('ASP Active', {});
  assert.deepEqual(exchange(asp), ['ERR 13 rc 10,20']);
});

test('RFC 4666 §4.7: without an interworking function no ASP is active, and ASP Active draws Error 13', async () => {
  const { asp, exchange, activate, sgp } = await sgpPlant();
  activate(asp, 10);
  sgp.setNifAvailable(false);
  assert.deepEqual(exchange(asp), ['ASP Inactive Ack rc 10', 'NTFY AS-PENDING rc 10']);
  asp.say('ASP Active', { routingContext: [10] });
  assert.deepEqual(exchange(asp), ['ERR 13 rc 10']);
  sgp.setNifAvailable(true);
  asp.say('ASP Active', { routingContext: [10] });
  assert.deepEqual(exchange(asp), ['ASP Active Ack rc 10', 'NTFY AS-ACTIVE rc 10']);
});

test('RFC 4666 §3.8.1: a network appearance that is not configured draws Error 21 with it, from SGP and ASP', async () => {
  const { asp, exchange, activate } = await sgpPlant({
    applicationServers: [{ name: 'as-1', pointCodes: [100], routingContext: 10, networkAppearance: 7 }],
  });
  activate(asp);
  asp.sayData(transfer(100, 1, 'aa'), { routingContext: 10, networkAppearance: 8 });
  asp.say('DAUD', { ...about, networkAppearance: 8 });
  assert.deepEqual(exchange(asp), ['ERR 21 na 8', 'ERR 21 na 8']);
  asp.say('DAUD', { ...about, networkAppearance: 7 });
  assert.deepEqual(exchange(asp), ['DAVA 1 na 7']);

  const other = await aspPlant({
    applicationServers: [{ ...ASP_BASE.applicationServers[0]!, networkAppearance: 7 }],
  });
  other.activate(other.sgp);
  other.sgp.sayData(transfer(1, 100, 'aa'), { routingContext: 10, networkAppearance: 8 });
  other.sgp.say('DUNA', { ...about, networkAppearance: 8 });
  assert.deepEqual(other.exchange(other.sgp), ['ERR 21 na 8', 'ERR 21 na 8']);
  other.sgp.say('DUNA', { ...about, networkAppearance: 7 });
  assert.deepEqual(other.exchange(other.sgp), []);
  assert.deepEqual(other.user.take(), ['pause 1']);
});

test('RFC 4666 §3.3.1: a network appearance is carried where one is configured', async () => {
  const { asp, exchange, activate, service, virtual } = await sgpPlant({
    applicationServers: [
      { name: 'as-1', pointCodes: [100], routingContext: 10, networkAppearance: 7 },
      { name: 'as-2', pointCodes: [200], routingContext: 20, networkAppearance: 8 },
    ],
  });
  activate(asp);
  service.transfer(transfer(1, 100, 'aa'));
  service.transfer(transfer(1, 200, 'bb'));
  virtual.run();
  assert.deepEqual(exchange(asp), ['DATA aa na 7 rc 10', 'DATA bb na 8 rc 20']);
  // What comes from one network does not get into another.
  asp.sayData(transfer(100, 200, 'cc'), { routingContext: 10 });
  assert.deepEqual(exchange(asp), ['DUNA 200 na 7 rc 10']);
});

test('RFC 4666 §4.5.3: an audit of what an ASP is not to know draws Error 20 with the point codes', async () => {
  const { asp, exchange, activate } = await sgpPlant({
    localPointCodes: [1, 2],
    confidentialPointCodes: [2],
  });
  activate(asp);
  asp.say('DAUD', {
    routingContext: [10],
    affectedPointCodes: [
      { mask: 0, pointCode: 1 },
      { mask: 0, pointCode: 2 },
    ],
  });
  assert.deepEqual(exchange(asp), ['DAVA 1 rc 10', 'ERR 20 2 rc 10']);
});

test('RFC 4666 §3.8.1: an acknowledgement or notification for a routing context that is not ours draws Error 25', async () => {
  const { sgp, exchange, states } = await aspPlant();
  sgp.say('ASP Up Ack', {});
  exchange(sgp);
  sgp.say('ASP Active Ack', { routingContext: [11] });
  sgp.say('NTFY', { status: { type: 1, information: 3 }, routingContext: [11] });
  assert.deepEqual(exchange(sgp), ['ERR 25 rc 11', 'ERR 25 rc 11']);
  assert.deepEqual(states(), ['ASP-ACTIVE-SENT']);
});

test('RFC 4666 §3.8.1: at an ASP of several AS, DATA without a routing context draws Error 26', async () => {
  const { sgp, exchange, activate } = await aspPlant({
    applicationServers: [
      { name: 'as-1', pointCodes: [100], routingContext: 10 },
      { name: 'as-2', pointCodes: [200], routingContext: 20 },
    ],
  });
  activate(sgp);
  sgp.sayData(transfer(1, 100, 'aa'), {});
  assert.deepEqual(exchange(sgp), ['ERR 26']);
});

test('RFC 4666 §3.4.3: an ASP is not asked: DAUD draws Error 4 while it is active, Error 6 before', async () => {
  const { sgp, exchange, activate } = await aspPlant();
  sgp.say('ASP Up Ack', {});
  exchange(sgp);
  const inactive = await aspPlant({ begin: 'up' });
  inactive.sgp.say('ASP Up Ack', {});
  inactive.exchange(inactive.sgp);
  inactive.sgp.say('DAUD', about);
  inactive.sgp.say('DUNA', about);
  assert.deepEqual(inactive.exchange(inactive.sgp), ['ERR 6', 'ERR 6']);
  activate(sgp);
  sgp.say('DAUD', about);
  assert.deepEqual(exchange(sgp), ['ERR 4']);
});

test('RFC 4666 §1.6.3: M-ERROR and M-NOTIFY tell Layer Management what came and what was answered', async () => {
  const { sgp, exchange, activate, indications } = await aspPlant();
  activate(sgp);
  sgp.say('ERR', { errorCode: 13, routingContext: [10] });
  sgp.say('NTFY', { status: { type: 2, information: 3 }, aspIdentifier: 4, routingContext: [10] });
  sgp.say('ASP Up', {});
  exchange(sgp);
  assert.deepEqual(indications, [
    {
      primitive: 'M-ERROR.ind',
      association: 'sgp-0',
      direction: 'received',
      errorCode: 13,
      error: 'refused-management-blocking',
      routingContext: [10],
    },
    {
      primitive: 'M-NOTIFY.ind',
      association: 'sgp-0',
      status: 'ASP Failure',
      aspIdentifier: 4,
      routingContext: [10],
    },
    {
      primitive: 'M-ERROR.ind',
      association: 'sgp-0',
      direction: 'sent',
      errorCode: 6,
      error: 'unexpected-message',
    },
  ]);
});
