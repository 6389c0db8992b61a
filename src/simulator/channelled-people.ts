/** Channels that people have ordered beside the short message, at random (N6, N8). */
import type { Channel } from '../types/model/channel.ts';
import { SeededRandom } from '../types/random.ts';
import { Chance } from './chance.ts';
import { type Person, person } from './person.ts';

/** Which is tried first, and what comes behind it. */
const ORDERS: readonly (readonly Channel[])[] = [
  ['e-mail', 'sms'],
  ['webhook', 'sms'],
  ['sms', 'e-mail'],
  ['sms', 'webhook'],
  ['e-mail', 'webhook', 'sms'],
  ['webhook', 'e-mail', 'sms'],
  ['e-mail', 'sms', 'webhook'],
  ['web-push', 'sms'],
  ['web-push', 'e-mail', 'sms'],
  ['sms', 'web-push'],
];

/** With an inbox among them: before the others, between, or alone. */
const ORDERS_WITH_INBOX: readonly (readonly Channel[])[] = [
  ['inbox', 'sms'],
  ['inbox', 'sms'],
  ['sms', 'inbox'],
  ['inbox', 'e-mail', 'sms'],
  ['e-mail', 'inbox', 'sms'],
  ['inbox'],
];

/** The keys of a browser, which nothing here encrypts for. */
const KEYS = { p256dh: new Uint8Array(65).fill(4), auth: new Uint8Array(16) } as const;
const BROWSERS_MAX = 2;

/** The same people, some of them with channels. */
export function withChannels(
  people: readonly Person[],
  { fraction, seed }: { readonly fraction: number; readonly seed: number },
): readonly Person[] {
  const chance = new Chance(new SeededRandom(seed));
  return people.map((one) => {
    const { handset: _handset, ...settings } = one;
    const channels = chance.oneOf(ORDERS);
    if (!chance.happens(fraction)) return one;
    const { number } = settings;
    const eMail = `${number}@subscriber.example`;
    const browsers = 1 + (Number(number) % BROWSERS_MAX);
    const webPush = Array.from({ length: browsers }, (_, browser) => ({
      endpoint: `https://push.example/${number}/${browser}`,
      ...KEYS,
    }));
    return person({ ...settings, preferences: { ...settings.preferences, channels, eMail, webPush } });
  });
}

/** The same people, some of them with an app that reads their inbox. */
export function withApps(
  people: readonly Person[],
  { fraction, seed }: { readonly fraction: number; readonly seed: number },
): readonly Person[] {
  const chance = new Chance(new SeededRandom(seed));
  return people.map((one) => {
    const { handset: _handset, ...settings } = one;
    const channels = chance.oneOf(ORDERS_WITH_INBOX);
    if (!chance.happens(fraction)) return one;
    return person({ ...settings, preferences: { ...settings.preferences, channels } });
  });
}
