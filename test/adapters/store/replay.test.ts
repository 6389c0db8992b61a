/** A replay of the journal finds what the stored states have that it does not lead to, and says of what it can say nothing. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { writeBackup } from '../../../src/adapters/store/backup/write-backup.ts';
import { seal, unseal } from '../../../src/adapters/store/checksum.ts';
import { shardDirectory, shardsIn } from '../../../src/adapters/store/data-directory.ts';
import { Environment } from '../../../src/adapters/store/environment.ts';
import { windowKey } from '../../../src/adapters/store/keys.ts';
import { type ReplayReport, replayData } from '../../../src/adapters/store/replay/replay-data.ts';
import { verifyData } from '../../../src/adapters/store/verify/verify-data.ts';
import { defaultSubscriberPolicy } from '../../../src/subscriber/policy.ts';
import type { SubscriberState } from '../../../src/types/model/state.ts';
import { OperatingError } from '../../../src/types/operating-error.ts';
import { decodeState, encodeState } from '../../../src/wire/state.ts';
import { LIFE_MAP_OCTETS, Life, lifeNumber, writeLife } from '../../golden-environments/write-life.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const HOUR_MS = 3_600_000;

describe('a replay', () => {
  let folder: string;
  let data: string;
  let backup: string;
  before(async () => {
    folder = temporaryFolder();
    data = path.join(folder, 'data');
    backup = path.join(folder, 'backup');
    mkdirSync(data);
    await writeLife(data);
    await writeBackup({ directory: data, to: backup, version: '0', starts: 3, nowMs: 0 });
    const life = new Life(data, HOUR_MS);
    for (let callee = 0; callee < 30; callee++) life.missed(callee, callee + 3);
    await life.settle();
    life.answer(2);
    await life.settle();
    life.tell(5, { kind: 'subscriber-reachable', source: 'mm-event' });
    await life.settle();
    await life.end();
  });
  after(() => rmSync(folder, { recursive: true }));

  const replay = (directory: string, from: string | undefined): ReplayReport =>
    replayData({ directory, backup: from, policy: defaultSubscriberPolicy, onProgress: () => undefined });

  /** A copy of the data with one record changed, with a right checksum. */
  const changed = async (
    name: string,
    change: (state: SubscriberState) => SubscriberState,
  ): Promise<string> => {
    const directory = path.join(folder, name);
    cpSync(data, directory, { recursive: true });
    let done = false;
    for (const shard of shardsIn(directory)) {
      const environment = new Environment({
        directory: shardDirectory(directory, shard),
        mapSizeOctets: LIFE_MAP_OCTETS,
      });
      for (const { key, value } of [...environment.actors.getRange()]) {
        const state = decodeState(unseal('actors', key, value)!);
        assert.ok(state.ok);
        if (state.value.number !== lifeNumber(5)) continue;
        done = true;
        const record = encodeState(change(state.value));
        environment.transact(() => void environment.actors.put(key, seal('actors', key, record)));
      }
      await environment.close();
    }
    assert.ok(done);
    return directory;
  };

  test('of sound data finds no difference, from a backup nor from the beginning', () => {
    for (const from of [undefined, backup]) {
      const { differences, compared, events, notShown } = replay(data, from);
      assert.deepEqual(differences, []);
      assert.ok(compared >= 30 && events > 60, `${compared} compared, ${events} events`);
      assert.deepEqual(notShown, []);
    }
  });

  test('names the subscriber, masked, and the fields of a state that the journal does not lead to', async () => {
    const directory = await changed('changed', (state) => ({
      ...state,
      notices: state.notices + 1,
      absences: 9,
    }));
    assert.deepEqual(verifyData(directory, () => undefined).faults, [], 'by itself it is sound');
    for (const from of [undefined, backup]) {
      const { differences } = replay(directory, from);
      assert.equal(differences.length, 1);
      assert.deepEqual(differences[0]!.fields, ['absences', 'notices']);
      assert.ok(!differences[0]!.subscriber.includes(lifeNumber(5)));
    }
  });

  test('with other rules than those that were in force differs in what they decide', () => {
    const policy = { ...defaultSubscriberPolicy, recheckListedMs: [1], recheckUnlistedMs: [1], retryMs: [1] };
    const { differences } = replayData({ directory: data, backup, policy, onProgress: () => undefined });
    assert.ok(differences.some(({ fields }) => fields.includes('deadlineAtMs')));
  });

  test('says nothing of what the journal does not have any more', async () => {
    const directory = path.join(folder, 'trimmed');
    cpSync(data, directory, { recursive: true });
    for (const shard of shardsIn(directory)) {
      const environment = new Environment({
        directory: shardDirectory(directory, shard),
        mapSizeOctets: LIFE_MAP_OCTETS,
      });
      const { window } = environment.head;
      environment.transact(() => {
        for (let old = 1; old < window - 1; old++) void environment.journal.remove(windowKey(old));
      });
      await environment.close();
    }
    const { differences, notShown } = replay(directory, undefined);
    assert.deepEqual(differences, []);
    assert.ok(notShown.length > 20);
    assert.throws(
      () => replay(directory, backup),
      (error) => error instanceof OperatingError && error.code === 'CW_REPLAY_GAP',
    );
  });

  test('from a backup that is younger than the data is refused', async () => {
    const younger = path.join(folder, 'younger');
    await writeBackup({ directory: data, to: younger, version: '0', starts: 3, nowMs: 0 });
    const old = path.join(folder, 'old');
    cpSync(backup, old, { recursive: true });
    assert.throws(
      () => replay(old, younger),
      (error) => error instanceof OperatingError && error.code === 'CW_REPLAY_GAP',
    );
  });
});
