/** What reductions say is worth a counter. */
import type { Notable } from '../../subscriber/draft.ts';
import type { Counters } from '../../types/counters.ts';

export function countNotables(notables: readonly Notable[], counters: Counters): void {
  for (const notable of notables) count(notable, counters);
}

function count(notable: Notable, counters: Counters): void {
  switch (notable) {
    case 'receipt-unknown':
      return counters.count('subscriber.receipt-unknown');
    case 'inbox.replaced':
      return counters.count('inbox.replaced');
    case 'inbox.read':
      return counters.count('inbox.read');
    case 'inbox.passed-on':
      return counters.count('inbox.passed-on');
    case 'inbox.unread':
      return counters.count('inbox.unread');
    default:
  }
  if (!notable.startsWith('delivered.')) return counters.count(`subscriber.overflow.${notable}`);
  const [result = '', kind = ''] = notable.split('.');
  counters.count(`notice.${result}`);
  counters.count(`notice.delivered.${kind}`);
}
