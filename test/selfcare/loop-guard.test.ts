import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LoopGuard } from '../../src/selfcare/loop-guard.ts';

const A = '491710000001';
const hour = 3_600_000;
const guard = () => new LoopGuard({ answersPerHour: 10, sameTextPerHour: 3 }, ['4917000', '491700000000']);

test('S1 who is no person is never answered: names, short codes, our own numbers', () => {
  for (const sender of ['', '4321', '491700000000'])
    assert.equal(guard().judge(sender, 'LIST', 0), 'no-person');
});

test('S1 the same text again and again, and texts without end, are answered a few times an hour', () => {
  const loops = guard();
  const judged = Array.from({ length: 5 }, () => loops.judge(A, 'I am away ', 0));
  assert.deepEqual(judged, [undefined, undefined, undefined, 'same-text', 'same-text']);
  assert.equal(loops.judge(A, '"i am AWAY."', 1), 'same-text', 'other case and punctuation');
  const many = Array.from({ length: 10 }, (_, n) => loops.judge(A, `text ${n}`, 2));
  assert.deepEqual(many.slice(7), ['too-many', 'too-many', 'too-many']);
  assert.equal(loops.judge('491710000002', 'text', 2), undefined, 'another number');
  assert.equal(loops.judge(A, 'I am away', hour + 1), undefined, 'another hour');
  assert.equal(loops.judge(A, 'I am away', 5), undefined, 'a clock that was set back');
});

test('S1 our own words that come back are not answered, whole or quoted', () => {
  const loops = guard();
  loops.wrote(A, 'Sorry, we did not understand. Send HELP for what you can say.');
  loops.wrote(A, 'LIST');
  assert.equal(
    loops.judge(A, 'Re: sorry we did not understand: send HELP for what you can say >', 0),
    'our-own-text',
  );
  assert.equal(loops.judge(A, 'list please', 0), undefined, 'a short text may be a person’s own');
  assert.equal(
    loops.judge('491710000002', 'Sorry, we did not understand. Send HELP for what you can say.', 0),
    undefined,
  );
});

test('S1 two machines that answer each other fall silent', () => {
  const loops = guard();
  let answers = 0;
  for (let n = 0; n < 1_000; n++) {
    if (loops.judge(A, `Ticket ${n}: we have got your message`, n) !== undefined) continue;
    answers++;
    loops.wrote(A, 'Sorry, we did not understand.');
  }
  assert.equal(answers, 10);
});
