/**
 * Short messages of phones to our service numbers, whatever brings them: the parts of a long one are put together, and one that comes
 * again is the same message.
 */
import type { Concatenation } from '../stack/sms/user-data-header.ts';
import type { Clock } from '../types/clock.ts';
import type { Counters } from '../types/counters.ts';
import { RecentMap } from '../types/recent-map.ts';
import { MessageParts } from './message-parts.ts';
import type { SmsSelfCare, TakenShortMessage } from './sms-self-care.ts';

export interface MobileOriginatedMessage {
  /** The same for the same message, by all that its way says of it. */
  readonly key: string;
  /** A message of the same key within so long is the same one. */
  readonly sameForMs: number;
  /** E.164 digits; empty: whoever it is has none. */
  readonly sender: string;
  /** As dialled; an international number with its plus. */
  readonly receiver: string;
  readonly text: string;
  /** Of a part of a long one. */
  readonly concatenation: Pick<Concatenation, 'reference' | 'total' | 'sequence'> | undefined;
}

export interface MobileOriginatedPorts {
  readonly clock: Clock;
  readonly counters: Counters;
  readonly selfCare: SmsSelfCare;
}

/** A message that was taken lately, or is being taken: then those that wait to hear of it. */
interface Recent {
  readonly untilMs: number;
  waiting: ((how: TakenShortMessage) => void)[] | undefined;
}

/** Messages by which one that comes again is known. */
const RECENT_MAX = 10_000;

export class MobileOriginated {
  readonly #ports: MobileOriginatedPorts;
  readonly #parts: MessageParts;
  readonly #recent = new RecentMap<Recent>(RECENT_MAX);

  constructor(ports: MobileOriginatedPorts) {
    this.#ports = ports;
    this.#parts = new MessageParts(() => ports.counters.count('self-care.parts-given-up'));
  }

  /** Whether the same message came before, lately. */
  isRepeated(key: string): boolean {
    const recent = this.#recent.get(key);
    return recent !== undefined && this.#ports.clock.monotonic() < recent.untilMs;
  }

  take(message: MobileOriginatedMessage, then: (how: TakenShortMessage) => void): void {
    const { clock, counters, selfCare } = this.#ports;
    const { key, sameForMs, sender, receiver, text, concatenation } = message;
    const known = this.#recent.get(key);
    if (known !== undefined && this.isRepeated(key)) {
      counters.count('self-care.repeated');
      if (known.waiting === undefined) then('taken');
      else known.waiting.push(then);
      return;
    }
    const nowMs = clock.monotonic();
    const recent: Recent = { untilMs: nowMs + sameForMs, waiting: [then] };
    this.#recent.set(key, recent);
    const ended = (how: TakenShortMessage): void => {
      const { waiting = [] } = recent;
      recent.waiting = undefined;
      if (how === 'not-now') this.#recent.set(key, { untilMs: Number.NEGATIVE_INFINITY, waiting: undefined });
      for (const tell of waiting) tell(how);
    };
    if (concatenation === undefined || concatenation.total === 1)
      return selfCare.take(sender, receiver, text, clock.now(), ended);
    const whole = `${sender} ${receiver} ${concatenation.reference} ${concatenation.total}`;
    const said = this.#parts.add(whole, concatenation, text, nowMs);
    if (said === undefined) return ended('taken');
    selfCare.take(sender, receiver, said, clock.now(), (how) => {
      // Its last part comes again, and makes it whole again.
      if (how === 'taken') this.#parts.forget(whole);
      ended(how);
    });
  }
}
