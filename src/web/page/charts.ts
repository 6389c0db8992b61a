import uPlot from 'uplot';
import type { Series } from '../live-source.ts';
import {
  type ChartSpec,
  type ChartUnit,
  FIRST_CHARTS,
  type Line,
  MORE_CHARTS,
  type MoreChart,
  moreSpec,
} from './chart-specs.ts';
import { byId, byKind, download, make, remPixels, setText, token } from './dom.ts';
import { brief, duration, exact, localTime, milliseconds, octets, utcTime } from './format.ts';
import { heatShades, paintHeat } from './heat.ts';
import { describe } from './help.ts';
import { latencyRange, linearRange, logSplits } from './scales.ts';
import type { Columns, LatencyColumns } from './timeline.ts';

export interface ChartData {
  readonly columns: Columns;
  readonly fromMs: number;
  readonly toMs: number;
  /** How much time a point stands for. */
  readonly groupMs: number;
  readonly boundsMs: readonly number[];
}

// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the enum of the typing does not exist when the page runs
const LOGARITHMIC: Pick<uPlot.Scale, 'distr'> = { distr: 3 };

/** All charts: one time axis, one cursor. */
export class Charts {
  #charts: Chart[] = [];
  #data: ChartData | undefined;
  #index: number | null = null;
  #series = new Map<string, number>();
  readonly #specs: readonly ChartSpec[];

  constructor() {
    const more = byId('more-charts');
    for (const chart of MORE_CHARTS) more.insertBefore(place(chart), more.lastElementChild);
    const indexOf = (name: string): number => this.#series.get(name) ?? -1;
    this.#specs = [...FIRST_CHARTS, ...MORE_CHARTS.map((chart) => moreSpec(chart, indexOf))];
    this.rebuild();
    for (const button of document.querySelectorAll('[data-png]'))
      button.addEventListener('click', () => this.#png());
  }

  /** What the values of a point are, as this server has them. */
  learn(series: readonly Series[]): void {
    this.#series = new Map(series.map(({ name }, index) => [name, index]));
    const metrics = new Map(series.map(({ name, metric }) => [name, metric]));
    for (const { id, lines } of MORE_CHARTS) {
      const title = document.getElementById(`${id}-title`);
      const own = lines.flatMap(([, name]) => metrics.get(name) ?? []);
      if (title !== null) describe(title, ...new Set(own));
    }
  }

  /** After a change of theme or size of letters: colours and fonts are drawn, not styled. */
  rebuild(): void {
    for (const chart of this.#charts) chart.destroy();
    const shades = heatShades();
    drawHeatKey(shades);
    this.#charts = this.#specs.map(
      (spec) =>
        new Chart(spec, shades, {
          moved: (index) => this.#moved(index),
          step: (by) => this.#step(by),
        }),
    );
    if (this.#data !== undefined) this.update(this.#data);
  }

  update(data: ChartData): void {
    this.#data = data;
    // What is not seen is drawn when it is.
    for (const chart of this.#charts) if (chart.visible) chart.update(data);
    this.#readout();
  }

  #moved(index: number | null): void {
    if (index === this.#index) return;
    this.#index = index;
    this.#readout();
  }

  /** The cursor by keyboard: `by` samples on; 0 takes it away. */
  #step(by: number): void {
    const at = this.#data?.columns.at;
    if (at === undefined || at.length === 0) return;
    const index = by === 0 ? null : Math.max(0, Math.min(at.length - 1, (this.#index ?? at.length - 1) + by));
    for (const chart of this.#charts) chart.point(index === null ? null : at[index]!);
    this.#moved(index);
  }

  #readout(): void {
    if (this.#data === undefined) return;
    const { columns, groupMs } = this.#data;
    const index = this.#index ?? columns.at.length - 1;
    const at = columns.at[index];
    for (const chart of this.#charts) if (chart.visible) chart.readout(columns, index);
    const prefix = this.#index === null ? 'Latest: ' : '';
    const words =
      at === undefined
        ? 'No sample yet'
        : `${prefix}${localTime(at * 1000)} local · ${utcTime(at * 1000)} UTC · a point is ${duration(groupMs)}`;
    for (const target of document.querySelectorAll('[data-cursor-time]')) setText(target, words);
  }

  #png(): void {
    const shown = this.#charts.filter(({ visible }) => visible);
    if (shown.length === 0) return;
    const canvases = shown.map((chart) => chart.canvas);
    const ratio = devicePixelRatio;
    const head = Math.round(24 * ratio);
    const sheet = document.createElement('canvas');
    sheet.width = Math.max(...canvases.map(({ width }) => width));
    sheet.height = canvases.reduce((sum, { height }) => sum + height, 0) + head * (canvases.length + 1);
    const context = sheet.getContext('2d');
    if (context === null) return;
    context.fillStyle = token('--surface');
    context.fillRect(0, 0, sheet.width, sheet.height);
    context.fillStyle = token('--ink');
    context.font = `${14 * ratio}px ${token('--font')}`;
    let y = 0;
    for (const [index, canvas] of canvases.entries()) {
      context.fillText(shown[index]!.label, 8 * ratio, y + 17 * ratio);
      context.drawImage(canvas, 0, y + head);
      y += head + canvas.height;
    }
    const toMs = this.#data?.toMs ?? Date.now();
    context.fillText(`Callwake · ${new Date(toMs).toISOString()}`, 8 * ratio, y + 17 * ratio);
    sheet.toBlob((blob) => {
      if (blob !== null) download('callwake-charts.png', blob);
    });
  }
}

interface ChartEvents {
  moved(index: number | null): void;
  step(by: number): void;
}

class Chart {
  readonly #spec: ChartSpec;
  readonly #host: HTMLElement;
  readonly #plot: uPlot;
  readonly #empty = make('div', 'chart-empty');
  readonly #values: HTMLElement[] = [];
  readonly #shades: readonly string[];
  readonly #resize: ResizeObserver;
  readonly #keys: (event: KeyboardEvent) => void;
  #data: ChartData | undefined;
  /** Of a logarithmic scale it must not begin at 0. */
  #range: [number, number] = [1, 1000];

  constructor(spec: ChartSpec, shades: readonly string[], events: ChartEvents) {
    this.#spec = spec;
    this.#shades = shades;
    this.#host = byId(spec.id);
    this.#host.tabIndex = 0;
    this.#host.setAttribute('role', 'img');
    this.#host.setAttribute('aria-label', spec.label);
    if (spec.legend !== '') this.#values = drawLegend(byId(spec.legend), spec.lines);
    this.#plot = new uPlot(this.#options(events), this.#lists(undefined), this.#host);
    this.#host.append(this.#empty);
    this.#resize = new ResizeObserver(() => this.#fit());
    this.#resize.observe(this.#host);
    this.#keys = (event) => {
      const by = { ArrowLeft: -1, ArrowRight: 1, Escape: 0 }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      events.step(event.shiftKey ? by * 10 : by);
    };
    this.#host.addEventListener('keydown', this.#keys);
  }

  get visible(): boolean {
    return this.#host.offsetParent !== null;
  }

  get label(): string {
    return this.#spec.label;
  }

  get canvas(): HTMLCanvasElement {
    return this.#plot.ctx.canvas;
  }

  destroy(): void {
    this.#resize.disconnect();
    this.#host.removeEventListener('keydown', this.#keys);
    this.#plot.destroy();
    this.#empty.remove();
  }

  update(data: ChartData): void {
    this.#data = data;
    const { columns } = data;
    const latency = this.#spec.latency?.(columns);
    this.#range =
      latency !== undefined
        ? latencyRange(latency)
        : this.#spec.unit === 'ratio'
          ? [0, 1]
          : linearRange(this.#spec.columns(columns));
    this.#plot.setData(this.#lists(columns), true);
    setText(this.#empty, this.#emptyText(data, latency));
    this.#empty.hidden = this.#empty.textContent === '';
  }

  readout(columns: Columns, index: number): void {
    const write = WRITERS[this.#spec.unit];
    const words: string[] = [];
    for (const [line, list] of this.#spec.columns(columns).entries()) {
      const value = list[index];
      const text = value === null || value === undefined ? '–' : write(value);
      const target = this.#values[line];
      if (target === undefined) continue;
      setText(target, text);
      target.title = value === null || value === undefined ? '' : exact(value, 3);
      words.push(`${this.#spec.lines[line]!.label} ${text}`);
    }
    if (words.length > 0) this.#host.setAttribute('aria-label', `${this.#spec.label}: ${words.join(', ')}`);
  }

  /** Puts the cursor on a time in seconds, or takes it away. */
  point(at: number | null): void {
    const left = at === null ? -10 : this.#plot.valToPos(at, 'x');
    this.#plot.setCursor({ left, top: at === null ? -10 : 1 }, false);
  }

  #emptyText({ columns }: ChartData, latency: LatencyColumns | undefined): string {
    if (columns.at.length === 0) return 'No sample in this time.';
    const { empty } = this.#spec;
    if (latency !== undefined) return latency.p50.every((value) => value === null) ? empty : '';
    const nothing = this.#spec
      .columns(columns)
      .every((list) => list.every((value) => value === null || value === 0));
    return nothing ? empty : '';
  }

  #lists(columns: Columns | undefined): uPlot.AlignedData {
    if (columns === undefined)
      return [[], ...this.#spec.lines.map(() => []), ...(this.#spec.kind === 'heat' ? [[]] : [])];
    return [columns.at, ...this.#spec.columns(columns)] as uPlot.AlignedData;
  }

  #fit(): void {
    const { clientWidth: width, clientHeight: height } = this.#host;
    if (width > 0 && height > 0) this.#plot.setSize({ width, height });
  }

  #options(events: ChartEvents): uPlot.Options {
    const rem = remPixels() / 16;
    const font = `${12 * rem}px ${token('--font')}`;
    const { kind, lines, timeAxis } = this.#spec;
    const grid = { stroke: token('--grid'), width: 1 };
    const axis = { stroke: token('--muted'), font, grid, ticks: { show: false } };
    return {
      width: Math.max(1, this.#host.clientWidth),
      height: Math.max(1, this.#host.clientHeight),
      padding: [8 * rem, 18 * rem, timeAxis ? 0 : 8 * rem, 0],
      legend: { show: false },
      cursor: {
        y: false,
        drag: { x: false, y: false },
        sync: { key: 'callwake', scales: ['x', null] },
        points: { show: kind !== 'heat', size: 6 },
      },
      scales: {
        x: {
          time: true,
          range: () => [(this.#data?.fromMs ?? 0) / 1000, (this.#data?.toMs ?? 60_000) / 1000],
        },
        y: { ...(kind === 'lines' ? {} : LOGARITHMIC), range: () => this.#range },
      },
      axes: [
        {
          ...axis,
          size: timeAxis ? 24 * rem : 0,
          gap: 7 * rem,
          // Labels with seconds are wider.
          space: (_plot, _axis, from, to) => (to - from > 300 ? 46 : 76) * rem,
          values: (_plot, splits, _axis, _space, increment) =>
            timeAxis ? splits.map((at) => localTime(at * 1000).slice(0, increment < 60 ? 8 : 5)) : [],
        },
        {
          ...axis,
          size: 56 * rem,
          gap: 6,
          space: (kind === 'lines' ? 20 : 24) * rem,
          ...(kind === 'lines'
            ? { values: (_plot: uPlot, splits: number[]) => splits.map(WRITERS[this.#spec.unit]) }
            : {
                splits: (plot: uPlot) =>
                  logSplits(
                    ...this.#range,
                    Math.max(2, Math.floor(plot.bbox.height / devicePixelRatio / (17 * rem))),
                  ),
                filter: (_plot: uPlot, splits: number[]) => splits,
                values: (_plot: uPlot, splits: number[]) => splits.map(axisMilliseconds),
              }),
        },
      ],
      series: [
        {},
        ...(kind === 'heat'
          ? [{ paths: () => null, points: { show: false } }]
          : lines.map(({ color, dash, width }) => ({
              stroke: token(color),
              width,
              dash: [...dash],
              points: { show: false },
              spanGaps: false,
            }))),
      ],
      ...(kind === 'latency' ? { bands: bandFills() } : {}),
      hooks: {
        setCursor: [(plot) => events.moved(plot.cursor.idx ?? null)],
        ...(kind === 'heat' ? { draw: [(plot: uPlot) => this.#heat(plot)] } : {}),
      },
    };
  }

  #heat(plot: uPlot): void {
    const { pick } = this.#spec;
    if (this.#data === undefined || pick === undefined) return;
    const { columns, boundsMs } = this.#data;
    paintHeat(plot, { spans: columns.spans, pick, boundsMs, shades: this.#shades });
  }
}

const WRITERS: Readonly<Record<ChartUnit, (value: number) => string>> = {
  '/s': brief,
  '': brief,
  ms: milliseconds,
  octets,
  'octets/s': octets,
  ratio: (value) => `${brief(value * 100)}\u202f%`,
};

/** The place of a further chart, on its page. */
function place({ id, page, title, unit }: MoreChart): HTMLElement {
  const block = make('div', 'chart-block');
  block.dataset['on'] = page;
  const head = make('div', 'chart-head');
  const heading = make('h2', '', title);
  heading.id = `${id}-title`;
  if (unit === '/s' || unit === 'octets/s') heading.append(' ', make('span', 'muted', '/s'));
  const legend = make('div', 'legend');
  legend.id = `${id}-legend`;
  const chart = make('div', 'chart');
  chart.id = id;
  chart.dataset['height'] = 'more';
  head.append(heading, legend);
  block.append(head, chart);
  return block;
}

/** Round numbers need no digits behind the point. */
const axisMilliseconds = (value: number): string =>
  value >= 1000 ? `${brief(value / 1000)}\u202fs` : `${brief(value)}\u202fms`;

/** Between neighbouring percentiles, fainter towards the tail. */
function bandFills(): uPlot.Band[] {
  const color = token('--series-1');
  return [
    { series: [2, 1], fill: `${color}40` },
    { series: [3, 2], fill: `${color}26` },
    { series: [4, 3], fill: `${color}14` },
  ];
}

function drawLegend(host: HTMLElement, lines: readonly Line[]): HTMLElement[] {
  const values: HTMLElement[] = [];
  host.replaceChildren(
    ...lines.map(({ label, color, dash, width }) => {
      const item = make('span', 'legend-item');
      const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
      svg.setAttribute('viewBox', '0 0 24 8');
      svg.setAttribute('aria-hidden', 'true');
      const stroke = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      stroke.setAttribute('d', 'M0 4h24');
      stroke.setAttribute('stroke', token(color));
      stroke.setAttribute('stroke-width', String(width + 0.5));
      stroke.setAttribute('stroke-dasharray', dash.join(' '));
      svg.append(stroke);
      const value = make('span', 'legend-value', '–');
      values.push(value);
      item.append(svg, label, value);
      return item;
    }),
  );
  return values;
}

function drawHeatKey(shades: readonly string[]): void {
  const key = byKind('heat-key', HTMLCanvasElement);
  const context = key.getContext('2d');
  if (context === null) return;
  const width = key.width / shades.length;
  for (const [index, shade] of shades.entries()) {
    context.fillStyle = shade;
    context.fillRect(index * width, 0, width + 1, key.height);
  }
}
