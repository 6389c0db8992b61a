/**
 * What a hundred open pages cost the engine while calls go on: the CPU of its main thread, which alone knows of pages, with them and
 * without, as a share of one core. Each page reads all that it is sent.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { WebSocket } from 'ws';
import { hashOf, report, sized } from '../harness/report.ts';
import { mainThreadUs, withLoaded } from '../load/loaded.ts';

const VIEWERS = sized(100, 5);
const SUBSCRIBERS = sized(5_000, 200);
const RATE = sized(200, 50);
const FOR_MS = sized(10_000, 500);
/** Of each with and without: one after the other, so that both have the same weather. */
const ROUNDS = sized(2, 1);

const port = await freePort();
const config = { web: { enabled: true, port } };

await withLoaded({ subscribers: SUBSCRIBERS, config }, async ({ engine, measured }) => {
  const share = async (name: string): Promise<number> => {
    const startedAtMs = performance.now();
    const beforeUs = mainThreadUs(engine.processId);
    await measured({
      name,
      ratePerSecond: RATE,
      forMs: FOR_MS,
      mix: { answered: 1 },
      first: 0,
      count: SUBSCRIBERS,
      order: 'random',
    });
    return (mainThreadUs(engine.processId) - beforeUs) / 1_000 / (performance.now() - startedAtMs);
  };
  await share('warm-up');
  const alone: number[] = [];
  const watched: number[] = [];
  let octets = 0;
  for (let round = 0; round < ROUNDS; round++) {
    alone.push(await share('alone'));
    const viewers = await Promise.all(Array.from({ length: VIEWERS }, () => viewer()));
    // What a page is sent when it is opened is no part of its being open.
    await share('opened');
    for (const { socket } of viewers) socket.on('message', (data: Buffer) => (octets += data.length));
    watched.push(await share('watched'));
    for (const { socket, closed } of viewers) {
      socket.close();
      await closed;
    }
  }
  assert(octets > 0, 'they were sent something');
  const floor = median(alone) * 100;
  report({
    name: `web/viewers: CPU of ${VIEWERS} open pages, of one core`,
    figure: Math.max(0.001, median(watched) * 100 - floor),
    unit: '%',
    floor,
    floorIs: 'CPU of the main thread without them',
    goal: { of: 'figure', atMost: 2 },
    hash: hashOf('viewers', VIEWERS, RATE),
  });
});

async function viewer(): Promise<{ readonly socket: WebSocket; readonly closed: Promise<unknown> }> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/live`);
  const closed = once(socket, 'close');
  await once(socket, 'open');
  return { socket, closed };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[(values.length - 1) >> 1]!;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert(address !== null && typeof address === 'object');
  server.close();
  await once(server, 'close');
  return address.port;
}
