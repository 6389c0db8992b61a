import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EffectKind } from '../../src/types/model/effect.ts';
import { Actor, B } from './actor.ts';

/** Whether the HLR's flags stop what is sent (SM-RP-PRI, 3GPP TS 29.002 §7.6.8.4). */
function priorityOf(effects: readonly EffectKind[]): boolean | undefined {
  return effects.find((effect) => effect.kind === 'send-notice')?.priority;
}

test('what follows a notice that has arrived goes out whatever flag the HLR still has set', () => {
  const actor = new Actor(B);
  actor.missed(1000, { reason: 'busy', cause: 17 });
  actor.missed(1100, { reason: 'busy', cause: 17 });
  const [next] = actor.outcome('delivered', 1200, { partsDelivered: 1 });
  assert.ok(next?.kind === 'send-notice' && next.priority);
});

test('a call long after the last sign of life: the HLR’s flags are asked first', () => {
  const actor = new Actor(B);
  actor.take({ kind: 'subscriber-reachable', source: 'alert' }, 1000);
  assert.equal(priorityOf(actor.missed(62_000, { reason: 'barred', cause: 21 })), false);
});

test('who was seen a moment ago is told whatever flag the HLR has set: it may have been set behind the return', () => {
  const actor = new Actor(B);
  actor.missed(1000);
  actor.outcome('absent', 1010);
  assert.equal(priorityOf(actor.take({ kind: 'subscriber-reachable', source: 'alert' }, 4000)), true);
  actor.outcome('delivered', 4100, { partsDelivered: 1 });
  assert.equal(priorityOf(actor.missed(10_000, { reason: 'barred', cause: 21 })), true);
});

test('who is not reachable is asked for without priority, seen a moment ago or not', () => {
  const actor = new Actor(B);
  actor.take({ kind: 'subscriber-reachable', source: 'alert' }, 1000);
  assert.equal(priorityOf(actor.missed(2000)), false);
});

test('a sign of life of before the clock was set back makes nothing urgent', () => {
  const actor = new Actor(B);
  actor.take({ kind: 'subscriber-reachable', source: 'alert' }, 3_600_000);
  assert.equal(priorityOf(actor.missed(1000, { reason: 'barred', cause: 21 })), false);
});
