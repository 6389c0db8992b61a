import assert from 'node:assert/strict';
import test from 'node:test';
import { natureOfConnectionIndicators } from '../../../src/stack/isup/call-indicators.ts';
import { configurationProblems } from '../../../src/stack/isup/configuration.ts';
import {
  continuityIndicators,
  eventInformation,
  informationIndicators,
  informationRequestIndicators,
  suspendResumeIndicators,
} from '../../../src/stack/isup/indicators.ts';
import { TIMERS } from '../../../src/stack/isup/timers.ts';
import { acm, causeIndicators, checked, iamOf, oneEnd, said, twoEnds } from './plant.ts';

const minutes = 60_000;
const cot = (successful: boolean) => ({ continuityIndicators: continuityIndicators.of({ successful }) });

test('ITU-T Q.764 §2.2.2: an IAM is answered with REL and a cause of the user’s choice, with no ACM', () => {
  const { one, two, run, network } = twoEnds();
  two.user.onOffer = (call, iam) => {
    assert.equal(iam.parameters.redirectionInformation?.reason, 6);
    assert.ok(call.release(20));
    assert.ok(!call.release(20), 'a second release is of no use');
  };
  const iam = iamOf({
    redirectingNumber: {
      nature: 4,
      plan: 1,
      incomplete: false,
      presentation: 0,
      screening: 3,
      digits: '49171',
    },
    redirectionInformation: { indicator: 3, originalReason: 6, counter: 1, reason: 6 },
  });
  const result = one.isup.setup({ group: 'trunk', iam, user: one.user });
  assert.ok(result.ok);
  run();
  assert.deepEqual(said(network.take()), ['IAM 1', 'REL 1', 'RLC 1']);
  assert.deepEqual(one.user.take(), ['1 released peer 20']);
  assert.equal(one.user.releases[0]!.cause.location, 4);
  assert.deepEqual(two.user.take(), ['1 SETUP.ind']);
  for (const { isup } of [one, two]) {
    const { incoming, outgoing } = isup.snapshot();
    assert.deepEqual([incoming, outgoing], [0, 0]);
  }
  assert.equal(two.counters.get('isup.request.stale'), 1);
});

test('ITU-T Q.764 §2.1: a call is set up, rings, is answered, suspended, resumed and released', () => {
  const { one, two, run, network, timers } = twoEnds();
  const result = one.isup.setup({ group: 'trunk', iam: iamOf(), user: one.user });
  assert.ok(result.ok);
  run();
  const called = two.user.calls[0]!;
  assert.ok(called.addressComplete());
  assert.ok(called.progress({ eventInformation: eventInformation.of({ event: 1 }) }));
  assert.ok(called.answer());
  run();
  assert.ok(called.suspend());
  run();
  assert.ok(called.resume());
  assert.ok(called.send('USR', { userToUserInformation: Uint8Array.of(4, 1) }));
  run();
  assert.deepEqual(one.user.take(), ['1 ACM', '1 CPG 1', '1 ANM', '1 SUS', '1 RES', '1 USR']);
  assert.ok(result.call.release(16));
  run();
  assert.deepEqual(two.user.take(), ['1 SETUP.ind', '1 released peer 16']);
  assert.deepEqual(one.user.take(), []);
  assert.deepEqual(said(network.take()), [
    'IAM 1',
    'ACM 1',
    'CPG 1',
    'ANM 1',
    'SUS 1',
    'RES 1',
    'USR 1',
    'REL 1',
    'RLC 1',
  ]);
  assert.equal(timers.pending, 0);
  assert.ok(result.call.ended && called.ended);
});

test('ITU-T Q.764 §2.1.7: an answer before ACM is CON', () => {
  const { one, two, run } = twoEnds();
  two.user.onOffer = (call) => assert.ok(call.answer());
  one.isup.setup({ group: 'trunk', iam: iamOf(), user: one.user });
  run();
  assert.deepEqual(one.user.take(), ['1 CON']);
});

test('ITU-T Q.764 §2.1.2: digits follow in SAM; when more are needed and none come T35 releases', () => {
  const { one, two, run, wait } = twoEnds({ one: { times: { T7: 30_000 } } });
  const result = one.isup.setup({ group: 'trunk', iam: iamOf(), user: one.user });
  assert.ok(result.ok);
  run();
  const called = two.user.calls[0]!;
  assert.ok(called.needDigits());
  wait(10_000);
  assert.ok(result.call.sendDigits('4711'));
  run();
  assert.deepEqual(two.user.take(), ['1 SETUP.ind', '1 digits 4711']);
  wait(10_000);
  assert.ok(!called.ended, 'the digits have stopped T35');
  assert.ok(called.needDigits());
  wait(TIMERS.T35.defaultMs + 1);
  assert.deepEqual(two.user.take(), ['1 released timer 28']);
  assert.deepEqual(one.user.take(), ['1 released peer 28']);
});

test('ITU-T Q.764 §2.1.2: SAM restarts T7, and is not sent after ACM', () => {
  const { setup, say, wait, user, heard } = oneEnd();
  const call = setup();
  wait(20_000);
  assert.ok(call.sendDigits('1'));
  wait(20_000);
  assert.deepEqual(user.take(), []);
  say('ACM', 1, acm);
  assert.ok(!call.sendDigits('2'));
  assert.deepEqual(heard(), ['IAM 1', 'SAM 1']);
});

test('ITU-T Q.764 §2.1.4: with an early address complete the call is kept when its user is slow', () => {
  const { one, two, run, wait, network } = twoEnds({ two: { earlyAddressComplete: true } });
  one.isup.setup({ group: 'trunk', iam: iamOf(), user: one.user });
  run();
  wait(TIMERS.T11.defaultMs);
  assert.deepEqual(one.user.take(), ['1 ACM']);
  const called = two.user.calls[0]!;
  // What the user says of the address now goes as progress.
  assert.ok(called.addressComplete());
  assert.ok(called.answer());
  run();
  assert.deepEqual(said(network.take()), ['IAM 1', 'ACM 1', 'CPG 1', 'ANM 1']);
});

test('ITU-T Q.764 §2.1.6: information is asked for with INR and given with INF', () => {
  const { one, two, run, network } = twoEnds();
  const result = one.isup.setup({ group: 'trunk', iam: iamOf(), user: one.user });
  run();
  const ask = {
    informationRequestIndicators: informationRequestIndicators.of({ callingPartyAddress: true }),
  };
  assert.ok(two.user.calls[0]?.requestInformation(ask));
  run();
  assert.deepEqual(one.user.take(), ['1 INR']);
  assert.ok(
    result.ok &&
      result.call.information({
        informationIndicators: informationIndicators.of({ callingPartyAddress: 1 }),
      }),
  );
  run();
  assert.deepEqual(two.user.take(), ['1 SETUP.ind', '1 INF']);
  assert.deepEqual(said(network.take()), ['IAM 1', 'INR 1', 'INF 1']);
});

test('ITU-T Q.764 §2.1.6: a user that knows nothing of INR has it answered all the same', () => {
  const { isup, say, heard } = oneEnd();
  const result = isup.setup({ group: 'trunk', iam: iamOf(), user: { onRelease: () => undefined } });
  assert.ok(result.ok);
  say('INR', 1, { informationRequestIndicators: informationRequestIndicators.of() });
  assert.deepEqual(heard(), ['IAM 1', 'INF 1']);
});

test('ITU-T Q.764 §2.9.7: T33 ends without INF: release, and maintenance is alerted', () => {
  const { user, say, heard, wait } = oneEnd();
  say('IAM', 3, iamOf());
  assert.ok(user.calls[0]?.requestInformation({}));
  wait(TIMERS.T33.defaultMs);
  assert.deepEqual(heard(), ['INR 3', 'REL 3']);
  assert.deepEqual(user.take(), ['3 SETUP.ind', '3 alert', '3 released timer 41']);
});

test('ITU-T Q.764 §2.9.8.3: T7 ends without ACM: release towards both sides', () => {
  const { setup, user, heard, wait, say } = oneEnd();
  setup();
  wait(TIMERS.T7.defaultMs);
  assert.deepEqual(heard(), ['IAM 1', 'REL 1']);
  assert.deepEqual(user.take(), ['1 released timer 31']);
  // What comes late is not heard.
  say('ACM', 1, acm);
  assert.deepEqual(heard(), []);
  say('RLC', 1, {});
  assert.equal(setup().cic, 3);
});

test('ITU-T Q.764 §2.1.4: T9 ends without an answer: release with cause 19', () => {
  const { setup, user, heard, wait, say } = oneEnd();
  setup();
  say('ACM', 1, acm);
  wait(TIMERS.T9.defaultMs);
  assert.deepEqual(heard(), ['IAM 1', 'REL 1']);
  assert.deepEqual(user.take(), ['1 ACM', '1 released timer 19']);
});

test('ITU-T Q.764 §2.4.3: suspended for too long: release with cause 102', () => {
  for (const [networkInitiated, ms] of [
    [true, TIMERS.T6.defaultMs],
    [false, TIMERS.T2.defaultMs],
  ] as const) {
    const { setup, user, say, wait } = oneEnd();
    setup();
    say('CON', 1, acm);
    say('SUS', 1, { suspendResumeIndicators: suspendResumeIndicators.of({ networkInitiated }) });
    wait(ms - 1);
    assert.deepEqual(user.take(), ['1 CON', '1 SUS']);
    wait(1);
    assert.deepEqual(user.take(), ['1 released timer 102']);
  }
});

test('ITU-T Q.764 §2.9.6: REL is repeated each T1; after T5 RSC, and maintenance is alerted', () => {
  const { setup, user, heard, wait, say, isup } = oneEnd();
  const call = setup();
  heard();
  call.release(16);
  assert.deepEqual(heard(), ['REL 1']);
  wait(TIMERS.T5.defaultMs - 1);
  const repeats = heard();
  assert.equal(repeats.length, Math.ceil(TIMERS.T5.defaultMs / TIMERS.T1.defaultMs) - 1);
  assert.ok(repeats.every((one) => one === 'REL 1'));
  wait(1);
  assert.deepEqual(heard().at(-1), 'RSC 1');
  assert.deepEqual(user.take(), ['1 alert']);
  // No further REL and no T16: the next RSC comes with T17, until somebody looks at it.
  wait(TIMERS.T17.defaultMs);
  assert.deepEqual(heard(), ['RSC 1']);
  assert.deepEqual(user.take(), ['1 alert']);
  assert.equal(isup.snapshot().resetting, 1);
  say('RLC', 1, {});
  assert.deepEqual(user.take(), ['1 reset']);
  assert.equal(isup.snapshot().resetting, 0);
  wait(30 * minutes);
  assert.deepEqual(heard(), []);
});

test('ITU-T Q.764 §2.3.1: both ends release at once: each answers, each is done', () => {
  const { one, two, run, network, timers } = twoEnds();
  const result = one.isup.setup({ group: 'trunk', iam: iamOf(), user: one.user });
  run();
  assert.ok(result.ok);
  two.user.calls[0]!.release(31);
  result.call.release(16);
  run();
  assert.deepEqual(said(network.take()), ['IAM 1', 'REL 1', 'REL 1', 'RLC 1', 'RLC 1']);
  assert.equal(timers.pending, 0);
  assert.deepEqual(one.isup.snapshot().outgoing + two.isup.snapshot().incoming, 0);
});

test('ITU-T Q.764 §2.9.1.4: dual seizure: the call of the end that controls the circuit goes on, the other goes to another circuit', () => {
  const { one, two, run, network } = twoEnds();
  // Circuit 2 is controlled by 2, whose point code is the higher one.
  const first = one.isup.setup({ group: 'trunk', cic: 2, iam: iamOf(), user: one.user });
  const second = two.isup.setup({ group: 'trunk', cic: 2, iam: iamOf(), user: two.user });
  assert.ok(first.ok && second.ok);
  run();
  assert.deepEqual(said(network.take()), ['IAM 2', 'IAM 2', 'IAM 1']);
  assert.equal(first.call.cic, 1);
  assert.equal(second.call.cic, 2);
  assert.deepEqual(one.user.take(), ['2 SETUP.ind']);
  assert.deepEqual(two.user.take(), ['1 SETUP.ind']);
  assert.equal(one.counters.get('isup.dual-seizure'), 1);
  assert.equal(two.counters.get('isup.dual-seizure'), 0);
  one.user.calls[0]!.answer();
  two.user.calls[0]!.answer();
  run();
  assert.deepEqual(one.user.take(), ['1 CON']);
  assert.deepEqual(two.user.take(), ['2 CON']);
});

test('ITU-T Q.764 §2.9.1.4: dual seizure of the last circuit: the call that gives way ends', () => {
  const only = { groups: [{ name: 'trunk', pointCode: 2, firstCic: 2, circuits: 1 }] };
  const { setup, say, user } = oneEnd(only);
  const call = setup();
  say('IAM', 2, iamOf());
  assert.ok(call.ended);
  assert.deepEqual(user.take(), ['2 SETUP.ind', '2 released circuit 34']);
});

test('ITU-T Q.764 §2.9.1.4: a user that tries again at once does not take the circuit from the call that goes on', () => {
  const only = { groups: [{ name: 'trunk', pointCode: 2, firstCic: 2, circuits: 1 }] };
  const { isup, say, user } = oneEnd(only);
  const refused: unknown[] = [];
  const stubborn = {
    onRelease: () => void refused.push(isup.setup({ group: 'trunk', iam: iamOf(), user: stubborn }).ok),
  };
  assert.ok(isup.setup({ group: 'trunk', iam: iamOf(), user: stubborn }).ok);
  say('IAM', 2, iamOf());
  assert.deepEqual(refused, [false]);
  assert.deepEqual(user.take(), ['2 SETUP.ind']);
});

test('ITU-T Q.764 §2.9.1.3: own circuits are taken in turn, those of the other end last', () => {
  const { setup, say, heard, wait } = oneEnd();
  const taken = Array.from({ length: 4 }, () => setup());
  assert.deepEqual(
    taken.map(({ cic }) => cic),
    [1, 3, 5, 7],
  );
  const [first, second] = taken;
  wait(1);
  second!.release(16);
  say('RLC', 3, {});
  wait(1);
  first!.release(16);
  say('RLC', 1, {});
  // The one that has been idle longest, the other, and then circuits of the other end.
  assert.deepEqual([setup().cic, setup().cic, setup().cic % 2], [3, 1, 0]);
  heard();
});

test('ITU-T Q.764 §2.1.8: the call waits for its continuity check, with digits that come meanwhile', () => {
  const { one, two, run, network } = twoEnds();
  const result = one.isup.setup({ group: 'trunk', iam: checked, user: one.user });
  assert.ok(result.ok);
  assert.ok(result.call.sendDigits('99'));
  run();
  assert.deepEqual(two.user.take(), ['1 loop']);
  assert.ok(result.call.continuity(true));
  run();
  assert.deepEqual(two.user.take(), ['1 SETUP.ind']);
  assert.equal(two.user.iams[0]!.parameters.calledPartyNumber.digits, '4917012399');
  two.user.calls[0]!.answer();
  run();
  assert.deepEqual(one.user.take(), ['1 CON']);
  assert.deepEqual(said(network.take()), ['IAM 1', 'SAM 1', 'COT 1', 'CON 1']);
});

test('ITU-T Q.764 §2.1.8: a failed check: COT, the call on another circuit, and the check again until it succeeds', () => {
  const { setup, heard, wait, user, isup } = oneEnd();
  const call = setup(checked);
  assert.ok(call.continuity(false));
  assert.deepEqual(heard(), ['IAM 1', 'COT 1', 'IAM 3']);
  assert.equal(call.cic, 3);
  assert.ok(call.continuity(true));
  assert.deepEqual(heard(), ['COT 3']);
  wait(TIMERS.T25.defaultMs);
  assert.deepEqual(heard(), ['CCR 1']);
  assert.deepEqual(user.take(), ['1 recheck']);
  // No tone came back within T24: COT with a failure, maintenance is alerted, and again after T26.
  wait(TIMERS.T24.defaultMs);
  assert.deepEqual(heard(), ['COT 1']);
  assert.deepEqual(user.take(), ['1 alert']);
  wait(TIMERS.T26.defaultMs);
  assert.ok(heard().includes('CCR 1'));
  // The check succeeds: REL for what has no call any more.
  assert.ok(isup.continuity('trunk', 1, true));
  assert.ok(!isup.continuity('trunk', 1, true));
  assert.deepEqual(heard(), ['REL 1']);
});

test('ITU-T Q.764 §2.1.8: T24 ends: the check has failed', () => {
  const { setup, heard, wait, user } = oneEnd({
    groups: [{ name: 'trunk', pointCode: 2, firstCic: 1, circuits: 1 }],
  });
  setup(checked);
  wait(TIMERS.T24.defaultMs);
  assert.deepEqual(heard(), ['IAM 1', 'COT 1']);
  assert.deepEqual(user.take(), ['1 released circuit 41']);
});

test('ITU-T Q.764 §2.1.8: the incoming side: COT with a failure, CCR, and REL after a good check; T27 and T36 end in RSC', () => {
  const { say, heard, wait, user, isup } = oneEnd();
  say('IAM', 1, checked);
  say('COT', 1, cot(false));
  say('CCR', 1, {});
  say('COT', 1, cot(false));
  say('CCR', 1, {});
  say('REL', 1, causeIndicators(31));
  assert.deepEqual(heard(), ['RLC 1']);
  assert.deepEqual(user.take(), ['1 loop', '1 loop', '1 loop']);
  say('IAM', 1, checked);
  say('COT', 1, cot(false));
  wait(TIMERS.T27.defaultMs);
  assert.deepEqual(heard(), ['RSC 1']);
  say('RLC', 1, {});
  say('CCR', 3, {});
  wait(TIMERS.T36.defaultMs);
  assert.deepEqual(heard(), ['RSC 3']);
  say('RLC', 3, {});
  assert.equal(isup.snapshot().incoming, 0);
});

test('ITU-T Q.764 §2.9.8.3: T8 ends without COT: release with cause 41', () => {
  const { say, messagesHeard, wait, user } = oneEnd();
  const previous = natureOfConnectionIndicators.of({ continuityCheck: 2 });
  say('IAM', 1, iamOf({ natureOfConnectionIndicators: previous }));
  wait(TIMERS.T8.defaultMs);
  const [rel] = messagesHeard();
  assert.ok(rel?.kind === 'REL');
  assert.equal(rel.parameters.causeIndicators.value, 41);
  assert.deepEqual(user.take(), []);
});

const segmentedIam = iamOf({
  userServiceInformation: new Uint8Array(120),
  accessTransport: new Uint8Array(100).fill(1),
  userToUserInformation: new Uint8Array(80).fill(2),
  genericNumber: [
    { qualifier: 6, nature: 4, plan: 1, incomplete: false, presentation: 0, screening: 3, digits: '49170' },
  ],
});

test('ITU-T Q.764 §2.1.12: an IAM that is too long goes in two, and comes as one', () => {
  const { one, two, run, network } = twoEnds();
  assert.ok(one.isup.setup({ group: 'trunk', iam: segmentedIam, user: one.user }).ok);
  run();
  assert.deepEqual(said(network.sent), ['IAM 1', 'SGM 1']);
  assert.ok(network.sent.every(({ data }) => data.length <= 268));
  const { parameters } = two.user.iams[0]!;
  assert.equal(parameters.optionalForwardCallIndicators?.simpleSegmentation, true);
  assert.deepEqual(parameters.accessTransport, segmentedIam.accessTransport);
  assert.deepEqual(parameters.userToUserInformation, segmentedIam.userToUserInformation);
  assert.deepEqual(parameters.genericNumber, segmentedIam.genericNumber);
  // An answer with a segment: its user is told of both.
  const long = { accessTransport: new Uint8Array(200), userToUserInformation: new Uint8Array(100) };
  assert.ok(two.user.calls[0]!.addressComplete(long));
  run();
  assert.deepEqual(one.user.take(), ['1 ACM', '1 SGM']);
});

test('ITU-T Q.764 §2.1.12: T34 ends: the call goes on without the segment, which is not missed later', () => {
  const { one, two, run, wait, network } = twoEnds();
  network.loses = ({ data }) => data[2] === 0x38;
  one.isup.setup({ group: 'trunk', iam: segmentedIam, user: one.user });
  run();
  assert.deepEqual(two.user.take(), []);
  wait(TIMERS.T34.defaultMs);
  assert.deepEqual(two.user.take(), ['1 SETUP.ind']);
  assert.equal(two.user.iams[0]!.parameters.userToUserInformation, undefined);
});

test('ITU-T Q.764 §2.9.9: OLM: the call goes elsewhere, the circuit is released after T3', () => {
  const { setup, say, heard, wait } = oneEnd();
  const call = setup();
  say('OLM', 1, {});
  assert.deepEqual(heard(), ['IAM 1', 'IAM 3']);
  assert.equal(call.cic, 3);
  say('CON', 3, acm);
  wait(TIMERS.T3.defaultMs);
  assert.deepEqual(heard(), ['REL 1']);
});

test('calls are bounded by the circuits: when all are busy a call is refused, and a one-way group takes none', () => {
  const { setup, isup, user, counters } = oneEnd();
  for (let circuits = 0; circuits < 8; circuits++) setup();
  const refused = isup.setup({ group: 'trunk', iam: iamOf(), user });
  assert.deepEqual(refused, { ok: false, refusal: 'no-circuit' });
  assert.equal(counters.get('isup.refused.no-circuit'), 1);
  assert.deepEqual(isup.setup({ group: 'other', iam: iamOf(), user }), {
    ok: false,
    refusal: 'unknown-group',
  });
  const oneWay = oneEnd({
    groups: [{ name: 'trunk', pointCode: 2, firstCic: 1, circuits: 2, direction: 'incoming' }],
  });
  assert.equal(oneWay.isup.setup({ group: 'trunk', iam: iamOf(), user }).ok, false);
});

test('an IAM that cannot be written or that MTP does not take is refused, and the circuit stays idle', () => {
  const { isup, user, network, setup, timers } = oneEnd({ messageOctetsMax: 100 });
  const long = iamOf({ userServiceInformation: new Uint8Array(120) });
  assert.deepEqual(isup.setup({ group: 'trunk', iam: long, user }), { ok: false, refusal: 'unwritable' });
  network.refuses = true;
  assert.deepEqual(isup.setup({ group: 'trunk', iam: iamOf(), user }), { ok: false, refusal: 'unavailable' });
  assert.equal(timers.pending, 0);
  network.refuses = false;
  assert.equal(setup().cic % 2, 1);
  assert.deepEqual(user.take(), []);
});

test('ITU-T Q.704 §2.2.4: the link is selected by the low bits of the CIC; network indicator and point codes are ours', () => {
  const { setup, network } = oneEnd({
    networkIndicator: 0,
    groups: [{ name: 'trunk', pointCode: 2, firstCic: 0x7ff, circuits: 1 }],
  });
  setup();
  const { opc, dpc, si, ni, sls } = network.take()[0]!;
  assert.deepEqual({ opc, dpc, si, ni, sls }, { opc: 1, dpc: 2, si: 5, ni: 0, sls: 15 });
});

test('ITU-T Q.764 table A.1: the defaults lie within their bounds, and others than those are refused', () => {
  for (const [name, { defaultMs, minMs, maxMs, clause }] of Object.entries(TIMERS)) {
    assert.ok(defaultMs >= minMs && defaultMs <= maxMs, name);
    assert.match(clause, /^ITU-T Q\.764 §/);
  }
  const groups = [{ name: 'trunk', pointCode: 2, firstCic: 1, circuits: 8 }];
  assert.deepEqual(configurationProblems({ pointCode: 1, groups }), []);
  assert.deepEqual(configurationProblems({ pointCode: 1, groups, times: { T1: 1000 } }), [
    'T1 is 1000 ms, and may be 15000 to 60000',
  ]);
  const wrong = [
    ...groups,
    { name: 'trunk', pointCode: 2, firstCic: 8, circuits: 2 },
    { name: 'self', pointCode: 1, firstCic: 4090, circuits: 7 },
  ];
  assert.equal(configurationProblems({ pointCode: 1, groups: wrong }).length, 4);
});
