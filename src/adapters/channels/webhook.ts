import type { Config } from '../../config/schema/config.ts';
import { Connector } from '../../connector/connector.ts';
import type { WebhookEvent } from '../../types/model/channel-message.ts';
import { WebhookSender, webhookOptions } from '../webhook/webhook-sender.ts';
import { type Channel, type ChannelPorts, limitsOf, oneWay } from './channel.ts';

/** @throws OperatingError `CW_SECRET_MISSING`, and the file system's own errors */
export function webhookChannel(
  config: Config['channels']['webhook'],
  ports: ChannelPorts<WebhookEvent>,
): Channel<WebhookEvent> {
  const sender = new WebhookSender(webhookOptions(config), ports.clock, ports.counters);
  const limits = limitsOf(config, config.window);
  return oneWay(new Connector('webhook', limits, { ...ports, send: sender.send }), () => sender.close());
}
