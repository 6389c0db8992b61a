/**
 * The one list of what a subscriber may order: each field with its form for files, commands and interfaces, what is allowed
 * there, and what it becomes in the model. Control socket, CSV, NDJSON and command line all read by it; `plain.ts` writes.
 */
import { z } from 'zod';
import { e164, language, name, timeZone } from '../config/rules.ts';
import {
  LISTED_MAX,
  OWN_MESSAGE_MAX,
  type QuietHours,
  WEB_PUSH_MAX,
  type WebPushSubscription,
} from '../types/model/preferences.ts';
import type { NotifyMe } from '../types/model/profile.ts';
import { type Numbering, readNumber } from '../types/written-number.ts';
import { readMinute, readQuietHours } from './minute-text.ts';
import { remembered } from './remembered.ts';
import {
  canonicalLanguage,
  canonicalTimeZone,
  isMailAddress,
  isPlainLine,
  isPushEndpoint,
  octetsOf,
} from './text-rules.ts';

const UINT32_MAX = 0xffff_ffff;

/** A text that `read` makes a value of. */
function textual<T>(allowed: string, read: (text: string) => T | undefined) {
  return z.string({ error: allowed }).transform((text, context): T => {
    const value = read(text);
    if (value !== undefined) return value;
    context.issues.push({ code: 'custom', input: text, message: allowed });
    return z.NEVER;
  });
}

const checked = (allowed: string, holds: (text: string) => boolean) =>
  textual(allowed, (text) => (holds(text.trim()) ? text.trim() : undefined));

const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `one of ${values.join(', ')}` });

const someOf = <const T extends readonly string[]>(values: T) => {
  const allowed = `any of ${values.join(', ')}, each once`;
  return z
    .array(oneOf(values), { error: allowed })
    .refine((list) => new Set(list).size === list.length, { error: allowed });
};

const onOrOff = z.boolean({ error: 'true or false; in CSV also on or off' });

function count(most: number, unit: string) {
  const error = `a whole number of ${unit}, 0 … ${most}`;
  return z.int({ error }).min(0, { error }).max(most, { error });
}

/** Numbers of people, each once; those of national form get the country code of the home network. */
function numbersOf(numbering: Numbering) {
  const allowed = `a list of at most ${LISTED_MAX} numbers`;
  return z
    .array(z.string({ error: e164.allowed }), { error: allowed })
    .transform((texts, context): readonly string[] => {
      const numbers = new Set<string>();
      for (const [index, text] of texts.entries()) {
        const number = readNumber(text, numbering);
        if (number !== undefined) numbers.add(number);
        else context.issues.push({ code: 'custom', input: text, message: e164.allowed, path: [index] });
      }
      if (numbers.size > LISTED_MAX) context.issues.push({ code: 'custom', input: texts, message: allowed });
      return [...numbers];
    });
}

const octets = (allowed: string, holds: (octets: Uint8Array) => boolean) =>
  textual(allowed, (text) => {
    const found = octetsOf(text);
    return found !== undefined && holds(found) ? found : undefined;
  });

/** RFC 8291 §3.1, §3.2. */
const webPush: z.ZodType<WebPushSubscription, { endpoint: string; p256dh: string; auth: string }> =
  z.strictObject(
    {
      endpoint: checked('an https address of at most 2048 characters', isPushEndpoint),
      p256dh: octets(
        'an uncompressed point of P-256: 65 octets, the first 04, as base64url',
        (point) => point.length === 65 && point[0] === 4,
      ),
      auth: octets('16 octets as base64url', (secret) => secret.length === 16),
    },
    { error: 'an object with endpoint, p256dh and auth' },
  );

const webPushAllowed = `a list of at most ${WEB_PUSH_MAX} subscriptions`;

/** A subscriber's number, as digits or written as a number. */
function numberOf(numbering: Numbering) {
  return z.union([z.string(), z.int()], { error: e164.allowed }).transform((written, context): string => {
    const number = readNumber(String(written), numbering);
    if (number !== undefined) return number;
    context.issues.push({ code: 'custom', input: written, message: e164.allowed });
    return z.NEVER;
  });
}

const notifyMe: z.ZodType<NotifyMe, NotifyMe> = oneOf(['off', 'listed', 'always']);
const reasons = ['busy', 'no-answer', 'not-reachable', 'abandoned', 'barred'] as const;
const ownCallCauses = ['busy', 'no-answer', 'not-reachable', 'barred', 'network'] as const;
const quietHours = textual<QuietHours>('from and to, as in 22:00-07:00', readQuietHours);

/** Every field of a profile; those of the first four are always there. */
function fieldsFor(numbering: Numbering) {
  const number = numberOf(numbering);
  const numbers = numbersOf(numbering);
  return {
    missedCalls: onOrOff,
    notifyMe,
    language: textual(language.allowed, remembered(canonicalLanguage)),
    timeZone: textual(timeZone.allowed, remembered(canonicalTimeZone)),
    serviceClass: checked(`the name of a service class: ${name.allowed}`, name.holds),
    channels: someOf(['sms', 'e-mail', 'webhook', 'web-push', 'inbox']),
    eMail: checked('an e-mail address, as in anna@example.org', isMailAddress),
    webPush: z.array(webPush, { error: webPushAllowed }).max(WEB_PUSH_MAX, { error: webPushAllowed }),
    forwardTo: number,
    aggregation: oneOf(['together', 'per-caller']),
    teaser: onOrOff,
    reasons: someOf(reasons),
    quietHours,
    digestAt: textual<number>('a time of the day, as in 18:00', readMinute),
    noticesPerDay: count(UINT32_MAX, 'notices a day'),
    expiryMinutes: count(UINT32_MAX, 'minutes'),
    returnPrivacy: oneOf(['everyone', 'listed', 'nobody']),
    mayKnow: numbers,
    callerFilter: oneOf(['none', 'block-listed', 'only-listed']),
    callersListed: numbers,
    priorityCallers: numbers,
    watched: numbers,
    ownMessage: checked(
      `one line of at most ${OWN_MESSAGE_MAX} characters`,
      (text) => isPlainLine(text) && text.length <= OWN_MESSAGE_MAX && text !== '-',
    ),
    mailbox: oneOf(['none', 'beside', 'instead']),
    ownCallCauses: someOf(ownCallCauses),
  } as const;
}

type Fields = ReturnType<typeof fieldsFor>;
export type FieldName = keyof Fields;

/** A value of a field, in the model. */
export type FieldValue<K extends FieldName> = z.output<Fields[K]>;
/** …and as it is written: JSON. */
export type PlainValue<K extends FieldName> = z.input<Fields[K]>;

export const BASIC_FIELDS = ['missedCalls', 'notifyMe', 'language', 'timeZone'] as const;

/** How a field is written in one cell of CSV, or after an option. */
export type CellKind = 'word' | 'on-off' | 'count' | 'list';

// biome-ignore format: a table
/** Every field that a cell can hold, in the order of an export's columns. */
export const FIELD_CELLS: Readonly<Record<Exclude<FieldName, 'webPush'>, CellKind>> = {
  missedCalls:   'on-off',
  notifyMe:      'word',
  language:      'word',
  timeZone:      'word',
  serviceClass:  'word',
  channels:      'list',
  eMail:         'word',
  forwardTo:     'word',
  aggregation:   'word',
  teaser:        'on-off',
  reasons:       'list',
  quietHours:    'word',
  digestAt:      'word',
  noticesPerDay: 'count',
  expiryMinutes: 'count',
  returnPrivacy: 'word',
  mayKnow:       'list',
  callerFilter:  'word',
  callersListed: 'list',
  priorityCallers: 'list',
  watched:       'list',
  ownMessage:    'word',
  mailbox:       'word',
  ownCallCauses: 'list',
};

export type CellField = keyof typeof FIELD_CELLS;
export const CELL_FIELDS = Object.keys(FIELD_CELLS) as readonly CellField[];

/** Schemas over {@link fieldsFor} for one home network. */
export function profileSchemas(numbering: Numbering) {
  const fields = fieldsFor(numbering);
  const optional = Object.entries(fields).map(([key, field]) => [key, z.optional(field)] as const);
  const clearable = Object.entries(fields).map(
    ([key, field]) => [key, z.nullable(field).optional()] as const,
  );
  const basics = Object.fromEntries(BASIC_FIELDS.map((key) => [key, fields[key]]));
  return {
    number: numberOf(numbering),
    /** All that a profile says. */
    profile: z.strictObject({ ...Object.fromEntries(optional), ...basics }),
    /** What a row or a command changes; null: back to the default. */
    change: z.strictObject(Object.fromEntries(clearable)),
  } as const;
}
