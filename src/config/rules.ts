/** The kinds of value that configuration keys hold. */
import { isTimeZone } from '../notice/zones.ts';
import { addressOf } from '../stack/sms/address.ts';
import { readMailAddress } from '../types/mail-address.ts';
import {
  namedNotation,
  POINT_CODE_FIELDS,
  type PointCodeName,
  pointCodeText,
  readPointCode,
} from '../types/point-code.ts';
import type { ScalarRule, TextRule } from './keys.ts';

export type PointCodeFormat = PointCodeName;

/** A point code of a notation, as an example: by its fields, 2-100-7 and the like. */
export function pointCodeExample(format: PointCodeFormat, last: number): string {
  const notation = namedNotation(format);
  const written = notation.fields.length === 3 ? [format === 'itu' ? 2 : 200, 100, last].join('-') : '';
  const pointCode = readPointCode(written, notation) ?? 4_896 + last;
  return pointCodeText(pointCode, notation);
}

function pointCodeRule(format: PointCodeFormat): ScalarRule<number> {
  const notation = namedNotation(format);
  const { fields, bits } = notation;
  const byFields =
    fields.length === 1 ? '' : `, or ${fields.join('-')}, as in ${pointCodeExample(format, 7)}`;
  return {
    allowed: `a point code: decimal, 0 … ${2 ** bits - 1}${byFields}`,
    read: (value) =>
      typeof value === 'string' || typeof value === 'number' ? readPointCode(value, notation) : undefined,
  };
}

const forEachFormat = <T>(make: (format: PointCodeFormat) => T): Readonly<Record<PointCodeFormat, T>> =>
  Object.fromEntries(
    (Object.keys(POINT_CODE_FIELDS) as PointCodeFormat[]).map((format) => [format, make(format)]),
  ) as Record<PointCodeFormat, T>;

export const pointCodeRules = forEachFormat(pointCodeRule);

const destination = (rule: ScalarRule<number>): ScalarRule<number | 'default'> => ({
  allowed: `${rule.allowed}, or default`,
  read: (value) => (value === 'default' ? value : rule.read(value)),
});

export const destinationRules = forEachFormat((format) => destination(pointCodeRules[format]));

/** Digits that YAML may have read as a number. */
function digitsOf(value: unknown): string | undefined {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? `${value}` : value;
  return typeof text === 'string' ? text : undefined;
}

/** Digits without a plus. */
export const e164: ScalarRule<string> = {
  allowed: 'an international number (E.164): 5 … 15 digits, with or without a plus, as in +491700000',
  read: (value) => /^\+?([1-9]\d{4,14})$/.exec(digitsOf(value) ?? '')?.[1],
};

/** Digits without a plus. */
export const numberPrefix: ScalarRule<string> = {
  allowed:
    'the beginning of international numbers (E.164): 1 … 15 digits, with or without a plus, as in +4917',
  read: (value) => /^\+?([1-9]\d{0,14})$/.exec(digitsOf(value) ?? '')?.[1],
};

export const digits: ScalarRule<string> = {
  allowed: 'digits of a global title: 1 … 24 of 0-9 a b c * #',
  read: (value) => /^[0-9abc*#]{1,24}$/.exec(digitsOf(value) ?? '')?.[0],
};

export const digitPattern: ScalarRule<string> = {
  allowed: 'digits, with ? for any one digit and, at the end, * for any that follow, as in 49170*',
  read: (value) => /^[0-9abc#?]{0,24}\*?$/.exec(digitsOf(value) ?? '')?.[0] || undefined,
};

export const shardCount: ScalarRule<number | 'auto'> = {
  allowed: 'auto (one for each core but two, one at least), or an integer, 1 … 64',
  read: (value) => {
    if (value === 'auto') return value;
    return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 64
      ? value
      : undefined;
  },
};

export const host: TextRule = {
  allowed: 'an IP address or a host name',
  holds: (value) =>
    value.length <= 253 && (/^[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?$/.test(value) || isIpv6(value)),
};

function isIpv6(value: string): boolean {
  return /^[0-9a-f:.]{2,45}$/i.test(value) && value.includes(':');
}

export const name: TextRule = {
  allowed: '1 … 40 letters, digits, - and _',
  holds: (value) => /^[A-Za-z0-9_-]{1,40}$/.test(value),
};

export const filePath: TextRule = {
  allowed: 'a path, from the folder of this file',
  holds: (value) => value.trim() !== '' && !value.includes('\0'),
};

export const origin: TextRule = {
  allowed: 'an origin as a browser writes it, as in https://noc.example',
  holds: (value) => /^https?:\/\/[^/\s]+$/.test(value),
};

export const originatingAddress: TextRule = {
  allowed:
    'a name of at most 11 characters of the GSM alphabet, +digits, or a short number; 20 digits at most',
  holds: (value) => addressOf(value).ok,
};

export const serviceNumber: TextRule = {
  allowed: '2 … 15 digits, as subscribers dial it',
  holds: (value) => /^\d{2,15}$/.test(value),
};

export const ussdCode: TextRule = {
  allowed: '* and digits, as in *123 or *123*4',
  holds: (value) => /^\*\d{2,5}(\*\d{1,5})*$/.test(value),
};

export const timeZone: TextRule = { allowed: 'an IANA time zone, as in Europe/Berlin', holds: isTimeZone };

export const language: TextRule = {
  allowed: 'a BCP 47 language tag, as in en',
  holds: (value) => {
    try {
      return Intl.getCanonicalLocales(value).length === 1;
    } catch {
      return false;
    }
  },
};

export const mailAddress: TextRule = {
  allowed: 'an e-mail address, as in missed-calls@operator.example',
  holds: (value) => readMailAddress(value)?.needsSmtpUtf8 === false,
};

export const plainText: TextRule = {
  allowed: '1 … 100 characters on one line',
  holds: (value) => /^[^\p{Cc}\p{Zl}\p{Zp}]{1,100}$/u.test(value) && value.trim() !== '',
};

/** A secret itself is in no configuration: files of it are copied, shown and logged. */
export const secretReference: TextRule = {
  allowed: 'file:PATH or env:NAME, where the secret stands',
  holds: (value) => /^(?:file:[^\0]+|env:[A-Za-z_][A-Za-z0-9_]*)$/.test(value),
  isSecret: true,
};

export const webhookUrl: TextRule = {
  allowed: 'an https address without user and fragment; http for a private network alone',
  holds: (value) => {
    const url = URL.canParse(value) ? new URL(value) : null;
    return (
      url !== null &&
      /^https?:$/.test(url.protocol) &&
      url.username === '' &&
      url.password === '' &&
      url.hash === ''
    );
  },
};

export const unsubscribeUrl: TextRule = {
  allowed: 'an https address without user, query and fragment, as in https://care.example/unsubscribe',
  holds: (value) => {
    const url = URL.canParse(value) ? new URL(value) : null;
    return (
      url?.protocol === 'https:' &&
      /^[\x21-\x3b\x3d\x3f-\x7e]{1,200}$/.test(value) &&
      url.username === '' &&
      url.password === '' &&
      !/[?#]/.test(value)
    );
  },
};

export const eventSource: TextRule = {
  allowed: 'a URI reference, as in /callwake',
  holds: (value) => /^[\x21-\x7e]{1,200}$/.test(value) && URL.canParse(value, 'https://callwake.invalid'),
};

export const vapidSubject: TextRule = {
  allowed: 'a mailto: or https: address',
  holds: (value) =>
    value.startsWith('mailto:')
      ? readMailAddress(value.slice('mailto:'.length)) !== undefined
      : value.startsWith('https://') && URL.canParse(value),
};

/** An uncompressed point of P-256 (RFC 8292 §3.2). */
export const vapidPublicKey: TextRule = {
  allowed: '87 characters of base64url: a public key as callwake web-push keys prints it',
  holds: (value) => /^B[\w-]{86}$/.test(value),
};

export const hostPattern: TextRule = {
  allowed: 'a host name, or *. and a domain for all in it',
  holds: (value) => /^(?:\*\.)?[a-z0-9](?:[a-z0-9.-]{0,250}[a-z0-9])?$/.test(value),
};

export const callerPattern: ScalarRule<string> = {
  allowed: '1 … 15 digits, with * at the end for any that follow',
  read: (value) => /^\+?(\d{1,15}|\d{1,14}\*)$/.exec(digitsOf(value) ?? '')?.[1],
};

/** A minute of the day. YAML 1.1 readers make numbers of base 60 of these; ours does not. */
function minuteOf(value: unknown): number | undefined {
  const match = typeof value === 'string' ? /^([01]\d|2[0-3]):([0-5]\d)$/.exec(value) : null;
  return match === null ? undefined : Number(match[1]) * 60 + Number(match[2]);
}

export const timeOfDay: ScalarRule<number> = {
  allowed: 'a time of the day, 00:00 … 23:59',
  read: minuteOf,
};

export const hoursOfDay: ScalarRule<{ readonly fromMinute: number; readonly toMinute: number }> = {
  allowed: 'two times of the day, as in 22:00-07:00',
  read: (value) => {
    if (typeof value !== 'string') return undefined;
    const [from, to, more] = value.split('-').map(minuteOf);
    if (from === undefined || to === undefined || more !== undefined) return undefined;
    return { fromMinute: from, toMinute: to };
  },
};

export const brand: TextRule = {
  allowed: 'empty, or 1 … 40 letters, digits, - and _',
  holds: (value) => value === '' || name.holds(value),
};
