/** `callwake backup | restore | verify | replay | migrate` on data that no engine runs on: what an operator reads, and the exit codes. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type TestContext, test } from 'node:test';
import { shardDirectory } from '../../src/adapters/store/data-directory.ts';
import { Environment } from '../../src/adapters/store/environment.ts';
import { openLmdbStore } from '../../src/adapters/store/lmdb-store.ts';
import { schemaVersion } from '../../src/adapters/store/schema.ts';
import { runBackup, runRestore } from '../../src/cli/run-backup.ts';
import { runMigrate, runReplay, runVerify } from '../../src/cli/run-verify.ts';
import { unpack } from '../golden-environments/unpack.ts';
import { LIFE_SHARDS } from '../golden-environments/write-life.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Data of a released version, with schema 1. */
function plantOf(t: TestContext) {
  const data = unpack('0.1.0');
  const folder = temporaryFolder();
  t.after(() => {
    for (const one of [data, folder]) rmSync(one, { recursive: true, force: true });
  });
  let said = '';
  const terminal = {
    out: (text: string) => {
      said += text;
    },
    error: () => undefined,
  };
  /** Runs a command; its exit code, and what it wrote to standard output. */
  const run = async <O>(
    command: (options: O, to: typeof terminal) => Promise<number>,
    options: O,
  ): Promise<{ code: number; out: string }> => {
    said = '';
    return { code: await command(options, terminal), out: said };
  };
  return { data, at: (name: string) => path.join(folder, name), run };
}

const SHARDS = Array.from({ length: LIFE_SHARDS }, (_, shard) => shard);

const code = (expected: string) => (error: unknown) => (error as { code?: string }).code === expected;

test('verify says what there is, shard by shard, and that nothing is wrong', async (t) => {
  const { data, run } = plantOf(t);
  const { code: exit, out } = await run(runVerify, { data, json: false });
  assert.equal(exit, 0);
  assert.match(
    out,
    /^shard-0: \d+ subscribers, \d+ deadlines, \d+ windows of journal, \d+ effects and \d+ events put aside in the outbox; \d+ pages, \d+ free$/m,
  );
  assert.match(out, /^shard-1: /m);
  assert.match(out, /^nothing is wrong with .+$/m);
});

test('verify names a record that is not what was written, says what to do, and ends with 1', async (t) => {
  const { data, run } = plantOf(t);
  assert.equal((await run(runMigrate, { data, json: false, check: false })).code, 0);
  const environment = new Environment({ directory: shardDirectory(data, 0) });
  const [key] = environment.actors.getKeys({ limit: 1 });
  assert.ok(key !== undefined);
  environment.transact(() => void environment.actors.put(key, Buffer.from('not what was written')));
  await environment.close();
  const { code: exit, out } = await run(runVerify, { data, json: false });
  assert.equal(exit, 1);
  assert.match(out, /something is wrong with .+callwake restore --replace/);
  const json = await run(runVerify, { data, json: true });
  assert.equal(json.code, 1);
  const { verified, faults } = JSON.parse(json.out) as { verified: string; faults: string[] };
  assert.equal(verified, data);
  assert.equal(faults.length, 1);
  assert.ok(out.includes(faults[0] ?? '?'), 'the same in both forms');
});

test('verify finds a journal with a hole, which a recovery would fall into', async (t) => {
  const { data, run } = plantOf(t);
  await run(runMigrate, { data, json: false, check: false });
  const directory = shardDirectory(data, 0);
  const store = openLmdbStore({ directory });
  const { recoverFrom, lastWindow } = store;
  await store.close();
  assert.ok(recoverFrom <= lastWindow, 'a recovery needs windows');
  const environment = new Environment({ directory });
  const keys = [...environment.journal.getKeys()];
  const needed = keys.slice(-(lastWindow - recoverFrom + 1));
  environment.transact(() => {
    for (const key of keys) if (key.equals(needed[0] ?? Buffer.of())) void environment.journal.remove(key);
  });
  await environment.close();
  const { code: exit, out } = await run(runVerify, { data, json: false });
  assert.equal(exit, 1);
  assert.match(out, /journal/);
});

test('migrate --check says what would be done and does nothing; migrate does it, once', async (t) => {
  const { data, run } = plantOf(t);
  const file = path.join(shardDirectory(data, 0), 'data.mdb');
  const before = readFileSync(file);
  const check = await run(runMigrate, { data, json: false, check: true });
  assert.deepEqual(check, {
    code: 0,
    out: SHARDS.map((n) => `shard-${n}: would be migrated from schema 1 to ${schemaVersion}\n`).join(''),
  });
  assert.ok(readFileSync(file).equals(before), 'nothing was changed');
  const done = await run(runMigrate, { data, json: true, check: false });
  assert.deepEqual(JSON.parse(done.out), {
    data,
    to: schemaVersion,
    migrated: true,
    shards: SHARDS.map((shard) => ({ shard, from: 1 })),
  });
  const again = await run(runMigrate, { data, json: false, check: false });
  assert.match(again.out, new RegExp(`^shard-0: schema ${schemaVersion}, which is this version’s$`, 'm'));
  assert.equal((await run(runVerify, { data, json: false })).code, 0);
});

test('a backup of data at rest is whole, can be verified by itself, and is restored into an empty place', async (t) => {
  const { data, at, run } = plantOf(t);
  await run(runMigrate, { data, json: false, check: false });
  const made = await run(runBackup, { data, to: at('backup'), json: false });
  assert.equal(made.code, 0);
  assert.match(made.out, /^backed up .+: 3 shards, \d+ octets, as of \d{4}-.+Z, by version \d+\.\d+\.\d+$/m);
  const verified = await run(runVerify, { backup: at('backup'), json: false });
  assert.equal(verified.code, 0);
  assert.match(verified.out, /^nothing is wrong with .+backup$/m);
  const restored = await run(runRestore, { from: at('backup'), data: at('new'), replace: false, json: true });
  assert.equal(restored.code, 0);
  assert.equal((JSON.parse(restored.out) as { shards: number }).shards, LIFE_SHARDS);
  assert.equal((await run(runVerify, { data: at('new'), json: false })).code, 0);

  const part = path.join(at('backup'), 'manifest.json');
  writeFileSync(part, readFileSync(part, 'utf8').replace(/"octets": ?\d+/, '"octets": 1'));
  await assert.rejects(
    runVerify({ backup: at('backup'), json: false }, { out: () => undefined, error: () => undefined }),
    code('CW_BACKUP_DAMAGED'),
  );
});

test('replay says how many events it folded, and from what it can show nothing', async (t) => {
  const { data, run } = plantOf(t);
  const text = await run(runReplay, { data, json: false });
  assert.match(text.out, /^\d+ events of \d+ subscribers replayed: /m);
  const json = await run(runReplay, { data, json: true });
  assert.equal(json.code, text.code);
  const { replayed, compared, differences } = JSON.parse(json.out) as {
    replayed: string;
    compared: number;
    differences: unknown[];
  };
  assert.equal(replayed, data);
  assert.ok(compared > 10);
  assert.equal(json.code, differences.length > 0 ? 1 : 0);
});

test('where there are no data, each command says so by its code', async (t) => {
  const { at, run } = plantOf(t);
  const none = { data: at('nothing'), json: false };
  await assert.rejects(run(runVerify, none), code('CW_STORE_INCOMPLETE'));
  await assert.rejects(run(runReplay, none), code('CW_STORE_INCOMPLETE'));
  await assert.rejects(run(runMigrate, { ...none, check: false }), code('CW_STORE_INCOMPLETE'));
  await assert.rejects(run(runBackup, { ...none, to: at('backup') }), code('CW_BACKUP_FAILED'));
});
