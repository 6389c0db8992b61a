/** Digits collected as CollectedDigits says: 3GPP TS 29.078 §5.1, §11.25; TS 23.078 §4.6.5. */
import type { CollectedDigits } from '../../stack/cap/types/announcement.ts';
import type { Later } from '../later.ts';
import type { Reply } from './call-script.ts';
import { keysOf } from './generic-digits.ts';

const FIRST_DIGIT_DEFAULT_SECONDS = 10;
const INTER_DIGIT_DEFAULT_SECONDS = 4;
const REPLY_DEFAULT_MS = 500;

export interface CollectionOrder {
  readonly min: number;
  readonly max: number;
  readonly endOfReply: string | undefined;
  readonly cancelKey: string | undefined;
  readonly startKey: string | undefined;
  readonly firstDigitMs: number;
  readonly interDigitMs: number;
  readonly interruptable: boolean;
  /** Whether the prompt is given once more when the caller does not answer properly. */
  readonly asksAgain: boolean;
}

/** Undefined when the parameters contradict each other. */
export function collectionOrder(digits: CollectedDigits): CollectionOrder | undefined {
  const min = digits.minimumNbOfDigits ?? 1;
  const max = digits.maximumNbOfDigits;
  if (max < min || max > 30 || min < 1) return undefined;
  return {
    min,
    max,
    endOfReply: keysOf(digits.endOfReplyDigit),
    cancelKey: keysOf(digits.cancelDigit),
    startKey: keysOf(digits.startDigit),
    firstDigitMs: (digits.firstDigitTimeOut ?? FIRST_DIGIT_DEFAULT_SECONDS) * 1000,
    interDigitMs: (digits.interDigitTimeOut ?? INTER_DIGIT_DEFAULT_SECONDS) * 1000,
    interruptable: digits.interruptableAnnInd !== false,
    asksAgain: digits.errorTreatment === 'repeatPrompt' || digits.errorTreatment === 'help',
  };
}

export interface CollectionHost {
  readonly later: Later;
  nextReply(): Reply | undefined;
  note(line: string): void;
}

/** One collection, from the prompt to its end. */
export class DigitCollection {
  readonly #host: CollectionHost;
  readonly #order: CollectionOrder;
  readonly #playsMs: number;
  readonly #done: (digits: string | undefined) => void;
  #timer = 0;
  #key = 0;
  #digits = '';
  #started = false;
  #again: boolean;

  constructor(
    host: CollectionHost,
    order: CollectionOrder,
    playsMs: number,
    done: (digits: string | undefined) => void,
  ) {
    this.#host = host;
    this.#order = order;
    this.#playsMs = playsMs;
    this.#done = done;
    this.#again = order.asksAgain;
    this.#prompt();
  }

  stop(): void {
    this.#host.later.cancel(this.#timer);
    this.#host.later.cancel(this.#key);
  }

  #prompt(): void {
    const { later } = this.#host;
    const { interruptable, firstDigitMs, startKey } = this.#order;
    this.#digits = '';
    this.#started = startKey === undefined;
    const reply = this.#host.nextReply();
    // Keys that are pressed while an announcement plays that may not be interrupted are not heard.
    const afterMs = reply?.afterMs ?? REPLY_DEFAULT_MS;
    if (reply !== undefined && (interruptable || afterMs >= this.#playsMs)) this.#press(reply, 0, afterMs);
    this.#timer = later.after(this.#playsMs + firstDigitMs, () => this.#onTimeout());
  }

  #press(reply: Reply, at: number, afterMs: number): void {
    const { later } = this.#host;
    const key = reply.digits[at];
    if (key === undefined) return;
    this.#key = later.after(afterMs, () => {
      if (!this.#onKey(key)) return;
      later.cancel(this.#timer);
      this.#timer = later.after(this.#order.interDigitMs, () => this.#onTimeout());
      this.#press(reply, at + 1, reply.interDigitMs ?? REPLY_DEFAULT_MS);
    });
  }

  /** False when the collection is over. The keys that steer it have one digit or two. */
  #onKey(key: string): boolean {
    const { max, endOfReply, cancelKey, startKey } = this.#order;
    this.#digits += key;
    if (!this.#started) {
      this.#started = startKey !== undefined && this.#digits.endsWith(startKey);
      if (this.#started) this.#digits = '';
      return true;
    }
    if (cancelKey !== undefined && this.#digits.endsWith(cancelKey)) {
      this.#digits = '';
      return true;
    }
    if (endOfReply !== undefined && this.#digits.endsWith(endOfReply)) {
      this.#digits = this.#digits.slice(0, -endOfReply.length);
      return this.#end();
    }
    return this.#digits.length < max ? true : this.#end();
  }

  #onTimeout(): void {
    this.#end();
  }

  #end(): false {
    this.stop();
    const enough = this.#started && this.#digits.length >= this.#order.min;
    if (!enough && this.#again) {
      this.#again = false;
      this.#host.note('prompt repeated');
      this.#prompt();
      return false;
    }
    this.#done(enough ? this.#digits : undefined);
    return false;
  }
}
