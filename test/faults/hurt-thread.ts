/** What can be done to a thread of the engine from outside of its code. */
import type { WorkerInspector } from '../support/worker-inspector.ts';

/**
 * It happens in a turn of its own, after it was asked for. A renderer waits for work without turns of its loop: there it happens at once.
 */
export function hurt(inspector: WorkerInspector, thread: string, statement: string): Promise<boolean> {
  return inspector.evaluate(
    thread,
    thread === 'renderer' ? `{ ${statement} }` : `void setImmediate(() => { ${statement} })`,
  );
}

/** The thread ends at once, as by a mistake in the program. */
export const EXITS = 'process.exit(7)';
export const THROWS = `throw new Error('a fault of the tests')`;
export const REJECTS = `void Promise.reject(new Error('a fault of the tests'))`;
/** More than it may have. */
export const EATS_MEMORY = 'const kept = []; for (;;) kept.push(new Array(1000).fill(kept.length))';

/** Its event loop does not turn any more. */
export const STANDS_STILL = 'for (;;);';

/** …for a while. */
export function blocks(forMs: number): string {
  return `const end = performance.now() + ${forMs}; while (performance.now() < end);`;
}

/** The wall clock of a thread, as when that of the machine is set. */
export function stepsClock(byMs: number): string {
  return `{ const before = Date.now; Date.now = () => before() + ${byMs}; }`;
}

/** Threads of an engine with one shard. */
export const THREADS = ['shard-0', 'signalling', 'notifier', 'renderer'] as const;
