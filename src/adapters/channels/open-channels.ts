/** The channels that the configuration has set up, behind the desk that offers notices to them. */
import type { Config } from '../../config/schema/config.ts';
import type { ChannelDesk, ChannelItem, Outlets } from '../../engine/channel-desk.ts';
import type { Channel, ChannelPorts } from './channel.ts';
import { eMailChannel } from './e-mail.ts';
import { webPushChannel } from './web-push.ts';
import { webhookChannel } from './webhook.ts';

export type AnyChannel = Pick<Channel<never>, 'drain' | 'drained' | 'stop' | 'statuses'>;

/** @throws OperatingError `CW_SECRET_MISSING`, and the file system's own errors */
export function openChannels(
  { eMail, webhook, webPush, inbox }: Config['channels'],
  ports: Omit<ChannelPorts<ChannelItem>, 'onEnd'>,
  desk: ChannelDesk,
): readonly AnyChannel[] {
  const all = { ...ports, onEnd: desk.onEnd };
  const outlets = {
    ...(eMail.enabled ? { eMail: eMailChannel(eMail, all) } : {}),
    ...(webhook.enabled ? { webhook: webhookChannel(webhook, all) } : {}),
    ...(webPush.enabled ? { webPush: webPushChannel(webPush, all) } : {}),
  } satisfies Outlets;
  desk.open({ ...outlets, hasInbox: inbox.enabled });
  return Object.values(outlets);
}
