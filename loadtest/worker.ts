/** The generator's thread: does what it is told, one thing at a time, and says how it went. */
import { parentPort, workerData } from 'node:worker_threads';
import { Generator, type GeneratorOptions } from './generator.ts';
import type { LoadReport, Phase, Sample } from './plan.ts';
import type { Played } from './playing.ts';

export type Order =
  | { readonly kind: 'await-active'; readonly withinMs: number }
  | { readonly kind: 'play'; readonly phase: Phase; readonly withinMs: number }
  /** Not answered: each second is told from now on. */
  | { readonly kind: 'sample'; readonly startedAtMs: number }
  /** Not answered: what is played comes to its end. */
  | { readonly kind: 'abandon' }
  | { readonly kind: 'settle'; readonly quietMs: number; readonly withinMs: number }
  | { readonly kind: 'report' }
  | { readonly kind: 'stop' };

export type Done =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'await-active' | 'settle'; readonly inTime: boolean }
  | { readonly kind: 'play'; readonly played: Played }
  | { readonly kind: 'report'; readonly report: LoadReport }
  | { readonly kind: 'stop' };

/** What comes unasked. */
export interface Told {
  readonly kind: 'second';
  readonly sample: Sample;
}

const port = parentPort;
if (port === null) throw new Error('a generator runs in a thread of its own');
const generator = new Generator(workerData as GeneratorOptions);
const say = (done: Done | Told): void => port.postMessage(done);

port.on('message', (order: Order) => {
  if (order.kind === 'abandon') generator.abandon();
  else if (order.kind === 'sample')
    generator.sample(order.startedAtMs, (sample) => say({ kind: 'second', sample }));
  else void follow(order).then(say);
});
say({ kind: 'listening', port: await generator.start() });

async function follow(order: Exclude<Order, { kind: 'abandon' | 'sample' }>): Promise<Done> {
  switch (order.kind) {
    case 'await-active': {
      const endMs = performance.now() + order.withinMs;
      while (!generator.isActive && performance.now() < endMs)
        await new Promise((resolve) => setTimeout(resolve, 5));
      return { kind: 'await-active', inTime: generator.isActive };
    }
    case 'play':
      return { kind: 'play', played: await generator.play(order.phase, order.withinMs) };
    case 'settle':
      return { kind: 'settle', inTime: await generator.settle(order.quietMs, order.withinMs) };
    case 'report':
      return { kind: 'report', report: generator.report() };
    case 'stop':
      await generator.stop();
      return { kind: 'stop' };
  }
}
