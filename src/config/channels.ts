/** What the keys of the channels must be to one another. */
import type { Inconsistency } from './inconsistency.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a channel that is enabled cannot do without. */
const NEEDED: Readonly<Record<string, readonly (readonly [key: string, allowed: string])[]>> = {
  eMail: [
    ['host', 'the relay'],
    ['from', 'the address that subscribers see'],
  ],
  webhook: [
    ['url', 'where the events go'],
    ['secrets', 'where the key stands that they are signed with'],
  ],
  webPush: [
    ['subject', 'whom a push service may turn to'],
    ['publicKey', 'as callwake web-push keys prints it'],
    ['privateKey', 'where the private half of the key stands'],
  ],
  inbox: [['secrets', 'where the key stands that the backend of the app shows']],
};

export function channelInconsistencies(channels: Fields): Inconsistency[] {
  const found: Inconsistency[] = [];
  for (const [name, needed] of Object.entries(NEEDED)) {
    const channel = fields(channels[name]);
    if (channel['enabled'] !== true) continue;
    for (const [key, allowed] of needed)
      if (channel[key] === undefined || (Array.isArray(channel[key]) && channel[key].length === 0))
        found.push({
          path: ['channels', name, key],
          message: 'is missing, and the channel is enabled',
          allowed,
        });
  }
  const eMail = fields(channels['eMail']);
  if ((eMail['user'] === undefined) !== (eMail['password'] === undefined))
    found.push({
      path: ['channels', 'eMail', eMail['user'] === undefined ? 'user' : 'password'],
      message: 'is missing',
      allowed: 'user and password, or neither',
    });
  if (eMail['security'] === 'none' && eMail['password'] !== undefined)
    found.push({
      path: ['channels', 'eMail', 'security'],
      message: 'is none, and the password would go over the network as it is',
      allowed: 'starttls or tls with a password',
    });
  found.push(...unsubscribeInconsistencies(fields(eMail['unsubscribe'])));
  const webhook = fields(channels['webhook']);
  if (
    typeof webhook['url'] === 'string' &&
    webhook['url'].startsWith('http:') &&
    webhook['allowPrivateAddresses'] !== true
  )
    found.push({
      path: ['channels', 'webhook', 'url'],
      message: 'is not encrypted, and allowPrivateAddresses is not true',
      allowed: 'an https address',
    });
  return found;
}

function unsubscribeInconsistencies({ url, mailto, secrets }: Fields): Inconsistency[] {
  const hasWay = url !== undefined || mailto !== undefined;
  const hasSecret = Array.isArray(secrets) && secrets.length > 0;
  if (hasWay === hasSecret) return [];
  return [
    {
      path: ['channels', 'eMail', 'unsubscribe', hasWay ? 'secrets' : 'url'],
      message: 'is missing',
      allowed: 'url or mailto with a secret, or none of them',
    },
  ];
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}
