/**
 * What the signalling part does when more comes than the shards take: first notices are slowed, then the associations are read
 * in turns, then new calls go on without us and new MAP dialogues are refused; what is running is kept, and has the last room
 * in the rings to itself. The level follows the pressure by itself, up at once, and down with a margin:
 *
 *     pressure  0 …… 1   the highest of: how full the fullest ring to a shard is; the wait for a subscriber's decision, as a
 *                        share of the longest that a call is kept waiting (`cap.answerDeadlineMs`); how long the associations
 *                        have had more for us than we took, as a share of two seconds
 */
import type { Counters } from '../../types/counters.ts';
import type { TimerListener, Timers } from '../../types/timers.ts';

export type OverloadName = 'normal' | 'notices-slowed' | 'reading-slowed' | 'shedding' | 'reading-stopped';

export interface OverloadLevel {
  readonly name: OverloadName;
  /** Pressure at which the level begins, and below which it ends. */
  readonly entersAt: number;
  readonly leavesBelow: number;
  /** Notices and queries that are begun in a second at most. */
  readonly noticesPerSecond: number;
  readonly reading: 'always' | 'in-turns' | 'never';
  /** let-go: an initialDP is answered with END and continue, and nothing of it is kept. */
  readonly newCalls: 'watched' | 'let-go';
  /** refused: P-Abort "resource limitation" (ITU-T Q.774 §3.3.4). */
  readonly newDialogues: 'taken' | 'refused';
}

// biome-ignore format: a row a line
export const OVERLOAD_LEVELS: readonly OverloadLevel[] = [
  { name: 'normal',          entersAt: 0,    leavesBelow: 0,    noticesPerSecond: Infinity, reading: 'always',   newCalls: 'watched', newDialogues: 'taken' },
  { name: 'notices-slowed',  entersAt: 0.25, leavesBelow: 0.15, noticesPerSecond: 1_000,    reading: 'always',   newCalls: 'watched', newDialogues: 'taken' },
  { name: 'reading-slowed',  entersAt: 0.5,  leavesBelow: 0.35, noticesPerSecond: 100,      reading: 'in-turns', newCalls: 'watched', newDialogues: 'taken' },
  { name: 'shedding',        entersAt: 0.7,  leavesBelow: 0.5,  noticesPerSecond: 0,        reading: 'in-turns', newCalls: 'let-go',  newDialogues: 'refused' },
  { name: 'reading-stopped', entersAt: 0.9,  leavesBelow: 0.8,  noticesPerSecond: 0,        reading: 'never',    newCalls: 'let-go',  newDialogues: 'refused' },
];

/** The level that a pressure leads to from another one. */
export function overloadAfter(level: number, pressure: number): number {
  let next = level;
  while (next + 1 < OVERLOAD_LEVELS.length && pressure >= OVERLOAD_LEVELS[next + 1]!.entersAt) next++;
  while (next > 0 && pressure < OVERLOAD_LEVELS[next]!.leavesBelow) next--;
  return next;
}

/** What is late sheds calls, and stops nothing: only a ring that is full stops the reading. */
const LATE_MAX = 0.85;

/** How long the associations are read, and not read, where they are read in turns. */
export const READING_TURN_MS = 5;
/** Notices may be begun at once for so long a pause between them. */
const NOTICES_BURST_MS = 100;

const READING_TURN = 1;

export interface OverloadOptions {
  readonly timers: Timers;
  readonly counters: Counters;
  /** Stops and goes on reading from the network. */
  readonly setReading: (reading: boolean) => void;
}

export class Overload implements TimerListener {
  readonly #options: OverloadOptions;
  #level = 0;
  /** The level by the rings' fill alone. */
  #fullness = 0;
  #worst = 0;
  #reading = true;
  #timer = 0;
  /** Notices that may be begun now, and when that was so. */
  #allowance = 0;
  #allowedAtMs = 0;
  /** Shards that take no calls until some of their notices are done: to slow these would keep them so for ever. */
  readonly #heldByNotices = new Set<number>();

  constructor(options: OverloadOptions) {
    this.#options = options;
  }

  get level(): OverloadLevel {
    return OVERLOAD_LEVELS[this.#level]!;
  }

  /** The worst level since this was last asked, by its index. */
  takeWorst(): number {
    const worst = this.#worst;
    this.#worst = this.#level;
    return worst;
  }

  /**
   * Whether a new dialogue of MAP is let in: who is on the other side waits for longer than a caller does, so it is refused
   * for want of room alone.
   */
  get admitsDialogues(): boolean {
    return OVERLOAD_LEVELS[this.#fullness]!.newDialogues === 'taken';
  }

  /** A shard takes no calls, or takes them again, because of its open notices. */
  holdByNotices(shard: number, held: boolean): void {
    if (held) this.#heldByNotices.add(shard);
    else this.#heldByNotices.delete(shard);
  }

  /**
   * @param fill of the rings of calls and outcomes
   * @param late of the pressures those that say that something is late, 0 … 1 and above
   * @param returnsFill of the rings of returns: of what is refused when there is no room, and nothing else
   */
  update(fill: number, late: number, returnsFill = 0): void {
    this.#fullness = overloadAfter(this.#fullness, Math.max(fill, returnsFill));
    const next = overloadAfter(this.#level, Math.max(fill, Math.min(late, LATE_MAX)));
    if (next === this.#level) return;
    const { counters } = this.#options;
    // A level that was passed on the way up counts as entered: its measures are part of the next one's.
    for (let level = this.#level + 1; level <= next; level++)
      counters.count(`signalling.overload.${OVERLOAD_LEVELS[level]!.name}`);
    if (next === 0) counters.count('signalling.overload.over');
    this.#allowedAtMs = this.#options.timers.now();
    this.#allowance = 0;
    this.#level = next;
    if (next > this.#worst) this.#worst = next;
    this.#regulateReading();
  }

  /** How many notices and queries may be begun now, `max` at most. */
  noticesAllowed(max: number): number {
    const { noticesPerSecond } = this.level;
    if (noticesPerSecond === Infinity || this.#heldByNotices.size > 0) return max;
    const nowMs = this.#options.timers.now();
    const earned = ((nowMs - this.#allowedAtMs) * noticesPerSecond) / 1_000;
    this.#allowance = Math.min((noticesPerSecond * NOTICES_BURST_MS) / 1_000, this.#allowance + earned);
    this.#allowedAtMs = nowMs;
    return Math.min(max, Math.floor(this.#allowance));
  }

  noticesBegun(count: number): void {
    this.#allowance = Math.max(0, this.#allowance - count);
  }

  /** Runs while there is any overload, so that there are turns in which it can end. */
  onTimer(): void {
    this.#timer = 0;
    if (this.#level === 0) return;
    if (this.level.reading === 'in-turns') this.#setReading(!this.#reading);
    this.#startTurn();
  }

  #regulateReading(): void {
    const { reading } = this.level;
    if (reading !== 'in-turns') this.#setReading(reading === 'always');
    if (this.#timer === 0) this.#startTurn();
  }

  #startTurn(): void {
    this.#timer = this.#options.timers.start(READING_TURN_MS, this, READING_TURN, 0);
  }

  #setReading(reading: boolean): void {
    if (reading === this.#reading) return;
    this.#reading = reading;
    this.#options.counters.count(reading ? 'signalling.reading-resumed' : 'signalling.reading-stopped');
    this.#options.setReading(reading);
  }
}
