/**
 * Who was told of which call. A call has a caller of its own, so that a notice that names the caller names the call; what is
 * told as a count alone is set against the calls of its subscriber that are not told by name.
 */
import type { ToldNotice } from '../src/simulator/read-notice.ts';
import { CALLER_PREFIX, INDEX_MAX, indexIn } from './numbers.ts';
import type { NoticeAccount as Account } from './plan.ts';

const REPORTED = 1;
const ACKNOWLEDGED = 2;
const TOLD = 4;

const GROWTH = 65_536;

export class NoticeAccount {
  #states = new Uint8Array(GROWTH);
  #subscribers = new Uint32Array(GROWTH);
  #calls = 0;
  /** By subscriber: calls told as a count. */
  readonly #further: Uint32Array;
  #doubled = 0;
  #repeated = 0;
  #wrong = 0;
  #messages = 0;

  /** @param subscribers indexes below it */
  constructor(subscribers: number) {
    this.#further = new Uint32Array(subscribers);
  }

  get messages(): number {
    return this.#messages;
  }

  get calls(): number {
    return this.#calls;
  }

  /** A new call; returns its index, which is its caller's too. */
  newCall(subscriber: number): number {
    const call = this.#calls++;
    if (call > INDEX_MAX) throw new Error('a load has 100 000 000 calls at most');
    if (call >= this.#states.length) this.#grow();
    this.#subscribers[call] = subscriber;
    return call;
  }

  reported(call: number): void {
    this.#states[call]! |= REPORTED;
  }

  acknowledged(call: number): void {
    this.#states[call]! |= ACKNOWLEDGED;
  }

  unreadable(): void {
    this.#messages++;
    this.#wrong++;
  }

  /** @param repeated the same octets have come before */
  told(subscriber: number, notice: ToldNotice, repeated: boolean): void {
    this.#messages++;
    if (repeated) {
      this.#repeated++;
      return;
    }
    if (notice.kind !== 'missed-calls') {
      this.#wrong++;
      return;
    }
    this.#further[subscriber]! += notice.furtherCalls;
    for (const { caller, calls } of notice.callers) {
      const call = indexIn(caller, CALLER_PREFIX);
      const state = call < 0 ? undefined : this.#states[call];
      if (state === undefined || call >= this.#calls || this.#subscribers[call] !== subscriber || calls !== 1)
        this.#wrong++;
      else if ((state & TOLD) !== 0) this.#doubled++;
      else if ((state & REPORTED) === 0) this.#wrong++;
      else this.#states[call] = state | TOLD;
    }
  }

  /** By subscriber: 1 where a call was acknowledged and is not told of. */
  owed(): Uint8Array {
    const untold = new Uint32Array(this.#further.length);
    for (let call = 0; call < this.#calls; call++) {
      const state = this.#states[call] as number;
      if ((state & TOLD) === 0 && (state & ACKNOWLEDGED) !== 0) untold[this.#subscribers[call] as number]!++;
    }
    return Uint8Array.from(untold, (due, subscriber) => (due > this.#further[subscriber]! ? 1 : 0));
  }

  report(): Account {
    const byName = { acknowledged: 0, unacknowledged: 0 };
    /** By subscriber: acknowledged and not told by name, and reported without an acknowledgement and not told by name. */
    const untold = new Uint32Array(this.#further.length);
    const unsure = new Uint32Array(this.#further.length);
    for (let call = 0; call < this.#calls; call++) {
      const state = this.#states[call] as number;
      const subscriber = this.#subscribers[call] as number;
      if ((state & TOLD) !== 0) {
        if ((state & ACKNOWLEDGED) !== 0) byName.acknowledged++;
        else byName.unacknowledged++;
      } else if ((state & ACKNOWLEDGED) !== 0) untold[subscriber]!++;
      else if ((state & REPORTED) !== 0) unsure[subscriber]!++;
    }
    let counted = 0;
    let lost = 0;
    let unacknowledged = byName.unacknowledged;
    let doubled = this.#doubled;
    for (let subscriber = 0; subscriber < untold.length; subscriber++) {
      const told = this.#further[subscriber] as number;
      const due = untold[subscriber] as number;
      const may = unsure[subscriber] as number;
      counted += Math.min(told, due);
      lost += Math.max(0, due - told);
      unacknowledged += Math.min(may, Math.max(0, told - due));
      doubled += Math.max(0, told - due - may);
    }
    return {
      right: byName.acknowledged + counted,
      lost,
      doubled,
      repeated: this.#repeated,
      wrong: this.#wrong,
      unacknowledged,
      counted,
      messages: this.#messages,
    };
  }

  #grow(): void {
    const size = this.#states.length * 2;
    const states = new Uint8Array(size);
    states.set(this.#states);
    this.#states = states;
    const subscribers = new Uint32Array(size);
    subscribers.set(this.#subscribers);
    this.#subscribers = subscribers;
  }
}
