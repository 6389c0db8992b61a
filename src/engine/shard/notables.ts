/** What reductions say is worth a counter. */
import type { Notable } from '../../subscriber/draft.ts';
import type { Counters } from '../../types/counters.ts';

export function countNotables(notables: readonly Notable[], counters: Counters): void {
  for (const notable of notables) {
    if (notable === 'receipt-unknown') counters.count('subscriber.receipt-unknown');
    else if (notable.startsWith('delivered.')) {
      const [result = '', kind = ''] = notable.split('.');
      counters.count(`notice.${result}`);
      counters.count(`notice.delivered.${kind}`);
    } else counters.count(`subscriber.overflow.${notable}`);
  }
}
