/** Charts as SVG, with the colours of the page around them; a wide drawing and a narrow one, of which the page shows one. */
import type { CurvePoint } from '../latencies.ts';
import { condensed, type Values } from './condense.ts';
import { escaped } from './html.ts';
import { linearScale, logScale, percentileScale, type Scale, timeScale } from './scales.ts';

export interface Line {
  readonly name: string;
  /** `s1` … `s4`, `red`, `muted`; with `dash` it is told apart without colour, too. */
  readonly tone: string;
  readonly dash?: string;
  readonly values: Values;
}

export interface Moment {
  readonly atS: number;
  readonly text: string;
  readonly bad: boolean;
}

export interface TimeChart {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly scale: 'linear' | 'log';
  readonly lines: readonly Line[];
  /** Between these lines the ground is filled, from one to the next. */
  readonly bands?: boolean;
  /** Drawn across, with its words. */
  readonly limit?: { readonly value: number; readonly text: string };
  /** Moments, in seconds, with their words. */
  readonly events?: readonly Moment[];
  /** What one point of many is. */
  readonly points: 'mean' | 'most';
}

interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const WIDE: Frame = { width: 1_080, height: 240, left: 64, right: 16, top: 24, bottom: 28 };
const NARROW: Frame = { width: 340, height: 200, left: 46, right: 8, top: 24, bottom: 28 };

export function timeChart(chart: TimeChart): string {
  const seconds = Math.max(1, ...chart.lines.map(({ values }) => values.length));
  const drawn = ([WIDE, NARROW] as const).map((frame) => {
    const pieces = frame === WIDE ? 500 : 160;
    const lines = chart.lines.map((line) => ({
      ...line,
      values: condensed(line.values, pieces, chart.points),
    }));
    const x = timeScale(seconds, frame === WIDE ? 10 : 4);
    const y = valueScale(chart);
    return svg(frame, `time ${chart.id}`, altText(chart), [
      ...axes(frame, x, y),
      ...(chart.bands === true ? bands(frame, lines, y) : []),
      // What was never there is no line along the axis; the legend says so.
      ...lines.filter(hasSome).map((line) => path(frame, line, y)),
      ...(chart.limit === undefined ? [] : [limit(frame, chart.limit, y)]),
      ...(chart.events ?? []).map((moment) => event(frame, moment, x)),
    ]);
  });
  return figure(
    chart.title,
    chart.unit,
    chart.scale,
    legend(chart.lines.map((line) => ({ ...line, none: !hasSome(line) }))),
    drawn,
  );
}

export interface Curve {
  readonly name: string;
  readonly tone: string;
  readonly dash?: string;
  readonly points: readonly CurvePoint[];
}

export function curveChart(title: string, curves: readonly Curve[]): string {
  const all = curves.flatMap(({ points }) => points);
  const last = Math.max(50, ...all.map(({ percentile }) => percentile));
  const most = Math.max(...all.map(({ ms }) => ms));
  // What is far below is of no interest, and would press the rest together.
  const y = logScale(Math.max(most / 1e4, Math.min(...all.map(({ ms }) => ms))), most);
  const drawn = ([WIDE, NARROW] as const).map((frame) => {
    const tall = { ...frame, height: frame.height + 60 };
    const scale = percentileScale(last);
    const x = frame === WIDE ? scale : { ...scale, marks: scale.marks.filter((_, at) => at % 2 === 0) };
    const lines = curves.map(({ tone, dash, points }) => {
      const places = points.map(
        ({ percentile, ms }) => `${px(tall, x.at(percentile))},${py(tall, y.at(ms))}`,
      );
      return `<polyline class="line ${tone}"${dashed(dash)} points="${places.join(' ')}"/>`;
    });
    return svg(tall, 'curve', `${title}: ${curves.map(({ name }) => name).join(', ')}`, [
      ...axes(tall, x, y),
      ...lines,
    ]);
  });
  return figure(title, 'ms', 'log', legend(curves), drawn);
}

function hasSome({ values }: Line): boolean {
  return values.some((value) => value !== null && value !== 0);
}

function valueScale({ scale, lines, limit: across }: TimeChart): Scale {
  let least = Infinity;
  let most = across?.value ?? 0;
  for (const { values } of lines)
    for (const value of values)
      if (value !== null) {
        most = Math.max(most, value);
        if (value > 0) least = Math.min(least, value);
      }
  return scale === 'log' ? logScale(least === Infinity ? 0.1 : least, Math.max(most, 1)) : linearScale(most);
}

function axes(frame: Frame, x: Scale, y: Scale): string[] {
  const { width, height, left, right, bottom } = frame;
  return [
    ...y.marks.map(({ value, text }) => {
      const at = py(frame, y.at(value));
      return `<line class="grid" x1="${left}" x2="${width - right}" y1="${at}" y2="${at}"/><text x="${left - 8}" y="${Number(at) + 4}" text-anchor="end">${text}</text>`;
    }),
    ...x.marks.map(({ value, text }) => {
      const share = x.at(value);
      const anchor = share < 0.02 ? 'start' : share > 0.97 ? 'end' : 'middle';
      return `<text x="${px(frame, share)}" y="${height - bottom + 20}" text-anchor="${anchor}">${text}</text>`;
    }),
  ];
}

/** Gaps stay gaps: a piece of line for each stretch with values. */
function stretches(values: Values): { readonly from: number; readonly values: readonly number[] }[] {
  const found: { from: number; values: number[] }[] = [];
  let open: { from: number; values: number[] } | undefined;
  for (const [at, value] of values.entries()) {
    if (value === null) open = undefined;
    else if (open !== undefined) open.values.push(value);
    else {
      open = { from: at, values: [value] };
      found.push(open);
    }
  }
  return found;
}

function path(frame: Frame, { tone, dash, values }: Line, y: Scale): string {
  return stretches(values)
    .map((stretch) => {
      const points = stretch.values.map((value, at) =>
        placed(frame, values.length, stretch.from + at, y.at(value)),
      );
      // A value alone between two gaps is a dot.
      if (points.length === 1) {
        const [cx, cy] = points[0]!.split(',');
        return `<circle class="dot ${tone}" cx="${cx}" cy="${cy}" r="2"/>`;
      }
      return `<polyline class="line ${tone}"${dashed(dash)} points="${points.join(' ')}"/>`;
    })
    .join('');
}

function bands(frame: Frame, lines: readonly Line[], y: Scale): string[] {
  return lines.slice(1).flatMap(({ values }, at) => {
    const lower = lines[at]!.values;
    return stretches(values).map(({ from, values: upper }) => {
      const there = upper.map((value, one) => placed(frame, values.length, from + one, y.at(value)));
      const back = upper
        .map((value, one) => placed(frame, values.length, from + one, y.at(lower[from + one] ?? value)))
        .reverse();
      return `<polygon class="band b${at + 1}" points="${[...there, ...back].join(' ')}"/>`;
    });
  });
}

function limit(frame: Frame, { value, text }: { value: number; text: string }, y: Scale): string {
  const at = Number(py(frame, y.at(value)));
  const { left, right, width } = frame;
  return `<line class="limit" x1="${left}" x2="${width - right}" y1="${at}" y2="${at}"/><text class="limit-text" x="${width - right}" y="${at - 5}" text-anchor="end">${escaped(text)}</text>`;
}

function event(frame: Frame, { atS, text, bad }: Moment, x: Scale): string {
  const kind = bad ? 'event bad' : 'event';
  const at = px(frame, Math.min(1, x.at(atS)));
  const anchor = Number(at) > frame.width / 2 ? 'end' : 'start';
  const beside = Number(at) + (anchor === 'end' ? -6 : 6);
  return `<line class="${kind}" x1="${at}" x2="${at}" y1="${frame.top - 20}" y2="${frame.height - frame.bottom}"/><text class="${kind}" x="${beside}" y="${frame.top - 10}" text-anchor="${anchor}">${escaped(text)}</text>`;
}

/** A second's value stands in its middle. */
function placed(frame: Frame, count: number, index: number, share: number): string {
  return `${px(frame, (index + 0.5) / count)},${py(frame, share)}`;
}

function px({ width, left, right }: Frame, share: number): string {
  return (left + share * (width - left - right)).toFixed(1);
}

function py({ height, top, bottom }: Frame, share: number): string {
  return (height - bottom - share * (height - top - bottom)).toFixed(1);
}

function svg(
  { width, height, left, right, top, bottom }: Frame,
  kind: string,
  text: string,
  parts: readonly string[],
): string {
  const [type, id] = kind.split(' ');
  const data =
    id === undefined
      ? ''
      : ` data-chart="${id}" data-left="${left}" data-right="${right}" data-top="${top}" data-bottom="${bottom}"`;
  return `<svg class="${type}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(text)}"${data}>${parts.join('')}</svg>`;
}

function figure(
  title: string,
  unit: string,
  scale: string,
  below: string,
  [wide, narrow]: readonly string[],
): string {
  const note = `${unit}${scale === 'log' ? ', logarithmic' : ''}`;
  return `<figure><figcaption><h3>${escaped(title)}</h3><span class="unit">${escaped(note)}</span>${below}</figcaption><div class="wide">${wide}</div><div class="narrow">${narrow}</div></figure>`;
}

function legend(lines: readonly { name: string; tone: string; dash?: string; none?: boolean }[]): string {
  const items = lines.map(({ name, tone, dash, none }) => {
    const sample = `<svg viewBox="0 0 20 8" aria-hidden="true"><line class="line ${tone}"${dashed(dash)} x1="0" x2="20" y1="4" y2="4"/></svg>`;
    const words = `${escaped(name)}${none === true ? ': none' : ''}`;
    return `<li>${sample}${words} <output data-line="${escaped(name)}"></output></li>`;
  });
  return `<ul class="legend">${items.join('')}</ul>`;
}

function dashed(dash: string | undefined): string {
  return dash === undefined ? '' : ` stroke-dasharray="${dash}"`;
}

function altText({ title, unit, lines }: TimeChart): string {
  const peaks = lines.map(({ name, values }) => {
    let most = -Infinity;
    for (const value of values) if (value !== null && value > most) most = value;
    return `${name} up to ${most === -Infinity ? 'nothing' : Number(most.toPrecision(3))}`;
  });
  return `${title} over time in ${unit}: ${peaks.join(', ')}`;
}
