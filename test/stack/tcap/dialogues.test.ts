import assert from 'node:assert/strict';
import { test } from 'node:test';
import { context, octets, otherContext, plant } from './plant.ts';

const argument = octets('30038001ff');
const external = octets('280b060400000101a003020105');
const operation = { operationCode: 45, parameter: argument, operationClass: 1, timeoutMs: 10_000 } as const;

test('begin, continue, end: components, context and user information arrive, and both sides are empty after it (ITU-T Q.774 §3.2.1.2)', () => {
  const { a, b, open, wheel } = plant();
  const dialogue = open();
  assert.equal(dialogue.state, 'idle');
  assert.equal(dialogue.invoke(operation), 1);
  assert.equal(dialogue.invoke({ ...operation, operationCode: [1, 2, 840] }), 2);
  dialogue.begin(external);
  assert.equal(dialogue.state, 'init-sent');
  wheel.advance(1);
  assert.deepEqual(b.recorder.take(), [
    'invoke 1 op 45 30038001ff',
    'invoke 2 op 1,2,840 30038001ff',
    'begin context 0.4.0.0.1.0.20.3 info 280b060400000101a003020105',
  ]);
  const answering = b.recorder.dialogue!;
  assert.equal(answering.state, 'init-received');
  assert.deepEqual(answering.applicationContext, context);
  answering.result(1, { operationCode: 45, parameter: argument }, false);
  answering.continue();
  wheel.advance(2);
  assert.equal(answering.state, 'active');
  assert.equal(dialogue.state, 'active');
  assert.deepEqual(a.recorder.take(), ['result-nl 1 30038001ff', 'continue context 0.4.0.0.1.0.20.3']);
  answering.result(1);
  answering.error(2, 34, argument);
  answering.end();
  wheel.advance(3);
  assert.deepEqual(a.recorder.take(), ['result 1 ', 'error 2 code 34 30038001ff', 'end']);
  assert.equal(a.tcap.openDialogues, 0);
  assert.equal(b.tcap.openDialogues, 0);
  wheel.advance(1000_000);
  assert.deepEqual([a.recorder.take(), b.recorder.take(), wheel.pending], [[], [], 0]);
});

test('a user may answer and end inside an upcall; the rest of the message is kept from it then', () => {
  const { a, b, open, wheel } = plant();
  b.recorder.onComponentDo = (dialogue, component) => {
    if (component.kind !== 'invoke') return;
    dialogue.result(component.invokeId);
    dialogue.end();
    dialogue.end();
  };
  const dialogue = open();
  dialogue.invoke(operation);
  dialogue.invoke(operation);
  dialogue.begin();
  wheel.advance(1);
  assert.deepEqual(b.recorder.take(), ['invoke 1 op 45 30038001ff']);
  assert.deepEqual(a.recorder.take(), ['result 1 ', 'end context 0.4.0.0.1.0.20.3']);
  assert.equal(b.counters.get('tcap.request.stale'), 1);
});

test('no upcall comes within a request, though the answer is there at once', () => {
  const { a, b, open, wheel } = plant();
  b.recorder.onDelimiterDo = (dialogue) => dialogue.end();
  const dialogue = open();
  dialogue.begin();
  assert.deepEqual(a.recorder.take(), []);
  assert.equal(dialogue.state, 'init-sent');
  wheel.advance(1);
  assert.deepEqual(a.recorder.take(), ['end context 0.4.0.0.1.0.20.3']);
});

test('the responder may confirm another context than the one asked for (ITU-T Q.771 §3.1.2.2.2.2)', () => {
  const { a, b, open, wheel } = plant();
  b.recorder.onDelimiterDo = (dialogue) =>
    dialogue.continue({ applicationContext: otherContext, userInformation: [external] });
  const dialogue = open();
  dialogue.begin();
  wheel.advance(1);
  assert.deepEqual(a.recorder.take(), ['continue context 0.4.0.0.1.0.20.2 info 280b060400000101a003020105']);
  assert.deepEqual(dialogue.applicationContext, otherContext);
});

test('a dialogue without a context has no dialogue portion in either direction', () => {
  const { a, b, open, wheel, sccp } = plant();
  b.recorder.onDelimiterDo = (dialogue) => dialogue.end();
  open(false).begin();
  wheel.advance(1);
  assert.deepEqual(b.recorder.take(), ['begin']);
  assert.deepEqual(a.recorder.take(), ['end']);
  assert.ok(sccp.sent.every(({ data }) => !data.includes(0x6b)));
});

test('prearranged end: nothing is sent, on either side alone (ITU-T Q.774 §3.2.1.2)', () => {
  const { a, b, open, wheel, sccp } = plant();
  const dialogue = open();
  dialogue.begin();
  wheel.advance(1);
  b.recorder.dialogue!.end('prearranged');
  dialogue.end('prearranged');
  assert.equal(sccp.sent.length, 1);
  assert.equal(a.tcap.openDialogues + b.tcap.openDialogues, 0);
});

test('user abort, with and without information, in each state (ITU-T Q.774 §3.2.1.2)', () => {
  const { a, b, open, wheel, sccp } = plant();
  open().begin();
  wheel.advance(1);
  b.recorder.dialogue!.abort({ userInformation: external });
  wheel.advance(2);
  assert.deepEqual(a.recorder.take(), ['abort user 280b060400000101a003020105']);

  const active = open();
  active.begin();
  wheel.advance(3);
  b.recorder.dialogue!.continue();
  wheel.advance(4);
  a.recorder.take();
  b.recorder.take();
  active.abort();
  wheel.advance(5);
  assert.deepEqual(b.recorder.take(), ['abort user']);

  // Before the peer's transaction is known there is nobody to tell; its answer then meets no transaction.
  const early = open();
  early.begin();
  const sentBefore = sccp.sent.length;
  early.abort();
  assert.equal(sccp.sent.length, sentBefore);
  wheel.advance(6);
  b.recorder.take();
  b.recorder.dialogue!.continue();
  wheel.advance(7);
  assert.deepEqual(b.recorder.take(), ['abort provider 1']);
  assert.equal(a.tcap.openDialogues + b.tcap.openDialogues, 0);
});

test('a refused context, and a refusal with an alternative (ITU-T Q.774 §3.2.1.2)', () => {
  const { a, b, acceptor, open, wheel } = plant();
  acceptor.refuse = true;
  open().begin();
  wheel.advance(1);
  assert.deepEqual(a.recorder.take(), ['abort refused application-context-not-supported']);
  acceptor.refuse = false;
  b.recorder.onDelimiterDo = (dialogue) => dialogue.abort({ refusal: { alternative: otherContext } });
  open().begin();
  wheel.advance(2);
  assert.deepEqual(a.recorder.take(), ['abort refused application-context-not-supported 0,4,0,0,1,0,20,2']);
  b.recorder.onDelimiterDo = (dialogue) => dialogue.abort({ refusal: { diagnostic: 'no-reason' } });
  open().begin();
  wheel.advance(3);
  assert.deepEqual(a.recorder.take(), ['abort refused no-reason']);
  assert.equal(a.tcap.openDialogues + b.tcap.openDialogues, 0);
});

test('a begin that comes back from the network ends its dialogue; a later message is only reported', () => {
  const { a, b, open, wheel, sccp } = plant();
  sccp.returns = () => 1;
  const dialogue = open();
  dialogue.begin();
  assert.deepEqual(a.recorder.take(), []);
  wheel.advance(1);
  assert.deepEqual(a.recorder.take(), ['abort notice 1']);
  assert.equal(a.tcap.openDialogues, 0);
  sccp.returns = null;
  const second = open();
  second.begin();
  wheel.advance(2);
  b.recorder.dialogue!.continue();
  wheel.advance(3);
  a.recorder.take();
  sccp.returns = () => 8;
  second.continue();
  wheel.advance(4);
  assert.deepEqual(a.recorder.take(), ['notice 8']);
  assert.equal(second.state, 'active');
});

test('a dialogue in which nothing is heard is given up at its idle limit, and the peer is told', () => {
  const { a, b, open, wheel } = plant({
    aliceLimits: { idleLimitMs: 1000 },
    bobLimits: { idleLimitMs: 9000 },
  });
  const dialogue = open();
  dialogue.begin();
  wheel.advance(1);
  b.recorder.dialogue!.continue();
  b.recorder.take();
  wheel.advance(900);
  dialogue.continue();
  wheel.advance(1800);
  assert.equal(dialogue.state, 'active');
  dialogue.idleLimitMs = 200;
  dialogue.continue();
  a.recorder.take();
  b.recorder.take();
  wheel.advance(1999);
  assert.equal(dialogue.state, 'active');
  wheel.advance(2001);
  assert.deepEqual(a.recorder.take(), ['abort idle']);
  assert.deepEqual(b.recorder.take(), ['abort provider 4']);
  // Opened and never begun.
  open();
  wheel.advance(4000);
  assert.deepEqual(a.recorder.take(), ['abort idle']);
  assert.equal(a.tcap.openDialogues + b.tcap.openDialogues, 0);
});
