/** What every store does, whatever it keeps its windows in. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ActorWrite, CommitWindow, Store } from '../../../src/types/ports/store.ts';
import { trimmedPerCommitMax } from '../../../src/types/ports/store.ts';

export interface StoreHarness {
  readonly store: Store;
  /** Runs until no commit is in flight. */
  settle(): Promise<void>;
  /** Closes the store and opens what it left. */
  reopen(): Promise<void>;
  /** Lets commits fail for want of space, or work again. */
  failCommits(fail: boolean): void;
  dispose(): Promise<void>;
}

export const partitions = [3, 17, 63];

export function windowOf(window: number, parts: Partial<CommitWindow> = {}): CommitWindow {
  return {
    window,
    journal: Buffer.from(`journal ${window}`),
    sequences: new Map(),
    actors: [],
    positions: Buffer.from(`positions ${window}`),
    outboxAdd: [],
    outboxRemove: [],
    recoverFrom: 1,
    trimBefore: 1,
    ...parts,
  };
}

export function actorWrite(
  partition: number,
  number: string,
  record: string | undefined,
  deadlineBeforeMs = 0,
  deadlineAfterMs = 0,
): ActorWrite {
  return {
    partition,
    number,
    record: record === undefined ? undefined : Buffer.from(record),
    deadlineBeforeMs,
    deadlineAfterMs,
  };
}

const text = (octets: Uint8Array | undefined): string | undefined =>
  octets === undefined ? undefined : Buffer.from(octets).toString();

/** Commits, and gives what was reported: `durable 1`, `failed 2`. */
export function commitAll(store: Store, windows: readonly CommitWindow[], reports: string[]): void {
  for (const window of windows) {
    store.commit(
      window,
      () => reports.push(`durable ${window.window}`),
      () => reports.push(`failed ${window.window}`),
    );
  }
}

export function storeConformance(name: string, open: () => Promise<StoreHarness>): void {
  describe(name, () => {
    let harness: StoreHarness;
    before(async () => {
      harness = await open();
    });
    after(() => harness.dispose());

    const commit = async (parts: Partial<CommitWindow>): Promise<void> => {
      const reports: string[] = [];
      const window = harness.store.lastWindow + 1;
      commitAll(harness.store, [windowOf(window, parts)], reports);
      await harness.settle();
      assert.deepEqual(reports, [`durable ${window}`]);
    };

    test('an empty store has its partitions, and nothing else', () => {
      const { store } = harness;
      assert.deepEqual(
        [...store.partitions].sort((a, b) => a - b),
        partitions,
      );
      assert.equal(store.lastWindow, 0);
      assert.equal(store.recoverFrom, 1);
      assert.equal(store.sequence(3), 0);
      assert.equal(store.readPositions(), undefined);
      assert.equal(store.readActor(3, '491'), undefined);
      assert.deepEqual([...store.actors(3)], []);
      assert.deepEqual([...store.journal(0)], []);
      assert.deepEqual([...store.outbox()], []);
      assert.deepEqual([...store.deadlines(Number.MAX_SAFE_INTEGER)], []);
    });

    test('a window is there as a whole once it is durable, and after it was opened again', async () => {
      const reports: string[] = [];
      commitAll(
        harness.store,
        [
          windowOf(1, {
            sequences: new Map([
              [3, 2],
              [63, 9_007_199_254_740_991],
            ]),
            actors: [
              actorWrite(3, '491511', 'B'),
              actorWrite(3, '4915', 'A'),
              actorWrite(63, '4915', 'C', 0, 60_000),
            ],
            outboxAdd: [['3.1.0', Buffer.from('effect')]],
          }),
          windowOf(2, { sequences: new Map([[3, 5]]), recoverFrom: 2 }),
        ],
        reports,
      );
      assert.deepEqual(reports, [], 'no report comes from within commit');
      assert.equal(harness.store.commitsInFlight, 2);
      assert.throws(() => commitAll(harness.store, [windowOf(3)], reports), 'two are the most in flight');
      await harness.settle();
      assert.deepEqual(reports, ['durable 1', 'durable 2']);
      for (const round of ['open', 'opened again']) {
        const { store } = harness;
        assert.equal(store.lastWindow, 2, round);
        assert.equal(store.recoverFrom, 2);
        assert.equal(text(store.readPositions()), 'positions 2');
        assert.deepEqual(
          [3, 17, 63].map((partition) => store.sequence(partition)),
          [5, 0, 9_007_199_254_740_991],
        );
        assert.equal(text(store.readActor(3, '4915')), 'A');
        assert.equal(text(store.readActor(63, '4915')), 'C');
        assert.equal(store.readActor(17, '4915'), undefined);
        assert.deepEqual(
          [...store.journal(1)].map(([window, record]) => [window, text(record)]),
          [
            [1, 'journal 1'],
            [2, 'journal 2'],
          ],
        );
        assert.deepEqual(
          [...store.outbox()].map(([key, effect]) => [key, text(effect)]),
          [['3.1.0', 'effect']],
        );
        if (round === 'open') await harness.reopen();
      }
    });

    test('windows are numbered without a gap', () => {
      const reports: string[] = [];
      assert.throws(() => commitAll(harness.store, [windowOf(9)], reports));
      assert.equal(harness.store.commitsInFlight, 0);
    });

    test('actors are listed in the order of their numbers, from any of them on', async () => {
      await commit({
        actors: ['9', '40', '4', '41', '400', '499999999999999'].map((number) =>
          actorWrite(17, number, number),
        ),
      });
      const list = (from?: string): string[] => [...harness.store.actors(17, from)].map(([number]) => number);
      assert.deepEqual(list(), ['4', '40', '400', '41', '499999999999999', '9']);
      assert.deepEqual(list('400'), ['400', '41', '499999999999999', '9']);
      assert.deepEqual(list('401'), ['41', '499999999999999', '9']);
      await commit({ actors: [actorWrite(17, '40', undefined), actorWrite(17, '41', 'changed')] });
      assert.equal(harness.store.readActor(17, '40'), undefined);
      assert.equal(text(harness.store.readActor(17, '41')), 'changed');
      assert.deepEqual(list('400'), ['400', '41', '499999999999999', '9']);
    });

    test('a window with thousands of records is one window', async () => {
      const count = 3000;
      const many = Array.from({ length: count }, (_, index) =>
        actorWrite(63, String(100_000 + index * 7), 'x'.repeat(100), 0, 6_000_000),
      );
      await commit({ actors: many, journal: Buffer.alloc(500_000, 1) });
      assert.equal([...harness.store.actors(63, '100000')].length, count + 1);
      assert.equal([...harness.store.deadlines(6_000_000)].length, count + 1);
      await commit({
        actors: many.map((write) => ({
          ...write,
          record: undefined,
          deadlineBeforeMs: 6_000_000,
          deadlineAfterMs: 0,
        })),
      });
      assert.deepEqual(
        [...harness.store.actors(63)].map(([number]) => number),
        ['4915'],
      );
    });

    test('a look at the deadlines goes on behind where it ended, though what was there is gone', async () => {
      const number = (index: number): string => String(491_700_000_000 + index);
      const indexes = Array.from({ length: 60 }, (_, index) => index);
      const dueAtMs = (index: number): number => 6_000_000 + (index % 3) * 60_000;
      await commit({
        actors: indexes.map((index) =>
          actorWrite(partitions[index % 3]!, number(index), 'x', 0, dueAtMs(index)),
        ),
      });
      const all = [...harness.store.deadlines(Number.MAX_SAFE_INTEGER)].filter(([, name]) => name !== '4915');
      assert.equal(all.length, 60);
      for (const at of [0, 19, 20, 40, 59]) {
        const behind = [...harness.store.deadlines(Number.MAX_SAFE_INTEGER, all[at])];
        assert.deepEqual(behind, all.slice(at + 1));
      }
      await commit({
        actors: indexes.map((index) =>
          actorWrite(partitions[index % 3]!, number(index), 'x', dueAtMs(index), 0),
        ),
      });
      assert.deepEqual([...harness.store.deadlines(Number.MAX_SAFE_INTEGER, all[10])], []);
    });

    test('deadlines are listed by the minute, and move with their actor', async () => {
      const due = (untilMs: number): string[] =>
        [...harness.store.deadlines(untilMs)].map(([partition, number]) => `${partition}.${number}`);
      assert.deepEqual(due(0), []);
      assert.deepEqual(due(60_000), ['63.4915']);
      await commit({
        actors: [actorWrite(17, '4', 'x', 0, 119_999), actorWrite(3, '491511', 'x', 0, 180_000)],
      });
      assert.deepEqual(due(60_000).sort(), ['17.4', '63.4915'], 'the minute is what counts');
      await commit({
        actors: [actorWrite(63, '4915', 'x', 60_000, 240_000), actorWrite(17, '4', 'x', 119_999, 60_000)],
      });
      assert.deepEqual(due(60_000), ['17.4']);
      assert.deepEqual(due(300_000), ['17.4', '3.491511', '63.4915']);
      await commit({ actors: [actorWrite(3, '491511', undefined, 180_000, 0)] });
      assert.deepEqual(due(300_000), ['17.4', '63.4915']);
    });

    test('effects leave the outbox by their key', async () => {
      await commit({
        outboxAdd: [
          ['63.9007199254740991.65535', Buffer.from('far')],
          ['17.12.1', Buffer.from('near')],
        ],
        outboxRemove: ['3.1.0'],
      });
      assert.deepEqual([...harness.store.outbox()].map(([key]) => key).sort(), [
        '17.12.1',
        '63.9007199254740991.65535',
      ]);
      await commit({ outboxRemove: ['17.12.1', '63.9007199254740991.65535', '3.77.0'] });
      assert.deepEqual([...harness.store.outbox()], []);
    });

    test('the journal is trimmed by a bounded number of records a commit, never the last', async () => {
      while (harness.store.lastWindow < 30) await commit({});
      const first = (): number => [...harness.store.journal(0)][0]?.[0] ?? -1;
      const before = first();
      await commit({ trimBefore: 29 });
      assert.equal(first(), before + trimmedPerCommitMax);
      for (let round = 0; round < 5; round++) await commit({ trimBefore: 1000 });
      assert.equal(first(), harness.store.lastWindow);
      await harness.reopen();
      assert.equal(first(), harness.store.lastWindow);
      await commit({ trimBefore: 20 });
      assert.equal(first(), harness.store.lastWindow - 1);
    });

    test('a commit that fails leaves nothing, takes the ones after it along, and may be tried again', async () => {
      const reports: string[] = [];
      const last = harness.store.lastWindow;
      harness.failCommits(true);
      commitAll(
        harness.store,
        [
          windowOf(last + 1, { actors: [actorWrite(3, '4917', bulk)], sequences: new Map([[3, 99]]) }),
          windowOf(last + 2, { actors: [actorWrite(3, '4918', 'small')] }),
        ],
        reports,
      );
      await harness.settle();
      assert.deepEqual(reports, [`failed ${last + 1}`, `failed ${last + 2}`]);
      assert.equal(harness.store.lastWindow, last);
      assert.equal(harness.store.sequence(3), 5);
      assert.equal(harness.store.readActor(3, '4917'), undefined);
      assert.equal(harness.store.readActor(3, '4918'), undefined);
      assert.deepEqual([...harness.store.journal(last + 1)], []);
      harness.failCommits(false);
      await commit({ actors: [actorWrite(3, '4918', 'small')] });
      assert.equal(text(harness.store.readActor(3, '4918')), 'small');
      await harness.reopen();
      assert.equal(harness.store.lastWindow, last + 1);
      assert.equal(harness.store.readActor(3, '4917'), undefined);
    });

    test('closing waits for the commits in flight', async () => {
      const reports: string[] = [];
      const last = harness.store.lastWindow;
      commitAll(harness.store, [windowOf(last + 1), windowOf(last + 2)], reports);
      await harness.reopen();
      assert.deepEqual(reports, [`durable ${last + 1}`, `durable ${last + 2}`]);
      assert.equal(harness.store.lastWindow, last + 2);
    });
  });
}

/** More than the small map of the failing test has room for. */
const bulk = 'x'.repeat(8 * 1024 * 1024);
