/** A map that is too small for the data. Checked: the store grows past it by itself, loses nothing, and its file stays sound. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { checkEnvironment } from '../../src/adapters/store/check-environment.ts';
import { Environment } from '../../src/adapters/store/environment.ts';
import { LmdbStore } from '../../src/adapters/store/lmdb-store.ts';
import { actorWrite, windowOf } from '../adapters/store/conformance.ts';
import { own } from '../adapters/store/own.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('a store whose map is full goes on past it, and holds all of it when it is opened again', async (t) => {
  const directory = temporaryFolder();
  t.after(() => rmSync(directory, { recursive: true }));
  const mapSizeOctets = 2 ** 20;
  const environment = new Environment({ directory, mapSizeOctets });
  own(environment, [3]);
  const store = new LmdbStore(environment);
  const windows = 30;
  for (let window = 1; window <= windows; window++) {
    const actors = Array.from({ length: 40 }, (_, index) =>
      actorWrite(3, String(491_000 + window * 100 + index), `${window} ${'x'.repeat(5_000)}`),
    );
    await new Promise<void>((resolve, reject) => {
      store.commit(windowOf(window, { actors }), resolve, reject);
    });
  }
  await store.close();
  const { faults, pages } = checkEnvironment({ directory, depth: 'whole' });
  assert.deepEqual(faults, []);
  assert.ok(pages!.pagesRead * 4096 > 4 * mapSizeOctets);
  const again = new LmdbStore(new Environment({ directory, mapSizeOctets }));
  assert.equal(again.lastWindow, windows);
  const records = [...again.actors(3)];
  assert.equal(records.length, windows * 40);
  for (const [, record] of records) assert.match(Buffer.from(record).toString('latin1', 0, 6), /^\d+ x/);
  await again.close();
});
