import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Actor } from '../../../src/engine/shard/actor.ts';
import { WriteBehind } from '../../../src/engine/shard/write-behind.ts';
import { initialState } from '../../../src/types/model/state.ts';

const actor = (partition: number, number: number): Actor =>
  new Actor(partition, initialState(String(number)), false);
const numbers = (actors: readonly Actor[]): number[] => actors.map(({ state }) => Number(state.number));

test('who changes several times before the sweep comes by is written once, and lags since the first change', () => {
  const behind = new WriteBehind();
  const one = actor(1, 10);
  behind.add(one, 5);
  behind.add(one, 6);
  assert.equal(behind.size, 1);
  assert.equal(behind.oldestWindow(9), 5);
  assert.deepEqual(behind.take(10, false), [one]);
  assert.equal(behind.size, 0);
  assert.equal(behind.oldestWindow(9), 9);
  assert.deepEqual(behind.take(10, false), []);
  behind.add(one, 7);
  assert.equal(behind.oldestWindow(9), 7);
});

test('a commit takes its share of a sweep, neighbours together; who changes meanwhile is of the next one', () => {
  const behind = new WriteBehind();
  const actors = Array.from({ length: 300 }, (_, index) => actor(index % 2, 1_000 + ((index * 7) % 300)));
  for (const one of actors) behind.add(one, 1);
  const first = behind.take(500, false);
  assert.equal(first.length, 3, 'a hundredth');
  const ofPartition = actors.filter(({ partition }) => partition === 0);
  const inOrder = numbers(ofPartition).sort((a, b) => a - b);
  assert.deepEqual(numbers(first), inOrder.slice(0, 3));
  behind.add(first[0]!, 2);
  const others: Actor[] = [];
  while (behind.size > 1) others.push(...behind.take(500, false));
  assert.equal(new Set([...first, ...others]).size, 300, 'each once');
  assert.ok(!others.includes(first[0]!));
  assert.deepEqual(numbers([...first, ...others].slice(0, 150)), inOrder, 'partition by partition');
  assert.deepEqual(behind.take(500, false), [first[0]]);
});

test('all at once where nothing else is to be committed, and never more than a commit may hold', () => {
  const behind = new WriteBehind();
  for (let index = 0; index < 10_000; index++) behind.add(actor(index % 64, index + 1), 1);
  assert.equal(behind.take(500, true).length, 500);
  let left = 9_500;
  while (left > 0) left -= behind.take(500, true).length;
  assert.equal(behind.size, 0);
  assert.equal(behind.take(0, true).length, 0);
});
