import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswersDue } from '../../../src/gateway/map/answers-due.ts';
import {
  alertContexts,
  mmEventContexts,
  ReachabilityGateway,
} from '../../../src/gateway/map/reachability-gateway.ts';
import { compile } from '../../../src/stack/asn1/index.ts';
import { internationalAddress } from '../../../src/stack/map/address-string.ts';
import {
  mmEventReportingContextV3,
  shortMsgAlertContextV1,
  shortMsgAlertContextV2,
} from '../../../src/stack/map/application-contexts.ts';
import { AlertServiceCentreArg } from '../../../src/stack/map/operations/alert-service-centre.ts';
import { NoteMMEventArg } from '../../../src/stack/map/operations/note-mm-event.ts';
import { encodeTbcd } from '../../../src/stack/map/tbcd.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import type { SubscriberEvent } from '../../../src/types/model/event.ts';
import { invoke, ScriptedDialogue } from '../../support/scripted-dialogue.ts';

const B = '491710000002';
const nobody = { onComponent: fail, onDelimiter: fail, onInvokeTimeout: fail, onAbort: fail };

function fail(): never {
  throw new Error('the dialogue has no user');
}

class Plant {
  readonly told: SubscriberEvent[] = [];
  readonly answers = new AnswersDue(100);
  room = true;

  begin(name: readonly number[] | undefined, contexts = [...alertContexts, ...mmEventContexts]) {
    const gateway = new ReachabilityGateway(contexts, {
      clock: { now: () => 5, monotonic: () => 5 },
      counters: new CountersMap(),
      answers: this.answers,
      numbering: { countryCode: '49', nationalPrefix: '0', internationalPrefix: '00' },
      subscribers: {
        decide: () => true,
        report: (event) => {
          if (this.room) this.told.push(event);
          return this.room;
        },
      },
    });
    const dialogue = new ScriptedDialogue(nobody, name);
    const user = gateway.onBegin(dialogue, {});
    if (user === 'refuse-context') return user;
    dialogue.user = user;
    return dialogue;
  }

  /** What is sent in answer to a BEGIN. */
  answer(name: readonly number[] | undefined, operation: number, parameter?: Uint8Array): string[] {
    const dialogue = this.begin(name);
    assert.ok(dialogue !== 'refuse-context');
    return dialogue.receive('begin', invoke(operation, parameter)).sent();
  }
}

const alert = compile(AlertServiceCentreArg).encode({
  msisdn: internationalAddress(B),
  serviceCentreAddress: internationalAddress('491700000'),
});

function note(eventMet: number): Uint8Array {
  return compile(NoteMMEventArg).encode({
    serviceKey: 1,
    eventMet: Uint8Array.of(eventMet),
    imsi: encodeTbcd('262010000000002'),
    msisdn: internationalAddress(B),
  });
}

test('A1 alertServiceCentre, version 2: told, and answered with an empty result when that is durable', () => {
  const plant = new Plant();
  const dialogue = plant.begin(shortMsgAlertContextV2.objectIdentifier);
  assert.ok(dialogue !== 'refuse-context');
  dialogue.receive('begin', invoke(64, alert));
  assert.deepEqual(dialogue.sent(), [], 'the HLR would forget what a crash forgets, too');
  assert.deepEqual(plant.told, [
    { subscriber: B, atMs: 5, what: { kind: 'subscriber-reachable', source: 'alert', answerToken: 101 } },
  ]);
  plant.answers.durable(101);
  assert.deepEqual(dialogue.sent(), ['result 1', 'end']);
  plant.answers.durable(101);
  assert.deepEqual(dialogue.sent(), []);
});

test('A1 alertServiceCentreWithoutResult, version 1, with its context and without a dialogue portion', () => {
  const plant = new Plant();
  for (const [index, context] of [shortMsgAlertContextV1.objectIdentifier, undefined].entries()) {
    const dialogue = plant.begin(context);
    assert.ok(dialogue !== 'refuse-context');
    assert.deepEqual(dialogue.receive('begin', invoke(49, alert)).sent(), []);
    plant.answers.durable(101 + index);
    assert.deepEqual(dialogue.sent(), ['end']);
  }
  assert.equal(plant.told.length, 2);
  assert.equal(new Plant().begin(undefined, mmEventContexts), 'refuse-context');
});

test('A2 noteMM-Event: location updates and attach are a return, detach by the phone or the network an absence', () => {
  for (const [code, kind] of [
    [0, 'subscriber-reachable'],
    [1, 'subscriber-reachable'],
    [2, 'subscriber-reachable'],
    [3, 'subscriber-unreachable'],
    [4, 'subscriber-unreachable'],
  ] as const) {
    const plant = new Plant();
    assert.deepEqual(plant.answer(mmEventReportingContextV3.objectIdentifier, 89, note(code)), [
      'result 1',
      'end',
    ]);
    assert.equal(plant.told[0]?.what.kind, kind, `MM-Code ${code}`);
  }
});

test('no room for the fact: systemFailure, so that it is reported again', () => {
  const plant = new Plant();
  plant.room = false;
  assert.deepEqual(plant.answer(shortMsgAlertContextV2.objectIdentifier, 64, alert), ['error 1 34', 'end']);
  assert.deepEqual(plant.answer(mmEventReportingContextV3.objectIdentifier, 89, note(1)), [
    'error 1 34',
    'end',
  ]);
});

test('an operation of another context is rejected in TCAP’s terms, a parameter that is wrong as mistyped', () => {
  const plant = new Plant();
  assert.deepEqual(plant.answer(shortMsgAlertContextV2.objectIdentifier, 89, note(1)), [
    'reject invoke 1',
    'end',
  ]);
  assert.deepEqual(plant.answer(shortMsgAlertContextV2.objectIdentifier, 64, Uint8Array.of(0x30, 0)), [
    'reject invoke 2',
    'end',
  ]);
  assert.deepEqual(plant.answer(shortMsgAlertContextV2.objectIdentifier, 64), ['reject invoke 2', 'end']);
  assert.deepEqual(plant.told, []);
});

test('a number that names nobody is answered and forgotten; an END wants no answer', () => {
  const plant = new Plant();
  const parameter = compile(AlertServiceCentreArg).encode({
    msisdn: Uint8Array.of(0xa1),
    serviceCentreAddress: internationalAddress('491700000'),
  });
  assert.deepEqual(plant.answer(shortMsgAlertContextV2.objectIdentifier, 64, parameter), ['result 1', 'end']);
  assert.deepEqual(plant.told, []);
  const dialogue = plant.begin(shortMsgAlertContextV2.objectIdentifier);
  assert.ok(dialogue !== 'refuse-context');
  assert.deepEqual(dialogue.receive('end').sent(), []);
});
