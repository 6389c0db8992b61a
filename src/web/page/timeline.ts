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
  /** By the series that the server names. */
  readonly values: Column[];
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
  /** Samples within the same multiple of this are drawn as one. */
  readonly groupMs: number;
  readonly boundsMs: readonly number[];
  /** How values of points become one (`Series.merge`). */
  readonly merges: readonly ('mean' | 'most')[];
}

/** A step of more than so many times what a point stands for is a gap. */
const GAP_SPANS = 2.5;
/** Points older than this are kept as one for each so long. */
const FINE_MS = 660_000;
const COARSE_MS = 10_000;

/** The points of the last hour, in order of time, each once; the older ones several as one. */
export class Timeline {
  readonly #keepMs: number;
  #points: Point[] = [];
  #boundsMs: readonly number[] = [];
  #merges: readonly ('mean' | 'most')[] = [];

  constructor(keepMs: number) {
    this.#keepMs = keepMs;
  }

  /** What is needed to make several points one. */
  learn(boundsMs: readonly number[], merges: readonly ('mean' | 'most')[]): void {
    this.#boundsMs = boundsMs;
    this.#merges = merges;
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
    this.#thin(newest.atMs - FINE_MS);
  }

  /** Makes one point of those for ten seconds that are older; what is in the way of a page that stays open for days. */
  #thin(beforeMs: number): void {
    for (;;) {
      const first = this.#points.findIndex(({ spanMs }) => spanMs < COARSE_MS / 2);
      const from = this.#points[first];
      if (from === undefined || from.atMs + COARSE_MS >= beforeMs) return;
      let end = first + 1;
      while ((this.#points[end]?.atMs ?? Infinity) < from.atMs - from.spanMs + COARSE_MS + 1) end++;
      const one = mergePoints(this.#points.slice(first, end), this.#boundsMs, this.#merges);
      // Of few points in a gap: it counts as coarse, for it is looked at no more.
      this.#points.splice(first, end - first, { ...one, spanMs: Math.max(one.spanMs, COARSE_MS / 2) });
    }
  }

  /** The server's history after a reconnection knows what was missed meanwhile. */
  replace(points: readonly Point[]): void {
    const first = points[0]?.atMs;
    if (first === undefined) return;
    const older = this.#points.filter(({ atMs }) => atMs < first);
    this.#points = [];
    this.add([...older, ...points]);
  }

  columns({ fromMs, toMs, groupMs, boundsMs, merges }: ColumnsRequest): Columns {
    const result = emptyColumns(merges.length);
    let group: Point[] = [];
    const flush = (): void => {
      if (group.length === 0) return;
      push(result, {
        fromMs: group[0]!.atMs - group[0]!.spanMs,
        point: mergePoints(group, boundsMs, merges),
      });
      group = [];
    };
    // A sample stands for the time before it: one at the end of a group's time belongs to it.
    const groupOf = ({ atMs }: Point): number => Math.ceil(atMs / groupMs);
    for (const point of this.#points) {
      if (point.atMs < fromMs || point.atMs > toMs) continue;
      const previous = group.at(-1);
      if (previous !== undefined) {
        const gap = point.atMs - previous.atMs > point.spanMs * GAP_SPANS;
        if (gap || groupOf(point) !== groupOf(previous)) flush();
        if (gap) push(result, previous.atMs + point.spanMs);
      }
      group.push(point);
    }
    flush();
    return result;
  }
}

const emptyLatency = (): LatencyColumns => ({ p50: [], p90: [], p99: [], p999: [] });
const emptyColumns = (series: number): Columns => ({
  values: Array.from({ length: series }, () => []),
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
  for (const [index, list] of columns.values.entries()) list.push(point?.values[index] ?? null);
  columns.spans.push(span);
}

function pushLatency(columns: LatencyColumns, latency: Latency | undefined): void {
  const measured = latency !== undefined && latency.count > 0 ? latency : undefined;
  columns.p50.push(measured?.p50Ms ?? null);
  columns.p90.push(measured?.p90Ms ?? null);
  columns.p99.push(measured?.p99Ms ?? null);
  columns.p999.push(measured?.p999Ms ?? null);
}
