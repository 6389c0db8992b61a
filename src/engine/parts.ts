/** Builds the parts of an engine from their ports: the same in threads and in one thread. */
import type { CapGatewayOptions } from '../gateway/cap/cap-call-host.ts';
import type { DeliveryOutcome, SmsDeliveryOptions } from '../gateway/map/sms-delivery-ports.ts';
import type { SelfCareOptions } from '../gateway/self-care.ts';
import { Zones } from '../notice/zones.ts';
import type { TcapService } from '../stack/tcap/service.ts';
import type { SubscriberPolicy } from '../subscriber/policy.ts';
import type { Clock } from '../types/clock.ts';
import type { Counters } from '../types/counters.ts';
import type { LatencyHistogram } from '../types/latency-histogram.ts';
import type { Log } from '../types/log.ts';
import type { Notice } from '../types/model/notice.ts';
import type { Delivery } from '../types/model/thread.ts';
import type { Store } from '../types/ports/store.ts';
import type { TrafficTapPoint } from '../types/ports/traffic-tap.ts';
import type { Timers } from '../types/timers.ts';
import { Notifier, type NotifierLimits } from './notifier.ts';
import type { RenderOutcome } from './renderer.ts';
import { Shard } from './shard/shard.ts';
import type { ShardLimits } from './shard/shard-options.ts';
import { addressBook } from './signalling/address-book.ts';
import { type AvailabilityOptions, Signalling } from './signalling/signalling.ts';
import { type Rings, shardIndexes, shardOfPartition } from './wiring.ts';

/** What a part runs on. */
export interface PartPorts {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly counters: Counters;
  readonly log: Log;
  readonly rings: Rings;
}

export interface ServiceOptions {
  readonly shards: number;
  readonly cap: CapGatewayOptions;
  readonly delivery: SmsDeliveryOptions;
  /** Absent: subscribers can say nothing. */
  readonly selfCare?: SelfCareOptions | undefined;
  /** International digits of our own address as gsmSCF. */
  readonly gsmScf: string;
  /** As in {@link SignallingOptions}. */
  readonly availability?: Omit<AvailabilityOptions, 'gsmScf'> | undefined;
  readonly deliveriesMax: number;
  readonly policy: SubscriberPolicy;
  readonly shardLimits: ShardLimits;
  readonly notifierLimits: NotifierLimits;
}

/** What tells one life of the process, and of its threads, from another. */
export interface Lives {
  /** Of the process: rings live as long. */
  readonly incarnation: number;
  /** Of the threads that do effects. */
  readonly epoch: number;
}

/** What the signalling part has to do with the network beside its dialogues. */
export interface NetworkPorts {
  readonly wake: () => void;
  readonly setReading: (reading: boolean) => void;
  /** More has come from the network than was taken. */
  readonly isBehind: () => boolean;
  /** Whether anything can be sent at all. */
  readonly isUp: () => boolean;
}

export function buildShard(
  index: number,
  store: Store,
  options: ServiceOptions,
  lives: Lives,
  ports: PartPorts,
  onFatal: (error: unknown) => void,
): Shard {
  const { rings } = ports;
  const others = shardIndexes(options.shards).filter((other) => other !== index);
  const tells = new Map(others.map((other) => [other, rings.writer(`tells-${index}-${other}`)]));
  return new Shard({
    ...ports,
    ...lives,
    index,
    store,
    policy: options.policy,
    zones: new Zones(),
    limits: options.shardLimits,
    inputs: [
      rings.reader(`outcomes-${index}`),
      rings.reader(`results-${index}`),
      ...others.map((other) => rings.reader(`tells-${other}-${index}`)),
      rings.reader(`commands-${index}`),
    ],
    decisions: rings.reader(`decisions-${index}`),
    calls: [rings.reader(`calls-${index}`), rings.reader(`returns-${index}`)],
    signalling: rings.writer(`replies-${index}`),
    queries: rings.writer(`queries-${index}`),
    notifier: rings.writer(`notices-${index}`),
    main: rings.writer(`answers-${index}`),
    shardOf: (partition) => tells.get(shardOfPartition(partition, options.shards)),
    onFatal,
  });
}

export function buildNotifier(
  options: ServiceOptions,
  ports: PartPorts,
  render: (batch: readonly Notice[], done: (outcome: RenderOutcome) => void) => void,
  wake: () => void,
): Notifier {
  const { rings } = ports;
  const shards = shardIndexes(options.shards);
  return new Notifier({
    ...ports,
    render,
    wake,
    fromShards: shards.map((shard) => rings.reader(`notices-${shard}`)),
    toSignalling: rings.writer('deliveries'),
    toShards: shards.map((shard) => rings.writer(`results-${shard}`)),
    shardOf: (partition) => shardOfPartition(partition, options.shards),
    limits: options.notifierLimits,
  });
}

export interface SignallingLatencies {
  readonly initialDpToAnswer: LatencyHistogram;
  readonly returnToNotice: LatencyHistogram;
}

export function buildSignalling(
  options: ServiceOptions,
  lives: Lives,
  ports: PartPorts,
  tcap: TcapService,
  network: NetworkPorts,
  latencies: SignallingLatencies,
  onNotice: (delivery: Delivery, outcome: DeliveryOutcome) => void,
  traffic?: TrafficTapPoint,
): Signalling {
  const { rings } = ports;
  const shards = shardIndexes(options.shards);
  return new Signalling({
    ...ports,
    ...network,
    tcap,
    cap: options.cap,
    delivery: options.delivery,
    selfCare: options.selfCare,
    addresses: addressBook(options.delivery.serviceCentre),
    deliveriesMax: options.deliveriesMax,
    availability: options.availability && { ...options.availability, gsmScf: options.gsmScf },
    // Tokens of one life do not meet those of another: 2^33 calls fit one life.
    firstToken: ((lives.incarnation % 1_024) * 1_024 + (lives.epoch % 1_024)) * 2 ** 33,
    epoch: lives.epoch,
    shards: shards.map((shard) => ({
      decisions: rings.writer(`decisions-${shard}`),
      calls: rings.writer(`calls-${shard}`),
      returns: rings.writer(`returns-${shard}`),
      outcomes: rings.writer(`outcomes-${shard}`),
    })),
    shardOf: (partition) => shardOfPartition(partition, options.shards),
    fromShards: shards.map((shard) => rings.reader(`replies-${shard}`)),
    queries: shards.map((shard) => rings.reader(`queries-${shard}`)),
    fromNotifier: rings.reader('deliveries'),
    messages: rings.reader('messages'),
    messagesTaken: rings.writer('messages-taken'),
    latencies,
    onNotice,
    traffic,
  });
}
