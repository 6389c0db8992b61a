import { boolean, integer, list, optionalText, section, textElement } from '../../keys.ts';
import { filePath, hostPattern, secretReference, vapidPublicKey, vapidSubject } from '../../rules.ts';
import { connectorKeys } from './limits.ts';

export const webPush = section(
  'Notices on the screen of a browser, through the push service that it chose.',
  {
    enabled: boolean('Whether they are sent.', false),
    subject: optionalText(
      'Whom a push service may turn to.',
      vapidSubject,
      'mailto:operations@operator.example',
    ),
    publicKey: optionalText(
      'As callwake web-push keys prints it; the web page that asks for a subscription needs it too.',
      vapidPublicKey,
      'BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs',
    ),
    privateKey: optionalText('Where its private half stands.', secretReference, 'file:web-push.key'),
    allowedHosts: list(
      'Push services that are called; subscriptions at others are refused.',
      textElement(hostPattern),
      { allowed: 'a list of host names, or *. and a domain', atLeast: 1, atMost: 32 },
      [
        'fcm.googleapis.com',
        'updates.push.services.mozilla.com',
        'web.push.apple.com',
        '*.notify.windows.com',
      ],
    ),
    caFile: optionalText(
      'Certificates of the authorities that are trusted, PEM; without it those that Node trusts.',
      filePath,
      'push-ca.pem',
    ),
    allowPrivateAddresses: boolean(
      'Whether a push service may be on this machine or in a private network.',
      false,
    ),
    keptMs: integer('How long a push service keeps a notice for a browser that is away.', {
      from: 0,
      to: 2_419_200_000,
      default: 86_400_000,
    }),
    window: integer('Requests under way at once, for each push service.', {
      from: 1,
      to: 1_000,
      default: 16,
    }),
    ...connectorKeys({ sendsPerSecond: 100, sendMs: 15_000 }),
  },
);
