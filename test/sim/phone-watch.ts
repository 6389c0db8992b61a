/** What reached each phone for the first time, in the order in which it came. */
import type { EffectId } from '../../src/types/model/notice.ts';
import type { Delivery } from '../../src/types/model/thread.ts';

export class PhoneWatch {
  /** By recipient: the notice that the engine has delivered last. */
  readonly #last = new Map<string, EffectId>();
  /** In words; the first few. */
  readonly outOfOrder: string[] = [];

  delivered({ notice }: Delivery): void {
    const last = this.#last.get(notice.recipient);
    const { id } = notice;
    if (last !== undefined && last.sequence > id.sequence && this.outOfOrder.length < 10)
      this.outOfOrder.push(
        `${notice.recipient} was told of event ${id.sequence} of partition ${id.partition} behind ${last.sequence}`,
      );
    this.#last.set(notice.recipient, id);
  }
}
