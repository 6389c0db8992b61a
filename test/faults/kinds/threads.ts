/** One thread of the engine dies, stands still, or eats all the memory that it may have, again and again, at random moments. */
import { setTimeout as sleep } from 'node:timers/promises';
import { randomBelow } from '../../../src/types/random.ts';
import { type Check, check } from '../check.ts';
import type { Fault, FaultContext, FaultOutcome } from '../fault.ts';
import { eventsIn, type FaultPlant, onPlant, until } from '../fault-plant.ts';
import { blocks, EATS_MEMORY, EXITS, hurt, REJECTS, STANDS_STILL, THREADS, THROWS } from '../hurt-thread.ts';

const LIFE_MIN_MS = 100;
const LIFE_SPAN_MS = 900;
const BLOCKED_MS = 2_000;
/** A thread that is to run out of memory gets no more than this. */
const OLD_SPACE_MB = 96;

/** The thread dies of it, and runs again. */
export async function killThread(plant: FaultPlant, thread: string, by: string): Promise<void> {
  const { engine } = plant;
  await until(() => engine.inspector.threads.includes(thread), `${thread} to hurt`);
  if (thread === 'renderer') {
    const before = await rendererDeaths(plant);
    await hurt(engine.inspector, thread, by);
    // One that has nothing to do is missed with the next batch.
    await until(async () => (await rendererDeaths(plant)) > before, 'its death');
    await until(() => engine.inspector.threads.includes(thread), 'another renderer');
    return;
  }
  await plant.down(async () => {
    const died = engine.words.next(new RegExp(`"thread":"${thread}".*"event":"thread.died"`));
    const isSignalling = thread === 'signalling';
    const back = isSignalling ? engine.words.next(/"name":"stp".*"to":"ASP-ACTIVE"/) : Promise.resolve('');
    plant.died();
    await hurt(engine.inspector, thread, by);
    await died;
    // One that eats memory, or waits for its turn, dies a while after it was hurt.
    plant.died();
    await back;
    await plant.ready();
  });
}

async function rendererDeaths(plant: FaultPlant): Promise<number> {
  const metrics = await plant.engine.metrics();
  return ['notifier.worker.died', 'notifier.batch.crashed', 'notifier.batch.timed-out'].reduce(
    (sum, name) => sum + eventsIn(metrics, name),
    0,
  );
}

async function deaths({ seed, cycles, say }: FaultContext): Promise<FaultOutcome> {
  const options = { seed, inspected: true, callsToldMin: 5 * cycles } as const;
  const killed = new Map<string, number>();
  const { checks } = await onPlant(options, async (plant) => {
    const found: Check[] = [];
    for (let cycle = 0; cycle < cycles; cycle++) {
      await sleep(LIFE_MIN_MS + randomBelow(plant.random, LIFE_SPAN_MS));
      const thread =
        cycle < THREADS.length ? THREADS[cycle]! : THREADS[randomBelow(plant.random, THREADS.length)]!;
      const by = [EXITS, THROWS, REJECTS][randomBelow(plant.random, 3)]!;
      await killThread(plant, thread, thread === 'renderer' ? EXITS : by);
      killed.set(thread, (killed.get(thread) ?? 0) + 1);
      if ((cycle + 1) % 10 === 0) say(`${cycle + 1} deaths`);
    }
    for (const thread of killed.keys()) found.push(await alarmOf(plant, thread));
    return found;
  });
  return { checks, figures: { killed: Object.fromEntries(killed) } };
}

async function blocked({ seed, cycles }: FaultContext): Promise<FaultOutcome> {
  const options = { seed, inspected: true } as const;
  const { checks } = await onPlant(options, async (plant) => {
    const { inspector } = plant.engine;
    for (let cycle = 0; cycle < cycles; cycle++) {
      const thread = THREADS[cycle % THREADS.length]!;
      await plant.down(async () => {
        await hurt(inspector, thread, blocks(BLOCKED_MS));
        await sleep(BLOCKED_MS);
        // Answered when its loop turns again.
        await inspector.evaluate(thread, '0');
        await sleep(500);
      });
      await sleep(randomBelow(plant.random, LIFE_SPAN_MS));
    }
    const metrics = await plant.engine.metrics();
    const restarts = (metrics.get('callwake_thread_restarts_total') ?? []).reduce(
      (sum, [, count]) => sum + count,
      0,
    );
    return [check('load', 'threads started again: none has died of it', restarts, restarts === 0)];
  });
  return { checks };
}

/** Each of the threads comes to its end by it, one after the other, and is said to. */
function ends(by: string, oldSpaceMb?: number) {
  return async ({ seed, cycles }: FaultContext): Promise<FaultOutcome> => {
    const options = { seed, inspected: true, ...(oldSpaceMb === undefined ? {} : { oldSpaceMb }) };
    const { checks } = await onPlant(options, async (plant) => {
      const found: Check[] = [];
      for (let cycle = 0; cycle < cycles; cycle++) {
        const thread = THREADS[cycle % THREADS.length]!;
        await killThread(plant, thread, by);
        found.push(await alarmOf(plant, thread));
        await sleep(randomBelow(plant.random, LIFE_SPAN_MS));
      }
      return found;
    });
    return { checks };
  };
}

function alarmOf(plant: FaultPlant, thread: string): Promise<Check> {
  return thread === 'renderer'
    ? plant.alarm('renderer-failing', '')
    : plant.alarm('thread-restarted', thread);
}

export const threadFaults: readonly Fault[] = [
  {
    name: 'thread-death',
    title:
      'a thread (shard, signalling, notifier, renderer) dies and is started again: nothing lost or twice',
    cycles: 4,
    run: deaths,
  },
  {
    name: 'thread-blocked',
    title: 'a thread stands still for two seconds: what it owes is done after it',
    cycles: 4,
    run: blocked,
  },
  {
    name: 'thread-out-of-memory',
    title: 'a thread runs out of memory: it is started again, the others go on',
    cycles: 4,
    run: ends(EATS_MEMORY, OLD_SPACE_MB),
  },
  {
    name: 'thread-stuck',
    title: 'a thread stands still for good: it is given up, and another one does what it owes',
    cycles: 4,
    run: ends(STANDS_STILL),
  },
];
