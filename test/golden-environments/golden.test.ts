/**
 * The data that each released version wrote, as they are kept beside this file: every later version opens them, and finds in them
 * what the one that wrote them found.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { checkDataDirectory } from '../../src/adapters/store/check-environment.ts';
import { shardDirectory } from '../../src/adapters/store/data-directory.ts';
import { Environment } from '../../src/adapters/store/environment.ts';
import { openLmdbStore } from '../../src/adapters/store/lmdb-store.ts';
import { relocatePartitions } from '../../src/adapters/store/relocate-partitions.ts';
import { replayData } from '../../src/adapters/store/replay/replay-data.ts';
import { schemaVersion } from '../../src/adapters/store/schema.ts';
import { verifyData } from '../../src/adapters/store/verify/verify-data.ts';
import { settle } from '../../src/engine/shard/settle.ts';
import { defaultSubscriberPolicy } from '../../src/subscriber/policy.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import { repository } from '../support/sources.ts';
import { listData } from './list-data.ts';
import { listingDifferences } from './listing-differences.ts';
import { kept, unpack } from './unpack.ts';
import { LIFE_MAP_OCTETS, LIFE_SHARDS } from './write-life.ts';

/** With the schema that each of them wrote. A version that is released gets its line, and its folder (`generate.ts`). */
const RELEASES: ReadonlyMap<string, number> = new Map([['0.1.0', 1]]);

const listing = (version: string): string => readFileSync(path.join(kept, version, 'listing.txt'), 'utf8');

/**
 * Fields that the journal, folded by the rules of today, gives another value than the rules of then did, which have been mended
 * since: `number.field`, a line each. The reason stands above it.
 */
function mendedSince(version: string): string[] {
  const file = path.join(kept, version, 'mended-since.txt');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
}

const differencesNow = async (directory: string, version: string): Promise<string[]> =>
  listingDifferences(listing(version), await listData(directory));

function fieldsOf({ differences }: ReturnType<typeof replay>): string[] {
  return differences.flatMap(({ subscriber, fields }) => fields.map((field) => `${subscriber}.${field}`));
}

const policy = defaultSubscriberPolicy;
const replay = (directory: string) =>
  replayData({ directory, backup: undefined, policy, onProgress: () => undefined });

test('each released version has its data, and each has its line here', () => {
  const folders = readdirSync(kept, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  assert.deepEqual(folders.map(({ name }) => name).sort(), [...RELEASES.keys()].sort());
  const { version } = JSON.parse(readFileSync(path.join(repository, 'package.json'), 'utf8')) as {
    version: string;
  };
  const released = version.replace(/-.*$/, '');
  assert.ok(RELEASES.has(released), `run test/golden-environments/generate.ts for ${released}`);
});

for (const [version, schema] of RELEASES) {
  test(`data of ${version} (schema ${schema}) are sound as they are, and the journal folds to what they hold`, (t) => {
    const directory = unpack(version);
    t.after(() => rmSync(directory, { recursive: true }));
    const { faults, shards } = verifyData(directory, () => undefined);
    assert.deepEqual(faults, []);
    assert.deepEqual(
      shards.map((shard) => shard.schema),
      Array.from({ length: LIFE_SHARDS }, () => schema),
    );
    const replayed = replay(directory);
    assert.deepEqual(fieldsOf(replayed), mendedSince(version));
    assert.ok(replayed.compared > 10);
  });

  test(`data of ${version} are migrated, and hold what they held`, async (t) => {
    const directory = unpack(version);
    t.after(() => rmSync(directory, { recursive: true }));
    assert.deepEqual(await differencesNow(directory, version), []);
    assert.deepEqual(await differencesNow(directory, version), [], 'and once more, migrated');
    const { faults, shards } = verifyData(directory, () => undefined);
    assert.deepEqual(faults, []);
    for (const shard of shards) assert.equal(shard.schema, schemaVersion);
    assert.deepEqual(fieldsOf(replay(directory)), mendedSince(version));
  });

  test(`a migration of ${version} that is killed at any step goes on from there`, async (t) => {
    class Killed extends Error {}
    let kills = 0;
    for (let killAt = 1; ; killAt++) {
      const directory = unpack(version);
      t.after(() => rmSync(directory, { recursive: true }));
      const folder = shardDirectory(directory, 0);
      let finished = true;
      try {
        const environment = new Environment({
          directory: folder,
          mapSizeOctets: LIFE_MAP_OCTETS,
          onMigrated: (_from, steps) => {
            if (steps === killAt) throw new Killed();
          },
        });
        await environment.close();
      } catch (error) {
        if (!(error instanceof Killed)) throw error;
        finished = false;
        kills++;
      }
      checkDataDirectory({ directory, depth: 'whole' });
      assert.deepEqual(verifyData(directory, () => undefined).faults, [], `killed after step ${killAt}`);
      assert.deepEqual(await differencesNow(directory, version), [], `killed after step ${killAt}`);
      if (finished) break;
    }
    assert.ok(schema === schemaVersion || kills >= 4);
  });

  test(`work goes on with data of ${version}: they are settled, moved to other shards, and hold what they held`, async (t) => {
    const directory = unpack(version);
    t.after(() => rmSync(directory, { recursive: true }));
    const counters = new CountersMap();
    await relocatePartitions({
      directory,
      shardCount: 2,
      mapSizeOctets: LIFE_MAP_OCTETS,
      settle: (store) => settle(store, { policy, counters, log: silentLog }),
    });
    assert.ok(!existsSync(shardDirectory(directory, 2)));
    assert.deepEqual(await differencesNow(directory, version), []);
    assert.deepEqual(verifyData(directory, () => undefined).faults, []);
    const store = openLmdbStore({ directory: shardDirectory(directory, 0), mapSizeOctets: LIFE_MAP_OCTETS });
    assert.equal(store.partitions.length, 32);
    await store.close();
  });
}
