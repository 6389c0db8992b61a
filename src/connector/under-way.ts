/** Sends that wait for their answer: each with who gives it up, and a guard for a sender that never answers. */
import type { Counters } from '../types/counters.ts';
import type { TimerListener, Timers } from '../types/timers.ts';
import type { Entry } from './entry.ts';
import type { SendOutcome } from './outcome.ts';

/** Begins a send. `answered` is called once, now or later; what it returns gives the send up. */
export type Send<Item> = (item: Item, answered: (outcome: SendOutcome) => void) => () => void;

interface UnderWay<Item> {
  readonly entry: Entry<Item>;
  /** Of the breaker, at its beginning. */
  readonly era: number;
  readonly begunMs: number;
  readonly guard: number;
  giveUp: () => void;
}

export interface UnderWayPorts<Item> {
  readonly send: Send<Item>;
  readonly timers: Timers;
  readonly counters: Counters;
  /** How long answers take. */
  readonly latency?: { record(ms: number): void };
}

export class SendsUnderWay<Item> implements TimerListener {
  readonly #channel: string;
  readonly #sendMs: number;
  readonly #ports: UnderWayPorts<Item>;
  readonly #onAnswer: (entry: Entry<Item>, era: number, outcome: SendOutcome) => void;
  /** By the serial of the entry. */
  readonly #sends = new Map<number, UnderWay<Item>>();

  constructor(
    channel: string,
    sendMs: number,
    ports: UnderWayPorts<Item>,
    onAnswer: (entry: Entry<Item>, era: number, outcome: SendOutcome) => void,
  ) {
    this.#channel = channel;
    this.#sendMs = sendMs;
    this.#ports = ports;
    this.#onAnswer = onAnswer;
  }

  get size(): number {
    return this.#sends.size;
  }

  has(entry: Entry<Item>): boolean {
    return this.#sends.has(entry.serial);
  }

  begin(entry: Entry<Item>, era: number): void {
    const { timers, send } = this.#ports;
    const { serial } = entry;
    const guard = timers.start(this.#sendMs, this, 0, serial);
    const sending: UnderWay<Item> = { entry, era, begunMs: timers.now(), guard, giveUp: () => undefined };
    this.#sends.set(serial, sending);
    sending.giveUp = send(entry.offer.item, (outcome) => this.#answered(sending, outcome));
  }

  /** Nobody waits for its answer any more. */
  giveUp(entry: Entry<Item>): void {
    const sending = this.#sends.get(entry.serial);
    if (sending === undefined) return;
    this.#forget(sending);
    sending.giveUp();
  }

  onTimer(_kind: number, serial: number): void {
    const sending = this.#sends.get(serial);
    if (sending === undefined) return;
    this.giveUp(sending.entry);
    const outcome = { kind: 'fault', fault: 'timeout', detail: 'no answer', uncertain: true } as const;
    this.#onAnswer(sending.entry, sending.era, outcome);
  }

  #answered(sending: UnderWay<Item>, outcome: SendOutcome): void {
    const { timers, counters, latency } = this.#ports;
    if (this.#sends.get(sending.entry.serial) !== sending) {
      counters.count(`connector.${this.#channel}.answer-late`);
      return;
    }
    this.#forget(sending);
    latency?.record(timers.now() - sending.begunMs);
    this.#onAnswer(sending.entry, sending.era, outcome);
  }

  #forget({ entry, guard }: UnderWay<Item>): void {
    this.#ports.timers.stop(guard);
    this.#sends.delete(entry.serial);
  }
}
