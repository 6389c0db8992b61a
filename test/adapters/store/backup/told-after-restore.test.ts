/**
 * An actor keeps the highest position that it has heard of each partition, so that a tell which comes again is no news. After a
 * restore the partition that tells must not count where it has counted before: what it tells then would be taken for old.
 */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { restoreBackup } from '../../../../src/adapters/store/backup/restore-backup.ts';
import { writeBackup } from '../../../../src/adapters/store/backup/write-backup.ts';
import { shardOfPartition } from '../../../../src/engine/wiring.ts';
import { partitionOf } from '../../../../src/types/partition.ts';
import {
  LIFE_MAP_OCTETS,
  LIFE_SHARDS,
  Life,
  lifeNumber,
  writeLife,
} from '../../../golden-environments/write-life.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const shardOf = (index: number): number => shardOfPartition(partitionOf(lifeNumber(index)), LIFE_SHARDS);
/** Has ordered to be told of returns. */
const CALLER = 2;
/** Of another shard; knows nobody yet. */
const CALLEE = Array.from({ length: 40 }, (_, index) => 100 + index).find(
  (index) => shardOf(index) !== shardOf(CALLER),
)!;

let serial = 0;

/** The caller misses the callee, who is away and comes back; how often the caller is told of it. */
async function callAndReturn(life: Life): Promise<number> {
  const profile = { missedCalls: true, notifyMe: 'off', language: 'en', timeZone: 'UTC' } as const;
  life.tell(CALLEE, { kind: 'admin-command', command: { kind: 'set-profile', profile }, answerToken: 0 });
  await life.settle();
  await deliver(life, 'delivered');
  life.tell(CALLEE, {
    kind: 'call-missed',
    callKey: Uint8Array.of(255, serial++),
    caller: lifeNumber(CALLER),
    presentation: 'allowed',
    attemptedAtMs: life.nowMs,
    reason: 'not-reachable',
    cause: 20,
    answerToken: 0,
  });
  await life.settle();
  await deliver(life, 'absent');
  life.tell(CALLEE, { kind: 'subscriber-reachable', source: 'alert' });
  await life.settle();
  return deliver(life, 'delivered');
}

/** All that is asked for is done, the callee with this result; how many notices told the caller that the callee is back. */
async function deliver(life: Life, calleeResult: 'delivered' | 'absent'): Promise<number> {
  let told = 0;
  for (let round = 0; round < 20 && life.released.length > 0; round++) {
    for (const { effect } of life.released.splice(0)) {
      const { what, id } = effect;
      if (what.kind !== 'send-notice' && what.kind !== 'query-reachability') continue;
      if (tellsOfCallee(effect)) told++;
      const subscriber = what.kind === 'send-notice' ? what.notice.recipient : what.subscriber;
      const result = subscriber === lifeNumber(CALLEE) ? calleeResult : 'delivered';
      const onWaitingList = result === 'absent';
      const startedAtMs = life.nowMs - 500;
      const common = { effect: id, result, onWaitingList, storedAs: '', startedAtMs, detail: '' } as const;
      life.outcome(
        id,
        subscriber,
        what.kind === 'send-notice'
          ? {
              kind: 'notice-outcome',
              ...common,
              partsDelivered: result === 'delivered' ? 1 : 0,
              uncertain: false,
            }
          : { kind: 'reachability-outcome', ...common },
      );
    }
    await life.settle();
  }
  return told;
}

function tellsOfCallee({ what }: Life['released'][number]['effect']): boolean {
  return (
    what.kind === 'send-notice' &&
    what.notice.content.kind === 'returns' &&
    what.notice.content.returned.some(({ subscriber }) => subscriber === lifeNumber(CALLEE))
  );
}

const HOUR_MS = 3_600_000;

test('calls are told after a restore, even of copies in which the one who hears knows more than the one who tells', async (t) => {
  const folder = temporaryFolder();
  t.after(() => rmSync(folder, { recursive: true }));
  const data = path.join(folder, 'data');
  mkdirSync(data);
  await writeLife(data);
  const early = path.join(folder, 'early');
  cpSync(data, early, { recursive: true });
  const life = new Life(data, HOUR_MS);
  for (let round = 0; round < 3; round++) assert.equal(await callAndReturn(life), 1, 'told before');
  await life.end();
  // Each shard from another time: the caller's knows what the callee's has not told yet.
  const mixed = path.join(folder, 'mixed');
  cpSync(early, mixed, { recursive: true });
  const heard = `shard-${shardOf(CALLER)}`;
  cpSync(path.join(data, heard), path.join(mixed, heard), { recursive: true });

  const backup = path.join(folder, 'backup');
  await writeBackup({ directory: mixed, to: backup, version: '0.1.0', starts: 3, nowMs: 0 });
  const untreated = new Life(mixed, 2 * HOUR_MS);
  assert.equal(
    await callAndReturn(untreated),
    0,
    'without what a restore does it is not told: the test would see it',
  );
  await untreated.end();

  const restored = path.join(folder, 'restored');
  await restoreBackup({
    from: backup,
    directory: restored,
    replace: false,
    mapSizeOctets: LIFE_MAP_OCTETS,
    startsAfter: (count) => count + 64,
  });
  const again = new Life(restored, 2 * HOUR_MS);
  for (let round = 0; round < 3; round++)
    assert.equal(await callAndReturn(again), 1, 'told after the restore');
  await again.end();
});
