/** Ways of notices (proto/channel.proto). */
import type { Fallback, NoticeWay, WebPushSubscription } from '../types/model/channel.ts';
import { copied, Damage, needed } from './codec.ts';
import { channels } from './enums.ts';
import type { callwake } from './generated/messages.js';

export function webPushFromWire(wire: callwake.WebPushSubscription.$Properties): WebPushSubscription {
  return {
    endpoint: needed(wire.endpoint, 'WebPushSubscription.endpoint'),
    p256dh: copied(wire.p256dh ?? undefined),
    auth: copied(wire.auth ?? undefined),
  };
}

export function wayToWire(way: NoticeWay): callwake.NoticeWay.$Properties {
  const channel = channels.toWire(way.channel);
  switch (way.channel) {
    case 'e-mail':
      return { channel, eMail: way.address };
    case 'webhook':
    case 'inbox':
      return { channel };
    case 'web-push':
      return { channel, webPush: [...way.subscriptions] };
    default:
      return way satisfies never;
  }
}

export function wayFromWire(wire: callwake.NoticeWay.$Properties): NoticeWay {
  const channel = channels.fromWire(wire.channel, 'NoticeWay.channel');
  switch (channel) {
    case 'e-mail':
      return { channel, address: wire.eMail ?? '' };
    case 'webhook':
    case 'inbox':
      return { channel };
    case 'web-push':
      return { channel, subscriptions: (wire.webPush ?? []).map(webPushFromWire) };
    case 'sms':
      throw new Damage('wire-unknown-value', 'NoticeWay.channel');
    default:
      return channel satisfies never;
  }
}

export function fallbackToWire({
  failed,
  awaitsReturn,
  anyway,
  mayRecover,
}: Fallback): callwake.Fallback.$Properties {
  return { failed: failed.map(channels.toWire), awaitsReturn, anyway, mayRecover };
}

export function fallbackFromWire(wire: callwake.Fallback.$Properties): Fallback {
  return {
    failed: (wire.failed ?? []).map((one) => channels.fromWire(one, 'Fallback.failed')),
    awaitsReturn: wire.awaitsReturn ?? false,
    anyway: wire.anyway ?? false,
    mayRecover: wire.mayRecover ?? false,
  };
}
