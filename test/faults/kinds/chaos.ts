/** Several faults, one upon the other, as a seed has it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { randomBelow } from '../../../src/types/random.ts';
import { CALM } from '../../support/udp-wire.ts';
import type { Fault, FaultContext, FaultOutcome } from '../fault.ts';
import { type FaultPlant, onPlant, STANDSTILLS } from '../fault-plant.ts';
import { blocks, EATS_MEMORY, EXITS, hurt, THREADS, THROWS } from '../hurt-thread.ts';
import { sinceEpochMs } from '../network-messages.ts';
import { stopFor } from './processes.ts';
import { slowDown } from './slow.ts';
import { killThread } from './threads.ts';
import { abort, cutFor, STORM, wireOf } from './wire.ts';

const PAUSE_SPAN_MS = 2_000;
const DEFAULT_MS = 60_000;
const OLD_SPACE_MB = 96;
/** RTO.Max of SCTP is 4 s, and several faults may come upon each other before what they have lost was sent again. */
const ANSWERS_LATE_MS = 12_000;

type Blow = (plant: FaultPlant) => Promise<void>;

const threadOf = (plant: FaultPlant): string => THREADS[randomBelow(plant.random, THREADS.length)]!;

/** A kill of the engine is told apart: none of the others goes over it. */
const BLOWS: Readonly<Record<string, Blow>> = {
  'kill-engine': (plant) => plant.killEngine(),
  'thread-exits': (plant) => killThread(plant, threadOf(plant), EXITS),
  'thread-throws': (plant) => killThread(plant, THREADS[randomBelow(plant.random, 3)]!, THROWS),
  'thread-out-of-memory': (plant) => killThread(plant, threadOf(plant), EATS_MEMORY),
  'thread-blocked': (plant) =>
    plant.down(async () => {
      const thread = threadOf(plant);
      await hurt(plant.engine.inspector, thread, blocks(500 + randomBelow(plant.random, 1_500)));
      await plant.engine.inspector.evaluate(thread, '0');
      await sleep(500);
    }),
  'thread-slow': async (plant) => {
    await plant.down(() => slowDown(plant, threadOf(plant), 2_000));
  },
  'stop-engine': (plant) => stopFor(plant, plant.engine, 500 + randomBelow(plant.random, 3_000)),
  'stop-network': (plant) => stopFor(plant, plant.network, 500 + randomBelow(plant.random, 3_000)),
  'wire-cut': (plant) => cutFor(plant, 200 + randomBelow(plant.random, 4_000)),
  'abort-engine': (plant) => abort(plant, 'client'),
  'abort-network': (plant) => abort(plant, 'server'),
};

async function run({ seed, forMs = DEFAULT_MS, say }: FaultContext): Promise<FaultOutcome> {
  const done = new Map<string, number>();
  const options = {
    seed,
    times: STANDSTILLS,
    wire: true,
    inspected: true,
    oldSpaceMb: OLD_SPACE_MB,
    callsToldMin: 20,
    answersLateMs: ANSWERS_LATE_MS,
  } as const;
  const { checks, plant } = await onPlant(options, async (plant) => {
    const endMs = performance.now() + forMs;
    let isCalm = (): void => undefined;
    while (performance.now() < endMs) {
      const wire = wireOf(plant);
      isCalm();
      wire.weather = randomBelow(plant.random, 2) === 0 ? STORM : CALM;
      // What is lost in it waits for its retransmission, and a caller need not wait for that.
      isCalm = wire.weather === STORM ? plant.away() : () => undefined;
      await sleep(randomBelow(plant.random, PAUSE_SPAN_MS));
      const names = Object.keys(BLOWS);
      const name = names[randomBelow(plant.random, names.length)]!;
      say(`${name} at ${Math.round(sinceEpochMs())} ms`);
      await BLOWS[name]!(plant);
      done.set(name, (done.get(name) ?? 0) + 1);
    }
    wireOf(plant).weather = CALM;
    isCalm();
    await sleep(1_000);
    return [];
  });
  const { faults: _faults, ...report } = plant.verdict!.report;
  return { checks, figures: { blows: Object.fromEntries(done), report } };
}

export const chaos: Fault = {
  name: 'chaos',
  title: 'several of these at once, at random, by a seed; --for says how long',
  cycles: 1,
  run,
};
