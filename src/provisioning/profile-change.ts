/** What a row of a file or a command changes of a profile, and what a profile says, field by field. */
import type { Preferences } from '../types/model/preferences.ts';
import type { Profile } from '../types/model/profile.ts';
import { BASIC_FIELDS, type FieldName, type FieldValue } from './profile-fields.ts';

/** Fields that are not there stay as they are; null: back to the default. */
export type ProfileChange = { readonly [K in FieldName]?: FieldValue<K> | null };

type Basic = (typeof BASIC_FIELDS)[number];
const isBasic = (name: FieldName): name is Basic => (BASIC_FIELDS as readonly string[]).includes(name);

/** The model says `digestMinute` for what people know as a time of the day. */
const inModel = (name: Exclude<FieldName, Basic>): keyof Preferences =>
  name === 'digestAt' ? 'digestMinute' : name;
const outside = (key: keyof Preferences): FieldName =>
  key === 'digestMinute' ? 'digestAt' : (key as FieldName);

/**
 * The profile after a change. What a later version stored beside it stays.
 * @param before undefined: nobody has provisioned the number
 * @param defaults what is so where nothing is said
 * @param replace fields that are not in the change go back to the defaults
 */
export function changedProfile(
  before: Profile | undefined,
  change: ProfileChange,
  defaults: Profile,
  replace: boolean,
): Profile {
  const base = before === undefined || replace ? defaults : before;
  const basics: Record<string, unknown> = {};
  const preferences: Record<string, unknown> = { ...base.preferences };
  for (const name of BASIC_FIELDS)
    basics[name] = change[name] ?? (change[name] === null ? defaults : base)[name];
  for (const [key, value] of Object.entries(change) as [FieldName, unknown][]) {
    if (isBasic(key) || value === undefined) continue;
    const field = inModel(key);
    const said = value ?? defaults.preferences?.[field];
    if (said === undefined) delete preferences[field];
    else preferences[field] = said;
  }
  return withLaterFields({ ...(basics as unknown as Profile), preferences }, before);
}

/** The same profile with the fields that only a later version knows, as they stand in the one before. */
export function withLaterFields(profile: Profile, before: Profile | undefined): Profile {
  const { preferences = {}, ...basics } = profile;
  const own = profile.laterFields ?? before?.laterFields;
  const inner = preferences.laterFields ?? before?.preferences?.laterFields;
  const kept = inner === undefined ? preferences : { ...preferences, laterFields: inner };
  return {
    ...basics,
    ...(own === undefined ? {} : { laterFields: own }),
    ...(Object.keys(kept).length === 0 ? {} : { preferences: kept }),
  };
}

/** What a profile says; defaults that it leaves to its service class are not there. */
export function fieldsOf({ preferences, ...basics }: Profile): ProfileChange {
  const fields: Record<string, unknown> = {};
  for (const name of BASIC_FIELDS) fields[name] = basics[name];
  for (const [key, value] of Object.entries(preferences ?? {}))
    if (key !== 'laterFields') fields[outside(key as keyof Preferences)] = value;
  return fields;
}

export function profileOf(fields: ProfileChange): Profile {
  return changedProfile(
    undefined,
    fields,
    { missedCalls: true, notifyMe: 'off', language: '', timeZone: '' },
    true,
  );
}
