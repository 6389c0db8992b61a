/** An engine in one thread and its pocket network, on virtual time, over stores that outlive the engine. */
import { builtInTemplateFiles, loadTemplateFiles } from '../../src/adapters/notifier/template-files.ts';
import { loadSelfCareTexts } from '../../src/adapters/selfcare/text-files.ts';
import type { ChannelDesk } from '../../src/engine/channel-desk.ts';
import { MemoryDisk, MemoryStore } from '../../src/engine/memory-store.ts';
import type { CentreOptions } from '../../src/engine/message-centres.ts';
import { defaultNotifierLimits } from '../../src/engine/notifier.ts';
import type { ServiceOptions } from '../../src/engine/parts.ts';
import { defaultShardLimits } from '../../src/engine/shard/shard-options.ts';
import { SingleThreadEngine } from '../../src/engine/single-thread.ts';
import { type PartName, partitionsOfShard } from '../../src/engine/wiring.ts';
import type { SelfCareOptions } from '../../src/gateway/self-care.ts';
import { Zones } from '../../src/notice/zones.ts';
import type { ServiceClass } from '../../src/rules/service-class.ts';
import { addressOf } from '../../src/stack/sms/address.ts';
import { Tcap } from '../../src/stack/tcap/tcap.ts';
import { defaultSubscriberPolicy } from '../../src/subscriber/policy.ts';
import type { Clock } from '../../src/types/clock.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import type { Profile } from '../../src/types/model/profile.ts';
import type { Timers } from '../../src/types/timers.ts';
import { TimingWheel } from '../../src/types/timing-wheel.ts';
import { Pipe, PocketNetwork } from './pocket-network.ts';

export const profile: Profile = { missedCalls: true, notifyMe: 'off', language: 'en', timeZone: 'UTC' };
const ALL = ['sms', 'e-mail', 'webhook', 'web-push'] as const;
const START_MS = Date.UTC(2026, 0, 1, 12);

const originatingAddress = addressOf('Callwake');
const templates = loadTemplateFiles(builtInTemplateFiles());

const zones = new Zones();

const selfCare: SelfCareOptions = {
  texts: loadSelfCareTexts([]).texts,
  serviceNumbers: ['4321'],
  ussdCode: '*123',
  ussdAnswerMs: 60_000,
  ussdSessionsMax: 100,
  answersPerHour: 30,
  sameTextPerHour: 4,
  newcomer: () => ({ language: 'en', timeZone: 'UTC' }),
  defaultLanguage: 'en',
  offsetMs: (timeZone, atMs) => zones.offsetMs(timeZone, atMs),
};

export function serviceOptions(shards: number): ServiceOptions {
  if (!originatingAddress.ok) throw new Error(originatingAddress.code);
  return {
    shards,
    cap: {
      serviceKeys: [1],
      originatingServiceKeys: [2],
      answerDeadlineMs: 300,
      callsMax: 1000,
      armBusy: 'interrupted',
      armNoAnswer: 'interrupted',
      operationMs: 10_000,
      numbering: { countryCode: '49', nationalPrefix: '0', internationalPrefix: '00' },
    },
    delivery: {
      serviceCentre: '491700000',
      routingTimeoutMs: 30_000,
      forwardTimeoutMs: 60_000,
      reportTimeoutMs: 10_000,
      handshake: 'always',
      originatingAddress: originatingAddress.value,
    },
    gsmScf: '491700000',
    selfCare,
    deliveriesMax: 100,
    policy: defaultSubscriberPolicy,
    shardLimits: defaultShardLimits,
    notifierLimits: defaultNotifierLimits,
  };
}

/** Message centres beside the network. */
export interface BesideNetwork {
  options(): Omit<CentreOptions, 'lives' | 'onDelivered'>;
  /** Carries what is on its way. */
  deliver(): number;
  cut(): void;
}

export class PocketPlant {
  readonly timers = new TimingWheel();
  readonly clock = { now: () => START_MS + this.timers.now(), monotonic: () => this.timers.now() };
  readonly counters = new CountersMap();
  readonly pipe = new Pipe();
  readonly network = new PocketNetwork(this.pipe, this.timers);
  readonly disks: MemoryDisk[];
  engine!: SingleThreadEngine;
  #stores: MemoryStore[] = [];
  networkUp = true;
  #life = 0;
  #boots = 0;

  readonly #beside: BesideNetwork | undefined;
  readonly #classes: readonly ServiceClass[];
  readonly #channels: ((timers: Timers, desk: ChannelDesk) => void) | undefined;

  /**
   * @param beside with message centres the notices go there
   * @param channels opened at each start of the notifier; all are then set up
   */
  constructor(
    shards = 2,
    beside?: (clock: Clock, timers: Timers) => BesideNetwork,
    classes: readonly ServiceClass[] = defaultSubscriberPolicy.classes,
    channels?: (timers: Timers, desk: ChannelDesk) => void,
  ) {
    this.#classes = classes;
    this.#channels = channels;
    this.#beside = beside?.(this.clock, this.timers);
    this.disks = Array.from(
      { length: shards },
      (_, shard) => new MemoryDisk(partitionsOfShard(shard, shards)),
    );
    this.start();
  }

  /** A new life of the engine on the same disks. */
  start(): void {
    if (!templates.ok || !originatingAddress.ok) throw new Error('the built-in templates are damaged');
    const { timers, clock, counters } = this;
    this.#life++;
    const service = serviceOptions(this.disks.length);
    this.engine = new SingleThreadEngine({
      service: {
        ...service,
        policy: {
          ...service.policy,
          classes: this.#classes,
          ...(this.#channels === undefined ? {} : { channels: ALL }),
        },
      },
      incarnation: this.#life,
      clock,
      timers,
      counters,
      log: silentLog,
      openNetwork: (lifeTimers) => ({
        tcap: new Tcap({
          sccp: this.pipe.side(0),
          timers: lifeTimers,
          counters,
          node: 2,
          bootEpoch: ++this.#boots,
        }),
        isUp: () => this.networkUp,
      }),
      openStore: (shard) => (this.#stores[shard] = new MemoryStore(this.disks[shard]!, { timers })),
      ...(this.#beside === undefined ? {} : { centres: () => this.#beside!.options() }),
      ...(this.#channels === undefined ? {} : { channels: this.#channels }),
      templates: templates.files,
      render: { originatingAddress: originatingAddress.value, zones: new Zones() },
      onFatal: (_shard, error) => {
        throw error;
      },
    });
  }

  /** The process is killed: what was not durable is gone, what was on the wire to it too. */
  kill(): void {
    this.engine.stop();
    for (const store of this.#stores) store.crash();
    this.pipe.cut();
    this.#beside?.cut();
  }

  /** The thread of a part dies: commits in flight, or what was on the wire, go with it. */
  killPart(part: Exclude<PartName, 'main'>): void {
    this.engine.kill(part);
    if (part === 'signalling') this.pipe.cut();
    else if (part === 'notifier') this.#beside?.cut();
    else this.#stores[Number(part.slice('shard-'.length))]?.crash();
  }

  startPart(part: Exclude<PartName, 'main'>): void {
    this.engine.start(part);
  }

  /** Lets everything happen that happens within `ms`. */
  run(ms: number): void {
    const end = this.timers.now() + ms;
    for (;;) {
      while (this.#turn() > 0);
      const next = this.timers.nextDeadlineMs();
      if (next > end) break;
      this.timers.advance(next);
    }
    this.timers.advance(end);
  }

  /** What was written outside of a turn is seen by its reader in the next but one. */
  #turn(): number {
    const work = this.engine.doWork() + this.engine.doWork();
    return work + this.pipe.deliver() + (this.#beside?.deliver() ?? 0);
  }

  subscribe(number: string, ordered: Profile = profile): void {
    const durable: string[] = [];
    this.engine.commands.command(number, { kind: 'set-profile', profile: ordered }, () =>
      durable.push(number),
    );
    this.run(100);
    if (durable.length === 0) throw new Error(`${number} was not provisioned`);
  }
}
