/** What is so of a preference that a subscriber has not set. */
import type { ProfileChange } from './profile-change.ts';

/** A field that is not here has no default: there is no forwarding, no quiet hours, nobody on a list. */
export const CLASS_DEFAULTS: ProfileChange = {
  channels: ['sms'],
  aggregation: 'together',
  teaser: false,
  reasons: ['busy', 'no-answer', 'not-reachable', 'abandoned', 'barred'],
  noticesPerDay: 0,
  expiryMinutes: 0,
  returnPrivacy: 'everyone',
  callerFilter: 'none',
  mailbox: 'none',
};
