import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SgpConfig } from '../../../src/stack/m3ua/configuration.ts';
import { encode } from '../../../src/stack/m3ua/messages.ts';
import type { MtpTransfer, MtpUser } from '../../../src/stack/m3ua/mtp.ts';
import { M3uaSgp } from '../../../src/stack/m3ua/sgp.ts';
import { silentLog } from '../../../src/types/log.ts';
import { M3uaTester } from '../../support/m3ua-tester.ts';
import { VirtualNetwork } from '../../support/virtual-network.ts';

const octetsOf = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
const transfer = (dpc: number, data: string, sls = 0): MtpTransfer => ({
  opc: 1,
  dpc,
  si: 3,
  ni: 2,
  mp: 0,
  sls,
  data: octetsOf(data),
});

class User implements MtpUser {
  readonly heard: string[] = [];
  onTransfer(one: MtpTransfer): void {
    this.heard.push(`${one.opc}>${one.dpc} ${Buffer.from(one.data).toString('hex')}`);
  }
  onPause(pointCode: number): void {
    this.heard.push(`pause ${pointCode}`);
  }
  onResume(pointCode: number): void {
    this.heard.push(`resume ${pointCode}`);
  }
  onStatus(pointCode: number, cause: string, level: number): void {
    this.heard.push(`${cause} ${pointCode} ${level}`);
  }
}

const BASE: SgpConfig = {
  listen: { host: 'sg', port: 2905 },
  localPointCodes: [1],
  applicationServers: [
    { name: 'as-1', pointCodes: [100], routingContext: 10 },
    { name: 'as-2', pointCodes: [200], routingContext: 20 },
  ],
  times: { heartbeatMs: 0, recoveryMs: 2000 },
};

/** An SGP that listens, and testers in the role of ASPs connected to it. */
async function plant(config: Partial<SgpConfig> = {}, asps = 1) {
  const virtual = new VirtualNetwork();
  const sgp = new M3uaSgp({
    config: { ...BASE, ...config },
    sctp: virtual.network.port('sg'),
    timers: virtual.timers,
    counters: virtual.counters,
    log: silentLog,
  });
  await sgp.start();
  const user = new User();
  const service = sgp.service(1);
  service.bind(3, user);
  user.heard.length = 0;
  const testers = Array.from({ length: asps }, (_, index) => {
    const tester = new M3uaTester();
    virtual.network.port(`asp-${index}`).connect({ host: 'sg', port: 2905, localPort: 5000 }, tester);
    return tester;
  });
  virtual.run();
  const exchange = (tester: M3uaTester) => {
    virtual.run();
    return tester.take();
  };
  return { virtual, sgp, service, user, testers, asp: testers[0]!, exchange };
}

const ONE_AS: Partial<SgpConfig> = {
  applicationServers: [{ name: 'as-1', pointCodes: [100], routingContext: 10 }],
};

test('RFC 4666 §4.3.4.1: ASP Up is acknowledged, then the AS state is notified', async () => {
  const { asp, exchange } = await plant();
  asp.say('ASP Up', {});
  assert.deepEqual(exchange(asp), ['ASP Up Ack', 'NTFY AS-INACTIVE rc 10', 'NTFY AS-INACTIVE rc 20']);
});

test('RFC 4666 §4.3.4.1: ASP Up while inactive is acknowledged and changes nothing', async () => {
  const { asp, exchange, sgp } = await plant();
  asp.say('ASP Up', {});
  exchange(asp);
  asp.say('ASP Up', {});
  assert.deepEqual(exchange(asp), ['ASP Up Ack']);
  assert.equal(sgp.snapshot().applicationServers[0]!.state, 'AS-INACTIVE');
});

test('RFC 4666 §4.3.4.1: ASP Up while active is acknowledged, draws Error 6, and ends traffic in all AS', async () => {
  const { asp, exchange, sgp } = await plant();
  asp.say('ASP Up', {});
  asp.say('ASP Active', {});
  exchange(asp);
  asp.say('ASP Up', {});
  assert.deepEqual(exchange(asp), ['ASP Up Ack', 'ERR 6', 'NTFY AS-PENDING rc 10', 'NTFY AS-PENDING rc 20']);
  assert.deepEqual(
    sgp.snapshot().associations[0]!.traffic.map(({ state }) => state),
    ['ASP-INACTIVE', 'ASP-INACTIVE'],
  );
});

test('RFC 4666 §4.3.4.2: ASP Down is acknowledged in every state', async () => {
  const { asp, exchange, sgp } = await plant(ONE_AS);
  asp.say('ASP Down', {});
  assert.deepEqual(exchange(asp), ['ASP Down Ack']);
  asp.say('ASP Up', {});
  asp.say('ASP Down', {});
  assert.deepEqual(exchange(asp), ['ASP Up Ack', 'NTFY AS-INACTIVE rc 10', 'ASP Down Ack']);
  assert.equal(sgp.snapshot().applicationServers[0]!.state, 'AS-DOWN');
});

test('RFC 4666 §4.3.4.3: ASP Active and ASP Inactive before ASP Up draw Error 6', async () => {
  const { asp, exchange } = await plant();
  asp.say('ASP Active', { routingContext: [10] });
  asp.say('ASP Inactive', { routingContext: [10] });
  assert.deepEqual(exchange(asp), ['ERR 6', 'ERR 6']);
});

test('RFC 4666 §4.3.4.3: Active for one routing context of several; the acknowledgement carries the same', async () => {
  const { asp, exchange, sgp } = await plant();
  asp.say('ASP Up', {});
  exchange(asp);
  asp.say('ASP Active', { routingContext: [20], trafficModeType: 2 });
  assert.deepEqual(exchange(asp), ['ASP Active Ack mode 2 rc 20', 'NTFY AS-ACTIVE rc 20']);
  assert.deepEqual(
    sgp.snapshot().applicationServers.map(({ state }) => state),
    ['AS-INACTIVE', 'AS-ACTIVE'],
  );
  asp.say('ASP Inactive', { routingContext: [20] });
  assert.deepEqual(exchange(asp), ['ASP Inactive Ack rc 20', 'NTFY AS-PENDING rc 20']);
});

test('RFC 4666 §4.3.4.3: Active without a routing context is for all AS, and acknowledged without one', async () => {
  const { asp, exchange } = await plant();
  asp.say('ASP Up', {});
  exchange(asp);
  asp.say('ASP Active', {});
  assert.deepEqual(exchange(asp), ['ASP Active Ack', 'NTFY AS-ACTIVE rc 10', 'NTFY AS-ACTIVE rc 20']);
});

test('RFC 4666 §4.3.4.3: a routing context that is not configured draws Error 25, the others are served', async () => {
  const { asp, exchange } = await plant();
  asp.say('ASP Up', {});
  exchange(asp);
  asp.say('ASP Active', { routingContext: [10, 99] });
  assert.deepEqual(exchange(asp), ['ERR 25 rc 99', 'ASP Active Ack rc 10', 'NTFY AS-ACTIVE rc 10']);
  asp.say('ASP Active', { routingContext: [99] });
  assert.deepEqual(exchange(asp), ['ERR 25 rc 99']);
});

test('RFC 4666 §4.3.4.3: a repeated ASP Active is acknowledged again and changes nothing', async () => {
  const { asp, exchange } = await plant(ONE_AS);
  asp.say('ASP Up', {});
  asp.say('ASP Active', { routingContext: [10] });
  exchange(asp);
  asp.say('ASP Active', { routingContext: [10] });
  assert.deepEqual(exchange(asp), ['ASP Active Ack rc 10']);
});

test('RFC 4666 §4.3.4.3: a traffic mode that is not configured, or is none, draws Error 5', async () => {
  const { asp, exchange } = await plant({
    applicationServers: [{ name: 'as-1', pointCodes: [100], routingContext: 10, trafficMode: 'override' }],
  });
  asp.say('ASP Up', {});
  exchange(asp);
  asp.say('ASP Active', { routingContext: [10], trafficModeType: 2 });
  assert.deepEqual(exchange(asp), ['ERR 5 rc 10']);
  asp.say('ASP Active', { routingContext: [10], trafficModeType: 9 });
  assert.deepEqual(exchange(asp), ['ERR 5 rc 10']);
  asp.say('ASP Active', { routingContext: [10], trafficModeType: 1 });
  assert.deepEqual(exchange(asp), ['ASP Active Ack mode 1 rc 10', 'NTFY AS-ACTIVE rc 10']);
});

test('RFC 4666 §3.8.1: errors are answered by their codes, and an Error never', async () => {
  const { asp, exchange } = await plant();
  const answers: readonly (readonly [string, string])[] = [
    ['0200030100000008', 'ERR 1'],
    ['0100050100000008', 'ERR 3'],
    ['0100030900000008', 'ERR 4'],
    ['0100030400000008', 'ERR 6'],
    ['0100000100000008', 'ERR 22'],
    ['010003010000000e0011000600010000', 'ERR 18'],
  ];
  for (const [octets, answer] of answers) {
    asp.sayOctets(octetsOf(octets));
    assert.deepEqual(exchange(asp), [answer], octets);
  }
  asp.say('ERR', { errorCode: 6 });
  asp.sayOctets(octetsOf('0100000000000008'));
  assert.deepEqual(exchange(asp), []);
});

test('RFC 4666 §3.8.1: the diagnostic information of an Error is the offending message', async () => {
  const { asp, virtual } = await plant();
  const offending = encode('ASP Up Ack', { infoString: 'why' });
  asp.sayOctets(offending);
  virtual.run();
  const { message } = asp.heard[0]!;
  assert.ok(message.name === 'ERR');
  assert.deepEqual([...message.parameters.diagnosticInformation!], [...offending]);
});

test('RFC 4666 §4.3.4.6: a heartbeat is acknowledged in every state with its data unchanged', async () => {
  const { asp, virtual } = await plant();
  const heartbeatData = octetsOf('00112233445566778899');
  const beat = () => {
    asp.say('BEAT', { heartbeatData });
    virtual.run();
    const { message } = asp.heard.at(-1)!;
    assert.ok(message.name === 'BEAT Ack');
    assert.deepEqual([...message.parameters.heartbeatData!], [...heartbeatData]);
  };
  beat();
  asp.say('ASP Up', {});
  beat();
  asp.say('ASP Active', {});
  beat();
  asp.say('BEAT', {});
  virtual.run();
  assert.deepEqual(asp.heard.at(-1)!.message.parameters, {});
});

test('RFC 4666 §4.3.4.6: a peer that leaves its beats unanswered is declared down', async () => {
  const { asp, virtual, sgp } = await plant({
    times: { heartbeatMs: 1000, heartbeatMissesMax: 2 },
  });
  virtual.advance(10_000);
  assert.equal(sgp.snapshot().associations.length, 1);
  asp.answersBeats = false;
  virtual.advance(3_000);
  assert.equal(sgp.snapshot().associations.length, 0);
  assert.equal(asp.downs, 1);
});

test('RFC 4666 §3.3.1: DATA reaches the user of its point code; on stream 0 it draws Error 9', async () => {
  const { asp, exchange, user } = await plant(ONE_AS);
  asp.say('ASP Up', {});
  asp.say('ASP Active', {});
  exchange(asp);
  const data = { ...transfer(1, 'aa'), opc: 100 };
  asp.sayData(data, { routingContext: 10 });
  assert.deepEqual(exchange(asp), []);
  assert.deepEqual(user.heard, ['resume 100', '100>1 aa']);
  asp.sayData(data, { routingContext: 10 }, 0);
  assert.deepEqual(exchange(asp), ['ERR 9']);
  asp.sayData(data, { routingContext: 11 });
  assert.deepEqual(exchange(asp), ['ERR 25 rc 11']);
  // A single AS may do without.
  asp.sayData(data, {});
  assert.deepEqual(exchange(asp), []);
  assert.equal(user.heard.length, 3);
});

test('RFC 4666 §3.8.1: DATA without routing context where there are several AS draws Error 26', async () => {
  const { asp, exchange } = await plant();
  asp.say('ASP Up', {});
  asp.say('ASP Active', {});
  exchange(asp);
  asp.sayData({ ...transfer(1, 'aa'), opc: 100 }, {});
  assert.deepEqual(exchange(asp), ['ERR 26']);
});

test('RFC 4666 §4.3.4.3: DATA before ASP Active draws Error 6', async () => {
  const { asp, exchange, user } = await plant(ONE_AS);
  asp.say('ASP Up', {});
  exchange(asp);
  asp.sayData({ ...transfer(1, 'aa'), opc: 100 }, { routingContext: 10 });
  assert.deepEqual(exchange(asp), ['ERR 6']);
  assert.deepEqual(user.heard, []);
});

test('RFC 4666 §3.3.1: DATA to an AS goes out on a stream ≥ 1 with its routing context, before Active not at all', async () => {
  const { asp, virtual, service } = await plant(ONE_AS);
  assert.equal(service.transfer(transfer(100, '01')), false);
  asp.say('ASP Up', {});
  asp.say('ASP Active', {});
  virtual.run();
  asp.take();
  for (let sls = 0; sls < 16; sls++) assert.equal(service.transfer(transfer(100, '01', sls)), true);
  virtual.run();
  const streams = new Set(asp.heard.map(({ stream }) => stream));
  assert.ok(!streams.has(0) && streams.size === 15);
  assert.ok(asp.take().every((one) => one === 'DATA 01 rc 10'));
  asp.say('ASP Inactive', {});
  virtual.advance(5_000);
  asp.take();
  assert.equal(service.transfer(transfer(100, '02')), false);
  virtual.run();
  assert.deepEqual(asp.take(), []);
});

test('RFC 4666 §4.3.4.3: override: the newcomer takes over and the old one is told', async () => {
  const { testers, virtual, service, sgp } = await plant(
    {
      applicationServers: [{ name: 'as-1', pointCodes: [100], routingContext: 10, trafficMode: 'override' }],
    },
    2,
  );
  const [first, second] = testers as [M3uaTester, M3uaTester];
  first.say('ASP Up', { aspIdentifier: 1 });
  second.say('ASP Up', { aspIdentifier: 2 });
  virtual.run();
  first.say('ASP Active', { trafficModeType: 1 });
  virtual.run();
  first.take();
  second.take();
  second.say('ASP Active', { trafficModeType: 1 });
  virtual.run();
  assert.deepEqual(second.take(), ['ASP Active Ack mode 1']);
  assert.deepEqual(first.take(), ['NTFY Alternate ASP Active rc 10 asp 2']);
  service.transfer(transfer(100, 'aa', 5));
  virtual.run();
  assert.deepEqual(first.take(), []);
  assert.deepEqual(second.take(), ['DATA aa rc 10']);
  assert.equal(sgp.snapshot().applicationServers[0]!.state, 'AS-ACTIVE');
});

test('RFC 4666 §4.3.4.3: loadshare by SLS, the same SLS on the same ASP', async () => {
  const { testers, virtual, service } = await plant(
    {
      applicationServers: [{ name: 'as-1', pointCodes: [100], routingContext: 10, trafficMode: 'loadshare' }],
    },
    2,
  );
  for (const asp of testers) {
    asp.say('ASP Up', {});
    asp.say('ASP Active', { trafficModeType: 2 });
  }
  virtual.run();
  for (const asp of testers) asp.take();
  for (let round = 0; round < 2; round++)
    for (let sls = 0; sls < 8; sls++) service.transfer(transfer(100, `0${sls}`, sls));
  virtual.run();
  const heard = testers.map((asp) => asp.take().map((one) => one.slice(5, 7)));
  assert.deepEqual(heard, [
    ['00', '02', '04', '06', '00', '02', '04', '06'],
    ['01', '03', '05', '07', '01', '03', '05', '07'],
  ]);
});

test('RFC 4666 §4.3.4.3: broadcast: every active ASP gets each message', async () => {
  const { testers, virtual, service } = await plant(
    {
      applicationServers: [{ name: 'as-1', pointCodes: [100], routingContext: 10, trafficMode: 'broadcast' }],
    },
    2,
  );
  for (const asp of testers) {
    asp.say('ASP Up', {});
    asp.say('ASP Active', { trafficModeType: 3 });
  }
  virtual.run();
  for (const asp of testers) asp.take();
  service.transfer(transfer(100, 'aa'));
  virtual.run();
  for (const asp of testers) assert.deepEqual(asp.take(), ['DATA aa rc 10']);
});

test('RFC 4666 §4.3.2: with n ASPs required the AS is active with the n-th, and says when resources run short', async () => {
  const { testers, virtual } = await plant(
    { applicationServers: [{ name: 'as-1', pointCodes: [100], routingContext: 10, aspsActiveMin: 2 }] },
    3,
  );
  const [first, second, third] = testers as [M3uaTester, M3uaTester, M3uaTester];
  for (const asp of testers) asp.say('ASP Up', {});
  virtual.run();
  first.say('ASP Active', {});
  virtual.run();
  assert.ok(!first.take().includes('NTFY AS-ACTIVE rc 10'));
  second.say('ASP Active', {});
  virtual.run();
  for (const asp of testers) assert.ok(asp.take().includes('NTFY AS-ACTIVE rc 10'));
  first.say('ASP Inactive', {});
  virtual.run();
  assert.deepEqual(third.take(), ['NTFY Insufficient ASP Resources rc 10']);
  assert.deepEqual(first.take(), ['ASP Inactive Ack']);
});

test('RFC 4666 §4.3.2: AS-PENDING keeps traffic during T(r) and delivers it in order to the next active ASP', async () => {
  const { testers, virtual, service, sgp, user } = await plant(ONE_AS, 2);
  const [first, second] = testers as [M3uaTester, M3uaTester];
  for (const asp of testers) asp.say('ASP Up', {});
  first.say('ASP Active', {});
  virtual.run();
  for (const asp of testers) asp.take();
  first.say('ASP Down', {});
  virtual.run();
  assert.deepEqual(second.take(), ['NTFY AS-PENDING rc 10']);
  for (let index = 0; index < 9; index++) assert.equal(service.transfer(transfer(100, `0${index}`, 3)), true);
  assert.ok(sgp.snapshot().applicationServers[0]!.pendingOctets > 0);
  virtual.advance(1000);
  second.say('ASP Active', {});
  virtual.run();
  assert.deepEqual(second.take(), [
    'ASP Active Ack',
    'NTFY AS-ACTIVE rc 10',
    ...Array.from({ length: 9 }, (_, index) => `DATA 0${index} rc 10`),
  ]);
  virtual.advance(5000);
  assert.equal(sgp.snapshot().applicationServers[0]!.state, 'AS-ACTIVE');
  assert.deepEqual(user.heard, ['resume 100']);
});

test('RFC 4666 §4.3.2: when T(r) ends the queue is discarded and the AS is inactive or down', async () => {
  for (const leave of ['ASP Inactive', 'ASP Down'] as const) {
    const { asp, virtual, service, sgp, user } = await plant(ONE_AS);
    asp.say('ASP Up', {});
    asp.say('ASP Active', {});
    virtual.run();
    asp.say(leave, {});
    virtual.run();
    service.transfer(transfer(100, 'aa'));
    asp.take();
    virtual.advance(2000);
    assert.deepEqual(asp.take(), leave === 'ASP Down' ? [] : ['NTFY AS-INACTIVE rc 10']);
    assert.equal(
      sgp.snapshot().applicationServers[0]!.state,
      leave === 'ASP Down' ? 'AS-DOWN' : 'AS-INACTIVE',
    );
    assert.equal(virtual.counters.get('m3ua.as-pending.discarded'), 1);
    assert.deepEqual(user.heard, ['resume 100', 'pause 100']);
  }
});

test('RFC 4666 §4.3.2: the AS-PENDING queue is bounded, and what does not fit is refused and counted', async () => {
  const { asp, virtual, service } = await plant({
    applicationServers: [{ name: 'as-1', pointCodes: [100], routingContext: 10, pendingOctetsMax: 100 }],
  });
  asp.say('ASP Up', {});
  asp.say('ASP Active', {});
  asp.say('ASP Inactive', {});
  virtual.run();
  assert.deepEqual(
    [1, 2, 3].map(() => service.transfer(transfer(100, 'aa'))),
    [true, true, false],
  );
  assert.equal(virtual.counters.get('m3ua.as-pending.full'), 1);
});

test('RFC 4666 §4.3.4.5: the others hear of an ASP whose association is lost', async () => {
  const { testers, virtual } = await plant(ONE_AS, 2);
  const [first, second] = testers as [M3uaTester, M3uaTester];
  first.say('ASP Up', { aspIdentifier: 7 });
  second.say('ASP Up', { aspIdentifier: 8 });
  first.say('ASP Active', {});
  virtual.run();
  second.take();
  first.association!.abort();
  virtual.run();
  assert.deepEqual(second.take(), ['NTFY ASP Failure rc 10 asp 7', 'NTFY AS-PENDING rc 10']);
});

test('RFC 4666 §4.3.1: after a restart of the association the ASP is down until it says ASP Up', async () => {
  const { asp, virtual, sgp } = await plant(ONE_AS);
  asp.say('ASP Up', {});
  asp.say('ASP Active', {});
  virtual.run();
  virtual.network.restart('asp-0');
  const again = new M3uaTester();
  virtual.network.port('asp-0').connect({ host: 'sg', port: 2905, localPort: 5000 }, again);
  virtual.run();
  assert.equal(virtual.counters.get('m3ua.association.restarted'), 1);
  assert.deepEqual(
    sgp.snapshot().associations.map(({ aspState }) => aspState),
    ['ASP-DOWN'],
  );
  again.say('ASP Up', {});
  again.say('ASP Active', {});
  virtual.run();
  assert.ok(again.take().includes('ASP Active Ack'));
});

test('RFC 4666 §4.3.4.1: an ASP that must name itself is refused without, and with a foreign or used identifier', async () => {
  const { testers, exchange } = await plant(
    { knownAsps: [{ aspIdentifier: 5, applicationServers: ['as-2'] }] },
    2,
  );
  const [first, second] = testers as [M3uaTester, M3uaTester];
  first.say('ASP Up', {});
  first.say('ASP Up', { aspIdentifier: 6 });
  assert.deepEqual(exchange(first), ['ERR 14', 'ERR 15']);
  first.say('ASP Up', { aspIdentifier: 5 });
  assert.deepEqual(exchange(first), ['ASP Up Ack', 'NTFY AS-INACTIVE rc 20']);
  second.say('ASP Up', { aspIdentifier: 5 });
  assert.deepEqual(exchange(second), ['ERR 15']);
  first.say('ASP Active', { routingContext: [10] });
  assert.deepEqual(exchange(first), ['ERR 25 rc 10']);
});

test('RFC 4666 §3.8.1: an ASP that serves no AS draws Error 26 for ASP Active', async () => {
  const { asp, exchange } = await plant({ knownAsps: [{ aspIdentifier: 5, applicationServers: [] }] });
  asp.say('ASP Up', { aspIdentifier: 5 });
  asp.say('ASP Active', {});
  assert.deepEqual(exchange(asp), ['ASP Up Ack', 'ERR 26']);
});

test('RFC 4666 §4.5.3: DAUD is answered by the state of each destination; before Active it is unexpected', async () => {
  const { asp, exchange } = await plant(ONE_AS);
  const ask = {
    routingContext: [10],
    affectedPointCodes: [1, 77, 100].map((pointCode) => ({ mask: 0, pointCode })),
  };
  asp.say('ASP Up', {});
  exchange(asp);
  asp.say('DAUD', ask);
  assert.deepEqual(exchange(asp), ['ERR 6']);
  asp.say('ASP Active', {});
  exchange(asp);
  asp.say('DAUD', ask);
  assert.deepEqual(exchange(asp), ['DAVA 1,100 rc 10', 'DUNA 77 rc 10']);
});

test('RFC 4666 §4.5.1: active ASPs hear when a point code of the SG, or of another AS, comes and goes', async () => {
  const { testers, virtual, sgp } = await plant({}, 2);
  const [first, second] = testers as [M3uaTester, M3uaTester];
  first.say('ASP Up', {});
  first.say('ASP Active', { routingContext: [10] });
  virtual.run();
  first.take();
  sgp.setAvailable(1, false);
  sgp.setAvailable(1, true);
  virtual.run();
  assert.deepEqual(first.take(), ['DUNA 1 rc 10', 'DAVA 1 rc 10']);
  second.say('ASP Up', {});
  second.say('ASP Active', { routingContext: [20] });
  virtual.run();
  assert.ok(first.take().includes('DAVA 200 rc 10'));
  second.association!.abort();
  virtual.advance(2000);
  assert.ok(first.take().includes('DUNA 200 rc 10'));
});

test('a message from one AS to another is passed on; to nobody it draws DUNA; to no user DUPU', async () => {
  const { testers, virtual } = await plant({}, 2);
  const [first, second] = testers as [M3uaTester, M3uaTester];
  for (const [index, asp] of testers.entries()) {
    asp.say('ASP Up', {});
    asp.say('ASP Active', { routingContext: [index === 0 ? 10 : 20] });
  }
  virtual.run();
  for (const asp of testers) asp.take();
  first.sayData({ ...transfer(200, 'aa'), opc: 100 }, { routingContext: 10 });
  first.sayData({ ...transfer(999, 'bb'), opc: 100 }, { routingContext: 10 });
  first.sayData({ ...transfer(1, 'cc'), opc: 100, si: 5 }, { routingContext: 10 });
  virtual.run();
  assert.deepEqual(second.take(), ['DATA aa rc 20']);
  assert.deepEqual(first.take(), ['DUNA 999 rc 10', 'DUPU 1 rc 10']);
});

test('a user hears at once which point codes are not there yet', async () => {
  const { sgp } = await plant();
  const late = new User();
  sgp.setAvailable(1, false);
  sgp.service(1).bind(5, late);
  assert.deepEqual(late.heard, ['pause 100', 'pause 200', 'pause 1']);
});
