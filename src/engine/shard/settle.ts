/**
 * Brings a store to rest: every record and every open effect out of the journal, so that partitions can move without it.
 */
import type { SubscriberPolicy } from '../../subscriber/policy.ts';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import { effectKey } from '../../types/model/notice.ts';
import { OperatingError } from '../../types/operating-error.ts';
import type { Store } from '../../types/ports/store.ts';
import { encodeEffect } from '../../wire/effect.ts';
import { encodeJournalRecord } from '../../wire/journal.ts';
import { encodePositions } from '../../wire/thread.ts';
import { ActorCache } from './actor-cache.ts';
import { OpenEffects } from './open-effects.ts';
import { recover } from './recover.ts';

export interface SettleOptions {
  readonly policy: SubscriberPolicy;
  readonly counters: Counters;
  readonly log: Log;
}

/** Records, or effects, in one commit. */
const PER_WINDOW = 500;

export async function settle(store: Store, options: SettleOptions): Promise<void> {
  const cache = new ActorCache({
    store,
    actorsMax: Number.MAX_SAFE_INTEGER,
    // Its events are in the journal alone, which is left behind.
    onDamagedRecord: (partition, _number, code) => {
      options.counters.count(`settle.record-damaged.${code}`);
      throw new OperatingError(
        'CW_STORE_DAMAGED',
        `the record of a subscriber in partition ${partition} is damaged (${code}), and its journal is still needed: restore a backup`,
        { partition, code },
      );
    },
  });
  const open = new OpenEffects();
  recover({ ...options, store, cache, open, incarnation: 0 });
  for (let window = store.lastWindow + 1; store.recoverFrom <= store.lastWindow; window++) {
    const actors = cache.takeWrites(window, PER_WINDOW, 0, true);
    const moved = open.takeOlderThan(window, PER_WINDOW);
    const recoverFrom = open.oldestWindow(cache.oldestDirtyWindow(window + 1));
    await new Promise<void>((resolve, reject) => {
      store.commit(
        {
          window,
          journal: encodeJournalRecord({ entries: [], closed: [] }),
          sequences: new Map(),
          actors,
          positions: encodePositions({ incarnation: 0, rings: [] }),
          outboxAdd: moved.map((effect) => [effectKey(effect.id), encodeEffect(effect)]),
          outboxRemove: [],
          recoverFrom,
          trimBefore: 1,
        },
        resolve,
        reject,
      );
    });
  }
}
