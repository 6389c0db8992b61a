/**
 * One seeded run: the whole engine and the whole network in one thread, on virtual time, with kills of the engine at
 * random moments; at the end everybody has been told what was due.
 */
import { defaultPlan } from '../../src/simulator/plan.ts';
import { isClean, type SimulationReport } from '../../src/simulator/report.ts';
import { randomBelow, SeededRandom } from '../../src/types/random.ts';
import { Plant } from '../simulator/plant.ts';

export interface SeedOutcome {
  readonly seed: number;
  readonly kills: number;
  readonly clean: boolean;
  readonly report: SimulationReport;
  /** Time that passed in the run. */
  readonly virtualMs: number;
}

export async function runSeed(seed: number): Promise<SeedOutcome> {
  const random = new SeededRandom(seed * 7 + 3);
  const kills = randomBelow(random, 5);
  const livingMs = 4_000 + randomBelow(random, 8_000);
  const plant = new Plant({
    seed,
    commitMs: () => 1 + randomBelow(random, 6),
    plan: {
      people: { ...defaultPlan.people, count: 20 + randomBelow(random, 60) },
      life: { ...defaultPlan.life, callsPerSecond: 5 + randomBelow(random, 40) },
    },
  });
  await plant.start();
  for (let kill = 0; kill < kills; kill++) {
    plant.run(1 + randomBelow(random, Math.ceil(livingMs / kills)));
    // Of the commits under way the first ones may have reached the disk.
    plant.killEngine(randomBelow(random, 3));
    plant.run(randomBelow(random, 2_000));
    plant.startEngine();
  }
  plant.run(livingMs);
  plant.drain();
  const report = plant.network.report();
  return { seed, kills, clean: isClean(report) && report.drained, report, virtualMs: plant.timers.now() };
}
