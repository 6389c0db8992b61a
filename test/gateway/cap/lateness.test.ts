import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lateness } from '../../../src/gateway/cap/lateness.ts';

const SENDER = '491790000008';
/** A sender whose clock differs from ours by this, and tells whole seconds. */
const told = (atMs: number, aheadMs = 7_200_345): number => Math.floor((atMs + aheadMs) / 1_000) * 1_000;

test('what is not held up is not late, whatever the clocks and the rounding say', () => {
  const lateness = new Lateness();
  for (let atMs = 0; atMs < 600_000; atMs += 137)
    assert.equal(lateness.of(SENDER, told(atMs), atMs + 40), 0, `at ${atMs}`);
});

test('what is held up is late by as much, but for the second that the rounding may hide', () => {
  const lateness = new Lateness();
  for (let atMs = 0; atMs < 10_000; atMs += 137) lateness.of(SENDER, told(atMs), atMs + 40);
  for (const heldMs of [2_500, 20_000, 55_000]) {
    const late = lateness.of(SENDER, told(10_000), 10_040 + heldMs);
    assert.ok(late > heldMs - 2_000 && late <= heldMs, `${late} of ${heldMs}`);
  }
});

test('a sender’s clock that is set forward is followed at once, one that is set back after two minutes', () => {
  const lateness = new Lateness();
  lateness.of(SENDER, told(0), 0);
  assert.equal(lateness.of(SENDER, told(1_000, 8_000_000), 1_000), 0);
  let lateUntilMs = 0;
  for (let atMs = 2_000; atMs < 300_000; atMs += 500)
    if (lateness.of(SENDER, told(atMs), atMs) > 0) lateUntilMs = atMs;
  assert.ok(lateUntilMs > 0 && lateUntilMs <= 122_000, `${lateUntilMs}`);
});

test('of a sender who is new, or was silent for long, nothing is known; each has a clock of its own', () => {
  const lateness = new Lateness();
  assert.equal(lateness.of(SENDER, told(0), 30_000), 0);
  assert.equal(lateness.of('other', 0, 30_000), 0);
  assert.equal(lateness.of(SENDER, told(500_000, 0), 500_000), 0);
});

test('senders have a bound: the one that was heard of first is forgotten', () => {
  const lateness = new Lateness(10);
  for (let index = 0; index < 1_000; index++) lateness.of(`sender ${index}`, 0, 0);
  assert.equal(lateness.senders, 10);
});
