/** The first generator of runs, as it was: kept seeds that it made go on meaning what they meant. */
import { SUBSYSTEMS } from '../../src/engine/signalling/signalling.ts';
import type { LifePlan } from '../../src/simulator/plan.ts';
import { type Random, randomBelow, randomFraction, SeededRandom } from '../../src/types/random.ts';
import type { Moment, RunPlan } from './run-plan.ts';

/** What happens to the engine at a moment of the run. */
type Gusty =
  /** Its process is killed; another one starts after `outMs`. Of its last commits `survive` are on the disk all the same. */
  | { readonly kind: 'kill'; readonly outMs: number; readonly survive: number }
  /** The association is lost on both sides; what was under way on it is gone. */
  | { readonly kind: 'lose-association' }
  /** Nothing passes for `outMs`, and everything afterwards. */
  | { readonly kind: 'cut'; readonly outMs: number };

interface Gust {
  /** Since the one before. */
  readonly afterMs: number;
  /** …and so many things of that millisecond happen before it. */
  readonly turns: number;
  readonly blow: Gusty;
}

interface Weather {
  readonly shards: number;
  readonly people: number;
  readonly life: Pick<LifePlan, 'callsPerSecond' | 'onMs' | 'offMs' | 'busyForShortMessage' | 'memoryFull'>;
  /** How long people go on calling after the last gust. */
  readonly livingMs: number;
  /** A commit takes 1 … so many ms. */
  readonly commitMaxMs: number;
  /** While people live, and while everybody is back and has to be told. */
  readonly gusts: readonly Gust[];
  readonly gustsInDrain: readonly Gust[];
  /** Of the messages between the service centre, HLR and MSC: the fraction that SCCP loses, as class 0 may. */
  readonly loss: number;
}

/** M3UA's traffic is not proven by what was sent before a cut: shorter than `takenAfterMs` of the plan. */
const CUT_MAX_MS = 800;
const OUT_MAX_MS = 2_000;
/** What was lost at last is tried again when nothing is lost any more. */
const LOSS_IN_DRAIN_MS = 120_000;

function weatherOf(random: Random): Weather {
  const below = (count: number) => randomBelow(random, count);
  const oneIn = (count: number) => below(count) === 0;
  const livingMs = 2_000 + below(6_000);
  const gust = (withinMs: number): Gust => {
    const dice = below(10);
    return {
      afterMs: 1 + below(withinMs),
      turns: oneIn(2) ? 0 : below(12),
      blow:
        dice < 7
          ? { kind: 'kill', outMs: below(OUT_MAX_MS), survive: below(3) }
          : dice < 9
            ? { kind: 'lose-association' }
            : { kind: 'cut', outMs: 1 + below(CUT_MAX_MS) },
    };
  };
  const gusts = below(6);
  const people = oneIn(5) ? 4 + below(8) : 12 + below(60);
  return {
    shards: 1 + below(4),
    people,
    life: {
      callsPerSecond: 2 + below(oneIn(4) ? 60 : 25),
      onMs: 2_000 + below(15_000),
      offMs: 1_200 + below(8_000),
      busyForShortMessage: oneIn(3) ? 0.1 : 0.01,
      memoryFull: oneIn(3) ? 0.2 : 0.04,
    },
    livingMs,
    commitMaxMs: oneIn(3) ? 30 : 6,
    gusts: Array.from({ length: gusts }, () => gust(Math.ceil(livingMs / gusts))),
    gustsInDrain: oneIn(3) ? Array.from({ length: 1 + below(2) }, () => gust(2_000)) : [],
    loss: oneIn(4) ? 0.05 : 0,
  };
}

export function firstPlan(seed: number): RunPlan {
  const random = new SeededRandom(seed * 7 + 3);
  const weather = weatherOf(random);
  const living = timeline(weather.gusts);
  const inDrain = timeline(weather.gustsInDrain);
  return {
    seed,
    generator: 1,
    faults: {
      reordering: true,
      ...(weather.loss === 0 ? {} : { loss: { fraction: weather.loss } }),
    },
    shards: weather.shards,
    people: weather.people,
    life: weather.life,
    moments: living.moments,
    livingMs: living.endMs + weather.livingMs,
    momentsInDrain: inDrain.moments,
    calmAfterMs: LOSS_IN_DRAIN_MS,
    commitMs: () => 1 + randomBelow(random, weather.commitMaxMs),
    fate: () => (randomFraction(random) < weather.loss ? 'lost' : 0),
    fateOf: weather.loss === 0 ? [] : [SUBSYSTEMS.serviceCentre],
    callsLateBy: () => 0,
  };
}

/** Each gust comes when the one before it is over. */
function timeline(gusts: readonly Gust[]): { moments: Moment[]; endMs: number } {
  const moments: Moment[] = [];
  let atMs = 0;
  for (const { afterMs, turns, blow } of gusts) {
    atMs += afterMs;
    const then = (forMs: number, over: Moment['blow']) => {
      atMs += forMs;
      moments.push({ atMs, turns: 0, blow: over });
    };
    if (blow.kind === 'kill') {
      moments.push({ atMs, turns, blow: { kind: 'kill', survive: blow.survive, seen: true } });
      then(blow.outMs, { kind: 'start' });
    } else if (blow.kind === 'cut') {
      moments.push({ atMs, turns, blow: { kind: 'cut' } });
      then(blow.outMs, { kind: 'heal' });
    } else moments.push({ atMs, turns, blow: { kind: 'lose-association' } });
  }
  return { moments, endMs: atMs };
}
