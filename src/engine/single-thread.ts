/**
 * The whole engine in one thread, on ports of its host: seeded ones in simulation. `doWork` gives every part one turn;
 * nothing happens outside of it and of the timers that the host advances.
 */
import type { DeliveryOutcome } from '../gateway/map/sms-delivery-ports.ts';
import type { RenderOptions } from '../notice/render.ts';
import type { TemplateFile } from '../notice/templates.ts';
import type { TcapService } from '../stack/tcap/service.ts';
import type { Clock } from '../types/clock.ts';
import type { Counters } from '../types/counters.ts';
import { LatencyHistogram } from '../types/latency-histogram.ts';
import type { Log } from '../types/log.ts';
import type { Delivery } from '../types/model/thread.ts';
import type { Store } from '../types/ports/store.ts';
import type { Timers } from '../types/timers.ts';
import { CommandDesk } from './command-desk.ts';
import type { Notifier } from './notifier.ts';
import {
  buildNotifier,
  buildShard,
  buildSignalling,
  type Lives,
  type PartPorts,
  type ServiceOptions,
} from './parts.ts';
import { plainRings } from './plain-rings.ts';
import { DirectRenderer } from './renderer.ts';
import type { Shard } from './shard/shard.ts';
import type { Signalling } from './signalling/signalling.ts';
import { shardIndexes, shardOfPartition } from './wiring.ts';

export interface SingleThreadOptions {
  readonly service: ServiceOptions;
  readonly lives: Lives;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly counters: Counters;
  readonly log: Log;
  readonly tcap: TcapService;
  /** One for each shard. */
  readonly stores: readonly Store[];
  readonly templates: readonly TemplateFile[];
  readonly render: RenderOptions;
  /** Stops and goes on reading from the network. */
  readonly setReading?: (reading: boolean) => void;
  /** Whether anything can be sent; default: always. */
  readonly isNetworkUp?: () => boolean;
  readonly onNotice?: (delivery: Delivery, outcome: DeliveryOutcome) => void;
  /** A store refused a window: this engine is over, a new one is to be built on its stores. */
  readonly onFatal: (error: unknown) => void;
}

export class SingleThreadEngine {
  readonly commands: CommandDesk;
  readonly latencies = {
    initialDpToAnswer: new LatencyHistogram(),
    returnToNotice: new LatencyHistogram(),
  };
  readonly #signalling: Signalling;
  readonly #notifier: Notifier;
  readonly #shards: readonly Shard[];

  constructor(options: SingleThreadOptions) {
    const { service, lives } = options;
    const ports: PartPorts = { ...options, rings: plainRings(service.shards) };
    const renderer = new DirectRenderer(options.templates, options.render);
    this.#signalling = buildSignalling(
      service,
      lives,
      ports,
      options.tcap,
      {
        wake: () => undefined,
        setReading: options.setReading ?? (() => undefined),
        isBehind: () => false,
        isUp: options.isNetworkUp ?? (() => true),
      },
      this.latencies,
      options.onNotice ?? (() => undefined),
    );
    this.#notifier = buildNotifier(
      service,
      ports,
      (batch, done) => done({ ok: true, ...renderer.renderNow(batch) }),
      () => undefined,
    );
    this.#shards = options.stores.map((store, index) =>
      buildShard(index, store, service, lives, ports, options.onFatal),
    );
    const shards = shardIndexes(service.shards);
    this.commands = new CommandDesk({
      clock: options.clock,
      commands: shards.map((shard) => ports.rings.writer(`commands-${shard}`)),
      answers: shards.map((shard) => ports.rings.reader(`answers-${shard}`)),
      shardOf: (partition) => shardOfPartition(partition, service.shards),
      waitingMax: 10_000,
    });
  }

  /** One turn of every part; returns how much there was to do. */
  doWork(): number {
    let work = this.#signalling.doWork();
    for (const shard of this.#shards) work += shard.doWork();
    work += this.#notifier.doWork();
    return work + this.commands.doWork();
  }

  /** The process is gone: nothing more happens, whatever the host still calls. */
  stop(): void {
    for (const shard of this.#shards) shard.stop();
  }

  get status() {
    return {
      signalling: this.#signalling.status,
      notifier: this.#notifier.status,
      shards: this.#shards.map((shard) => shard.status),
    };
  }
}
