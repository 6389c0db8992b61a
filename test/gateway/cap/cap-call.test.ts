import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CapGateway } from '../../../src/gateway/cap/cap-gateway.ts';
import { compile } from '../../../src/stack/asn1/index.ts';
import { capV2GsmSsfToGsmScf, capV3GsmSsfScfGeneric } from '../../../src/stack/cap/application-contexts.ts';
import { EventReportBCSMArg } from '../../../src/stack/cap/operations/event-report-bcsm.ts';
import { InitialDPArgV2 } from '../../../src/stack/cap/operations/initial-dp.ts';
import { encodeTimeAndTimezone } from '../../../src/stack/cap/time-and-timezone.ts';
import { encodeCause } from '../../../src/stack/isup/cause.ts';
import { encodeCalledPartyNumber, encodeCallingPartyNumber } from '../../../src/stack/isup/number.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import type { CallMissed, SubscriberEvent } from '../../../src/types/model/event.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';
import { error, invoke, reject, ScriptedDialogue } from '../../support/scripted-dialogue.ts';

const initialDP = compile(InitialDPArgV2);
const report = compile(EventReportBCSMArg);

const A = '491710000001';
const B = '491710000002';
const nobody = { onComponent: fail, onDelimiter: fail, onInvokeTimeout: fail, onAbort: fail };

function fail(): never {
  throw new Error('the dialogue has no user');
}

/** A gateway whose subscribers are the test. */
class Plant {
  readonly timers = new TimingWheel();
  readonly counters = new CountersMap();
  readonly asked: number[] = [];
  readonly told: SubscriberEvent[] = [];
  readonly answered: string[] = [];
  room = true;
  readonly gateway = new CapGateway(
    {
      serviceKeys: [1],
      originatingServiceKeys: [2],
      callsMax: 100,
      armBusy: 'interrupted',
      armNoAnswer: 'interrupted',
      operationMs: 5_000,
      answerDeadlineMs: 300,
      numbering: { countryCode: '49', nationalPrefix: '0', internationalPrefix: '00' },
    },
    {
      clock: { now: () => 1_000_000 + this.timers.now(), monotonic: () => this.timers.now() },
      timers: this.timers,
      counters: this.counters,
      subscribers: {
        decide: (token) => {
          if (this.room) this.asked.push(token);
          return this.room;
        },
        report: (event) => {
          if (this.room) this.told.push(event);
          return this.room;
        },
      },
      onAnswered: (_ms, how) => this.answered.push(how),
      onLate: () => undefined,
    },
    1_000,
  );

  begin(context: { readonly objectIdentifier: readonly number[] } = capV2GsmSsfToGsmScf): ScriptedDialogue {
    const dialogue = new ScriptedDialogue(nobody, context.objectIdentifier);
    const user = this.gateway.onBegin(dialogue, {});
    assert.ok(user !== 'refuse-context');
    dialogue.user = user;
    return dialogue;
  }

  /** An initialDP for B. */
  attempt(change: Partial<Parameters<typeof initialDP.encode>[0]> = {}): ScriptedDialogue {
    const number = { nature: 4, plan: 1 };
    const parameter = initialDP.encode({
      serviceKey: 1,
      calledPartyNumber: encodeCalledPartyNumber({ ...number, digits: B, internalNetworkNumber: false }),
      callingPartyNumber: encodeCallingPartyNumber({
        ...number,
        digits: A,
        incomplete: false,
        presentation: 0,
        screening: 3,
      }),
      eventTypeBCSM: 'termAttemptAuthorized',
      callReferenceNumber: Uint8Array.of(1, 2, 3),
      mscAddress: Uint8Array.of(0x91, 0x94, 0x71),
      ...change,
    });
    return this.begin().receive('begin', invoke(0, parameter));
  }

  /** …of which B wants to know how it ends. */
  watched(change: Partial<Parameters<typeof initialDP.encode>[0]> = {}): ScriptedDialogue {
    const dialogue = this.attempt(change);
    this.gateway.decided({ token: this.asked.at(-1) ?? 0, observe: true });
    assert.deepEqual(dialogue.sent(), ['invoke 23', 'invoke 31', 'continue']);
    return dialogue;
  }

  missed(): CallMissed {
    const event = this.told.at(-1);
    assert.ok(event?.subscriber === B && event.what.kind === 'call-missed');
    return event.what;
  }
}

function reported(
  eventTypeBCSM: 'tBusy' | 'tNoAnswer' | 'tAnswer' | 'tAbandon' | 'tDisconnect' | 'oDisconnect',
  messageType: 'request' | 'notification',
  cause?: number,
) {
  return invoke(
    24,
    report.encode({
      eventTypeBCSM,
      ...(cause === undefined
        ? {}
        : {
            eventSpecificInformationBCSM: {
              tBusySpecificInfo: { busyCause: encodeCause({ codingStandard: 0, location: 2, value: cause }) },
            },
          }),
      legID: { receivingSideID: Uint8Array.of(2) },
      miscCallInfo: { messageType },
    }),
  );
}

test('a watched call is armed and continued in one message; one that B wants nothing of ends at once', () => {
  const plant = new Plant();
  plant.watched();
  const other = plant.attempt();
  plant.gateway.decided({ token: plant.asked.at(-1) ?? 0, observe: false });
  assert.deepEqual(other.sent(), ['invoke 31', 'end']);
  assert.deepEqual(plant.answered, ['armed', 'let-go']);
  assert.equal(plant.gateway.openCalls, 1);
});

for (const [name, reason, component] of [
  ['busy', 'busy', reported('tBusy', 'request', 17)],
  ['subscriber absent', 'not-reachable', reported('tBusy', 'request', 20)],
  ['no answer', 'no-answer', reported('tNoAnswer', 'request')],
] as const) {
  test(`${name}, reported as a request: the call waits until the miss is durable, and then goes on`, () => {
    const plant = new Plant();
    const dialogue = plant.watched();
    dialogue.receive('continue', component);
    assert.deepEqual(dialogue.sent(), [], 'not before it is durable');
    const missed = plant.missed();
    assert.equal(missed.reason, reason);
    assert.equal(missed.caller, A);
    plant.gateway.durable(missed.answerToken, { kind: 'continue' });
    assert.deepEqual(dialogue.sent(), ['invoke 31', 'end']);
    assert.equal(plant.gateway.openCalls, 0);
    assert.equal(plant.timers.nextDeadlineMs(), Infinity, 'no timer is left');
  });
}

test('durable too late: the call goes on at the deadline, once', () => {
  const plant = new Plant();
  const dialogue = plant.watched();
  dialogue.receive('continue', reported('tBusy', 'request', 17));
  plant.timers.advance(300);
  assert.deepEqual(dialogue.sent(), ['invoke 31', 'end']);
  plant.gateway.durable(plant.missed().answerToken, { kind: 'continue' });
  assert.deepEqual(dialogue.sent(), []);
  assert.equal(plant.counters.get('cap.late.remembering'), 1);
});

test('a notification is told and never answered with an operation; the dialogue is ours to end', () => {
  const plant = new Plant();
  const dialogue = plant.watched();
  dialogue.receive('continue', reported('tBusy', 'notification', 17));
  assert.deepEqual(dialogue.sent(), ['end']);
  assert.equal(plant.missed().answerToken, 0);
});

test('the last report comes with the END of the gsmSSF: told, and nothing is sent', () => {
  for (const component of [
    reported('tNoAnswer', 'request'),
    reported('tBusy', 'notification', 20),
    reported('tAbandon', 'notification'),
  ]) {
    const plant = new Plant();
    const dialogue = plant.watched();
    dialogue.receive('end', component);
    plant.gateway.durable(plant.missed().answerToken, { kind: 'continue' });
    plant.timers.advance(1_000);
    assert.deepEqual(dialogue.sent(), []);
    assert.equal(plant.gateway.openCalls, 0);
  }
});

test('abandoned while it rings is a missed call; answered is a sign of life', () => {
  const plant = new Plant();
  const abandoned = plant.watched();
  abandoned.receive('continue', reported('tAbandon', 'notification'));
  assert.deepEqual(abandoned.sent(), ['end']);
  assert.equal(plant.missed().reason, 'abandoned');
  const answered = plant.watched();
  answered.receive('continue', reported('tAnswer', 'notification'));
  assert.deepEqual(answered.sent(), ['end']);
  assert.equal(plant.told.at(-1)?.what.kind, 'call-answered');
});

test('C7 network trouble makes no missed call, and the call goes on', () => {
  const plant = new Plant();
  const dialogue = plant.watched();
  dialogue.receive('continue', reported('tBusy', 'request', 34));
  assert.deepEqual(dialogue.sent(), ['invoke 31', 'end']);
  assert.deepEqual(plant.told, []);
});

test('the caller hung up before our arming arrived: P-Abort "unrecognized transaction" is an abandoned call', () => {
  const plant = new Plant();
  plant.watched().aborted({ kind: 'provider', cause: 1, local: false });
  assert.equal(plant.missed().reason, 'abandoned');
  plant.watched().aborted({ kind: 'user' });
  plant.watched().aborted({ kind: 'idle' });
  assert.equal(plant.told.length, 1, 'other aborts say nothing of the call');
  assert.equal(plant.gateway.openCalls, 0);
});

test('so late that Tssf may have run out, P-Abort "unrecognized transaction" says nothing of the caller', () => {
  const plant = new Plant();
  const late = plant.watched();
  plant.timers.advance(1000);
  late.aborted({ kind: 'provider', cause: 1, local: false });
  assert.deepEqual(plant.told, []);
  assert.equal(plant.gateway.openCalls, 0);
  assert.equal(plant.counters.get('cap.vanished-late'), 1);
});

test('…nor when its initialDP was held up for as long on its way, which the time in it shows', () => {
  const plant = new Plant();
  const sentAt = (second: number) => ({
    timeAndTimezone: encodeTimeAndTimezone({
      ...{ year: 2026, month: 6, day: 1, hour: 21, minute: 50, second },
      zoneQuarters: 8,
    }),
  });
  plant.watched(sentAt(10)).aborted({ kind: 'provider', cause: 1, local: false });
  assert.equal(plant.missed().reason, 'abandoned', 'it came at once');
  plant.timers.advance(5_000);
  plant.watched(sentAt(12)).aborted({ kind: 'provider', cause: 1, local: false });
  assert.equal(plant.told.length, 1, 'three seconds late');
  assert.equal(plant.counters.get('cap.vanished-late'), 1);
  plant.watched(sentAt(15)).aborted({ kind: 'provider', cause: 1, local: false });
  assert.equal(plant.told.length, 2);
});

test('A7 3GPP TS 23.078 §4.5.2.1 a call that is followed: nothing is said while the parties talk, and its end is told', () => {
  for (const interrupted of [false, true]) {
    const plant = new Plant();
    const dialogue = plant.attempt();
    plant.gateway.decided({ token: plant.asked.at(-1) ?? 0, observe: true, toTheEnd: true });
    assert.deepEqual(dialogue.sent(), ['invoke 23', 'invoke 31', 'continue']);
    dialogue.receive('continue', reported('tAnswer', 'notification'));
    assert.deepEqual(dialogue.sent(), []);
    assert.equal(plant.told.at(-1)?.what.kind, 'call-answered');
    assert.ok(dialogue.idleLimitMs >= 3_600_000, 'people talk for hours');
    assert.equal(plant.gateway.talking, 1);
    dialogue.receive('continue', reported('tDisconnect', interrupted ? 'request' : 'notification'));
    assert.deepEqual(dialogue.sent(), interrupted ? ['invoke 31', 'end'] : ['end']);
    assert.deepEqual(plant.told.at(-1)?.what, { kind: 'subscriber-reachable', source: 'line' });
    assert.equal(plant.gateway.talking, 0);
    assert.equal(plant.gateway.openCalls, 0);
  }
});

test('A7 a call that is followed and lost tells nothing; half of the calls may be followed at most', () => {
  const plant = new Plant();
  const follow = () => {
    const dialogue = plant.attempt();
    plant.gateway.decided({ token: plant.asked.at(-1) ?? 0, observe: true, toTheEnd: true });
    dialogue.sent();
    return dialogue.receive('continue', reported('tAnswer', 'notification'));
  };
  follow().aborted({ kind: 'user' });
  assert.equal(plant.gateway.talking, 0);
  assert.equal(plant.told.length, 1, 'the answer');
  for (let count = 0; count < 50; count++) assert.deepEqual(follow().sent(), []);
  assert.deepEqual(follow().sent(), ['end']);
  assert.equal(plant.counters.get('call.talk-not-followed'), 1);
});

test('K4 C7 trouble of the network is told where callers are to hear of it, and is no missed call', () => {
  for (const troubleToo of [true, undefined]) {
    const plant = new Plant();
    const dialogue = plant.attempt();
    plant.gateway.decided({
      token: plant.asked.at(-1) ?? 0,
      observe: true,
      ...(troubleToo ? { troubleToo } : {}),
    });
    dialogue.sent();
    dialogue.receive('continue', reported('tBusy', 'request', 42));
    assert.deepEqual(dialogue.sent(), ['invoke 31', 'end']);
    const told = plant.told.map(({ what }) => what);
    const obstructed = {
      kind: 'call-obstructed',
      caller: A,
      attemptedAtMs: told[0] && 'attemptedAtMs' in told[0] ? told[0].attemptedAtMs : 0,
      cause: 42,
    };
    assert.deepEqual(told, troubleToo ? [obstructed] : []);
  }
});

test('A5 a call that a subscriber makes: it goes on untouched, and who calls is there', () => {
  const plant = new Plant();
  for (const eventTypeBCSM of ['collectedInfo', 'analyzedInformation'] as const) {
    assert.deepEqual(plant.attempt({ serviceKey: 2, eventTypeBCSM }).sent(), ['invoke 31', 'end']);
    const { subscriber, what } = plant.told.at(-1)!;
    assert.equal(subscriber, A);
    assert.deepEqual(what, { kind: 'subscriber-reachable', source: 'own-call' });
  }
  plant.attempt({ serviceKey: 3, eventTypeBCSM: 'collectedInfo' });
  assert.equal(plant.told.length, 2, 'another service');
});

test('…nor of a call whose miss was told before: that stays told, once, and is not counted as vanished', () => {
  const plant = new Plant();
  const told = plant.watched();
  plant.timers.advance(1000);
  told.receive('continue', reported('tNoAnswer', 'request'));
  told.aborted({ kind: 'provider', cause: 1, local: false });
  assert.equal(plant.missed().reason, 'no-answer');
  assert.equal(plant.told.length, 1);
  assert.equal(plant.counters.get('cap.vanished-late'), 0);
});

test('an abort or a hang-up while the actor is asked, or while the miss is written, ends it without a word', () => {
  const plant = new Plant();
  const deciding = plant.attempt();
  deciding.aborted({ kind: 'user' });
  plant.gateway.decided({ token: plant.asked.at(-1) ?? 0, observe: true });
  assert.deepEqual(deciding.sent(), []);
  const remembering = plant.watched();
  remembering.receive('continue', reported('tNoAnswer', 'request'));
  remembering.receive('continue', reported('tAbandon', 'notification'));
  assert.deepEqual(remembering.sent(), ['end']);
  plant.gateway.durable(plant.missed().answerToken, { kind: 'continue' });
  assert.deepEqual(remembering.sent(), []);
  assert.equal(plant.told.length, 1);
  assert.equal(plant.timers.nextDeadlineMs(), Infinity);
});

test('no answer of the actor in time: the call goes on; the answer that comes then is for nobody', () => {
  const plant = new Plant();
  const dialogue = plant.attempt();
  plant.timers.advance(300);
  assert.deepEqual(dialogue.sent(), ['invoke 31', 'end']);
  plant.gateway.decided({ token: plant.asked.at(-1) ?? 0, observe: true });
  assert.deepEqual(dialogue.sent(), []);
});

test('no room on the way to the actor: the call goes on at once, and no timer is left', () => {
  const plant = new Plant();
  plant.room = false;
  assert.deepEqual(plant.attempt().sent(), ['invoke 31', 'end']);
  assert.equal(plant.gateway.openCalls, 0);
  assert.equal(plant.timers.nextDeadlineMs(), Infinity);
});

test('requestReportBCSMEvent refused: nothing is armed, so the dialogue is ended and nothing is kept', () => {
  for (const component of [error(14), reject('invoke', 2)]) {
    const plant = new Plant();
    const dialogue = plant.watched();
    dialogue.receive('continue', component);
    assert.deepEqual(dialogue.sent(), ['end']);
    assert.equal(plant.gateway.openCalls, 0);
    assert.deepEqual(plant.told, []);
    const ended = plant.watched();
    ended.receive('end', component);
    assert.deepEqual(ended.sent(), []);
    assert.equal(plant.gateway.openCalls, 0);
  }
});

test('the timer of a class 2 operation ends without a word when it succeeded', () => {
  const plant = new Plant();
  const dialogue = plant.watched();
  dialogue.timeout();
  assert.deepEqual(dialogue.sent(), []);
  assert.equal(plant.gateway.openCalls, 1);
});

test('a call that rings for minutes is not idle', () => {
  const dialogue = new Plant().watched();
  assert.ok(dialogue.idleLimitMs > 180_000);
});

test('what is not ours goes on untouched: another service key, another detection point, nobody called', () => {
  const plant = new Plant();
  for (const change of [
    { serviceKey: 2 },
    { eventTypeBCSM: 'collectedInfo' as const },
    { calledPartyNumber: Uint8Array.of(0x03, 0x10) },
  ]) {
    assert.deepEqual(plant.attempt(change).sent(), ['invoke 31', 'end']);
  }
  assert.deepEqual(plant.asked, []);
});

test('an unknown operation is rejected in TCAP’s terms, and the call goes on or is watched further', () => {
  const plant = new Plant();
  assert.deepEqual(plant.begin().receive('begin', invoke(99)).sent(), [
    'reject invoke 1',
    'invoke 31',
    'end',
  ]);
  const dialogue = plant.watched();
  dialogue.receive('continue', invoke(99));
  assert.deepEqual(dialogue.sent(), ['reject invoke 1', 'continue']);
  dialogue.receive('continue', reported('tNoAnswer', 'request'));
  assert.equal(plant.missed().reason, 'no-answer');
});

test('a mistyped parameter is rejected; a call that may wait for an answer to it goes on', () => {
  const plant = new Plant();
  const broken = Uint8Array.of(0x30, 0x03, 0x80, 0x01);
  assert.deepEqual(plant.begin().receive('begin', invoke(0, broken)).sent(), [
    'reject invoke 2',
    'invoke 31',
    'end',
  ]);
  const dialogue = plant.watched();
  dialogue.receive('continue', invoke(24, broken));
  assert.deepEqual(dialogue.sent(), ['reject invoke 2', 'invoke 31', 'end']);
});

test('a second initialDP in a dialogue is an error, and the call is watched as before', () => {
  const plant = new Plant();
  const first = plant.attempt();
  plant.gateway.decided({ token: plant.asked.at(-1) ?? 0, observe: true });
  first.sent();
  const again = initialDP.encode({
    serviceKey: 1,
    calledPartyNumber: encodeCalledPartyNumber({
      nature: 4,
      plan: 1,
      digits: A,
      internalNetworkNumber: false,
    }),
    eventTypeBCSM: 'termAttemptAuthorized',
  });
  first.receive('continue', invoke(0, again));
  assert.deepEqual(first.sent(), ['error 1 14', 'continue']);
  first.receive('continue', reported('tNoAnswer', 'request'));
  assert.equal(plant.missed().reason, 'no-answer');
});

test('a BEGIN without a call, of a context that is not CAP, and of both phases', () => {
  const plant = new Plant();
  assert.deepEqual(plant.begin(capV3GsmSsfScfGeneric).receive('begin').sent(), ['invoke 31', 'end']);
  const dialogue = new ScriptedDialogue(nobody, [0, 4, 0, 0, 1, 0, 23, 2]);
  assert.equal(plant.gateway.onBegin(dialogue, {}), 'refuse-context');
});

test('overload lets a call go without a dialogue', () => {
  const [component] = new Plant().gateway.onOverload().end;
  assert.ok(component?.kind === 'invoke' && component.operationCode === 31);
});

test('we go: calls that are asked about or wait are continued, those that ring are let go', () => {
  const plant = new Plant();
  const [deciding, ringing] = [plant.attempt(), plant.watched()];
  const waiting = plant.watched();
  waiting.receive('continue', reported('tNoAnswer', 'request'));
  plant.gateway.letAllGo();
  assert.deepEqual(deciding.sent(), ['invoke 31', 'end']);
  assert.deepEqual(ringing.sent(), ['end']);
  assert.deepEqual(waiting.sent(), ['invoke 31', 'end']);
  assert.equal(plant.gateway.openCalls, 0);
});
