import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { lockDirectory } from '../../../src/adapters/store/directory-lock.ts';
import { OperatingError } from '../../../src/types/operating-error.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const inUse = (error: unknown): boolean =>
  error instanceof OperatingError && error.code === 'CW_STORE_IN_USE';

async function lockingChild(directory: string): Promise<{ kill: () => Promise<unknown> }> {
  const child = spawn(
    process.execPath,
    [fileURLToPath(new URL('./lock-child.js', import.meta.url)), directory],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const closed = once(child, 'close');
  const [said] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  assert.equal(said, 'locked\n');
  return {
    kill: () => {
      child.kill('SIGKILL');
      return closed;
    },
  };
}

test('a directory has one holder, in this process or another', async () => {
  const directory = path.join(temporaryFolder(), 'data');
  const lock = await lockDirectory(directory);
  await assert.rejects(lockDirectory(directory), inUse);
  await lock.release();
  assert.deepEqual(readdirSync(directory), []);
  const child = await lockingChild(directory);
  await assert.rejects(lockDirectory(directory), inUse);
  await assert.rejects(lockDirectory(directory), inUse);
  await child.kill();
  rmSync(path.dirname(directory), { recursive: true });
});

test('a holder that is killed has given its lock back, time and again', async () => {
  const directory = temporaryFolder();
  for (let round = 0; round < 3; round++) await (await lockingChild(directory)).kill();
  const lock = await lockDirectory(directory);
  assert.equal(readdirSync(directory).length, 1, 'the dead are removed');
  await lock.release();
  rmSync(directory, { recursive: true });
});

test('of many that come at the same time at most one gets it, and nothing of the others stays', async () => {
  const directory = temporaryFolder();
  await (await lockingChild(directory)).kill();
  for (let round = 0; round < 20; round++) {
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => lockDirectory(directory)));
    const held = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    assert(held.length <= 1);
    for (const outcome of outcomes) if (outcome.status === 'rejected') assert(inUse(outcome.reason));
    assert(readdirSync(directory).length <= 1 + held.length);
    for (const lock of held) await lock.release();
  }
  await (await lockDirectory(directory)).release();
  rmSync(directory, { recursive: true });
});

test('a directory whose path is longer than a socket address can be locked', async (t) => {
  if (process.platform !== 'linux') {
    t.skip('the way round is Linux only');
    return;
  }
  const root = temporaryFolder();
  const directory = path.join(root, 'x'.repeat(100), 'y'.repeat(100));
  mkdirSync(directory, { recursive: true });
  const lock = await lockDirectory(directory);
  await assert.rejects(lockDirectory(directory), inUse);
  await lock.release();
  rmSync(root, { recursive: true });
});
