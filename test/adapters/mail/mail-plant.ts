import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { eMailChannel } from '../../../src/adapters/channels/e-mail.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { Config } from '../../../src/config/schema/config.ts';
import type { MailMessage } from '../../../src/types/model/channel-message.ts';
import { ChannelPlant } from '../../support/channel-plant.ts';

export type MailConfig = Config['channels']['eMail'];

/** A channel towards a relay on loopback, one try a message unless something else is said. */
export function mailPlant(
  t: TestContext,
  port: number,
  changed: Partial<MailConfig> = {},
): ChannelPlant<MailMessage> {
  const loaded = loadConfig('signalling: { localPointCode: 1 }\nmap: { serviceCentreNumber: 491700000 }\n');
  assert(loaded.ok);
  const config: MailConfig = {
    ...loaded.config.channels.eMail,
    host: '127.0.0.1',
    port,
    security: 'none',
    from: 'missed-calls@operator.example',
    envelopeSender: 'bounces@operator.example',
    clientName: 'callwake.example',
    triesMax: 1,
    ...changed,
  };
  const plant = new ChannelPlant<MailMessage>((ports) => eMailChannel(config, ports));
  t.after(() => plant.end());
  return plant;
}

let last = 0;

export function mail(changed: Partial<MailMessage> = {}): MailMessage {
  return {
    id: `3.${++last}.0`,
    subscriber: '491710000002',
    to: 'b@subscriber.example',
    language: 'en',
    writtenAtMs: Date.UTC(2026, 0, 2, 3, 4, 5),
    subject: '2 missed calls',
    sections: [{ heading: '', lines: ['+49 170 0000002 called you 2 times, last at 03:04.'] }],
    closing: ['Operator Example'],
    ...changed,
  };
}
