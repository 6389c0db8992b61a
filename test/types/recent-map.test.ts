import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecentMap } from '../../src/types/recent-map.ts';

test('the last keys are there with their latest values, and no more', () => {
  const map = new RecentMap<number>(3);
  for (let round = 0; round < 2; round++) {
    for (let at = 0; at < 5; at++) map.set(`key ${at}`, at + 10 * round);
    assert.equal(map.size, 3);
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((at) => map.get(`key ${at}`)),
      [undefined, undefined, 2, 3, 4].map((value) => value && value + 10 * round),
    );
  }
  map.set('key 3', 99);
  map.set('key 5', 5);
  assert.deepEqual([map.get('key 2'), map.get('key 3'), map.size], [undefined, 99, 3]);
});
