import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DialogueNumbers } from '../../../src/adapters/recording/dialogue-numbers.ts';

test('I5 dialogues count from 1; beyond the bound the oldest is as if it had begun before the recording', () => {
  const numbers = new DialogueNumbers(2);
  assert.equal(numbers.of(70), 0);
  assert.deepEqual([numbers.begin(70), numbers.begin(71)], [1, 2]);
  assert.equal(numbers.begin(72), 3);
  assert.deepEqual([numbers.of(70), numbers.of(71), numbers.of(72)], [0, 2, 3]);
  assert.deepEqual([numbers.end(71), numbers.end(71)], [2, 0]);
  numbers.begin(73);
  assert.deepEqual([numbers.of(72), numbers.of(73)], [3, 4]);
});
