import type { Hello, Point, Snapshot } from '../live-source.ts';
import { byId, make, setSeverity, setText } from './dom.ts';
import { brief, exact, millisecondsParts } from './format.ts';
import { describe } from './help.ts';
import { SIGNS } from './signs.ts';
import { type Band, deviation, usualBand } from './usual.ts';

interface TileSpec {
  readonly title: string;
  readonly metric: string;
  /** What the figure is made of. */
  readonly href: string;
  /** Undefined: nothing was measured. */
  pick(point: Point): number | undefined;
  /** Number and unit. */
  write(value: number): readonly [string, string];
  /** Differences below it are trifles. */
  readonly floor: number;
  /** More is worse; else less is, too. */
  readonly onlyAbove: boolean;
}

/** What is happening now must not at once count as usual. */
const LATEST_MS = 60_000;

const perSecond = (value: number): readonly [string, string] => [brief(value), '/s'];
const latency = (pick: (point: Point) => { count: number; p99Ms: number }) => (point: Point) => {
  const { count, p99Ms } = pick(point);
  return count > 0 ? p99Ms : undefined;
};

// biome-ignore format: a tile a line
const TILES: readonly TileSpec[] = [
  { title: 'Calls', metric: 'callwake_calls_attempted_total', href: '#/traffic', pick: (point) => point.callsPerSecond, write: perSecond, floor: 5, onlyAbove: false },
  { title: 'Missed', metric: 'callwake_calls_missed_total', href: '#/traffic', pick: (point) => point.missedPerSecond, write: perSecond, floor: 5, onlyAbove: false },
  { title: 'Notices', metric: 'callwake_notices_delivered_total', href: '#/traffic', pick: (point) => point.noticesDeliveredPerSecond, write: perSecond, floor: 5, onlyAbove: false },
  { title: 'Answer p99', metric: 'callwake_latency_seconds', href: '#/latency', pick: latency((point) => point.answer), write: millisecondsParts, floor: 20, onlyAbove: true },
  { title: 'Notice p99', metric: 'callwake_latency_seconds', href: '#/latency', pick: latency((point) => point.notice), write: millisecondsParts, floor: 500, onlyAbove: true },
];

/** The figures of now, each with its unit, its time window and what is usual. */
export class Tiles {
  readonly #tiles = TILES.map((spec) => new Tile(spec.title, spec.href, spec.metric));
  readonly #last = new Tile('Faulty', '#/traffic');

  update(snapshot: Snapshot, hello: Hello | undefined, points: readonly Point[], rangeS: number): void {
    const windowText = sampleText(hello?.sampleMs ?? 1000);
    for (const [index, spec] of TILES.entries()) {
      const tile = this.#tiles[index]!;
      const value = spec.pick(snapshot.point);
      const values = points.map((point) => spec.pick(point)).filter((pick) => pick !== undefined);
      const earlier = points.filter(({ atMs }) => atMs < snapshot.point.atMs - LATEST_MS);
      const band = usualBand(earlier.map((point) => spec.pick(point)).filter((pick) => pick !== undefined));
      tile.note(windowText);
      if (value === undefined) {
        tile.show('–', '', 'nothing measured in this sample', '', '');
        tile.band(undefined, 0, 0);
        continue;
      }
      const [number, unit] = spec.write(value);
      const off = deviation(value, band, spec.floor);
      const deviates = off === 'above' || (off === 'below' && !spec.onlyAbove) ? off : undefined;
      const usual =
        band === undefined
          ? 'usual: not known yet'
          : `usual ${rangeText(spec.write(band.low), spec.write(band.high))} in ${rangeS / 60} min`;
      const sign = deviates === undefined ? '' : `${SIGNS.warning} ${deviates} `;
      tile.show(number, unit, sign + usual, deviates === undefined ? '' : 'warning', exact(value, 3));
      tile.band(band, value, Math.max(...values, value));
    }
    this.#verdict(snapshot);
  }

  /** A simulated network knows what was lost; without one, what waits is what matters. */
  #verdict({ verdict, totals }: Snapshot): void {
    this.#last.band(undefined, 0, 0);
    this.#last.note('since start');
    if (verdict === undefined) {
      this.#last.title('Waiting');
      const failed = `${exact(totals.noticesFailed)} failed, ${exact(totals.noticesDelivered)} delivered`;
      this.#last.show(brief(totals.noticesWaiting), 'notices', failed, '', exact(totals.noticesWaiting));
      return;
    }
    const bad = verdict.lost + verdict.doubled + verdict.wrong;
    const words = `${exact(verdict.lost)} lost, ${exact(verdict.doubled)} doubled, ${exact(verdict.wrong)} wrong`;
    const sign = bad === 0 ? '' : `${SIGNS.critical} `;
    this.#last.show(
      brief(bad),
      `of ${brief(verdict.right + bad)} notices`,
      sign + words,
      bad === 0 ? '' : 'critical',
      exact(bad),
    );
  }
}

/** The unit once where it is the same. */
function rangeText(low: readonly [string, string], high: readonly [string, string]): string {
  const end = `${high[0]}\u202f${high[1]}`;
  return low[1] === high[1] ? `${low[0]} – ${end}` : `${low[0]}\u202f${low[1]} – ${end}`;
}

const sampleText = (sampleMs: number): string =>
  sampleMs === 1000 ? 'last second' : `last ${brief(sampleMs / 1000)} s`;

class Tile {
  readonly #root = make('a', 'tile');
  readonly #title = make('span');
  readonly #note = make('span', 'tile-note');
  readonly #number = make('span', 'skeleton', '000');
  readonly #unit = make('span', 'tile-unit');
  readonly #usual = make('span', 'skeleton', 'usual not known yet');
  readonly #band = make('span', 'tile-band');
  readonly #range = make('i');
  readonly #now = make('b');

  constructor(title: string, href: string, metric?: string) {
    this.#root.href = href;
    const heading = make('span', 'tile-title');
    this.#title.textContent = title;
    if (metric !== undefined) describe(this.#title, metric);
    heading.append(this.#title, this.#note);
    const value = make('span', 'tile-value');
    value.append(this.#number, this.#unit);
    this.#band.append(this.#range, this.#now);
    this.#band.setAttribute('aria-hidden', 'true');
    this.#range.hidden = true;
    this.#now.hidden = true;
    const usual = make('span', 'tile-usual');
    usual.append(this.#usual);
    this.#root.append(heading, value, this.#band, usual);
    byId('tiles').append(this.#root);
  }

  title(text: string): void {
    setText(this.#title, text);
  }

  note(text: string): void {
    setText(this.#note, text);
  }

  show(number: string, unit: string, usual: string, severity: string, title: string): void {
    this.#number.className = '';
    this.#usual.className = '';
    setText(this.#number, number);
    setText(this.#unit, unit);
    if (setText(this.#usual, usual)) this.#usual.parentElement!.title = usual;
    setSeverity(this.#root, severity);
    if (this.#number.title !== title) this.#number.title = title;
  }

  band(band: Band | undefined, value: number, most: number): void {
    this.#range.hidden = band === undefined;
    this.#now.hidden = band === undefined;
    if (band === undefined || most <= 0) return;
    const percent = (part: number): string => `${Math.min(100, (part / most) * 100).toFixed(1)}%`;
    this.#range.style.left = percent(band.low);
    this.#range.style.right = `${(100 - Math.min(100, (band.high / most) * 100)).toFixed(1)}%`;
    this.#now.style.left = `min(${percent(value)}, 100% - 3px)`;
  }
}
