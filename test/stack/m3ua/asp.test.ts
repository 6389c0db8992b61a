import assert from 'node:assert/strict';
import { test } from 'node:test';
import { M3uaAsp } from '../../../src/stack/m3ua/asp.ts';
import type { AspConfig } from '../../../src/stack/m3ua/configuration.ts';
import type { MtpTransfer, MtpUser } from '../../../src/stack/m3ua/mtp.ts';
import { M3uaSgp } from '../../../src/stack/m3ua/sgp.ts';
import type { SctpAssociation } from '../../../src/stack/sctp/port.ts';
import { silentLog } from '../../../src/types/log.ts';
import { M3uaTester } from '../../support/m3ua-tester.ts';
import { VirtualNetwork } from '../../support/virtual-network.ts';

const octetsOf = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
const transfer = (dpc: number, data: string, sls = 0): MtpTransfer => ({
  opc: 100,
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

/** A tester in the role of an SGP: each association that comes up is its present one. */
class SgpTester extends M3uaTester {
  ups = 0;
  override up(association: SctpAssociation): void {
    super.up(association);
    this.ups++;
  }
}

const BASE: AspConfig = {
  applicationServers: [{ name: 'as-1', pointCodes: [100], routingContext: 10, trafficMode: 'loadshare' }],
  peers: [{ name: 'sgp-0', signallingGateway: 'sg', connect: { host: 'sg-0', port: 2905 } }],
  routes: [{ destination: 1, via: [{ signallingGateway: 'sg', priority: 0 }] }],
  auditOnActivation: false,
  times: { heartbeatMs: 0, ackMs: 2000, ackTriesMax: 3, retryMs: 10_000 },
};

async function plant(config: Partial<AspConfig> = {}, sgps = 1, queueOctetsMax?: number) {
  const virtual = new VirtualNetwork(queueOctetsMax === undefined ? {} : { queueOctetsMax });
  const testers: SgpTester[] = [];
  for (let index = 0; index < sgps; index++) {
    const tester = new SgpTester();
    await virtual.network.port(`sg-${index}`).listen({ host: `sg-${index}`, port: 2905 }, tester);
    testers.push(tester);
  }
  const states: string[] = [];
  const asp = new M3uaAsp({
    config: { ...BASE, ...config },
    sctp: virtual.network.port('asp'),
    timers: virtual.timers,
    counters: virtual.counters,
    log: silentLog,
    onStateChange: (change) => states.push(`${change.name} ${change.kind} ${change.to}`),
  });
  const user = new User();
  asp.bind(3, user);
  // What is configured and not yet reachable is said when the user binds.
  assert.deepEqual(
    user.heard.splice(0),
    (config.routes ?? BASE.routes).flatMap(({ destination }) =>
      destination === 'default' ? [] : [`pause ${destination}`],
    ),
  );
  asp.start();
  virtual.run();
  /** Takes the ASP to ASP-ACTIVE on one SGP. */
  const activate = (tester: SgpTester) => {
    tester.say('ASP Up Ack', {});
    virtual.run();
    tester.say('ASP Active Ack', { trafficModeType: 2, routingContext: [10] });
    virtual.run();
    return tester.take();
  };
  return { virtual, asp, user, testers, sgp: testers[0]!, activate, states };
}

const traffic = (asp: M3uaAsp) =>
  asp.snapshot().associations.map((association) => association.traffic.map(({ state }) => state).join());

test('RFC 4666 §4.3.4.1: the ASP says ASP Up, then ASP Active for its AS, and traffic flows after the acknowledgement', async () => {
  const { sgp, virtual, asp, user, activate } = await plant({ aspIdentifier: 3 });
  assert.equal(asp.transfer(transfer(1, 'aa')), false);
  assert.deepEqual(activate(sgp), ['ASP Up asp 3', 'ASP Active mode 2 rc 10']);
  assert.deepEqual(user.heard, ['resume 1']);
  assert.equal(asp.transfer(transfer(1, 'aa', 3)), true);
  virtual.run();
  assert.ok(sgp.heard[0]!.stream > 0);
  assert.deepEqual(sgp.take(), ['DATA aa rc 10']);
  sgp.sayData({ ...transfer(100, 'bb'), opc: 1 }, { routingContext: 10 });
  virtual.run();
  assert.deepEqual(user.heard, ['resume 1', '1>100 bb']);
});

test('RFC 4666 §4.3.4.1: ASP Up is sent again each T(ack), then the association is started afresh', async () => {
  const { sgp, virtual } = await plant();
  virtual.advance(5_999);
  assert.deepEqual(sgp.take(), ['ASP Up', 'ASP Up', 'ASP Up']);
  assert.equal(sgp.downs, 0);
  virtual.advance(1);
  assert.equal(sgp.downs, 1);
  virtual.advance(1_000);
  assert.equal(sgp.ups, 2);
  assert.deepEqual(sgp.take(), ['ASP Up']);
});

test('RFC 4666 §4.3.4.3: ASP Active is sent again each T(ack), at most so often, and later tried anew', async () => {
  const { sgp, virtual, asp } = await plant();
  sgp.say('ASP Up Ack', {});
  virtual.advance(6_000);
  assert.deepEqual(sgp.take(), ['ASP Up', ...Array<string>(3).fill('ASP Active mode 2 rc 10')]);
  assert.deepEqual(traffic(asp), ['ASP-INACTIVE']);
  virtual.advance(10_000);
  assert.deepEqual(sgp.take(), ['ASP Active mode 2 rc 10']);
});

test('RFC 4666 §3.8.1: an ASP Active that is refused is tried again later', async () => {
  // A traffic mode that is not supported, management blocking, a routing context that is not configured.
  for (const errorCode of [5, 13, 25]) {
    const { sgp, virtual, asp } = await plant();
    sgp.say('ASP Up Ack', {});
    virtual.run();
    sgp.say('ERR', { errorCode, routingContext: [10] });
    virtual.run();
    assert.deepEqual(traffic(asp), ['ASP-INACTIVE'], `Error ${errorCode}`);
    sgp.take();
    virtual.advance(10_000);
    assert.deepEqual(sgp.take(), ['ASP Active mode 2 rc 10'], `Error ${errorCode}`);
  }
});

test('RFC 4666 §4.3.4.1: an unexpected ASP Up Ack while active draws Error 6 and a new ASP Active', async () => {
  const { sgp, virtual, activate, asp, user } = await plant();
  activate(sgp);
  sgp.say('ASP Up Ack', {});
  virtual.run();
  assert.deepEqual(sgp.take(), ['ERR 6 rc 10', 'ASP Active mode 2 rc 10']);
  assert.deepEqual(traffic(asp), ['ASP-ACTIVE-SENT']);
  assert.deepEqual(user.heard, ['resume 1', 'pause 1']);
});

test('RFC 4666 §4.3.4.2: an unexpected ASP Down Ack: the ASP goes back to where it was', async () => {
  const { sgp, virtual, activate, asp } = await plant();
  activate(sgp);
  sgp.say('ASP Down Ack', {});
  virtual.run();
  assert.deepEqual(sgp.take(), ['ASP Up']);
  activate(sgp);
  assert.deepEqual(traffic(asp), ['ASP-ACTIVE']);
});

test('RFC 4666 §4.3.4.4: an unexpected ASP Inactive Ack: the ASP goes back to active', async () => {
  const { sgp, virtual, activate } = await plant();
  activate(sgp);
  sgp.say('ASP Inactive Ack', { routingContext: [10] });
  virtual.run();
  assert.deepEqual(sgp.take(), ['ASP Active mode 2 rc 10']);
});

test('RFC 4666 §4.3.4.4: no DATA after ASP Inactive; it is sent again each T(ack)', async () => {
  const { sgp, virtual, activate, asp } = await plant();
  activate(sgp);
  asp.inactivate();
  assert.equal(asp.transfer(transfer(1, 'aa')), false);
  virtual.advance(2_000);
  assert.deepEqual(sgp.take(), ['ASP Inactive rc 10', 'ASP Inactive rc 10']);
  sgp.say('ASP Inactive Ack', { routingContext: [10] });
  virtual.advance(60_000);
  assert.deepEqual(sgp.take(), []);
  asp.activate();
  virtual.run();
  assert.deepEqual(sgp.take(), ['ASP Active mode 2 rc 10']);
});

test('RFC 4666 §4.3.4.5: an overridden ASP is inactive until the AS is pending', async () => {
  const { sgp, virtual, activate, asp } = await plant();
  activate(sgp);
  sgp.say('NTFY', { status: { type: 2, information: 2 }, routingContext: [10] });
  virtual.advance(60_000);
  assert.deepEqual(sgp.take(), []);
  assert.deepEqual(traffic(asp), ['ASP-INACTIVE']);
  sgp.say('NTFY', { status: { type: 1, information: 4 }, routingContext: [10] });
  virtual.run();
  assert.deepEqual(sgp.take(), ['ASP Active mode 2 rc 10']);
});

test('RFC 4666 §4.3.4.5: a standby waits for AS-PENDING or for insufficient resources', async () => {
  for (const status of [
    { type: 1, information: 4 },
    { type: 2, information: 1 },
  ]) {
    const { sgp, virtual } = await plant({
      peers: [{ ...BASE.peers[0]!, standbyFor: ['as-1'] }],
    });
    sgp.say('ASP Up Ack', {});
    virtual.run();
    assert.deepEqual(sgp.take(), ['ASP Up']);
    sgp.say('NTFY', { status, routingContext: [10] });
    virtual.run();
    assert.deepEqual(sgp.take(), ['ASP Active mode 2 rc 10']);
  }
});

test('RFC 4666 §4.3.1: a lost association is set up again with a growing pause, and traffic comes back', async () => {
  const { sgp, virtual, activate, asp, user } = await plant();
  activate(sgp);
  virtual.network.lose('asp', 'sg-0');
  virtual.run();
  assert.deepEqual(user.heard, ['resume 1', 'pause 1']);
  virtual.advance(1_000);
  assert.equal(sgp.ups, 2);
  activate(sgp);
  assert.deepEqual(traffic(asp), ['ASP-ACTIVE']);
  assert.deepEqual(user.heard, ['resume 1', 'pause 1', 'resume 1']);
});

test('a peer that is not there is tried again, ever more slowly', async () => {
  const { virtual } = await plant({
    peers: [{ name: 'nobody', signallingGateway: 'sg', connect: { host: 'nowhere', port: 2905 } }],
    times: { ...BASE.times, reconnectMinMs: 1000, reconnectMaxMs: 8000 },
  });
  const attempts = () => virtual.counters.get('m3ua.association.attempt');
  assert.equal(attempts(), 1);
  virtual.advance(1_000 + 2_000 + 4_000 + 8_000 + 8_000);
  assert.equal(attempts(), 6);
});

test('RFC 4666 §4.3.1: when the peer restarts, the ASP says ASP Up again', async () => {
  const { sgp, virtual, activate, asp, user } = await plant();
  activate(sgp);
  const port = Number(sgp.association!.peer.split(':')[1]);
  virtual.network.restart('sg-0');
  const again = new SgpTester();
  virtual.network.port('sg-0').connect({ host: 'asp', port, localPort: 2905 }, again);
  virtual.run();
  assert.equal(virtual.counters.get('m3ua.association.restarted'), 1);
  assert.deepEqual(traffic(asp), ['ASP-DOWN']);
  assert.deepEqual(user.heard, ['resume 1', 'pause 1']);
  assert.deepEqual(again.take(), ['ASP Up']);
  activate(again);
  assert.deepEqual(traffic(asp), ['ASP-ACTIVE']);
});

test('RFC 4666 §4.3.4.6: an SGP that leaves its beats unanswered is given up, and tried again', async () => {
  const { sgp, virtual, activate } = await plant({
    times: { ...BASE.times, heartbeatMs: 1000, heartbeatMissesMax: 3 },
  });
  activate(sgp);
  virtual.advance(20_000);
  assert.equal(sgp.downs, 0);
  sgp.answersBeats = false;
  virtual.advance(4_000);
  assert.equal(sgp.downs, 1);
  virtual.advance(1_000);
  assert.equal(sgp.ups, 2);
});

test('RFC 4666 §4.5: DUNA, DAVA, DRST, SCON and DUPU reach the user as PAUSE, RESUME and STATUS', async () => {
  const { sgp, virtual, activate, asp, user } = await plant();
  activate(sgp);
  user.heard.length = 0;
  const about = { routingContext: [10], affectedPointCodes: [{ mask: 0, pointCode: 1 }] };
  sgp.say('DUNA', about);
  sgp.say('DUNA', about);
  virtual.run();
  assert.deepEqual(user.heard.splice(0), ['pause 1']);
  assert.equal(asp.transfer(transfer(1, 'aa')), false);
  sgp.say('DAVA', about);
  sgp.say('DRST', about);
  sgp.say('SCON', { ...about, congestionIndications: 2 });
  sgp.say('DUPU', { ...about, userCause: { cause: 1, user: 3 } });
  sgp.say('DUPU', { ...about, userCause: { cause: 1, user: 5 } });
  virtual.run();
  assert.deepEqual(user.heard, ['resume 1', 'congestion 1 2', 'user-unequipped 1 0']);
  assert.equal(asp.transfer(transfer(1, 'aa')), true);
});

test('RFC 4666 §3.4.1: the mask of an affected point code stands for a cluster', async () => {
  const { sgp, virtual, activate, user } = await plant({
    routes: [16, 17, 23, 24].map((destination) => ({
      destination,
      via: [{ signallingGateway: 'sg', priority: 0 }],
    })),
  });
  activate(sgp);
  user.heard.length = 0;
  sgp.say('DUNA', { affectedPointCodes: [{ mask: 3, pointCode: 16 }] });
  virtual.run();
  assert.deepEqual(user.heard, ['pause 16', 'pause 17', 'pause 23']);
});

test('RFC 4666 §4.5.3: destinations are audited when traffic becomes active', async () => {
  const { sgp, activate } = await plant({ auditOnActivation: true });
  activate(sgp);
  const { sgp: other, activate: activateOther } = await plant({ auditOnActivation: true });
  assert.ok(activateOther(other).includes('DAUD 1 rc 10'));
});

test('RFC 4666 §3.8.1: SSNM and DATA for a routing context that is not ours draw Error 25', async () => {
  const { sgp, virtual, activate } = await plant();
  activate(sgp);
  sgp.say('DUNA', { routingContext: [11], affectedPointCodes: [{ mask: 0, pointCode: 1 }] });
  sgp.sayData({ ...transfer(100, 'aa'), opc: 1 }, { routingContext: 11 });
  virtual.run();
  assert.deepEqual(sgp.take(), ['ERR 25 rc 11', 'ERR 25 rc 11']);
});

test('RFC 4666 §3.8.1: what an ASP never gets draws Error 6', async () => {
  const { sgp, virtual } = await plant();
  sgp.take();
  sgp.say('ASP Up', {});
  sgp.say('DAUD', { affectedPointCodes: [{ mask: 0, pointCode: 1 }] });
  virtual.run();
  assert.deepEqual(sgp.take(), ['ERR 6', 'ERR 6']);
});

test('RFC 4666 §4.5: two gateways of one priority share by SLS, one takes all when the other is lost or says DUNA', async () => {
  const { testers, virtual, activate, asp, user } = await plant(
    {
      peers: [0, 1].map((index) => ({
        name: `sgp-${index}`,
        signallingGateway: `sg-${index}`,
        connect: { host: `sg-${index}`, port: 2905 },
      })),
      routes: [
        {
          destination: 1,
          via: [
            { signallingGateway: 'sg-0', priority: 0 },
            { signallingGateway: 'sg-1', priority: 0 },
          ],
        },
      ],
    },
    2,
  );
  for (const tester of testers) activate(tester);
  const spread = () => {
    for (let sls = 0; sls < 4; sls++) asp.transfer(transfer(1, `0${sls}`, sls));
    virtual.run();
    return testers.map((tester) => tester.take().filter((one) => one.startsWith('DATA')).length);
  };
  assert.deepEqual(spread(), [2, 2]);
  testers[0]!.say('DUNA', { affectedPointCodes: [{ mask: 0, pointCode: 1 }] });
  virtual.run();
  assert.deepEqual(spread(), [0, 4]);
  testers[0]!.say('DRST', { affectedPointCodes: [{ mask: 0, pointCode: 1 }] });
  virtual.run();
  assert.deepEqual(spread(), [0, 4]);
  virtual.network.lose('asp', 'sg-1');
  virtual.run();
  assert.deepEqual(spread(), [4, 0]);
  assert.deepEqual(user.heard, ['resume 1']);
});

test('a second priority is used when the first has nothing left', async () => {
  const { testers, virtual, activate, asp } = await plant(
    {
      peers: [0, 1].map((index) => ({
        name: `sgp-${index}`,
        signallingGateway: `sg-${index}`,
        connect: { host: `sg-${index}`, port: 2905 },
      })),
      routes: [
        {
          destination: 'default',
          via: [
            { signallingGateway: 'sg-0', priority: 0 },
            { signallingGateway: 'sg-1', priority: 1 },
          ],
        },
      ],
    },
    2,
  );
  for (const tester of testers) activate(tester);
  asp.transfer(transfer(55, 'aa'));
  virtual.run();
  assert.deepEqual(
    testers.map((tester) => tester.take().length),
    [1, 0],
  );
  virtual.network.lose('asp', 'sg-0');
  virtual.run();
  asp.transfer(transfer(55, 'aa'));
  virtual.run();
  assert.deepEqual(
    testers.map((tester) => tester.take().length),
    [0, 1],
  );
});

test('when SCTP takes no more, messages wait in order within a bound; beyond it transfer is refused and counted', async () => {
  const { sgp, virtual, activate, asp } = await plant({ queueOctetsMax: 2000 }, 1, 2000);
  activate(sgp);
  let taken = 0;
  while (asp.transfer(transfer(1, taken.toString(16).padStart(4, '0'), 1)) && taken < 1000) taken++;
  assert.ok(taken > 50 && taken < 1000, `${taken} were taken`);
  assert.equal(virtual.counters.get('m3ua.queue.full'), 1);
  virtual.run();
  assert.deepEqual(
    sgp.take(),
    Array.from({ length: taken }, (_, index) => `DATA ${index.toString(16).padStart(4, '0')} rc 10`),
  );
});

test('stop leaves in order: Inactive, Down, then the association is closed', async () => {
  const { sgp, virtual, activate, asp } = await plant();
  activate(sgp);
  let stopped = 0;
  asp.stop(() => stopped++);
  virtual.run();
  assert.deepEqual(sgp.take(), ['ASP Inactive rc 10', 'ASP Down']);
  sgp.say('ASP Inactive Ack', { routingContext: [10] });
  sgp.say('ASP Down Ack', {});
  virtual.run();
  assert.equal(sgp.downs, 1);
  assert.equal(stopped, 1);
  virtual.advance(60_000);
  assert.equal(sgp.ups, 1);
});

test('an ASP and an SGP of ours: up, traffic both ways, a local user to another, and down again', async () => {
  const virtual = new VirtualNetwork();
  const sgp = new M3uaSgp({
    config: {
      listen: { host: 'sg', port: 2905 },
      localPointCodes: [1, 2],
      applicationServers: [{ name: 'as-1', pointCodes: [100], routingContext: 10 }],
    },
    sctp: virtual.network.port('sg'),
    timers: virtual.timers,
    counters: virtual.counters,
    log: silentLog,
  });
  await sgp.start();
  const [one, two] = [new User(), new User()];
  sgp.service(1).bind(3, one);
  sgp.service(2).bind(3, two);
  const asp = new M3uaAsp({
    config: {
      ...BASE,
      peers: [{ name: 'sgp', signallingGateway: 'sg', connect: { host: 'sg', port: 2905 } }],
      auditOnActivation: true,
    },
    sctp: virtual.network.port('asp'),
    timers: virtual.timers,
    counters: virtual.counters,
    log: silentLog,
  });
  const user = new User();
  asp.bind(3, user);
  asp.start();
  virtual.advance(100);
  assert.equal(sgp.snapshot().applicationServers[0]!.state, 'AS-ACTIVE');
  assert.ok(asp.transfer(transfer(1, 'aa')));
  assert.ok(sgp.service(1).transfer({ ...transfer(100, 'bb'), opc: 1 }));
  assert.ok(sgp.service(1).transfer({ ...transfer(2, 'cc'), opc: 1 }));
  virtual.advance(10);
  assert.deepEqual(user.heard, ['pause 1', 'resume 1', '1>100 bb']);
  assert.deepEqual(one.heard, ['pause 100', 'resume 100', '100>1 aa']);
  assert.deepEqual(two.heard, ['pause 100', 'resume 100', '1>2 cc']);
  // Beats go both ways and keep the association.
  virtual.advance(600_000);
  assert.deepEqual(traffic(asp), ['ASP-ACTIVE']);
  asp.stop();
  virtual.advance(10_000);
  assert.equal(sgp.snapshot().applicationServers[0]!.state, 'AS-DOWN');
  assert.equal(sgp.snapshot().associations.length, 0);
  for (const [name] of virtual.counters.values) assert.doesNotMatch(name, /error|undecodable/);
});
