import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Component, ConnectionlessIndication } from '../../../src/stack/tcap/service.ts';
import { transactionId } from '../../../src/stack/tcap/transaction-ids.ts';
import { titled } from '../../support/memory-sccp.ts';
import { alice, bob, context, hex, octets, plant } from './plant.ts';

const argument = octets('30038001ff');
const dialoguePortion = '6b1e281c060700118605010101a011600f80020780a109060704000001001403';
const id = (value: number) => value.toString(16).padStart(8, '0');

test('P-Abort for what has a wrong transaction portion and a known origin (ITU-T Q.774 §3.3.4)', () => {
  const cases: readonly [message: string, answer: string, what: string][] = [
    ['6906480400000001', '670949040000 00014a0100', 'unknown message type'],
    ['690348 0107', '6706490107 4a0100', 'an id of one octet is echoed as one octet'],
    ['620748030000 016c', '6708490300 00014a0102', 'badly formatted'],
    ['6209 48040000 0001 0401 00', '670949040000 00014a0103', 'incorrect'],
    ['650c 480400000001 490400000002', '670949040000 00014a0101', 'unknown transaction'],
    ['650b 480400000001 4903000002', '670949040000 00014a0101', 'an id of another length than ours'],
    ['6206480101010203', '6706490101 4a0102', 'bad syntax behind the id'],
  ];
  for (const [message, answer, what] of cases) {
    const { toBob, lastSent, sccp } = plant();
    toBob(message);
    assert.equal(lastSent(), hex(octets(answer)), what);
    assert.equal(sccp.sent.at(-1)?.returnOption, false);
  }
});

test('nothing is answered to what has no origin, to an end, to an abort, to a unidirectional message', () => {
  for (const message of [
    '',
    '62',
    '6200',
    '63',
    '6402 4900',
    '6406490400000001',
    '6406 480400000001',
    '6709 490400000001 4a0101',
    '6709 480400000001 4a0101',
    '6106 480400000001',
    '6108 6c06 a104 020101 00',
  ]) {
    const { toBob, sccp } = plant();
    toBob(message);
    assert.equal(sccp.sent.length, 0, message);
  }
});

test('a malformed message for a dialogue of ours ends it on both sides (ITU-T Q.774 §3.3.4)', () => {
  const { a, b, open, toBob, wheel, lastSent } = plant();
  const dialogue = open();
  dialogue.begin();
  wheel.advance(1);
  b.recorder.dialogue!.continue();
  wheel.advance(2);
  b.recorder.take();
  toBob(`6510 4804${id(dialogue.id)} 4904${id(b.recorder.dialogue!.id)} 04020000`);
  assert.deepEqual(b.recorder.take(), ['abort provider 3 local']);
  assert.equal(lastSent(), `67094904${id(dialogue.id)}4a0103`);
  assert.equal(b.tcap.openDialogues, 0);
  assert.equal(a.tcap.openDialogues, 1);
});

test('a message with another origin than the dialogue’s peer is for somebody else: unrecognized transaction', () => {
  const { b, open, toBob, wheel, lastSent } = plant();
  open().begin();
  wheel.advance(1);
  b.recorder.dialogue!.continue();
  wheel.advance(2);
  b.recorder.take();
  toBob(`650c 480411223344 4904${id(b.recorder.dialogue!.id)}`);
  assert.equal(lastSent(), '6709490411223344' + '4a0101');
  assert.deepEqual(b.recorder.take(), []);
  assert.equal(b.recorder.dialogue!.state, 'active');
});

test('a message for a dialogue of before a restart, or of another node, meets unrecognized transaction', () => {
  const { b, open, toBob, lastSent, wheel } = plant();
  open().begin();
  wheel.advance(1);
  b.recorder.dialogue!.continue();
  const ours = b.recorder.dialogue!.id;
  assert.equal(ours, transactionId(2, 1, 1));
  for (const stale of [
    transactionId(2, 0, 1),
    transactionId(1, 1, 1),
    transactionId(2, 1, 2),
    transactionId(2, 1, 0),
  ]) {
    toBob(`650c 480400000001 4904${id(stale)}`);
    assert.equal(lastSent(), '6709490400000001' + '4a0101');
  }
  assert.equal(b.recorder.dialogue!.state, 'active');
});

test('a dialogue portion that is wrong: ABRT by the provider; without version 1: no common dialogue portion (ITU-T Q.774 §3.2.2.1)', () => {
  const { b, toBob, lastSent } = plant();
  toBob(`6226 480400000001 ${dialoguePortion.replace('600f', '620f')}`);
  assert.equal(lastSent(), '671a490400000001' + '6b122810060700118605010101a0056403800101');
  toBob(`6226 480400000001 ${dialoguePortion.replace('0780a1', '0640a1')}`);
  assert.equal(
    lastSent(),
    '6732490400000001' +
      '6b2a2828060700118605010101a01d611b80020780a109060704000001001403a203020101a305a203020102',
  );
  assert.deepEqual(b.recorder.take(), []);
  assert.equal(b.tcap.openDialogues, 0);
});

test('an abnormal dialogue: no AARE where one is due, a portion where none is (ITU-T Q.774 §3.2.2.1)', () => {
  const deliver = (withContext: boolean, answer: (own: string) => string) => {
    const { a, open, sccp, lastSent } = plant();
    sccp.returns = () => null;
    const dialogue = open(withContext);
    dialogue.begin();
    sccp.deliver({ called: alice, calling: bob, returnOption: false, data: octets(answer(id(dialogue.id))) });
    return { log: a.recorder.take(), last: lastSent(), open: a.tcap.openDialogues };
  };
  const abort = '671a490400000009' + '6b122810060700118605010101a0056403800101';
  const none = deliver(true, (own) => `650c 480400000009 4904${own}`);
  assert.deepEqual(none, { log: ['abort provider abnormal-dialogue local'], last: abort, open: 0 });
  const aare = '6b2a2828060700118605010101a01d611b80020780a109060704000001001403a203020100a305a103020100';
  const rejected = deliver(
    true,
    (own) => `6538 480400000009 4904${own} ${aare.replace('020100a3', '020101a3')}`,
  );
  assert.deepEqual(rejected.log, ['abort provider abnormal-dialogue local']);
  const unasked = deliver(false, (own) => `6538 480400000009 4904${own} ${aare}`);
  assert.deepEqual(unasked.log, ['abort provider abnormal-dialogue local']);
  const end = deliver(true, (own) => `6406 4904${own}`);
  assert.deepEqual(end.log, ['abort provider abnormal-dialogue local']);
  const abrt = deliver(true, (own) => `671a 4904${own} 6b122810060700118605010101a0056403800101`);
  assert.deepEqual(abrt.log, ['abort provider abnormal-dialogue']);
  const noCommon = deliver(
    true,
    (own) =>
      `6732 4904${own} 6b2a2828060700118605010101a01d611b80020780a109060704000001001403a203020101a305a203020102`,
  );
  assert.deepEqual(noCommon.log, ['abort refused no-common-dialogue-portion']);
  const bare = deliver(true, (own) => `6706 4904${own}`);
  assert.deepEqual(bare.log, ['abort user']);
  for (let cause = 0; cause <= 4; cause++) {
    const provider = deliver(true, (own) => `6709 4904${own} 4a010${cause}`);
    assert.deepEqual(provider.log, [`abort provider ${cause}`]);
    assert.equal(provider.open, 0);
  }
});

test('transaction ids of 1 to 4 octets are taken and echoed with their length (ITU-T Q.773 §4.2.1.3)', () => {
  for (const peer of ['07', '0708', '070809', '0708090a']) {
    const { b, toBob, lastSent } = plant();
    const size = peer.length / 2;
    toBob(`62${hex(Uint8Array.of(2 + size))}48${hex(Uint8Array.of(size))}${peer}`);
    b.recorder.dialogue!.end();
    assert.equal(lastSent(), `64${hex(Uint8Array.of(2 + size))}49${hex(Uint8Array.of(size))}${peer}`);
  }
});

test('the responder may answer from another address, and hears there from then on (ITU-T Q.774 §3.3.3.2.2)', () => {
  const { open, sccp, b, wheel } = plant();
  const dialogue = open(false);
  dialogue.begin();
  wheel.advance(1);
  const elsewhere = titled('41790000777', 6);
  const data = octets(`650c 4804${id(b.recorder.dialogue!.id)} 4904${id(dialogue.id)}`);
  sccp.deliver({ called: alice, calling: elsewhere, returnOption: false, data });
  dialogue.continue();
  assert.deepEqual(sccp.sent.at(-1)?.called, elsewhere);
});

test('messages of a dialogue go in sequence, begin and continue with the return option (ITU-T Q.711 §6.2.2.2)', () => {
  const { a, b, open, sccp, wheel } = plant();
  open().begin();
  wheel.advance(1);
  b.recorder.dialogue!.continue();
  b.recorder.dialogue!.end();
  assert.deepEqual(
    sccp.sent.map(({ returnOption, sequenceControl }) => [returnOption, typeof sequenceControl]),
    [
      [true, 'number'],
      [true, 'number'],
      [false, 'number'],
    ],
  );
  const loose = a.tcap.open({
    localAddress: alice,
    remoteAddress: bob,
    user: a.recorder,
    inSequence: false,
  })!;
  loose.begin();
  assert.equal(sccp.sent.at(-1)?.sequenceControl, undefined);
});

test('a begin yields to a congested network before what goes on with a dialogue or ends it (ITU-T Q.714 §2.6)', () => {
  const { b, open, sccp, wheel, toBob } = plant();
  open().begin();
  wheel.advance(1);
  b.recorder.dialogue!.continue();
  b.recorder.dialogue!.end();
  toBob('6306480400000001');
  assert.deepEqual(
    sccp.sent.map(({ unsaidImportance }) => unsaidImportance),
    [undefined, 6, 6, 6],
  );
});

test('the limit of dialogues: open gives nothing, a begin is refused for want of resources, both are counted', () => {
  const { a, b, open, wheel } = plant({ aliceLimits: { dialoguesMax: 3 }, bobLimits: { dialoguesMax: 1 } });
  open().begin();
  open().begin();
  wheel.advance(1);
  assert.deepEqual(a.recorder.take(), ['abort provider 4']);
  assert.equal(b.counters.get('tcap.limit.dialogues'), 1);
  open();
  open();
  const request = { localAddress: alice, remoteAddress: bob, user: a.recorder };
  assert.equal(a.tcap.open(request), null);
  assert.equal(a.counters.get('tcap.limit.dialogues'), 1);
});

test('an id comes again after its guard time alone', () => {
  const { open, wheel } = plant({ aliceLimits: { transactionIdGuardMs: 100 } });
  const once = () => {
    const dialogue = open();
    const own = dialogue.id;
    dialogue.abort();
    return own;
  };
  const first = once();
  assert.notEqual(once(), first);
  wheel.advance(99);
  assert.equal(once(), first + 2);
  wheel.advance(100);
  assert.equal(once(), first);
  assert.equal(once(), first + 1);
  assert.equal(once(), first + 3);
});

test('limits of components, of message length and of the inbox, each counted', () => {
  const { b, toBob, open } = plant({
    bobLimits: { componentsMax: 2 },
    aliceLimits: { messageSizeMaxOctets: 1000 },
  });
  const invoke = (number: number) => `a106 02010${number} 020145`;
  toBob(`6228 480400000001 6c20 ${invoke(1)} ${invoke(2)} ${invoke(3)} ${invoke(4)}`);
  assert.deepEqual(b.recorder.take(), [
    'invoke 1 op 69 ',
    'invoke 2 op 69 ',
    'reject 3 invoke 3 local',
    'begin',
  ]);
  assert.equal(b.counters.get('tcap.limit.components'), 1);
  const dialogue = open();
  const operation = {
    operationCode: 1,
    parameter: new Uint8Array(600),
    operationClass: 1,
    timeoutMs: 1,
  } as const;
  assert.equal(dialogue.invoke(operation), 1);
  assert.equal(dialogue.invoke(operation), null);
  assert.equal(dialogue.result(1, { operationCode: 1, parameter: new Uint8Array(600) }), false);
  assert.equal(dialogue.error(1, 1, new Uint8Array(600)), false);
  assert.equal(dialogue.result(1, { operationCode: 1, parameter: argument }), true);
});

test('a message over the length limit is refused for want of resources', () => {
  const { b, toBob, lastSent } = plant({ bobLimits: { messageSizeMaxOctets: 600 } });
  const parameter = Buffer.from([0x04, 0x82, 0x02, 0x58, ...new Uint8Array(600)]).toString('hex');
  toBob(`6282026e 480400000001 6c820264 a1820260 020101 020145 ${parameter.slice(0, -4)}`);
  assert.equal(lastSent(), '6709490400000001' + '4a0104');
  assert.equal(b.counters.get('tcap.limit.receivedMessageSize'), 1);
});

test('overload: a begin is answered at once by an end with a component, and holds no dialogue', () => {
  const seen: ConnectionlessIndication[] = [];
  const { a, b, acceptor, open, wheel } = plant({ bobAdmits: () => false });
  const carryOn: Component = { kind: 'invoke', invokeId: 1, operationCode: 31 };
  acceptor.onOverload = (begin) => {
    seen.push(begin);
    return { end: [carryOn] };
  };
  const dialogue = open();
  dialogue.invoke({ operationCode: 0, parameter: argument, operationClass: 1, timeoutMs: 1000 });
  dialogue.begin();
  wheel.advance(1);
  assert.deepEqual(a.recorder.take(), ['invoke 1 op 31 ', 'end context 0.4.0.0.1.0.20.3']);
  assert.deepEqual(seen[0]?.portion.applicationContext, context);
  assert.equal(seen[0].components[0]?.kind, 'invoke');
  assert.equal(b.tcap.openDialogues, 0);
  assert.equal(b.counters.get('tcap.begin.notAdmitted'), 1);
  assert.equal(b.counters.get('tcap.begin.answeredStateless'), 1);
  acceptor.onOverload = () => 'discard';
  open().begin();
  wheel.advance(2);
  assert.deepEqual(a.recorder.take(), []);
  acceptor.onOverload = () => 'refuse';
  open().begin();
  wheel.advance(3);
  assert.deepEqual(a.recorder.take(), ['abort provider 4']);
  delete acceptor.onOverload;
  open().begin();
  wheel.advance(4);
  assert.deepEqual(a.recorder.take(), ['abort provider 4']);
  assert.equal(b.counters.get('tcap.begin.refused'), 2);
});

test('at the limit of dialogues the same answer is given', () => {
  const { a, acceptor, open, wheel } = plant({ bobLimits: { dialoguesMax: 1 } });
  acceptor.onOverload = () => ({ end: [] });
  open(false).begin();
  open(false).begin();
  wheel.advance(1);
  assert.deepEqual(a.recorder.take(), ['end']);
});

test('a begin for a subsystem that takes none is refused', () => {
  const { a, b, sccp } = plant();
  const dialogue = b.tcap.open({ localAddress: bob, remoteAddress: alice, user: b.recorder })!;
  a.tcap.open({ localAddress: alice, remoteAddress: bob, user: a.recorder });
  dialogue.begin();
  assert.equal(hex(sccp.sent.at(-1)?.data), `67094904${id(dialogue.id)}4a0104`);
  assert.equal(a.counters.get('tcap.begin.unattended'), 1);
});

test('unidirectional: sent and received, with and without dialogue portion (ITU-T Q.774 §3.3.3.1)', () => {
  const seen: ConnectionlessIndication[] = [];
  const { a, b, acceptor, toBob } = plant();
  const request = {
    localAddress: alice,
    remoteAddress: bob,
    invokes: [{ operationCode: 9, parameter: argument }],
  };
  assert.equal(a.tcap.unidirectional(request), true);
  assert.equal(b.counters.get('tcap.unidirectional.unattended'), 1);
  acceptor.onUnidirectional = (unidirectional) => seen.push(unidirectional);
  a.tcap.unidirectional(request);
  a.tcap.unidirectional({
    ...request,
    applicationContext: context,
    userInformation: octets('28050603040001'),
  });
  assert.deepEqual(
    seen.map(({ portion, components }) => [
      portion.applicationContext,
      portion.userInformation?.map(hex),
      components.length,
    ]),
    [
      [undefined, undefined, 1],
      [context, ['28050603040001'], 1],
    ],
  );
  assert.equal(
    a.tcap.unidirectional({ ...request, invokes: [{ operationCode: 9, parameter: new Uint8Array(5000) }] }),
    false,
  );
  // The dialogue portion of a structured dialogue has no place there.
  toBob(`612a ${dialoguePortion} 6c08 a106 020101 020145`);
  assert.equal(b.counters.get('tcap.dialogue.abnormal'), 1);
  assert.equal(seen.length, 2);
  assert.equal(b.tcap.openDialogues, 0);
});

test('an inbox that is full loses what comes, and counts it', () => {
  const { b, acceptor, open, toBob } = plant({ bobLimits: { inboxMax: 2 } });
  acceptor.onBegin = (dialogue) => {
    b.recorder.dialogue = dialogue;
    for (let count = 0; count < 5; count++) toBob('6406490400000001');
    return b.recorder;
  };
  open().begin();
  assert.equal(b.counters.get('tcap.limit.inbox'), 3);
  assert.equal(b.counters.get('tcap.received.end'), 2);
});
