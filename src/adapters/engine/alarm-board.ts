/** Which alarms stand, since when, and how often they came. What flickers stands once. */
import type { Alarm, AlarmEvent, AlarmHistory } from '../../web/live-source.ts';
import { ALARMS, type AlarmCode, type AlarmRow } from './alarms.ts';

/** A condition that holds now. */
export interface AlarmCondition {
  readonly code: AlarmCode;
  /** What it is about; may be empty. */
  readonly subject: string;
  readonly detail?: string | number;
}

interface Entry {
  readonly row: AlarmRow;
  readonly subject: string;
  detail: string;
  /** When the condition began to hold; undefined: it does not. */
  sinceMs: number | undefined;
  /** The same, as a clock on the wall shows it. */
  sinceWallMs: number;
  lastHeldMs: number;
  stands: boolean;
  /** Times that it began to stand. */
  count: number;
  /** What the history says of the present time that it stands. */
  event: Changing<AlarmEvent> | undefined;
}

export type AlarmChange = 'raised' | 'acknowledged' | 'cleared';

type Changing<T> = { -readonly [Key in keyof T]: T[Key] };

/** Conditions remembered; further ones are not kept until others have gone. */
const ENTRIES_MAX = 500;
/** Times that alarms stood, remembered until the process ends. */
export const EVENTS_MAX = 500;

export class AlarmBoard {
  readonly #entries = new Map<string, Entry>();
  readonly #rows = new Map(ALARMS.map((row) => [row.code, row]));
  /** Oldest first. */
  #events: Changing<AlarmEvent>[] = [];
  #lastEvent = 0;
  #version = 0;
  #told: AlarmHistory = { version: 0, events: [] };
  readonly #onChange: (change: AlarmChange, event: AlarmEvent) => void;

  constructor(onChange: (change: AlarmChange, event: AlarmEvent) => void = () => undefined) {
    this.#onChange = onChange;
  }

  /** @param nowMs of a clock that is never set, for an alarm must not outlast a step of the one on the wall: `wallMs` */
  update(nowMs: number, conditions: readonly AlarmCondition[], wallMs = nowMs): void {
    for (const condition of conditions) this.#hold(nowMs, wallMs, condition);
    for (const [key, entry] of this.#entries) {
      if (entry.lastHeldMs === nowMs) continue;
      if (entry.stands && nowMs - entry.lastHeldMs < entry.row.clearMs) continue;
      if (entry.stands && entry.event !== undefined) {
        entry.event.clearedAtMs = wallMs;
        this.#onChange('cleared', entry.event);
        entry.event = undefined;
        this.#version++;
      }
      entry.stands = false;
      entry.sinceMs = undefined;
      // How often it came is forgotten where there is no room for it.
      if (entry.count === 0 || this.#entries.size > ENTRIES_MAX / 2) this.#entries.delete(key);
    }
  }

  /** Those that stand, the worst and then the oldest first. */
  get standing(): Alarm[] {
    const rank = ({ severity }: Alarm): number => (severity === 'critical' ? 0 : 1);
    return [...this.#entries.values()]
      .filter(({ stands }) => stands)
      .map(({ row, subject, detail, sinceWallMs, count, event }) => ({
        code: row.code,
        severity: row.severity,
        sinceMs: sinceWallMs,
        count,
        text: textOf(row, subject, detail),
        whatToDo: row.whatToDo,
        subject,
        runbook: '',
        acknowledgedAtMs: event?.acknowledgedAtMs ?? 0,
      }))
      .sort((a, b) => rank(a) - rank(b) || a.sinceMs - b.sinceMs);
  }

  /** Newest first; the same object until something changes. */
  get history(): AlarmHistory {
    if (this.#told.version !== this.#version)
      this.#told = { version: this.#version, events: this.#events.map((event) => ({ ...event })).reverse() };
    return this.#told;
  }

  /** Somebody has seen it. False when it does not stand. */
  acknowledge(code: string, subject: string, wallMs: number): boolean {
    const entry = this.#entries.get(`${code} ${subject}`);
    if (entry?.stands !== true || entry.event === undefined) return false;
    if (entry.event.acknowledgedAtMs === 0) {
      entry.event.acknowledgedAtMs = wallMs;
      this.#onChange('acknowledged', entry.event);
      this.#version++;
    }
    return true;
  }

  #hold(nowMs: number, wallMs: number, { code, subject, detail = '' }: AlarmCondition): void {
    const key = `${code} ${subject}`;
    const row = this.#rows.get(code)!;
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      if (this.#entries.size >= ENTRIES_MAX) return;
      entry = {
        row,
        subject,
        detail: '',
        sinceMs: undefined,
        sinceWallMs: 0,
        lastHeldMs: nowMs,
        stands: false,
        count: 0,
        event: undefined,
      };
      this.#entries.set(key, entry);
    }
    if (entry.sinceMs === undefined) {
      entry.sinceMs = nowMs;
      entry.sinceWallMs = wallMs;
    }
    entry.lastHeldMs = nowMs;
    entry.detail = String(detail);
    if (entry.stands || nowMs - entry.sinceMs < row.afterMs) return;
    entry.stands = true;
    entry.count++;
    this.#began(entry, wallMs);
  }

  /** What is remembered gives way at the bound: first what is over. */
  #began(entry: Entry, wallMs: number): void {
    entry.event = {
      id: ++this.#lastEvent,
      code: entry.row.code,
      severity: entry.row.severity,
      subject: entry.subject,
      text: textOf(entry.row, entry.subject, entry.detail),
      raisedAtMs: wallMs,
      acknowledgedAtMs: 0,
      clearedAtMs: 0,
    };
    this.#events.push(entry.event);
    this.#onChange('raised', entry.event);
    this.#version++;
    if (this.#events.length <= EVENTS_MAX) return;
    const over = this.#events.findIndex(({ clearedAtMs }) => clearedAtMs > 0);
    this.#events.splice(Math.max(0, over), 1);
  }
}

function textOf({ text }: AlarmRow, subject: string, detail: string): string {
  return text.replace('{subject}', subject).replace('{detail}', detail);
}
