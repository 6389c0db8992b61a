/**
 * Runs a part on an event loop: turn after turn while there is work, with the loop's own work (sockets, commits) in
 * between; asleep when there is none, until a doorbell, a timer or `wake`. An idle part costs nothing. One that gathers waits
 * between turns while there are many (`gathering.ts`).
 */
import type { Clock } from '../../types/clock.ts';
import type { Part } from '../../types/ports/part.ts';
import type { TimerListener, Timers } from '../../types/timers.ts';
import { TimingWheel, type TimingWheelOptions } from '../../types/timing-wheel.ts';
import { Doorbell, type DoorbellMemory } from '../rings/doorbell.ts';
import { Gathering, type GatheringPace } from './gathering.ts';

/** What `setTimeout` takes at most. */
const timeoutMaxMs = 2 ** 31 - 1;
/** How soon a part gets a turn that waits for room in a ring. */
const STALLED_MS = 2;

export interface PartHostOptions {
  readonly clock: Clock;
  /** Rung by those who write into the part's rings. */
  readonly doorbell?: DoorbellMemory | undefined;
  readonly timers?: TimingWheelOptions;
  /** Default false: every turn is as soon as it can be. */
  readonly gathers?: GatheringPace | undefined;
}

export class PartHost {
  /** The part's timers; within a turn they count from its start, outside (from a socket, say) from the present. */
  readonly timers: Timers;
  readonly #wheel: TimingWheel;
  readonly #clock: Clock;
  readonly #doorbell: Doorbell | undefined;
  readonly #gathering: Gathering | undefined;
  #part: Part | undefined;
  #scheduled = false;
  #inTurn = false;
  #timeout: NodeJS.Timeout | undefined;
  #timeoutAtMs = Infinity;
  #stopped = false;
  #whenDrained: (() => void) | undefined;

  constructor(options: PartHostOptions) {
    this.#clock = options.clock;
    const wheel = new TimingWheel({ startMs: options.clock.monotonic(), ...options.timers });
    this.#wheel = wheel;
    this.timers = {
      start: (delayMs, listener, kind, key) => this.#startTimer(delayMs, listener, kind, key),
      stop: (handle) => wheel.stop(handle),
      now: () => (this.#inTurn ? wheel.now() : this.#clock.monotonic()),
    };
    this.#gathering = options.gathers === undefined ? undefined : new Gathering(options.gathers);
    this.#doorbell = options.doorbell === undefined ? undefined : new Doorbell(options.doorbell, this.#rung);
  }

  /** Something came up outside a turn: there will be one. Cheap when there will be one anyway. */
  readonly wake = (): void => {
    if (this.#scheduled || this.#stopped || this.#part === undefined) return;
    this.#scheduled = true;
    this.#doorbell?.wakeUp();
    setImmediate(this.#turn);
  };

  /** Starts with the turns. An exception of the part is the thread's: it ends, and its supervisor starts it anew. */
  run(part: Part): void {
    this.#part = part;
    this.wake();
  }

  /** Lets the part drain, for `deadlineMs` at most, and closes it. True when it was drained. */
  async stop(deadlineMs: number): Promise<boolean> {
    const part = this.#part;
    if (part === undefined) {
      this.#end();
      return true;
    }
    part.drain();
    this.wake();
    await new Promise<void>((resolve) => {
      const patience = setTimeout(resolve, deadlineMs);
      this.#whenDrained = () => {
        clearTimeout(patience);
        resolve();
      };
    });
    const { drained } = part;
    this.#end();
    await part.close();
    return drained;
  }

  /** A doorbell comes in a turn of the loop of its own: no other one need be waited for. */
  readonly #rung = (): void => {
    if (!this.#scheduled) this.#turn();
  };

  readonly #turn = (): void => {
    this.#scheduled = false;
    const part = this.#part;
    if (part === undefined || this.#stopped) return;
    this.#inTurn = true;
    const nowMs = this.#clock.monotonic();
    let work = this.#wheel.advance(nowMs) + part.doWork();
    if (this.#whenDrained !== undefined && part.drained) {
      this.#inTurn = false;
      this.#whenDrained();
      return;
    }
    if (this.#gathering?.noteTurn(nowMs, work) === true) {
      this.#inTurn = false;
      // Awake as far as writers know: none rings, and what `wake` asks for comes with the next turn.
      const { waitMs } = this.#gathering;
      if (this.#clock.monotonic() - nowMs >= waitMs) return this.wake();
      this.#scheduled = true;
      setTimeout(this.#turn, waitMs);
      return;
    }
    if (work === 0) {
      // From here on whoever writes into a ring rings; what was written just before is seen by one more turn.
      this.#doorbell?.fallAsleep();
      work = part.doWork();
    }
    this.#inTurn = false;
    if (work > 0) this.wake();
    else this.#armTimeout(part.stalled === true ? this.#clock.monotonic() + STALLED_MS : Infinity);
  };

  /** Between turns the wheel stands still, so the time since the last one is added; and the timeout may have to be sooner. */
  #startTimer(delayMs: number, listener: TimerListener, kind: number, key: number): number {
    if (this.#inTurn) return this.#wheel.start(delayMs, listener, kind, key);
    const sinceTurnMs = Math.max(0, this.#clock.monotonic() - this.#wheel.now());
    const handle = this.#wheel.start(delayMs + sinceTurnMs, listener, kind, key);
    this.wake();
    return handle;
  }

  /** A timeout that is armed for an earlier time stays: its turn finds nothing and arms the next. */
  #armTimeout(atMs: number): void {
    const wakeAtMs = Math.min(atMs, this.#wheel.nextWakeMs());
    if (wakeAtMs >= this.#timeoutAtMs) return;
    clearTimeout(this.#timeout);
    this.#timeoutAtMs = wakeAtMs;
    const delayMs = Math.max(1, Math.ceil(wakeAtMs - this.#clock.monotonic()));
    this.#timeout = setTimeout(
      () => {
        this.#timeoutAtMs = Infinity;
        this.wake();
      },
      Math.min(delayMs, timeoutMaxMs),
    );
  }

  #end(): void {
    this.#stopped = true;
    clearTimeout(this.#timeout);
    this.#doorbell?.close();
  }
}
