/** By which channel a subscriber is told, and which one is next when it fails (N6, N8). */
import { matterOf } from '../rules/telling.ts';
import type { Channel, Fallback, NoticeWay } from '../types/model/channel.ts';
import type { Notice } from '../types/model/notice.ts';
import type { Preferences } from '../types/model/preferences.ts';
import type { Draft } from './draft.ts';
import { noticeHeldUntilMs, type Situation } from './due.ts';

/** Those that the operator has set up and the subscriber has an address for, in the subscriber's order; else the short message. */
export function channelsOf({ next, policy }: Situation): readonly Channel[] {
  const preferences = next.profile?.preferences;
  const usable = (preferences?.channels ?? []).filter(
    (channel) =>
      channel === 'sms' || (policy.channels.includes(channel) && wayBy(channel, preferences) !== undefined),
  );
  return usable.length === 0 ? ['sms'] : usable;
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
