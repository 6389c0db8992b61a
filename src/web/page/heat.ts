import type uPlot from 'uplot';
import type { Latency, Point } from '../live-source.ts';
import { token } from './dom.ts';
import type { Span } from './timeline.ts';

/** Fine buckets drawn as one row: a fourth of a doubling each. */
const MERGED = 2;
const SHADES = 48;

/** Shades from few to many, of one hue. */
export function heatShades(): string[] {
  const stops = ['--heat-low', '--heat-mid', '--heat-high'].map((name) => rgb(token(name)));
  return Array.from({ length: SHADES }, (_, index) => {
    const place = (index / (SHADES - 1)) * 2;
    const from = stops[Math.min(1, Math.floor(place))]!;
    const to = stops[Math.min(1, Math.floor(place)) + 1]!;
    const part = place - Math.min(1, Math.floor(place));
    const mixed = from.map((value, channel) => Math.round(value + (to[channel]! - value) * part));
    return `rgb(${mixed.join(' ')})`;
  });
}

function rgb(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

export interface HeatInput {
  readonly spans: readonly (Span | null)[];
  readonly pick: (point: Point) => Latency;
  readonly boundsMs: readonly number[];
  readonly shades: readonly string[];
}

interface HeatColumn {
  readonly from: number;
  to: number;
  readonly rows: Map<number, number>;
}

/** Paints counts by time and latency; what shares a pixel is added up. The scale of shades is logarithmic. */
export function paintHeat(chart: uPlot, { spans, pick, boundsMs, shades }: HeatInput): void {
  const { ctx, bbox } = chart;
  const right = bbox.left + bbox.width;
  const columns: HeatColumn[] = [];
  let most = 0;
  for (const span of spans) {
    if (span === null) continue;
    const { fromMs, point } = span;
    const end = Math.min(right, Math.round(chart.valToPos(point.atMs / 1000, 'x', true)));
    if (end <= bbox.left) continue;
    const from = Math.max(bbox.left, Math.round(chart.valToPos(fromMs / 1000, 'x', true)));
    if (from >= right) continue;
    const to = Math.max(from + 1, end);
    let column = columns.at(-1);
    if (column?.from !== from) {
      column = { from, to, rows: new Map() };
      columns.push(column);
    } else column.to = Math.max(column.to, to);
    const { firstBucket, buckets } = pick(point);
    for (const [index, count] of buckets.entries()) {
      if (count === 0) continue;
      const row = Math.floor((firstBucket + index) / MERGED);
      const sum = (column.rows.get(row) ?? 0) + count;
      column.rows.set(row, sum);
      if (sum > most) most = sum;
    }
  }
  if (most === 0) return;
  const edges = new Map<number, readonly [top: number, bottom: number]>();
  const edge = (row: number): readonly [top: number, bottom: number] => {
    const known = edges.get(row);
    if (known !== undefined) return known;
    const last = boundsMs.length - 1;
    const high = boundsMs[Math.min(last, row * MERGED + MERGED - 1)]!;
    const low = row === 0 ? high / 2 : boundsMs[Math.min(last, row * MERGED - 1)]!;
    const top = Math.max(bbox.top, Math.floor(chart.valToPos(high, 'y', true)));
    const bottom = Math.min(bbox.top + bbox.height, Math.ceil(chart.valToPos(low, 'y', true)));
    edges.set(row, [top, bottom]);
    return [top, bottom];
  };
  const scale = (shades.length - 1) / Math.log1p(most);
  for (const { from, to, rows } of columns)
    for (const [row, count] of rows) {
      const [top, bottom] = edge(row);
      if (bottom <= top) continue;
      ctx.fillStyle = shades[Math.round(Math.log1p(count) * scale)]!;
      ctx.fillRect(from, top, to - from, bottom - top);
    }
}
