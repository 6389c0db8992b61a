import assert from 'node:assert/strict';
import test from 'node:test';
import { continuityIndicators } from '../../../src/stack/isup/indicators.ts';
import { acm, causeIndicators, iamOf, oneEnd } from './plant.ts';

/** RLC, CFN and REL that were heard, with cause and diagnostics. */
function answers(messages: ReturnType<ReturnType<typeof oneEnd>['messagesHeard']>): string[] {
  return messages.map((message) => {
    assert.ok(message.kind !== 'opaque');
    const { causeIndicators: cause } = message.parameters as Partial<ReturnType<typeof causeIndicators>> & {
      readonly causeIndicators?: { readonly value: number; readonly diagnostics?: Uint8Array };
    };
    const about =
      cause?.diagnostics === undefined ? '' : ` [${Buffer.from(cause.diagnostics).toString('hex')}]`;
    return cause === undefined ? message.kind : `${message.kind} ${cause.value}${about}`;
  });
}

/** A call on circuit 1 that rings, and what is heard when a message of these octets comes for it. */
function ringing() {
  const end = oneEnd();
  end.setup();
  end.say('ACM', 1, acm);
  end.network.take();
  end.user.take();
  const heard = (hex: string) => {
    end.sayHex(hex);
    return answers(end.messagesHeard());
  };
  return { ...end, heard };
}

test('ITU-T Q.764 §2.9.5.1: REL for an idle circuit is answered with RLC, RLC is dropped, anything else draws RSC', () => {
  const { say, heard, user } = oneEnd();
  say('REL', 1, causeIndicators(16));
  say('RLC', 1, {});
  assert.deepEqual(heard(), ['RLC 1']);
  say('ACM', 1, acm);
  assert.deepEqual(heard(), ['RSC 1']);
  // While it is being reset nothing draws another one.
  say('ANM', 1, {});
  assert.deepEqual(heard(), []);
  say('RLC', 1, {});
  say('COT', 3, { continuityIndicators: continuityIndicators.of({ successful: true }) });
  assert.deepEqual(heard(), ['RSC 3']);
  assert.deepEqual(user.take(), ['1 reset']);
});

test('ITU-T Q.764 §2.9.5.1: RLC for a busy circuit that was not released: REL, and the call has ended', () => {
  const { setup, say, heard, user } = oneEnd();
  setup();
  say('CON', 1, acm);
  say('RLC', 1, {});
  assert.deepEqual(heard(), ['IAM 1', 'REL 1']);
  assert.deepEqual(user.take(), ['1 CON', '1 released protocol 31']);
});

test('ITU-T Q.764 §2.9.5.1: an unexpected message before a backward one: RSC, the call on another circuit; later it is dropped', () => {
  const { setup, say, heard, user, counters } = oneEnd();
  const call = setup();
  say('ANM', 1, {});
  assert.deepEqual(heard(), ['IAM 1', 'RSC 1', 'IAM 3']);
  say('ACM', 3, acm);
  say('ACM', 3, acm);
  say('IAM', 3, iamOf());
  say('COT', 3, { continuityIndicators: continuityIndicators.of() });
  assert.deepEqual(heard(), []);
  assert.deepEqual(user.take(), ['3 ACM']);
  assert.ok(!call.ended);
  assert.equal(counters.get('isup.unexpected-message'), 4);
  // The same for a call that comes in, and no ACM was sent for.
  say('IAM', 2, iamOf());
  say('ACM', 2, acm);
  assert.deepEqual(heard(), ['RSC 2']);
  assert.deepEqual(user.take(), ['2 SETUP.ind', '2 released protocol 41']);
});

test('ITU-T Q.764 §2.9.5.3: a message of an unknown type does what its compatibility information says', () => {
  // Without instructions: dropped, and the sender is told: 97, with the type.
  assert.deepEqual(ringing().heard('0100 7f 00'), ['CFN 97 [7f]']);
  assert.deepEqual(ringing().heard('0100 7f'), ['CFN 97 [7f]']);
  const instructions = (octet: string) => ringing().heard(`0100 7f 01 38 01 ${octet} 00`);
  // Bits: A transit, B release, C notify, D discard message, E discard when it cannot be passed on, H last.
  assert.deepEqual(instructions('82'), ['REL 97 [7f]']);
  assert.deepEqual(instructions('88'), []);
  assert.deepEqual(instructions('8c'), ['CFN 97 [7f]']);
  assert.deepEqual(instructions('80'), ['REL 97 [7f]']);
  assert.deepEqual(instructions('90'), []);
  assert.deepEqual(instructions('94'), ['CFN 97 [7f]']);
  const { heard, user } = ringing();
  heard('0100 7f 01 38 01 82 00');
  assert.deepEqual(user.take(), ['1 released protocol 97']);
  // There is no call to be released: it is told.
  const idle = oneEnd();
  idle.sayHex('0100 7f 01 38 01 82 00');
  assert.deepEqual(answers(idle.messagesHeard()), ['CFN 97 [7f]']);
});

test('ITU-T Q.764 §2.9.5.3: messages that this exchange has no procedure for are told with a confusion message', () => {
  assert.deepEqual(ringing().heard('0100 24'), ['CFN 97 [24]']);
  assert.deepEqual(ringing().heard('0100 e9'), ['CFN 97 [e9]']);
});

test('ITU-T Q.764 §2.9.5.3: an unknown parameter does what its compatibility information says', () => {
  // CPG with parameter 9a, and instructions about it.
  const cpg = (instructions: string) => {
    const end = ringing();
    const heard = end.heard(`0100 2c 01 01 9a 01 05 ${instructions} 00`);
    return [...heard, ...end.user.take()];
  };
  assert.deepEqual(cpg(''), ['CFN 99 [9a]', '1 CPG 1']);
  // Bits: A transit, B release, C notify, D discard message, E discard parameter, F and G when it cannot be passed on.
  const about = (octet: string) => cpg(`39 02 9a ${octet}`);
  assert.deepEqual(about('82'), ['REL 99 [9a]', '1 released protocol 99']);
  assert.deepEqual(about('88'), []);
  assert.deepEqual(about('8c'), ['CFN 110 [9a]']);
  assert.deepEqual(about('90'), ['1 CPG 1']);
  assert.deepEqual(about('94'), ['CFN 99 [9a]', '1 CPG 1']);
  assert.deepEqual(about('80'), ['REL 99 [9a]', '1 released protocol 99']);
  assert.deepEqual(about('a0'), []);
  assert.deepEqual(about('a4'), ['CFN 110 [9a]']);
  assert.deepEqual(about('c0'), ['1 CPG 1']);
  assert.deepEqual(about('c4'), ['CFN 99 [9a]', '1 CPG 1']);
  assert.deepEqual(about('e0'), ['REL 99 [9a]', '1 released protocol 99']);
  // Of several the gravest counts; instructions about something else do not.
  assert.deepEqual(cpg('9b 01 00 39 04 9a 90 9b 88'), []);
  assert.deepEqual(cpg('39 02 9c 82'), ['CFN 99 [9a]', '1 CPG 1']);
});

test('ITU-T Q.764 §2.9.5.3: an IAM with a parameter that asks for it is answered with REL, and its user is not asked', () => {
  const { sayHex, messagesHeard, user, say, isup } = oneEnd();
  sayHex('0100 01 00 2000 0a 00 02 05 03 84 10 21 9a 01 05 39 02 9a 82 00');
  assert.deepEqual(answers(messagesHeard()), ['REL 99 [9a]']);
  assert.deepEqual(user.take(), []);
  say('RLC', 1, {});
  assert.equal(isup.snapshot().incoming, 0);
});

test('ITU-T Q.764 §2.9.5.2: REL is never refused, its answer tells; RLC and CFN are not answered with a confusion message', () => {
  const released = ringing();
  assert.deepEqual(released.heard('0100 0c 02 04 02 8290 9a 01 05 00'), ['RLC 99 [9a]']);
  assert.deepEqual(released.user.take(), ['1 released peer 16']);
  assert.deepEqual(ringing().heard('0100 0c 02 04 02 8290 9a 01 05 39 02 9a 82 00'), ['RLC 99 [9a]']);
  assert.deepEqual(ringing().heard('0100 0c 02 04 02 8290 9a 01 05 39 02 9a 90 00'), ['RLC']);
  assert.deepEqual(ringing().heard('0100 2f 02 04 02 8261 9a 01 05 00'), []);
  const idle = oneEnd();
  idle.sayHex('0100 10 01 9a 01 05 00');
  assert.deepEqual(idle.messagesHeard(), []);
});

test('ITU-T Q.764 §2.9.5: what cannot be read is dropped and counted', () => {
  const { sayHex, counters, heard } = oneEnd();
  sayHex('01');
  sayHex('0100 0c 09 00 02 8290');
  assert.deepEqual(heard(), []);
  assert.equal(counters.get('isup.undecodable.message-truncated'), 1);
  assert.equal(counters.get('isup.undecodable.pointer-invalid'), 1);
});
