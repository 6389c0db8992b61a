import assert from 'node:assert/strict';
import { test } from 'node:test';
import { missingCustomerRecord, unexpectedComponentSequence } from '../../../../src/stack/cap/errors.ts';
import { CapDialogue, type Handlers } from '../../../../src/stack/cap/service/cap-dialogue.ts';
import { callContexts } from '../../../../src/stack/cap/service/contexts.ts';
import { CountersMap } from '../../../../src/types/counters.ts';
import { SeededRandom } from '../../../../src/types/random.ts';
import { ScriptedDialogue } from '../../../support/scripted-dialogue.ts';

const context = callContexts[4];
const TRIGGER = Uint8Array.of(0x30, 0x03, 0x80, 0x01, 0x01);

function plant(handlers: Handlers<typeof context.toScf> = {}) {
  const told: string[] = [];
  const cap = CapDialogue.ofScf(
    context,
    handlers,
    {
      onMessage: (message) => void told.push(message),
      onClosed: (abort) => void told.push(`closed ${abort?.kind ?? 'by end'}`),
      onMistyped: (name) => void told.push(`mistyped ${name}`),
      onOutcome: (direction, name, wrong) => void told.push(`${direction} ${name} ${wrong ?? 'well'}`),
    },
    new CountersMap(),
  );
  const dialogue = new ScriptedDialogue(cap, context.context.objectIdentifier);
  cap.accept(dialogue);
  return { cap, dialogue, told };
}

const invoke = (operationCode: number, parameter?: Uint8Array, invokeId = 1, extra: object = {}) =>
  ({
    kind: 'invoke',
    invokeId,
    operationCode,
    ...(parameter === undefined ? {} : { parameter }),
    ...extra,
  }) as const;

test('ITU-T Q.771 §3.1.2 what is asked for within an upcall goes out in one message', () => {
  const { cap, dialogue, told } = plant({
    initialDP: ({ serviceKey }) => {
      assert.equal(serviceKey, 1);
      cap.invoke('requestReportBCSMEvent', {
        bcsmEvents: [{ eventTypeBCSM: 'oAnswer', monitorMode: 'interrupted' }],
      });
      cap.invoke('continue', undefined);
    },
  });
  dialogue.receive('begin', invoke(0, TRIGGER));
  assert.deepEqual(dialogue.sent(), ['invoke 23', 'invoke 31', 'continue']);
  assert.deepEqual(told, ['sent continue well', 'received initialDP well', 'begin']);
});

test('ITU-T Q.773 §4.2.2.6 unrecognized operation, mistyped parameter and duplicate invoke id are rejected', () => {
  const { dialogue, told } = plant();
  dialogue.receive('begin', invoke(99), invoke(0, Uint8Array.of(0x30, 0x01, 0x80), 2));
  assert.deepEqual(dialogue.sent(), ['reject invoke 1', 'reject invoke 2', 'continue']);
  assert(told.includes('mistyped initialDP'));
  const ssf = CapDialogue.ofSsf(context, {}, { onClosed: () => undefined }, new CountersMap());
  const other = new ScriptedDialogue(ssf, context.context.objectIdentifier);
  ssf.accept(other);
  // activityTest is of class 3, and the first one has not been answered.
  other.receive('continue', invoke(55), invoke(55, undefined, 1, { duplicate: true }));
  assert.deepEqual(other.sent(), ['reject invoke 0', 'continue']);
});

test('ITU-T Q.771 §3.1.3 an operation is answered as its class has it', () => {
  const { dialogue } = plant({
    initialDP: (_argument, invocation) => {
      invocation.result();
      assert(!invocation.error({ code: 99 }), 'not an error of initialDP');
      assert(invocation.error(missingCustomerRecord));
    },
    eventReportBCSM: (_argument, invocation) => assert(!invocation.error(unexpectedComponentSequence)),
  });
  dialogue.receive('begin', invoke(0, TRIGGER), invoke(24, Uint8Array.of(0x30, 0x03, 0x80, 0x01, 0x07), 2));
  assert.deepEqual(dialogue.sent(), ['error 1 6', 'continue']);
});

test('ITU-T Q.773 §4.2.2.6 a result that cannot be read and an error that the operation does not have are rejected', () => {
  const { cap, dialogue, told } = plant();
  dialogue.receive('begin', invoke(0, TRIGGER));
  const outcomes: string[] = [];
  const outcome = {
    rejected: () => outcomes.push('rejected'),
    error: () => outcomes.push('error'),
    result: () => outcomes.push('result'),
  };
  cap.invoke('initiateCallAttempt', { destinationRoutingAddress: [Uint8Array.of(1, 2)] }, outcome);
  cap.invoke('splitLeg', { legToBeSplit: { sendingSideID: Uint8Array.of(1) } }, outcome);
  cap.flush();
  dialogue.sent();
  dialogue.receive(
    'continue',
    { kind: 'result', invokeId: 1, last: true, operationCode: 32, parameter: Uint8Array.of(0x04, 0x00) },
    { kind: 'error', invokeId: 2, errorCode: 6 },
  );
  assert.deepEqual(outcomes, ['rejected', 'error']);
  assert.deepEqual(dialogue.sent(), ['reject returnResult 2', 'reject returnError 3', 'continue']);
  assert(told.includes('sent splitLeg error 6'));
});

test('ITU-T Q.771 §3.1.3 silence is success in class 2 and failure in class 1', () => {
  const { cap, dialogue, told } = plant();
  dialogue.receive('begin', invoke(0, TRIGGER));
  cap.invoke('splitLeg', { legToBeSplit: { sendingSideID: Uint8Array.of(1) } });
  cap.invoke('resetTimer', { timervalue: 5 });
  cap.invoke('cancel', { allRequests: null });
  cap.flush();
  told.length = 0;
  dialogue.timeout(1);
  dialogue.timeout(2);
  cap.end();
  assert.deepEqual(told, ['sent splitLeg timeout', 'sent resetTimer well', 'sent cancel well']);
  assert.equal(cap.invoke('continue', undefined), null);
});

test('a dialogue takes any octets: nothing throws, and each bad invoke is answered once', () => {
  const random = new SeededRandom(7);
  for (let round = 0; round < 3000; round++) {
    const { dialogue } = plant({ initialDP: () => undefined, eventReportBCSM: () => undefined });
    const octets = Uint8Array.from({ length: random.uint32() % 24 }, () => random.uint32() & 255);
    const code = [0, 24, 36, 44, 49, 96][random.uint32() % 6]!;
    dialogue.receive('continue', invoke(code, octets));
    assert(dialogue.sent().length <= 2);
  }
});
