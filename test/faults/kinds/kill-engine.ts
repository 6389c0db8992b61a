/** SIGKILL of the engine at random moments, over and over, under load. */
import { setTimeout as sleep } from 'node:timers/promises';
import { randomBelow } from '../../../src/types/random.ts';
import { type Distribution, distributionOf } from '../check.ts';
import type { Fault, FaultContext, FaultOutcome } from '../fault.ts';
import { type FaultPlant, onPlant } from '../fault-plant.ts';
import { deathOf, REPEAT_WINDOW_MS } from '../judgement.ts';
import { sinceEpochMs } from '../network-messages.ts';

/** From one start to the next kill. */
const LIFE_MIN_MS = 100;
const LIFE_SPAN_MS = 1_400;
/** One kill in so many meets a life that has not come as far as the network yet. */
const EARLY_ONE_IN = 6;
const EARLY_SPAN_MS = 1_200;
const SAY_EVERY = 50;
/** So that the epoch of transaction ids wraps among the first kills: a start of the process counts twice, itself and its signalling. */
const STARTS_BEFORE = 123;

interface Kill {
  readonly atMs: number;
  /** Calls that went on, and missed calls whose report was not proven, just before. */
  readonly callsInFlight: number;
}

async function run({ seed, cycles, say }: FaultContext): Promise<FaultOutcome> {
  const kills: Kill[] = [];
  const startedMs: number[] = [];
  const options = {
    seed,
    callsPerSecond: 60,
    page: false,
    startsBefore: STARTS_BEFORE,
    callsToldMin: 2 * cycles,
  } as const;
  const { checks, plant } = await onPlant(options, async (plant) => {
    for (let cycle = 0; cycle < cycles; cycle++) {
      await sleep(LIFE_MIN_MS + randomBelow(plant.random, LIFE_SPAN_MS));
      const { openCalls, unsettled } = await plant.network.progress();
      const atMs = sinceEpochMs();
      kills.push({ atMs, callsInFlight: openCalls + unsettled });
      const isEarly = cycle + 1 < cycles && randomBelow(plant.random, EARLY_ONE_IN) === 0;
      if (isEarly) {
        cycle++;
        kills.push({ atMs, callsInFlight: openCalls + unsettled });
      }
      await plant.killEngine(isEarly ? [randomBelow(plant.random, EARLY_SPAN_MS)] : []);
      startedMs.push(sinceEpochMs() - atMs);
      if ((cycle + 1) % SAY_EVERY === 0) say(`${cycle + 1} kills`);
    }
    return [];
  });
  return { checks, figures: figuresOf(plant, kills, startedMs) };
}

function figuresOf(plant: FaultPlant, kills: readonly Kill[], startedMs: readonly number[]) {
  const { testimony } = plant.verdict!;
  const inFlight = kills.map(() => 0);
  const begunWhileAway = kills.map(() => 0);
  for (const { startedAtMs, settledAtMs } of testimony.unacknowledged) {
    const met = kills.findIndex(({ atMs }) => atMs >= startedAtMs && atMs <= settledAtMs);
    const before = kills.findLastIndex(({ atMs }) => atMs <= settledAtMs);
    if (met >= 0) inFlight[met]!++;
    else if (before >= 0) begunWhileAway[before]!++;
  }
  const repeated = kills.map(() => 0);
  for (const repetition of testimony.repetitions) {
    const death = deathOf(repetition, plant.deaths);
    const kill = kills.findLastIndex(({ atMs }) => death !== undefined && atMs <= death);
    if (kill >= 0) repeated[kill]!++;
  }
  const arrivals = kills.map(
    ({ atMs }) =>
      testimony.deliveredAtMs.filter((one) => one <= atMs && one > atMs - REPEAT_WINDOW_MS).length,
  );
  const ages = testimony.repetitions.flatMap((repetition) => {
    const death = deathOf(repetition, plant.deaths);
    return death === undefined ? [] : [Math.round(death - repetition.beforeAtMs)];
  });
  const of = (values: readonly number[]): Distribution => distributionOf(values);
  return {
    kills: kills.length,
    repeatedPerKill: of(repeated),
    arrivedInTheSecondBeforeKill: of(arrivals),
    ageOfWhatWasRepeatedMs: of(ages),
    inFlightAndUnacknowledgedPerKill: of(inFlight),
    begunWhileAwayAndUnacknowledgedPerKill: of(begunWhileAway),
    callsInFlightAtKill: of(kills.map(({ callsInFlight }) => callsInFlight)),
    downMs: of(startedMs.map(Math.round)),
  };
}

export const killEngine: Fault = {
  name: 'kill-engine',
  title: 'the engine is killed under load and started again: nothing lost, doubled or wrong',
  cycles: 5,
  run,
};
