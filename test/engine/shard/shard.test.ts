import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HORIZON_MS } from '../../../src/engine/shard/deadlines.ts';
import type { EventKind } from '../../../src/types/model/event.ts';
import type { EffectId } from '../../../src/types/model/notice.ts';
import type { Profile } from '../../../src/types/model/profile.ts';
import { type DecideReply, type ReleasedEffect, ringKinds } from '../../../src/types/model/thread.ts';
import { partitionOf } from '../../../src/types/partition.ts';
import type { RingReader } from '../../../src/types/ports/ring.ts';
import { encodeEvent } from '../../../src/wire/event.ts';
import {
  decodeDecideReply,
  decodeReleasedEffect,
  encodeDecideRequest,
  encodeEpochBegan,
} from '../../../src/wire/thread.ts';
import { ShardPlant, type ShardPlantOptions, START_MS } from './shard-plant.ts';

const A = '491710000001';
const B = '491710000002';
const profile: Profile = { missedCalls: true, notifyMe: 'off', language: 'en', timeZone: 'UTC' };

/** One shard, driven by hand. */
class Plant extends ShardPlant {
  #decisions = this.writer('decisions-0');
  #calls = this.writer('calls-0');
  #commands = this.writer('commands-0');
  #outcomes = this.writer('outcomes-0');
  #notices = this.reader('notices-0');
  #replies = this.reader('replies-0');
  #serial = 0;

  constructor(options: Partial<ShardPlantOptions> = {}) {
    super({ shards: 1, ...options });
  }

  tell(what: EventKind, subscriber = B): void {
    const ring = what.kind === 'admin-command' ? this.#commands : this.#calls;
    assert.ok(ring.write(ringKinds.event, this.#event(what, subscriber)));
    ring.flush();
  }

  provision(subscriber = B): void {
    this.tell(
      { kind: 'admin-command', command: { kind: 'set-profile', profile }, answerToken: 0 },
      subscriber,
    );
    this.settle(50);
  }

  missed(answerToken = 0, subscriber = B): void {
    this.tell(
      {
        kind: 'call-missed',
        callKey: Uint8Array.of(++this.#serial),
        caller: A,
        presentation: 'allowed',
        attemptedAtMs: START_MS + this.nowMs,
        reason: 'busy',
        cause: 17,
        answerToken,
      },
      subscriber,
    );
  }

  decide(token: number): void {
    this.#decisions.write(ringKinds.decideRequest, encodeDecideRequest({ token, subscriber: B }));
    this.#decisions.flush();
  }

  /** What was decided; other replies are lost. */
  decisions(): DecideReply[] {
    const replies: DecideReply[] = [];
    let last = -1;
    this.#replies.read((kind, record, position) => {
      last = position;
      const reply = kind === ringKinds.decideReply ? decodeDecideReply(record) : undefined;
      if (reply?.ok === true) replies.push(reply.value);
    }, 10_000);
    if (last >= 0) this.#replies.release(last);
    return replies;
  }

  outcome(effect: EffectId, result: 'delivered' | 'temporary' | 'absent', subscriber = B): void {
    const startedAtMs = START_MS + this.nowMs;
    const common = { effect, result, onWaitingList: true, storedAs: '', startedAtMs, detail: '' };
    const what = {
      kind: 'notice-outcome',
      ...common,
      partsDelivered: result === 'delivered' ? 1 : 0,
      uncertain: false,
    } as const;
    assert.ok(this.#outcomes.write(ringKinds.event, this.#event(what, subscriber)));
    this.#outcomes.flush();
  }

  beginEpoch(epoch: number): void {
    this.#commands.write(ringKinds.epochBegan, encodeEpochBegan(epoch));
    this.#commands.flush();
  }

  notices(): ReleasedEffect[] {
    return released(this.#notices);
  }

  replies(): ReleasedEffect[] {
    return released(this.#replies);
  }

  /** Another process. */
  restart(survive = 0): void {
    this.killProcess(survive);
    this.startProcess();
    this.#decisions = this.writer('decisions-0');
    this.#calls = this.writer('calls-0');
    this.#commands = this.writer('commands-0');
    this.#outcomes = this.writer('outcomes-0');
    this.#notices = this.reader('notices-0');
    this.#replies = this.reader('replies-0');
  }

  settle(ms: number): void {
    const end = this.nowMs + ms;
    for (;;) {
      while (this.turn(0) > 0);
      const next = Math.max(this.nowMs + 1, this.nextDeadlineMs());
      if (next > end) break;
      this.advance(next);
    }
    this.advance(end);
  }

  #event(what: EventKind, subscriber: string): Uint8Array {
    return encodeEvent({ subscriber, atMs: START_MS + this.nowMs, what });
  }
}

function released(ring: RingReader): ReleasedEffect[] {
  const effects: ReleasedEffect[] = [];
  let last = -1;
  ring.read((kind, record, position) => {
    last = position;
    const effect = kind === ringKinds.releasedEffect ? decodeReleasedEffect(record) : undefined;
    if (effect?.ok === true) effects.push(effect.value);
  }, 10_000);
  if (last >= 0) ring.release(last);
  return effects;
}

test('effects are released when their window is durable, not before, whatever begins meanwhile', () => {
  const plant = new Plant({ commitMs: () => 20 });
  plant.provision();
  plant.missed(7);
  while (plant.turn(0) > 0);
  plant.beginEpoch(2);
  while (plant.turn(0) > 0);
  assert.deepEqual(plant.notices(), []);
  assert.deepEqual(plant.replies(), []);
  plant.settle(30);
  assert.equal(plant.notices().length, 1);
  assert.equal(plant.replies().length, 1);
  plant.beginEpoch(3);
  plant.settle(5);
  const [again] = plant.notices();
  assert.equal(again?.epoch, 3);
  assert.equal(again.again, true, 'an earlier life may have brought it');
});

test('while the disk stands still and the window is full, calls are decided on at once', () => {
  const plant = new Plant({ commitMs: () => 1_000, limits: { windowEventsMax: 2 } });
  plant.provision();
  plant.settle(1_000);
  for (let call = 1; call <= 9; call++) plant.missed(call);
  while (plant.turn(0) > 0);
  assert.equal(plant.shard(0).status.commitsInFlight, 2);
  plant.replies();
  plant.decide(77);
  plant.turn(0);
  assert.deepEqual(plant.decisions(), [{ token: 77, observe: true }]);
  plant.settle(6_000);
  assert.equal(plant.replies().length, 9, 'each report is answered when it is durable');
});

test('an outcome that lies in the ring when an epoch begins, or a shard starts anew, closes its effect first', () => {
  for (const anew of ['epoch', 'shard'] as const) {
    const plant = new Plant({ limits: { readMax: 4 } });
    const numbers = Array.from({ length: 20 }, (_, index) => `4917200000${10 + index}`);
    for (const number of numbers) plant.provision(number);
    for (const number of numbers) plant.missed(0, number);
    plant.settle(50);
    const notices = plant.notices();
    assert.equal(notices.length, 20);
    for (const { effect } of notices) {
      assert.ok(effect.what.kind === 'send-notice');
      plant.outcome(effect.id, 'delivered', effect.what.notice.recipient);
    }
    if (anew === 'epoch') plant.beginEpoch(2);
    else {
      plant.killShard(0, 0);
      plant.startShard(0);
    }
    plant.settle(50);
    assert.deepEqual(plant.notices(), [], `${anew}: nothing goes out again`);
    assert.equal(plant.shard(0).status.openEffects, 0);
  }
});

test('a shard that starts anew does not release what it has not read, though it was committed before', () => {
  const plant = new Plant({ limits: { readMax: 4 }, commitMs: () => 20 });
  plant.provision();
  for (let call = 0; call < 30; call++) plant.missed();
  for (let turn = 0; turn < 20; turn++) plant.turn(0);
  plant.settle(10);
  plant.killShard(0, 2);
  plant.startShard(0);
  plant.settle(100);
  assert.equal(plant.disks[0]!.states().get(B)?.seenCalls.length, 30);
  assert.equal(plant.reader('calls-0').depth, 0, 'all is released in the end');
});

test('news of numbers that nobody has provisioned take no memory and no place in the journal', () => {
  const plant = new Plant({ limits: { actorsMax: 10 } });
  for (let number = 0; number < 2_000; number++) {
    plant.tell({ kind: 'subscriber-reachable', source: 'mm-event' }, String(491_800_000_000 + number));
    while (plant.turn(0) > 0);
  }
  assert.ok(plant.shard(0).status.actors <= 10);
  assert.equal(plant.disks[0]!.lastWindow, 0);
});

test('the outcome of a notice whose record is damaged closes the effect: it is not sent for ever', () => {
  const plant = new Plant({ limits: { actorsMax: 0 } });
  plant.provision();
  plant.missed();
  plant.settle(50);
  const [notice] = plant.notices();
  assert.ok(notice);
  assert.equal(plant.shard(0).status.openEffects, 1);
  plant.disks[0]!.actors.get(partitionOf(B))!.set(B, Uint8Array.of(0xff, 0xff));
  plant.outcome(notice.effect.id, 'delivered');
  plant.settle(50);
  assert.equal(plant.counters.get('shard.record-damaged'), 1);
  assert.equal(plant.shard(0).status.openEffects, 0);
  plant.restart();
  plant.settle(50);
  assert.deepEqual(plant.notices(), []);
});

test('a deadline that only the journal knew is kept to the second after a crash', () => {
  const plant = new Plant({ limits: { actorWritesMax: 0 }, policy: { retryMs: [5_000] } });
  plant.provision();
  plant.missed();
  plant.settle(50);
  const [first] = plant.notices();
  assert.ok(first);
  plant.outcome(first.effect.id, 'temporary');
  plant.settle(50);
  plant.restart();
  plant.settle(4_000);
  assert.deepEqual(plant.notices(), []);
  plant.settle(1_000);
  assert.equal(plant.notices().length, 1);
});

test('a deadline beyond the horizon comes from the index of the store', () => {
  const waitMs = HORIZON_MS * 3;
  const plant = new Plant({ policy: { recheckListedMs: [waitMs] } });
  plant.provision();
  plant.missed();
  plant.settle(50);
  const [first] = plant.notices();
  assert.ok(first);
  plant.outcome(first.effect.id, 'absent');
  plant.settle(50);
  assert.equal(plant.shard(0).status.deadlines, 0);
  plant.settle(HORIZON_MS);
  plant.restart();
  plant.settle(waitMs - HORIZON_MS - 1_000);
  assert.deepEqual(plant.notices(), []);
  plant.settle(2_000);
  assert.equal(plant.notices().length, 1);
});

test('the journal keeps its retention over a restart', () => {
  const plant = new Plant({ limits: { journalWindowsKept: 1_000 } });
  for (let round = 0; round < 3; round++) {
    for (let number = 0; number < 20; number++) plant.provision(`4918000000${10 + number}`);
    plant.restart();
  }
  plant.settle(100);
  assert.equal(plant.disks[0]!.trimmedBefore, 1);
});

test('a shard that was stopped does nothing more, not even at its timers', () => {
  const plant = new Plant();
  plant.provision();
  plant.shard(0).stop();
  assert.equal(plant.nextDeadlineMs(), Infinity);
  plant.missed();
  assert.equal(plant.turn(0), 0);
});

test('a commit that fails: the shard is over, and its next life has everything that was handed over', () => {
  let full = false;
  const plant = new Plant({ failure: () => (full ? new Error('no space left') : undefined) });
  plant.provision();
  full = true;
  plant.missed(9);
  plant.settle(50);
  assert.equal(plant.fatal.length, 1);
  assert.deepEqual(plant.replies(), [], 'nothing is answered');
  full = false;
  plant.startShard(0);
  plant.settle(50);
  assert.equal(plant.replies().length, 1);
  assert.equal(plant.notices().length, 1);
});

test('one who is removed leaves a record only while a recovery could still read the events before', () => {
  const plant = new Plant({ limits: { openWindowsMax: 1 } });
  plant.provision();
  plant.tell({ kind: 'admin-command', command: { kind: 'remove' }, answerToken: 0 });
  plant.settle(50);
  for (let number = 0; number < 3; number++) plant.provision(`49180000001${number}`);
  assert.equal(plant.disks[0]!.states().has(B), false);
});

test('I5 I6 with as many open notices as may be no call is taken, the signalling part is told why, and the next one is taken when one is done', () => {
  const plant = new Plant({ limits: { openEffectsMax: 2 } });
  const numbers = ['491710000011', '491710000012', '491710000013'];
  for (const number of numbers) plant.provision(number);
  for (const number of numbers) {
    plant.missed(0, number);
    plant.settle(50);
  }
  const held = plant.notices();
  assert.deepEqual(
    held.map(({ effect }) => effect.what.kind === 'send-notice' && effect.what.notice.recipient),
    numbers.slice(0, 2),
  );
  assert.equal(plant.shard(0).status.openEffects, 2);
  assert.equal(plant.counters.values.get('shard.intake-held.open-effects'), 1);
  const told: number[][] = [];
  const replies = plant.reader('replies-0');
  replies.read((kind, record) => {
    if (kind === ringKinds.intakeHeld) told.push([...record]);
  }, 100);
  assert.deepEqual(told, [[0, 1]]);
  plant.outcome(held[0]!.effect.id, 'delivered', numbers[0]);
  plant.settle(50);
  assert.equal(plant.notices().length, 1, 'the call that waited');
});

test('I3 I5 I6 a storm of returns is taken in whole while notices are open up to their bound, and each is told in its turn', () => {
  const count = 100;
  const plant = new Plant({ limits: { openEffectsMax: 8 }, policy: { recheckListedMs: [3_600_000] } });
  const numbers = Array.from({ length: count }, (_, index) => String(491_710_000_100 + index));
  for (const number of numbers) {
    plant.provision(number);
    plant.missed(0, number);
    plant.settle(50);
    for (const { effect } of plant.notices()) plant.outcome(effect.id, 'absent', number);
    plant.settle(50);
  }
  for (const number of numbers) plant.tell({ kind: 'subscriber-reachable', source: 'alert' }, number);
  plant.settle(100);
  assert.equal(plant.shard(0).status.openEffects, 4, 'half of the room');
  assert.equal(plant.counters.values.get('shard.return-waits'), count - 4);
  assert.equal(plant.counters.values.get('shard.intake-held.open-effects'), undefined);
  plant.restart();
  const told: string[] = [];
  for (let turn = 0; turn < 1_000 && told.length < count; turn++) {
    plant.settle(100);
    assert.ok(plant.shard(0).status.openEffects <= 6, 'three quarters of it for deadlines');
    for (const { effect } of plant.notices()) {
      assert.ok(effect.what.kind === 'send-notice');
      const { recipient } = effect.what.notice;
      told.push(recipient);
      plant.outcome(effect.id, 'delivered', recipient);
    }
  }
  assert.deepEqual([...told].sort(), numbers);
  plant.settle(10_000);
  assert.deepEqual(plant.notices(), []);
});
