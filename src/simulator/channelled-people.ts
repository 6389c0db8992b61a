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
];

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
    const eMail = `${settings.number}@subscriber.example`;
    return person({ ...settings, preferences: { ...settings.preferences, channels, eMail } });
  });
}
