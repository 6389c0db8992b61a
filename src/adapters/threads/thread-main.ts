/** What the entry module of a thread calls: hosts a part, beats, and stops in order when it is told to. */
import assert from 'node:assert/strict';
import { parentPort, workerData } from 'node:worker_threads';
import type { Part } from '../../types/ports/part.ts';
import { machineClock } from '../clock.ts';
import type { GatheringPace } from './gathering.ts';
import { startHeartbeat } from './heartbeat.ts';
import type { ThreadData, ThreadOrder, ThreadReport } from './messages.ts';
import { PartHost } from './part-host.ts';

export interface ThreadContext {
  readonly name: string;
  /** How often the thread was started before. */
  readonly restarts: number;
  /** What the supervisor gave for the part. */
  readonly data: unknown;
  /** Timers and `wake`; `run` is called by `hostPart`. */
  readonly host: PartHost;
}

export interface HostPartOptions {
  /** How late the event loop is, ten times a second. */
  readonly onLag?: (lagMs: number) => void;
  /** See `PartHostOptions`. */
  readonly gathers?: GatheringPace;
}

/** Makes the part, reports that it is ready, and runs it until it is told to stop. What it throws ends the thread. */
export async function hostPart(
  make: (context: ThreadContext) => Part | Promise<Part>,
  options: HostPartOptions = {},
): Promise<void> {
  const port = parentPort;
  assert(port !== null, 'a part is hosted by a worker thread');
  const { name, restarts, data, doorbell, heartbeat: memory } = workerData as ThreadData;
  const report = (message: ThreadReport): void => port.postMessage(message);
  const heartbeat = startHeartbeat(memory, options.onLag ?? (() => undefined));
  const host = new PartHost({ clock: machineClock, doorbell, gathers: options.gathers });
  const part = await make({ name, restarts, data, host });
  const take = (message: ThreadOrder): void => {
    if (message.kind === 'order') {
      part.take?.(message.order);
      return;
    }
    // A port that nobody listens to lets the thread end.
    port.off('message', take);
    void host.stop(message.deadlineMs).then((drained) => {
      report({ kind: 'stopped', drained });
      heartbeat.stop();
    });
  };
  port.on('message', take);
  host.run(part);
  report({ kind: 'ready' });
}
