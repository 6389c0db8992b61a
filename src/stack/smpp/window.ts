/**
 * Requests that wait for their response (SMPP 5.0 §2.6, §2.9): so many at once, each with its sequence_number, its response_timer and
 * who waits for it.
 */
import type { TimerListener, Timers } from '../../types/timers.ts';
import type { CommandName, RequestName } from './commands.ts';
import type { Pdu } from './pdu.ts';

/** What became of a request: 'timeout' and 'lost' say nothing of what the peer did with it. */
export type Answer =
  | { readonly kind: 'response'; readonly pdu: Pdu }
  /** generic_nack: the peer could not read it, and did nothing. */
  | { readonly kind: 'nack'; readonly commandStatus: number }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'lost' };

export type Answered = (answer: Answer) => void;

interface Waiting {
  readonly response: CommandName;
  readonly answered: Answered;
  readonly timer: number;
}

/** sequence_number is 1 … 2^31 − 1 (SMPP 5.0 §4.7.24). */
const SEQUENCE_NUMBER_MAX = 0x7fff_ffff;

export class RequestWindow implements TimerListener {
  readonly #timers: Timers;
  readonly #responseMs: number;
  readonly #size: number;
  readonly #onRoom: () => void;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  /**
   * @param size requests of the user that may wait; the session's own have room beside them
   * @param onRoom it was full, and is not any more
   */
  constructor(timers: Timers, responseMs: number, size: number, onRoom: () => void) {
    this.#timers = timers;
    this.#responseMs = responseMs;
    this.#size = size;
    this.#onRoom = onRoom;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  get hasRoom(): boolean {
    return this.#waiting.size < this.#size;
  }

  /** The sequence_number to send it with. */
  open(request: RequestName, answered: Answered): number {
    do this.#last = this.#last === SEQUENCE_NUMBER_MAX ? 1 : this.#last + 1;
    while (this.#waiting.has(this.#last));
    const timer = this.#timers.start(this.#responseMs, this, 0, this.#last);
    this.#waiting.set(this.#last, { response: `${request}_resp`, answered, timer });
    return this.#last;
  }

  /** False: nobody waits for it, as it is late, repeated or made up. */
  answer(pdu: Pdu): boolean {
    const waiting = this.#waiting.get(pdu.sequenceNumber);
    if (waiting === undefined) return false;
    const nack = pdu.command === 'generic_nack';
    if (!nack && pdu.command !== waiting.response) return false;
    this.#end(
      pdu.sequenceNumber,
      waiting,
      nack ? { kind: 'nack', commandStatus: pdu.commandStatus } : { kind: 'response', pdu },
    );
    return true;
  }

  onTimer(_kind: number, sequenceNumber: number): void {
    const waiting = this.#waiting.get(sequenceNumber);
    if (waiting === undefined) return;
    this.#end(sequenceNumber, waiting, { kind: 'timeout' });
  }

  /** The connection is gone, and with it all answers. */
  end(): void {
    for (const [sequenceNumber, waiting] of [...this.#waiting])
      this.#end(sequenceNumber, waiting, { kind: 'lost' });
  }

  #end(sequenceNumber: number, { timer, answered }: Waiting, answer: Answer): void {
    const wasFull = this.#waiting.size >= this.#size;
    this.#timers.stop(timer);
    this.#waiting.delete(sequenceNumber);
    answered(answer);
    if (wasFull) this.#tellRoom();
  }

  #tellRoom(): void {
    if (this.hasRoom) this.#onRoom();
  }
}
