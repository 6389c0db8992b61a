import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compile } from '../../../src/stack/asn1/index.ts';
import { internationalAddress } from '../../../src/stack/map/address-string.ts';
import {
  shortMsgMORelayContextV2,
  shortMsgMORelayContextV3,
} from '../../../src/stack/map/application-contexts.ts';
import { MoForwardSMArg } from '../../../src/stack/map/operations/mo-forward-sm.ts';
import { addressOf } from '../../../src/stack/sms/address.ts';
import { encodeSmsSubmit, type SmsSubmit } from '../../../src/stack/sms/sms-submit.ts';
import { splitText } from '../../../src/stack/sms/split.ts';
import { invoke } from '../../support/scripted-dialogue.ts';
import { A, SERVICE_CENTRE, SelfCarePlant } from './self-care-plant.ts';

const argument = compile(MoForwardSMArg);
const V3 = shortMsgMORelayContextV3.objectIdentifier;
const V2 = shortMsgMORelayContextV2.objectIdentifier;

function submits(text: string, to = '4321', change: Partial<SmsSubmit> = {}): Uint8Array[] {
  const address = addressOf(to);
  const split = splitText(text, 77);
  assert.ok(address.ok && split.ok);
  const { dataCodingScheme, parts } = split.value;
  return parts.map((userData, index) =>
    encodeSmsSubmit({
      kind: 'SMS-SUBMIT',
      rejectDuplicates: false,
      statusReportRequest: true,
      replyPath: false,
      messageReference: 9 + index,
      destinationAddress: address.value,
      protocolIdentifier: 0,
      dataCodingScheme,
      validityPeriodFormat: 'relative',
      validityPeriod: Uint8Array.of(167),
      userData,
      ...change,
    }),
  );
}

const carried = (tpdu: Uint8Array, from = A, centre = SERVICE_CENTRE) =>
  argument.encode({
    'sm-RP-DA': { serviceCentreAddressDA: internationalAddress(centre) },
    'sm-RP-OA': { msisdn: internationalAddress(from) },
    'sm-RP-UI': tpdu,
  });

const send = (plant: SelfCarePlant, tpdu: Uint8Array, context: readonly number[] | undefined = V3) =>
  plant.begin(context).receive('begin', invoke(46, carried(tpdu)));

for (const [version, context] of [
  [3, V3],
  [2, V2],
  [1, undefined],
] as const)
  test(`S1 a short message to the service, version ${version}: acknowledged when what it says is durable, and answered by a notice`, () => {
    const plant = new SelfCarePlant();
    const dialogue = send(plant, submits('Melde 0171 1234567')[0]!, context);
    assert.deepEqual(dialogue.sent(), []);
    plant.greeted('de');
    assert.deepEqual(plant.command, { kind: 'notify-of', number: '491711234567' });
    assert.deepEqual(dialogue.sent(), [], 'a crash would forget it');
    plant.durable();
    assert.deepEqual(dialogue.sent(), ['result 1', 'end']);
    assert.deepEqual(
      plant.outcomes.map(({ subscriber, what }) => [subscriber, what]),
      [
        [
          A,
          {
            kind: 'answer-written',
            effect: { partition: 3, sequence: 7, index: 0 },
            text: 'That is your own number.',
          },
        ],
      ],
    );
  });

test('S1 a message behind an empty BEGIN, as a long one comes', () => {
  const plant = new SelfCarePlant();
  const dialogue = plant.begin(V3).receive('begin');
  assert.deepEqual(dialogue.sent(), ['continue']);
  dialogue.receive('continue', invoke(46, carried(submits('LIST')[0]!)));
  plant.greeted();
  plant.durable();
  assert.deepEqual(dialogue.sent(), ['result 1', 'end']);
});

test('S1 the same message again is the same: while it is taken, and minutes after; then it is another one', () => {
  const plant = new SelfCarePlant();
  const [tpdu] = submits('LIST');
  const first = send(plant, tpdu!);
  const second = send(plant, tpdu!);
  plant.greeted();
  plant.durable();
  assert.deepEqual(
    [first.sent(), second.sent()],
    [
      ['result 1', 'end'],
      ['result 1', 'end'],
    ],
  );
  assert.deepEqual(send(plant, tpdu!).sent(), ['result 1', 'end']);
  assert.equal(plant.events.length, 1);
  assert.equal(plant.count('self-care.repeated'), 2);
  const wanted = submits('LIST', '4321', { rejectDuplicates: true });
  send(plant, wanted[0]!);
  plant.greeted();
  plant.durable();
  assert.deepEqual(send(plant, wanted[0]!).sent(), ['error 1 32', 'end'], 'TP-RD: the phone wants to know');
  plant.nowMs += 300_001;
  send(plant, tpdu!);
  plant.greeted();
  assert.equal(plant.events.length, 3);
});

test('S1 a message in parts, in any order and repeated, is one', () => {
  const plant = new SelfCarePlant();
  const parts = submits(`NOTIFY 0171 1234567 ${'please '.repeat(30)}`);
  assert.equal(parts.length, 2);
  assert.deepEqual(send(plant, parts[1]!).sent(), ['result 1', 'end']);
  assert.deepEqual(send(plant, parts[1]!).sent(), ['result 1', 'end']);
  const last = send(plant, parts[0]!);
  plant.greeted();
  assert.deepEqual(plant.command, { kind: 'notify-of', number: '491711234567' });
  plant.durable();
  assert.deepEqual(last.sent(), ['result 1', 'end']);
  assert.equal(plant.events.length, 1);
});

test('S1 parts whose others never come are given up, the oldest of too many first', () => {
  const plant = new SelfCarePlant();
  const part = submits('x'.repeat(200))[0]!;
  for (let n = 0; n < 1_005; n++)
    plant.begin(V3).receive('begin', invoke(46, carried(part, `4917100${10_000 + n}`)));
  assert.equal(plant.count('self-care.parts-given-up'), 5);
  plant.nowMs += 600_000;
  send(plant, part);
  assert.equal(plant.count('self-care.parts-given-up'), 1_005);
});

test('S1 no room, or an actor that does not answer: systemFailure, and the message that comes again is taken', () => {
  const plant = new SelfCarePlant();
  const [tpdu] = submits('LIST');
  plant.room = false;
  assert.deepEqual(send(plant, tpdu!).sent(), ['error 1 34', 'end']);
  plant.room = true;
  const late = send(plant, tpdu!);
  plant.nowMs += 8_000;
  plant.parts.desk.expire();
  assert.deepEqual(late.sent(), ['error 1 34', 'end']);
  const again = send(plant, tpdu!);
  plant.greeted();
  plant.greeted();
  plant.durable();
  assert.deepEqual(again.sent(), ['result 1', 'end']);
});

test('S1 what is not for us is refused as the specification has it', () => {
  const plant = new SelfCarePlant();
  assert.deepEqual(send(plant, submits('LIST', '5555')[0]!).sent(), ['error 1 32', 'end'], 'another number');
  assert.deepEqual(send(plant, submits('LIST', '5555')[0]!, V2).sent(), ['error 1 32', 'end']);
  assert.deepEqual(send(plant, submits('LIST', '5555')[0]!, undefined as never).sent(), [
    'error 1 32',
    'end',
  ]);
  const other = plant.begin(V3).receive('begin', invoke(46, carried(submits('LIST')[0]!, A, '491799999')));
  assert.deepEqual(other.sent(), ['error 1 32', 'end'], 'another service centre');
  assert.deepEqual(send(plant, Uint8Array.of(0x02, 1, 2, 3)).sent(), ['error 1 21', 'end'], 'an SMS-COMMAND');
  assert.deepEqual(send(plant, Uint8Array.of(0x01, 1)).sent(), ['error 1 36', 'end'], 'half a message');
  const terminated = argument.encode({
    'sm-RP-DA': { imsi: Uint8Array.of(0x62, 0x02, 0x01) },
    'sm-RP-OA': { serviceCentreAddressOA: internationalAddress(SERVICE_CENTRE) },
    'sm-RP-UI': submits('LIST')[0]!,
  });
  assert.deepEqual(plant.begin(V3).receive('begin', invoke(46, terminated)).sent(), ['error 1 36', 'end']);
  assert.equal(plant.events.length, 0);
});

test('S1 machines are acknowledged and not answered', () => {
  const plant = new SelfCarePlant({ sameTextPerHour: 2 });
  for (let n = 0; n < 2; n++) {
    send(plant, submits('I am away', '4321', { messageReference: n })[0]!);
    plant.greeted();
    plant.durable({ kind: 'not-understood' });
  }
  assert.deepEqual(send(plant, submits('I am away', '4321', { messageReference: 3 })[0]!).sent(), [
    'result 1',
    'end',
  ]);
  const back = submits(
    'Sorry, we did not understand. Send HELP for what you can say, STOP to end everything.',
  );
  assert.deepEqual(send(plant, back[0]!).sent(), ['result 1', 'end']);
  assert.deepEqual(
    [plant.count('self-care.silent.same-text'), plant.count('self-care.silent.our-own-text')],
    [1, 1],
  );
  assert.equal(plant.events.length, 2);
});

test('S1 an abort while it is taken: nothing is answered, and nothing breaks', () => {
  const plant = new SelfCarePlant();
  const dialogue = send(plant, submits('LIST')[0]!);
  dialogue.aborted({ kind: 'provider', cause: 1, local: false });
  plant.greeted();
  plant.durable();
  assert.deepEqual(dialogue.sent(), []);
  assert.equal(plant.outcomes.length, 1, 'it was said all the same');
});
