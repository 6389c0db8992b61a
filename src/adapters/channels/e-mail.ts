import type { Config } from '../../config/schema/config.ts';
import { Connector } from '../../connector/connector.ts';
import type { MailMessage } from '../../types/model/channel-message.ts';
import { MailSender, mailOptions } from '../mail/mail-sender.ts';
import { type Channel, type ChannelPorts, limitsOf, oneWay } from './channel.ts';

/** @throws OperatingError `CW_SECRET_MISSING`, and the file system's own errors */
export function eMailChannel(
  config: Config['channels']['eMail'],
  ports: ChannelPorts<MailMessage>,
): Channel<MailMessage> {
  const sender = new MailSender(mailOptions(config), ports.counters);
  const limits = limitsOf(config, config.connections);
  return oneWay(new Connector('e-mail', limits, { ...ports, send: sender.send }), () => sender.close());
}
