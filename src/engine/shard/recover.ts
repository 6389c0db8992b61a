/**
 * What a start makes of a store: the records and the tail of the journal give back the state of the actors and the
 * effects that were open.
 */
import type { SubscriberPolicy } from '../../subscriber/policy.ts';
import { reduce } from '../../subscriber/reduce.ts';
import type { Counters } from '../../types/counters.ts';
import type { Log } from '../../types/log.ts';
import type { Effect } from '../../types/model/effect.ts';
import { closedBy } from '../../types/model/event.ts';
import { OperatingError } from '../../types/operating-error.ts';
import type { Store } from '../../types/ports/store.ts';
import { decodeEffect } from '../../wire/effect.ts';
import { decodeJournalRecord } from '../../wire/journal.ts';
import { decodePositions } from '../../wire/thread.ts';
import type { ActorCache } from './actor-cache.ts';
import type { OpenEffects } from './open-effects.ts';

/** In the outbox keys of events that were put aside, behind the partition. */
export const QUARANTINE = '.quarantine.';

export interface RecoverOptions {
  readonly store: Store;
  readonly cache: ActorCache;
  readonly open: OpenEffects;
  readonly policy: SubscriberPolicy;
  readonly incarnation: number;
  readonly counters: Counters;
  readonly log: Log;
}

export interface Recovered {
  /** Positions of the rings of this incarnation, by name. */
  readonly positions: ReadonlyMap<string, number>;
}

/** @throws OperatingError `CW_JOURNAL_DAMAGED` when a record that is needed does not decode or is missing */
export function recover(options: RecoverOptions): Recovered {
  const { store, open } = options;
  const outbox: Effect[] = [];
  for (const [key, octets] of store.outbox()) {
    if (key.includes(QUARANTINE)) {
      options.counters.count('shard.in-quarantine');
      continue;
    }
    const effect = decodeEffect(octets);
    if (!effect.ok) throw damaged(`outbox entry ${key}: ${effect.code}`);
    outbox.push(effect.value);
  }
  open.openFromOutbox(outbox);
  let replayed = 0;
  let expected = store.recoverFrom;
  for (const [window, octets] of store.journal(store.recoverFrom)) {
    if (window !== expected) throw damaged(`window ${expected} is missing`);
    expected++;
    const record = decodeJournalRecord(octets);
    if (!record.ok) throw damaged(`window ${window}: ${record.code} at octet ${record.offset}`);
    for (const { partition, sequence, event, effects } of record.value.entries) {
      if (!store.partitions.includes(partition)) continue;
      replayed++;
      // One that is damaged was reported: what the journal has for it waits there for a restore.
      const actor = options.cache.activate(partition, event.subscriber);
      if (actor !== undefined && sequence > actor.state.sequence) {
        const { state } = reduce(actor.state, event, partition, sequence, options.policy);
        if (state !== actor.state) options.cache.changed(actor, state, window);
      }
      for (const effect of effects) open.open(effect, window, 0);
      const closed = closedBy(event.what);
      if (closed !== undefined) open.close(closed);
    }
    for (const id of record.value.closed) open.close(id);
  }
  if (store.recoverFrom <= store.lastWindow && expected !== store.lastWindow + 1) {
    throw damaged(`window ${expected} is missing`);
  }
  options.counters.count('shard.recovered-events', replayed);
  options.counters.count('shard.recovered-effects', open.size);
  if (replayed > 0) options.log.info('shard.recovered', { events: replayed, openEffects: open.size });
  return { positions: ringPositions(options) };
}

function ringPositions({ store, incarnation }: RecoverOptions): Map<string, number> {
  const octets = store.readPositions();
  const positions = octets === undefined ? undefined : decodePositions(octets);
  if (positions?.ok !== true || positions.value.incarnation !== incarnation) return new Map();
  return new Map(positions.value.rings.map(({ ring, position }) => [ring, position]));
}

function damaged(what: string): OperatingError {
  return new OperatingError(
    'CW_JOURNAL_DAMAGED',
    `The journal cannot be read (${what}). Restore the data directory from a backup.`,
    { what },
  );
}
