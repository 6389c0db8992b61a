/** The last notices, as a phone shows them, with as much of the numbers as the viewers may see. */
import { createHmac, randomBytes } from 'node:crypto';
import { directionOf } from '../../notice/direction.ts';
import { maskNumber } from '../../types/log.ts';
import type { PhoneNotice } from '../../web/live-source.ts';
import type { NoticeReport } from './reports.ts';

/** What goes out with every frame. */
const NOTICES_MAX = 24;
/** Of one phone, and phones, where the page may look at any of them. */
const OF_PHONE_MAX = 20;
const PHONES_MAX = 1_000;

export class LiveNotices {
  readonly #privacy: 'masked' | 'full';
  readonly #sender: string;
  /** Of this process: nobody can compute a number from a handset's name, or the other way round. */
  readonly #key = randomBytes(32);
  /** Oldest first. */
  readonly #notices = new Map<string, PhoneNotice>();
  /** By number, oldest first; nothing where numbers are masked. */
  readonly #byPhone = new Map<string, Map<string, PhoneNotice>>();

  constructor(privacy: 'masked' | 'full', sender: string) {
    this.#privacy = privacy;
    this.#sender = sender;
  }

  take(reports: readonly NoticeReport[]): void {
    for (const report of reports) {
      const { id, text, language, kind, parts, partsDelivered, createdAtMs, startedAtMs, atMs, state } =
        report;
      const masked = this.#privacy === 'masked';
      const notice: PhoneNotice = {
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
      };
      keep(this.#notices, id, notice, NOTICES_MAX);
      if (masked) continue;
      const ofPhone = this.#byPhone.get(report.recipient) ?? new Map<string, PhoneNotice>();
      keep(ofPhone, id, notice, OF_PHONE_MAX);
      keep(this.#byPhone, report.recipient, ofPhone, PHONES_MAX);
    }
  }

  /** The last ones to a number, newest first; none where numbers are masked. */
  to(number: string): PhoneNotice[] {
    return [...(this.#byPhone.get(number)?.values() ?? [])].reverse();
  }

  /** Newest first. */
  get newestFirst(): PhoneNotice[] {
    return [...this.#notices.values()].reverse();
  }
}

/** As the newest; the oldest gives way at the bound. */
function keep<V>(map: Map<string, V>, key: string, value: V, most: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= most) return;
  const [oldest] = map.keys();
  map.delete(oldest!);
}

/** Numbers of callers stand in the text. */
export function maskNumbersIn(text: string): string {
  return text.replace(/\d{5,}/g, maskNumber);
}
