/** By which channel a subscriber is told, and which one is next when it fails (N6, N8). */
import { matterOf } from '../rules/telling.ts';
import type { Channel, Fallback, NoticeWay } from '../types/model/channel.ts';
import { type Inbox, isUnread } from '../types/model/inbox.ts';
import type { Notice } from '../types/model/notice.ts';
import type { Preferences } from '../types/model/preferences.ts';
import type { Draft } from './draft.ts';
import { noticeHeldUntilMs, type Situation } from './due.ts';
import type { SubscriberPolicy } from './policy.ts';

/** Those that the operator has set up and the subscriber has an address for, in the subscriber's order; else the short message. */
export function channelsOf(situation: Situation): readonly Channel[] {
  const { next } = situation;
  const usable = (next.profile?.preferences?.channels ?? []).filter((one) => isUsable(one, situation));
  return usable.length === 0 ? ['sms'] : usable;
}

function isUsable(channel: Channel, { next, policy }: Situation): boolean {
  if (channel === 'sms') return true;
  if (!policy.channels.includes(channel)) return false;
  if (channel === 'inbox') return hasRoom(next.inbox, policy);
  return wayBy(channel, next.profile?.preferences) !== undefined;
}

/** N8: an inbox that nobody reads, or that is full of what is unread, is passed by. */
function hasRoom(inbox: Inbox | undefined, { inbox: { entriesMax } }: SubscriberPolicy): boolean {
  if (inbox === undefined) return true;
  return !inbox.isPassedBy && inbox.entries.filter(isUnread).length < entriesMax;
}

/** N8: what waits in the inbox in vain can be told another way; where the inbox is not there any more, it is the short message. */
export function isOtherThanInbox(situation: Situation): boolean {
  const { next, policy } = situation;
  const ordered = next.profile?.preferences?.channels ?? [];
  if (!policy.channels.includes('inbox') || !ordered.includes('inbox')) return true;
  return ordered.some((one) => one !== 'inbox' && isUsable(one, situation));
}

/** Where the next notice goes; undefined: by short message. */
export function nextWay(situation: Situation): NoticeWay | undefined {
  const usable = channelsOf(situation);
  const failed = situation.next.fallback?.failed ?? [];
  const channel = usable.find((one) => !failed.includes(one)) ?? usable[0]!;
  return wayBy(channel, situation.next.profile?.preferences);
}

function wayBy(channel: Channel, preferences: Preferences | undefined): NoticeWay | undefined {
  switch (channel) {
    case 'sms':
      return undefined;
    case 'webhook':
    case 'inbox':
      return { channel };
    case 'e-mail': {
      const address = preferences?.eMail ?? '';
      return address === '' ? undefined : { channel, address };
    }
    case 'web-push': {
      const subscriptions = preferences?.webPush ?? [];
      return subscriptions.length === 0 ? undefined : { channel, subscriptions };
    }
  }
}

/** What was ordered goes by any channel; what answers a short message, or asks for one (N9), by short message. */
function goesByAny({ content, recipient }: Notice, { next, rules }: Situation): boolean {
  if (recipient !== next.number || content.kind === 'teaser') return false;
  const matter = matterOf(content, rules);
  return matter === 'missed' || matter === 'urgent' || matter === 'returns';
}

/** Of the notice that is on its way, or that an SMSC has given up. */
export function isOtherChannelLeft(draft: Draft): boolean {
  const { delivery, noticeFixed, handedOver, fallback } = draft.next;
  const isHandedOver = delivery === 'handed-over';
  const notice = isHandedOver ? handedOver?.notice : draft.next.notice;
  if (notice === undefined || (!isHandedOver && (noticeFixed || handedOver !== undefined))) return false;
  if (!goesByAny(notice, draft) || noticeHeldUntilMs(draft, notice) > 0) return false;
  const failed = fallback?.failed ?? [];
  const own = notice.way?.channel ?? 'sms';
  return channelsOf(draft).some((one) => one !== own && !failed.includes(one));
}

export function smsAwaitsReturn(draft: Draft): boolean {
  const { fallback, notice, noticeFixed } = draft.next;
  return notice !== undefined && !noticeFixed && fallback?.awaitsReturn === true;
}

/** How a channel failed: for good, for now, or, as the short message, until the return. */
export type ChannelFailure = 'for-good' | 'for-now' | 'until-return';

const NO_FALLBACK: Fallback = { failed: [], awaitsReturn: false, mayRecover: false, anyway: false };

export function withFailed(
  before: Fallback = NO_FALLBACK,
  channel: Channel,
  failure: ChannelFailure,
): Fallback {
  return {
    ...before,
    failed: [...before.failed, channel],
    awaitsReturn: before.awaitsReturn || failure === 'until-return',
    mayRecover: before.mayRecover || failure === 'for-now',
  };
}

/** A try that goes out whatever flag the HLR has set begins with another channel. */
export function anyway(fallback: Fallback | undefined): Fallback {
  return { ...NO_FALLBACK, ...fallback, anyway: true };
}

/** The next notice goes to the first channel. */
export function beginAnew(draft: Draft): void {
  if (draft.next.fallback !== undefined) draft.set({ fallback: undefined });
}

/** Push services know some of the subscriptions no more (RFC 8030 §7.3). */
export function forgetEndpoints(draft: Draft, gone: readonly string[]): void {
  const { profile } = draft.next;
  const { webPush, ...rest } = profile?.preferences ?? {};
  if (profile === undefined || webPush === undefined) return;
  const kept = webPush.filter(({ endpoint }) => !gone.includes(endpoint));
  if (kept.length === webPush.length) return;
  const preferences = kept.length === 0 ? rest : { ...rest, webPush: kept };
  draft.set({ profile: { ...profile, preferences } });
}
