/** N6: notices by e-mail are one conversation for the mailbox: each is a reply to the one before (RFC 5322 §3.6.4). */
import type { Notice } from '../types/model/notice.ts';
import type { SubscriberState } from '../types/model/state.ts';
import type { Draft } from './draft.ts';

/** The relay has taken it: the next one follows it. */
export function mailed(draft: Draft, notice: Notice): void {
  const { way, id } = notice;
  if (way?.channel !== 'e-mail' || way.address !== eMailOf(draft.next)) return;
  draft.set({ mailThread: { first: notice.follows?.first ?? id, last: id } });
}

function eMailOf({ profile }: SubscriberState): string | undefined {
  return profile?.preferences?.eMail;
}
