import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MeasuredStore } from '../../../src/engine/measured-store.ts';
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

/** A store in memory whose commits take 5 ms, watched. */
class Plant {
  readonly timers = new TimingWheel();
  readonly disk = new MemoryDisk(partitions);
  failing = false;
  store = this.open();

  open(): MeasuredStore {
    const { timers, disk } = this;
    const failure = () => (this.failing ? new Error('no space left') : undefined);
    const clock = { now: () => 0, monotonic: () => timers.now() };
    return new MeasuredStore(new MemoryStore(disk, { timers, commitMs: () => 5, failure }), clock);
  }

  settle(): void {
    while (this.store.commitsInFlight > 0) this.timers.advance(this.timers.now() + 1);
  }
}

function harness(): StoreHarness {
  const plant = new Plant();
  return {
    get store() {
      return plant.store;
    },
    settle: async () => {
      plant.settle();
      await Promise.resolve();
    },
    reopen: async () => {
      const closed = plant.store.close();
      plant.settle();
      await closed;
      plant.store = plant.open();
    },
    failCommits: (fail) => {
      plant.failing = fail;
    },
    dispose: () => Promise.resolve(),
  };
}

storeConformance('store that is watched', () => Promise.resolve(harness()));

test('the time from commit to durable is measured, and told once', () => {
  const plant = new Plant();
  commitAll(plant.store, [windowOf(1), windowOf(2)], []);
  plant.settle();
  const { count, maxMs } = plant.store.takeLatencies();
  assert.equal(count, 2);
  assert(maxMs >= 10 && maxMs < 12, 'the second one waited for the first');
  assert.equal(plant.store.takeLatencies().count, 0);
});

test('the journal that a start would read is known in octets, also after a start', () => {
  const plant = new Plant();
  const journal = Buffer.alloc(100);
  for (const window of [1, 2, 3]) {
    commitAll(plant.store, [windowOf(window, { journal, recoverFrom: 1 })], []);
    plant.settle();
  }
  assert.equal(plant.store.journalLagOctets, 300);
  plant.store = plant.open();
  assert.equal(plant.store.journalLagOctets, 300);
  commitAll(plant.store, [windowOf(4, { journal, recoverFrom: 4, actors: [actorWrite(3, '49', 'x')] })], []);
  plant.settle();
  assert.equal(plant.store.journalLagOctets, 100);
  commitAll(plant.store, [windowOf(5, { journal, recoverFrom: 6 })], []);
  plant.settle();
  assert.equal(plant.store.journalLagOctets, 0);
});
