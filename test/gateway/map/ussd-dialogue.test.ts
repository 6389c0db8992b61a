import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathOf, ussdOf } from '../../../src/gateway/map/ussd-dialogue.ts';
import { notifyByUssd } from '../../../src/gateway/map/ussd-notify.ts';
import { compile } from '../../../src/stack/asn1/index.ts';
import { internationalAddress } from '../../../src/stack/map/address-string.ts';
import { networkUnstructuredSsContextV2 } from '../../../src/stack/map/application-contexts.ts';
import { UssdArg, UssdRes } from '../../../src/stack/map/operations/unstructured-ss.ts';
import { decodeUssdString } from '../../../src/stack/sms/ussd-string.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import {
  error,
  invoke,
  result,
  type ScriptedDialogue,
  ScriptedTcap,
} from '../../support/scripted-dialogue.ts';
import { A, SelfCarePlant } from './self-care-plant.ts';

const CONTEXT = networkUnstructuredSsContextV2.objectIdentifier;
const argument = compile(UssdArg);
const answer = compile(UssdRes);

const dial = (plant: SelfCarePlant, text: string, change: Partial<UssdArg> = {}) =>
  plant
    .begin(CONTEXT)
    .receive(
      'begin',
      invoke(59, argument.encode({ ...ussdOf(text), msisdn: internationalAddress(A), ...change })),
    );

const type = (dialogue: ScriptedDialogue, text: string) =>
  dialogue.receive('continue', result(60, answer.encode(ussdOf(text)), dialogue.invokes.length));

/** The page that was shown last. */
function page(dialogue: ScriptedDialogue): string | undefined {
  const shown = argument.decode(dialogue.invokes.at(-1)!.parameter!);
  assert.ok(shown.ok);
  const { 'ussd-DataCodingScheme': scheme, 'ussd-String': octets } = shown.value;
  return decodeUssdString({ dataCodingScheme: scheme[0]!, octets });
}

test('S2 a menu over MAP: our requests go on with it, the result ends it', () => {
  const plant = new SelfCarePlant();
  const dialogue = dial(plant, '*123#');
  assert.deepEqual(dialogue.sent(), []);
  plant.greeted();
  assert.deepEqual(dialogue.sent(), ['invoke 60', 'continue']);
  assert.match(page(dialogue) ?? '', /^Callwake\n1 Missed calls\n/);
  type(dialogue, '7');
  assert.deepEqual(dialogue.sent(), ['invoke 60', 'continue']);
  type(dialogue, '1');
  assert.deepEqual(plant.command, { kind: 'status' });
  plant.durable({ kind: 'status' });
  assert.deepEqual(dialogue.sent(), ['result 1', 'end']);
  assert.equal(plant.outcomes.length, 0, 'a session is answered by itself');
});

test('S2 a direct string is one answer', () => {
  const plant = new SelfCarePlant();
  const dialogue = dial(plant, '*123*2*01711234567#');
  plant.greeted('ar');
  assert.deepEqual(plant.command, { kind: 'notify-of', number: '491711234567' });
  plant.durable();
  assert.deepEqual(dialogue.sent(), ['result 1', 'end']);
});

test('S2 the menu in another script is UCS2', () => {
  const plant = new SelfCarePlant();
  const dialogue = dial(plant, '*123#');
  plant.greeted('ru');
  assert.match(page(dialogue) ?? '', /^Callwake\n1 Пропущенные\n/);
});

test('3GPP TS 29.002 §11.9: what is not for us, or cannot be read', () => {
  const plant = new SelfCarePlant();
  assert.deepEqual(dial(plant, '*999#').sent(), ['error 1 36', 'end']);
  assert.deepEqual(dial(plant, '*1234#').sent(), ['error 1 36', 'end'], 'another code that begins as ours');
  assert.deepEqual(dial(plant, '*123*1').sent(), ['error 1 36', 'end'], 'without its end');
  const octets = { 'ussd-DataCodingScheme': Uint8Array.of(0x44) };
  assert.deepEqual(dial(plant, '*123#', octets).sent(), ['error 1 71', 'end']);
  const nameless = plant.begin(CONTEXT).receive('begin', invoke(59, argument.encode(ussdOf('*123#'))));
  assert.deepEqual(nameless.sent(), ['error 1 35', 'end']);
  const notify = plant.begin(CONTEXT).receive('begin', invoke(61, argument.encode(ussdOf('hello'))));
  assert.deepEqual(notify.sent(), ['error 1 36', 'end']);
  assert.deepEqual(pathOf('*123*1*2#', '*123'), ['1', '2']);
});

test('S2 a phone that is busy or gone, nobody who types, an abort: the session ends, and its place is free', () => {
  const plant = new SelfCarePlant();
  for (const end of [
    (dialogue: ScriptedDialogue) => dialogue.receive('continue', error(72)),
    (dialogue: ScriptedDialogue) => dialogue.timeout(1),
  ]) {
    const dialogue = dial(plant, '*123#');
    plant.greeted();
    dialogue.sent();
    end(dialogue);
    assert.deepEqual(dialogue.sent(), ['error 1 34', 'end']);
  }
  for (let n = 0; n < 5; n++) {
    const dialogue = dial(plant, '*123#');
    plant.greeted();
    dialogue.aborted({ kind: 'user' });
  }
  assert.equal(plant.count('self-care.ussd.no-room'), 0);
  const waiting = dial(plant, '*123*1#');
  plant.greeted();
  waiting.aborted({ kind: 'provider', cause: 1, local: false });
  plant.durable();
  assert.deepEqual(waiting.sent(), []);
});

test('S2 beyond the bound of sessions one more is refused', () => {
  const plant = new SelfCarePlant();
  dial(plant, '*123#');
  dial(plant, '*123#');
  assert.deepEqual(dial(plant, '*123#').sent(), ['reject invoke 3', 'end']);
  assert.equal(plant.count('self-care.ussd.no-room'), 1);
});

test('S2 no room, and an actor that does not answer', () => {
  const plant = new SelfCarePlant();
  plant.room = false;
  assert.deepEqual(dial(plant, '*123#').sent(), ['error 1 34', 'end']);
  plant.room = true;
  const dialogue = dial(plant, '*123*1#');
  plant.greeted();
  plant.nowMs += 8_000;
  plant.parts.desk.expire();
  assert.deepEqual(dialogue.sent(), ['result 1', 'end'], 'it says that it did not work');
});

test('3GPP TS 29.002 §11.11: a text to a phone, shown or not', () => {
  for (const [came, how] of [
    [result(), 'shown'],
    [error(27), 'not-shown'],
  ] as const) {
    const tcap = new ScriptedTcap();
    const address = { routing: 'ssn', ssn: 6 } as const;
    const told: string[] = [];
    const notification = {
      localAddress: address,
      remoteAddress: address,
      subscriber: A,
      text: 'Hi',
      timeoutMs: 1000,
    };
    assert.ok(notifyByUssd(tcap, new CountersMap(), notification, (shown) => told.push(shown)));
    const dialogue = tcap.next();
    assert.deepEqual(dialogue.sent(), ['invoke 61', 'begin']);
    dialogue.receive('end', came);
    assert.deepEqual(told, [how]);
  }
});
