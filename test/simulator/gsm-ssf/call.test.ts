/** What is on the list of behaviours for CAP, one test each (checklist ss7, "MAP and CAP dialogues"). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { announcement, bcsmEvent, cause, chargingOf } from '../../../src/simulator/gsm-scf/arguments.ts';
import type { ScfScript } from '../../../src/simulator/gsm-scf/scf-session.ts';
import { gapCalls, watchCall } from '../../../src/simulator/gsm-scf/services/call-services.ts';
import { readCallResult } from '../../../src/simulator/gsm-ssf/charging.ts';
import { calledPartyNumber } from '../../../src/simulator/gsm-ssf/isup-values.ts';
import { sendingSide } from '../../../src/simulator/gsm-ssf/leg-id.ts';
import { missingCustomerRecord } from '../../../src/stack/cap/errors.ts';
import type { Component, Dialogue, DialogueUser } from '../../../src/stack/tcap/service.ts';
import { Rig } from './rig.ts';

/** Takes the trigger and says nothing more. */
const silent: ScfScript = function* (scf) {
  yield* scf.next('initialDP');
  yield* scf.closed();
};

test('3GPP TS 29.078 §10.2.1 Tssf expires before the first answer: default handling, and the late answer finds no dialogue', () => {
  for (const [defaultHandling, last] of [
    ['continue', 'route leg 2 4915190000002'],
    ['release', 'release leg 2 cause 31'],
  ] as const) {
    const rig = new Rig();
    let late: string | undefined;
    const call = rig.call(
      function* (scf) {
        yield* scf.next('initialDP');
        yield* scf.pause(15_000);
        scf.send('continue', undefined);
        scf.dialogue.continue();
        const closed = yield* scf.closed();
        late = closed === 'ended' ? closed : closed.kind;
      },
      { defaultHandling },
    );
    rig.advance(12_000);
    assert(call.record.lines.includes('Tssf expired'));
    assert(call.record.lines.includes(`default handling ${defaultHandling}`));
    assert(call.record.lines.includes(last), call.record.lines.join('\n'));
    rig.advance(10_000);
    assert.equal(late, 'provider');
    assert.equal(rig.counters.get('tcap.sent.pAbort.1'), 1);
  }
});

test('3GPP TS 29.078 §10.2.1 Tssf expires in the middle of a dialogue: the gsmSSF aborts it, and the gsmSCF hears so', () => {
  const rig = new Rig();
  let told: unknown;
  const call = rig.call(
    function* (scf) {
      yield* scf.next('initialDP');
      scf.send('requestReportBCSMEvent', { bcsmEvents: [bcsmEvent('oAnswer', 'interrupted', 2)] });
      scf.send('continue', undefined);
      yield* scf.next('eventReportBCSM');
      told = yield* scf.closed();
    },
    { defaultHandling: 'release' },
  );
  rig.advance(60_000);
  assert.deepEqual(told, { kind: 'user' });
  assert(call.record.lines.includes('default handling release'));
  rig.atRest();
});

test('3GPP TS 29.078 §11.28 resetTimer gives time, and what comes next waits as long again', () => {
  const rig = new Rig();
  const call = rig.call(function* (scf) {
    yield* scf.next('initialDP');
    scf.send('resetTimer', { timervalue: 60 });
    yield* scf.pause(50_000);
    scf.send('furnishChargingInformation', Uint8Array.of(0xa0, 0x05, 0x80, 0x03, 1, 2, 3));
    yield* scf.pause(50_000);
    scf.send('continue', undefined);
    scf.dialogue.end();
  });
  rig.advance(120_000);
  assert(!call.record.lines.includes('Tssf expired'));
  assert(call.record.lines.includes('route leg 2 4915190000002'));
  assert.deepEqual(rig.scf.failures, []);
});

test('3GPP TS 29.078 §11.1 activityTest is answered, and finds out that the gsmSSF has gone', () => {
  const rig = new Rig();
  const outcomes: string[] = [];
  rig.call(function* (scf) {
    yield* scf.next('initialDP');
    scf.send('requestReportBCSMEvent', { bcsmEvents: [bcsmEvent('oDisconnect', 'notifyAndContinue', 1)] });
    scf.send('continue', undefined);
    outcomes.push((yield* scf.outcome(scf.send('activityTest', undefined))).kind);
    rig.lost = true;
    outcomes.push((yield* scf.outcome(scf.send('activityTest', undefined))).kind);
    rig.lost = false;
    scf.dialogue.abort();
  });
  rig.advance(60_000);
  assert.deepEqual(outcomes, ['result', 'timeout']);
  assert.deepEqual(rig.scf.failures, []);
});

test('3GPP TS 23.078 §4.5.7 abort by the gsmSCF while the call waits: default handling', () => {
  const rig = new Rig();
  const call = rig.call(
    function* (scf) {
      yield* scf.next('initialDP');
      yield* scf.pause(100);
      scf.dialogue.abort();
    },
    { defaultHandling: 'release' },
  );
  rig.advance(1000);
  assert.deepEqual(call.record.lines.slice(1), [
    'dialogue lost: user',
    'default handling release',
    'release leg 1 cause 31',
    'release leg 2 cause 31',
  ]);
  rig.atRest();
});

test('3GPP TS 23.078 §4.5.7 the caller abandons while the call waits, unarmed: the gsmSSF aborts', () => {
  const rig = new Rig();
  let told: unknown;
  const call = rig.call(
    function* (scf) {
      yield* scf.next('initialDP');
      scf.send('resetTimer', { timervalue: 20 });
      told = yield* scf.closed();
    },
    { caller: { patienceMs: 1000 } },
  );
  rig.advance(30_000);
  assert.deepEqual(told, { kind: 'user' });
  assert.equal(call.record.lines.at(-1), 'dialogue aborted');
  rig.atRest();
});

test('3GPP TS 23.078 §4.4.2.1 the caller abandons before the gsmSCF has answered: its answer finds no dialogue', () => {
  const rig = new Rig();
  rig.call(
    function* (scf) {
      yield* scf.next('initialDP');
      yield* scf.pause(2000);
      scf.send('continue', undefined);
      scf.dialogue.continue();
      assert.equal(((yield* scf.closed()) as { kind: string }).kind, 'provider');
    },
    { caller: { patienceMs: 1000 } },
  );
  rig.advance(30_000);
  rig.atRest();
});

test('3GPP TS 29.078 §11.9 abandon during connect: reported when it is armed, and the connection attempt is over', () => {
  const rig = new Rig();
  const call = rig.call(
    function* (scf) {
      yield* scf.next('initialDP');
      scf.send('requestReportBCSMEvent', {
        bcsmEvents: [bcsmEvent('oAbandon', 'interrupted', 1), bcsmEvent('oAnswer', 'notifyAndContinue', 2)],
      });
      scf.send('connect', { destinationRoutingAddress: [calledPartyNumber('491234')] });
      const report = yield* scf.next('eventReportBCSM');
      assert.equal(report.eventTypeBCSM, 'oAbandon');
      scf.send('releaseCall', { allCallSegments: cause(31) });
      scf.dialogue.end();
    },
    { caller: { patienceMs: 1000 } },
  );
  rig.advance(30_000);
  assert.deepEqual(call.record.lines.slice(1), [
    'route leg 2 491234',
    'oAbandon leg 1 request',
    'release leg 1 cause 31',
    'release leg 2 cause 31',
    'dialogue ended by gsmSCF',
  ]);
  rig.atRest();
});

test('3GPP TS 29.078 §11.11 a continue that crosses an event report is taken as its answer, and the next one is ignored', () => {
  // The answer comes at 2200 ms, its report reaches the gsmSCF at 2250 ms; a continue of 2225 ms crosses it.
  const rig = new Rig({}, 50);
  const call = rig.call(
    function* (scf) {
      yield* scf.next('initialDP');
      scf.send('requestReportBCSMEvent', {
        bcsmEvents: [
          bcsmEvent('oAnswer', 'interrupted', 2),
          bcsmEvent('oDisconnect', 'notifyAndContinue', 1),
        ],
      });
      scf.send('continue', undefined);
      yield* scf.pause(2175);
      assert(!scf.has('eventReportBCSM'));
      scf.send('continue', undefined);
      assert.equal((yield* scf.next('eventReportBCSM')).eventTypeBCSM, 'oAnswer');
      scf.send('continue', undefined);
      assert.equal((yield* scf.next('eventReportBCSM')).eventTypeBCSM, 'oDisconnect');
      yield* scf.closed();
    },
    { caller: { talksMs: 3000 } },
  );
  rig.advance(30_000);
  assert(
    call.record.lines.includes('continue: unexpectedComponentSequence, not told'),
    call.record.lines.join(' | '),
  );
  rig.atRest();
});

test('3GPP TS 23.078 §4.4.4 an event is disarmed when it was met, and armed again for the next attempt', () => {
  for (const [again, reports] of [
    [true, 2],
    [false, 1],
  ] as const) {
    const rig = new Rig();
    rig.called = () => ({ kind: 'busy', afterMs: 100 });
    let got = 0;
    rig.call(function* (scf) {
      yield* scf.next('initialDP');
      const events = [bcsmEvent('oCalledPartyBusy', 'interrupted', 2)];
      scf.send('requestReportBCSMEvent', { bcsmEvents: events });
      scf.send('continue', undefined);
      yield* scf.next('eventReportBCSM');
      got++;
      if (again) scf.send('requestReportBCSMEvent', { bcsmEvents: events });
      scf.send('connect', { destinationRoutingAddress: [calledPartyNumber('491234')] });
      if (!again) {
        scf.dialogue.continue();
        return scf.dialogue.end('prearranged');
      }
      yield* scf.next('eventReportBCSM');
      got++;
      scf.send('releaseCall', { allCallSegments: cause(17) });
      scf.dialogue.end();
    });
    rig.advance(10_000);
    assert.equal(got, reports);
    rig.atRest();
  }
});

test('3GPP TS 23.078 §4.4.4 what cannot happen any more is disarmed: after the answer only the disconnections are left', () => {
  const rig = new Rig();
  const call = rig.call(
    function* (scf) {
      yield* scf.next('initialDP');
      scf.send('requestReportBCSMEvent', {
        bcsmEvents: [
          bcsmEvent('routeSelectFailure', 'interrupted', 2),
          bcsmEvent('oCalledPartyBusy', 'interrupted', 2),
          bcsmEvent('oNoAnswer', 'interrupted', 2),
          bcsmEvent('oAnswer', 'notifyAndContinue', 2),
          bcsmEvent('oAbandon', 'notifyAndContinue', 1),
          bcsmEvent('oDisconnect', 'notifyAndContinue', 1),
          bcsmEvent('oDisconnect', 'notifyAndContinue', 2),
        ],
      });
      scf.send('continue', undefined);
      yield* scf.next('eventReportBCSM');
      yield* scf.closed();
    },
    { caller: { talksMs: 5000 } },
  );
  rig.advance(4000);
  assert.deepEqual(
    call.armed.all().map(({ point, leg }) => `${point} ${leg}`),
    ['oDisconnect 1', 'oDisconnect 2'],
  );
  rig.advance(10_000);
  rig.atRest();
});

test('3GPP TS 29.078 §11.27 no answer is met when the timer of the gsmSCF ends, before the network gives up', () => {
  const rig = new Rig();
  rig.called = () => ({ kind: 'no-answer', ringsMs: 60_000 });
  let atMs = 0;
  rig.call(function* (scf) {
    yield* scf.next('initialDP');
    scf.send('requestReportBCSMEvent', {
      bcsmEvents: [
        { ...bcsmEvent('oNoAnswer', 'interrupted', 2), dpSpecificCriteria: { applicationTimer: 15 } },
      ],
    });
    scf.send('continue', undefined);
    yield* scf.next('eventReportBCSM');
    atMs = rig.wheel.now();
    scf.send('releaseCall', { allCallSegments: cause(19) });
    scf.dialogue.end();
  });
  rig.advance(30_000);
  assert.equal(Math.round(atMs / 1000), 15);
  rig.atRest();
});

test('3GPP TS 29.078 §11.18 disconnect by either leg is told of the leg that did it', () => {
  for (const leg of [1, 2]) {
    const rig = new Rig();
    rig.called = () => ({ kind: 'answers', ringsMs: 100, ...(leg === 2 ? { talksMs: 1000 } : {}) });
    let who: number | undefined;
    rig.call(
      function* (scf) {
        yield* scf.next('initialDP');
        scf.send('requestReportBCSMEvent', {
          bcsmEvents: [
            bcsmEvent('oDisconnect', 'interrupted', 1),
            bcsmEvent('oDisconnect', 'interrupted', 2),
          ],
        });
        scf.send('continue', undefined);
        who = (yield* scf.next('eventReportBCSM')).legID?.receivingSideID[0];
        scf.send('continue', undefined);
        scf.dialogue.end();
      },
      { caller: leg === 1 ? { talksMs: 1000 } : {} },
    );
    rig.advance(10_000);
    assert.equal(who, leg);
    rig.atRest();
  }
});

test('3GPP TS 29.078 §11.5 calls are gapped, let through once an interval, and told of again when the gap is over', () => {
  const rig = new Rig();
  const first = rig.call(function* (scf) {
    const trigger = yield* scf.next('initialDP');
    void gapCalls(scf, trigger);
  });
  rig.advance(1);
  assert(first.record.lines.includes('callGap'));
  const outcomes = [0, 1, 61_000].map((pauseMs) => {
    rig.advance(pauseMs);
    return rig.call(silent, { caller: { patienceMs: 10 } }).record.lines[0];
  });
  assert.deepEqual(outcomes, [
    'initialDP collectedInfo',
    'gapped, released cause 21',
    'initialDP collectedInfo',
  ]);
  assert.equal(
    rig.call(silent, { serviceKey: 2, caller: { patienceMs: 10 } }).record.lines[0],
    'initialDP collectedInfo',
  );
});

test('3GPP TS 29.078 §11.10 to a resource and back: the resource may ask to be disconnected', () => {
  const rig = new Rig();
  const call = rig.call(function* (scf) {
    yield* scf.next('initialDP');
    scf.send('connectToResource', { resourceAddress: { none: null } });
    scf.send('playAnnouncement', { informationToSend: announcement(5), disconnectFromIPForbidden: false });
    yield* scf.next('specializedResourceReport');
    scf.send('continue', undefined);
    scf.dialogue.end();
  });
  rig.advance(30_000);
  assert.deepEqual(call.record.lines.slice(1, 5), [
    'gsmSRF connected',
    'announcement 5',
    'gsmSRF disconnected',
    'route leg 2 4915190000002',
  ]);
});

test('3GPP TS 29.078 §14.1.4.1 prearranged end: after the last instruction neither side sends an END', () => {
  const rig = new Rig();
  rig.called = () => ({ kind: 'answers', ringsMs: 100, talksMs: 1000 });
  rig.call(function* (scf) {
    yield* watchCall(scf, yield* scf.next('initialDP'))!;
  });
  rig.advance(30_000);
  rig.atRest();
  assert.equal(rig.sccp.sent.filter(({ data }) => data[0] === 0x64).length, 0);
});

test('3GPP TS 29.078 §6.1.2 an application context that is not supported is refused: default handling', () => {
  const rig = new Rig();
  const call = rig.call(undefined, { phase: 4 });
  rig.advance(1000);
  assert.deepEqual(call.record.lines.slice(1, 4), [
    'dialogue lost: refused',
    'default handling continue',
    'route leg 2 4915190000002',
  ]);
  assert.equal(rig.counters.get('tcap.dialogue.contextRefused'), 1);
});

test('ITU-T Q.773 §4.2.2.6 a report that is linked to no announcement, or to another operation, is rejected', () => {
  const problems: string[] = [];
  for (const wrong of ['unknown', 'other'] as const) {
    const rig = new Rig();
    const under: { id: number | null } = { id: null };
    rig.script = function* (scf) {
      yield* scf.next('initialDP');
      under.id = scf.send('resetTimer', { timervalue: 30 }).id;
      yield* scf.closed();
    };
    const user: DialogueUser = {
      onComponent: (_dialogue: Dialogue, component: Component) => {
        if (component.kind === 'reject') problems.push(`${component.problem.type} ${component.problem.code}`);
      },
      onDelimiter: () => undefined,
      onInvokeTimeout: () => undefined,
      onAbort: () => undefined,
    };
    const dialogue = rig.ssfTcap.open({
      localAddress: rig.ssfAddress,
      remoteAddress: rig.scfAddress,
      applicationContext: [0, 4, 0, 0, 1, 21, 3, 4],
      user,
    });
    assert(dialogue);
    dialogue.invoke({
      operationCode: 0,
      parameter: Uint8Array.of(0x30, 0x03, 0x80, 0x01, 0x01),
      operationClass: 2,
      timeoutMs: 5000,
    });
    dialogue.begin();
    rig.advance(1);
    const linkedId = wrong === 'unknown' ? 77 : (under.id ?? 0);
    dialogue.invoke({
      operationCode: 49,
      parameter: Uint8Array.of(0x05, 0x00),
      operationClass: 4,
      timeoutMs: 5000,
      linkedId,
    });
    dialogue.continue();
    rig.advance(1000);
    dialogue.end();
  }
  assert.deepEqual(problems, ['invoke 5', 'invoke 6']);
});

test('3GPP TS 29.078 §11.2 charging: the tariff switches, the tone warns, and the call is released when the period is over', () => {
  const rig = new Rig();
  const call = rig.call(function* (scf) {
    yield* scf.next('initialDP');
    scf.send('applyCharging', {
      aChBillingChargingCharacteristics: chargingOf(3, {
        seconds: 40,
        release: true,
        tone: true,
        tariffSwitchSeconds: 20,
      }),
      partyToCharge: sendingSide(1),
    });
    const twice = scf.send('applyCharging', {
      aChBillingChargingCharacteristics: chargingOf(3, { seconds: 40 }),
      partyToCharge: sendingSide(1),
    });
    scf.send('continue', undefined);
    assert.equal(yield* scf.error(twice), 'unexpectedComponentSequence');
    yield* scf.next('applyChargingReport');
    yield* scf.closed();
  });
  rig.advance(60_000);
  assert.deepEqual(call.record.lines.slice(-5), [
    'warning tone leg 1',
    'charged period exceeded',
    'release leg 1 cause 31',
    'release leg 2 cause 31',
    'dialogue ended',
  ]);
  rig.atRest();
});

test('3GPP TS 29.078 §11.27 a terminating call: tBusy interrupted, and a forwarding by connect', () => {
  const rig = new Rig();
  rig.called = (number) =>
    number === '491234' ? { kind: 'answers', ringsMs: 100, talksMs: 100 } : { kind: 'busy', afterMs: 100 };
  const call = rig.call(
    function* (scf) {
      const { eventTypeBCSM } = yield* scf.next('initialDP');
      assert.equal(eventTypeBCSM, 'termAttemptAuthorized');
      scf.send('requestReportBCSMEvent', { bcsmEvents: [bcsmEvent('tBusy', 'interrupted', 2)] });
      scf.send('continue', undefined);
      yield* scf.next('eventReportBCSM');
      scf.send('connect', { destinationRoutingAddress: [calledPartyNumber('491234')] });
      scf.dialogue.end();
    },
    { bcsm: 'T', trigger: 'termAttemptAuthorized', phase: 2 },
  );
  rig.advance(10_000);
  assert(call.record.lines.includes('route leg 2 491234'));
  rig.atRest();
});

test('3GPP TS 29.078 §10.1 wrong uses of legs and segments are answered with their errors', () => {
  const rig = new Rig();
  rig.call(
    function* (scf) {
      yield* scf.next('initialDP');
      const errors: string[] = [];
      errors.push(yield* scf.error(scf.send('splitLeg', { legToBeSplit: sendingSide(9) })));
      errors.push(yield* scf.error(scf.send('moveLeg', { legIDToMove: sendingSide(2) })));
      errors.push(
        yield* scf.error(
          scf.send('playAnnouncement', { informationToSend: announcement(1), callSegmentID: 7 }),
        ),
      );
      errors.push(yield* scf.error(scf.send('playAnnouncement', { informationToSend: announcement(1) })));
      errors.push(
        yield* scf.error(
          scf.send('initiateCallAttempt', {
            destinationRoutingAddress: [calledPartyNumber('49')],
            legToBeCreated: sendingSide(2),
          }),
        ),
      );
      errors.push(
        yield* scf.error(
          scf.send('requestReportBCSMEvent', { bcsmEvents: [bcsmEvent('oDisconnect', 'interrupted')] }),
        ),
      );
      errors.push(
        yield* scf.error(scf.send('applyCharging', { aChBillingChargingCharacteristics: new Uint8Array(5) })),
      );
      errors.push(yield* scf.error(scf.send('furnishChargingInformation', new Uint8Array(5))));
      assert.deepEqual(errors, [
        'unknownLegID',
        'taskRefused',
        'unknownCSID',
        'unexpectedComponentSequence',
        'unexpectedDataValue',
        'missingParameter',
        'unexpectedDataValue',
        'unexpectedDataValue',
      ]);
      scf.send('releaseCall', { allCallSegments: cause(31) });
      scf.dialogue.end();
    },
    { phase: 4 },
  );
  rig.advance(10_000);
  rig.atRest();
});

test('3GPP TS 29.078 §11.20 initialDP is refused with an error: default handling', () => {
  const rig = new Rig();
  const call = rig.call(function* (scf) {
    const { invocation } = yield* scf.nextInvocation('initialDP');
    invocation.error(missingCustomerRecord);
    scf.dialogue.end();
  });
  rig.advance(1000);
  assert.deepEqual(call.record.lines.slice(1, 4), [
    'initialDP refused: missingCustomerRecord',
    'default handling continue',
    'route leg 2 4915190000002',
  ]);
});

test('3GPP TS 29.078 §11.3 the report of a period comes when it is over, and the next one runs from there', () => {
  const rig = new Rig();
  const atMs: number[] = [];
  const times: unknown[] = [];
  rig.call(
    function* (scf) {
      yield* scf.next('initialDP');
      const order = {
        aChBillingChargingCharacteristics: chargingOf(3, { seconds: 10 }),
        partyToCharge: sendingSide(1),
      };
      scf.send('requestReportBCSMEvent', {
        bcsmEvents: [bcsmEvent('oDisconnect', 'notifyAndContinue', 1)],
      });
      scf.send('applyCharging', order);
      scf.send('continue', undefined);
      for (const pauseMs of [3000, 0, 0]) {
        const report = readCallResult(yield* scf.next('applyChargingReport'));
        atMs.push(rig.wheel.now());
        times.push(report?.timeDurationChargingResult.timeInformation);
        if (report?.timeDurationChargingResult.legActive === false) break;
        yield* scf.pause(pauseMs);
        scf.send('applyCharging', order);
      }
      yield* scf.closed();
    },
    { caller: { talksMs: 25_000 } },
  );
  rig.advance(60_000);
  const answerMs = 2100;
  assert.deepEqual(
    atMs.map((ms) => Math.round((ms - answerMs) / 1000)),
    [10, 20, 25],
  );
  assert.deepEqual(times, [
    { timeIfNoTariffSwitch: 100 },
    { timeIfNoTariffSwitch: 200 },
    { timeIfNoTariffSwitch: 250 },
  ]);
  rig.atRest();
});
