/**
 * The second generator of runs: most of them small, a few large; each fault on or off for itself, and each drawn from
 * numbers of its own, so that switching one off leaves all others as they were.
 */
import { SUBSYSTEMS } from '../../src/engine/signalling/signalling.ts';
import type { LifePlan } from '../../src/simulator/plan.ts';
import { randomBelow, randomFraction, SeededRandom } from '../../src/types/random.ts';
import { type FaultName, type Faults, faultNames, type Moments } from './faults.ts';
import type { Blow, Moment, RunPlan, Switches } from './run-plan.ts';

/** A run whose faults end by themselves later than the drain begins. */
const CALM_AFTER_MS = 60_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** Moments in the drain come within this. */
const DRAIN_MOMENTS_MS = 4_000;

class Dice {
  readonly #random: SeededRandom;

  constructor(seed: number, salt: number) {
    this.#random = new SeededRandom((Math.imul(seed ^ (seed / 2 ** 32), 0x9e3779b1) >>> 0) + salt * 2 ** 21);
    // Neighbouring seeds begin alike.
    for (let draw = 0; draw < 4; draw++) this.#random.uint32();
  }

  below(count: number): number {
    return randomBelow(this.#random, count);
  }

  oneIn(count: number): boolean {
    return this.below(count) === 0;
  }

  fraction(): number {
    return randomFraction(this.#random);
  }

  between(min: number, max: number): number {
    return min + this.below(max - min + 1);
  }

  oneOf<T>(things: readonly T[]): T {
    return things[this.below(things.length)]!;
  }

  /** Short ones as often as long ones ten times as long. */
  spread(minMs: number, maxMs: number): number {
    return Math.round(minMs * (maxMs / minMs) ** this.fraction());
  }
}

/** How many runs have it: one in so many. */
const ONE_IN: { readonly [K in FaultName]: number } = {
  kill: 2,
  damagedJournal: 4,
  partDeath: 3,
  sameAddress: 3,
  loseAssociation: 5,
  failover: 6,
  cut: 6,
  slowPeer: 8,
  reordering: 2,
  loss: 6,
  duplication: 8,
  delay: 8,
  lateCalls: 8,
  slowCommits: 6,
  fullStore: 7,
  readsInFlight: 3,
  clockSteps: 8,
  gone: 12,
  slowRenderer: 8,
  failingRenderer: 8,
  hotSubscriber: 10,
  alertStorm: 8,
  tinyBounds: 6,
  fewOpenEffects: 6,
  idsNearWrap: 6,
  rules: 2,
  messageCentre: 4,
  channels: 4,
  apps: 4,
  availability: 3,
};

function moments(dice: Dice, timesMax: number): Moments {
  const timesInDrain = dice.oneIn(3) ? dice.between(1, 2) : 0;
  return { times: dice.between(timesInDrain > 0 ? 0 : 1, timesMax), timesInDrain };
}

const draw: { readonly [K in FaultName]: (dice: Dice) => NonNullable<Faults[K]> } = {
  kill: (dice) => ({
    ...moments(dice, 5),
    outMaxMs: dice.oneIn(4) ? 15_000 : 2_000,
    surviveMax: 2,
    seen: !dice.oneIn(3),
  }),
  damagedJournal: (dice) => ({ torn: dice.oneIn(2) }),
  partDeath: (dice) => ({ ...moments(dice, 4), surviveMax: 2 }),
  sameAddress: () => true,
  loseAssociation: (dice) => moments(dice, 3),
  failover: (dice) => moments(dice, 3),
  cut: (dice) => ({ ...moments(dice, 3), forMaxMs: 800 }),
  slowPeer: (dice) => ({ ...moments(dice, 3), forMaxMs: 800, queueOctetsMax: dice.spread(1_000, 20_000) }),
  reordering: () => true,
  loss: (dice) => ({ fraction: dice.oneOf([0.01, 0.05, 0.2]) }),
  duplication: (dice) => ({ fraction: dice.oneOf([0.01, 0.05, 0.2]) }),
  delay: (dice) => ({ fraction: dice.oneOf([0.02, 0.1, 0.5]), maxMs: dice.spread(5, 100_000) }),
  lateCalls: (dice) => ({ fraction: dice.oneOf([0.1, 0.5, 1]), maxMs: dice.spread(10, 2_000) }),
  slowCommits: (dice) => ({ maxMs: dice.spread(30, 1_500) }),
  fullStore: (dice) => ({ ...moments(dice, 2), forMaxMs: dice.spread(100, 20_000) }),
  readsInFlight: () => true,
  clockSteps: (dice) => ({ ...moments(dice, 3), stepMaxMs: dice.spread(1_000, HOUR_MS) }),
  gone: (dice) => ({
    node: dice.oneOf(['hlr', 'msc']),
    afterMs: dice.below(4_000),
    forMs: dice.spread(1_000, HOUR_MS),
    refuses: dice.oneOf([0, 0.3, 0.9]),
    refusesForMs: dice.spread(1_000, 10 * MINUTE_MS),
  }),
  slowRenderer: (dice) => ({ maxMs: dice.spread(10, 3_000) }),
  failingRenderer: (dice) => ({ fraction: dice.oneOf([0.05, 0.3]), forMs: dice.spread(300, 5_000) }),
  hotSubscriber: (dice) => ({ share: dice.oneOf([0.5, 0.9]), callsPerSecond: dice.between(40, 120) }),
  alertStorm: (dice) => ({ times: dice.between(1, 2), timesInDrain: 0, awayMaxMs: 3_000 }),
  tinyBounds: (dice) => ({
    ringOctets: dice.oneOf([8_192, 16_384]),
    windowEventsMax: dice.between(1, 8),
    actorWritesMax: dice.between(1, 6),
    actorsMax: dice.between(0, 10),
    deliveriesMax: dice.between(1, 5),
    callsMax: dice.between(3, 20),
    waitingMax: dice.between(1, 20),
    journalWindowsKept: dice.between(0, 50),
    openWindowsMax: dice.between(1, 20),
  }),
  fewOpenEffects: (dice) => ({ openEffectsMax: dice.between(2, 16) }),
  rules: (dice) => ({
    fraction: dice.oneOf([0.3, 0.8]),
    withheld: dice.oneOf(['suppress', 'suppress', 'count']),
    priority: dice.oneIn(3),
    forwarding: dice.oneIn(4),
    asks: dice.oneIn(2),
  }),
  messageCentre: (dice) => ({
    ...moments(dice, 3),
    replaces: dice.oneIn(2),
    cancels: !dice.oneIn(4),
    perSecondMax: dice.oneOf([0, 0, 1, 3]),
    responseMaxMs: dice.spread(1, 12_000),
    deliveryMaxMs: dice.spread(1, 5_000),
    refuses: dice.oneOf([0, 0, 0.05, 0.2]),
    losesResponse: dice.oneOf([0, 0, 0.02, 0.2]),
    receipts: dice.oneOf(['text', 'tlv', 'both']),
    receiptIds: dice.oneOf(['same', 'decimal']),
    validityMs: dice.oneOf([5_000, 60_000, HOUR_MS]),
  }),
  channels: (dice) => ({
    fraction: dice.oneOf([0.3, 0.8]),
    down: dice.oneOf([0, 0.1, 0.5]),
    downForMs: dice.spread(300, 20_000),
    refuses: dice.oneOf([0, 0, 0.1, 0.5]),
    busy: dice.oneOf([0, 0, 0.1, 0.5]),
    losesAnswer: dice.oneOf([0, 0, 0.05, 0.3]),
    answerMaxMs: dice.spread(1, 3_000),
    waitingMax: dice.oneOf([1, 2, 5, 1_000, 1_000]),
  }),
  apps: (dice) => ({
    fraction: dice.oneOf([0.3, 0.8]),
    lookMaxMs: dice.spread(500, 60_000),
    unreadMs: dice.spread(2_000, 60_000),
    entriesMax: dice.oneOf([3, 20]),
  }),
  availability: (dice) => ({
    interrogationsPerSecond: dice.oneOf([0, 1, 5, 50]),
    noticesPerSecondAndNode: dice.oneOf([0, 20, 100]),
    waitForAlertMs: dice.oneOf([0, 500]),
  }),
  idsNearWrap: (dice) => ({ firstBootEpoch: dice.between(124, 127), guardMs: dice.oneOf([0, 1_000]) }),
};

/** By its name: a fault that is added to the model leaves the numbers of all others as they were. */
function saltOf(name: string): number {
  let salt = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) salt = Math.imul(salt ^ name.charCodeAt(at), 0x01000193);
  return salt >>> 0;
}

function faultsOf(seed: number, switches: Switches): Faults {
  const faults: Record<string, unknown> = {};
  for (const name of faultNames) {
    const dice = new Dice(seed, saltOf(name));
    const drawn = dice.oneIn(ONE_IN[name]);
    if (switches.get(name) ?? drawn) faults[name] = draw[name](dice);
  }
  return faults;
}

export function secondPlan(seed: number, switches: Switches): RunPlan {
  const dice = new Dice(seed, 101);
  const faults = faultsOf(seed, switches);
  const large = dice.oneIn(40);
  const livingMs = large ? dice.between(8_000, 15_000) : dice.between(1_500, 5_000);
  const people = large ? dice.between(40, 80) : dice.oneIn(3) ? dice.between(3, 6) : dice.between(5, 18);
  const { hotSubscriber, gone } = faults;
  const life: Partial<LifePlan> = {
    callsPerSecond: large ? dice.between(10, 40) : dice.between(2, 12),
    onMs: dice.between(1_500, 10_000),
    offMs: dice.between(1_200, 6_000),
    busyForShortMessage: dice.oneIn(3) ? 0.1 : 0.01,
    memoryFull: dice.oneIn(3) ? 0.2 : 0.04,
    ...(hotSubscriber === undefined
      ? {}
      : { callsPerSecond: hotSubscriber.callsPerSecond, toOnePerson: hotSubscriber.share }),
  };
  const shards = dice.oneOf([1, 1, 2, 2, 3, 4]);
  const living = momentsOf(seed, faults, 'times', livingMs, shards);
  const inDrain = momentsOf(seed, faults, 'timesInDrain', DRAIN_MOMENTS_MS, shards);
  if (gone !== undefined) {
    const { node, afterMs, forMs, refuses, refusesForMs } = gone;
    const at = (atMs: number, blow: Blow) => {
      const late = atMs > livingMs;
      (late ? inDrain : living).push({ atMs: late ? atMs - livingMs : atMs, turns: 0, blow });
    };
    at(afterMs, { kind: 'node-gone', node });
    at(afterMs + forMs, { kind: 'node-back', node, refuses });
    at(afterMs + forMs + refusesForMs, { kind: 'node-well' });
  }
  const inOrder = (a: Moment, b: Moment) => a.atMs - b.atMs;
  living.sort(inOrder);
  inDrain.sort(inOrder);
  const { slowCommits } = faults;
  const commitDice = new Dice(seed, 102);
  return {
    seed,
    generator: 2,
    faults,
    shards,
    people,
    life,
    moments: living,
    livingMs: Math.max(livingMs, ...living.map(({ atMs }) => atMs)),
    momentsInDrain: inDrain,
    calmAfterMs: Math.max(CALM_AFTER_MS, ...inDrain.map(({ atMs }) => atMs)),
    commitMs: () => 1 + commitDice.below(slowCommits?.maxMs ?? 6),
    fate: fateFrom(seed, faults),
    fateOf: [SUBSYSTEMS.serviceCentre, SUBSYSTEMS.gsmScf],
    callsLateBy: latenessFrom(seed, faults),
  };
}

function fateFrom(seed: number, { loss, duplication, delay }: Faults): RunPlan['fate'] {
  const [losing, doubling, delaying] = [103, 104, 105].map((salt) => new Dice(seed, salt));
  return () => {
    if (loss !== undefined && losing!.fraction() < loss.fraction) return 'lost';
    if (duplication !== undefined && doubling!.fraction() < duplication.fraction) return 'twice';
    if (delay !== undefined && delaying!.fraction() < delay.fraction) return 1 + delaying!.below(delay.maxMs);
    return 0;
  };
}

function latenessFrom(seed: number, { lateCalls }: Faults): RunPlan['callsLateBy'] {
  const dice = new Dice(seed, 106);
  if (lateCalls === undefined) return () => 0;
  return () => (dice.fraction() < lateCalls.fraction ? 1 + dice.below(lateCalls.maxMs) : 0);
}

function momentsOf(
  seed: number,
  faults: Faults,
  when: keyof Moments,
  withinMs: number,
  shards: number,
): Moment[] {
  const made: Moment[] = [];
  /** Each fault has its own numbers here too. */
  const each = (
    name: FaultName,
    fault: Moments | undefined,
    blows: (dice: Dice) => readonly [Blow, (readonly [afterMs: number, Blow])?],
  ) => {
    const dice = new Dice(seed, saltOf(`${name} ${when}`));
    for (let count = fault?.[when] ?? 0; count > 0; count--) {
      const atMs = 1 + dice.below(withinMs);
      const turns = dice.oneIn(2) ? 0 : dice.below(12);
      const [blow, then] = blows(dice);
      made.push({ atMs, turns, blow });
      if (then !== undefined) made.push({ atMs: atMs + then[0], turns: 0, blow: then[1] });
    }
  };
  const { kill, damagedJournal, partDeath, loseAssociation, failover, cut, slowPeer } = faults;
  const { fullStore, clockSteps, alertStorm, messageCentre } = faults;
  const damage = damagedJournal === undefined ? undefined : damagedJournal.torn ? 'torn' : 'missing';
  each('kill', kill, (dice) => [
    { kind: 'kill', survive: dice.below((kill?.surviveMax ?? 0) + 1), seen: kill?.seen ?? true },
    [dice.below(kill?.outMaxMs ?? 1), { kind: 'start', ...(damage === undefined ? {} : { damage }) }],
  ]);
  each('partDeath', partDeath, (dice) => [
    {
      kind: 'kill-part',
      part: dice.below(2 + shards),
      survive: dice.below((partDeath?.surviveMax ?? 0) + 1),
    },
  ]);
  each('loseAssociation', loseAssociation, () => [{ kind: 'lose-association' }]);
  each('failover', failover, (dice) => [{ kind: 'lose-association', index: dice.below(2) }]);
  each('cut', cut, (dice) => [{ kind: 'cut' }, [1 + dice.below(cut?.forMaxMs ?? 1), { kind: 'heal' }]]);
  each('slowPeer', slowPeer, (dice) => [
    { kind: 'stop-taking' },
    [1 + dice.below(slowPeer?.forMaxMs ?? 1), { kind: 'go-on-taking' }],
  ]);
  each('fullStore', fullStore, (dice) => [
    { kind: 'fill-store', shard: dice.below(shards) },
    [1 + dice.below(fullStore?.forMaxMs ?? 1), { kind: 'free-store' }],
  ]);
  each('clockSteps', clockSteps, (dice) => {
    const max = clockSteps?.stepMaxMs ?? 0;
    return [{ kind: 'step-clock', byMs: dice.between(-max, max) }];
  });
  each('messageCentre', messageCentre, () => [{ kind: 'lose-links' }]);
  each('alertStorm', alertStorm, (dice) => [
    { kind: 'everybody-leaves' },
    [1 + dice.below(alertStorm?.awayMaxMs ?? 1), { kind: 'everybody-returns' }],
  ]);
  return made;
}
