import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SmsDelivery } from '../../../src/gateway/map/sms-delivery.ts';
import type {
  DeliveryJob,
  DeliveryOutcome,
  SmsDeliveryOptions,
} from '../../../src/gateway/map/sms-delivery-ports.ts';
import { compile } from '../../../src/stack/asn1/index.ts';
import { internationalAddress } from '../../../src/stack/map/address-string.ts';
import {
  AbsentSubscriberSMParam,
  SmDeliveryFailureCause,
} from '../../../src/stack/map/errors/short-message.ts';
import { ForwardSMArgV2 } from '../../../src/stack/map/operations/forward-sm.ts';
import {
  InformServiceCentreArg,
  type MwStatus,
} from '../../../src/stack/map/operations/inform-service-centre.ts';
import { MtForwardSMArg } from '../../../src/stack/map/operations/mt-forward-sm.ts';
import {
  ReportSMDeliveryStatusArg,
  ReportSMDeliveryStatusRes,
} from '../../../src/stack/map/operations/report-sm-delivery-status.ts';
import {
  RoutingInfoForSMArg,
  RoutingInfoForSMRes,
  RoutingInfoForSMResV2,
} from '../../../src/stack/map/operations/send-routing-info-for-sm.ts';
import { VersionMemory } from '../../../src/stack/map/service/version-memory.ts';
import { encodeTbcd } from '../../../src/stack/map/tbcd.ts';
import { internationalAddress as smsNumber } from '../../../src/stack/sms/address.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';
import {
  error,
  invoke,
  reject,
  result,
  type ScriptedDialogue,
  ScriptedTcap,
} from '../../support/scripted-dialogue.ts';

const B = '491710000002';
const originatingAddress = smsNumber('491700000');
const imsi = encodeTbcd('262010000000002');
const part = (length: number, fill = 7) => new Uint8Array(length).fill(fill);

const codecs = {
  routed: compile(RoutingInfoForSMRes),
  inform: compile(InformServiceCentreArg),
  forward: compile(MtForwardSMArg),
  failure: compile(SmDeliveryFailureCause),
  report: compile(ReportSMDeliveryStatusArg),
  reported: compile(ReportSMDeliveryStatusRes),
  routing: compile(RoutingInfoForSMArg),
  absent: compile(AbsentSubscriberSMParam),
};

const forwarding = ['invoke 44', 'continue'];

class Plant {
  readonly timers = new TimingWheel();
  readonly tcap = new ScriptedTcap();
  readonly outcomes: DeliveryOutcome[] = [];
  sent = 0;
  done = 0;
  readonly delivery: SmsDelivery;

  constructor(job: Partial<DeliveryJob> = {}, options: Partial<SmsDeliveryOptions> = {}) {
    this.delivery = new SmsDelivery(
      {
        clock: { now: () => 1_000 + this.timers.now(), monotonic: () => this.timers.now() },
        counters: new CountersMap(),
        timers: this.timers,
        tcap: this.tcap,
        versions: new VersionMemory({ now: () => this.timers.now(), counters: new CountersMap() }),
        numbering: { countryCode: '49', nationalPrefix: '0', internationalPrefix: '00' },
        addresses: {
          serviceCentre: { routing: 'ssn', ssn: 8 },
          subsystem: (_digits, ssn) => ({ routing: 'ssn', ssn }),
        },
        options: {
          serviceCentre: '491700000',
          originatingAddress,
          handshake: 'always',
          routingTimeoutMs: 30_000,
          forwardTimeoutMs: 60_000,
          reportTimeoutMs: 10_000,
          ...options,
        },
      },
      {
        recipient: B,
        parts: [part(140)],
        firstPart: 0,
        priority: false,
        onSent: () => this.sent++,
        ...job,
      },
      (outcome) => this.outcomes.push(outcome),
      () => this.done++,
    );
    this.delivery.start();
  }

  /** The HLR's answer to sendRoutingInfoForSM: where B is. */
  routed(lmsi?: Uint8Array, ...status: MwStatus['bits']): void {
    const dialogue = this.#expect(6, ['invoke 45', 'begin']);
    const where = {
      'networkNode-Number': internationalAddress('491770000'),
      ...(lmsi === undefined ? {} : { lmsi }),
    };
    const parameter = codecs.routed.encode({ imsi, locationInfoWithLMSI: where });
    dialogue.receive('end', result(45, parameter), ...informed(status));
  }

  /** …or an error. */
  notRouted(code: number, ...status: MwStatus['bits']): void {
    this.#expect(6, ['invoke 45', 'begin']).receive('end', error(code), ...informed(status));
  }

  /** The MSC answers the empty BEGIN, and gets the message. */
  opened(): ScriptedDialogue {
    const dialogue = this.#expect(8, ['begin']);
    dialogue.receive('continue');
    assert.deepEqual(dialogue.sent(), forwarding);
    return dialogue;
  }

  /** The message goes with the BEGIN. */
  openedWithMessage(): ScriptedDialogue {
    return this.#expect(8, ['invoke 44', 'begin']);
  }

  /** reportSM-DeliveryStatus is out: what it says. */
  report(): { readonly outcome: string; readonly dialogue: ScriptedDialogue } {
    const dialogue = this.#expect(6, ['invoke 47', 'begin']);
    const argument = codecs.report.decode(dialogue.invokes[0]!.parameter!);
    assert.ok(argument.ok);
    return { outcome: String(argument.value['sm-DeliveryOutcome']), dialogue };
  }

  ended(expected: Partial<DeliveryOutcome>): void {
    assert.equal(this.outcomes.length, 1, 'one outcome');
    const [outcome] = this.outcomes;
    for (const [key, value] of Object.entries(expected)) {
      assert.equal(outcome?.[key as keyof DeliveryOutcome], value, key);
    }
    assert.equal(this.done, 1, 'and nothing left to do');
    assert.equal(this.delivery.state, 'done');
    assert.deepEqual(this.tcap.opened, [], 'no further dialogue');
    assert.equal(this.timers.nextDeadlineMs(), Infinity, 'no timer');
  }

  #expect(ssn: number, sent: readonly string[]): ScriptedDialogue {
    const dialogue = this.tcap.next();
    assert.equal(dialogue.remoteAddress.ssn, ssn);
    assert.deepEqual(dialogue.sent(), sent);
    return dialogue;
  }
}

function informed(status: MwStatus['bits']) {
  if (status.length === 0) return [];
  return [invoke(63, codecs.inform.encode({ 'mw-Status': { bits: status, bitCount: 6 } }), 2)];
}

function forwarded(dialogue: ScriptedDialogue, at = 0) {
  const argument = codecs.forward.decode(dialogue.invokes[at]!.parameter!);
  assert.ok(argument.ok);
  return argument.value;
}

test('F2 delivered: routing, the empty BEGIN, the message; one outcome', () => {
  const plant = new Plant();
  plant.routed();
  const msc = plant.opened();
  assert.deepEqual(forwarded(msc)['sm-RP-DA'], { imsi });
  assert.equal(forwarded(msc).moreMessagesToSend, undefined);
  assert.ok(msc.idleLimitMs > 60_000, 'the operation’s own timer ends before the dialogue is idle');
  assert.equal(plant.sent, 1);
  msc.receive('end', result());
  plant.ended({ result: 'delivered', partsDelivered: 1, uncertain: false, startedAtMs: 1_000 });
});

test('a result in a CONTINUE: the dialogue is ours to end', () => {
  const plant = new Plant();
  plant.routed();
  const msc = plant.opened();
  msc.receive('continue', result());
  assert.deepEqual(msc.sent(), ['end']);
  plant.ended({ result: 'delivered' });
});

test('with an LMSI it is the destination, and the IMSI the destination reference of the dialogue', () => {
  const plant = new Plant();
  const lmsi = Uint8Array.of(1, 2, 3, 4);
  plant.routed(lmsi);
  const msc = plant.opened();
  assert.deepEqual(forwarded(msc)['sm-RP-DA'], { lmsi });
  assert.ok(Buffer.from(msc.userInformation ?? []).includes(Buffer.from(imsi)));
});

test('several parts in one dialogue, each but the last with more messages to send', () => {
  const plant = new Plant({ parts: [part(140, 1), part(140, 2), part(50, 3)] });
  plant.routed();
  const msc = plant.opened();
  msc.receive('continue', result());
  assert.deepEqual(msc.sent(), forwarding);
  msc.receive('continue', result(undefined, undefined, 2));
  assert.deepEqual(msc.sent(), forwarding);
  assert.deepEqual(
    [0, 1, 2].map((at) => forwarded(msc, at).moreMessagesToSend),
    [null, null, undefined],
  );
  msc.receive('end', result(undefined, undefined, 3));
  assert.equal(plant.sent, 1);
  plant.ended({ result: 'delivered', partsDelivered: 3 });
});

test('an MSC that ends the dialogue after each part gets the next one in a new dialogue', () => {
  const plant = new Plant({ parts: [part(140), part(140)] });
  plant.routed();
  plant.opened().receive('end', result());
  plant.opened().receive('end', result());
  plant.ended({ result: 'delivered', partsDelivered: 2 });
});

test('what is missing of a notice goes on with its first missing part', () => {
  const plant = new Plant({ parts: [part(140, 1), part(140, 2)], firstPart: 1 });
  plant.routed();
  const msc = plant.opened();
  assert.equal(forwarded(msc)['sm-RP-UI'][0], 2);
  assert.equal(forwarded(msc).moreMessagesToSend, undefined);
  msc.receive('end', result());
  plant.ended({ result: 'delivered', partsDelivered: 2 });
});

test('a part that failed after one that arrived: the count of parts says so', () => {
  const plant = new Plant({ parts: [part(140), part(140)] });
  plant.routed();
  const msc = plant.opened();
  msc.receive('continue', result());
  msc.receive('end', error(31, undefined, 2));
  plant.ended({ result: 'temporary', partsDelivered: 1, uncertain: false });
});

test('handshake: never; when needed, by the length of the part', () => {
  for (const [handshake, length] of [
    ['never', 140],
    ['when-needed', 60],
  ] as const) {
    const plant = new Plant({ parts: [part(length)] }, { handshake });
    plant.routed();
    plant.openedWithMessage().receive('end', result());
    plant.ended({ result: 'delivered' });
    assert.equal(plant.sent, 1);
  }
  const plant = new Plant({ parts: [part(140)] }, { handshake: 'when-needed' });
  plant.routed();
  plant.opened();
});

test('a BEGIN with the message in it that is refused or comes back has brought nothing; aborted it may have', () => {
  for (const [abort, uncertain] of [
    [{ kind: 'refused', diagnostic: 'no-reason' }, false],
    [{ kind: 'notice', returnCause: 1 }, false],
    [{ kind: 'user' }, true],
  ] as const) {
    const plant = new Plant({}, { handshake: 'never' });
    plant.routed();
    plant.openedWithMessage().aborted(abort);
    plant.ended({ result: 'temporary', uncertain });
  }
});

test('N5 absent by the HLR’s record, which puts us on its list: no report is due', () => {
  const plant = new Plant();
  plant.notRouted(6);
  plant.ended({ result: 'absent', onWaitingList: true });
});

test('absent, and the HLR says that our address is not on its list: it is reported', () => {
  for (const [answer, onWaitingList] of [
    [result(), true],
    [error(33), false],
  ] as const) {
    const plant = new Plant();
    plant.notRouted(6, 'sc-AddressNotIncluded', 'mnrf-Set');
    const { outcome, dialogue } = plant.report();
    assert.equal(outcome, 'absentSubscriber');
    dialogue.receive('end', answer);
    plant.ended({ result: 'absent', onWaitingList });
  }
});

test('absent at the MSC, or unknown to it: reported, and the list is as the HLR answers', () => {
  for (const code of [6, 27, 5]) {
    const plant = new Plant();
    plant.routed();
    plant.opened().receive('end', error(code));
    const { outcome, dialogue } = plant.report();
    assert.equal(outcome, 'absentSubscriber');
    assert.equal(plant.outcomes.length, 0, 'the outcome waits for it');
    dialogue.receive('end', result());
    plant.ended({ result: 'absent', onWaitingList: true });
  }
});

test('the list of the HLR is full (33), or the report gets no answer: nobody will tell us', () => {
  const full = new Plant();
  full.routed();
  full.opened().receive('end', error(6));
  full.report().dialogue.receive('end', error(33));
  full.ended({ result: 'absent', onWaitingList: false });
  const silent = new Plant();
  silent.routed();
  silent.opened().receive('end', error(6));
  const { dialogue } = silent.report();
  dialogue.timeout();
  assert.deepEqual(dialogue.sent(), ['abort']);
  silent.ended({ result: 'absent', onWaitingList: false });
});

test('the memory is full: reported as such', () => {
  const plant = new Plant();
  plant.routed();
  const parameter = codecs.failure.encode({ 'sm-EnumeratedDeliveryFailureCause': 'memoryCapacityExceeded' });
  plant.opened().receive('end', error(32, parameter));
  const { outcome, dialogue } = plant.report();
  assert.equal(outcome, 'memoryCapacityExceeded');
  dialogue.receive('end', result());
  plant.ended({ result: 'memory-full', onWaitingList: true });
});

test('other failures of the delivery in the handset are lasting', () => {
  const plant = new Plant();
  plant.routed();
  const parameter = codecs.failure.encode({ 'sm-EnumeratedDeliveryFailureCause': 'equipmentNotSM-Equipped' });
  plant.opened().receive('end', error(32, parameter));
  plant.ended({ result: 'permanent' });
});

test('success while the HLR has a flag set is reported; the outcome does not wait for it', () => {
  for (const flag of ['mnrf-Set', 'mcef-Set', 'mnrg-Set'] as const) {
    const plant = new Plant();
    plant.routed(undefined, flag);
    plant.opened().receive('end', result());
    assert.equal(plant.outcomes[0]?.result, 'delivered');
    assert.equal(plant.done, 0);
    const { outcome, dialogue } = plant.report();
    assert.equal(outcome, 'successfulTransfer');
    dialogue.receive('end', error(34));
    plant.ended({ result: 'delivered' });
  }
});

for (const [code, expected] of [
  [1, 'permanent'],
  [11, 'permanent'],
  [13, 'permanent'],
  [21, 'temporary'],
  [34, 'temporary'],
  [35, 'permanent'],
  [36, 'permanent'],
  [99, 'temporary'],
] as const) {
  test(`error ${code} of sendRoutingInfoForSM is ${expected}`, () => {
    const plant = new Plant();
    plant.notRouted(code);
    plant.ended({ result: expected, uncertain: false });
  });
}

for (const [code, expected] of [
  [9, 'permanent'],
  [12, 'permanent'],
  [21, 'temporary'],
  [31, 'temporary'],
  [34, 'temporary'],
] as const) {
  test(`error ${code} of mt-ForwardSM is ${expected}`, () => {
    const plant = new Plant();
    plant.routed();
    plant.opened().receive('end', error(code));
    plant.ended({ result: expected, uncertain: false });
  });
}

test('no answer of the HLR, no dialogue free, an answer that cannot be read: another try later', () => {
  const silent = new Plant();
  silent.tcap.next().timeout();
  silent.ended({ result: 'temporary', uncertain: false });
  const aborted = new Plant();
  aborted.tcap.next().aborted({ kind: 'provider', cause: 4, local: false });
  aborted.ended({ result: 'temporary', uncertain: false });
  const broken = new Plant();
  broken.tcap.next().receive('end', result(45, Uint8Array.of(0x30, 0x00)));
  broken.ended({ result: 'temporary', uncertain: false });
  const full = new Plant();
  full.tcap.full = true;
  full.routed();
  full.ended({ result: 'temporary', uncertain: false });
});

test('no answer of the MSC to the BEGIN: nothing arrived; to the message: it may have', () => {
  const unopened = new Plant();
  unopened.routed();
  unopened.timers.advance(30_000);
  assert.deepEqual(unopened.tcap.next().sent(), ['begin', 'end prearranged']);
  unopened.ended({ result: 'temporary', uncertain: false });
  const aborted = new Plant();
  aborted.routed();
  aborted.tcap.next().aborted({ kind: 'refused', diagnostic: 'no-reason' });
  aborted.ended({ result: 'temporary', uncertain: false });
  const unanswered = new Plant();
  unanswered.routed();
  const msc = unanswered.opened();
  msc.timeout();
  assert.deepEqual(msc.sent(), ['abort']);
  unanswered.ended({ result: 'temporary', uncertain: true });
  const ended = new Plant();
  ended.routed();
  ended.opened().receive('end');
  ended.ended({ result: 'temporary', uncertain: true });
});

test('an answer that TCAP cannot read may have been a success; a reject of the operation is lasting', () => {
  const unreadable = new Plant();
  unreadable.routed();
  unreadable.opened().receive('end', reject('general', 1, true));
  unreadable.ended({ result: 'temporary', uncertain: true });
  const rejected = new Plant();
  rejected.routed();
  rejected.opened().receive('end', reject('invoke', 1));
  rejected.ended({ result: 'permanent', uncertain: false });
});

test('A1 sm-RP-PRI is asked for where the flag of the HLR is not to be believed', () => {
  for (const priority of [false, true]) {
    const plant = new Plant({ priority });
    const hlr = plant.tcap.next();
    const argument = codecs.routing.decode(hlr.invokes[0]!.parameter!);
    assert.equal(argument.ok && argument.value['sm-RP-PRI'], priority);
  }
});

test('3GPP TS 29.002 §23.6 what the HLR has on record already is not reported', () => {
  const absent = new Plant({ priority: true });
  absent.routed(undefined, 'mnrf-Set');
  absent.opened().receive('end', error(6));
  absent.ended({ result: 'absent', onWaitingList: true });
  const unlisted = new Plant({ priority: true });
  unlisted.routed(undefined, 'mnrf-Set', 'sc-AddressNotIncluded');
  unlisted.opened().receive('end', error(6));
  unlisted.report().dialogue.receive('end', result());
  unlisted.ended({ result: 'absent', onWaitingList: true });
  const full = new Plant();
  full.routed(undefined, 'mcef-Set');
  const parameter = codecs.failure.encode({ 'sm-EnumeratedDeliveryFailureCause': 'memoryCapacityExceeded' });
  full.opened().receive('end', error(32, parameter));
  full.ended({ result: 'memory-full', onWaitingList: true });
});

test('3GPP TS 29.002 §12.3 the diagnostic of the absence is passed on to the HLR', () => {
  const plant = new Plant();
  plant.routed();
  plant.opened().receive('end', error(6, codecs.absent.encode({ absentSubscriberDiagnosticSM: 1 })));
  const { dialogue } = plant.report();
  const argument = codecs.report.decode(dialogue.invokes[0]!.parameter!);
  assert.equal(argument.ok && argument.value.absentSubscriberDiagnosticSM, 1);
});

test('3GPP TS 29.002 §12.3, §12.6 the number that the HLR stores is told with the outcome', () => {
  const storedMSISDN = internationalAddress('491710000003');
  const informed = new Plant();
  const inform = codecs.inform.encode({ storedMSISDN, 'mw-Status': { bits: ['mnrf-Set'], bitCount: 6 } });
  const hlr = informed.tcap.next();
  hlr.sent();
  hlr.receive('end', error(6), invoke(63, inform, 2));
  informed.ended({ result: 'absent', onWaitingList: true, storedAs: '491710000003' });
  const reported = new Plant();
  reported.routed();
  reported.opened().receive('end', error(6));
  reported.report().dialogue.receive('end', result(47, codecs.reported.encode({ storedMSISDN })));
  reported.ended({ result: 'absent', storedAs: '491710000003' });
  const same = new Plant();
  same.routed();
  same.opened().receive('end', error(6));
  const own = codecs.reported.encode({ storedMSISDN: internationalAddress(B) });
  same.report().dialogue.receive('end', result(47, own));
  same.ended({ result: 'absent', storedAs: '' });
});

test('an HLR that answers in a CONTINUE is ended by us', () => {
  const plant = new Plant();
  const hlr = plant.tcap.next();
  hlr.sent();
  hlr.receive('continue', error(6));
  assert.deepEqual(hlr.sent(), ['end']);
  plant.ended({ result: 'absent' });
});

const contextsOf = (dialogue: ScriptedDialogue) => dialogue.applicationContext?.slice(-2).join('.');
const unsupported = { kind: 'refused', diagnostic: 'application-context-not-supported' } as const;
const routedV2 = compile(RoutingInfoForSMResV2);
const forwardV2 = compile(ForwardSMArgV2);

/** HLR and MSC that speak an earlier version, each in its way of saying so. */
for (const { title, refusals, version } of [
  { title: 'version 2 after a refusal of version 3', refusals: [unsupported], version: 2 },
  { title: 'version 1 after refusals of 3 and 2', refusals: [unsupported, unsupported], version: 1 },
  {
    title: 'version 1 as the alternative that the peer offers',
    refusals: [{ ...unsupported, alternative: [0, 4, 0, 0, 1, 0, 20, 1] }],
    version: 1,
  },
  {
    title: 'version 1 after P-Abort "incorrect transaction portion"',
    refusals: [{ kind: 'provider', cause: 3, local: false }],
    version: 1,
  },
  {
    title: 'version 1 after "no common dialogue portion"',
    refusals: [{ kind: 'refused', diagnostic: 'no-common-dialogue-portion' }],
    version: 1,
  },
  {
    title: 'version 1 after an ABORT without a dialogue portion',
    refusals: [{ kind: 'user', withoutPortion: true }],
    version: 1,
  },
] as const) {
  test(`3GPP TS 29.002 §15.2.1 sendRoutingInfoForSM and mt-ForwardSM: ${title}`, () => {
    const plant = new Plant();
    for (const refusal of refusals) plant.tcap.next().aborted(refusal);
    const hlr = plant.tcap.next();
    assert.equal(contextsOf(hlr), version === 1 ? undefined : `20.${version}`, 'version 1 names no context');
    const where = { locationInfo: { 'msc-Number': internationalAddress('491770000') } };
    hlr.receive('end', result(45, routedV2.encode({ imsi, locationInfoWithLMSI: where })));
    for (const refusal of refusals) {
      const alternative = 'alternative' in refusal ? { alternative: [0, 4, 0, 0, 1, 0, 21, 1] } : {};
      plant.tcap.next().aborted({ ...refusal, ...alternative });
    }
    const msc = plant.tcap.next();
    assert.equal(contextsOf(msc), version === 1 ? undefined : '25.2');
    if (version === 2) msc.receive('continue');
    const sent = msc.sent();
    assert.deepEqual(
      sent,
      version === 1 ? ['invoke 46', 'begin'] : ['begin', 'invoke 46', 'continue'],
      'version 1 has no empty BEGIN',
    );
    assert.ok(forwardV2.decode(msc.invokes[0]!.parameter!).ok);
    msc.receive('end', result());
    assert.equal(plant.sent, 1, 'handed to the network once');
    plant.ended({ result: 'delivered', partsDelivered: 1, uncertain: false });
  });
}

test('3GPP TS 29.002 §5.1 the version of a peer is remembered: the next request pays no refusal', () => {
  const plant = new Plant();
  plant.tcap.next().aborted(unsupported);
  const hlr = plant.tcap.next();
  const where = { locationInfo: { roamingNumber: internationalAddress('491770000') } };
  const parameter = routedV2.encode({ imsi, locationInfoWithLMSI: where, 'mwd-Set': true });
  hlr.receive('end', result(45, parameter));
  const msc = plant.opened();
  msc.receive('end', result());
  // mwd-Set: the HLR wants to hear of the success, in the version that it is known to speak.
  const { dialogue, outcome } = plant.report();
  assert.equal(outcome, 'successfulTransfer');
  assert.equal(contextsOf(dialogue), '20.2');
  dialogue.receive('end', result(47, internationalAddress('491710000009')));
  plant.ended({ result: 'delivered' });
});

for (const [value, listed] of [
  [0xff, true],
  [0, false],
] as const) {
  test(`absentSubscriber (27) of version 2 with the parameter ${listed}: ${listed ? '' : 'not '}on the list`, () => {
    const plant = new Plant();
    plant.tcap.next().aborted(unsupported);
    plant.tcap.next().receive('end', error(27, Uint8Array.of(1, 1, value)));
    if (!listed) plant.report().dialogue.receive('end', result());
    plant.ended({ result: 'absent', onWaitingList: true });
  });
}

test('sm-DeliveryFailure (32) of versions 1 and 2, a bare cause: the memory is full', () => {
  const plant = new Plant();
  plant.routed();
  plant.tcap.next().aborted(unsupported);
  const msc = plant.tcap.next();
  msc.receive('continue');
  msc.receive('end', error(32, Uint8Array.of(0x0a, 1, 0)));
  plant.report().dialogue.receive('end', result());
  plant.ended({ result: 'memory-full', onWaitingList: true });
});

test('no version is left: another try later, and nothing has arrived', () => {
  const plant = new Plant();
  for (let version = 3; version >= 1; version--) plant.tcap.next().aborted(unsupported);
  plant.ended({ result: 'temporary', uncertain: false });
  const unforwarded = new Plant();
  unforwarded.routed();
  for (let version = 3; version >= 1; version--) unforwarded.tcap.next().aborted(unsupported);
  unforwarded.ended({ result: 'temporary', uncertain: false });
});
