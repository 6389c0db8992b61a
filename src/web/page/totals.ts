import type { Snapshot } from '../live-source.ts';
import { byId, make, setText } from './dom.ts';
import { exact, localDateTime } from './format.ts';
import { describe } from './help.ts';
import { SIGNS } from './signs.ts';

interface Line {
  readonly term: string;
  /** Undefined: nobody knows it here, so the line is not shown. */
  pick(snapshot: Snapshot): number | undefined;
  /** Above 0 it is a fault. */
  readonly fault?: boolean;
  readonly metric?: string;
}

const LINES: readonly Line[] = [
  { term: 'Calls', pick: ({ totals }) => totals.callsAttempted, metric: 'callwake_calls_attempted_total' },
  { term: 'Missed calls', pick: ({ totals }) => totals.callsMissed, metric: 'callwake_calls_missed_total' },
  { term: 'Calls let go', pick: ({ totals }) => totals.callsLetGo, metric: 'callwake_calls_let_go_total' },
  { term: 'Notices sent', pick: ({ totals }) => totals.noticesSent, metric: 'callwake_notices_sent_total' },
  {
    term: 'Notices delivered',
    pick: ({ totals }) => totals.noticesDelivered,
    metric: 'callwake_notices_delivered_total',
  },
  {
    term: 'Notices failed',
    pick: ({ totals }) => totals.noticesFailed,
    metric: 'callwake_notices_failed_total',
  },
  {
    term: 'Notices waiting',
    pick: ({ totals }) => totals.noticesWaiting,
    metric: 'callwake_notices_waiting',
  },
  {
    term: 'Sent again after a crash',
    pick: ({ totals }) => totals.noticesRepeated,
    metric: 'callwake_notices_repeated_total',
  },
  {
    term: 'Told "is back"',
    pick: ({ totals }) => totals.notifyMeDelivered,
    metric: 'callwake_notify_me_delivered_total',
  },
  { term: 'Judged right', pick: ({ verdict }) => verdict?.right },
  { term: 'Lost', pick: ({ verdict }) => verdict?.lost, fault: true },
  { term: 'Doubled', pick: ({ verdict }) => verdict?.doubled, fault: true },
  { term: 'Wrong', pick: ({ verdict }) => verdict?.wrong, fault: true },
  { term: 'Late', pick: ({ verdict }) => verdict?.late },
  { term: 'Unacknowledged', pick: ({ verdict }) => verdict?.unacknowledged },
];

/** What was counted since the start, exact. */
export class Totals {
  readonly #since = make('span', 'muted');
  readonly #values = new Map<Line, { box: HTMLElement; value: HTMLElement }>();

  constructor() {
    const section = byId('totals');
    section.setAttribute('aria-labelledby', 'totals-title');
    const head = make('div', 'panel-head');
    const title = make('h2', '', 'Totals');
    title.id = 'totals-title';
    head.append(title, this.#since);
    const list = make('dl', 'totals');
    for (const line of LINES) {
      const box = make('div');
      const value = make('dd');
      value.append(make('span', 'skeleton', '000000'));
      const term = make('dt', '', line.term);
      if (line.metric !== undefined) describe(term, line.metric);
      box.append(term, value);
      list.append(box);
      this.#values.set(line, { box, value });
    }
    section.append(head, list);
  }

  update(snapshot: Snapshot): void {
    setText(this.#since, `since ${localDateTime(snapshot.point.atMs - snapshot.uptimeMs)}`);
    for (const [line, { box, value }] of this.#values) {
      const number = line.pick(snapshot);
      box.hidden = number === undefined;
      if (number === undefined) continue;
      const fault = line.fault === true && number > 0;
      value.className = fault ? 'word-critical' : '';
      setText(value, `${fault ? `${SIGNS.critical} ` : ''}${exact(number)}`);
    }
  }
}
