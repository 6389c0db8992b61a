/** What a data directory holds, as text: the state of every subscriber after a recovery, and what is open. */
import { shardDirectory, shardsIn } from '../../src/adapters/store/data-directory.ts';
import { openLmdbStore } from '../../src/adapters/store/lmdb-store.ts';
import { ActorCache } from '../../src/engine/shard/actor-cache.ts';
import { OpenEffects } from '../../src/engine/shard/open-effects.ts';
import { recover } from '../../src/engine/shard/recover.ts';
import { defaultSubscriberPolicy } from '../../src/subscriber/policy.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import { effectKey } from '../../src/types/model/notice.ts';
import type { SubscriberState } from '../../src/types/model/state.ts';
import { LIFE_MAP_OCTETS } from './write-life.ts';

/** A line for each subscriber, in the order of their numbers, then one for each open effect. */
export async function listData(directory: string): Promise<string> {
  const subscribers: string[] = [];
  const effects: string[] = [];
  for (const shard of shardsIn(directory)) {
    const store = openLmdbStore({
      directory: shardDirectory(directory, shard),
      mapSizeOctets: LIFE_MAP_OCTETS,
    });
    const cache = new ActorCache({
      store,
      actorsMax: Number.MAX_SAFE_INTEGER,
      onDamagedRecord: (partition, number, code) => {
        throw new Error(`${partition} ${number}: ${code}`);
      },
    });
    const open = new OpenEffects();
    const counters = new CountersMap();
    const policy = defaultSubscriberPolicy;
    recover({ store, cache, open, policy, incarnation: 0, counters, log: silentLog });
    const states = new Map<string, SubscriberState>();
    for (const partition of store.partitions)
      for (const [number] of store.actors(partition)) states.set(number, cache.peek(partition, number)!);
    for (const { state } of cache.dirty()) states.set(state.number, state);
    for (const state of states.values()) subscribers.push(JSON.stringify(state, plain));
    for (const { effect } of open.all())
      effects.push(`${effectKey(effect.id)} ${JSON.stringify(effect.what, plain)}`);
    await store.close();
  }
  return [...subscribers.sort(), ...effects.sort(), ''].join('\n');
}

function plain(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
}
