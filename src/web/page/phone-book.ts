import type { PhoneNotice } from '../live-source.ts';

const PHONES_MAX = 50;
const MESSAGES_MAX = 20;

/** One handset with its messages, oldest first. */
export interface Phone {
  readonly handset: string;
  recipient: string;
  readonly messages: PhoneNotice[];
  /** When something last happened to it. */
  changedAtMs: number;
}

/**
 * What the handsets show, collected from the notices of each snapshot, so that a phone keeps its messages when busier
 * ones have pushed them out of the snapshot. The phone that was quiet longest gives way at the bound.
 */
export class PhoneBook {
  readonly #phones = new Map<string, Phone>();

  /** Newest first, as a snapshot has them. */
  add(notices: readonly PhoneNotice[], keep: string | undefined): void {
    for (let index = notices.length - 1; index >= 0; index--) this.#take(notices[index]!);
    while (this.#phones.size > PHONES_MAX) {
      const quiet = this.phones().findLast(({ handset }) => handset !== keep);
      if (quiet === undefined) break;
      this.#phones.delete(quiet.handset);
    }
  }

  clear(): void {
    this.#phones.clear();
  }

  get(handset: string): Phone | undefined {
    return this.#phones.get(handset);
  }

  /** The most recently changed first. */
  phones(): Phone[] {
    return [...this.#phones.values()].sort((a, b) => b.changedAtMs - a.changedAtMs);
  }

  #take(notice: PhoneNotice): void {
    let phone = this.#phones.get(notice.handset);
    if (phone === undefined) {
      phone = { handset: notice.handset, recipient: notice.recipient, messages: [], changedAtMs: 0 };
      this.#phones.set(notice.handset, phone);
    }
    phone.recipient = notice.recipient;
    const at = phone.messages.findIndex(({ id }) => id === notice.id);
    if (at >= 0) phone.messages[at] = notice;
    else {
      phone.messages.push(notice);
      phone.messages.sort((a, b) => a.createdAtMs - b.createdAtMs);
      if (phone.messages.length > MESSAGES_MAX) phone.messages.shift();
    }
    phone.changedAtMs = Math.max(
      phone.changedAtMs,
      notice.createdAtMs,
      notice.sentAtMs,
      notice.deliveredAtMs,
    );
  }
}
