import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Environment } from '../../../src/adapters/store/environment.ts';
import { LmdbStore } from '../../../src/adapters/store/lmdb-store.ts';
import { schemaVersion, type Tables } from '../../../src/adapters/store/schema.ts';
import { OperatingError } from '../../../src/types/operating-error.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import {
  actorWrite,
  commitAll,
  partitions,
  type StoreHarness,
  storeConformance,
  windowOf,
} from './conformance.ts';
import { own } from './own.ts';

function lmdbHarness(): StoreHarness {
  const directory = temporaryFolder();
  let full = false;
  const options = { directory, mapSizeOctets: 2 ** 30, freeOctets: () => (full ? 4096 : 2 ** 30) };
  const first = new Environment(options);
  own(first, partitions);
  let store = new LmdbStore(first);
  return {
    get store() {
      return store;
    },
    settle: async () => {
      while (store.commitsInFlight > 0) await new Promise(setImmediate);
    },
    reopen: async () => {
      await store.close();
      store = new LmdbStore(new Environment(options));
    },
    failCommits: (fail) => {
      full = fail;
    },
    dispose: async () => {
      await store.close();
      rmSync(directory, { recursive: true });
    },
  };
}

storeConformance('store on LMDB', () => Promise.resolve(lmdbHarness()));

describe('an environment', () => {
  test('of a later schema is refused, and left as it is', async () => {
    const directory = temporaryFolder();
    const later = { version: schemaVersion + 1, migrations: new Map() };
    await new Environment({ directory, schema: later }).close();
    for (let round = 0; round < 2; round++) {
      assert.throws(
        () => new Environment({ directory }),
        (error) => error instanceof OperatingError && error.code === 'CW_STORE_NEWER',
      );
    }
    await new Environment({ directory, schema: later }).close();
    rmSync(directory, { recursive: true });
  });

  test('of an older schema is migrated step by step, once', async () => {
    const directory = temporaryFolder();
    const steps: number[] = [];
    const key = Buffer.from('counter');
    const schema = (version: number) => ({
      version,
      migrations: new Map(
        [1, 2, 3].map((from) => [
          from,
          ({ meta }: Tables) => {
            steps.push(from);
            const before = meta.getBinary(key)?.[0] ?? 0;
            void meta.put(key, Buffer.of(before + from), 0);
            return undefined;
          },
        ]),
      ),
    });
    await new Environment({ directory, schema: schema(1) }).close();
    assert.deepEqual(steps, []);
    for (let round = 0; round < 2; round++) {
      const environment = new Environment({ directory, schema: schema(3) });
      assert.deepEqual(steps, [1, 2]);
      assert.equal(environment.meta.getBinary(key)?.[0], 3);
      await environment.close();
    }
    rmSync(directory, { recursive: true });
  });

  test('on a disk without room is not begun', () => {
    const directory = temporaryFolder();
    assert.throws(
      () => new Environment({ directory, freeOctets: () => 4096 }),
      (error) => error instanceof OperatingError && error.code === 'CW_STORE_FAILED',
    );
    rmSync(directory, { recursive: true });
  });

  test('whose migration throws is as it was before', async () => {
    const directory = temporaryFolder();
    const key = Buffer.from('half');
    const failing = ({ meta }: Tables): never => {
      void meta.put(key, Buffer.of(1), 0);
      throw new Error('cannot migrate');
    };
    await new Environment({ directory }).close();
    const schema = { version: schemaVersion + 1, migrations: new Map([[schemaVersion, failing]]) };
    assert.throws(() => new Environment({ directory, schema }), /cannot migrate/);
    const environment = new Environment({ directory });
    assert.equal(environment.meta.getBinary(key), undefined);
    await environment.close();
    rmSync(directory, { recursive: true });
  });
});

test('a disk that has no room is told by name, and what follows a window that had none is not written either', async () => {
  const harness = lmdbHarness();
  const { store } = harness;
  const errors: unknown[] = [];
  const commit = (window: number): void =>
    store.commit(
      windowOf(window),
      () => assert.fail(`window ${window} is written`),
      (error) => errors.push(error),
    );
  harness.failCommits(true);
  commit(1);
  harness.failCommits(false);
  commit(2);
  await harness.settle();
  assert.equal(errors.length, 2);
  for (const error of errors) {
    assert.ok(error instanceof OperatingError && error.code === 'CW_STORE_FAILED');
    assert.match(error.message, /its disk has 4096 octets left/);
  }
  assert.equal(store.lastWindow, 0);
  await harness.dispose();
});

test('records that were listed stay as they are while others are read, and one that is read until the next one is', async () => {
  const harness = lmdbHarness();
  const { store } = harness;
  const reports: string[] = [];
  // The room of the library grows with what it has to hold.
  const lengths = [10, 5_000, 300_000, 20];
  const actors = ['1', '2', '3', '4'].map((number, at) => actorWrite(3, number, number.repeat(lengths[at]!)));
  commitAll(store, [windowOf(1, { actors })], reports);
  await harness.settle();
  const listed = [...store.actors(3)].map(([, record]) => record);
  for (const number of ['1', '2', '3', '4', '3', '1', '2']) {
    const record = store.readActor(3, number);
    assert.equal(Buffer.from(record ?? []).toString(), number.repeat(lengths[Number(number) - 1]!));
  }
  assert.deepEqual(
    listed.map((record) => Buffer.from(record).toString('latin1', 0, 1)),
    ['1', '2', '3', '4'],
  );
  await harness.dispose();
});
