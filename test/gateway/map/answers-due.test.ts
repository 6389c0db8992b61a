import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnswersDue } from '../../../src/gateway/map/answers-due.ts';

test('I7 an answer that is not due in time is late once, and what comes after that says nothing', () => {
  const answers = new AnswersDue(100);
  const said: string[] = [];
  const expect = (nowMs: number, name: string) =>
    answers.expect(
      nowMs,
      () => said.push(`${name} durable`),
      () => said.push(`${name} late`),
    );
  const first = expect(0, 'first');
  const second = expect(10, 'second');
  const third = expect(20, 'third');
  assert.ok(first > 100 && second > first);
  answers.durable(first);
  answers.expire(109, 100);
  assert.deepEqual(said, ['first durable']);
  answers.expire(110, 100);
  answers.durable(second);
  answers.forget(third);
  answers.expire(1_000, 100);
  assert.deepEqual(said, ['first durable', 'second late']);
  assert.equal(answers.size, 0);
});
