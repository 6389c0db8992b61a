import type { Alarm, Snapshot } from '../live-source.ts';
import { giveCsv } from './csv.ts';
import { byId, make, setText } from './dom.ts';
import { duration, exact, localDateTime } from './format.ts';
import { SIGNS } from './signs.ts';

const SEVERITIES = ['critical', 'warning', 'unknown'];

/** Alarms that stand: since when, how many, what to do. */
export class Alarms {
  readonly #list = byId('alarm-list');
  readonly #count = byId('alarms-count');
  #rows: string[][] = [];
  #shown = '';

  constructor() {
    // It scrolls: the keyboard must reach it.
    this.#list.tabIndex = 0;
    for (let place = 0; place < 2; place++) {
      const item = make('li', 'alarm');
      item.append(make('span', 'skeleton', 'An alarm that stands, if any'));
      this.#list.append(item);
    }
    const csv = document.querySelector<HTMLButtonElement>('[data-csv="alarms"]');
    csv?.addEventListener('click', () => void giveCsv(csv, 'alarms', this.#rows));
  }

  update({ alarms, point }: Snapshot, find: string): void {
    const hits = alarms.filter((alarm) => find === '' || wordsOf(alarm).includes(find));
    setText(this.#count, hits.length < alarms.length ? `${hits.length} of ${alarms.length}` : '');
    this.#rows = [
      ['Severity', 'Code', 'Subject', 'Since', 'Count', 'Text', 'What to do'],
      ...hits.map((alarm) => [
        alarm.severity,
        alarm.code,
        alarm.subject,
        new Date(alarm.sinceMs).toISOString(),
        String(alarm.count),
        alarm.text,
        alarm.whatToDo,
      ]),
    ];
    const key = JSON.stringify(hits);
    if (key !== this.#shown) {
      this.#shown = key;
      const sorted = [...hits].sort((a, b) => rank(a) - rank(b));
      const none = alarms.length === 0 ? 'No alarm stands.' : `None of ${alarms.length} matches.`;
      this.#list.replaceChildren(...(sorted.length === 0 ? [make('li', 'empty', none)] : sorted.map(item)));
    }
    for (const age of this.#list.querySelectorAll<HTMLElement>('[data-since]'))
      setText(age, duration(point.atMs - Number(age.dataset['since'])));
  }
}

const rank = ({ severity }: Alarm): number => SEVERITIES.indexOf(severity);
const wordsOf = ({ code, subject, text, whatToDo, severity }: Alarm): string =>
  `${code} ${subject} ${text} ${whatToDo} ${severity}`.toLowerCase();

function item(alarm: Alarm): HTMLLIElement {
  const severity = alarm.severity === 'critical' || alarm.severity === 'warning' ? alarm.severity : 'unknown';
  const row = make('li', 'alarm');
  const head = make('p', 'alarm-head');
  const word = make('span', `word-${severity}`, `${SIGNS[severity]} ${severity}`);
  const since = make('span', 'muted figure', '');
  since.dataset['since'] = String(alarm.sinceMs);
  since.title = `since ${localDateTime(alarm.sinceMs)}`;
  head.append(word, since);
  const foot = make(
    'p',
    'alarm-code',
    `${alarm.code}${alarm.count > 1 ? ` · ${exact(alarm.count)} times` : ''}`,
  );
  if (/^(https?:\/\/|\/(?!\/))/.test(alarm.runbook)) {
    const link = make('a', '', 'Runbook');
    link.href = alarm.runbook;
    link.rel = 'noreferrer';
    foot.append(' · ', link);
  }
  row.append(head, make('p', '', alarm.text), make('p', 'alarm-do', alarm.whatToDo), foot);
  return row;
}
