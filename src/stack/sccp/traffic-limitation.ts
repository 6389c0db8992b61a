/**
 * Traffic limitation (ITU-T Q.714 §2.6): what is sent to a congested node is restricted by its importance. MTP-STATUS raises
 * the restriction step by step while it is repeated, and time lowers it (§5.2.4); SSC from the node itself sets a level, which
 * time lowers too (§5.2.8).
 *
 *     importance above the level: sent; below: not sent; the level itself: a part, less with every sublevel
 */
import type { TimerListener, Timers } from '../../types/timers.ts';

/** Importance of data that names none, and the highest that a user may ask for (ITU-T Q.714 §2.6.2, table 2). */
export const IMPORTANCE_DEFAULT = 4;
export const IMPORTANCE_MAX = 6;
/** Importance of a service message that names none. */
const IMPORTANCE_SERVICE = 3;

/** Importance of a message, or of a request, that may name none (ITU-T Q.714 §2.6.2). */
export function importanceOf(message: {
  readonly importance?: number;
  readonly unsaidImportance?: number;
  readonly returnCause?: number;
}): number {
  const { importance, unsaidImportance, returnCause } = message;
  const named = unsaidImportance ?? importance;
  if (named === undefined) return returnCause === undefined ? IMPORTANCE_DEFAULT : IMPORTANCE_SERVICE;
  return Math.min(named, IMPORTANCE_MAX);
}

/** Restriction levels N and sublevels M of each (ITU-T Q.714 §5.2.4): at level 8 nothing goes. */
const LEVEL_MAX = 8;
const SUBLEVELS = 4;

/** Nodes that may be congested at once; more are not restricted. */
const CONGESTED_MAX = 1024;

export interface LimitationTimes {
  /** T(a): MTP-STATUS that is repeated sooner is not counted. */
  readonly attackMs: number;
  /** T(d): without MTP-STATUS for this long the restriction goes down by a sublevel. */
  readonly decayMs: number;
  /** T(con): without SSC for this long the level that it set goes down by one. */
  readonly congestionMs: number;
}

interface Congested {
  readonly pointCode: number;
  /** RL(M) and RSL(M), as one number of sublevels. */
  steps: number;
  /** The last level that MTP-STATUS had. */
  networkLevel: number;
  attackUntilMs: number;
  decay: number;
  /** CL(S): the level of the node's own SSC, 0 … 8. */
  reported: number;
  abatement: number;
  /** Messages at the level itself, to let a part of them pass. */
  atLevel: number;
}

const TIMER = { decay: 1, abatement: 2 } as const;

export class TrafficLimitation implements TimerListener {
  readonly #timers: Timers;
  readonly #times: LimitationTimes;
  readonly #count: (name: string) => void;
  /** The restriction of a node has another level than before; 0: none. */
  readonly #onLevel: (pointCode: number, level: number) => void;
  readonly #congested = new Map<number, Congested>();

  constructor(options: {
    readonly timers: Timers;
    readonly times: LimitationTimes;
    readonly count: (name: string) => void;
    readonly onLevel: (pointCode: number, level: number) => void;
  }) {
    this.#timers = options.timers;
    this.#times = options.times;
    this.#count = options.count;
    this.#onLevel = options.onLevel;
  }

  get congested(): readonly { readonly pointCode: number; readonly level: number }[] {
    return [...this.#congested.values()].map((one) => ({ pointCode: one.pointCode, level: levelOf(one) }));
  }

  /** Whether a message of this importance may go to the node now. */
  admits(pointCode: number, importance: number): boolean {
    if (this.#congested.size === 0) return true;
    const one = this.#congested.get(pointCode);
    if (one === undefined) return true;
    const level = levelOf(one);
    if (importance !== level) return importance > level;
    // Only MTP-STATUS has sublevels: of four messages as many stay behind as there are steps.
    const sublevel = Math.floor(one.steps / SUBLEVELS) === level ? one.steps % SUBLEVELS : 0;
    one.atLevel = (one.atLevel + 1) % SUBLEVELS;
    return one.atLevel >= sublevel;
  }

  /**
   * MTP-STATUS with congestion (ITU-T Q.714 §5.2.4). The level of a network that has them (1 … 3; 0: it has ended) restricts at once
   * what MTP would discard there: messages whose priority is below the level, of which importance has two each. Level 1 may also be that
   * of a network without levels. non-standard: Q.714 leaves networks with levels open.
   */
  onMtpStatus(pointCode: number, networkLevel: number): void {
    if (networkLevel === 0) return this.clear(pointCode);
    const one = this.#find(pointCode);
    if (one === undefined) return;
    this.#change(one, () => {
      const now = this.#timers.now();
      const least = networkLevel > 1 ? 2 * networkLevel * SUBLEVELS : 0;
      // Fallen to a lower level, which is the network's own word for a lower restriction.
      if (networkLevel < one.networkLevel) one.steps = 2 * networkLevel * SUBLEVELS;
      else if (now >= one.attackUntilMs || one.steps < least) {
        one.attackUntilMs = now + this.#times.attackMs;
        one.steps = Math.min(Math.max(one.steps + 1, least), LEVEL_MAX * SUBLEVELS);
      }
      one.networkLevel = networkLevel;
      this.#timers.stop(one.decay);
      one.decay = this.#timers.start(this.#times.decayMs, this, TIMER.decay, pointCode);
    });
  }

  /** SSC: the SCCP of the node reports its congestion level, 1 … 8 (ITU-T Q.714 §5.2.8). A lower one than before is awaited by T(con). */
  onCongestionReport(pointCode: number, level: number): void {
    const one = this.#find(pointCode);
    if (one === undefined || level < one.reported) return;
    this.#change(one, () => {
      one.reported = Math.min(level, LEVEL_MAX);
      this.#timers.stop(one.abatement);
      one.abatement = this.#timers.start(this.#times.congestionMs, this, TIMER.abatement, pointCode);
    });
  }

  /** The node is away or came back: its congestion is forgotten (ITU-T Q.714 §5.2.3). */
  clear(pointCode: number): void {
    const one = this.#congested.get(pointCode);
    if (one === undefined) return;
    this.#change(one, () => {
      one.steps = 0;
      one.reported = 0;
    });
  }

  onTimer(kind: number, pointCode: number): void {
    const one = this.#congested.get(pointCode);
    if (one === undefined) return;
    this.#change(one, () => {
      if (kind === TIMER.decay) {
        one.steps--;
        one.decay = one.steps > 0 ? this.#timers.start(this.#times.decayMs, this, TIMER.decay, pointCode) : 0;
      } else {
        one.reported--;
        const again = one.reported > 0;
        one.abatement = again
          ? this.#timers.start(this.#times.congestionMs, this, TIMER.abatement, pointCode)
          : 0;
      }
    });
  }

  #find(pointCode: number): Congested | undefined {
    const found = this.#congested.get(pointCode);
    if (found !== undefined) return found;
    if (this.#congested.size >= CONGESTED_MAX) {
      this.#count('sccp.management.congested-full');
      return undefined;
    }
    const one = {
      pointCode,
      steps: 0,
      networkLevel: 0,
      attackUntilMs: 0,
      decay: 0,
      reported: 0,
      abatement: 0,
      atLevel: 0,
    };
    this.#congested.set(pointCode, one);
    return one;
  }

  /** Makes a change, and tells of it when it made another level. */
  #change(one: Congested, change: () => void): void {
    const before = shownLevel(one);
    change();
    if (one.steps <= 0 && one.reported <= 0) {
      this.#timers.stop(one.decay);
      this.#timers.stop(one.abatement);
      this.#congested.delete(one.pointCode);
    }
    const after = shownLevel(one);
    if (after !== before) this.#onLevel(one.pointCode, after);
  }
}

/** RL: what is less important stays behind. */
function levelOf({ steps, reported }: Congested): number {
  return Math.max(Math.floor(steps / SUBLEVELS), reported);
}

/** For the users: a node that is congested at all has level 1 at least. */
function shownLevel(one: Congested): number {
  return one.steps > 0 || one.reported > 0 ? Math.max(1, levelOf(one)) : 0;
}
