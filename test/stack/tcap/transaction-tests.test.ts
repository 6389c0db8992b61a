/** What the tests of the transaction sub-layer of ITU-T Q.787 §7.1 ask, by the numbers of their groups. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ConnectionlessIndication } from '../../../src/stack/tcap/service.ts';
import { titled } from '../../support/memory-sccp.ts';
import { alice, bob, context, hex, octets, plant } from './plant.ts';

const argument = octets('30038001ff');
const external = octets('280b060400000101a003020105');
const operation = { operationCode: 45, parameter: argument, operationClass: 1, timeoutMs: 10_000 } as const;
const id = (value: number) => value.toString(16).padStart(8, '0');
const invoke = '6c08 a106 020101 020145';
const request = '6b1e281c060700118605010101a011600f80020780a109060704000001001403';
const response = '6b2a2828060700118605010101a01d611b80020780a109060704000001001403a203020100a305a103020100';

/** A message around contents of less than 128 octets. */
const message = (type: string, contents: string) => {
  const body = octets(contents);
  return octets(`${type}${hex(Uint8Array.of(body.length))}${hex(body)}`);
};
/** A peer of Alice’s that nobody plays: its messages are made by hand. */
const nobody = titled('888', 6);
function toAlice({ sccp }: Pick<ReturnType<typeof plant>, 'sccp'>, data: Uint8Array): void {
  sccp.deliver({ called: alice, calling: nobody, returnOption: false, data });
}
/** Alice has begun a dialogue with that peer. */
function begun(withContext: boolean, withComponents: boolean) {
  const planted = plant();
  const dialogue = planted.a.tcap.open({
    localAddress: alice,
    remoteAddress: nobody,
    user: planted.a.recorder,
    ...(withContext ? { applicationContext: context } : {}),
  })!;
  if (withComponents) dialogue.invoke(operation);
  dialogue.begin();
  return { ...planted, dialogue, own: id(dialogue.id) };
}

test('ITU-T Q.787 1.1.1.1, ITU-T Q.774 §3.3.3.1.1: a unidirectional message is sent and leaves no transaction', () => {
  const { a, sccp } = plant();
  const invokes = [{ operationCode: 9, parameter: argument }];
  assert.ok(a.tcap.unidirectional({ localAddress: alice, remoteAddress: bob, invokes }));
  assert.equal(hex(sccp.sent[0]?.data), `610f6c0da10b020101020109${hex(argument)}`);
  assert.equal(a.tcap.openDialogues, 0);
});

test('ITU-T Q.787 1.1.1.2, ITU-T Q.774 §3.3.3.1.2: a unidirectional message is received and leaves no transaction', () => {
  const { b, acceptor, toBob, sccp } = plant();
  const seen: ConnectionlessIndication[] = [];
  acceptor.onUnidirectional = (one) => seen.push(one);
  toBob(message('61', invoke));
  assert.deepEqual(
    seen.map(({ components }) => components),
    [[{ kind: 'invoke', invokeId: 1, operationCode: 69 }]],
  );
  assert.equal(b.tcap.openDialogues, 0);
  assert.equal(sccp.sent.length, 0);
});

test('ITU-T Q.787 1.1.2.1.1, ITU-T Q.774 §3.3.3.2.3: the initiating side ends before an answer, prearranged: nothing is sent', () => {
  const { a, dialogue, own, sccp } = begun(false, true);
  assert.match(hex(sccp.sent[0]?.data), new RegExp(`^62..4804${own}`));
  dialogue.end('prearranged');
  assert.equal(sccp.sent.length, 1);
  assert.equal(a.tcap.openDialogues, 0);
  toAlice({ sccp }, message('65', `480400000009 4904${own}`));
  assert.equal(hex(sccp.sent[1]?.data), '67094904000000094a0101');
  assert.deepEqual(a.recorder.take(), []);
});

test('ITU-T Q.787 1.1.2.1.2.1, ITU-T Q.774 §3.3.3.2.3: the responding side ends, basic and prearranged; the destination is the origin of the begin', () => {
  for (const kind of ['basic', 'prearranged'] as const) {
    const { b, toBob, sccp } = plant();
    toBob(message('62', `480400000009 ${invoke}`));
    assert.deepEqual(b.recorder.take(), ['invoke 1 op 69 ', 'begin']);
    b.recorder.dialogue!.result(1);
    b.recorder.dialogue!.end(kind);
    const ended = kind === 'basic' ? ['640d4904000000096c05a203020101'] : [];
    assert.deepEqual(
      sccp.sent.map(({ data }) => hex(data)),
      ended,
    );
    assert.equal(b.tcap.openDialogues, 0);
  }
});

test('ITU-T Q.787 1.1.2.1.2.2, ITU-T Q.774 §3.3.3.2.3: an end received before anything else ends the transaction', () => {
  for (const withContext of [false, true])
    for (const withComponents of [false, true]) {
      const planted = begun(withContext, withComponents);
      const portions = `${withContext ? response : ''}${withComponents ? '6c05 a203 020101' : ''}`;
      toAlice(planted, message('64', `4904${planted.own}${portions}`));
      assert.deepEqual(planted.a.recorder.take(), [
        ...(withComponents ? ['result 1 '] : []),
        withContext ? `end context ${context.join('.')}` : 'end',
      ]);
      assert.equal(planted.a.tcap.openDialogues, 0);
    }
});

test('ITU-T Q.787 1.1.2, ITU-T Q.774 §3.3.3.2.2: either side ends an active transaction, basic and prearranged', () => {
  for (const initiator of [true, false])
    for (const kind of ['basic', 'prearranged'] as const) {
      const { a, b, open, wheel, sccp } = plant();
      const dialogue = open();
      dialogue.begin();
      wheel.advance(1);
      b.recorder.dialogue!.continue();
      wheel.advance(2);
      const [ender, other, others] = initiator
        ? [dialogue, b.recorder.dialogue!, b]
        : [b.recorder.dialogue!, dialogue, a];
      others.recorder.take();
      ender.end(kind);
      wheel.advance(3);
      if (kind === 'basic') assert.deepEqual(others.recorder.take(), ['end']);
      else other.end('prearranged');
      assert.equal(sccp.sent.length, kind === 'basic' ? 3 : 2);
      assert.equal(a.tcap.openDialogues + b.tcap.openDialogues, 0);
    }
});

test('ITU-T Q.787 1.1.2, ITU-T Q.774 §3.3.3.2.4: the user aborts, with and without information, before and after an answer', () => {
  for (const active of [false, true])
    for (const information of [undefined, external]) {
      const { a, b, open, wheel, lastSent } = plant();
      const dialogue = open();
      dialogue.begin();
      wheel.advance(1);
      if (active) b.recorder.dialogue!.continue();
      wheel.advance(2);
      a.recorder.take();
      b.recorder.dialogue!.abort(information === undefined ? {} : { userInformation: information });
      wheel.advance(3);
      assert.deepEqual(a.recorder.take(), [
        information === undefined ? 'abort user' : `abort user ${hex(information)}`,
      ]);
      assert.ok(lastSent().startsWith('67'));
      assert.equal(a.tcap.openDialogues + b.tcap.openDialogues, 0);
    }
});

test('ITU-T Q.787 1.1.2.4.1, ITU-T Q.774 §3.3.3.2.2: messages of an established transaction, the tested side having begun it', () => {
  const planted = begun(true, true);
  const { a, dialogue, own, sccp } = planted;
  toAlice(planted, message('65', `480400000009 4904${own} ${response} 6c05 a203 020101`));
  assert.deepEqual(a.recorder.take(), ['result 1 ', `continue context ${context.join('.')}`]);
  dialogue.invoke({ ...operation, operationCode: 46 });
  dialogue.continue();
  assert.equal(hex(sccp.sent[1]?.data), `651b4804${own}4904000000096c0da10b02010202012e${hex(argument)}`);
  toAlice(planted, message('64', `4904${own} 6c05 a203 020102`));
  assert.deepEqual(a.recorder.take(), ['result 2 ', 'end']);
  assert.equal(a.tcap.openDialogues, 0);
});

test('ITU-T Q.787 1.1.2, ITU-T Q.774 §3.3.3.2.2: messages of an established transaction, the tested side answering', () => {
  const { b, toBob, lastSent } = plant();
  toBob(message('62', `480400000009 ${request} ${invoke}`));
  const dialogue = b.recorder.dialogue!;
  assert.deepEqual(b.recorder.take(), ['invoke 1 op 69 ', `begin context ${context.join('.')}`]);
  dialogue.continue();
  assert.equal(lastSent(), `65384804${id(dialogue.id)}490400000009${response}`);
  toBob(message('65', `480400000009 4904${id(dialogue.id)} ${invoke.replace('020101', '020102')}`));
  assert.deepEqual(b.recorder.take(), ['invoke 2 op 69 ', 'continue']);
  dialogue.result(2);
  dialogue.end();
  assert.equal(lastSent(), '640d4904000000096c05a203020102');
  assert.equal(b.tcap.openDialogues, 0);
});

test('ITU-T Q.787 1.1.3: transaction ids of 1 to 4 octets, lengths in every form, and zero as an id', () => {
  for (const origin of ['00', '0000', 'ffffff', '00000000', 'ffffffff'])
    for (const length of ['short', 'long', 'indefinite'] as const) {
      const { b, toBob, lastSent } = plant();
      const element = `48${hex(Uint8Array.of(origin.length / 2))}${origin}`;
      const size = hex(Uint8Array.of(element.length / 2));
      const whole = {
        short: `62${size}${element}`,
        long: `6281${size}${element}`,
        indefinite: `6280${element}0000`,
      };
      toBob(whole[length]);
      assert.deepEqual(b.recorder.take(), ['begin'], `${origin} ${length}`);
      b.recorder.dialogue!.end();
      assert.equal(lastSent(), `64${size}49${element.slice(2)}`);
    }
});

/** Messages of a foreign node, and the P-Abort cause that it is told; −1: the message is discarded. */
const table7: readonly (readonly [what: string, message: Uint8Array, cause: number])[] = [
  ['an unknown type with an origin', message('63', '480400000009'), 0],
  ['an unknown type without an origin', message('63', '490400000009'), -1],
  ['an unknown type in the high form', octets('7f20 06 480400000009'), -1],
  ['a begin without an origin', message('62', ''), -1],
  ['a begin with a destination alone', message('62', '490400000009'), -1],
  ['a begin with a destination too', message('62', '480400000009 490400000008'), 3],
  ['a begin that ends early', octets('620a 480400000009 6c'), 2],
  ['a begin with an element of the wrong form', message('62', '480400000009 4c00'), 2],
  ['a begin with an empty component portion', message('62', '480400000009 6c00'), 3],
  ['a begin with portions in the wrong order', message('62', `480400000009 ${invoke} ${request}`), 3],
  ['a begin with an id of five octets', message('62', '48050000000009'), -1],
  ['a continue without a destination', message('65', '480400000009'), 3],
  ['a continue without an origin', message('65', '490400000009'), -1],
  ['a continue with its ids in the wrong order', message('65', '490400000008 480400000009'), 3],
  ['a continue for no transaction', message('65', '480400000009 490400000008'), 1],
  ['an end with an origin', message('64', '480400000009'), -1],
  ['an end for no transaction', message('64', '490400000009'), -1],
  ['an end with an empty component portion', message('64', '490400000009 6c00'), -1],
  ['an abort for no transaction', message('67', '490400000009 4a0101'), -1],
  ['an abort with a cause and a reason', message('67', `490400000009 4a0101 ${request}`), -1],
  ['an abort with components', message('67', `490400000009 ${invoke}`), -1],
  ['a unidirectional message with an id', message('61', `480400000009 ${invoke}`), -1],
  ['a unidirectional message without components', message('61', ''), -1],
];
for (const [what, data, cause] of table7)
  test(`ITU-T Q.787 1.2, ITU-T Q.774 §3.3.4 table 7: ${what}: answered by P-Abort ${cause}`, () => {
    const { b, sccp, toBob } = plant();
    toBob(data);
    assert.deepEqual(
      sccp.sent.map(({ data: sent }) => hex(sent)),
      cause < 0 ? [] : [`67094904000000094a010${cause}`],
    );
    assert.deepEqual(b.recorder.take(), []);
    assert.equal(b.tcap.openDialogues, 0);
  });

test('ITU-T Q.774 §3.3.4 table 7: what is wrong with a message for a transaction here ends it: the user is told, and the peer where it can be', () => {
  for (const [what, type, contents, cause, told] of [
    ['a continue that is incorrect', '65', (own: string) => `480400000009 4904${own} 6c00`, 3, true],
    ['a continue that is badly formatted', '65', (own: string) => `480400000009 4904${own} 4c00`, 2, true],
    ['a continue whose origin cannot be read', '65', (own: string) => `48050000000009 4904${own}`, 3, false],
    ['an end that is incorrect', '64', (own: string) => `4904${own} 6c00`, 3, false],
    ['an abort that is incorrect', '67', (own: string) => `4904${own} 4a00`, 3, false],
  ] as const) {
    const planted = begun(false, true);
    const before = planted.sccp.sent.length;
    toAlice(planted, message(type, contents(planted.own)));
    const reached = what !== 'a continue whose origin cannot be read';
    assert.deepEqual(planted.a.recorder.take(), reached ? [`abort provider ${cause} local`] : [], what);
    assert.equal(planted.a.tcap.openDialogues, reached ? 0 : 1, what);
    assert.equal(planted.sccp.sent.length - before, told ? 1 : 0, what);
    if (told) assert.equal(planted.lastSent(), `67094904000000094a010${cause}`);
  }
});

test('ITU-T Q.774 §3.3.4 table 7: a message of no known type ends no transaction', () => {
  const planted = begun(false, true);
  toAlice(planted, message('66', `480400000009 4904${planted.own}`));
  assert.equal(planted.lastSent(), '67094904000000094a0100');
  assert.deepEqual(planted.a.recorder.take(), []);
  assert.equal(planted.a.tcap.openDialogues, 1);
});

test('ITU-T Q.774 §3.3.3.2.4: an abort of the provider with each cause, and with one that Q.773 does not name', () => {
  for (const cause of [0, 1, 2, 3, 4, 5, 127]) {
    const planted = begun(true, true);
    toAlice(planted, message('67', `4904${planted.own} 4a01${hex(Uint8Array.of(cause))}`));
    assert.deepEqual(planted.a.recorder.take(), [`abort provider ${cause}`]);
    assert.equal(planted.a.tcap.openDialogues, 0);
  }
});

test('ITU-T Q.774 §3.3.4: two transactions at once, and a message for each state that does not expect it', () => {
  const { a, b, open, wheel, sccp, toBob } = plant();
  const [first, second] = [open(), open()];
  first.begin();
  second.begin();
  wheel.advance(1);
  assert.equal(b.tcap.openDialogues, 2);
  // A continue of a stranger for a dialogue that has not answered yet.
  toBob(message('65', `480400000009 4904${id(b.recorder.dialogue!.id)}`));
  assert.equal(hex(sccp.sent.at(-1)?.data), '67094904000000094a0101');
  b.recorder.dialogue!.end();
  wheel.advance(2);
  assert.deepEqual([a.tcap.openDialogues, b.tcap.openDialogues], [1, 1]);
});

test('ITU-T Q.774 §3.2.3: a response that offers no version 1 is an abnormal dialogue', () => {
  const planted = begun(true, true);
  const portion = response.replace('80020780', '80020640');
  toAlice(planted, message('65', `480400000009 4904${planted.own} ${portion}`));
  assert.deepEqual(planted.a.recorder.take(), ['abort provider abnormal-dialogue local']);
});

test('ITU-T Q.774 §3.2.2.1: with a wrong dialogue portion the components are discarded, in each message that may have one', () => {
  const wrong = '6b05 30 03 020100';
  const abrt = '6b122810060700118605010101a0056403800101';
  const { b, toBob, lastSent, sccp } = plant();
  toBob(message('62', `480400000009 ${wrong} ${invoke}`));
  assert.equal(lastSent(), `671a490400000009${abrt}`);
  toBob(message('62', `480400000009 6b00 ${invoke}`));
  assert.equal(lastSent(), `671a490400000009${abrt}`);
  toBob(message('61', `${wrong} ${invoke}`));
  assert.equal(sccp.sent.length, 2);
  assert.deepEqual(b.recorder.take(), []);
  for (const [type, told] of [
    ['65', true],
    ['64', false],
    ['67', false],
  ] as const) {
    const planted = begun(true, true);
    const before = planted.sccp.sent.length;
    const origin = type === '65' ? '480400000009' : '';
    const components = type === '67' ? '' : '6c05 a203 020101';
    toAlice(planted, message(type, `${origin} 4904${planted.own} ${wrong} ${components}`));
    assert.deepEqual(planted.a.recorder.take(), ['abort provider abnormal-dialogue local']);
    assert.equal(planted.sccp.sent.length - before, told ? 1 : 0);
    if (told) assert.equal(planted.lastSent(), `671a490400000009${abrt}`);
    assert.equal(planted.a.tcap.openDialogues, 0);
  }
});
