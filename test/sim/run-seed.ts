/**
 * One seeded run: the whole engine and the whole network in one thread, on virtual time, in the weather that the seed
 * makes; at the end everybody has been told what was due, and the engine is at rest.
 */
import { SUBSYSTEMS } from '../../src/engine/signalling/signalling.ts';
import { defaultPlan } from '../../src/simulator/plan.ts';
import { isClean, type SimulationReport } from '../../src/simulator/report.ts';
import { randomBelow, randomFraction, SeededRandom } from '../../src/types/random.ts';
import { Plant, type PlantOptions } from '../simulator/plant.ts';
import { LossySccp } from './lossy-sccp.ts';
import { type Gust, weatherOf } from './weather.ts';

export interface SeedOutcome {
  readonly seed: number;
  readonly kills: number;
  readonly clean: boolean;
  /** What the engine still had in hand when all was over; nothing when empty. */
  readonly unrest: string;
  readonly report: SimulationReport;
  /** Time that passed in the run. */
  readonly virtualMs: number;
}

/** What was lost on the way is found out and tried again within this. */
const DRAIN_MAX_MS = 3_600_000;
/** What was lost at last is tried again when nothing is lost any more. */
const LOSS_IN_DRAIN_MS = 120_000;
/** Longer than a try and its answer, and than a call is watched of which nothing is heard any more. */
const REST_MS = 300_000;

/** @param fault planted, to see that it is found */
export async function runSeed(seed: number, fault: Partial<PlantOptions> = {}): Promise<SeedOutcome> {
  const random = new SeededRandom(seed * 7 + 3);
  const weather = weatherOf(random);
  const { people, life, times } = defaultPlan;
  let lossUntilMs = Infinity;
  const loses = () => plant.timers.now() < lossUntilMs && randomFraction(random) < weather.loss;
  const plant: Plant = new Plant({
    seed,
    shards: weather.shards,
    commitMs: () => 1 + randomBelow(random, weather.commitMaxMs),
    plan: {
      people: { ...people, count: weather.people },
      life: { ...life, ...weather.life },
      times: { ...times, drainMs: DRAIN_MAX_MS },
    },
    ...(weather.loss === 0
      ? {}
      : {
          meddleSccp: (sccp) => new LossySccp(sccp, SUBSYSTEMS.serviceCentre, loses),
        }),
    ...fault,
  });
  await plant.start();
  for (const gust of weather.gusts) blow(plant, gust);
  plant.run(weather.livingMs);
  plant.network.drain();
  lossUntilMs = plant.timers.now() + LOSS_IN_DRAIN_MS;
  for (const gust of weather.gustsInDrain) blow(plant, gust);
  plant.drain();
  plant.run(REST_MS);
  const report = plant.network.report();
  const unrest = plant.unrest();
  const kills = [...weather.gusts, ...weather.gustsInDrain].filter(
    (gust) => gust.blow.kind === 'kill',
  ).length;
  const clean = isClean(report) && report.drained && unrest === '';
  return { seed, kills, clean, unrest, report, virtualMs: plant.timers.now() };
}

function blow(plant: Plant, { afterMs, turns, blow }: Gust): void {
  plant.run(afterMs);
  plant.turns(turns);
  switch (blow.kind) {
    case 'kill':
      plant.killEngine(blow.survive);
      plant.run(blow.outMs);
      plant.startEngine();
      return;
    case 'lose-association':
      return plant.loseAssociation();
    case 'cut':
      plant.cut();
      plant.run(blow.outMs);
      return plant.heal();
    default:
      blow satisfies never;
  }
}
