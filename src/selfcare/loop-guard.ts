/**
 * Keeps us from talking to machines: an auto-reply that answers our answers, a service that sends from a number, our own texts that
 * come back. Bounded: at its bound the number that was heard of longest ago is forgotten, and begins anew.
 */
import { RecentMap } from '../types/recent-map.ts';
import { folded, wordsOf } from './words.ts';

export interface LoopLimits {
  /** Short messages of one number in an hour that are answered. */
  readonly answersPerHour: number;
  /** Times that the same text is answered in an hour. */
  readonly sameTextPerHour: number;
}

export type Silence =
  /** A name, a short code, or one of our own numbers: no person. */
  | 'no-person'
  | 'too-many'
  | 'same-text'
  /** What we wrote to this number comes back. */
  | 'our-own-text';

interface Heard {
  sinceMs: number;
  answers: number;
  /** By text, how often in this hour. */
  readonly texts: Map<string, number>;
}

const HOUR_MS = 3_600_000;
const NUMBERS_MAX = 20_000;
/** Distinct texts of one number that are told apart in an hour; further ones count as too many. */
const TEXTS_MAX = 64;
/** Texts of ours that are remembered for a number. */
const OWN_TEXTS_MAX = 4;
/** A text of ours that is quoted has so many letters of it at least; shorter ones people may write themselves. */
const QUOTE_MIN = 24;
/** The shortest number that a person has: what is shorter is a service (ITU-T E.164 §6.2 has no lower bound). */
const PERSON_DIGITS_MIN = 7;

export class LoopGuard {
  readonly #limits: LoopLimits;
  readonly #ours: ReadonlySet<string>;
  readonly #heard = new RecentMap<Heard>(NUMBERS_MAX);
  readonly #written = new RecentMap<readonly string[]>(NUMBERS_MAX);

  /** @param ours E.164 digits or short numbers that we ourselves send from and are written to */
  constructor(limits: LoopLimits, ours: Iterable<string>) {
    this.#limits = limits;
    this.#ours = new Set(ours);
  }

  /** Something of ours goes to a number. */
  wrote(number: string, text: string): void {
    const others = (this.#written.get(number) ?? []).filter((one) => one !== text);
    this.#written.set(number, [...others, text].slice(-OWN_TEXTS_MAX));
  }

  /** Why this is not to be answered; undefined: it is, and counts. `sender` is E.164 digits, empty for who has none. */
  judge(sender: string, text: string, nowMs: number): Silence | undefined {
    if (sender.length < PERSON_DIGITS_MIN || this.#ours.has(sender)) return 'no-person';
    const key = keyOf(text);
    const own = (this.#written.get(sender) ?? []).map(keyOf);
    if (own.some((one) => one === key || (one.length >= QUOTE_MIN && key.includes(one))))
      return 'our-own-text';
    const heard = this.#heardFrom(sender, nowMs);
    const same = heard.texts.get(key) ?? 0;
    if (same >= this.#limits.sameTextPerHour) return 'same-text';
    if (heard.answers >= this.#limits.answersPerHour) return 'too-many';
    if (same === 0 && heard.texts.size >= TEXTS_MAX) return 'too-many';
    heard.answers++;
    heard.texts.set(key, same + 1);
    return undefined;
  }

  #heardFrom(sender: string, nowMs: number): Heard {
    const known = this.#heard.get(sender);
    // A clock that was set back begins another hour.
    if (known !== undefined && nowMs >= known.sinceMs && nowMs - known.sinceMs < HOUR_MS) return known;
    const heard: Heard = { sinceMs: nowMs, answers: 0, texts: new Map() };
    this.#heard.set(sender, heard);
    return heard;
  }
}

/** Texts that differ in case, marks or spaces are the same. */
function keyOf(text: string): string {
  return wordsOf(folded(text)).join(' ');
}
