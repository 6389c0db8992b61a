/**
 * A running engine and the commands of the store, as processes. Checked: a backup of the running engine holds what it holds, a
 * restore into its directory is refused and changes nothing, and exit codes say what came of it.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { verifyData } from '../../src/adapters/store/verify/verify-data.ts';
import { numberOf, StorePlace } from './store-place.ts';

const COUNT = 60;
const profile = { missedCalls: true, notifyMe: 'off', language: 'de', timeZone: 'UTC' } as const;

test('a running engine is backed up while it works, refuses a restore, and is restored when it is stopped', async (t) => {
  const place = new StorePlace(t);
  await place.subscribe(COUNT);
  const engine = await place.run();
  const state = { over: false };
  // Commits all the time.
  const work = (async () => {
    for (let serial = 0; !state.over; serial++)
      await engine.client.put(numberOf(serial % COUNT), {
        ...profile,
        language: serial % 2 === 0 ? 'de' : 'en',
      });
  })();
  const backup = await place.start('backup', '--to', place.at('backup'), '--json').ended;
  assert.equal(backup.code, 0, backup.error);
  const { shards, version } = JSON.parse(backup.out) as { shards: number; version: string };
  assert.equal(shards, 2);
  assert.match(version, /^\d+\.\d+\.\d+/);
  const again = await place.start('backup', '--to', place.at('backup')).ended;
  assert.equal(again.code, 69);
  assert.match(again.error, /is not an empty folder.*\(CW_BACKUP_FAILED\)/s);
  state.over = true;
  await work;

  const held = place.files();
  for (const command of [['restore', '--from', place.at('backup'), '--replace'], ['verify']]) {
    const { code, error } = await place.start(...command).ended;
    assert.equal(code, 69, command.join(' '));
    assert.match(error, /\(CW_STORE_IN_USE\)/);
  }
  assert.deepEqual(place.files(), held, 'nothing was changed');
  await engine.client.put(numberOf(COUNT), profile);
  await engine.client.close();
  engine.child.kill('SIGTERM');
  assert.equal((await engine.ended).code, 0);

  const replay = await place.start('replay', '--from-backup', place.at('backup')).ended;
  assert.equal(replay.code, 0, replay.out + replay.error);
  assert.match(replay.out, /events of \d+ subscribers replayed: no difference/);
  const verify = await place.start('verify', '--json').ended;
  assert.equal(verify.code, 0, verify.out);
  assert.deepEqual((JSON.parse(verify.out) as { faults: string[] }).faults, []);

  const whole = place.at('backup');
  const manifest = path.join(whole, 'manifest.json');
  const text = readFileSync(manifest);
  rmSync(manifest);
  const incomplete = await place.start('restore', '--from', whole, '--replace').ended;
  assert.equal(incomplete.code, 69);
  assert.match(incomplete.error, /has no manifest.*\(CW_BACKUP_DAMAGED\)/s);
  assert.equal((await place.numbers()).length, COUNT + 1, 'nothing was changed');
  writeFileSync(manifest, text);

  const restore = await place.start('restore', '--from', whole, '--replace').ended;
  assert.equal(restore.code, 0, restore.error);
  assert.deepEqual(verifyData(place.data, () => undefined).faults, []);
  assert.equal((await place.numbers()).length, COUNT);
  assert.ok(
    !existsSync(path.join(place.data, 'restore.ready')) && !existsSync(path.join(place.data, 'restore.part')),
  );
});
