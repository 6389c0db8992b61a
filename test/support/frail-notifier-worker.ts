import { isMainThread } from 'node:worker_threads';
import type { Notice } from '../../src/types/model/notice.ts';

/** A worker of the notifier that dies, or never ends, when a notice asks for it, and does its work otherwise. */
export default async function render(batch: readonly Notice[]): Promise<unknown> {
  if (isMainThread) throw new Error('runs in a worker');
  const wish = batch[0]?.recipient;
  if (wish === 'exit') process.exit(3);
  if (wish === 'throw')
    setImmediate(() => {
      throw new Error('out of the blue');
    });
  if (wish === 'throw' || wish === 'hang') await new Promise(() => setInterval(() => undefined, 1000));
  const worker = (await import('../../src/adapters/notifier/worker.js')) as {
    default: (batch: readonly Notice[]) => unknown;
  };
  return worker.default(batch);
}
