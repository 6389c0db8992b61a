import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Environment } from '../../../src/adapters/store/environment.ts';
import { LmdbStore } from '../../../src/adapters/store/lmdb-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { actorOf, killActors, killPartition } from './kill-model.ts';
import { own } from './own.ts';

/** Runs the child until it has reported about `reports` windows, kills it, and gives the last one that it reported. */
async function killAfter(directory: string, reports: number): Promise<number> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('./kill-child.js', import.meta.url)), directory],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    printed += chunk;
    if (printed.split('\n').length > reports) child.kill('SIGKILL');
  });
  await once(child, 'close');
  assert.equal(child.signalCode, 'SIGKILL');
  return Number(printed.split('\n').at(-2));
}

test('a process that is killed has lost nothing that was durable, and left whole windows without a gap', async () => {
  const directory = temporaryFolder();
  const environment = new Environment({ directory, mapSizeOctets: 2 ** 30 });
  own(environment, [killPartition]);
  await environment.close();
  for (let round = 0; round < 10; round++) {
    const durable = await killAfter(directory, 1 + Math.floor(Math.random() * 60));
    const store = new LmdbStore(new Environment({ directory, mapSizeOctets: 2 ** 30 }));
    const last = store.lastWindow;
    assert(last >= durable && last <= durable + 2, `durable ${durable}, stored ${last}`);
    const windows = [...store.journal(0)].map(([window, record]) => {
      assert.equal(Buffer.from(record).toString(), `journal ${window}`);
      return window;
    });
    assert.deepEqual(
      windows,
      windows.map((_, index) => last - windows.length + 1 + index),
      'the journal has no gap',
    );
    assert.equal(store.sequence(killPartition), last);
    for (let window = last; window > Math.max(0, last - killActors); window--) {
      const { number, record } = actorOf(window);
      assert.deepEqual(Buffer.from(store.readActor(killPartition, number) ?? []), record);
    }
    await store.close();
  }
  rmSync(directory, { recursive: true });
});
