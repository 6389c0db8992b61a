import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryRingReader, MemoryRingWriter, plainRing } from '../../../src/engine/ring.ts';
import { ActorGateway } from '../../../src/engine/signalling/actor-gateway.ts';
import type { EventKind } from '../../../src/types/model/event.ts';
import { ringKinds } from '../../../src/types/model/thread.ts';

const B = '491710000002';

function missed(call: number): EventKind {
  return {
    kind: 'call-missed',
    callKey: Uint8Array.of(call),
    caller: '491710000001',
    presentation: 'allowed',
    attemptedAtMs: 1,
    reason: 'busy',
    cause: 17,
    answerToken: call,
  };
}

test('I1 a missed call that finds the ring full is kept; meanwhile no call is watched, and returns have a ring of their own', () => {
  const decisions = plainRing('decisions', 1024);
  const calls = plainRing('calls', 1024);
  const returns = plainRing('returns', 1024);
  const outcomes = plainRing('outcomes', 1024);
  const gateway = new ActorGateway(
    [
      {
        decisions: new MemoryRingWriter(decisions, () => undefined),
        calls: new MemoryRingWriter(calls, () => undefined),
        returns: new MemoryRingWriter(returns, () => undefined),
        outcomes: new MemoryRingWriter(outcomes, () => undefined),
      },
    ],
    () => 0,
    () => undefined,
  );
  const waiting = (): number => gateway.waiting;
  assert.ok(gateway.decide(1, B));
  const answered = { kind: 'call-answered', callKey: Uint8Array.of(1), caller: '491710000001' } as const;
  let written = 0;
  while (gateway.report({ subscriber: B, atMs: 1, what: answered })) written++;
  for (let call = 1; call <= 5; call++)
    assert.ok(gateway.report({ subscriber: B, atMs: 1, what: missed(call) }));
  assert.equal(waiting(), 5);
  assert.ok(!gateway.decide(2, B), 'its end could not be kept');
  const back = { subscriber: B, atMs: 1, what: { kind: 'subscriber-reachable', source: 'alert' } } as const;
  let taken = 0;
  while (gateway.report(back)) taken++;
  assert.ok(taken > 0, 'calls that wait are nothing to a return');
  assert.equal(waiting(), 5, 'a return is refused rather than kept');
  gateway.flush();
  const reader = new MemoryRingReader(calls);
  const kinds: number[] = [];
  for (let turn = 0; turn < 10; turn++) {
    let last = -1;
    reader.read((kind, _record, position) => {
      kinds.push(kind);
      last = position;
    }, 1_000);
    if (last >= 0) reader.release(last);
    if (waiting() > 0) assert.ok(!gateway.decide(99, B), 'no call is watched while one waits');
    gateway.flush();
  }
  assert.equal(waiting(), 0);
  assert.equal(kinds.filter((kind) => kind === ringKinds.event).length, written + 5);
  assert.ok(gateway.decide(100, B));
});
