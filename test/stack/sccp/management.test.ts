import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeManagement } from '../../../src/stack/sccp/management-message.ts';
import { RETURN_CAUSE, returnCauseName } from '../../../src/stack/sccp/return-causes.ts';
import { SeededRandom } from '../../../src/types/random.ts';
import { damage } from '../../support/damage.ts';
import { arrives, gt, management, managementOf, plant, ssnAt, User } from './plant.ts';

test('ITU-T Q.714 §5.3.7: the concerned nodes that can be reached are told of a subsystem that goes and comes', () => {
  const { two, network } = plant({ 2: { concernedPointCodes: [1, 8, 9] } });
  two.onPause(8);
  two.setInService(6, false);
  two.setInService(6, false);
  assert.deepEqual(managementOf(network.take()), ['SSP 2/6 to 1', 'SSP 2/6 to 9']);
  two.setInService(6, true);
  two.setInService(6, true);
  two.setInService(99, false);
  assert.deepEqual(managementOf(network.take()), ['SSA 2/6 to 1', 'SSA 2/6 to 9']);
});

test('ITU-T Q.714 §5.2.2, §5.2.3: tests stop with MTP-PAUSE, and with MTP-RESUME what was away is there again', () => {
  const { one, scf, timers, network } = plant();
  management(one, 'SSP', 6, 2, 2);
  one.onPause(2);
  timers.advance(timers.now() + 60_000);
  assert.deepEqual(managementOf(network.take()), []);
  assert.equal(timers.pending, 0);
  one.onResume(2);
  assert.deepEqual(scf.states, ['2/6 out', '2 inaccessible', '2 accessible', '2/6 in']);
  assert.deepEqual(one.snapshot().prohibited, []);
});

test('ITU-T Q.714 §5.2.2: a remote SCCP that is gone is tested at subsystem 1 alone; one that is unequipped is not tested', () => {
  for (const [cause, tests] of [
    ['user-inaccessible', ['SST 2/1 to 2']],
    ['user-unknown', ['SST 2/1 to 2']],
    ['user-unequipped', []],
  ] as const) {
    const { one, scf, timers, network, request, run } = plant();
    management(one, 'SSP', 6, 2, 2);
    one.onStatus(2, cause, 0);
    one.unitdata(request());
    network.loses = () => true;
    run();
    assert.deepEqual(scf.causes, ['sccp-failure']);
    timers.advance(timers.now() + 10_000);
    assert.deepEqual(managementOf(network.take()), tests);
    // Any subsystem there that is allowed says that the SCCP is back, and with it all others are.
    management(one, 'SSA', 8, 2, 2);
    assert.deepEqual(scf.states, ['2/6 out', '2 sccp-unavailable', '2 sccp-available', '2/6 in']);
    assert.equal(timers.pending, 0);
  }
});

test('ITU-T Q.714 §5.3.2.2: SSP for subsystem 1, or for one of our own, changes nothing', () => {
  const { one, scf } = plant();
  management(one, 'SSP', 1, 2, 2);
  management(one, 'SSP', 147, 1, 2);
  assert.deepEqual(one.snapshot().prohibited, []);
  assert.deepEqual(scf.states, []);
  assert.deepEqual(one.snapshot().subsystems, [{ ssn: 147, inService: true }]);
});

test('ITU-T Q.714 §5.3.4.2: T(stat.info) doubles from its least to its most', () => {
  const { one, timers, counters, network } = plant({
    1: { times: { statusTestMinMs: 1000, statusTestMaxMs: 3000 } },
  });
  network.loses = () => true;
  management(one, 'SSP', 8, 2, 2);
  const at: number[] = [];
  const start = timers.now();
  for (let now = start; now <= start + 13_000; now += 500) {
    const before = counters.get('sccp.management.sst.sent');
    timers.advance(now);
    if (counters.get('sccp.management.sst.sent') > before) at.push(now - start);
  }
  assert.deepEqual(at, [1000, 3000, 6000, 9000, 12_000]);
});

/** A subsystem 6 at node 2 with a duplicate, 66, at node 9. */
function duplicated(grants = true) {
  const planted = plant({
    2: { replicas: [{ ssn: 6, pointCode: 9, remoteSsn: 66 }], concernedPointCodes: [1] },
    9: { replicas: [{ ssn: 66, pointCode: 2, remoteSsn: 6 }] },
  });
  const asked: string[] = [];
  const answers: boolean[] = [];
  const backup = Object.assign(new User(), {
    onCoordinate: (pointCode: number, ssn: number) => {
      asked.push(`${pointCode}/${ssn}`);
      return grants;
    },
  });
  planted.nine.bind(66, backup);
  Object.assign(planted.hlr, { onCoordinated: (granted: boolean) => answers.push(granted) });
  return { ...planted, asked, answers };
}

test('ITU-T Q.714 §5.3.5: SOR asks the duplicate, SOG grants; then tests are ignored and what was begun is ended', () => {
  const { one, two, hlr, run, request, network, asked, answers, timers } = duplicated();
  two.requestOutOfService(6);
  two.requestOutOfService(6);
  run();
  assert.deepEqual(asked, ['2/6']);
  assert.deepEqual(answers, [true]);
  assert.deepEqual(managementOf(network.take()), ['SOR 2/6 to 9', 'SOG 2/6 to 2', 'SSP 2/6 to 1']);
  management(two, 'SST', 6, 2, 1);
  assert.deepEqual(managementOf(network.take()), []);
  management(one, 'SSA', 6, 2, 2);
  one.unitdata(request());
  run();
  assert.equal(hlr.unitdata.length, 1);
  two.setInService(6, false);
  network.take();
  one.unitdata(request({ returnOption: false }));
  run();
  assert.equal(hlr.unitdata.length, 1);
  two.setInService(6, true);
  assert.deepEqual(managementOf(network.take()).slice(-1), ['SSA 2/6 to 1']);
  timers.advance(timers.now() + 30_000);
  network.take();
  management(two, 'SST', 6, 2, 1);
  assert.deepEqual(managementOf(network.take()), ['SSA 2/6 to 1']);
});

test('ITU-T Q.714 §5.3.5.2: when T(ignore SST) ends a subsystem that stayed answers tests again', () => {
  const { two, run, network, timers } = duplicated();
  two.requestOutOfService(6);
  run();
  network.take();
  timers.advance(timers.now() + 30_000);
  management(two, 'SST', 6, 2, 1);
  assert.deepEqual(managementOf(network.take()).slice(-1), ['SSA 2/6 to 1']);
});

test('ITU-T Q.714 §5.3.5.2: without a grant T(coord.chg) ends in a refusal; without a duplicate it comes at once', () => {
  const { two, run, answers, timers, network } = duplicated(false);
  two.requestOutOfService(6);
  run();
  assert.deepEqual(answers, []);
  timers.advance(timers.now() + 60_000);
  assert.deepEqual(answers, [false]);
  assert.deepEqual(managementOf(network.take()), ['SOR 2/6 to 9']);
  assert.deepEqual(two.snapshot().subsystems, [{ ssn: 6, inService: true }]);
  const { one, scf } = plant();
  const others: boolean[] = [];
  Object.assign(scf, { onCoordinated: (granted: boolean) => others.push(granted) });
  one.requestOutOfService(147);
  assert.deepEqual(others, [false]);
});

test('ITU-T Q.714 §5.3.5.3: a subsystem that is out of service itself, or does not know the question, does not grant', () => {
  const { two, nine, network } = duplicated();
  nine.setInService(66, false);
  management(nine, 'SOR', 6, 2, 2);
  assert.deepEqual(managementOf(network.take()), []);
  const { one, network: quiet, counters } = plant({ 1: { replicas: [{ ssn: 147, pointCode: 2 }] } });
  management(one, 'SOR', 147, 2, 2);
  management(one, 'SOR', 8, 7, 7);
  management(one, 'SOG', 147, 1, 2);
  assert.deepEqual(managementOf(quiet.take()), []);
  assert.equal(counters.get('sccp.management.not-duplicated'), 2);
  // A grant may name the duplicate that gives it.
  two.requestOutOfService(6);
  network.take();
  management(two, 'SOG', 66, 9, 9);
  assert.deepEqual(managementOf(network.take()), ['SSP 2/6 to 1']);
});

test('ITU-T Q.713 §5.2.4: the multiplicity of a subsystem with a duplicate is 2, else 0, unknown', () => {
  const { two, network } = duplicated();
  two.setInService(6, false);
  assert.equal(network.take()[0]?.data.at(-1), 2);
  const { two: alone, network: other } = plant({ 2: { concernedPointCodes: [1] } });
  alone.setInService(6, false);
  assert.equal(other.take()[0]?.data.at(-1), 0);
});

test('ITU-T Q.714 §2.8.4: a subsystem that takes no more returns what comes as subsystem congestion', () => {
  const { one, two, scf, hlr, run, request } = plant();
  two.setCongested(6, true);
  one.unitdata(request());
  run();
  two.setCongested(6, false);
  one.unitdata(request());
  run();
  assert.deepEqual(scf.causes, ['subsystem-congestion']);
  assert.equal(hlr.unitdata.length, 1);
});

test('messages that wait for a subsystem here are bounded: further ones come back as subsystem congestion, notices have room', () => {
  const { one, scf, run, request, counters } = plant();
  for (let count = 0; count < 10_000; count++) one.unitdata(request({ called: gt('4911', 147) }));
  run();
  assert.equal(scf.unitdata.length, 4096);
  assert.equal(scf.notices.length, 4096);
  assert.equal(counters.get('sccp.refused.subsystem-congestion'), 10_000 - 4096);
  assert.equal(counters.get('sccp.local-full'), 10_000 - 8192);
});

test('subsystems known to be away are bounded in number: more are tried, and counted', () => {
  const { one, counters } = plant();
  for (let pointCode = 100; pointCode < 1130; pointCode++) management(one, 'SSP', 6, pointCode, 2);
  assert.equal(one.snapshot().prohibited.length, 1024);
  assert.equal(counters.get('sccp.management.prohibited-full'), 6);
});

test('20 000 damaged management messages: nothing throws, no more is remembered than may be', () => {
  const { one, timers, network } = plant({ 1: { replicas: [{ ssn: 147, pointCode: 2 }] } });
  const random = new SeededRandom(5);
  const kinds = ['SSA', 'SSP', 'SST', 'SOR', 'SOG', 'SSC'] as const;
  const originals = kinds.map((kind) =>
    encodeManagement({ kind, affectedSsn: 6, affectedPointCode: 2, multiplicity: 0, congestionLevel: 3 }),
  );
  const scmg = { routing: 'ssn', ssn: 1 } as const;
  const common = { protocolClass: 0, returnOption: false, called: scmg, calling: scmg } as const;
  for (let round = 0; round < 20_000; round++) {
    const data = damage(originals[round % originals.length]!, random);
    if (data.length <= 255) arrives(one, { kind: 'UDT', ...common, data }, 2);
    if (round % 500 === 0) timers.advance(timers.now() + 1000);
    network.take();
  }
  assert.ok(one.snapshot().prohibited.length <= 1024);
  assert.ok(one.snapshot().congested.length <= 1024);
});

test('ITU-T Q.713 §3.12: every return cause has its name', () => {
  assert.deepEqual(Object.values(RETURN_CAUSE), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
  for (const [name, value] of Object.entries(RETURN_CAUSE)) assert.equal(returnCauseName(value), name);
  assert.equal(returnCauseName(15), 'cause-15');
});

test('ITU-T Q.714 §4.2: a service message draws no other, however it fails', () => {
  const { two, network, counters } = plant();
  const service = {
    kind: 'UDTS',
    returnCause: 4,
    calling: ssnAt(1, 147),
    data: Uint8Array.from([1]),
  } as const;
  arrives(two, { ...service, called: { routing: 'ssn', ssn: 77 } });
  arrives(two, { ...service, called: gt('33', 6) });
  arrives(two, { ...service, kind: 'XUDTS', hopCounter: 1, called: gt('4911', 6) });
  assert.deepEqual(network.take(), []);
  for (const cause of ['unequipped-user', 'no-translation-for-address', 'hop-counter-violation'])
    assert.equal(counters.get(`sccp.service-dropped.${cause}`), 1, cause);
});
