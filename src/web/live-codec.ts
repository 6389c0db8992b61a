/** Live frames in the form of proto/metrics.proto. The browser has a reader of its own (`page/wire.ts`). */
import { callwake } from '../wire/generated/messages.js';
import type { Hello, Latency, Point, Snapshot } from './live-source.ts';

const { Frame } = callwake.live;

export function encodeHello(hello: Hello): Uint8Array {
  return Frame.encode({ hello: { ...hello, latencyBoundsMs: [...hello.latencyBoundsMs] } }).finish();
}

export function encodeHistory(points: readonly Point[]): Uint8Array {
  return Frame.encode({ history: { points: points.map(pointFields) } }).finish();
}

export function encodeSnapshot(snapshot: Snapshot): Uint8Array {
  const { point, associations, pointCodes, shards, queues, threads, counters, alarms, notices, verdict } =
    snapshot;
  return Frame.encode({
    snapshot: {
      sequence: snapshot.sequence,
      point: pointFields(point),
      uptimeMs: snapshot.uptimeMs,
      associations: [...associations],
      pointCodes: [...pointCodes],
      shards: [...shards],
      queues: [...queues],
      threads: [...threads],
      counters: [...counters],
      totals: snapshot.totals,
      ...(verdict === undefined ? {} : { verdict }),
      alarms: [...alarms],
      notices: [...notices],
    },
  }).finish();
}

const pointFields = (point: Point) => ({
  ...point,
  answer: latencyFields(point.answer),
  notice: latencyFields(point.notice),
});
const latencyFields = (latency: Latency) => ({ ...latency, buckets: [...latency.buckets] });
