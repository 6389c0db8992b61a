import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventKind } from '../../../src/types/model/event.ts';
import { ringKinds } from '../../../src/types/model/thread.ts';
import { partitionOf } from '../../../src/types/partition.ts';
import { encodeEvent } from '../../../src/wire/event.ts';
import { decodeReleasedEffect } from '../../../src/wire/thread.ts';
import { ShardPlant, START_MS } from './shard-plant.ts';

const A = '491710000001';
const B = '491710000002';
const profile = { missedCalls: true, notifyMe: 'off', language: 'en', timeZone: 'UTC' } as const;

/** A shard in a new process, with what it releases. */
function life(plant: ShardPlant) {
  const write = (ring: string, subscriber: string, what: EventKind): void => {
    const writer = plant.writer(ring);
    assert.ok(writer.write(ringKinds.event, encodeEvent({ subscriber, atMs: START_MS + plant.nowMs, what })));
    writer.flush();
  };
  return {
    write,
    settle: (): void => {
      for (let round = 0; round < 50; round++) {
        while (plant.turn(0) > 0);
        plant.advance(plant.nowMs + 2);
      }
    },
    notices: (): {
      readonly id: { partition: number; sequence: number; index: number };
      readonly recipient: string;
    }[] => {
      const found: { id: { partition: number; sequence: number; index: number }; recipient: string }[] = [];
      const reader = plant.reader('notices-0');
      let last = -1;
      reader.read((_kind, record, position) => {
        last = position;
        const released = decodeReleasedEffect(record);
        assert.ok(released.ok);
        const { id, what } = released.value.effect;
        if (what.kind === 'send-notice') found.push({ id, recipient: what.notice.recipient });
      }, 1_000);
      if (last >= 0) reader.release(last);
      return found;
    },
  };
}

const missed = (serial: number): EventKind => ({
  kind: 'call-missed',
  callKey: Uint8Array.of(serial),
  caller: A,
  presentation: 'allowed',
  attemptedAtMs: START_MS,
  reason: 'busy',
  cause: 17,
  answerToken: 0,
});

test('what comes for a subscriber whose record is damaged is put aside: the record stays as it is, and others are served', () => {
  const plant = new ShardPlant({ shards: 1 });
  const before = life(plant);
  for (const subscriber of [A, B])
    before.write('commands-0', subscriber, {
      kind: 'admin-command',
      command: { kind: 'set-profile', profile },
      answerToken: 0,
    });
  before.write('calls-0', B, missed(1));
  before.settle();
  const [open] = before.notices();
  assert.equal(open?.recipient, B);

  const disk = plant.disks[0]!;
  const damaged = Uint8Array.of(0xff, 0xff, 0xff);
  disk.actors.get(partitionOf(B))!.set(B, damaged);
  plant.killProcess(0);
  plant.startProcess();
  const after = life(plant);
  after.settle();
  assert.deepEqual(
    after.notices().map(({ recipient }) => recipient),
    [B],
    'what was open is done again',
  );
  after.write('calls-0', B, missed(2));
  after.write('calls-0', A, { ...missed(3), caller: B } as EventKind);
  after.write('outcomes-0', B, {
    kind: 'notice-outcome',
    effect: open.id,
    result: 'delivered',
    partsDelivered: 1,
    uncertain: false,
    onWaitingList: false,
    storedAs: '',
    startedAtMs: START_MS,
    detail: '',
  });
  after.settle();
  assert.deepEqual(
    after.notices().map(({ recipient }) => recipient),
    [A],
  );
  assert.equal(plant.counters.values.get('shard.quarantined'), 2);
  assert.ok((plant.counters.values.get('shard.record-damaged') ?? 0) > 0);
  assert.deepEqual(disk.actors.get(partitionOf(B))!.get(B), damaged);
  assert.deepEqual(
    [...disk.outbox.keys()].map((key) => key.split('.')[1]),
    ['quarantine', 'quarantine'],
  );

  plant.killProcess(0);
  plant.startProcess();
  const last = life(plant);
  last.settle();
  assert.deepEqual(
    last.notices().map(({ recipient }) => recipient),
    [A],
    'what was done is not done again',
  );
});
