/** A thread that runs seeds as they are handed to it. */
import { parentPort } from 'node:worker_threads';
import { runSeed, type SeedOutcome } from './run-seed.ts';
import type { Chunk } from './seed-range.ts';

parentPort?.on('message', (chunk: Chunk) => {
  void (async () => {
    const { seeds, generator, switches } = chunk;
    const outcomes: SeedOutcome[] = [];
    for (const seed of seeds) outcomes.push(await runSeed(seed, { generator, switches }));
    parentPort?.postMessage(outcomes);
  })();
});
