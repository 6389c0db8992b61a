import assert from 'node:assert/strict';
import { test } from 'node:test';
import { M3uaAsp } from '../../../src/stack/m3ua/asp.ts';
import { M3uaSgp } from '../../../src/stack/m3ua/sgp.ts';
import { Sccp } from '../../../src/stack/sccp/sccp.ts';
import type { Notice, SccpAddress, Unitdata } from '../../../src/stack/sccp/service.ts';
import { silentLog } from '../../../src/types/log.ts';
import { SeededRandom } from '../../../src/types/random.ts';
import { VirtualNetwork } from '../../support/virtual-network.ts';

const gt = (digits: string, ssn: number): SccpAddress => ({
  routing: 'gt',
  ssn,
  globalTitle: { gti: 4, translationType: 0, numberingPlan: 1, natureOfAddress: 4, digits },
});
const SCF = 100;
const MSC = 1;
const HLR = 2;

class User {
  readonly unitdata: Unitdata[] = [];
  readonly notices: Notice[] = [];
  onUnitdata(unitdata: Unitdata): void {
    this.unitdata.push({ ...unitdata, data: unitdata.data.slice() });
  }
  onNotice(notice: Notice): void {
    this.notices.push(notice);
  }
}

/** A service control function behind an ASP with associations to two SGs; an MSC and an HLR behind each of the SGs. */
async function plant(seed: number) {
  const virtual = new VirtualNetwork({ random: new SeededRandom(seed) });
  const { timers, counters } = virtual;
  const common = { timers, counters, log: silentLog };
  const node = (pointCode: number, mtp: ConstructorParameters<typeof Sccp>[0]['mtp']) =>
    new Sccp({
      ...common,
      mtp,
      random: new SeededRandom(seed + pointCode),
      config: {
        pointCode,
        translation: [SCF, MSC, HLR].map((target) => ({
          digits: `49${target}*`,
          targets: [{ ...(target === pointCode ? {} : { pointCode: target }), routing: 'ssn' as const }],
        })),
      },
    });
  const [msc, hlr] = [new User(), new User()];
  const nodes: { msc: Sccp; hlr: Sccp }[] = [];
  for (const name of ['sg-0', 'sg-1']) {
    const sgp = new M3uaSgp({
      ...common,
      sctp: virtual.network.port(name),
      config: {
        listen: { host: name, port: 2905 },
        localPointCodes: [MSC, HLR],
        applicationServers: [{ name: 'scf', pointCodes: [SCF], routingContext: 7 }],
      },
    });
    await sgp.start();
    const pair = { msc: node(MSC, sgp.service(MSC)), hlr: node(HLR, sgp.service(HLR)) };
    pair.msc.bind(8, msc);
    pair.hlr.bind(6, hlr);
    nodes.push(pair);
  }
  const asp = new M3uaAsp({
    ...common,
    sctp: virtual.network.port('asp'),
    config: {
      applicationServers: [{ name: 'scf', pointCodes: [SCF], routingContext: 7, trafficMode: 'loadshare' }],
      peers: ['sg-0', 'sg-1'].map((name) => ({
        name,
        signallingGateway: name,
        connect: { host: name, port: 2905 },
      })),
      routes: [MSC, HLR].map((destination) => ({
        destination,
        via: ['sg-0', 'sg-1'].map((signallingGateway) => ({ signallingGateway, priority: 0 })),
      })),
    },
  });
  const scfNode = node(SCF, asp);
  const scf = new User();
  scfNode.bind(147, scf);
  const send = (data: Uint8Array, sequenceControl?: number, called = gt('492', 6)) =>
    scfNode.unitdata({
      called,
      calling: gt('49100', 147),
      data,
      returnOption: true,
      ...(sequenceControl === undefined ? {} : { sequenceControl }),
    });
  return { virtual, asp, scfNode, scf, msc, hlr, nodes, send };
}

test('before M3UA is active a message comes back as MTP failure; after it, it arrives', async () => {
  const { virtual, asp, scf, hlr, send } = await plant(1);
  send(Uint8Array.from([1]));
  virtual.advance(5);
  assert.deepEqual(
    scf.notices.map(({ returnCause }) => returnCause),
    [5],
  );
  asp.start();
  virtual.advance(5);
  send(Uint8Array.from([2]));
  virtual.advance(5);
  assert.deepEqual(
    hlr.unitdata.map(({ data }) => [...data]),
    [[2]],
  );
});

test('streams that overtake one another leave the order of a sequence, and the segments of a message, whole', async () => {
  for (let seed = 1; seed <= 10; seed++) {
    const { virtual, asp, hlr, send } = await plant(seed);
    asp.start();
    virtual.advance(5);
    for (let index = 0; index < 200; index++) {
      const data = new Uint8Array(index % 3 === 0 ? 700 : 20).fill(index);
      send(data, index % 8);
    }
    virtual.advance(50);
    assert.equal(hlr.unitdata.length, 200);
    const last = new Map<number, number>();
    for (const { data, sequenceControl } of hlr.unitdata) {
      assert.ok(data.every((octet) => octet === data[0]));
      assert.ok((last.get(sequenceControl!) ?? -1) < data[0]!);
      last.set(sequenceControl!, data[0]!);
    }
    assert.ok([...virtual.counters.values].every(([name]) => !/failed|error|undecod/.test(name)));
  }
});

test('a node behind the SG answers, and talks to its neighbour', async () => {
  const { virtual, asp, scf, msc, nodes, send } = await plant(2);
  asp.start();
  virtual.advance(5);
  send(Uint8Array.from([1]), 1, gt('491', 8));
  virtual.advance(5);
  const { called, calling } = msc.unitdata[0]!;
  nodes[0]!.msc.unitdata({
    called: calling,
    calling: called,
    data: new Uint8Array(600),
    returnOption: false,
  });
  nodes[0]!.hlr.unitdata({
    called: gt('491', 8),
    calling: gt('492', 6),
    data: new Uint8Array(600),
    returnOption: false,
  });
  virtual.advance(5);
  assert.equal(scf.unitdata[0]!.data.length, 600);
  assert.equal(msc.unitdata[1]!.data.length, 600);
});

test('one of two SGs is lost under load: traffic goes on over the other, and comes back', async () => {
  const { virtual, asp, hlr, scf, send } = await plant(3);
  asp.start();
  virtual.advance(5);
  let sent = 0;
  const load = (count: number) => {
    for (let index = 0; index < count; index++) {
      send(new Uint8Array(20).fill(sent % 256), sent % 16);
      sent++;
    }
  };
  load(100);
  virtual.advance(5);
  assert.equal(hlr.unitdata.length, 100);
  virtual.network.partition('asp', 'sg-1');
  load(100);
  virtual.run();
  virtual.network.lose('asp', 'sg-1');
  virtual.advance(5);
  // In flight in the dead association: half of the last hundred.
  assert.equal(hlr.unitdata.length, 150);
  load(100);
  virtual.advance(5);
  assert.equal(hlr.unitdata.length, 250);
  virtual.network.heal('asp', 'sg-1');
  virtual.advance(60_000);
  const sharing = asp.snapshot().associations.map(({ traffic }) => traffic[0]!.state);
  assert.deepEqual(sharing, ['ASP-ACTIVE', 'ASP-ACTIVE']);
  load(100);
  virtual.advance(5);
  assert.equal(hlr.unitdata.length, 350);
  assert.equal(scf.notices.length, 0);
});
