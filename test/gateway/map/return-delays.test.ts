import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ReturnDelays } from '../../../src/gateway/map/return-delays.ts';

const VLR = '491720000007';

/** So many returns of a network, of which the alert follows after `delayMs`; undefined: none does. */
function learn(delays: ReturnDelays, returns: number, delayMs: number | undefined, node = VLR): number {
  let waitMs = 0;
  for (let index = 0; index < returns; index++) {
    const atMs = index * 1_000_000;
    waitMs = delays.noted(`49151${index}`, node, atMs);
    if (delayMs !== undefined) delays.alerted(`49151${index}`, atMs + delayMs);
  }
  return waitMs;
}

test('A6 the alert mostly follows the mobility event soon: what is due waits for it, twice as long as usual', () => {
  const delays = new ReturnDelays(2_000);
  assert.equal(learn(delays, 5, 200), 0, 'too little is known');
  assert.equal(learn(delays, 20, 200), 400);
  assert.equal(delays.noted('4915199', '4366400001', 0), 0, 'another network');
});

test('A6 where no alert follows, or not soon, nothing waits', () => {
  assert.equal(learn(new ReturnDelays(2_000), 50, undefined), 0);
  assert.equal(learn(new ReturnDelays(2_000), 50, 5_000), 0);
  assert.equal(learn(new ReturnDelays(0), 50, 200), 0, 'it is switched off');
  const delays = new ReturnDelays(2_000);
  learn(delays, 20, 200);
  assert.equal(learn(delays, 20, undefined), 0, 'the network has changed');
});

test('A6 what the HLR has told of already need not wait', () => {
  const delays = new ReturnDelays(2_000);
  learn(delays, 20, 200);
  delays.alerted('4915188', 50_000_000);
  assert.equal(delays.noted('4915188', VLR, 50_000_100), 0);
  assert.equal(delays.noted('4915188', VLR, 50_100_000), 400, 'another return');
});
