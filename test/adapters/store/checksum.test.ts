import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkEnvironment } from '../../../src/adapters/store/check-environment.ts';
import {
  crc32,
  plainCrc32,
  seal,
  TABLE_NAMES,
  type TableName,
  unseal,
} from '../../../src/adapters/store/checksum.ts';
import { Environment } from '../../../src/adapters/store/environment.ts';
import { actorKey, windowKey } from '../../../src/adapters/store/keys.ts';
import { LmdbStore } from '../../../src/adapters/store/lmdb-store.ts';
import { partitionOf } from '../../../src/types/partition.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { own } from './own.ts';

const octets = (maxLength: number) => fc.uint8Array({ maxLength });

test('a value that was sealed is what comes back; no bit of it, of its key or of its checksum may differ, nor its table', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...TABLE_NAMES),
      octets(16),
      octets(300),
      fc.nat(),
      (table: TableName, key, value, at) => {
        const sealed = seal(table, key, value);
        assert.deepEqual(new Uint8Array(unseal(table, key, sealed)!), value);
        const bit = at % (sealed.length * 8);
        const flipped = Buffer.from(sealed);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        assert.equal(unseal(table, key, flipped), undefined);
        if (key.length > 0) {
          const other = Uint8Array.from(key);
          other[at % key.length] = (other[at % key.length] ?? 0) ^ (1 << (at & 7));
          assert.equal(unseal(table, other, sealed), undefined);
        }
        const otherTable = TABLE_NAMES.find((name) => name !== table)!;
        assert.equal(unseal(otherTable, key, sealed), undefined);
      },
    ),
  );
  for (const length of [0, 1, 3])
    assert.equal(unseal('actors', Buffer.of(1), Buffer.alloc(length)), undefined);
});

test('the checksum is CRC-32, whether zlib computes it or not', () => {
  assert.equal(plainCrc32(Buffer.from('123456789'), 0), 0xcbf43926);
  fc.assert(
    fc.property(octets(400), fc.integer({ min: 0, max: 0xffffffff }), (value, start) => {
      assert.equal(plainCrc32(value, start), crc32(value, start));
    }),
  );
});

/** An environment as the first release wrote it: values without checksums, and four octets of schema. */
async function firstSchema(directory: string, subscribers: number): Promise<void> {
  const environment = new Environment({ directory, mapSizeOctets: 2 ** 28 });
  own(environment, [1, 2]);
  const { meta, actors, journal } = environment;
  environment.transact(() => {
    for (const name of ['head', 'partitions']) {
      const key = Buffer.from(name);
      const value = meta.getBinary(key)!;
      void meta.put(key, value.subarray(0, value.length - 4), 0);
    }
    void meta.put(Buffer.from('schema'), Buffer.of(0, 0, 0, 1), 0);
  });
  for (let at = 0; at < subscribers; at += 500) {
    environment.transact(() => {
      for (let index = at; index < Math.min(subscribers, at + 500); index++) {
        const number = String(4_915_000_000 + index);
        void actors.put(actorKey(partitionOf(number), number), Buffer.from(`of ${number}`));
        void journal.put(windowKey(index + 1), Buffer.from(`window ${index + 1}`));
      }
    });
  }
  await environment.close();
}

test('a migration of thousands of records goes in steps, goes on where it was killed, and seals each of them once', async (t) => {
  class Killed extends Error {}
  const count = 2_600;
  for (const killAt of [1, 2, 3, 5, 6, 99]) {
    const directory = temporaryFolder();
    t.after(() => rmSync(directory, { recursive: true }));
    await firstSchema(directory, count);
    let steps = 0;
    const onMigrated = (_from: number, step: number): void => {
      steps++;
      if (step === killAt && steps === step) throw new Killed();
    };
    const open = (): Environment => new Environment({ directory, mapSizeOctets: 2 ** 28, onMigrated });
    try {
      await open().close();
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      assert.deepEqual(checkEnvironment({ directory, depth: 'whole' }).faults, [], `killed after ${killAt}`);
    }
    const environment = open();
    // Each step once: three for each of the two large tables, and one for what is small.
    assert.ok(steps >= 9 && steps <= 12, `${steps} steps`);
    let read = 0;
    for (const { key, value } of environment.actors.getRange()) {
      read++;
      assert.match(String(unseal('actors', key, value)), /^of 4915\d{6}$/);
    }
    assert.equal(read, count);
    const store = new LmdbStore(environment);
    await store.close();
    assert.deepEqual(checkEnvironment({ directory, depth: 'whole' }).faults, []);
  }
});
