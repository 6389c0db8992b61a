import uPlot from 'uplot';
import type { Latency, Point } from '../live-source.ts';
import { byId, byKind, download, make, remPixels, setText, token } from './dom.ts';
import { brief, duration, exact, localTime, milliseconds, utcTime } from './format.ts';
import { heatShades, paintHeat } from './heat.ts';
import { latencyRange, linearRange, logSplits } from './scales.ts';
import type { Column, Columns, LatencyColumns } from './timeline.ts';

export interface ChartData {
  readonly columns: Columns;
  readonly fromMs: number;
  readonly toMs: number;
  /** How much time a point stands for. */
  readonly groupMs: number;
  readonly boundsMs: readonly number[];
}

interface Line {
  readonly label: string;
  readonly color: string;
  readonly dash: readonly number[];
  readonly width: number;
}

/** Told apart by dashes as well as by colour. */
const TRAFFIC_LINES: readonly Line[] = [
  { label: 'calls', color: '--series-1', dash: [], width: 1.75 },
  { label: 'missed', color: '--series-2', dash: [7, 3], width: 1.75 },
  { label: 'delivered', color: '--series-3', dash: [], width: 1.75 },
  { label: 'failed', color: '--series-4', dash: [2, 3], width: 1.5 },
];
const LATENCY_LINES: readonly Line[] = [
  { label: 'p50', color: '--series-1', dash: [], width: 1.75 },
  { label: 'p90', color: '--series-3', dash: [], width: 1.25 },
  { label: 'p99', color: '--series-2', dash: [7, 3], width: 1.5 },
  { label: 'p99.9', color: '--muted', dash: [2, 2], width: 1.25 },
];

// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- the enum of the typing does not exist when the page runs
const LOGARITHMIC: Pick<uPlot.Scale, 'distr'> = { distr: 3 };

type Kind = 'traffic' | 'latency' | 'heat';

interface ChartSpec {
  readonly id: string;
  readonly kind: Kind;
  readonly label: string;
  readonly lines: readonly Line[];
  readonly legend: string;
  readonly timeAxis: boolean;
  columns(columns: Columns): readonly Column[];
  latency?: (columns: Columns) => LatencyColumns;
  pick?: (point: Point) => Latency;
}

const latencyLists = ({ p50, p90, p99, p999 }: LatencyColumns): readonly Column[] => [p50, p90, p99, p999];
const latencyCharts = (id: 'answer' | 'notice', label: string): readonly ChartSpec[] => [
  {
    id: `${id}-chart`,
    kind: 'latency',
    label: `${label}, percentiles over time`,
    lines: LATENCY_LINES,
    legend: `${id}-legend`,
    timeAxis: false,
    columns: (columns) => latencyLists(columns[id]),
    latency: (columns) => columns[id],
  },
  {
    id: `${id}-heat`,
    kind: 'heat',
    label: `${label}, how many took how long over time`,
    lines: [],
    legend: '',
    timeAxis: true,
    columns: (columns) => [columns[id].p50],
    latency: (columns) => columns[id],
    pick: (point) => point[id],
  },
];

const SPECS: readonly ChartSpec[] = [
  {
    id: 'traffic-chart',
    kind: 'traffic',
    label: 'Calls and notices per second over time',
    lines: TRAFFIC_LINES,
    legend: 'traffic-legend',
    timeAxis: true,
    columns: ({ calls, missed, delivered, failed }) => [calls, missed, delivered, failed],
  },
  ...latencyCharts('answer', 'initialDP to answer'),
  ...latencyCharts('notice', 'Reachable to notice sent'),
];

/** All charts: one time axis, one cursor. */
export class Charts {
  #charts: Chart[] = [];
  #data: ChartData | undefined;
  #index: number | null = null;

  constructor() {
    this.rebuild();
    byId('charts-png').addEventListener('click', () => this.#png());
  }

  /** After a change of theme or size of letters: colours and fonts are drawn, not styled. */
  rebuild(): void {
    for (const chart of this.#charts) chart.destroy();
    const shades = heatShades();
    drawHeatKey(shades);
    this.#charts = SPECS.map(
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
    for (const chart of this.#charts) chart.update(data);
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
    for (const chart of this.#charts) chart.readout(columns, index);
    const prefix = this.#index === null ? 'Latest: ' : '';
    setText(
      byId('cursor-time'),
      at === undefined
        ? 'No sample yet'
        : `${prefix}${localTime(at * 1000)} local · ${utcTime(at * 1000)} UTC · a point is ${duration(groupMs)}`,
    );
  }

  #png(): void {
    const canvases = this.#charts.map((chart) => chart.canvas);
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
      context.fillText(SPECS[index]!.label, 8 * ratio, y + 17 * ratio);
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
    this.#range = latency === undefined ? linearRange(this.#spec.columns(columns)) : latencyRange(latency);
    this.#plot.setData(this.#lists(columns), true);
    setText(this.#empty, this.#emptyText(data, latency));
    this.#empty.hidden = this.#empty.textContent === '';
  }

  readout(columns: Columns, index: number): void {
    const write = this.#spec.kind === 'traffic' ? brief : milliseconds;
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
    if (latency !== undefined)
      return latency.p50.every((value) => value === null)
        ? this.#spec.id.startsWith('answer')
          ? 'No call was answered in this time.'
          : 'No notice was sent in this time.'
        : '';
    return columns.calls.every((value) => value === null || value === 0) ? 'No call came in this time.' : '';
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
        y: { ...(kind === 'traffic' ? {} : LOGARITHMIC), range: () => this.#range },
      },
      axes: [
        {
          ...axis,
          size: timeAxis ? 20 * rem : 0,
          gap: 3,
          // Labels with seconds are wider.
          space: (_plot, _axis, from, to) => (to - from > 300 ? 46 : 76) * rem,
          values: (_plot, splits, _axis, _space, increment) =>
            timeAxis ? splits.map((at) => localTime(at * 1000).slice(0, increment < 60 ? 8 : 5)) : [],
        },
        {
          ...axis,
          size: 56 * rem,
          gap: 6,
          space: 24 * rem,
          ...(kind === 'traffic'
            ? { values: (_plot: uPlot, splits: number[]) => splits.map(brief) }
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
