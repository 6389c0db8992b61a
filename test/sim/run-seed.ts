/**
 * One seeded run: the whole engine and the whole network in one thread, on virtual time, with the faults that the seed
 * has drawn. When they are over everybody is told what is due, the engine comes to rest, and every invariant holds.
 */

import type { ServiceOptions } from '../../src/engine/parts.ts';
import type { DirectRenderer, RenderOutcome } from '../../src/engine/renderer.ts';
import { SUBSYSTEMS } from '../../src/engine/signalling/signalling.ts';
import { defaultServiceClass, type WithheldPolicy } from '../../src/rules/service-class.ts';
import { defaultPlan } from '../../src/simulator/plan.ts';
import type { SimulationReport } from '../../src/simulator/report.ts';
import { type SmscBehaviour, wellBehaved } from '../../src/simulator/smsc/behaviour.ts';
import { COMMAND_STATUS } from '../../src/stack/smpp/command-status.ts';
import { CountersMap } from '../../src/types/counters.ts';
import type { Channel } from '../../src/types/model/channel.ts';
import { effectKey, type Notice } from '../../src/types/model/notice.ts';
import { randomBelow, randomFraction, SeededRandom } from '../../src/types/random.ts';
import type { Timers } from '../../src/types/timers.ts';
import { english } from '../simulator/engine-process.ts';
import { Plant, type PlantOptions } from '../simulator/plant.ts';
import { Apps } from './apps.ts';
import { Blows, Conditions } from './blows.ts';
import { BoundWatch } from './bound-watch.ts';
import { Calls } from './calls.ts';
import { Disturbances } from './disturbances.ts';
import type { Faults } from './faults.ts';
import { FickleSccp } from './fickle-sccp.ts';
import { firstPlan } from './generator-1.ts';
import { secondPlan } from './generator-2.ts';
import { invariants } from './invariants/all.ts';
import { foldOf } from './invariants/fold.ts';
import { drainBoundMs } from './invariants/i6-backlog-drains.ts';
import type { Run } from './invariants/invariant.ts';
import { JournalTap } from './journal-tap.ts';
import { PeerWatch } from './peer-watch.ts';
import { PhoneWatch } from './phone-watch.ts';
import { Relays } from './relays.ts';
import type { Moment, RunPlan, Switches } from './run-plan.ts';

export interface SeedOptions {
  readonly generator?: 1 | 2;
  readonly switches?: Switches;
  /** Planted, to see that it is found. */
  readonly planted?: Partial<PlantOptions>;
}

export interface SeedOutcome {
  readonly seed: number;
  readonly generator: 1 | 2;
  /** Names of the faults that were on. */
  readonly faults: readonly string[];
  /** What was done, and how often. */
  readonly done: ReadonlyMap<string, number>;
  /** What does not hold, by the invariant; none when all is well. */
  readonly broken: readonly { readonly invariant: string; readonly what: readonly string[] }[];
  readonly report: SimulationReport;
  /** Time that passed in the run, and until it was at rest after the faults. */
  readonly virtualMs: number;
  readonly drainMs: number;
}

/** What is told twice is told soon, or by the first rung of the ladder of waits: ten minutes. */
const REST_MS = 200_000;
const STEP_MS = 1_000;
/** Deliveries that the network never answers end by their timers, and with them what they have kept from being taken in. */
const HELD_MS = 60_000;
/** So long the engine waits for an answer of a message centre. */
const RESPONSE_MS = 10_000;
/** Those that the operator has set up in a run with channels. */
const CHANNELS: readonly Channel[] = ['sms', 'e-mail', 'webhook', 'web-push'];
/** As TCAP has it by default. */
const ID_GUARD_MS = 60_000;

export async function runSeed(seed: number, options: SeedOptions = {}): Promise<SeedOutcome> {
  const plan = options.generator === 1 ? firstPlan(seed) : secondPlan(seed, options.switches ?? new Map());
  const simulation = new Simulation(plan, options.planted ?? {});
  try {
    return await simulation.run();
  } catch (error) {
    return simulation.outcome([{ invariant: 'throws nothing', what: [String((error as Error).stack)] }]);
  }
}

/** Messages may be on their way for longer than the network itself takes, or come again. */
function holdsMessages({ delay, slowPeer, cut, lateCalls, duplication }: Faults): boolean {
  return (delay ?? slowPeer ?? cut ?? lateCalls ?? duplication) !== undefined;
}

class Simulation {
  readonly #plan: RunPlan;
  readonly #plant: Plant;
  readonly #conditions = new Conditions();
  readonly #disturbances: Disturbances;
  readonly #blows: Blows;
  readonly #tap: JournalTap;
  readonly #calls = new Calls();
  readonly #bounds: BoundWatch;
  readonly #peers: PeerWatch;
  readonly #phones = new PhoneWatch();
  #relays: Relays | undefined;
  #report: SimulationReport | undefined;
  #drainMs = Infinity;

  constructor(plan: RunPlan, planted: Partial<PlantOptions>) {
    this.#plan = plan;
    const now = (): number => this.#plant.timers.now();
    const { takenAfterMs } = defaultPlan.times;
    const times = {
      ...defaultPlan.times,
      drainMs: Number.MAX_SAFE_INTEGER,
      // What is late may be on its way for as long when the engine dies; and while as many effects are open as may be, what was
      // reported waits in its ring.
      takenAfterMs:
        takenAfterMs +
        (plan.faults.lateCalls?.maxMs ?? 0) +
        (plan.faults.fewOpenEffects === undefined ? 0 : HELD_MS),
      eventLateMs: plan.faults.delay?.maxMs ?? 0,
      callLateMs: plan.faults.lateCalls?.maxMs ?? 0,
      // The P-Abort that tells of a call given up may be late as well, and behind Tssf nobody is told of it.
      abandonKnownMs: plan.faults.lateCalls === undefined ? defaultPlan.times.abandonKnownMs : 0,
    };
    this.#disturbances = new Disturbances(now);
    this.#tap = new JournalTap(plan.shards, () => this.#plant.clock.now());
    this.#peers = new PeerWatch(now, times, this.#disturbances);
    this.#plant = new Plant({ ...this.#plantOptions(times), ...planted });
    this.#bounds = new BoundWatch(this.#plant);
    this.#blows = new Blows(this.#plant, this.#conditions, this.#disturbances, this.#tap, plan.seed);
    let turns = 0;
    this.#plant.onTurn = () => {
      if (++turns % 4 === 0) this.#bounds.look();
      if (turns % 64 === 0) this.#bounds.lookAtRings();
    };
  }

  async run(): Promise<SeedOutcome> {
    const { moments, livingMs, momentsInDrain, calmAfterMs, faults } = this.#plan;
    const plant = this.#plant;
    if (faults.loss ?? faults.delay ?? faults.duplication ?? faults.lateCalls)
      this.#disturbances.begin('fickle');
    if (faults.slowCommits ?? faults.slowRenderer) this.#disturbances.begin('slow');
    await plant.start();
    this.#startApps();
    this.#play(moments, livingMs);
    plant.network.drain();
    this.#tap.takeSnapshot(plant.disks);
    this.#play(momentsInDrain, calmAfterMs);
    this.#conditions.calm = true;
    this.#disturbances.end('fickle', 120_000);
    this.#disturbances.end('slow', 5_000);
    this.#drain();
    this.#report = plant.network.report();
    this.#peers.close();
    const run: Run = {
      plan: this.#plan,
      plant,
      report: this.#report,
      tap: this.#tap,
      fold: foldOf(this.#tap, plant.limits.policy),
      calls: this.#calls,
      bounds: this.#bounds,
      peers: this.#peers,
      phones: this.#phones,
      disturbances: this.#disturbances,
      drainMs: this.#drainMs,
      unrest: plant.unrest(),
    };
    const broken = invariants.flatMap(({ name, broken: of }) => {
      const what = of(run);
      return what.length === 0 ? [] : [{ invariant: name, what: what.slice(0, 8) }];
    });
    if (this.#blows.faults.length > 0)
      broken.push({ invariant: 'a damaged journal is refused', what: this.#blows.faults });
    return this.outcome(broken);
  }

  outcome(broken: SeedOutcome['broken']): SeedOutcome {
    const { seed, generator, faults } = this.#plan;
    this.#report ??= this.#plant.network.report();
    return {
      seed,
      generator,
      faults: Object.keys(faults),
      done: this.#blows.done,
      broken,
      report: this.#report,
      virtualMs: this.#plant.timers.now(),
      drainMs: this.#drainMs,
    };
  }

  #play(moments: readonly Moment[], untilMs: number): void {
    const plant = this.#plant;
    const beganAtMs = plant.timers.now();
    for (const [index, { atMs, turns, blow }] of moments.entries()) {
      plant.run(beganAtMs + atMs - plant.timers.now());
      plant.turns(turns);
      this.#blows.blow(blow);
      if (index === moments.length >> 1) this.#tap.takeSnapshot(plant.disks);
    }
    plant.run(Math.max(0, beganAtMs + untilMs - plant.timers.now()));
  }

  /** Until all is told and nothing is in hand, and a while longer: what is told twice may be told late. */
  #drain(): void {
    const plant = this.#plant;
    const beganAtMs = plant.timers.now();
    const boundMs = drainBoundMs({ plan: this.#plan }) + STEP_MS;
    while (plant.timers.now() - beganAtMs <= boundMs) {
      if (plant.network.drained && plant.unrest() === '') {
        this.#drainMs = plant.timers.now() - beganAtMs;
        break;
      }
      plant.run(STEP_MS);
    }
    plant.run(REST_MS);
    while (plant.unrest() !== '' && plant.timers.now() - beganAtMs <= boundMs + REST_MS) plant.run(STEP_MS);
  }

  #plantOptions(times: typeof defaultPlan.times): PlantOptions {
    const plan = this.#plan;
    const { people, life } = defaultPlan;
    const { faults, seed } = plan;
    const refusing = new SeededRandom(seed + 78);
    const conditions = this.#conditions;
    const fickle = faults.loss ?? faults.duplication ?? faults.delay ?? faults.lateCalls;
    return {
      seed,
      shards: plan.shards,
      commitMs: () => (conditions.calm ? 1 : plan.commitMs()),
      plan: {
        people: {
          ...people,
          count: plan.people,
          ...(faults.rules === undefined ? {} : { ruled: { ...faults.rules, seed: seed + 80 } }),
          ...(faults.channels === undefined
            ? {}
            : { channelled: { fraction: faults.channels.fraction, seed: seed + 82 } }),
          ...(faults.apps === undefined
            ? {}
            : { withApps: { fraction: faults.apps.fraction, seed: seed + 84 } }),
        },
        life: { ...life, ...plan.life },
        times,
        ...(faults.failover === undefined ? {} : { trafficMode: 'loadshare' }),
      },
      ...(faults.failover === undefined ? {} : { associations: 2 }),
      ...(faults.sameAddress === undefined ? {} : { sameAddress: true }),
      ...(faults.slowPeer === undefined ? {} : { queueOctetsMax: faults.slowPeer.queueOctetsMax }),
      ...(faults.idsNearWrap === undefined ? {} : { firstBootEpoch: faults.idsNearWrap.firstBootEpoch }),
      // An id must rest for longer than a message may be on its way: nothing else tells what comes for the one before.
      tcapLimits: {
        transactionIdGuardMs: holdsMessages(faults)
          ? (faults.delay?.maxMs ?? 0) + ID_GUARD_MS
          : (faults.idsNearWrap?.guardMs ?? ID_GUARD_MS),
      },
      inOrder: faults.reordering === undefined,
      store: (shard) => ({
        failure: () => (conditions.fullShard === shard ? new Error('no space left') : undefined),
        onApplied: (window) => this.#tap.applied(shard, window),
        readsInFlight: faults.readsInFlight === true,
      }),
      ...this.#messageCentre(),
      ...this.#channels(),
      ...(fickle === undefined
        ? {}
        : {
            meddleSccp: (sccp, timers) =>
              new FickleSccp(sccp, {
                timers,
                subsystems: faults.lateCalls === undefined ? plan.fateOf : [...plan.fateOf, SUBSYSTEMS.cap],
                fate: (ssn) => (ssn === SUBSYSTEMS.cap ? this.#lateness() : this.#fate()),
                // An answer that does not come, or comes late, may put a notice on a phone once more.
                onMet: () => this.#disturbances.mayRepeat++,
              }),
          }),
      service: (service) => boundedService(ruledService(service, plan), plan),
      ...(faults.tinyBounds === undefined
        ? {}
        : { rings: { divisor: 4_096, octetsMin: faults.tinyBounds.ringOctets } }),
      renderer: (timers, direct) => this.#renderer(timers, direct),
      onNotice: (delivery, { result }) => {
        this.#tap.ended(effectKey(delivery.effect));
        if (result === 'delivered') this.#phones.delivered(delivery);
      },
      onMissed: (call) => this.#calls.add(call),
      trouble: {
        meddleTcap: (_node, tcap) => this.#peers.watch(tcap),
        isStuck: () => this.#isStuck(),
        isGone: (node) => conditions.gone === node,
        refuses: () => conditions.refuses > 0 && randomFraction(refusing) < conditions.refuses,
        engineClock: {
          timesAt: (atMs) => this.#plant.engineClock.timesAt(atMs),
          latestMs: (nowMs) => this.#plant.engineClock.latestMs(nowMs),
        },
        meddleSccp: (node, sccp, timers) =>
          new FickleSccp(sccp, {
            timers,
            subsystems: [node === 'hlr' ? 6 : 8],
            fate: () => {
              return conditions.gone === node ? 'lost' : 0;
            },
            onMet: () => this.#disturbances.mayRepeat++,
          }),
      },
    };
  }

  #channels(): Pick<PlantOptions, 'channels'> {
    const { seed } = this.#plan;
    const { channels, apps } = this.#plan.faults;
    if (channels === undefined && apps === undefined) return {};
    const relays = (faults: NonNullable<typeof channels>) =>
      (this.#relays ??= new Relays({
        faults,
        seed: seed + 83,
        conditions: this.#conditions,
        counters: new CountersMap(),
        timers: this.#plant.timers,
        mailboxes: () => this.#plant.network.mailboxes,
        onUnsure: () => this.#disturbances.mayRepeat++,
        onTaken: (id) => this.#tap.ended(id),
      }));
    return {
      channels: (timers, desk) =>
        desk.open({
          ...(channels === undefined ? {} : relays(channels).outlets(timers, desk)),
          hasInbox: apps !== undefined,
        }),
    };
  }

  #startApps(): void {
    const { seed, faults } = this.#plan;
    if (faults.apps === undefined) return;
    if (!english.ok) throw new Error('the built-in templates are damaged');
    const apps = new Apps({
      seed: seed + 85,
      lookMaxMs: faults.apps.lookMaxMs,
      timers: this.#plant.timers,
      templates: english.files,
      mailboxes: () => this.#plant.network.mailboxes,
      // What is not durable yet has just come.
      placedAtMs: (id) => this.#tap.placedAtMs.get(id) ?? this.#plant.clock.now(),
      isReadForGood: (id) => this.#tap.readIds.has(id),
      desk: () => this.#plant.engine?.commands,
    });
    apps.start(this.#plant.network.people);
  }

  #messageCentre(): Pick<PlantOptions, 'smsc' | 'smscConfig'> {
    const { seed, faults } = this.#plan;
    const { messageCentre, kill, partDeath } = faults;
    if (messageCentre === undefined) return {};
    const random = new SeededRandom(seed + 81);
    const below = (max: number): number => (max <= 1 ? 0 : randomBelow(random, max));
    const happens = (fraction: number): boolean =>
      !this.#conditions.calm && fraction > 0 && randomFraction(random) < fraction;
    const { replaces, cancels, perSecondMax, receipts, receiptIds, validityMs, times, timesInDrain } =
      messageCentre;
    const smsc: SmscBehaviour = {
      ...wellBehaved,
      replaces,
      cancels,
      perSecondMax,
      receipts,
      receiptIds,
      responseMs: () => {
        const responseMs = below(messageCentre.responseMaxMs);
        if (responseMs >= RESPONSE_MS) this.#disturbances.mayRepeat++;
        return responseMs;
      },
      deliveryMs: () => below(messageCentre.deliveryMaxMs),
      refuses: () => (happens(messageCentre.refuses) ? COMMAND_STATUS.ESME_RSYSERR : 0),
      losesResponse: () => {
        const isLost = happens(messageCentre.losesResponse);
        if (isLost) this.#disturbances.mayRepeat++;
        return isLost;
      },
    };
    // Of a replacement whose answer is lost nobody can say which of the two was delivered: an operator whose links are like that
    // leaves replacing to cancelling and submitting.
    const isSure =
      messageCentre.losesResponse + times + timesInDrain === 0 && (kill ?? partDeath) === undefined;
    return { smsc, smscConfig: { validityMs, replaces: replaces && isSure } };
  }

  /** Where a disk is full or slow, what a shard has taken in waits in its ring until it is durable. */
  #isStuck(): boolean {
    const { fullStore, slowCommits } = this.#plan.faults;
    if (fullStore === undefined && slowCommits === undefined) return false;
    const levels = this.#plant.engine?.ringLevels;
    // A sign of life that has come before a kill is heard after it.
    if (levels === undefined) return true;
    return levels.some(({ name, depth }) => name.startsWith('calls-') && depth > 0);
  }

  #lateness(): number {
    return this.#conditions.calm ? 0 : this.#plan.callsLateBy();
  }

  #fate(): ReturnType<RunPlan['fate']> {
    if (this.#conditions.calm) return 0;
    return this.#plan.fate();
  }

  #renderer(timers: Timers, direct: DirectRenderer) {
    const { slowRenderer, failingRenderer } = this.#plan.faults;
    const random = new SeededRandom(this.#plan.seed + 79);
    let failsNow = false;
    let drawnAgainAtMs = 0;
    const fails = (): boolean => {
      if (failingRenderer === undefined || this.#conditions.calm) return false;
      const nowMs = this.#plant.timers.now();
      if (nowMs >= drawnAgainAtMs) {
        failsNow = randomFraction(random) < failingRenderer.fraction;
        drawnAgainAtMs = nowMs + failingRenderer.forMs;
      }
      return failsNow;
    };
    const render = (batch: readonly Notice[]): RenderOutcome => {
      if (fails()) {
        const codes = ['busy', 'crashed', 'timed-out'] as const;
        return { ok: false, code: codes[randomBelow(random, codes.length)]!, detail: 'of the simulation' };
      }
      return { ok: true, ...direct.renderNow(batch) };
    };
    return (batch: readonly Notice[], done: (outcome: RenderOutcome) => void): void => {
      if (slowRenderer === undefined || this.#conditions.calm) return done(render(batch));
      const afterMs = 1 + randomBelow(random, slowRenderer.maxMs);
      timers.start(afterMs, { onTimer: () => done(render(batch)) }, 0, 0);
    };
  }
}

/** The operator's side of the rules. */
function ruledService(service: ServiceOptions, { faults }: RunPlan): ServiceOptions {
  const { withheld: policyOfCalls = 'suppress', asks = false } = faults.rules ?? {};
  const withheld: WithheldPolicy = policyOfCalls === 'count' && asks ? 'ask' : policyOfCalls;
  const { availability } = faults;
  const { apps } = faults;
  const others = faults.channels === undefined ? service.policy.channels : CHANNELS;
  const channels: readonly Channel[] = apps === undefined ? others : [...others, 'inbox'];
  const inbox = { ...service.policy.inbox, ...apps };
  const policy = { ...service.policy, classes: [{ ...defaultServiceClass, withheld }], channels, inbox };
  return { ...service, policy, availability };
}

function boundedService(service: ServiceOptions, { faults }: RunPlan): ServiceOptions {
  const { tinyBounds, fewOpenEffects } = faults;
  const shardLimits = { ...service.shardLimits, ...fewOpenEffects };
  if (tinyBounds === undefined) return { ...service, shardLimits };
  const { windowEventsMax, actorWritesMax, actorsMax, deliveriesMax, callsMax, waitingMax } = tinyBounds;
  const { journalWindowsKept, openWindowsMax } = tinyBounds;
  return {
    ...service,
    deliveriesMax,
    cap: { ...service.cap, callsMax },
    shardLimits: {
      ...shardLimits,
      windowEventsMax,
      actorWritesMax,
      actorsMax,
      waitingMax,
      journalWindowsKept,
      openWindowsMax,
      readMax: 16,
    },
    notifierLimits: { ...service.notifierLimits, batchMax: 4, batchesMax: 2, waitingMax },
  };
}
