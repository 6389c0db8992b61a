import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MemoryDisk, MemoryStore } from '../../../src/engine/memory-store.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';
import {
  actorWrite,
  commitAll,
  partitions,
  type StoreHarness,
  storeConformance,
  windowOf,
} from './conformance.ts';

function memoryHarness(): StoreHarness {
  const disk = new MemoryDisk(partitions);
  const timers = new TimingWheel();
  let failing = false;
  const open = (): MemoryStore =>
    new MemoryStore(disk, { timers, failure: () => (failing ? new Error('no space left') : undefined) });
  let store = open();
  const advance = (): void => {
    while (store.commitsInFlight > 0) timers.advance(timers.now() + 1);
  };
  return {
    get store() {
      return store;
    },
    settle: async () => {
      advance();
      await Promise.resolve();
    },
    reopen: async () => {
      const closed = store.close();
      advance();
      await closed;
      store = open();
    },
    failCommits: (fail) => {
      failing = fail;
    },
    dispose: () => Promise.resolve(),
  };
}

storeConformance('store in memory', () => Promise.resolve(memoryHarness()));

test('a crash drops what is not durable, but for the first commits that it is told to leave', () => {
  for (const survive of [0, 1, 2]) {
    const disk = new MemoryDisk(partitions);
    const timers = new TimingWheel();
    const store = new MemoryStore(disk, { timers });
    const reports: string[] = [];
    commitAll(store, [windowOf(1)], reports);
    timers.advance(10);
    commitAll(
      store,
      [2, 3].map((window) => windowOf(window, { actors: [actorWrite(3, `49${window}`, 'x')] })),
      reports,
    );
    store.crash(survive);
    timers.advance(100);
    assert.deepEqual(reports, ['durable 1']);
    assert.throws(() => commitAll(store, [windowOf(4)], reports));
    const after = new MemoryStore(disk, { timers });
    assert.equal(after.lastWindow, 1 + survive);
    assert.equal([...after.actors(3)].length, survive);
    commitAll(after, [windowOf(2 + survive)], reports);
    timers.advance(200);
    assert.equal(after.lastWindow, 2 + survive);
  }
});

test('a commit takes as long as it is told, one after another', () => {
  const timers = new TimingWheel();
  const store = new MemoryStore(new MemoryDisk(partitions), { timers, commitMs: () => 20 });
  const reports: string[] = [];
  commitAll(store, [windowOf(1), windowOf(2)], reports);
  timers.advance(19);
  assert.deepEqual(reports, []);
  timers.advance(20);
  assert.deepEqual(reports, ['durable 1']);
  timers.advance(40);
  assert.deepEqual(reports, ['durable 1', 'durable 2']);
});

test('a store may show what is in flight, and a crash takes it back', () => {
  const disk = new MemoryDisk(partitions);
  const timers = new TimingWheel();
  const store = new MemoryStore(disk, { timers, readsInFlight: true });
  const write = (window: number, record: string) =>
    windowOf(window, { actors: [actorWrite(3, '491', record)] });
  commitAll(store, [write(1, 'a')], []);
  assert.ok(store.readActor(3, '491') !== undefined);
  timers.advance(10);
  commitAll(store, [write(2, 'b'), write(3, 'c')], []);
  const shown = store.readActor(3, '491');
  store.crash();
  const after = new MemoryStore(disk, { timers });
  assert.notDeepEqual(after.readActor(3, '491'), shown);
});

test('a copy of a disk goes its own way', () => {
  const disk = new MemoryDisk(partitions);
  const timers = new TimingWheel();
  const store = new MemoryStore(disk, { timers });
  commitAll(store, [windowOf(1, { actors: [actorWrite(3, '491', 'a')] })], []);
  timers.advance(10);
  const copy = new MemoryStore(disk.clone(), { timers });
  assert.deepEqual(copy.readActor(3, '491'), store.readActor(3, '491'));
  assert.equal(copy.lastWindow, 1);
  commitAll(store, [windowOf(2, { actors: [actorWrite(3, '492', 'b')] })], []);
  timers.advance(20);
  assert.equal(copy.readActor(3, '492'), undefined);
  assert.equal(copy.lastWindow, 1);
});
