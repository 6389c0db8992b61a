/** Queues as the page shows them: rings by what they carry, and the bounds of the parts. */
import type { Config } from '../../config/schema/config.ts';
import type { RingLevel } from '../../engine/ring.ts';
import type { SignallingStatus } from '../../engine/signalling/signalling.ts';
import type { Queue } from '../../web/live-source.ts';

/** By the first word of the ring's name (`ringPlan`). */
const RING_NAMES: Readonly<Record<string, string>> = {
  decisions: 'calls to decide on',
  calls: 'calls to shards',
  returns: 'returns to shards',
  outcomes: 'outcomes to shards',
  replies: 'answers to calls',
  notices: 'notices to render',
  deliveries: 'notices to send',
  failures: 'faulty notices',
  tells: 'between shards',
  commands: 'commands to shards',
  answers: 'answers to commands',
};

/** Rings of one kind; of several shards the fullest is shown. */
export interface RingFamily {
  readonly name: string;
  readonly usedOctets: number;
  readonly capacityOctets: number;
  readonly refused: number;
}

export function ringFamilies(levels: readonly RingLevel[]): RingFamily[] {
  const families = new Map<string, RingFamily>();
  for (const { name, fill, capacityOctets, refused } of levels) {
    const kind = name.split('-')[0] ?? name;
    const usedOctets = Math.round(fill * capacityOctets);
    const known = families.get(kind);
    const fuller = known === undefined || usedOctets > known.usedOctets;
    families.set(kind, {
      name: RING_NAMES[kind] ?? kind,
      usedOctets: fuller ? usedOctets : known.usedOctets,
      capacityOctets,
      refused: (known?.refused ?? 0) + refused,
    });
  }
  return [...families.values()];
}

/** How full the fullest of the rings is that lead calls, returns and outcomes to a shard; 0 … 1. */
export function shardRingFill(levels: readonly RingLevel[], shard: number): number {
  const names = [`calls-${shard}`, `returns-${shard}`, `outcomes-${shard}`];
  let fullest = 0;
  for (const { name, fill } of levels) {
    if (names.includes(name) && fill > fullest) fullest = fill;
  }
  return fullest;
}

export interface QueueFacts {
  readonly rings: readonly RingFamily[];
  readonly signalling: SignallingStatus | undefined;
  readonly commandsUnderWay: number;
  readonly config: Pick<Config, 'cap' | 'tcap' | 'delivery'>;
  readonly counters: ReadonlyMap<string, number>;
}

/** Commands that the main thread may have under way (`Engine`). */
export const COMMANDS_MAX = 10_000;

export function queuesOf({ rings, signalling, commandsUnderWay, config, counters }: QueueFacts): Queue[] {
  const counted = (name: string): number => counters.get(name) ?? 0;
  return [
    {
      name: 'calls watched',
      depth: signalling?.openCalls ?? 0,
      bound: config.cap.callsMax,
      refusals: counted('call.let-go-overload'),
    },
    {
      name: 'dialogues',
      depth: signalling?.openDialogues ?? 0,
      bound: config.tcap.dialoguesMax,
      refusals: counted('tcap.limit.dialogues'),
    },
    {
      name: 'notices under way',
      depth: signalling?.deliveries ?? 0,
      bound: config.delivery.deliveriesMax,
      refusals: 0,
    },
    {
      name: 'notices that wait for their MSC',
      depth: signalling?.pacedWaiting ?? 0,
      bound: Math.max(1, Math.floor(config.delivery.deliveriesMax / 2)),
      refusals: counted('delivery.pace-no-room'),
    },
    {
      name: 'questions to HLRs',
      depth: signalling?.interrogationsWaiting ?? 0,
      bound: Math.max(1, Math.floor(config.delivery.deliveriesMax / 4)),
      refusals: counted('interrogation.no-budget'),
    },
    { name: 'commands', depth: commandsUnderWay, bound: COMMANDS_MAX, refusals: 0 },
    ...rings.map(({ name, usedOctets, capacityOctets, refused }) => ({
      name: `${name} (octets)`,
      depth: usedOctets,
      bound: capacityOctets,
      refusals: refused,
    })),
  ];
}
