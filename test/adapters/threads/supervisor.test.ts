import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import { Doorbell, DoorbellButton, doorbellMemory } from '../../../src/adapters/rings/doorbell.ts';
import { sharedRing } from '../../../src/adapters/rings/shared-ring.ts';
import { Environment } from '../../../src/adapters/store/environment.ts';
import { openLmdbStore } from '../../../src/adapters/store/lmdb-store.ts';
import { SupervisedThread, type ThreadLimits } from '../../../src/adapters/threads/supervisor.ts';
import { MemoryRingReader, MemoryRingWriter, ringLevel } from '../../../src/engine/ring.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import type { Log } from '../../../src/types/log.ts';
import { OperatingError } from '../../../src/types/operating-error.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { own } from '../store/own.ts';
import type { OrderKinds, PartData } from './part-worker.ts';

const orders: OrderKinds = { echo: 0, die: 1, hang: 2, timer: 3, neverDrain: 4, hangAtEnd: 5 };

/** A supervised part with a ring there and a ring back; both end with the test, however it ends. */
function plant(
  t: TestContext,
  options: { store?: string; failToStart?: boolean; limits?: Partial<ThreadLimits> } = {},
) {
  const doorbell = doorbellMemory('part', ['main']);
  const mainDoorbell = doorbellMemory('main', ['part']);
  const data: PartData = {
    toPart: sharedRing('to part', 64 * 1024),
    fromPart: sharedRing('from part', 64 * 1024),
    mainDoorbell,
    store: options.store,
    failToStart: options.failToStart ?? false,
  };
  const counters = new CountersMap();
  const logged: string[] = [];
  const note = (event: string): void => {
    logged.push(event);
  };
  const log: Log = { info: note, warn: note, error: note };
  const thread = new SupervisedThread({
    name: 'part',
    entry: new URL('./part-worker.js', import.meta.url),
    data: () => data,
    doorbell,
    log,
    counters,
    limits: { pauseMs: 1, ...options.limits },
  });
  const answers: string[] = [];
  let wanted: { count: number; resolve: () => void } | undefined;
  const reader = new MemoryRingReader(data.fromPart);
  const read = (): void => {
    do {
      bell.wakeUp();
      reader.read((restarts, record, position) => {
        answers.push(`${restarts} ${Buffer.from(record).toString()}`);
        reader.release(position);
      }, 1000);
      bell.fallAsleep();
    } while (reader.depth > 0);
    if (wanted !== undefined && answers.length >= wanted.count) wanted.resolve();
  };
  const bell = new Doorbell(mainDoorbell, read);
  bell.fallAsleep();
  const button = new DoorbellButton(doorbell, 'main');
  const writer = new MemoryRingWriter(data.toPart, () => button.press());
  t.after(async () => {
    await thread.stop(0);
    bell.close();
    button.close();
  });
  return {
    thread,
    counters,
    logged,
    answers,
    order: (kind: number, text = '') => {
      assert(writer.write(kind, Buffer.from(text)));
      writer.flush();
    },
    answered: (count: number) =>
      new Promise<void>((resolve) => {
        wanted = { count, resolve };
        read();
      }),
  };
}

describe('a supervised thread', () => {
  test('does what comes over its ring, and what its timers bring, and drains when it is stopped', async (t) => {
    const { thread, order, answered, answers, counters } = plant(t);
    await thread.start();
    order(orders.echo, 'a');
    await answered(1);
    order(orders.timer, 'later');
    order(orders.echo, 'b');
    await answered(3);
    assert.deepEqual(answers, ['0 a', '0 b', '0 later']);
    assert.deepEqual(thread.state, { name: 'part', alive: true, restarts: 0 });
    assert.equal(await thread.stop(5000), 'drained');
    assert.equal(thread.state.alive, false);
    assert.deepEqual([...counters.values], [['thread.started', 1]]);
  });

  test('that dies is started again, with what it had not released', async (t) => {
    const { thread, order, answered, answers, counters, logged } = plant(t);
    await thread.start();
    for (let life = 0; life < 3; life++) {
      order(orders.echo, 'before');
      order(orders.die, String(life));
    }
    order(orders.echo, 'after');
    await answered(7);
    // An order to die is answered by the life after the one that it was for.
    assert.deepEqual(answers, ['0 before', '1 0', '1 before', '2 1', '2 before', '3 2', '3 after']);
    assert.equal(counters.get('thread.died'), 3);
    assert.deepEqual(logged, ['thread.died', 'thread.died', 'thread.died']);
    assert.equal(await thread.stop(5000), 'drained');
  });

  test('whose event loop does not turn any more is cut off and started again', async (t) => {
    const { thread, order, answered, answers, counters } = plant(t, { limits: { stallMs: 1500 } });
    await thread.start();
    order(orders.hang, '0');
    order(orders.echo, 'again');
    await answered(2);
    assert.deepEqual(answers, ['1 0', '1 again']);
    assert.equal(counters.get('thread.stalled'), 1);
    assert.equal(await thread.stop(5000), 'drained');
  });

  test('is not given up for the time in which the whole process stood still', async (t) => {
    const { thread, order, answered, counters } = plant(t, { limits: { stallMs: 1000 } });
    await thread.start();
    order(orders.hang, '0');
    const endMs = performance.now() + 3000;
    while (performance.now() < endMs);
    // The look that was due long ago.
    await new Promise((resolve) => setTimeout(resolve, 1));
    assert.equal(counters.get('thread.stalled'), 0);
    order(orders.echo, 'again');
    await answered(2);
    assert.equal(counters.get('thread.stalled'), 1);
    assert.equal(await thread.stop(5000), 'drained');
  });

  test('that cannot start at all is said to, with the code of its error, and not started again', async (t) => {
    const { thread, counters } = plant(t, { failToStart: true });
    await assert.rejects(thread.start(), (error) => {
      assert(error instanceof OperatingError);
      assert.equal(error.code, 'CW_STORE_UNREADABLE');
      assert.equal(error.message, 'told not to start');
      assert.deepEqual(error.context, { directory: 'nowhere' });
      return true;
    });
    assert.equal(counters.get('thread.started'), 1);
    assert.equal(await thread.stop(100), 'drained');
  });

  test('that does not drain is closed when its time is up', async (t) => {
    const { thread, order, answered } = plant(t);
    await thread.start();
    order(orders.neverDrain, 'x');
    await answered(1);
    assert.equal(await thread.stop(2000), 'undrained');
  });

  test('that does not even close is cut off', async (t) => {
    const { thread, order, answered, logged } = plant(t);
    await thread.start();
    order(orders.hangAtEnd);
    await answered(1);
    assert.equal(await thread.stop(200), 'cut-off');
    assert.deepEqual(logged, ['thread.cut-off']);
  });

  test('with a store dies amid commits time and again, and what it reported is in the journal, in order', async (t) => {
    const directory = temporaryFolder();
    const environment = new Environment({ directory });
    own(environment, [3]);
    await environment.close();
    const { thread, order, answered, answers } = plant(t, { store: directory });
    await thread.start();
    const lives = 5;
    const each = 20;
    for (let life = 0; life < lives; life++) {
      for (let index = 0; index < each; index++) order(orders.echo, `${life}-${index}`);
      order(orders.die, String(life));
    }
    order(orders.echo, 'end');
    const last = async (): Promise<void> => {
      for (let count = 1; !answers.includes(`${lives} end`); count = answers.length + 1)
        await answered(count);
    };
    await last();
    assert.equal(await thread.stop(5000), 'drained');
    const store = openLmdbStore({ directory });
    const stored = [...store.journal(0)].map(([, record]) => Buffer.from(record).toString());
    for (const answer of answers) assert(stored.includes(answer.split(' ')[1] as string), answer);
    // A record that was durable when its life ended, but not released, is there twice; none is missing or out of order.
    const first = stored.filter((text, index) => text.includes('-') && stored.indexOf(text) === index);
    const wanted = Array.from(
      { length: lives * each },
      (_, index) => `${Math.floor(index / each)}-${index % each}`,
    );
    assert.deepEqual(first, wanted);
    await store.close();
    rmSync(directory, { recursive: true });
  });
});

test('a ring that nobody reads any more shows its fill to an onlooker', () => {
  const ring = sharedRing('watched', 1024);
  const writer = new MemoryRingWriter(ring, () => undefined);
  while (writer.write(0, new Uint8Array(60)));
  writer.flush();
  assert.deepEqual(ringLevel(ring), {
    name: 'watched',
    fill: 1,
    capacityOctets: 1024,
    depth: 16,
    taken: 0,
    refused: 1,
  });
});
