import type { Latency, Point } from '../live-source.ts';
import { mergePoints } from './merge.ts';

/** A value per point, or null where nothing was measured: drawn as a gap. */
export type Column = (number | null)[];

export interface LatencyColumns {
  readonly p50: Column;
  readonly p90: Column;
  readonly p99: Column;
  readonly p999: Column;
}

export interface Columns {
  /** Seconds since 1970. */
  readonly at: number[];
  readonly calls: Column;
  readonly missed: Column;
  readonly delivered: Column;
  readonly failed: Column;
  readonly answer: LatencyColumns;
  readonly notice: LatencyColumns;
  /** What each stands for; null in a gap. */
  readonly spans: (Span | null)[];
}

/** A stretch of time and what was measured in it. */
export interface Span {
  readonly fromMs: number;
  readonly point: Point;
}

export interface ColumnsRequest {
  readonly fromMs: number;
  readonly toMs: number;
  readonly sampleMs: number;
  /** Samples within the same multiple of this are drawn as one. */
  readonly groupMs: number;
  readonly boundsMs: readonly number[];
}

/** A step of more than this many samples is a gap. */
const GAP_SAMPLES = 2.5;

/** The points of the last minutes, in order of time, each once. */
export class Timeline {
  readonly #keepMs: number;
  #points: Point[] = [];

  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  get points(): readonly Point[] {
    return this.#points;
  }

  get last(): Point | undefined {
    return this.#points.at(-1);
  }

  /** Takes what is younger than the last point that it has. A clock that was set back starts afresh. */
  add(points: readonly Point[]): void {
    const newest = points.at(-1);
    if (newest === undefined) return;
    const last = this.last?.atMs ?? Number.NEGATIVE_INFINITY;
    if (newest.atMs < last - this.#keepMs) this.#points = [];
    const from = this.last?.atMs ?? Number.NEGATIVE_INFINITY;
    for (const point of points) if (point.atMs > from) this.#points.push(point);
    const oldest = newest.atMs - this.#keepMs;
    const start = this.#points.findIndex(({ atMs }) => atMs >= oldest);
    if (start > 0) this.#points.splice(0, start);
  }

  /** The server's history after a reconnection knows what was missed meanwhile. */
  replace(points: readonly Point[]): void {
    const first = points[0]?.atMs;
    if (first === undefined) return;
    const older = this.#points.filter(({ atMs }) => atMs < first);
    this.#points = [];
    this.add([...older, ...points]);
  }

  columns({ fromMs, toMs, sampleMs, groupMs, boundsMs }: ColumnsRequest): Columns {
    const result = emptyColumns();
    let group: Point[] = [];
    const flush = (): void => {
      if (group.length === 0) return;
      push(result, { fromMs: group[0]!.atMs - sampleMs, point: mergePoints(group, boundsMs, merges) });
      group = [];
    };
    // A sample stands for the time before it: one at the end of a group's time belongs to it.
    const groupOf = ({ atMs }: Point): number => Math.ceil(atMs / groupMs);
    for (const point of this.#points) {
      if (point.atMs < fromMs || point.atMs > toMs) continue;
      const previous = group.at(-1);
      if (previous !== undefined) {
        const gap = point.atMs - previous.atMs > sampleMs * GAP_SAMPLES;
        if (gap || groupOf(point) !== groupOf(previous)) flush();
        if (gap) push(result, previous.atMs + sampleMs);
      }
      group.push(point);
    }
    flush();
    return result;
  }
}

const emptyLatency = (): LatencyColumns => ({ p50: [], p90: [], p99: [], p999: [] });
const emptyColumns = (): Columns => ({
  at: [],
  calls: [],
  missed: [],
  delivered: [],
  failed: [],
  answer: emptyLatency(),
  notice: emptyLatency(),
  spans: [],
});

function push(columns: Columns, what: Span | number): void {
  const span = typeof what === 'number' ? null : what;
  const point = span?.point;
  columns.at.push((typeof what === 'number' ? what : what.point.atMs) / 1000);
  columns.calls.push(point?.callsPerSecond ?? null);
  columns.missed.push(point?.missedPerSecond ?? null);
  columns.delivered.push(point?.noticesDeliveredPerSecond ?? null);
  columns.failed.push(point?.noticesFailedPerSecond ?? null);
  pushLatency(columns.answer, point?.answer);
  pushLatency(columns.notice, point?.notice);
  columns.spans.push(span);
}

function pushLatency(columns: LatencyColumns, latency: Latency | undefined): void {
  const measured = latency !== undefined && latency.count > 0 ? latency : undefined;
  columns.p50.push(measured?.p50Ms ?? null);
  columns.p90.push(measured?.p90Ms ?? null);
  columns.p99.push(measured?.p99Ms ?? null);
  columns.p999.push(measured?.p999Ms ?? null);
}
