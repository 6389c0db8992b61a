/** What is in the model in its outside form: JSON, as it is read again. */
import type { Profile } from '../types/model/profile.ts';
import { minuteText, quietHoursText } from './minute-text.ts';
import { fieldsOf, type ProfileChange } from './profile-change.ts';
import type { FieldName, FieldValue } from './profile-fields.ts';
import { octetsText } from './text-rules.ts';

/** Fields whose outside form is another one than that of the model. */
const WRITERS: { readonly [K in FieldName]?: (value: FieldValue<K>) => unknown } = {
  quietHours: quietHoursText,
  digestAt: minuteText,
  webPush: (subscriptions) =>
    subscriptions.map(({ endpoint, p256dh, auth }) => ({
      endpoint,
      p256dh: octetsText(p256dh),
      auth: octetsText(auth),
    })),
};

export function plainChange(change: ProfileChange): Record<string, unknown> {
  const plain: Record<string, unknown> = { ...change };
  for (const [name, write] of Object.entries(WRITERS) as [FieldName, (value: unknown) => unknown][])
    if (plain[name] !== undefined && plain[name] !== null) plain[name] = write(plain[name]);
  return plain;
}

export function plainProfile(profile: Profile): Record<string, unknown> {
  return plainChange(fieldsOf(profile));
}
