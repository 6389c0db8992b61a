/** Engines with something wrong that only a kill shows, to see that the seeded runs find it. */
import { randomBelow, SeededRandom } from '../../src/types/random.ts';
import { MeddlingTcap } from '../simulator/meddler.ts';
import type { PlantOptions } from '../simulator/plant.ts';

/** The records of actors are on the disk at once; the journal, and with it effects and positions, only with the commit. */
export const stateApartFromJournal: Partial<PlantOptions> = {
  meddleStore: (store, disk) => {
    const commit = store.commit.bind(store);
    store.commit = (window, durable, failed) => {
      for (const { partition, number, record } of window.actors)
        if (record !== undefined) disk.actors.get(partition)?.set(number, record.slice());
      commit(window, durable, failed);
    };
    return store;
  },
};

/** A notice that is sent once more has another time stamp and another reference than the first time. */
export function madeAnewWhenSent(): Partial<PlantOptions> {
  const random = new SeededRandom(1);
  return { meddle: (tcap) => new MeddlingTcap(tcap, { anew: () => randomBelow(random, 60) }) };
}
