/**
 * The whole engine in one thread, on ports of its host: seeded ones in simulation. `doWork` gives every part one turn;
 * nothing happens outside of it and of the timers that the host advances. A part can die and start anew on the same rings,
 * as a thread does under its supervisor.
 */
import type { DeliveryOutcome } from '../gateway/map/sms-delivery-ports.ts';
import type { RenderOptions } from '../notice/render.ts';
import type { TemplateFile } from '../notice/templates.ts';
import type { TcapService } from '../stack/tcap/service.ts';
import type { Clock } from '../types/clock.ts';
import type { Counters } from '../types/counters.ts';
import { LatencyHistogram } from '../types/latency-histogram.ts';
import type { Log } from '../types/log.ts';
import type { Notice } from '../types/model/notice.ts';
import type { Delivery } from '../types/model/thread.ts';
import type { Store } from '../types/ports/store.ts';
import type { Timers } from '../types/timers.ts';
import type { ChannelDesk } from './channel-desk.ts';
import { CommandDesk } from './command-desk.ts';
import { type CentreOptions, openCentres } from './message-centres.ts';
import { MortalTimers } from './mortal-timers.ts';
import type { Notifier } from './notifier.ts';
import { buildNotifier, buildShard, buildSignalling, type PartPorts, type ServiceOptions } from './parts.ts';
import { type PlainRings, plainRings } from './plain-rings.ts';
import { DirectRenderer, type RenderOutcome } from './renderer.ts';
import type { RingLevel } from './ring.ts';
import type { Shard } from './shard/shard.ts';
import type { Signalling } from './signalling/signalling.ts';
import { type PartName, shardIndexes, shardOfPartition } from './wiring.ts';

/** The network as one life of the signalling part has it. */
export interface NetworkSide {
  readonly tcap: TcapService;
  /** Stops and goes on reading from the network; default: nothing to stop. */
  readonly setReading?: (reading: boolean) => void;
  /** Whether anything can be sent; default: always. */
  readonly isUp?: () => boolean;
}

export interface SingleThreadOptions {
  readonly service: ServiceOptions;
  /** Of the process; see `Lives`. */
  readonly incarnation: number;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly counters: Counters;
  readonly log: Log;
  /**
   * At each start of the signalling part. `timers` end with it; `admits` says whether one more dialogue of a subsystem may be
   * let in.
   */
  readonly openNetwork: (timers: Timers, admits: (ssn: number) => boolean) => NetworkSide;
  /** At each start of a shard. */
  readonly openStore: (shard: number) => Store;
  readonly templates: readonly TemplateFile[];
  readonly render: RenderOptions;
  /** Instead of rendering at once. `timers` end with this life of the notifier. */
  readonly renderer?: (
    timers: Timers,
    direct: DirectRenderer,
  ) => (batch: readonly Notice[], done: (outcome: RenderOutcome) => void) => void;
  /** At each start of the notifier: message centres for the notices. `timers` end with it. */
  readonly centres?: (timers: Timers) => Omit<CentreOptions, 'lives' | 'onDelivered'>;
  /** At each start of the notifier: opens the channels beside the short message. `timers` end with it. */
  readonly channels?: (timers: Timers, desk: ChannelDesk) => void;
  readonly onNotice?: (delivery: Delivery, outcome: DeliveryOutcome) => void;
  /** A store refused a window: the shard is to be killed and to be started anew from its store. */
  readonly onFatal: (shard: number, error: unknown) => void;
  /** How much smaller the rings are than between threads, and how small they may be; see `plainRings`. */
  readonly rings?: { readonly divisor: number; readonly octetsMin: number };
}

interface Life<P> {
  readonly part: P;
  readonly timers: MortalTimers;
}

/** Commands and looks under way at once. */
const COMMANDS_MAX = 10_000;

export class SingleThreadEngine {
  readonly commands: CommandDesk;
  readonly latencies = {
    initialDpToAnswer: new LatencyHistogram(),
    returnToNotice: new LatencyHistogram(),
  };
  readonly #options: SingleThreadOptions;
  readonly #rings: PlainRings;
  readonly #renderer: DirectRenderer;
  #epoch = 1;
  /** Not every shard has been told of the epoch yet. */
  #toAnnounce = false;
  #signalling: Life<Signalling> | undefined;
  #notifier: Life<Notifier> | undefined;
  readonly #shards: (Life<Shard> | undefined)[];

  /** @throws OperatingError what a shard finds wrong with its store */
  constructor(options: SingleThreadOptions) {
    const { service, clock, rings } = options;
    this.#options = options;
    this.#rings = plainRings(service.shards, rings?.divisor, undefined, rings?.octetsMin);
    this.#renderer = new DirectRenderer(options.templates, options.render);
    const shards = shardIndexes(service.shards);
    this.commands = new CommandDesk({
      clock,
      commands: shards.map((shard) => this.#rings.writer(`commands-${shard}`)),
      answers: shards.map((shard) => this.#rings.reader(`answers-${shard}`)),
      shardOf: (partition) => shardOfPartition(partition, service.shards),
      waitingMax: COMMANDS_MAX,
    });
    this.#shards = shards.map(() => undefined);
    try {
      this.start('signalling');
      this.start('notifier');
      for (const shard of shards) this.start(`shard-${shard}`);
    } catch (error) {
      this.stop();
      throw error;
    }
  }

  isRunning(part: Exclude<PartName, 'main'>): boolean {
    return this.#lifeOf(part) !== undefined;
  }

  readonly #onDelivered = (_delivery: Delivery, sinceReturnMs: number): void => {
    if (sinceReturnMs >= 0) this.latencies.returnToNotice.record(sinceReturnMs);
  };

  /** Starts a part that is not running. @throws OperatingError what a shard finds wrong with its store */
  start(part: Exclude<PartName, 'main'>): void {
    if (this.isRunning(part)) return;
    const { service, openStore, onFatal } = this.#options;
    const timers = new MortalTimers(this.#options.timers);
    const ports: PartPorts = { ...this.#options, timers, rings: this.#rings };
    const lives = { incarnation: this.#options.incarnation, epoch: this.#epoch };
    if (part === 'signalling') {
      const network = this.#options.openNetwork(timers, (ssn) => this.#signalling?.part.admits(ssn) ?? false);
      const built = buildSignalling(
        service,
        lives,
        ports,
        network.tcap,
        {
          wake: () => undefined,
          setReading: network.setReading ?? (() => undefined),
          isBehind: () => false,
          isUp: network.isUp ?? (() => true),
        },
        this.latencies,
        this.#options.onNotice ?? (() => undefined),
      );
      this.#signalling = { part: built, timers };
    } else if (part === 'notifier') {
      const direct = this.#renderer;
      const render =
        this.#options.renderer?.(timers, direct) ??
        ((batch, done) => done({ ok: true, ...direct.renderNow(batch) }));
      const notifier = buildNotifier(service, ports, render, () => undefined);
      this.#notifier = { part: notifier, timers };
      this.#options.channels?.(timers, notifier.channels);
      const centres = this.#options.centres?.(timers);
      if (centres !== undefined)
        openCentres(notifier, ports, { ...centres, lives, onDelivered: this.#onDelivered });
    } else {
      const index = shardIndexOf(part);
      const built = buildShard(index, openStore(index), service, lives, ports, (error) =>
        onFatal(index, error),
      );
      this.#shards[index] = { part: built, timers };
    }
  }

  /**
   * The part's thread dies: what it had in hand is gone, and of its network or store the host takes care. What it did for the
   * shards they release again, under a new epoch.
   */
  kill(part: Exclude<PartName, 'main'>): void {
    const life = this.#lifeOf(part);
    if (life === undefined) return;
    life.timers.end();
    if (part === 'signalling') this.#signalling = undefined;
    else if (part === 'notifier') this.#notifier = undefined;
    else {
      const index = shardIndexOf(part);
      this.#shards[index]?.part.stop();
      this.#shards[index] = undefined;
      return;
    }
    this.#epoch++;
    this.#toAnnounce = true;
  }

  /** One turn of every part; returns how much there was to do. */
  doWork(): number {
    if (this.#toAnnounce && this.commands.beginEpoch(this.#epoch)) this.#toAnnounce = false;
    let work = this.#signalling?.part.doWork() ?? 0;
    for (const shard of this.#shards) work += shard?.part.doWork() ?? 0;
    work += this.#notifier?.part.doWork() ?? 0;
    return work + this.commands.doWork();
  }

  /** The process is gone: nothing more happens, whatever the host still calls. */
  stop(): void {
    for (const life of [this.#signalling, this.#notifier, ...this.#shards]) life?.timers.end();
    for (const shard of this.#shards) shard?.part.stop();
  }

  /** Of the parts that run. */
  get status() {
    return {
      signalling: this.#signalling?.part.status,
      notifier: this.#notifier?.part.status,
      shards: this.#shards.flatMap((shard) => (shard === undefined ? [] : [shard.part.status])),
    };
  }

  /** For checks: how full every ring is. */
  get ringLevels(): RingLevel[] {
    return this.#rings.levels();
  }

  #lifeOf(part: Exclude<PartName, 'main'>): Life<unknown> | undefined {
    if (part === 'signalling') return this.#signalling;
    return part === 'notifier' ? this.#notifier : this.#shards[shardIndexOf(part)];
  }
}

function shardIndexOf(part: `shard-${number}`): number {
  return Number(part.slice('shard-'.length));
}
