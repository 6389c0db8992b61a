/** A backup is taken back as it was, or not at all. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  decodeManifest,
  encodeManifest,
  type Manifest,
} from '../../../../src/adapters/store/backup/manifest.ts';
import {
  finishRestore,
  restoreBackup,
  SEQUENCES_SKIPPED,
} from '../../../../src/adapters/store/backup/restore-backup.ts';
import { writeBackup } from '../../../../src/adapters/store/backup/write-backup.ts';
import { shardDirectory, shardsIn } from '../../../../src/adapters/store/data-directory.ts';
import { lockDirectory } from '../../../../src/adapters/store/directory-lock.ts';
import { Environment } from '../../../../src/adapters/store/environment.ts';
import { LmdbStore } from '../../../../src/adapters/store/lmdb-store.ts';
import { relocatePartitions } from '../../../../src/adapters/store/relocate-partitions.ts';
import { schemaVersion } from '../../../../src/adapters/store/schema.ts';
import { verifyData } from '../../../../src/adapters/store/verify/verify-data.ts';
import { OperatingError } from '../../../../src/types/operating-error.ts';
import { partitionOf } from '../../../../src/types/partition.ts';
import { listData } from '../../../golden-environments/list-data.ts';
import { LIFE_MAP_OCTETS, writeLife } from '../../../golden-environments/write-life.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';
import { actorWrite, windowOf } from '../conformance.ts';

const common = { version: '0.1.0', starts: 3, nowMs: Date.UTC(2026, 1, 1) };
const startsAfter = (backup: number): number => backup + 64;

/** What a directory holds, file by file; the sockets of locks and LMDB's own lock are nobody's data. */
function filesOf(directory: string): Map<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true });
  const found = new Map<string, string>();
  for (const file of files) {
    if (!file.isFile() || file.name === 'lock.mdb') continue;
    const full = path.join(file.parentPath, file.name);
    found.set(path.relative(directory, full), createHash('sha256').update(readFileSync(full)).digest('hex'));
  }
  return found;
}

const withCode = (code: string) => (error: unknown) => error instanceof OperatingError && error.code === code;

describe('a backup', () => {
  let folder: string;
  let data: string;
  let backup: string;
  let listing: string;
  before(async () => {
    folder = temporaryFolder();
    data = path.join(folder, 'data');
    backup = path.join(folder, 'backup');
    mkdirSync(data);
    await writeLife(data);
    listing = await listData(data);
    await writeBackup({ ...common, directory: data, to: backup });
  });
  after(() => rmSync(folder, { recursive: true }));

  const restore = (from: string, directory: string, replace = false): Promise<Manifest> =>
    restoreBackup({ from, directory, replace, mapSizeOctets: LIFE_MAP_OCTETS, startsAfter });

  const copyOf = (name: string): string => {
    const copy = path.join(folder, name);
    cpSync(backup, copy, { recursive: true });
    return copy;
  };

  test('says in its manifest what is in it', () => {
    const decoded = decodeManifest(readFileSync(path.join(backup, 'manifest.json'), 'utf8'));
    assert.ok(decoded.ok);
    const { version, starts, shards, files } = decoded.value;
    assert.deepEqual([version, starts], ['0.1.0', 3]);
    assert.deepEqual(
      shards.map(({ shard, schema }) => [shard, schema]),
      [0, 1, 2].map((shard) => [shard, schemaVersion]),
    );
    assert.deepEqual(
      files.map(({ name }) => name),
      [0, 1, 2].map((shard) => `shard-${shard}/data.mdb`),
    );
    assert.deepEqual(verifyData(backup, () => undefined).faults, []);
  });

  test('that is taken back holds the same, and numbers what comes then anew', async () => {
    const target = path.join(folder, 'restored');
    const manifest = await restore(backup, target);
    assert.equal(await listData(target), listing);
    assert.deepEqual(verifyData(target, () => undefined).faults, []);
    assert.equal(readFileSync(path.join(target, 'starts'), 'utf8'), '67\n');
    for (const { shard, sequences, epochs } of manifest.shards) {
      const environment = new Environment({
        directory: shardDirectory(target, shard),
        mapSizeOctets: LIFE_MAP_OCTETS,
      });
      for (const [partition, sequence] of sequences.entries())
        assert.equal(
          environment.head.sequences[partition],
          (epochs[partition] ?? 0) > 0 ? sequence + SEQUENCES_SKIPPED : 0,
        );
      await environment.close();
    }
  });

  test('is not made of a folder that holds something, and not into one', async () => {
    await assert.rejects(writeBackup({ ...common, directory: data, to: data }), withCode('CW_BACKUP_FAILED'));
    const empty = path.join(folder, 'empty');
    mkdirSync(empty);
    await assert.rejects(
      writeBackup({ ...common, directory: empty, to: path.join(folder, 'of-nothing') }),
      withCode('CW_BACKUP_FAILED'),
    );
  });

  test('whose folder lacks something, or has other octets, is refused, and nothing is made', async () => {
    const cases: readonly (readonly [string, (copy: string) => void, RegExp])[] = [
      ['no manifest', (copy) => rmSync(path.join(copy, 'manifest.json')), /no manifest/],
      [
        'no shard',
        (copy) => rmSync(path.join(copy, 'shard-1'), { recursive: true }),
        /shard-1\/data\.mdb is missing/,
      ],
      [
        'cut off',
        (copy) => truncateSync(path.join(copy, 'shard-2/data.mdb'), 8192),
        /shard-2\/data\.mdb has 8192 octets/,
      ],
      [
        'a bit',
        (copy) => flip(path.join(copy, 'shard-0/data.mdb'), 50_000),
        /shard-0\/data\.mdb is not what was written/,
      ],
      [
        'manifest',
        (copy) => flip(path.join(copy, 'manifest.json'), 100),
        /its manifest is not what was written/,
      ],
      [
        'half',
        (copy) => truncateSync(path.join(copy, 'manifest.json'), 500),
        /its manifest is not what was written/,
      ],
    ];
    for (const [name, damage, reason] of cases) {
      const copy = copyOf(`damaged ${name}`);
      damage(copy);
      const target = path.join(folder, `target ${name}`);
      await assert.rejects(
        restore(copy, target),
        (error) => withCode('CW_BACKUP_DAMAGED')(error) && reason.test(String(error)),
        name,
      );
      assert.ok(!existsSync(target), name);
      const kept = filesOf(data);
      await assert.rejects(restore(copy, data, true), withCode('CW_BACKUP_DAMAGED'));
      assert.deepEqual(filesOf(data), kept, name);
    }
  });

  test('of a later schema is refused', async () => {
    const copy = copyOf('later');
    const file = path.join(copy, 'manifest.json');
    const decoded = decodeManifest(readFileSync(file, 'utf8'));
    assert.ok(decoded.ok);
    const shards = decoded.value.shards.map((shard) => ({ ...shard, schema: schemaVersion + 1 }));
    writeFileSync(file, encodeManifest({ ...decoded.value, shards }));
    await assert.rejects(restore(copy, path.join(folder, 'later-target')), withCode('CW_STORE_NEWER'));
    assert.ok(!existsSync(path.join(folder, 'later-target')));
  });

  test('is not put over data that nobody gave up, nor over those of a running process', async () => {
    const kept = filesOf(data);
    await assert.rejects(restore(backup, data), withCode('CW_RESTORE_NOT_EMPTY'));
    const lock = await lockDirectory(data);
    await assert.rejects(restore(backup, data, true), withCode('CW_STORE_IN_USE'));
    await lock.release();
    assert.deepEqual(filesOf(data), kept);
  });

  test('whose restore is cut off at any step leaves the old data or the new ones, never something between', async () => {
    class Cut extends Error {}
    const target = path.join(folder, 'cut');
    const other = path.join(folder, 'other-data');
    await relocatePartitions({ directory: other, shardCount: 2, mapSizeOctets: LIFE_MAP_OCTETS });
    writeFileSync(path.join(other, 'starts'), '9\n');
    const before = await listData(other);
    const outcomes: string[] = [];
    for (let cutAt = 0; ; cutAt++) {
      rmSync(target, { recursive: true, force: true });
      cpSync(other, target, { recursive: true });
      let step = 0;
      let cut = false;
      try {
        await restoreBackup({
          from: backup,
          directory: target,
          replace: true,
          mapSizeOctets: LIFE_MAP_OCTETS,
          startsAfter,
          onStep: () => {
            if (step++ === cutAt) throw new Cut();
          },
        });
      } catch (error) {
        if (!(error instanceof Cut)) throw error;
        cut = true;
      }
      finishRestore(target);
      const isNew = shardsIn(target).length === 3;
      outcomes.push(isNew ? 'new' : 'old');
      assert.equal(await listData(target), isNew ? listing : before, `cut at step ${cutAt}`);
      assert.deepEqual(verifyData(target, () => undefined).faults, []);
      assert.equal(readFileSync(path.join(target, 'starts'), 'utf8'), isNew ? '67\n' : '9\n');
      if (!cut) break;
    }
    assert.match(outcomes.join(' '), /^(old ){5,}(new ?){8,}$/);
  });

  test('that is made while windows are committed has all shards as they were at one moment', async () => {
    const directory = path.join(folder, 'busy');
    await relocatePartitions({ directory, shardCount: 2, mapSizeOctets: 2 ** 28 });
    const stores = [0, 1].map(
      (shard) =>
        new LmdbStore(
          new Environment({ directory: shardDirectory(directory, shard), mapSizeOctets: 2 ** 28 }),
        ),
    );
    // The second shard commits a window only when the first has committed the one of its number.
    const state = { over: false };
    const commit = (store: LmdbStore, window: number): Promise<void> =>
      new Promise((resolve, reject) => {
        const partition = store.partitions[0]!;
        const number = numberIn(partition, window);
        const actors = [actorWrite(partition, number, 'x'.repeat(300 + (window % 900)))];
        store.commit(windowOf(window, { actors, trimBefore: window - 20 }), resolve, reject);
      });
    const work = (async () => {
      for (let window = 1; !state.over || window < 200; window++)
        for (const store of stores) await commit(store, window);
    })();
    for (let round = 0; round < 8; round++) {
      const to = path.join(folder, `busy-backup-${round}`);
      const held = stores.map((store) => store.hold());
      const manifest = await writeBackup({ ...common, directory, to });
      for (const letGo of held) letGo();
      const [first = 0, second = 0] = manifest.shards.map(({ window }) => window);
      assert.ok(first === second || first === second + 1, `windows ${first} and ${second}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
      for (const { shard, window } of manifest.shards) {
        const copy = new LmdbStore(
          new Environment({ directory: shardDirectory(to, shard), mapSizeOctets: 2 ** 28 }),
        );
        assert.equal(copy.lastWindow, window);
        await copy.close();
      }
    }
    state.over = true;
    await work;
    for (const store of stores) await store.close();
  });
});

function flip(file: string, at: number): void {
  const octets = readFileSync(file);
  octets[at] = (octets[at] ?? 0) ^ 0x10;
  writeFileSync(file, octets);
}

/** A number of this partition, another one for each serial. */
function numberIn(partition: number, serial: number): string {
  for (let number = 491_000_000_000 + serial * 1_000; ; number++)
    if (partitionOf(String(number)) === partition) return String(number);
}
