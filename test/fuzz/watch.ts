/** Rounds in a thread of their own, so that one that does not end can be told, and the thread ended. */
import { Worker } from 'node:worker_threads';
import type { FuzzReport } from './run-layer.ts';

export interface FuzzRun {
  /** Module that exports `LAYERS`. */
  readonly layers: string;
  readonly layer: string;
  readonly count: number;
  readonly seed: number;
  readonly from: number;
}

export interface FuzzWork extends FuzzRun {
  /** Where the thread says which round it is in: from `from` on. */
  readonly at: SharedArrayBuffer;
}

export interface FuzzOutcome {
  /** Undefined when the layer's messages are not there. */
  readonly report?: FuzzReport | undefined;
  readonly failure?: string;
}

/** A round that takes longer than `roundMaxMs` does not end. */
export function watchedRun(run: FuzzRun, roundMaxMs: number): Promise<FuzzOutcome> {
  const at = new SharedArrayBuffer(4);
  const rounds = new Int32Array(at);
  const worker = new Worker(new URL('./worker.js', import.meta.url), {
    workerData: { ...run, at } satisfies FuzzWork,
  });
  return new Promise((resolve, reject) => {
    let last = -1;
    const watch = setInterval(() => {
      const round = Atomics.load(rounds, 0);
      if (round !== last) {
        last = round;
        return;
      }
      const { layer, seed, from } = run;
      const again = `npm run fuzz -- --layer ${layer} --seed ${seed} --from ${from + round} --count 1`;
      end(() => {
        resolve({ failure: `round ${from + round} does not end\n${again}` });
      });
    }, roundMaxMs);
    const end = (settle: () => void) => {
      clearInterval(watch);
      void worker.terminate().then(settle);
    };
    worker.once('message', (outcome: FuzzOutcome) => {
      end(() => {
        resolve(outcome);
      });
    });
    worker.once('error', (error) => {
      end(() => {
        reject(error);
      });
    });
  });
}
