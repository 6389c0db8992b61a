import type { Alarm, Snapshot } from '../live-source.ts';
import { giveCsv } from './csv.ts';
import { byId, make, setText } from './dom.ts';
import { duration, exact, localDateTime } from './format.ts';
import { describe } from './help.ts';
import { SIGNS } from './signs.ts';

const SEVERITIES = ['critical', 'warning', 'unknown'];

/** Alarms that stand: since when, how many, what to do. */
export class Alarms {
  readonly #list = byId('alarm-list');
  readonly #count = byId('alarms-count');
  #rows: string[][] = [];
  #shown = '';

  #acknowledgeable = false;

  constructor() {
    const title = document.querySelector<HTMLElement>('#alarms h2');
    if (title !== null) describe(title, 'callwake_alarms');
    this.#list.addEventListener('click', (event) => {
      if (event.target instanceof HTMLButtonElement) void acknowledge(event.target);
    });
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

  /** @param acknowledgeable this server takes it */
  update({ alarms, point }: Snapshot, find: string, acknowledgeable: boolean): void {
    if (acknowledgeable !== this.#acknowledgeable) {
      this.#acknowledgeable = acknowledgeable;
      this.#shown = '';
    }
    const hits = alarms.filter((alarm) => find === '' || wordsOf(alarm).includes(find));
    setText(this.#count, hits.length < alarms.length ? `${hits.length} of ${alarms.length}` : '');
    this.#rows = [
      ['Severity', 'Code', 'Subject', 'Since', 'Acknowledged', 'Count', 'Text', 'What to do'],
      ...hits.map((alarm) => [
        alarm.severity,
        alarm.code,
        alarm.subject,
        new Date(alarm.sinceMs).toISOString(),
        alarm.acknowledgedAtMs > 0 ? new Date(alarm.acknowledgedAtMs).toISOString() : '',
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
      const rows = sorted.map((alarm) => item(alarm, acknowledgeable));
      this.#list.replaceChildren(...(rows.length === 0 ? [make('li', 'empty', none)] : rows));
    }
    for (const age of this.#list.querySelectorAll<HTMLElement>('[data-since]'))
      setText(age, duration(point.atMs - Number(age.dataset['since'])));
  }
}

const rank = ({ severity }: Alarm): number => SEVERITIES.indexOf(severity);
const wordsOf = ({ code, subject, text, whatToDo, severity }: Alarm): string =>
  `${code} ${subject} ${text} ${whatToDo} ${severity}`.toLowerCase();

/** What the button is about stands in it. The next sample shows that it was taken. */
async function acknowledge(button: HTMLButtonElement): Promise<void> {
  const { code, subject = '' } = button.dataset;
  button.disabled = true;
  let said = 'The server does not answer.';
  try {
    const response = await fetch('alarms/acknowledge', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ code, subject }),
    });
    if (response.ok) {
      setText(button, 'Taken');
      return;
    }
    said = (await response.text()).trim().slice(0, 200);
  } catch {
    // As it was set above.
  }
  button.disabled = false;
  button.title = said;
  setText(button, 'Not taken');
}

function item(alarm: Alarm, acknowledgeable: boolean): HTMLLIElement {
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
  if (alarm.acknowledgedAtMs > 0)
    foot.append(` · acknowledged at ${localDateTime(alarm.acknowledgedAtMs).slice(11)}`);
  else if (acknowledgeable) {
    const button = make('button', 'quiet', 'Acknowledge');
    button.type = 'button';
    button.dataset['code'] = alarm.code;
    button.dataset['subject'] = alarm.subject;
    foot.append(' ', button);
  }
  if (alarm.acknowledgedAtMs > 0) row.classList.add('acknowledged');
  row.append(head, make('p', '', alarm.text), make('p', 'alarm-do', alarm.whatToDo), foot);
  return row;
}
