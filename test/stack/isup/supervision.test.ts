import assert from 'node:assert/strict';
import test from 'node:test';
import {
  callingPartysCategory,
  circuitGroupSupervisionMessageType,
} from '../../../src/stack/isup/indicators.ts';
import type { MessageParameters } from '../../../src/stack/isup/messages.ts';
import { TIMERS } from '../../../src/stack/isup/timers.ts';
import { acm, causeIndicators, iamOf, oneEnd, said, twoEnds } from './plant.ts';

const marks = (text: string) => Array.from(text, (mark) => mark === '1');
const group = (type: 0 | 1, text: string): MessageParameters<'CGB'> => ({
  circuitGroupSupervisionMessageType: circuitGroupSupervisionMessageType.of({ type }),
  rangeAndStatus: { range: text.length - 1, status: marks(text) },
});
const testCall = iamOf({ callingPartysCategory: callingPartysCategory.of({ category: 13 }) });
const minutes = 60_000;

test('ITU-T Q.764 §2.8.2.1: BLO is acknowledged and stops new calls of the other end; UBL lets them go again', () => {
  const { one, two, run, network } = twoEnds();
  assert.equal(one.isup.block('trunk', [1]), 1);
  run();
  assert.deepEqual(said(network.take()), ['BLO 1', 'BLA 1']);
  assert.deepEqual(one.user.take(), ['1 locally-blocked']);
  assert.deepEqual(two.user.take(), ['1 remotely-blocked']);
  for (const { isup, user } of [one, two])
    assert.deepEqual(isup.setup({ group: 'trunk', cic: 1, iam: iamOf(), user }), {
      ok: false,
      refusal: 'no-circuit',
    });
  // A call of a test goes over it all the same.
  assert.ok(two.isup.setup({ group: 'trunk', cic: 1, iam: testCall, user: two.user }).ok);
  run();
  assert.deepEqual(one.user.take(), ['1 SETUP.ind']);
  one.user.calls[0]!.release(16);
  run();
  network.take();
  assert.equal(one.isup.unblock('trunk', [1]), 1);
  run();
  assert.deepEqual(said(network.take()), ['UBL 1', 'UBA 1']);
  assert.deepEqual(one.user.take(), ['1 locally-unblocked']);
  assert.ok(two.isup.setup({ group: 'trunk', cic: 1, iam: iamOf(), user: two.user }).ok);
});

test('ITU-T Q.764 §2.8.2.1: BLO leaves a call in peace, but for one that is only being set up, which moves', () => {
  const { setup, say, heard, user } = oneEnd();
  setup();
  say('ACM', 1, acm);
  say('BLO', 1, {});
  assert.deepEqual(heard(), ['IAM 1', 'BLA 1']);
  assert.deepEqual(user.take(), ['1 ACM', '1 remotely-blocked']);
  const call = setup();
  say('BLO', 3, {});
  assert.deepEqual(heard(), ['IAM 3', 'BLA 3', 'REL 3', 'IAM 5']);
  assert.equal(call.cic, 5);
});

test('ITU-T Q.764 §2.9.4: BLO and UBL are repeated each T12 and T14; maintenance is alerted after T13 and T15', () => {
  for (const [ask, kind, answer, repeat] of [
    ['block', 'BLO', 'BLA', TIMERS.T12],
    ['unblock', 'UBL', 'UBA', TIMERS.T14],
  ] as const) {
    const { isup, heard, wait, user, say, timers } = oneEnd();
    if (ask === 'unblock') {
      isup.block('trunk', [1]);
      say('BLA', 1, {});
      heard();
      user.take();
    }
    isup[ask]('trunk', [1]);
    wait(5 * minutes - 1);
    assert.equal(heard().length, (5 * minutes) / repeat.defaultMs);
    assert.deepEqual(user.take(), []);
    wait(1);
    assert.equal(heard().at(-1), `${kind} 1`);
    assert.deepEqual(user.take(), ['1 alert']);
    wait(5 * minutes);
    assert.deepEqual(heard(), [`${kind} 1`]);
    say(answer, 1, {});
    assert.equal(timers.pending, 0);
  }
});

test('ITU-T Q.764 §2.8.2.3: acknowledgements that do not fit are put right', () => {
  const { isup, say, heard, user } = oneEnd();
  // Not blocked here, but the other end thinks so.
  say('BLA', 1, {});
  assert.deepEqual(heard(), ['UBL 1']);
  say('UBA', 1, {});
  // Blocked here, and the other end has unblocked it.
  isup.block('trunk', [1]);
  say('BLA', 1, {});
  say('UBA', 1, {});
  assert.deepEqual(heard(), ['BLO 1', 'BLO 1']);
  say('BLA', 1, {});
  // A call over what is blocked here: BLO again, and no call.
  user.take();
  say('IAM', 1, iamOf());
  assert.deepEqual(heard(), ['BLO 1']);
  assert.deepEqual(user.take(), []);
  // What is asked twice is answered twice.
  for (const kind of ['BLO', 'BLO', 'UBL', 'UBL'] as const) say(kind, 3, {});
  assert.deepEqual(heard(), ['BLA 3', 'BLA 3', 'UBA 3', 'UBA 3']);
  assert.deepEqual(user.take(), ['3 remotely-blocked', '3 remotely-unblocked']);
});

test('ITU-T Q.764 §2.8.2.3: an IAM for a circuit that the other end has blocked ends the blocking; one of a test does not', () => {
  const { say, user, isup } = oneEnd();
  say('BLO', 1, {});
  say('IAM', 1, testCall);
  user.calls[0]!.release(16);
  say('RLC', 1, {});
  assert.equal(isup.snapshot().blocked, 1);
  say('IAM', 1, iamOf());
  assert.equal(isup.snapshot().blocked, 0);
  assert.deepEqual(user.take(), ['1 remotely-blocked', '1 SETUP.ind', '1 remotely-unblocked', '1 SETUP.ind']);
});

test('ITU-T Q.764 §2.8.2.2: a group is blocked and unblocked for maintenance, its calls go on', () => {
  const { one, two, run, network } = twoEnds();
  const result = one.isup.setup({ group: 'trunk', cic: 3, iam: iamOf(), user: one.user });
  run();
  two.user.calls[0]!.answer();
  run();
  network.take();
  one.user.take();
  two.user.take();
  assert.equal(one.isup.block('trunk', [1, 3, 4]), 1);
  run();
  assert.deepEqual(said(network.take()), ['CGB 1 +3 1011', 'CGBA 1 +3 1011']);
  assert.deepEqual(one.user.take(), ['1 locally-blocked', '3 locally-blocked', '4 locally-blocked']);
  assert.deepEqual(two.user.take(), ['1 remotely-blocked', '3 remotely-blocked', '4 remotely-blocked']);
  assert.ok(result.ok && !result.call.ended);
  assert.equal(two.isup.snapshot().blocked, 3);
  one.isup.unblock('trunk', [1, 3, 4]);
  run();
  assert.deepEqual(said(network.take()), ['CGU 1 +3 1011', 'CGUA 1 +3 1011']);
  assert.equal(one.isup.snapshot().blocked + two.isup.snapshot().blocked, 0);
});

test('ITU-T Q.764 §2.8.2.2: a group that has failed loses its calls at both ends', () => {
  const { one, two, run, network } = twoEnds();
  one.isup.setup({ group: 'trunk', cic: 3, iam: iamOf(), user: one.user });
  run();
  two.user.calls[0]!.answer();
  run();
  network.take();
  one.user.take();
  two.user.take();
  one.isup.block('trunk', [3, 4], 'hardware');
  run();
  assert.deepEqual(said(network.take()), ['CGB 3 +1 11', 'CGBA 3 +1 11']);
  assert.ok(one.user.take().includes('3 released circuit 41'));
  assert.ok(two.user.take().includes('3 released circuit 41'));
  // Maintenance and hardware are blocked apart.
  one.isup.block('trunk', [3, 4]);
  run();
  one.isup.unblock('trunk', [3, 4], 'hardware');
  run();
  assert.equal(two.isup.snapshot().blocked, 2);
  one.isup.unblock('trunk', [3, 4]);
  run();
  assert.equal(one.isup.snapshot().blocked + two.isup.snapshot().blocked, 0);
});

test('ITU-T Q.764 §2.8.2.3: a group message whose range or marks cannot be is dropped; an answer that does not fit alerts', () => {
  const { say, heard, counters, isup, user, wait, timers } = oneEnd();
  say('CGB', 1, group(0, '0'));
  say('CGB', 1, group(0, '0000'));
  say('CGU', 1, group(0, '1'.repeat(33)));
  say('GRS', 1, { rangeAndStatus: { range: 0 } });
  say('GRS', 1, { rangeAndStatus: { range: 32 } });
  say('CQM', 1, { rangeAndStatus: { range: 32 } });
  say('CGB', 1, { ...group(0, '11'), circuitGroupSupervisionMessageType: { type: 3 } });
  assert.deepEqual(heard(), []);
  assert.equal(counters.get('isup.abnormal.CGB'), 3);
  assert.equal(counters.get('isup.abnormal.GRS'), 2);
  isup.block('trunk', [1, 2]);
  assert.equal(isup.block('trunk', [1, 2]), 0, 'the same again while it is under way');
  say('CGBA', 1, group(0, '10'));
  say('CGBA', 1, group(0, '111'));
  assert.deepEqual(user.take(), ['1 alert', '1 alert']);
  // Of another type, or of a group that nothing was asked of.
  say('CGBA', 1, group(1, '11'));
  say('GRA', 1, { rangeAndStatus: { range: 1, status: [false, false] } });
  assert.equal(counters.get('isup.unexpected-message'), 2);
  wait(TIMERS.T18.defaultMs);
  assert.deepEqual(heard(), ['CGB 1 +1 11', 'CGB 1 +1 11']);
  wait(TIMERS.T19.defaultMs - TIMERS.T18.defaultMs);
  assert.deepEqual(user.take(), ['1 alert']);
  say('CGBA', 1, group(0, '11'));
  assert.deepEqual(user.take(), ['1 locally-blocked', '2 locally-blocked']);
  assert.equal(timers.pending, 0);
});

test('ITU-T Q.764 §2.8.2.3: an unblocking takes the place of a blocking that is not answered yet', () => {
  const { isup, say, heard, timers } = oneEnd();
  isup.block('trunk', [1, 2]);
  isup.unblock('trunk', [1, 2]);
  say('CGUA', 1, group(0, '11'));
  assert.deepEqual(heard(), ['CGB 1 +1 11', 'CGU 1 +1 11']);
  assert.equal(isup.snapshot().groupRequests, 0);
  assert.equal(timers.pending, 0);
});

test('ITU-T Q.764 §2.8.2.2: circuits of a group that are not here are not acknowledged', () => {
  const { say, heard } = oneEnd();
  say('CGB', 7, group(0, '1111'));
  assert.deepEqual(heard(), ['CGBA 7 +3 1100']);
});

test('ITU-T Q.764 §2.8.2.2: more circuits than one message may mark go in several', () => {
  const groups = [{ name: 'trunk', pointCode: 2, firstCic: 1, circuits: 100 }];
  const { isup, heard } = oneEnd({ groups });
  const all = Array.from({ length: 100 }, (_, at) => at + 1);
  assert.equal(isup.block('trunk', all), 4);
  assert.deepEqual(
    heard().map((text) => text.split(' ').slice(0, 3).join(' ')),
    ['CGB 1 +31', 'CGB 33 +31', 'CGB 65 +31', 'CGB 97 +3'],
  );
  assert.equal(isup.reset('trunk'), 4);
  assert.deepEqual(heard(), ['GRS 1 +31', 'GRS 33 +31', 'GRS 65 +31', 'GRS 97 +3']);
});

test('ITU-T Q.764 §2.9.3.1: RSC takes a call away in any state, and is answered with RLC', () => {
  const { say, heard, user, setup, wait } = oneEnd();
  say('IAM', 2, iamOf());
  say('RSC', 2, {});
  assert.deepEqual(heard(), ['RLC 2']);
  assert.deepEqual(user.take(), ['2 SETUP.ind', '2 released circuit 41']);
  // Before a backward message the call goes to another circuit.
  const call = setup();
  say('RSC', 1, {});
  assert.deepEqual(heard(), ['IAM 1', 'IAM 3', 'RLC 1']);
  say('CON', 3, acm);
  say('RSC', 3, {});
  assert.deepEqual(heard(), ['RLC 3']);
  assert.ok(call.ended);
  say('RSC', 8, {});
  assert.deepEqual(heard(), ['RLC 8']);
  wait(5 * minutes);
  assert.deepEqual(heard(), []);
});

test('ITU-T Q.764 §2.9.3.1: RSC ends what the other end has blocked, and what is blocked here is said again', () => {
  const { isup, say, heard, user } = oneEnd();
  say('BLO', 1, {});
  isup.block('trunk', [3]);
  say('BLA', 3, {});
  heard();
  user.take();
  say('RSC', 1, {});
  say('RSC', 3, {});
  assert.deepEqual(heard(), ['RLC 1', 'BLO 3', 'RLC 3']);
  assert.deepEqual(user.take(), ['1 remotely-unblocked']);
  say('BLA', 3, {});
  assert.equal(isup.snapshot().blocked, 1);
});

test('ITU-T Q.764 §2.9.3.1: RSC is repeated each T16; both at once are answered by both', () => {
  const { one, two, run, network, wait } = twoEnds();
  network.loses = ({ data }) => data[2] === 0x12 && network.sent.length < 3;
  assert.equal(one.isup.reset('trunk', [5]), 1);
  run();
  assert.deepEqual(one.isup.setup({ group: 'trunk', cic: 5, iam: iamOf(), user: one.user }).ok, false);
  wait(TIMERS.T16.defaultMs * 2);
  assert.deepEqual(said(network.take()), ['RSC 5', 'RSC 5', 'RSC 5', 'RLC 5']);
  assert.deepEqual(one.user.take(), ['5 reset']);
  network.loses = () => false;
  one.isup.reset('trunk', [5]);
  two.isup.reset('trunk', [5]);
  run();
  assert.deepEqual(said(network.take()), ['RSC 5', 'RSC 5', 'RLC 5', 'RLC 5']);
  assert.equal(one.isup.snapshot().resetting + two.isup.snapshot().resetting, 0);
});

test('ITU-T Q.764 §2.9.3.2: GRS clears the circuits of a group; GRA says which are blocked, a CGB which have failed', () => {
  const { one, two, run, network } = twoEnds();
  one.isup.setup({ group: 'trunk', cic: 1, iam: iamOf(), user: one.user });
  run();
  two.user.calls[0]!.answer();
  two.isup.block('trunk', [2]);
  two.isup.block('trunk', [4, 5], 'hardware');
  one.isup.block('trunk', [6]);
  run();
  network.take();
  for (const { user } of [one, two]) user.take();
  assert.equal(one.isup.reset('trunk'), 1);
  assert.equal(one.isup.setup({ group: 'trunk', iam: iamOf(), user: one.user }).ok, false, 'not before GRA');
  run();
  assert.deepEqual(said(network.take()), [
    'GRS 1 +7',
    'CGB 1 +7 00011000',
    'GRA 1 +7 01000000',
    'CGBA 1 +7 00011000',
  ]);
  const told = one.user.take();
  assert.ok(told.includes('1 released circuit 41') && told.includes('8 reset'), told.join());
  assert.ok(two.user.take().includes('1 released circuit 41'));
  // Circuit 2 is still blocked by the other end, 4 and 5 have still failed; 6 is still blocked here, for the other end no more.
  const { blocked } = one.isup.snapshot();
  assert.equal(blocked, 4);
  assert.equal(two.isup.snapshot().blocked, 3);
  assert.ok(one.isup.setup({ group: 'trunk', iam: iamOf(), user: one.user }).ok);
});

test('ITU-T Q.764 §2.9.3.2: GRS is repeated each T22; maintenance is alerted after T23', () => {
  const { isup, heard, wait, user, say, timers } = oneEnd();
  isup.reset('trunk');
  wait(TIMERS.T23.defaultMs - 1);
  assert.equal(heard().length, TIMERS.T23.defaultMs / TIMERS.T22.defaultMs);
  wait(1);
  assert.deepEqual(user.take(), ['1 alert']);
  say('GRA', 1, { rangeAndStatus: { range: 3, status: marks('0000') } });
  assert.equal(isup.snapshot().resetting, 8);
  say('GRA', 1, { rangeAndStatus: { range: 7, status: marks('00000000') } });
  assert.equal(isup.snapshot().resetting, 0);
  assert.equal(timers.pending, 0);
});

test('ITU-T Q.764 §2.9.3: while a circuit is reset nothing is heard of calls on it', () => {
  const { isup, say, heard, user, counters } = oneEnd();
  isup.reset('trunk', [1]);
  say('IAM', 1, iamOf());
  say('REL', 1, causeIndicators(16));
  isup.reset('trunk', [3, 4]);
  say('IAM', 3, iamOf());
  assert.deepEqual(heard(), ['RSC 1', 'GRS 3 +1']);
  assert.deepEqual(user.take(), []);
  assert.equal(counters.get('isup.dropped-in-reset'), 3);
});

test('ITU-T Q.764 §2.8.3: a query tells the states of circuits, those that are not there among them; T28 ends it', () => {
  const { one, two, run, wait, network } = twoEnds({
    one: { groups: [{ name: 'trunk', pointCode: 2, firstCic: 1, circuits: 10 }] },
  });
  two.isup.block('trunk', [2]);
  one.isup.setup({ group: 'trunk', cic: 1, iam: iamOf(), user: one.user });
  run();
  network.take();
  assert.equal(one.isup.query('trunk'), 1);
  run();
  assert.deepEqual(said(network.take()), ['CQM 1 +9', 'CQR 1 +9']);
  assert.deepEqual(one.user.states.slice(0, 3), [
    { maintenanceBlocking: 0, callProcessing: 1, hardwareBlocking: 0 },
    { maintenanceBlocking: 1, callProcessing: 3, hardwareBlocking: 0 },
    { maintenanceBlocking: 0, callProcessing: 3, hardwareBlocking: 0 },
  ]);
  assert.deepEqual(one.user.states.at(-1), {
    maintenanceBlocking: 3,
    callProcessing: 0,
    hardwareBlocking: 0,
  });
  network.loses = () => true;
  one.user.take();
  one.isup.query('trunk', [1, 2]);
  wait(TIMERS.T28.defaultMs);
  assert.deepEqual(one.user.take(), ['1 alert']);
  assert.equal(one.isup.snapshot().groupRequests, 0);
});

test('ITU-T Q.764 §2.12: a circuit that is not here is answered with UCIC, a UCIC never', () => {
  const { say, sayHex, heard, counters } = oneEnd();
  say('IAM', 9, iamOf());
  say('GRS', 100, { rangeAndStatus: { range: 3 } });
  sayHex('0900 7f 00');
  assert.deepEqual(heard(), ['UCIC 9', 'UCIC 100', 'UCIC 9']);
  say('UCIC', 9, {});
  say('CFN', 9, causeIndicators(97));
  assert.deepEqual(heard(), []);
  assert.equal(counters.get('isup.unequipped-circuit'), 5);
  // An exchange that there are no circuits to gets nothing.
  sayHex('0100 12', 77);
  assert.deepEqual(heard(), []);
  assert.equal(counters.get('isup.point-code-unknown'), 1);
});

test('ITU-T Q.764 §2.12: UCIC takes the circuit out of service, the call goes elsewhere; a reset brings it back', () => {
  const { setup, say, heard, user, isup, timers } = oneEnd();
  const call = setup();
  say('UCIC', 1, {});
  assert.deepEqual(heard(), ['IAM 1', 'IAM 3']);
  assert.equal(call.cic, 3);
  assert.deepEqual(user.take(), ['1 unequipped']);
  assert.equal(isup.setup({ group: 'trunk', cic: 1, iam: iamOf(), user }).ok, false);
  isup.block('trunk', [5, 6]);
  isup.block('trunk', [7]);
  say('UCIC', 5, {});
  say('UCIC', 7, {});
  assert.equal(isup.snapshot().groupRequests, 0);
  assert.equal(isup.snapshot().unequipped, 3);
  say('CON', 3, acm);
  assert.equal(timers.pending, 0);
  isup.reset('trunk', [1]);
  say('RLC', 1, {});
  assert.ok(isup.setup({ group: 'trunk', cic: 1, iam: iamOf(), user }).ok);
});

test('ITU-T Q.764 §2.13.2: a user part that is not there is tested each T4; any message says that it is back', () => {
  const { isup, heard, say, wait, user, timers } = oneEnd();
  isup.onStatus(2, 'user-inaccessible');
  assert.deepEqual(isup.setup({ group: 'trunk', iam: iamOf(), user }), { ok: false, refusal: 'unavailable' });
  wait(TIMERS.T4.defaultMs);
  assert.deepEqual(heard(), ['UPT 1', 'UPT 1']);
  say('UPA', 1, {});
  assert.deepEqual(user.take(), ['2 unavailable', '2 available']);
  assert.equal(timers.pending, 0);
  // Our own answer, also for a circuit that is not here.
  say('UPT', 99, {});
  assert.deepEqual(heard(), ['UPA 99']);
  isup.onStatus(2, 'user-unequipped');
  assert.deepEqual(heard(), []);
  say('BLO', 1, {});
  assert.ok(isup.setup({ group: 'trunk', iam: iamOf(), user }).ok);
});

test('ITU-T Q.764 §2.14: MTP-PAUSE stops new calls and leaves those that are there; MTP-RESUME lets them go again', () => {
  const { isup, setup, user, say } = oneEnd();
  const call = setup();
  say('CON', 1, acm);
  isup.onPause(2);
  assert.deepEqual(isup.setup({ group: 'trunk', iam: iamOf(), user }), { ok: false, refusal: 'unavailable' });
  assert.ok(!call.ended);
  isup.onResume(2);
  setup();
  isup.onPause(99);
  assert.deepEqual(user.take(), ['1 CON', '2 unavailable', '2 available']);
});

test('ITU-T Q.764 §2.10: congestion takes traffic away step by step, T30 gives it back', () => {
  const groups = [{ name: 'trunk', pointCode: 2, firstCic: 1, circuits: 200 }];
  const { isup, user, wait, counters, timers } = oneEnd({ groups });
  const admitted = () => {
    let count = 0;
    for (let tries = 0; tries < 8; tries++) {
      const result = isup.setup({ group: 'trunk', iam: iamOf(), user });
      if (!result.ok) continue;
      count++;
      result.call.release(16);
    }
    return count;
  };
  isup.onStatus(2, 'congestion');
  // Not heard: T29 runs.
  isup.onStatus(2, 'congestion');
  assert.equal(admitted(), 6);
  wait(TIMERS.T29.defaultMs);
  isup.onStatus(2, 'congestion');
  assert.equal(admitted(), 4);
  for (let steps = 0; steps < 3; steps++) {
    wait(TIMERS.T29.defaultMs);
    isup.onStatus(2, 'congestion');
  }
  assert.equal(admitted(), 0);
  assert.ok(counters.get('isup.refused.congested') >= 14);
  wait(4 * TIMERS.T30.defaultMs);
  assert.equal(admitted(), 8);
  wait(60 * minutes);
  // Each REL is followed by RSC in the end: only those timers are left.
  assert.ok(timers.pending > 0);
});
