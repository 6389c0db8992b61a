/** What the shards have reported last, as the pages show it. */
import type { RingLevel } from '../../engine/ring.ts';
import type { ShardStatus } from '../../engine/shard/shard-options.ts';
import type { Shard } from '../../web/live-source.ts';
import { shardRingFill } from './live-queues.ts';
import type { PartReport } from './reports.ts';

interface ShardSeen {
  status: ShardStatus;
  eventsPerSecond: number;
  commitP50Ms: number;
  commitP99Ms: number;
  journalLagOctets: number;
  pages: { readonly total: number; readonly free: number; readonly pageOctets: number };
  atMs: number;
}

export class LiveShards {
  readonly #shards = new Map<number, ShardSeen>();

  take(report: PartReport & { readonly kind: 'shard' }, atMs: number): void {
    const { status, commitP50Ms = 0, commitP99Ms, journalLagOctets, pages } = report;
    const before = this.#shards.get(status.index);
    const events = before === undefined ? 0 : status.events - before.status.events;
    const seconds = before === undefined ? 0 : (atMs - before.atMs) / 1_000;
    this.#shards.set(status.index, {
      status,
      // A thread that was started anew counts from 0.
      eventsPerSecond: seconds > 0 ? Math.max(0, events) / seconds : 0,
      commitP50Ms,
      commitP99Ms,
      journalLagOctets,
      pages,
      atMs,
    });
  }

  get statuses(): ReadonlyMap<number, ShardStatus> {
    return new Map([...this.#shards].map(([index, { status }]) => [index, status]));
  }

  now(levels: readonly RingLevel[]): Shard[] {
    return [...this.#shards]
      .sort(([a], [b]) => a - b)
      .map(([index, { status, eventsPerSecond, commitP50Ms, commitP99Ms, journalLagOctets, pages }]) => ({
        name: `shard-${index}`,
        eventsPerSecond,
        actorsInMemory: status.actors,
        ringFill: shardRingFill(levels, index),
        commitsInFlight: status.commitsInFlight,
        commitP99Ms,
        journalLagOctets,
        storeOctets: pages.total * pages.pageOctets,
        storeFreeOctets: pages.free * pages.pageOctets,
        commitP50Ms,
        cacheHits: status.cacheHits,
        cacheMisses: status.cacheMisses,
        openEffects: status.openEffects,
        laggingActors: status.dirty,
        deadlines: status.deadlines,
      }));
  }
}
