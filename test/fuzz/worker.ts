/** The thread in which rounds are done, for `watch.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import type { FuzzLayer } from './layer.ts';
import { runLayer } from './run-layer.ts';
import type { FuzzOutcome, FuzzWork } from './watch.ts';

const { layers, layer, count, seed, from, at } = workerData as FuzzWork;
const rounds = new Int32Array(at);

async function work(): Promise<FuzzOutcome> {
  try {
    const { LAYERS } = (await import(layers)) as { readonly LAYERS: Readonly<Record<string, FuzzLayer>> };
    const onRound = (round: number) => {
      Atomics.store(rounds, 0, round - from);
    };
    return { report: runLayer(layer, LAYERS[layer]!, { count, seed, from, onRound }) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

parentPort?.postMessage(await work());
