/** Short messages to a service number (S1), whatever brought them: read, carried out, and answered by a notice. */
import type { LoopGuard } from '../selfcare/loop-guard.ts';
import type { ReadingPorts } from '../selfcare/read-argument.ts';
import { readKeywords } from '../selfcare/read-keywords.ts';
import type { Counters } from '../types/counters.ts';
import { isSubscriberNumber } from '../types/partition.ts';
import type { SelfCareDesk } from './self-care-desk.ts';

/** 'taken': durable, or not to be answered. 'not-now': it is to come again. */
export type TakenShortMessage = 'taken' | 'not-now';

export interface SmsSelfCarePorts {
  readonly counters: Counters;
  readonly desk: SelfCareDesk;
  readonly guard: LoopGuard;
  readonly reading: ReadingPorts;
  /** Digits, as subscribers dial them, and E.164. */
  readonly serviceNumbers: ReadonlySet<string>;
}

export class SmsSelfCare {
  readonly #ports: SmsSelfCarePorts;

  constructor(ports: SmsSelfCarePorts) {
    this.#ports = ports;
  }

  /** Whether a short message to these digits is for us. */
  isService(receiver: string): boolean {
    const { serviceNumbers, reading } = this.#ports;
    return serviceNumbers.has(receiver) || serviceNumbers.has(reading.toNumber(receiver));
  }

  /**
   * Takes one message. For any way that short messages come: `sender` is E.164 digits, empty for who has none; `receiver` is what the
   * sender dialled. `then` is called once, now or later.
   */
  take(
    sender: string,
    receiver: string,
    text: string,
    atMs: number,
    then: (how: TakenShortMessage) => void,
  ): void {
    const { counters, desk, guard, reading } = this.#ports;
    counters.count('self-care.short-message');
    const silence = isSubscriberNumber(sender) ? guard.judge(sender, text, atMs) : 'no-person';
    if (silence !== undefined || !this.isService(receiver)) {
      counters.count(`self-care.silent.${silence ?? 'not-ours'}`);
      return then('taken');
    }
    desk.greet(sender, (texts) => {
      if (texts === undefined) return then('not-now');
      const command = readKeywords(text, texts, reading);
      desk.order(sender, command, 'sms', (answer) => then(answer === undefined ? 'not-now' : 'taken'));
    });
  }
}
