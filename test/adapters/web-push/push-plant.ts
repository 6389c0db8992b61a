/** A browser's subscription, and a push service on loopback. */
import assert from 'node:assert/strict';
import { createECDH, randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import { webPushChannel } from '../../../src/adapters/channels/web-push.ts';
import { newVapidKeys } from '../../../src/adapters/web-push/vapid.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { Config } from '../../../src/config/schema/config.ts';
import type { PushMessage } from '../../../src/types/model/channel-message.ts';
import { selfSigned } from '../../support/certificate.ts';
import { ChannelPlant } from '../../support/channel-plant.ts';
import { type HttpReceiver, httpReceiver } from '../../support/http-receiver.ts';
import { temporaryFile } from '../../support/temporary-folder.ts';

export class Browser {
  readonly #curve = createECDH('prime256v1');
  readonly auth = randomBytes(16);
  readonly p256dh = this.#curve.generateKeys();

  get privateKey(): string {
    return this.#curve.getPrivateKey('base64url');
  }
}

export interface PushPlant {
  readonly plant: ChannelPlant<PushMessage>;
  readonly service: HttpReceiver;
  readonly publicKey: string;
  readonly endpoint: string;
}

export async function pushPlant(
  t: TestContext,
  changed: Partial<Config['channels']['webPush']> = {},
): Promise<PushPlant> {
  const tls = selfSigned();
  const service = await httpReceiver(t, tls);
  const { publicKey, privateKey } = newVapidKeys();
  const loaded = loadConfig('signalling: { localPointCode: 1 }\nmap: { serviceCentreNumber: 491700000 }\n');
  assert(loaded.ok);
  const config = {
    ...loaded.config.channels.webPush,
    subject: 'mailto:operations@operator.example',
    publicKey,
    privateKey: `file:${temporaryFile(t, privateKey)}`,
    caFile: temporaryFile(t, tls.cert),
    allowedHosts: ['localhost', '*.push.example'],
    allowPrivateAddresses: true,
    triesMax: 1,
    ...changed,
  };
  const plant = new ChannelPlant<PushMessage>((ports) => webPushChannel(config, ports));
  t.after(() => plant.end());
  return { plant, service, publicKey, endpoint: `https://localhost:${service.port}/push/abc` };
}

let last = 0;

export function pushMessage(
  endpoint: string,
  browser: Browser,
  changed: Partial<PushMessage> = {},
): PushMessage {
  return {
    id: `7.${++last}.0`,
    subscription: { endpoint, p256dh: browser.p256dh, auth: browser.auth },
    about: { subscriber: '491700000001', kind: 'missed-calls' },
    urgency: 'high',
    data: { title: 'Missed calls', body: 'Zwölf 電話' },
    ...changed,
  };
}
