/** The network is killed, and either process is stopped for seconds (SIGSTOP) and goes on. */
import { setTimeout as sleep } from 'node:timers/promises';
import { randomBelow } from '../../../src/types/random.ts';
import { type Check, check } from '../check.ts';
import type { Fault, FaultContext, FaultOutcome } from '../fault.ts';
import { type FaultPlant, onPlant, STANDSTILLS } from '../fault-plant.ts';

const LIFE_MIN_MS = 1_500;
const LIFE_SPAN_MS = 1_500;
const STOP_MIN_MS = 1_000;
const STOP_SPAN_MS = 3_000;
/** Longer than a thread may stand still before it is given up (`stallMs`). */
const STOP_LONG_MS = 12_000;

async function killNetwork({ seed, cycles, say }: FaultContext): Promise<FaultOutcome> {
  const options = { seed, judgeOutlives: true, callsToldMin: 10 * cycles } as const;
  const inFlight: number[] = [];
  const { checks } = await onPlant(options, async (plant) => {
    for (let cycle = 0; cycle < cycles; cycle++) {
      await sleep(LIFE_MIN_MS + randomBelow(plant.random, LIFE_SPAN_MS));
      const { openCalls, unsettled } = await plant.network.progress();
      inFlight.push(openCalls + unsettled);
      await plant.killNetwork();
      if ((cycle + 1) % 10 === 0) say(`${cycle + 1} kills`);
    }
    await sleep(LIFE_MIN_MS);
    return [];
  });
  return { checks, figures: { callsInFlightAtKill: inFlight } };
}

/** The process stands still; until the association carries traffic again. */
export async function stopFor(
  plant: FaultPlant,
  who: { readonly child: { kill(signal: NodeJS.Signals): boolean } },
  forMs: number,
): Promise<void> {
  await plant.down(async () => {
    // What was on its way when the association is given up over it may be sent again.
    plant.died();
    who.child.kill('SIGSTOP');
    await sleep(forMs);
    who.child.kill('SIGCONT');
    plant.died();
    await sleep(1_000);
    await plant.ready();
  });
}

async function threadsDied(plant: FaultPlant): Promise<Check> {
  const metrics = await plant.engine.metrics();
  const restarts = metrics.get('callwake_thread_restarts_total') ?? [];
  const sum = restarts.reduce((total, [, count]) => total + count, 0);
  return check('load', 'threads given up and started again', sum, sum === 0);
}

function stops(who: 'engine' | 'network', forMs?: number) {
  return async ({ seed, cycles }: FaultContext): Promise<FaultOutcome> => {
    const { checks } = await onPlant({ seed, times: STANDSTILLS }, async (plant) => {
      for (let cycle = 0; cycle < cycles; cycle++) {
        await sleep(LIFE_MIN_MS + randomBelow(plant.random, LIFE_SPAN_MS));
        await stopFor(plant, plant[who], forMs ?? STOP_MIN_MS + randomBelow(plant.random, STOP_SPAN_MS));
      }
      await sleep(LIFE_MIN_MS);
      return [await threadsDied(plant)];
    });
    return { checks };
  };
}

export const processFaults: readonly Fault[] = [
  {
    name: 'kill-network',
    title: 'the network is killed and started again: what its judge heard before still holds',
    cycles: 3,
    run: killNetwork,
  },
  {
    name: 'stop-engine',
    title: 'SIGSTOP of the engine for seconds, and SIGCONT',
    cycles: 2,
    run: stops('engine'),
  },
  {
    name: 'stop-engine-long',
    title: 'SIGSTOP of the engine for longer than a thread may stand still: no thread is given up for it',
    cycles: 1,
    run: stops('engine', STOP_LONG_MS),
  },
  {
    name: 'stop-network',
    title: 'SIGSTOP of the network for seconds, and SIGCONT',
    cycles: 2,
    run: stops('network'),
  },
];
