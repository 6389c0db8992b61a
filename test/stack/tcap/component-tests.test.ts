/** What the tests of the component sub-layer of ITU-T Q.787 §7.2 ask, by the numbers of their groups. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OperationClass, Problem } from '../../../src/stack/tcap/service.ts';
import { hex, octets, plant } from './plant.ts';

const argument = octets('30038001ff');
const id = (value: number) => value.toString(16).padStart(8, '0');
const invoke = (operationClass: OperationClass, timeoutMs = 5000) =>
  ({ operationCode: 45, parameter: argument, operationClass, timeoutMs }) as const;

/** A dialogue in which both sides have spoken; what was written down so far is forgotten. */
function active() {
  const planted = plant();
  const dialogue = planted.open();
  dialogue.begin();
  planted.wheel.advance(1);
  const answering = planted.b.recorder.dialogue!;
  answering.continue();
  let now = 2;
  const run = (ms = 1) => {
    now += ms;
    planted.wheel.advance(now);
  };
  run();
  planted.a.recorder.take();
  planted.b.recorder.take();
  /** Components of Alice’s, made by hand, in a message to Bob. */
  const components = (text: string, type: 'continue' | 'end' = 'continue') => {
    const portion = octets(text);
    const ids = type === 'end' ? `4904${id(answering.id)}` : `4804${id(dialogue.id)} 4904${id(answering.id)}`;
    const size = octets(ids).length + 2 + portion.length;
    planted.toBob(
      `${type === 'end' ? '64' : '65'}${hex(Uint8Array.of(size))} ${ids} 6c${hex(Uint8Array.of(portion.length))} ${hex(portion)}`,
    );
  };
  return { ...planted, dialogue, answering, run, components };
}

test('ITU-T Q.787 2.1.1.1.1, ITU-T Q.774 §3.2.1.1.3: class 1, a single operation and its result; its state machine is idle after it', () => {
  const { a, b, open, wheel } = plant();
  const dialogue = open(false);
  assert.equal(dialogue.invoke(invoke(1)), 1);
  dialogue.begin();
  wheel.advance(1);
  assert.deepEqual(b.recorder.take(), [`invoke 1 op 45 ${hex(argument)}`, 'begin']);
  b.recorder.dialogue!.result(1, { operationCode: 45, parameter: argument });
  b.recorder.dialogue!.end();
  wheel.advance(2);
  assert.deepEqual(a.recorder.take(), [`result 1 ${hex(argument)}`, 'end']);
  wheel.advance(60_000);
  assert.deepEqual(a.recorder.take(), []);
  assert.equal(wheel.pending, 0);
});

test('ITU-T Q.787 2.1.1, ITU-T Q.774 §3.2.1.1.3: each class by what answers it: success, failure, nothing', () => {
  for (const [operationClass, success, failure, nothing] of [
    [1, 'result 1 ', 'error 1 code 27 ', 'timeout 1'],
    [2, 'reject 1 returnResult 1 local', 'error 1 code 27 ', 'timeout 1'],
    [3, 'result 1 ', 'reject 1 returnError 1 local', 'timeout 1'],
    [4, 'reject 1 returnResult 1 local', 'reject 1 returnError 1 local', undefined],
  ] as const)
    for (const [what, expected] of [
      ['success', success],
      ['failure', failure],
      ['nothing', nothing],
    ] as const) {
      const { a, dialogue, answering, run } = active();
      dialogue.invoke(invoke(operationClass));
      dialogue.continue();
      run();
      if (what === 'success') answering.result(1);
      if (what === 'failure') answering.error(1, 27);
      answering.continue();
      run(6000);
      const heard = a.recorder.take().filter((line) => line !== 'continue');
      assert.deepEqual(heard, expected === undefined ? [] : [expected], `class ${operationClass}: ${what}`);
    }
});

test('ITU-T Q.774 §3.2.1.1.1: several components in one message come in their order, each with its own outcome', () => {
  const { b, answering, components } = active();
  components(
    'a106 020101 020145 a203 020109 a106 020102 020146 a303 020108 020122 a406 020107 810101'.replace(
      'a303',
      'a306',
    ),
  );
  assert.deepEqual(b.recorder.take(), [
    'invoke 1 op 69 ',
    'reject 9 returnResult 0 local',
    'invoke 2 op 70 ',
    'reject 8 returnError 0 local',
    'continue',
  ]);
  assert.equal(answering.state, 'active');
});

test('ITU-T Q.787 2.1.2, ITU-T Q.774 §3.2.2.2: linked operations, of parents of each class, and their own answers', () => {
  for (const operationClass of [1, 2, 3, 4] as const) {
    const { a, b, dialogue, answering, run } = active();
    dialogue.invoke(invoke(operationClass));
    dialogue.continue();
    run();
    b.recorder.take();
    assert.equal(answering.invoke({ ...invoke(1), linkedId: 1 }), 1);
    assert.equal(answering.invoke({ ...invoke(1), linkedId: 1 }), 2);
    answering.continue();
    run();
    assert.deepEqual(a.recorder.take(), [
      `invoke 1 linked 1 op 45 ${hex(argument)}`,
      `invoke 2 linked 1 op 45 ${hex(argument)}`,
      'continue',
    ]);
    dialogue.result(1);
    dialogue.error(2, 5);
    dialogue.continue();
    run();
    assert.deepEqual(b.recorder.take(), ['result 1 ', 'error 2 code 5 ', 'continue']);
  }
});

const general: readonly (readonly [
  what: string,
  component: string,
  code: number,
  invokeId: number | null,
])[] = [
  ['unrecognized component', 'a906 020103 020145', 0, 3],
  ['unrecognized component', '8101 01', 0, null],
  ['mistyped component', 'a103 020103', 1, 3],
  ['mistyped component', 'a107 0202012c 020145', 1, null],
  ['badly structured component', 'a106 020103 020545', 2, 3],
  ['badly structured component', 'a182', 2, null],
];
for (const [what, component, code, invokeId] of general)
  test(`ITU-T Q.774 §3.2.2.2 table 5: ${what} (general ${code}), with the invoke id ${invokeId}: rejected, and told to the user`, () => {
    const { a, b, answering, run, components, lastSent } = active();
    components(component);
    assert.deepEqual(b.recorder.take(), [`reject ${String(invokeId)} general ${code} local`, 'continue']);
    assert.equal(b.counters.get(`tcap.sent.reject.general.${code}`), 1);
    answering.continue();
    const element = invokeId === null ? '0500' : `02010${invokeId}`;
    assert.ok(lastSent().endsWith(`${element}80010${code}`));
    run();
    assert.deepEqual(a.recorder.take(), [`reject ${String(invokeId)} general ${code}`, 'continue']);
    assert.equal(a.counters.get(`tcap.received.reject.general.${code}`), 1);
  });

test('ITU-T Q.774 §3.2.2.2: after an end a reject goes nowhere; the user is told all the same', () => {
  const { b, sccp, components } = active();
  const before = sccp.sent.length;
  components('a103 020103', 'end');
  assert.deepEqual(b.recorder.take(), ['reject 3 general 1 local', 'end']);
  assert.equal(sccp.sent.length, before);
});

test('ITU-T Q.774 §3.2.2.2 table 5: unrecognized linked id (invoke 5): rejected, and told to the user', () => {
  const { a, b, answering, run, components } = active();
  components('a109 020103 800107 020145');
  assert.deepEqual(b.recorder.take(), ['reject 3 invoke 5 local', 'continue']);
  answering.continue();
  run();
  assert.deepEqual(a.recorder.take(), ['continue']);
  assert.equal(a.counters.get('tcap.received.reject.unassigned'), 1);
});

for (const [type, code, what] of [
  ['returnResult', 0, 'unrecognized invoke id'],
  ['returnResult', 1, 'return result unexpected'],
  ['returnError', 0, 'unrecognized invoke id'],
  ['returnError', 1, 'return error unexpected'],
] as const)
  test(`ITU-T Q.774 §3.2.2.2 table 5: ${what} (${type} ${code}): rejected, and told to both users`, () => {
    const { a, b, dialogue, answering, run } = active();
    dialogue.invoke(invoke(type === 'returnResult' ? 2 : 3));
    dialogue.continue();
    run();
    b.recorder.take();
    const invokeId = code === 0 ? 9 : 1;
    if (type === 'returnResult') answering.result(invokeId);
    else answering.error(invokeId, 27);
    answering.continue();
    run();
    assert.deepEqual(a.recorder.take(), [`reject ${invokeId} ${type} ${code} local`, 'continue']);
    dialogue.continue();
    run();
    assert.deepEqual(b.recorder.take(), [`reject ${invokeId} ${type} ${code}`, 'continue']);
  });

const invokeProblems = [
  'duplicate invoke id',
  'unrecognized operation',
  'mistyped parameter',
  'resource limitation',
  'initiating release',
  'unrecognized linked id',
  'linked response unexpected',
  'unexpected linked operation',
];
for (const [code, what] of invokeProblems.entries())
  test(`ITU-T Q.787 2.1.3, 2.1.4, ITU-T Q.773 §4.2.2.6: ${what} (invoke ${code}): a user rejects, the other is told, the invocation is over`, () => {
    const { a, b, dialogue, answering, run, wheel } = active();
    const pending = wheel.pending;
    dialogue.invoke(invoke(1));
    dialogue.continue();
    run();
    assert.ok(answering.reject(1, { type: 'invoke', code }));
    answering.continue();
    run();
    assert.deepEqual(a.recorder.take(), [`reject 1 invoke ${code}`, 'continue']);
    assert.equal(wheel.pending, pending);
    assert.equal(b.counters.get(`tcap.sent.reject.invoke.${code}`), 1);
    assert.equal(a.counters.get(`tcap.received.reject.invoke.${code}`), 1);
    run(6000);
    assert.deepEqual(a.recorder.take(), []);
  });

const answerProblems: readonly (readonly [type: Problem['type'], code: number, what: string])[] = [
  ['returnResult', 2, 'mistyped parameter'],
  ['returnError', 2, 'unrecognized error'],
  ['returnError', 3, 'unexpected error'],
  ['returnError', 4, 'mistyped parameter'],
];
for (const [type, code, what] of answerProblems)
  test(`ITU-T Q.787 2.1.4, ITU-T Q.773 §4.2.2.6: ${what} (${type} ${code}): the user of the operation rejects the answer`, () => {
    const { a, b, dialogue, answering, run } = active();
    dialogue.invoke(invoke(1));
    dialogue.continue();
    run();
    b.recorder.take();
    if (type === 'returnResult') answering.result(1, { operationCode: 45, parameter: argument });
    else answering.error(1, 99);
    answering.continue();
    run();
    a.recorder.take();
    assert.ok(dialogue.reject(1, { type, code }));
    dialogue.continue();
    run();
    assert.deepEqual(b.recorder.take(), [`reject 1 ${type} ${code}`, 'continue']);
    // The id is free again, at once.
    for (let count = 0; count < 32; count++) assert.notEqual(dialogue.invoke(invoke(1)), null);
  });

test('ITU-T Q.773 §4.2.2.6: a duplicate invoke id is told to the user, who knows whether the first is still under way', () => {
  const { a, b, answering, run, components } = active();
  components('a106 020103 020145 a106 020103 020146');
  assert.deepEqual(b.recorder.take(), ['invoke 3 op 69 ', 'invoke 3 op 70  duplicate', 'continue']);
  answering.reject(3, { type: 'invoke', code: 0 });
  answering.continue();
  run();
  assert.equal(a.counters.get('tcap.received.reject.invoke.0'), 1);
});

test('ITU-T Q.774 §3.2.2.2: a reject of a reject never: one that is malformed in each way is told to the user alone', () => {
  for (const component of [
    'a403 020107',
    'a406 020107 850100',
    'a403 800100',
    'a408 020107 a003020101',
    'a410 020107',
  ]) {
    const { b, answering, sccp, components } = active();
    components(component);
    const [told] = b.recorder.take();
    assert.match(told ?? '', /^reject (7|null) general [12] local$/);
    answering.continue();
    assert.ok(!hex(sccp.sent.at(-1)?.data).includes('6c'), component);
    assert.equal(
      [...b.counters.values.keys()].some((name) => name.startsWith('tcap.sent.reject')),
      false,
    );
  }
});

test('ITU-T Q.773 §4.2.2.6: a problem code that is not named is a reject like others', () => {
  const { b, dialogue, answering, run, components } = active();
  answering.invoke(invoke(1));
  answering.continue();
  run();
  components('a406 020101 810163');
  assert.deepEqual(b.recorder.take(), ['reject 1 invoke 99', 'continue']);
  assert.equal(b.counters.get('tcap.received.reject.invoke.other'), 1);
  assert.equal(dialogue.state, 'active');
});

test('ITU-T Q.774 §3.2.2.4: the end of a dialogue ends its invocations without a word, and its timers', () => {
  for (const end of ['end', 'abort', 'prearranged'] as const) {
    const { a, dialogue, run, wheel } = active();
    for (const operationClass of [1, 2, 3, 4] as const) dialogue.invoke(invoke(operationClass));
    dialogue.continue();
    run();
    if (end === 'abort') dialogue.abort();
    else dialogue.end(end === 'end' ? 'basic' : 'prearranged');
    a.recorder.take();
    run(10_000);
    assert.deepEqual(a.recorder.take(), []);
    assert.ok(wheel.pending <= 1);
  }
});
