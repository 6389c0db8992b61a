/** N6: notices by e-mail are one conversation for the mailbox, each a reply to the one before (RFC 5322 §3.6.4), and have a way out. */
import type { Notice } from '../types/model/notice.ts';
import type { SubscriberState } from '../types/model/state.ts';
import type { Draft } from './draft.ts';
import { orderProfile } from './orders.ts';

/** The relay has taken it: the next one follows it. */
export function mailed(draft: Draft, notice: Notice): void {
  const { way, id } = notice;
  if (way?.channel !== 'e-mail' || way.address !== eMailOf(draft.next)) return;
  draft.set({ mailThread: { first: notice.follows?.first ?? id, last: id } });
}

/** RFC 8058: as when the subscriber orders the other channels alone; without any it is the short message. */
export function closeEMail(draft: Draft, address: string): void {
  const { profile } = draft.next;
  const channels = profile?.preferences?.channels;
  if (profile === undefined || address !== eMailOf(draft.next) || channels?.includes('e-mail') !== true)
    return;
  const others = channels.filter((channel) => channel !== 'e-mail');
  const preferences = { ...profile.preferences, channels: others.length === 0 ? (['sms'] as const) : others };
  orderProfile(draft, { ...profile, preferences });
}

function eMailOf({ profile }: SubscriberState): string | undefined {
  return profile?.preferences?.eMail;
}
