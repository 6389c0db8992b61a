import type { Later } from '../later.ts';
import type { DetectionPoint } from './bcsm-fsm.ts';
import type { ChargedCall } from './charging.ts';
import { type CsAction, type CsEvent, type CsState, csFsm, csTable } from './cs-fsm.ts';
import type { SpecializedResource } from './specialized-resource.ts';

export interface TssfTimes {
  /** 1 to 20 seconds: 3GPP TS 23.078 §4.5.7. */
  readonly defaultMs: number;
  /** 1 to 30 minutes. */
  readonly userInteractionMs: number;
}

export interface CallSegmentHost<L> {
  readonly later: Later;
  readonly tssf: TssfTimes;
  /** What an action of the table does beyond the segment. */
  act(segment: CallSegment<L>, action: CsAction): void;
  onTssf(segment: CallSegment<L>): void;
}

/** A leg that waits for instructions. */
export interface Suspended {
  readonly point: DetectionPoint | undefined;
  readonly goOn: () => void;
}

/** Legs that are connected with each other, and the state of the gsmSSF for them. */
export class CallSegment<L = unknown> {
  readonly id: number;
  readonly #host: CallSegmentHost<L>;
  readonly legs = new Map<number, L>();
  readonly suspended = new Map<number, Suspended>();
  resource: SpecializedResource | undefined;
  srfCharging: ChargedCall | undefined;
  #state: CsState = csTable.initial;
  #tssf = 0;
  #lastIntervalMs: number;
  /** Seconds of a resetTimer under way. */
  #resetMs = 0;

  constructor(host: CallSegmentHost<L>, id: number) {
    this.#host = host;
    this.id = id;
    this.#lastIntervalMs = host.tssf.defaultMs;
    this.on('Invoke gsmSSF');
  }

  get state(): CsState {
    return this.#state;
  }

  get waits(): boolean {
    return this.#state.startsWith('Waiting');
  }

  /** False when the event is out of place. */
  on(event: CsEvent): boolean {
    const row = csFsm.find(this.#state, event, () => false);
    if (row === undefined) return false;
    this.#state = row[4];
    for (const action of row[3]) this.#do(action);
    return true;
  }

  resetTimer(ms: number): boolean {
    this.#resetMs = ms;
    return this.on('resetTimer');
  }

  /** Lets everything go on that waits. */
  resume(): void {
    const waiting = [...this.suspended.values()];
    this.suspended.clear();
    for (const { goOn } of waiting) goOn();
  }

  #do(action: CsAction): void {
    const { tssf, later } = this.#host;
    switch (action) {
      case 'start Tssf':
        return this.#start(tssf.defaultMs);
      case 'start Tssf for user interaction':
        return this.#start(tssf.userInteractionMs);
      case 'start Tssf again':
        return this.#start(this.#lastIntervalMs);
      case 'start Tssf by resetTimer':
        return this.#start(this.#resetMs);
      case 'stop Tssf':
        return later.cancel(this.#tssf);
      case 'let the call go on':
        return this.resume();
      default:
        this.#host.act(this, action);
    }
  }

  #start(ms: number): void {
    this.#host.later.cancel(this.#tssf);
    this.#lastIntervalMs = ms;
    this.#tssf = this.#host.later.after(ms, () => this.#host.onTssf(this));
  }
}
