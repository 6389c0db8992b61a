/** The last notices, as a phone shows them, with as much of the numbers as the viewers may see. */
import { createHmac, randomBytes } from 'node:crypto';
import { directionOf } from '../../notice/direction.ts';
import { maskNumber } from '../../types/log.ts';
import type { PhoneNotice } from '../../web/live-source.ts';
import type { NoticeReport } from './reports.ts';

/** What goes out with every frame. */
const NOTICES_MAX = 24;

export class LiveNotices {
  readonly #privacy: 'masked' | 'full';
  readonly #sender: string;
  /** Of this process: nobody can compute a number from a handset's name, or the other way round. */
  readonly #key = randomBytes(32);
  /** Oldest first. */
  readonly #notices = new Map<string, PhoneNotice>();

  constructor(privacy: 'masked' | 'full', sender: string) {
    this.#privacy = privacy;
    this.#sender = sender;
  }

  take(reports: readonly NoticeReport[]): void {
    for (const report of reports) {
      const { id, text, language, kind, parts, partsDelivered, createdAtMs, startedAtMs, atMs, state } =
        report;
      const masked = this.#privacy === 'masked';
      this.#notices.delete(id);
      this.#notices.set(id, {
        id,
        recipient: masked ? maskNumber(report.recipient) : report.recipient,
        text: masked ? maskNumbersIn(text) : text,
        language,
        direction: directionOf(language),
        parts,
        partsDelivered,
        createdAtMs,
        sentAtMs: state === 'delivered' || state === 'with-smsc' || partsDelivered > 0 ? startedAtMs : 0,
        deliveredAtMs: state === 'delivered' ? atMs : 0,
        state,
        kind,
        sender: this.#sender,
        handset: createHmac('sha256', this.#key).update(report.recipient).digest('base64url').slice(0, 12),
      });
      if (this.#notices.size > NOTICES_MAX) {
        const [oldest] = this.#notices.keys();
        this.#notices.delete(oldest!);
      }
    }
  }

  /** Newest first. */
  get newestFirst(): PhoneNotice[] {
    return [...this.#notices.values()].reverse();
  }
}

/** Numbers of callers stand in the text. */
export function maskNumbersIn(text: string): string {
  return text.replace(/\d{5,}/g, maskNumber);
}
