import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PocketPlant, profile } from './pocket-plant.ts';

const A = '491710000001';
const B = '491710000002';

test('C1 N5 a call to a busy subscriber: continued when the miss is durable, and told', () => {
  const plant = new PocketPlant();
  plant.subscribe(B);
  plant.network.call(A, B);
  plant.run(1000);
  assert.deepEqual(plant.network.calls, ['continued']);
  assert.equal(plant.network.handset(B).inbox.length, 1);
});

test('C1 a number that is not subscribed: the call goes on untouched', () => {
  const plant = new PocketPlant();
  plant.network.call(A, B);
  plant.run(1000);
  assert.deepEqual(plant.network.calls, ['let-go']);
  assert.equal(plant.network.handset(B).inbox.length, 0);
});

test('A1 K1 off, called twice, back: one notice for B, one for the caller who has it always', () => {
  const plant = new PocketPlant();
  plant.subscribe(B);
  plant.subscribe(A, { ...profile, missedCalls: false, notifyMe: 'always' });
  plant.network.handset(B).on = false;
  plant.network.call(A, B);
  plant.run(1000);
  plant.network.call(A, B);
  plant.run(1000);
  assert.equal(plant.network.handset(B).inbox.length, 0);
  plant.network.switchOn(B);
  plant.run(1000);
  assert.equal(plant.network.handset(B).inbox.length, 1);
  assert.equal(plant.network.handset(A).inbox.length, 1);
  plant.run(3_600_000);
  assert.equal(plant.network.handset(B).inbox.length, 1);
  assert.equal(plant.network.handset(A).inbox.length, 1);
});

test('X3 killed at any moment and started again: what was acknowledged is told once', () => {
  for (let killAtMs = 0; killAtMs < 12; killAtMs++) {
    const plant = new PocketPlant();
    plant.subscribe(B);
    plant.network.call(A, B);
    plant.run(killAtMs);
    plant.kill();
    plant.start();
    plant.run(120_000);
    const { inbox } = plant.network.handset(B);
    const distinct = new Set(inbox).size;
    const acknowledged = plant.network.calls.includes('continued');
    assert.ok(distinct <= 1, `killed at ${killAtMs} ms: told ${distinct} different things`);
    if (acknowledged) assert.equal(distinct, 1, `killed at ${killAtMs} ms: acknowledged and not told`);
  }
});

test('while nothing can be sent, notices and queries wait and use up no try', () => {
  const plant = new PocketPlant();
  plant.subscribe(B);
  plant.subscribe(A, { ...profile, notifyMe: 'always' });
  plant.network.handset(A).on = false;
  plant.networkUp = false;
  plant.network.call(A, B);
  plant.network.call(B, A);
  plant.run(3_600_000);
  assert.equal(plant.network.handset(B).inbox.length, 0);
  assert.equal(plant.counters.values.get('notice.temporary') ?? 0, 0);
  plant.networkUp = true;
  plant.run(1000);
  assert.equal(plant.network.handset(B).inbox.length, 1, 'at once');
});

for (const part of ['signalling', 'notifier', 'shard-0', 'shard-1'] as const)
  test(`X3 the thread of ${part} dies at any moment and starts again on its rings: what was acknowledged is told once`, () => {
    for (let diesAtMs = 0; diesAtMs < 12; diesAtMs++) {
      const plant = new PocketPlant();
      plant.subscribe(B);
      plant.network.call(A, B);
      plant.run(diesAtMs);
      plant.killPart(part);
      assert.equal(plant.engine.isRunning(part), false);
      plant.run(50);
      plant.startPart(part);
      plant.run(120_000);
      const { inbox } = plant.network.handset(B);
      const distinct = new Set(inbox).size;
      const acknowledged = plant.network.calls.includes('continued');
      assert.ok(distinct <= 1, `died at ${diesAtMs} ms: told ${distinct} different things`);
      if (acknowledged) assert.equal(distinct, 1, `died at ${diesAtMs} ms: acknowledged and not told`);
      // The part that took its place does its work.
      plant.network.call(A, B);
      plant.run(120_000);
      assert.equal(new Set(plant.network.handset(B).inbox).size, distinct + 1);
    }
  });

test('a part that is dead does nothing: what it has started fires for nobody', () => {
  const plant = new PocketPlant();
  plant.subscribe(B);
  plant.network.handset(B).on = false;
  plant.network.call(A, B);
  plant.run(1000);
  plant.killPart('signalling');
  const sent = plant.counters.values.get('notice.sent') ?? 0;
  plant.network.switchOn(B);
  plant.run(3_600_000);
  assert.equal(plant.counters.values.get('notice.sent') ?? 0, sent);
  assert.equal(plant.engine.status.signalling, undefined);
});
