import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NodePace } from '../../../src/gateway/map/node-pace.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';

function paceOf(perSecond: number, waitingMax = 1_000) {
  const timers = new TimingWheel();
  const counters = new CountersMap();
  const pace = new NodePace({ timers, counters, perSecond, waitingMax });
  const sent: number[] = [];
  const admit = (sinceMs: number, node = 'msc-1') => pace.admit(node, sinceMs, () => sent.push(sinceMs));
  const run = (ms: number): void => {
    const end = timers.now() + ms;
    for (let next = timers.nextDeadlineMs(); next <= end; next = timers.nextDeadlineMs())
      timers.advance(next);
    timers.advance(end);
  };
  return { timers, counters, pace, sent, admit, run };
}

test('A8 without a rate everything goes at once', () => {
  const { pace, sent, admit } = paceOf(0);
  for (let count = 0; count < 500; count++) assert.ok(admit(count));
  assert.equal(sent.length, 500);
  assert.equal(pace.waiting, 0);
});

test('A8 with a rate so many go in a second, the oldest first, and other nodes do not wait', () => {
  const { timers, pace, sent, admit, run } = paceOf(10);
  for (const sinceMs of [50, 40, 30, 20, 10]) admit(sinceMs);
  assert.deepEqual(sent, [50], 'the first one was alone');
  run(150);
  assert.deepEqual(sent, [50, 10]);
  assert.equal(pace.oldestMs, 150);
  admit(99, 'msc-2');
  assert.deepEqual(sent, [50, 10, 99]);
  run(1_000);
  assert.deepEqual(sent, [50, 10, 99, 20, 30, 40]);
  assert.equal(pace.waiting, 0);
  assert.equal(pace.oldestMs, 0);
  assert.equal(timers.nextDeadlineMs(), Infinity, 'no timer');
});

test('A8 a node that is congested is sent half as much, and more again while it answers', () => {
  const { counters, pace, sent, admit, run } = paceOf(0);
  for (let count = 0; count < 100; count++) admit(count);
  pace.wasCongested('msc-1');
  pace.wasCongested('msc-1');
  assert.equal(counters.values.get('delivery.node-congested'), 1, 'said once, of what was under way');
  for (let count = 0; count < 300; count++) admit(count);
  const before = sent.length;
  run(1_000);
  const first = sent.length - before;
  assert.ok(first >= 45 && first <= 55, `${first} in the first second`);
  for (let count = 0; count < 250; count++) pace.tookOne('msc-1');
  run(2_000);
  assert.equal(pace.waiting, 0, 'it is as fast as ever');
});

test('A8 a node that has not said for a while that it is congested is sent more, also when few of a wave find room to wait', () => {
  const { pace, sent, admit, run } = paceOf(0, 1);
  admit(0);
  pace.wasCongested('msc-1');
  const wave = (): number => {
    const before = sent.length;
    for (let count = 0; count < 70; count++) admit(count);
    run(100);
    return sent.length - before;
  };
  assert.equal(wave(), 0, 'one a second');
  run(60_000);
  const second = wave();
  assert.ok(second >= 5 && second <= 20, `${second} after a minute`);
  run(60_000);
  assert.equal(wave(), 70, 'it is as fast as ever');
});

test('A8 what a congested node is sent grows no further than the rate that the operator has set', () => {
  const { pace, sent, admit, run } = paceOf(2);
  admit(0);
  pace.wasCongested('msc-1');
  run(600_000);
  for (let count = 0; count < 50; count++) admit(count);
  const before = sent.length;
  run(5_000);
  assert.equal(sent.length - before, 10);
});

test('A8 a bound: who finds no room is turned away', () => {
  const { counters, sent, admit, run } = paceOf(1, 3);
  for (let count = 0; count < 4; count++) assert.ok(admit(count));
  assert.ok(!admit(9));
  assert.equal(counters.values.get('delivery.pace-no-room'), 1);
  run(5_000);
  assert.deepEqual(sent, [0, 1, 2, 3]);
});
