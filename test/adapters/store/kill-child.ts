/** Commits windows without end and prints each one that is durable; see kill.test.ts. */
import { writeSync } from 'node:fs';
import { Environment } from '../../../src/adapters/store/environment.ts';
import { LmdbStore } from '../../../src/adapters/store/lmdb-store.ts';
import { windowOf } from './conformance.ts';
import { actorOf, killPartition } from './kill-model.ts';

/** The pipe does not wait: a parent that is slow to read is tried again. */
function say(line: string): void {
  for (;;) {
    try {
      writeSync(1, line);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

const directory = process.argv[2] as string;
const store = new LmdbStore(new Environment({ directory, mapSizeOctets: 2 ** 30 }));
let next = store.lastWindow + 1;
const commit = (): void => {
  const window = next++;
  store.commit(
    windowOf(window, {
      actors: [actorOf(window)],
      sequences: new Map([[killPartition, window]]),
      trimBefore: window - 100,
    }),
    () => {
      say(`${window}\n`);
      commit();
    },
    (error) => {
      throw error;
    },
  );
};
commit();
commit();
