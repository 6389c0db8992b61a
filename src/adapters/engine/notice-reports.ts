/** The last notices of a thread that hands them on, for the page. */
import type { Clock } from '../../types/clock.ts';
import type { NoticeResult } from '../../types/model/event.ts';
import { effectKey } from '../../types/model/notice.ts';
import type { Delivery } from '../../types/model/thread.ts';
import type { NoticeReport } from './reports.ts';

/** Since the report before: as many as a demo has in that time. */
const NOTICES_MAX = 100;

export class NoticeReports {
  readonly #clock: Clock;
  #notices: NoticeReport[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  readonly note = (
    { notice, parts, text }: Delivery,
    outcome: { result: NoticeResult; partsDelivered: number; startedAtMs?: number },
  ): void => {
    if (this.#notices.length >= NOTICES_MAX) this.#notices.shift();
    const atMs = this.#clock.now();
    this.#notices.push({
      id: effectKey(notice.id),
      recipient: notice.recipient,
      text,
      language: notice.language,
      kind: notice.content.kind,
      parts: parts.length,
      partsDelivered: outcome.partsDelivered,
      createdAtMs: notice.createdAtMs,
      startedAtMs: outcome.startedAtMs ?? atMs,
      atMs,
      state: stateOf(outcome.result),
    });
  };

  /** A receipt says that the phone has it. */
  delivered(delivery: Delivery): void {
    this.note(delivery, { result: 'delivered', partsDelivered: delivery.parts.length });
  }

  take(): readonly NoticeReport[] {
    const notices = this.#notices;
    this.#notices = [];
    return notices;
  }
}

function stateOf(result: NoticeResult): NoticeReport['state'] {
  if (result === 'delivered') return 'delivered';
  if (result === 'accepted') return 'with-smsc';
  return result === 'permanent' ? 'failed' : 'waiting';
}
