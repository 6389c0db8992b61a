import type { Snapshot } from '../live-source.ts';
import { byId, make, setText } from './dom.ts';
import { brief, duration, exact } from './format.ts';
import { describe } from './help.ts';
import { type Severity, SIGNS } from './signs.ts';

interface Said {
  readonly text: string;
  readonly severity?: Severity;
}

interface Line {
  readonly term: string;
  readonly metric?: string;
  say(snapshot: Snapshot): Said;
}

/** A bound is near. */
const NEAR = 0.8;
const part = (used: number, whole: number): Severity =>
  whole > 0 && used >= whole ? 'critical' : whole > 0 && used >= whole * NEAR ? 'warning' : 'well';
const percent = (value: number): string => `${brief(value * 100)}\u202f%`;
/** A thread that has work for more of the time than this has no room for a peak. */
const BUSY = 0.85;

// biome-ignore format: a line a line
const NOTIFIER: readonly Line[] = [
  { term: 'Oldest notice', metric: 'callwake_notifier_oldest_seconds', say: ({ notifier }) => ({ text: notifier.oldestMs > 0 ? duration(notifier.oldestMs) : 'none waits' }) },
  { term: 'Under way in the network', metric: 'callwake_notifier_under_way', say: ({ notifier: { underWay, underWayMax } }) => ({ text: `${exact(underWay)} of ${exact(underWayMax)}`, severity: part(underWay, underWayMax) }) },
  { term: 'Composed, not delivered', metric: 'callwake_notices_waiting', say: ({ totals }) => ({ text: exact(totals.noticesWaiting) }) },
  { term: 'Batches being rendered', metric: 'callwake_notifier_batches', say: ({ notifier: { batches, batchesMax } }) => ({ text: `${exact(batches)} of ${exact(batchesMax)}`, severity: batches >= batchesMax && batchesMax > 0 ? 'warning' : 'well' }) },
  { term: 'Rendered, wait for signalling', metric: 'callwake_notifier_waiting', say: ({ notifier }) => ({ text: exact(notifier.waiting) }) },
  { term: 'Wait in shards for a ring', metric: 'callwake_notifier_queued', say: ({ notifier }) => ({ text: exact(notifier.queued) }) },
  { term: 'Wait for the turn of their MSC', metric: 'callwake_notifier_paced', say: ({ notifier: { paced, pacedPerSecondMax } }) => ({ text: `${exact(paced)}${pacedPerSecondMax > 0 ? `, ${exact(pacedPerSecondMax)} /s go` : ''}`, severity: paced > 0 ? 'warning' : 'well' }) },
  { term: 'The oldest of these', metric: 'callwake_notifier_paced_oldest_seconds', say: ({ notifier: { pacedOldestMs } }) => ({ text: pacedOldestMs === 0 ? 'none waits' : pacedOldestMs < 1_000 ? 'under 1 s' : duration(pacedOldestMs) }) },
  { term: 'Throttling', metric: 'callwake_overload_level', say: ({ notifier: { throttle } }) => ({ text: throttle === 'normal' ? 'none' : throttle, severity: throttle === 'normal' ? 'well' : 'warning' }) },
  { term: 'May be begun', say: ({ notifier: { begunPerSecondMax } }) => ({ text: begunPerSecondMax < 0 ? 'any number' : `${exact(begunPerSecondMax)} /s`, severity: begunPerSecondMax < 0 ? 'well' : 'warning' }) },
];

// biome-ignore format: a line a line
const CAPACITY: readonly Line[] = [
  { term: 'Calls now', metric: 'callwake_calls_per_second', say: ({ point }) => ({ text: `${brief(point.callsPerSecond)} /s` }) },
  { term: 'Measured capacity', metric: 'callwake_capacity_calls_per_second', say: ({ capacity: { callsPerSecond } }) => ({ text: callsPerSecond > 0 ? `${exact(callsPerSecond)} /s` : 'not known' }) },
  { term: 'Used of it', say: ({ point, capacity: { callsPerSecond } }) => callsPerSecond > 0 ? { text: percent(point.callsPerSecond / callsPerSecond), severity: part(point.callsPerSecond, callsPerSecond) } : { text: 'not known' } },
  { term: 'Busiest thread', metric: 'callwake_thread_busy_ratio', say: ({ capacity: { busiest, busiestThread } }) => ({ text: `${busiestThread} ${percent(busiest)}`, severity: busiest > BUSY ? 'warning' : 'well' }) },
];

/** Figures with their names, in places that stand still. */
class Figures {
  readonly #section: HTMLElement;
  readonly #values: { readonly line: Line; readonly value: HTMLElement }[] = [];

  constructor(id: string, title: string, lines: readonly Line[]) {
    this.#section = byId(id);
    const head = make('div', 'panel-head');
    head.append(make('h2', '', title));
    const list = make('dl', 'totals');
    for (const line of lines) {
      const box = make('div');
      const term = make('dt', '', line.term);
      if (line.metric !== undefined) describe(term, line.metric);
      const value = make('dd');
      value.append(make('span', 'skeleton', '000000'));
      box.append(term, value);
      list.append(box);
      this.#values.push({ line, value });
    }
    this.#section.append(head, list);
  }

  append(element: HTMLElement): void {
    this.#section.append(element);
  }

  update(snapshot: Snapshot): void {
    for (const { line, value } of this.#values) {
      const { text, severity = 'well' } = line.say(snapshot);
      value.className = severity === 'well' ? '' : `word-${severity}`;
      setText(value, severity === 'well' ? text : `${SIGNS[severity]} ${text}`);
    }
  }
}

export class Panels {
  readonly #notifier = new Figures('notifier', 'The notifier now', NOTIFIER);
  readonly #capacity = new Figures('capacity', 'Used against measured', CAPACITY);
  readonly #note = make('p', 'muted');

  constructor() {
    this.#capacity.append(this.#note);
  }

  update(snapshot: Snapshot): void {
    this.#notifier.update(snapshot);
    this.#capacity.update(snapshot);
    setText(this.#note, capacityNote(snapshot));
  }
}

/** What is not known is said; what is guessed is called so. */
function capacityNote({ capacity, point }: Snapshot): string {
  const guess =
    capacity.busiest > 0.05 && point.callsPerSecond > 1
      ? ` An estimate from how busy ${capacity.busiestThread} is: ${brief(point.callsPerSecond / capacity.busiest)} calls a second. It takes the cost of a call for constant, and no other bound for nearer.`
      : '';
  if (capacity.callsPerSecond > 0)
    return `The measured capacity is what capacity.callsPerSecond of the configuration says.${guess}`;
  return `Nobody has said what this machine carries: measure it with "npm run load", and write it to capacity.callsPerSecond.${guess}`;
}
