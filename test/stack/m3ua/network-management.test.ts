/** SSNM from and to an SGP, and congestion in both roles (RFC 4666 §3.4, §4.5, §1.4.6). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { T15_MS, T16_MS } from '../../../src/stack/m3ua/congested-destinations.ts';
import { congestionLevel } from '../../../src/stack/m3ua/congestion.ts';
import { aspPlant, RecordingUser, sgpPlant, transfer } from '../../support/m3ua-plants.ts';

const codes = (...pointCodes: readonly number[]) => pointCodes.map((pointCode) => ({ mask: 0, pointCode }));

test('RFC 4666 §4.5.1: ssnm_distribution: DUNA, DRST, DAVA and SCON go to every active ASP, by routing context', async () => {
  const { testers, asp, second, exchange, activate, sgp, user } = await sgpPlant(
    { localPointCodes: [1, 2] },
    2,
  );
  activate(asp);
  activate(second, 20);
  for (const one of testers) one.take();
  sgp.setStatus(2, 'unavailable');
  sgp.setStatus(2, 'restricted');
  sgp.setStatus(2, 'available');
  sgp.setCongestion(2, 3);
  sgp.setCongestion(2, 0);
  assert.deepEqual(exchange(second), [
    'DUNA 2 rc 20',
    'DRST 2 rc 20',
    'DAVA 2 rc 20',
    'SCON 2 level 3 rc 20',
    'SCON 2 level 0 rc 20',
  ]);
  assert.deepEqual(exchange(asp).slice(0, 2), ['DUNA 2 rc 10', 'DUNA 2 rc 20']);
  assert.deepEqual(user.take().slice(-4), ['pause 2', 'resume 2', 'congestion 2 3', 'congestion 2 0']);
});

test('RFC 4666 §4.5.1: an inactive ASP hears nothing of destinations', async () => {
  const { asp, exchange, sgp } = await sgpPlant();
  asp.say('ASP Up', {});
  exchange(asp);
  sgp.setStatus(1, 'unavailable');
  assert.deepEqual(exchange(asp), []);
});

test('RFC 4666 §4.5.1: ssnm_aspac_before_daud: who becomes active hears what is amiss; before, an audit is unexpected', async () => {
  const { asp, exchange, sgp } = await sgpPlant({
    localPointCodes: [1, 2, 3],
    applicationServers: [{ name: 'as-1', pointCodes: [100], routingContext: 10 }],
  });
  sgp.setStatus(1, 'unavailable');
  sgp.setStatus(2, 'restricted');
  sgp.setCongestion(2, 2);
  asp.say('ASP Up', {});
  exchange(asp);
  asp.say('DAUD', { affectedPointCodes: codes(1, 2, 3) });
  assert.deepEqual(exchange(asp), ['ERR 6']);
  asp.say('ASP Active', {});
  assert.deepEqual(exchange(asp), [
    'ASP Active Ack',
    'NTFY AS-ACTIVE rc 10',
    'DUNA 1 rc 10',
    'DRST 2 rc 10',
    'SCON 2 level 2 rc 10',
  ]);
  asp.say('DAUD', { routingContext: [10], affectedPointCodes: codes(1, 2, 3, 100, 77) });
  assert.deepEqual(exchange(asp), [
    'DAVA 3,100 rc 10',
    'DRST 2 rc 10',
    'DUNA 1,77 rc 10',
    'SCON 2 level 2 rc 10',
  ]);
});

test('RFC 4666 §4.5.3: an audit of a cluster is answered for its members, of nobody for itself', async () => {
  const { asp, exchange, activate } = await sgpPlant({ localPointCodes: [16, 17, 32, 1] });
  activate(asp);
  asp.say('DAUD', {
    affectedPointCodes: [
      { mask: 3, pointCode: 16 },
      { mask: 3, pointCode: 80 },
    ],
  });
  assert.deepEqual(exchange(asp), ['DAVA 16,17', 'DUNA 80']);
});

test('RFC 4666 §3.4.4: DATA to a congested destination is delivered; the first and each eighth is answered with SCON', async () => {
  const { asp, exchange, activate, sgp, user } = await sgpPlant();
  activate(asp);
  sgp.setCongestion(1, 1);
  exchange(asp);
  user.take();
  for (let index = 0; index < 9; index++) asp.sayData(transfer(100, 1, 'aa'), { routingContext: 10 });
  assert.deepEqual(exchange(asp), ['SCON 1 level 1 rc 10', 'SCON 1 level 1 rc 10']);
  assert.equal(user.take().length, 9);
});

test('RFC 4666 §3.4.4: SCON of an ASP slows down the destination that it concerns, else everybody', async () => {
  const { asp, second, exchange, activate, sgp } = await sgpPlant({ localPointCodes: [1, 2] }, 2);
  const [one, two] = [new RecordingUser(), new RecordingUser()];
  sgp.service(1).bind(5, one);
  sgp.service(2).bind(5, two);
  activate(asp, 10);
  activate(second, 20);
  for (const user of [one, two]) user.take();
  exchange(asp);
  asp.say('SCON', {
    affectedPointCodes: codes(100),
    concernedDestination: codes(2),
    congestionIndications: 2,
  });
  exchange(asp);
  assert.deepEqual([one.take(), two.take()], [[], ['congestion 100 2']]);
  asp.say('SCON', { affectedPointCodes: codes(100), congestionIndications: 1 });
  exchange(asp);
  assert.deepEqual([one.take(), two.take()], [['congestion 100 1'], ['congestion 100 1']]);
  // The concerned destination is another AS: it is told.
  second.take();
  asp.say('SCON', {
    affectedPointCodes: codes(100),
    concernedDestination: codes(200),
    congestionIndications: 3,
  });
  exchange(asp);
  assert.deepEqual(exchange(second), ['SCON 100 level 3 rc 20']);
});

test('RFC 4666 §1.4.6: the level of a queue rises at a quarter, half, three quarters, and falls below', () => {
  const levels: number[] = [];
  let level: 0 | 1 | 2 | 3 = 0;
  for (const filled of [0.2, 0.25, 0.2, 0.5, 0.8, 0.5, 0.4, 0.2, 0.14, 0]) {
    level = congestionLevel(filled, level);
    levels.push(level);
  }
  assert.deepEqual(levels, [0, 1, 1, 2, 3, 3, 2, 1, 0, 0]);
});

test('RFC 4666 §1.4.6: an ASP tells its user of its own congested association by levels, and when it is over', async () => {
  const { sgp, activate, asp, user, virtual } = await aspPlant({ queueOctetsMax: 4000 }, 1, 1_000_000);
  activate(sgp);
  assert.equal(asp.congestionLevel(1), 0);
  for (let index = 0; index < 100; index++) asp.transfer(transfer(100, 1, '00'.repeat(16), 1));
  const told = user.take();
  assert.deepEqual([...new Set(told)], ['congestion 1 1', 'congestion 1 2', 'congestion 1 3']);
  // Each level when it comes, and with each eighth message.
  assert.ok(told.length > 6 && told.length < 20, `${told.length}`);
  assert.equal(asp.congestionLevel(1), 3);
  assert.ok(virtual.counters.get('m3ua.transfer.congested') > 50);
  virtual.advance(1_000);
  assert.deepEqual(user.take(), ['congestion 1 0']);
  assert.equal(asp.congestionLevel(1), 0);
  assert.equal(virtual.counters.get('m3ua.congestion.onset'), 3);
  assert.equal(virtual.counters.get('m3ua.congestion.abatement'), 1);
});

test('RFC 4666 §3.4.4: SCON reaches the user with its level, and the user is told again while it sends', async () => {
  const { sgp, exchange, activate, asp, user } = await aspPlant();
  activate(sgp);
  sgp.say('SCON', { routingContext: [10], affectedPointCodes: codes(1, 9), congestionIndications: 2 });
  sgp.say('SCON', { routingContext: [10], affectedPointCodes: codes(8) });
  exchange(sgp);
  assert.deepEqual(user.take(), ['congestion 1 2', 'congestion 9 2', 'congestion 8 1']);
  assert.deepEqual(
    [1, 9, 8, 7].map((pointCode) => asp.congestionLevel(pointCode)),
    [2, 2, 1, 0],
  );
  for (let index = 0; index < 9; index++) assert.ok(asp.transfer(transfer(100, 1, 'aa')));
  assert.deepEqual(user.take(), ['congestion 1 2', 'congestion 1 2']);
  sgp.say('SCON', { routingContext: [10], affectedPointCodes: codes(1), congestionIndications: 0 });
  exchange(sgp);
  assert.deepEqual(user.take(), ['congestion 1 0']);
});

test('RFC 4666 §4.5.3, ITU-T Q.704 §13.9: a congestion that is not said again is asked for, and ends without an answer', async () => {
  const { sgp, exchange, activate, asp, user, virtual } = await aspPlant();
  activate(sgp);
  sgp.say('SCON', { routingContext: [10], affectedPointCodes: codes(1), congestionIndications: 1 });
  exchange(sgp);
  virtual.advance(T15_MS);
  assert.deepEqual(exchange(sgp), ['DAUD 1 rc 10']);
  sgp.say('SCON', { routingContext: [10], affectedPointCodes: codes(1), congestionIndications: 2 });
  virtual.advance(T16_MS);
  assert.equal(asp.congestionLevel(1), 2);
  virtual.advance(T15_MS + T16_MS);
  assert.equal(asp.congestionLevel(1), 0);
  assert.deepEqual(user.take(), ['congestion 1 1', 'congestion 1 2', 'congestion 1 0']);
});

test('RFC 4666 §3.4.4: a congested way to an AS: the users and the other ASPs are told, by levels', async () => {
  const { asp, second, exchange, activate, service, user, virtual } = await sgpPlant(
    { queueOctetsMax: 4000 },
    2,
    1_000_000,
  );
  activate(asp, 10);
  activate(second, 20);
  asp.take();
  user.take();
  for (let index = 0; index < 100; index++) service.transfer(transfer(1, 200, '00'.repeat(16), 1));
  assert.deepEqual([...new Set(user.take())], ['congestion 200 1', 'congestion 200 2', 'congestion 200 3']);
  assert.equal(service.congestionLevel?.(200), 3);
  virtual.advance(1_000);
  assert.deepEqual(user.take(), ['congestion 200 0']);
  assert.deepEqual(exchange(asp), [
    'SCON 200 level 1 rc 10',
    'SCON 200 level 2 rc 10',
    'SCON 200 level 3 rc 10',
    'SCON 200 level 0 rc 10',
  ]);
});

test('RFC 4666 §4.3.4.3: tmt_loadshare_rr: an AS may take turns instead of going by SLS', async () => {
  const { testers, service, virtual } = await sgpPlant(
    {
      applicationServers: [
        {
          name: 'as-1',
          pointCodes: [100],
          routingContext: 10,
          trafficMode: 'loadshare',
          loadshareBy: 'round-robin',
        },
      ],
    },
    2,
  );
  for (const one of testers) {
    one.say('ASP Up', {});
    one.say('ASP Active', { trafficModeType: 2 });
  }
  virtual.run();
  for (const one of testers) one.take();
  for (let index = 0; index < 10; index++) service.transfer(transfer(1, 100, 'aa', 0));
  virtual.run();
  assert.deepEqual(
    testers.map((one) => one.take().length),
    [5, 5],
  );
});
