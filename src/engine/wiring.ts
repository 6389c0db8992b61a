/**
 * Which parts there are and which rings lie between them. The same plan is laid in shared memory between threads and in
 * plain memory within one.
 *
 *     signalling ──decisions-i, calls-i, returns-i, outcomes-i──▶ shard i ──notices-i──▶ notifier ──deliveries──▶ signalling
 *     shard i ──replies-i, queries-i──▶ signalling     shard i ──tells-i-j──▶ shard j     notifier ──results-i──▶ shard i
 *     notifier ──messages──▶ signalling ──messages-taken──▶ notifier     main ──commands-i──▶ shard i ──answers-i──▶ main
 */
import { partitionCount } from '../types/partition.ts';
import type { RingReader, RingWriter } from '../types/ports/ring.ts';

export type PartName = 'main' | 'signalling' | 'notifier' | `shard-${number}`;

export interface RingPlan {
  readonly name: string;
  readonly from: PartName;
  readonly to: PartName;
  /** A power of two. */
  readonly capacityOctets: number;
}

/** The ends of the rings, as a part gets them from its host. */
export interface Rings {
  writer(name: string): RingWriter;
  reader(name: string): RingReader;
}

const KIB = 1024;
const MIB = 1024 * KIB;

/**
 * @param divisor a power of two, for an engine that is to take less memory
 * @param octetsMin a power of two: no ring is smaller; its longest record must still fit
 */
export function ringPlan(shards: number, divisor = 1, octetsMin = 64 * KIB): RingPlan[] {
  const plan: RingPlan[] = [
    { name: 'deliveries', from: 'notifier', to: 'signalling', capacityOctets: 4 * MIB },
    { name: 'messages', from: 'notifier', to: 'signalling', capacityOctets: 256 * KIB },
    { name: 'messages-taken', from: 'signalling', to: 'notifier', capacityOctets: 64 * KIB },
  ];
  for (let shard = 0; shard < shards; shard++) {
    const part: PartName = `shard-${shard}`;
    plan.push(
      { name: `decisions-${shard}`, from: 'signalling', to: part, capacityOctets: MIB },
      { name: `calls-${shard}`, from: 'signalling', to: part, capacityOctets: 4 * MIB },
      { name: `returns-${shard}`, from: 'signalling', to: part, capacityOctets: 4 * MIB },
      { name: `outcomes-${shard}`, from: 'signalling', to: part, capacityOctets: 2 * MIB },
      { name: `replies-${shard}`, from: part, to: 'signalling', capacityOctets: 2 * MIB },
      { name: `queries-${shard}`, from: part, to: 'signalling', capacityOctets: 256 * KIB },
      { name: `notices-${shard}`, from: part, to: 'notifier', capacityOctets: 4 * MIB },
      { name: `results-${shard}`, from: 'notifier', to: part, capacityOctets: MIB },
      { name: `commands-${shard}`, from: 'main', to: part, capacityOctets: MIB },
      { name: `answers-${shard}`, from: part, to: 'main', capacityOctets: MIB },
    );
    for (let other = 0; other < shards; other++) {
      if (other === shard) continue;
      const to: PartName = `shard-${other}`;
      plan.push({ name: `tells-${shard}-${other}`, from: part, to, capacityOctets: MIB });
    }
  }
  return plan.map((ring) => ({
    ...ring,
    capacityOctets: Math.max(octetsMin, ring.capacityOctets / divisor),
  }));
}

export function partsOf(shards: number): PartName[] {
  return [
    'main',
    'signalling',
    'notifier',
    ...shardIndexes(shards).map((shard): PartName => `shard-${shard}`),
  ];
}

export function shardIndexes(shards: number): number[] {
  return Array.from({ length: shards }, (_, shard) => shard);
}

/** The index of the shard that owns a partition. The number of shards may change between starts; partitions move whole. */
export function shardOfPartition(partition: number, shards: number): number {
  return partition % shards;
}

export function partitionsOfShard(shard: number, shards: number): number[] {
  return Array.from({ length: partitionCount }, (_, partition) => partition).filter(
    (partition) => shardOfPartition(partition, shards) === shard,
  );
}
