/** Live frames in the form of proto/metrics.proto. The browser has a reader of its own (`page/wire.ts`). */
import { callwake } from '../wire/generated/messages.js';
import type { AlarmHistory, Association, Hello, Latency, Point, Snapshot } from './live-source.ts';

const { Frame } = callwake.live;

export function encodeHello(hello: Hello): Uint8Array {
  const { latencyBoundsMs, series, metrics } = hello;
  return Frame.encode({
    hello: {
      ...hello,
      latencyBoundsMs: [...latencyBoundsMs],
      series: [...series],
      metrics: [...metrics],
    },
  }).finish();
}

/** @param partial only what came after the sequence that was asked for */
export function encodeHistory(points: readonly Point[], partial = false): Uint8Array {
  return Frame.encode({ history: { points: points.map(pointFields), partial } }).finish();
}

export function encodeAlarmHistory({ events }: AlarmHistory): Uint8Array {
  return Frame.encode({ alarmHistory: { events: [...events] } }).finish();
}

export function encodeSnapshot(snapshot: Snapshot): Uint8Array {
  const { point, associations, pointCodes, shards, queues, threads, counters, alarms, notices, verdict } =
    snapshot;
  return Frame.encode({
    snapshot: {
      sequence: snapshot.sequence,
      point: pointFields(point),
      uptimeMs: snapshot.uptimeMs,
      associations: associations.map(associationFields),
      pointCodes: [...pointCodes],
      shards: [...shards],
      queues: [...queues],
      threads: [...threads],
      counters: [...counters],
      totals: snapshot.totals,
      ...(verdict === undefined ? {} : { verdict }),
      alarms: [...alarms],
      notices: [...notices],
      flows: [...snapshot.flows],
      notifier: snapshot.notifier,
      capacity: snapshot.capacity,
    },
  }).finish();
}

const associationFields = (association: Association) => ({
  ...association,
  traffic: [...association.traffic],
});
const pointFields = (point: Point) => ({
  ...point,
  answer: latencyFields(point.answer),
  notice: latencyFields(point.notice),
  values: [...point.values],
});
const latencyFields = (latency: Latency) => ({ ...latency, buckets: [...latency.buckets] });
