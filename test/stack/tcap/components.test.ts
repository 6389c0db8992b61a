import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OperationClass } from '../../../src/stack/tcap/service.ts';
import { octets, plant } from './plant.ts';

const argument = octets('30038001ff');

/** A dialogue in which both sides have spoken; what was written down so far is forgotten. */
function active(options: Parameters<typeof plant>[0] = {}) {
  const planted = plant(options);
  const dialogue = planted.open();
  dialogue.begin();
  planted.wheel.advance(1);
  planted.b.recorder.dialogue!.continue();
  planted.wheel.advance(2);
  planted.a.recorder.take();
  planted.b.recorder.take();
  let now = 2;
  const run = (ms = 1) => {
    now += ms;
    planted.wheel.advance(now);
  };
  return { ...planted, dialogue, answering: planted.b.recorder.dialogue!, run };
}

const invoke = (operationClass: OperationClass, timeoutMs = 5000) =>
  ({ operationCode: 45, parameter: argument, operationClass, timeoutMs }) as const;

test('class 1: result, results in parts, error, reject or timeout (ITU-T Q.774 §3.2.1.1.3)', () => {
  const { a, dialogue, answering, run } = active();
  for (let id = 1; id <= 5; id++) assert.equal(dialogue.invoke(invoke(1)), id);
  dialogue.continue();
  run();
  answering.result(1, { operationCode: 45, parameter: argument }, false);
  answering.result(1, { operationCode: 45, parameter: argument }, false);
  answering.result(1);
  answering.error(2, 27);
  answering.reject(3, { type: 'invoke', code: 1 });
  answering.continue();
  run();
  assert.deepEqual(a.recorder.take(), [
    'result-nl 1 30038001ff',
    'result-nl 1 30038001ff',
    'result 1 ',
    'error 2 code 27 ',
    'reject 3 invoke 1',
    'continue',
  ]);
  run(5000);
  assert.deepEqual(a.recorder.take(), ['timeout 4', 'timeout 5']);
});

test('the invocation timer starts when the invoke is sent, not when it is asked for (ITU-T Q.774 figure A.7)', () => {
  const { a, dialogue, run } = active();
  dialogue.invoke(invoke(1, 100));
  run(1000);
  assert.deepEqual(a.recorder.take(), []);
  dialogue.continue();
  run(99);
  assert.deepEqual(a.recorder.take(), []);
  run(2);
  assert.deepEqual(a.recorder.take(), ['timeout 1']);
});

test('class 2: an error is taken, a result is rejected as unexpected (ITU-T Q.774 §3.2.2.2)', () => {
  const { a, b, dialogue, answering, run } = active();
  dialogue.invoke(invoke(2));
  dialogue.invoke(invoke(2));
  dialogue.continue();
  run();
  b.recorder.take();
  answering.error(1, 27);
  answering.result(2);
  answering.continue();
  run();
  assert.deepEqual(a.recorder.take(), ['error 1 code 27 ', 'reject 2 returnResult 1 local', 'continue']);
  dialogue.continue();
  run();
  assert.deepEqual(b.recorder.take(), ['reject 2 returnResult 1', 'continue']);
});

test('class 3: a result is taken, an error is rejected as unexpected (ITU-T Q.774 §3.2.2.2)', () => {
  const { a, b, dialogue, answering, run } = active();
  dialogue.invoke(invoke(3));
  dialogue.invoke(invoke(3));
  dialogue.continue();
  run();
  b.recorder.take();
  answering.result(1);
  answering.error(2, 27);
  answering.continue();
  run();
  assert.deepEqual(a.recorder.take(), ['result 1 ', 'reject 2 returnError 1 local', 'continue']);
  dialogue.continue();
  run();
  assert.deepEqual(b.recorder.take(), ['reject 2 returnError 1', 'continue']);
});

test('class 4: nothing is taken but a reject, and its end is silent (ITU-T Q.774 §3.2.2.2)', () => {
  const { a, dialogue, answering, run } = active();
  for (let count = 0; count < 4; count++) dialogue.invoke(invoke(4, 50));
  dialogue.continue();
  run();
  answering.result(1);
  answering.error(2, 27);
  answering.reject(3, { type: 'invoke', code: 2 });
  answering.continue();
  run();
  assert.deepEqual(a.recorder.take(), [
    'reject 1 returnResult 1 local',
    'reject 2 returnError 1 local',
    'reject 3 invoke 2',
    'continue',
  ]);
  run(100);
  assert.deepEqual(a.recorder.take(), []);
});

test('an answer to what is not under way is rejected: unrecognized invoke id (ITU-T Q.774 §3.2.2.2)', () => {
  const { a, b, dialogue, answering, run } = active();
  dialogue.invoke(invoke(1));
  dialogue.continue();
  run();
  b.recorder.take();
  answering.result(7);
  answering.error(8, 27);
  answering.result(1);
  answering.result(1);
  answering.continue();
  run();
  assert.deepEqual(a.recorder.take(), [
    'reject 7 returnResult 0 local',
    'reject 8 returnError 0 local',
    'result 1 ',
    'reject 1 returnResult 0 local',
    'continue',
  ]);
  dialogue.continue();
  run();
  assert.deepEqual(b.recorder.take(), [
    'reject 7 returnResult 0',
    'reject 8 returnError 0',
    'reject 1 returnResult 0',
    'continue',
  ]);
});

test('a reject of a reject never: a reject for nothing is counted, a malformed one told to the user alone', () => {
  const { b, dialogue, answering, toBob, run, sccp } = active();
  dialogue.reject(9, { type: 'invoke', code: 1 });
  dialogue.continue();
  run();
  assert.deepEqual(b.recorder.take(), ['continue']);
  assert.equal(b.counters.get('tcap.received.reject.unassigned'), 1);
  const own = answering.id.toString(16).padStart(8, '0');
  const other = dialogue.id.toString(16).padStart(8, '0');
  toBob(`65 16 4804${other} 4904${own} 6c08 a406 020105 840102`);
  assert.deepEqual(b.recorder.take(), ['reject 5 general 1 local', 'continue']);
  answering.continue();
  assert.ok(!Buffer.from(sccp.sent.at(-1)!.data).toString('hex').includes('6c'));
});

test('linked operations: of an operation under way, else unrecognized linked id (ITU-T Q.774 §3.2.2.2)', () => {
  const { a, b, dialogue, answering, run } = active();
  dialogue.invoke(invoke(1));
  dialogue.continue();
  run();
  b.recorder.take();
  answering.invoke({ ...invoke(1), linkedId: 1 });
  answering.invoke({ ...invoke(1), linkedId: 2 });
  answering.continue();
  run();
  assert.deepEqual(a.recorder.take(), [
    'invoke 1 linked 1 op 45 30038001ff',
    'reject 2 invoke 5 local',
    'continue',
  ]);
  dialogue.continue();
  run();
  assert.deepEqual(b.recorder.take(), ['reject 2 invoke 5', 'continue']);
  // A parent that was answered has no linked operations any more.
  answering.result(1);
  answering.invoke({ ...invoke(1), linkedId: 1 });
  answering.continue();
  run();
  assert.deepEqual(a.recorder.take(), ['result 1 ', 'reject 3 invoke 5 local', 'continue']);
});

test('an invoke id that comes again before it was answered is marked, for the user to reject', () => {
  const { b, dialogue, answering, toBob, run } = active();
  const own = answering.id.toString(16).padStart(8, '0');
  const other = dialogue.id.toString(16).padStart(8, '0');
  const again = `65 16 4804${other} 4904${own} 6c08 a106 020103 020145`;
  toBob(again);
  toBob(again);
  assert.deepEqual(b.recorder.take(), [
    'invoke 3 op 69 ',
    'continue',
    'invoke 3 op 69  duplicate',
    'continue',
  ]);
  answering.result(3);
  toBob(again);
  assert.deepEqual(b.recorder.take(), ['invoke 3 op 69 ', 'continue']);
  run();
});

test('what is behind a malformed component is discarded, and the reject goes with the next message (ITU-T Q.774 §3.2.2.2)', () => {
  const { a, b, dialogue, answering, toBob, run } = active();
  const own = answering.id.toString(16).padStart(8, '0');
  const other = dialogue.id.toString(16).padStart(8, '0');
  toBob(
    `65 24 4804${other} 4904${own} 6c16 a106 020101 020145 a904 020102 00 a106 020103 020145`.replace(
      '6524',
      '6524',
    ),
  );
  assert.deepEqual(b.recorder.take(), ['invoke 1 op 69 ', 'reject 2 general 0 local', 'continue']);
  answering.result(1);
  answering.end();
  run();
  assert.deepEqual(a.recorder.take(), ['reject 2 general 0', 'reject 1 returnResult 0 local', 'end']);
});

test('the user rejects what only it can judge: each problem of an invoke, a result and an error', () => {
  const { a, b, dialogue, answering, run } = active();
  for (let code = 0; code <= 7; code++) {
    const id = dialogue.invoke(invoke(1))!;
    dialogue.continue();
    run();
    answering.reject(id, { type: 'invoke', code });
    answering.continue();
    run();
    assert.deepEqual(a.recorder.take(), [`reject ${id} invoke ${code}`, 'continue']);
  }
  b.recorder.take();
  for (const type of ['returnResult', 'returnError'] as const) {
    const id = dialogue.invoke(invoke(1))!;
    dialogue.continue();
    run();
    if (type === 'returnResult') answering.result(id);
    else answering.error(id, 99);
    answering.continue();
    run();
    dialogue.reject(id, { type, code: 2 });
    dialogue.continue();
    run();
    assert.deepEqual(b.recorder.take(), [
      `invoke ${id} op 45 30038001ff`,
      'continue',
      `reject ${id} ${type} 2`,
      'continue',
    ]);
  }
  assert.equal(a.counters.get('tcap.sent.reject.returnError.2'), 1);
});

test('an answered operation’s id rests for the reject timer, and is free again after it', () => {
  const { dialogue, answering, run } = active({ aliceLimits: { invokesMax: 1, rejectTimerMs: 300 } });
  assert.equal(dialogue.invoke(invoke(1)), 1);
  assert.equal(dialogue.invoke(invoke(1)), null);
  dialogue.continue();
  run();
  answering.result(1);
  answering.continue();
  run();
  assert.equal(dialogue.invoke(invoke(1)), null);
  run(300);
  assert.equal(dialogue.invoke(invoke(4, 100)), 2);
  dialogue.continue();
  run(99);
  assert.equal(dialogue.invoke(invoke(1)), null);
  run(2);
  assert.equal(dialogue.invoke(invoke(1)), 3);
});

test('cancel: before it is sent the invoke is taken back, after it nobody waits for it (ITU-T Q.774 §3.2.1.1.3)', () => {
  const { a, b, dialogue, answering, run, wheel } = active();
  dialogue.invoke({
    ...invoke(1),
    parameter: new Uint8Array(200).fill(5).fill(4, 0, 1).fill(0x81, 1, 2).fill(197, 2, 3),
  });
  dialogue.invoke(invoke(1));
  dialogue.invoke(invoke(1));
  dialogue.cancel(2);
  dialogue.continue();
  run();
  assert.deepEqual(
    b.recorder.take().map((line) => line.slice(0, 8)),
    ['invoke 1', 'invoke 3', 'continue'],
  );
  const pending = wheel.pending;
  dialogue.cancel(3);
  assert.equal(wheel.pending, pending - 1);
  answering.result(3);
  answering.continue();
  run(60_000);
  assert.deepEqual(a.recorder.take(), ['reject 3 returnResult 0 local', 'continue', 'timeout 1']);
});

test('all 256 invoke ids are given, each once, then no more', () => {
  const { dialogue } = active({ aliceLimits: { invokesMax: 256 } });
  const ids = new Set<number>();
  for (let count = 0; count < 256; count++)
    ids.add(dialogue.invoke({ operationCode: 1, operationClass: 1, timeoutMs: 1000 })!);
  assert.equal(ids.size, 256);
  assert.equal(dialogue.invoke({ operationCode: 1, operationClass: 1, timeoutMs: 1000 }), null);
  assert.ok([...ids].every((id) => id >= -128 && id <= 127));
});

test('two dialogues that compose their messages at the same time do not mix them up', () => {
  const { b, open, wheel } = plant();
  const first = open();
  const second = open();
  first.invoke({ ...invoke(1), operationCode: 1 });
  second.invoke({ ...invoke(1), operationCode: 2 });
  first.invoke({ ...invoke(1), operationCode: 3 });
  second.invoke({ ...invoke(1), operationCode: 4 });
  first.begin();
  second.begin();
  wheel.advance(1);
  assert.deepEqual(
    b.recorder.take().filter((line) => line.startsWith('invoke')),
    [
      'invoke 1 op 1 30038001ff',
      'invoke 2 op 3 30038001ff',
      'invoke 1 op 2 30038001ff',
      'invoke 2 op 4 30038001ff',
    ],
  );
});
