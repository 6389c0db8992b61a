/** Parts that get one hundredth of the time that they would take, and browsers that ask and never read. */
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { type Check, check } from '../check.ts';
import type { Fault, FaultContext, FaultOutcome } from '../fault.ts';
import { type FaultPlant, onPlant, until } from '../fault-plant.ts';
import { blocks, hurt } from '../hurt-thread.ts';

/** Of half a second the thread has five milliseconds. */
const STANDS_MS = 495;
const RUNS_MS = 5;
const SLOW_MS = 6_000;

/** The thread runs at one percent of its speed. */
export async function slowDown(plant: FaultPlant, thread: string, forMs: number): Promise<number> {
  const { inspector } = plant.engine;
  const endMs = performance.now() + forMs;
  let stood = 0;
  while (performance.now() < endMs) {
    await hurt(inspector, thread, blocks(STANDS_MS));
    // Answered when it runs again.
    await inspector.evaluate(thread, '0');
    await sleep(RUNS_MS);
    stood++;
  }
  return stood;
}

function slow(thread: 'renderer' | 'notifier') {
  return async ({ seed, cycles }: FaultContext): Promise<FaultOutcome> => {
    const options = { seed, inspected: true } as const;
    const { checks } = await onPlant(options, async (plant) => {
      const stood = await slowDown(plant, thread, SLOW_MS * cycles);
      const found = [check('load', 'half seconds at one percent', stood, stood > SLOW_MS / 1_000)];
      if (thread === 'notifier') found.push(await plant.alarm('event-loop-late', thread));
      return found;
    });
    return { checks };
  };
}

const DEAF = 60;
/** Of the whole engine; each browser may let a MiB wait, and the machine's own buffers are not counted. */
const GROWTH_MAX_MB = 160;
const PIPELINED = 3_000;

async function deafBrowsers({ seed, cycles }: FaultContext): Promise<FaultOutcome> {
  const { checks, plant } = await onPlant({ seed }, async (plant) => {
    const { page } = plant.engine;
    const { hostname, port } = new URL(page);
    const before = await residentMb(plant);
    const deaf: net.Socket[] = [];
    const upgrade = `GET /live HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n`;
    const request = `GET /metrics HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`;
    for (let index = 0; index < DEAF; index++) {
      const socket = net.connect({ host: hostname, port: Number(port) });
      socket.pause();
      socket.on('error', () => undefined);
      // One in ten asks for the same page over and over, and reads none.
      socket.write(index % 10 === 9 ? request.repeat(PIPELINED) : upgrade);
      deaf.push(socket);
    }
    let frames = 0;
    const reader = new WebSocket(`ws://${hostname}:${port}/live`);
    reader.on('message', () => frames++);
    const others = DEAF - Math.floor(DEAF / 10);
    await until(async () => (await plant.counter('web.live.opened')) > others, 'all of them open');
    const framesBefore = frames;
    let mostMb = 0;
    for (let second = 0; second < 6 * cycles; second++) {
      await sleep(1_000);
      mostMb = Math.max(mostMb, await residentMb(plant));
    }
    const growthMb = Math.round(mostMb - before);
    const heard = frames - framesBefore;
    reader.terminate();
    for (const socket of deaf) socket.destroy();
    await until(async () => (await plant.counter('web.live.closed')) > others, 'all of them gone');
    return [
      check(
        'I5',
        `MB that the engine grew by ${DEAF} deaf browsers, at most ${GROWTH_MAX_MB}`,
        growthMb,
        growthMb <= GROWTH_MAX_MB,
      ),
      check('load', 'frames that one who reads got meanwhile', heard, heard >= 4 * cycles),
    ];
  });
  return { checks: [...checks, undisturbed(plant)] };
}

async function residentMb(plant: FaultPlant): Promise<number> {
  const metrics = await plant.engine.metrics();
  return (metrics.get('process_resident_memory_bytes')?.[0]?.[1] ?? 0) / 1_048_576;
}

/** Nothing was done to calls: all of them were taken. */
export function undisturbed(plant: FaultPlant): Check {
  const { unacknowledged = -1, callsMissed = 0 } = plant.verdict?.report ?? {};
  return check(
    'I1',
    `unacknowledged, of ${callsMissed} missed calls: nothing was done to them`,
    unacknowledged,
    unacknowledged === 0,
  );
}

export const slowFaults: readonly Fault[] = [
  {
    name: 'slow-renderer',
    title: 'the thread that renders notices has one percent of its speed: they wait, and all are told',
    cycles: 1,
    run: slow('renderer'),
  },
  {
    name: 'slow-notifier',
    title: 'the notifier has one percent of its speed: calls are taken all the same, and all are told',
    cycles: 1,
    run: slow('notifier'),
  },
  {
    name: 'deaf-browsers',
    title: 'browsers that ask and never read: memory stays bounded, others and calls are served',
    cycles: 1,
    run: deafBrowsers,
  },
];
