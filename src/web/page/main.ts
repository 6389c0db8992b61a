import type { AlarmEvent, Hello, Snapshot } from '../live-source.ts';
import { nextRange, readAddress, writeAddress } from './address.ts';
import { Alarms } from './alarms.ts';
import { Charts } from './charts.ts';
import { byId, byKind, setText } from './dom.ts';
import { duration, localTime, utcTime } from './format.ts';
import type { LiveFrame } from './frames.ts';
import { learn } from './help.ts';
import { Link } from './link.ts';
import { MoreTables } from './more-tables.ts';
import { PAGES, PHONES_PAGE, pageIn } from './page-list.ts';
import { Pages } from './pages.ts';
import { Panels } from './panels.ts';
import { PhoneView } from './phone.ts';
import { Status } from './status.ts';
import { Tables } from './tables.ts';
import { Theme } from './theme.ts';
import { Tiles } from './tiles.ts';
import { Timeline } from './timeline.ts';
import { Totals } from './totals.ts';

const KEEP_MS = 61 * 60_000;
/** More points than this in a chart are drawn as fewer: a percentile needs many measurements to mean something. */
const COLUMNS_MAX = 120;
/** How often ages and clocks are brought up to date. */
const TICK_MS = 250;
const STALE_SAMPLES = 4;
const STALE_MIN_MS = 3000;

const view = readAddress();
const timeline = new Timeline(KEEP_MS);
let hello: Hello | undefined;
let snapshot: Snapshot | undefined;
let events: readonly AlarmEvent[] = [];
/** When the snapshot came, in ms of `performance.now()`. */
let arrivedAt = 0;
/** What was on the page when it was paused. */
let paused:
  | { readonly snapshot: Snapshot; readonly toMs: number; readonly events: readonly AlarmEvent[] }
  | undefined;
let drawPending = false;

document.documentElement.dataset['view'] = view.wall ? 'wall' : 'desk';
const pages = new Pages();
const charts = new Charts();
pages.show(pageIn(location.hash));
const theme = new Theme(() => charts.rebuild());
const status = new Status();
const tiles = new Tiles();
const tables = new Tables();
const moreTables = new MoreTables();
const panels = new Panels();
const alarms = new Alarms();
const totals = new Totals();
const phone = new PhoneView(view.phone, (handset) => {
  view.phone = handset;
  writeAddress(view);
});
const link = new Link(take, tick, () => {
  const last = timeline.last;
  return hello === undefined || last === undefined ? '' : `of=${hello.startedAtMs}&after=${last.sequence}`;
});

function take(frame: LiveFrame): void {
  if (frame.hello !== undefined) {
    if (hello !== undefined && hello.startedAtMs !== frame.hello.startedAtMs) phone.clear();
    hello = frame.hello;
    timeline.learn(hello.latencyBoundsMs, merges());
    charts.learn(hello.series);
    learn(hello.metrics);
    setText(byId('node'), hello.node);
    byId('mode').hidden = hello.mode !== 'demo';
    pages.offerPhones(hello.phones);
    phone.learn(hello);
    if (!hello.phones && pages.page === PHONES_PAGE.id) location.hash = '#/overview';
    byId('node').title = `version ${hello.version}`;
  }
  if (frame.history?.partial === true) timeline.add(frame.history.points);
  else if (frame.history !== undefined) timeline.replace(frame.history.points);
  if (frame.alarmHistory !== undefined) events = frame.alarmHistory.events;
  if (frame.snapshot !== undefined) {
    snapshot = frame.snapshot;
    delete document.body.dataset['empty'];
    arrivedAt = performance.now();
    timeline.add([snapshot.point]);
  }
  draw();
}

const merges = (): ('mean' | 'most')[] => (hello?.series ?? []).map(({ merge }) => merge);

/** Once per frame of the screen, however many samples came. */
function draw(): void {
  if (drawPending) return;
  drawPending = true;
  requestAnimationFrame(() => {
    drawPending = false;
    drawFigures();
    drawCharts();
    tick();
  });
}

function drawFigures(): void {
  const shown = paused?.snapshot ?? snapshot;
  if (shown === undefined) return;
  const find = view.find.trim().toLowerCase();
  const toMs = shown.point.atMs;
  const points = timeline.points.filter(({ atMs }) => atMs <= toMs && atMs > toMs - view.range * 1000);
  tiles.update(shown, hello, points, view.range);
  tables.update(shown, find);
  moreTables.update(shown, find);
  if (pages.page === 'latency' || document.querySelector('#percentiles .skeleton') !== null)
    moreTables.latencies(points, hello, view.range, find);
  moreTables.alarms(paused?.events ?? events, find);
  panels.update(shown);
  pages.update(shown);
  alarms.update(shown, find, hello?.acknowledge === true);
  totals.update(shown);
  phone.update(shown, hello, find);
}

/** The axis goes on when no samples come: what is missing is seen as missing. */
function drawCharts(): void {
  if (snapshot === undefined) return;
  const sampleMs = hello?.sampleMs ?? 1000;
  const ageMs = performance.now() - arrivedAt;
  const toMs = paused?.toMs ?? snapshot.point.atMs + (ageMs > sampleMs * 2 ? ageMs : 0);
  const fromMs = toMs - view.range * 1000;
  const boundsMs = hello?.latencyBoundsMs ?? [];
  const groupMs = Math.max(sampleMs, Math.round(view.range / COLUMNS_MAX) * 1000);
  const columns = timeline.columns({ fromMs: fromMs - groupMs, toMs, groupMs, boundsMs, merges: merges() });
  charts.update({ columns, fromMs, toMs, groupMs, boundsMs });
}

function isStale(): boolean {
  const limitMs = Math.max(STALE_MIN_MS, (hello?.sampleMs ?? 1000) * STALE_SAMPLES);
  return snapshot !== undefined && performance.now() - arrivedAt > limitMs;
}

let chartsDrawnAt = 0;
function tick(): void {
  const now = performance.now();
  const stale = link.state.kind === 'live' && isStale();
  const body = stale ? 'stale' : link.state.kind;
  if (document.body.dataset['link'] !== body) document.body.dataset['link'] = body;
  status.update({
    link: link.state,
    stale,
    ageMs: now - arrivedAt,
    now,
    snapshot: paused?.snapshot ?? snapshot,
    pausedAtMs: paused?.snapshot.point.atMs,
  });
  const wallMs = Date.now();
  setText(byId('clock-local'), localTime(wallMs));
  setText(byId('clock-utc'), utcTime(wallMs));
  const shown = paused?.snapshot ?? snapshot;
  if (shown !== undefined) setText(byId('uptime'), `up ${duration(shown.uptimeMs)}`);
  if ((stale || link.state.kind !== 'live') && paused === undefined && now - chartsDrawnAt > 1000) {
    chartsDrawnAt = now;
    drawCharts();
  }
}

function togglePause(): void {
  if (paused !== undefined) paused = undefined;
  else if (snapshot !== undefined) paused = { snapshot, toMs: snapshot.point.atMs, events };
  else return;
  const button = byId('pause');
  button.setAttribute('aria-pressed', String(paused !== undefined));
  setText(button, paused === undefined ? 'Pause' : 'Go on');
  draw();
}

function setWall(wall: boolean): void {
  view.wall = wall;
  document.documentElement.dataset['view'] = wall ? 'wall' : 'desk';
  byId('wall').setAttribute('aria-pressed', String(wall));
  writeAddress(view);
  charts.rebuild();
}

function setRange(range: number): void {
  view.range = range;
  byKind('range', HTMLSelectElement).value = String(range);
  writeAddress(view);
  draw();
}

const find = byKind('find', HTMLInputElement);
function setFind(words: string): void {
  view.find = words;
  if (find.value !== words) find.value = words;
  writeAddress(view);
  draw();
}

function route(): void {
  const page = pageIn(location.hash);
  if (page !== pages.page) scrollTo({ top: 0 });
  pages.show(page);
  draw();
}
addEventListener('hashchange', route);

const KEYS: Readonly<Record<string, () => void>> = {
  '/': () => {
    find.focus();
    find.select();
  },
  p: togglePause,
  t: () => theme.next(),
  w: () => setWall(!view.wall),
  r: () => setRange(nextRange(view.range)),
  '?': () => byKind('keys', HTMLDialogElement).showModal(),
  '0': () => {
    if (hello?.phones === true) location.hash = `#/${PHONES_PAGE.id}`;
  },
  ...Object.fromEntries(
    PAGES.map(({ id }, index) => [
      String(index + 1),
      () => {
        location.hash = `#/${id}`;
      },
    ]),
  ),
};
document.addEventListener('keydown', (event) => {
  const { target } = event;
  if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) {
    if (event.key === 'Escape' && target === find) {
      setFind('');
      find.blur();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || byKind('keys', HTMLDialogElement).open) return;
  const action = KEYS[event.key];
  if (action === undefined) return;
  event.preventDefault();
  action();
});

byId('pause').addEventListener('click', togglePause);
byId('wall').addEventListener('click', () => setWall(!view.wall));
byId('help').addEventListener('click', () => byKind('keys', HTMLDialogElement).showModal());
byId('range').addEventListener('change', () => setRange(Number(byKind('range', HTMLSelectElement).value)));
find.addEventListener('input', () => setFind(find.value));
find.value = view.find;
byKind('range', HTMLSelectElement).value = String(view.range);
byId('wall').setAttribute('aria-pressed', String(view.wall));

setInterval(tick, TICK_MS);
tick();
link.open();
