/** A start from the disks, twice, and held against the engine that runs: they have the same states and the same open effects. */

import { type MemoryDisk, MemoryStore } from '../../../src/engine/memory-store.ts';
import { ActorCache } from '../../../src/engine/shard/actor-cache.ts';
import { OpenEffects } from '../../../src/engine/shard/open-effects.ts';
import { recover } from '../../../src/engine/shard/recover.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { silentLog } from '../../../src/types/log.ts';
import { effectKey } from '../../../src/types/model/notice.ts';
import { encodeState } from '../../../src/wire/state.ts';
import { sameOctets } from './fold.ts';
import type { Run } from './invariant.ts';

export function secondEngine(run: Run): string[] {
  const found: string[] = [];
  for (const [shard, disk] of run.plant.disks.entries()) {
    const one = recovered(run, disk);
    const other = recovered(run, disk);
    for (const [number, record] of one.states) {
      const again = other.states.get(number);
      if (again === undefined || !sameOctets(record, again))
        found.push(`two starts of shard ${shard} differ in ${number}`);
      const state = run.fold.states.get(number);
      if (state !== undefined && !sameOctets(record, encodeState(state)))
        found.push(`a start of shard ${shard} makes of ${number} what the log does not`);
    }
    if (one.open.join() !== other.open.join())
      found.push(`two starts of shard ${shard} have other effects open`);
    if (run.unrest === '' && one.open.length > 0)
      found.push(`a start of shard ${shard} would do again: ${one.open.slice(0, 3).join(', ')}`);
  }
  return found;
}

function recovered(run: Run, disk: MemoryDisk): { states: Map<string, Uint8Array>; open: string[] } {
  const store = new MemoryStore(disk, { timers: run.plant.timers });
  const cache = new ActorCache({
    store,
    actorsMax: Number.MAX_SAFE_INTEGER,
    onDamagedRecord: () => undefined,
  });
  const open = new OpenEffects();
  const { policy } = run.plant.limits;
  recover({ store, cache, open, policy, incarnation: 0, counters: new CountersMap(), log: silentLog });
  const states = new Map<string, Uint8Array>();
  for (const [partition, actors] of disk.actors)
    for (const number of actors.keys()) {
      const state = cache.peek(partition, number);
      if (state !== undefined) states.set(number, encodeState(state));
    }
  return { states, open: [...open.all()].map(({ effect }) => effectKey(effect.id)) };
}
