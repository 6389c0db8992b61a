/** What a command is about, read from what a person typed. */
import type { Channel, ReturnPrivacy } from '../types/model/preferences.ts';
import type { ArgumentKind } from '../types/model/self-care.ts';
import type { Argument } from './menu.ts';
import type { SelfCareTexts } from './texts.ts';
import { folded, wordsOf } from './words.ts';

export interface ReadingPorts {
  /** In all languages; the first is for whom no other is. */
  readonly all: readonly SelfCareTexts[];
  /** E.164 digits of what a subscriber dials, with or without a plus; empty when it names nobody. */
  readonly toNumber: (dialled: string) => string;
}

/** Digits of the shortest number that somebody can call from. */
const NUMBER_DIGITS_MIN = 3;
const MINUTES_OF_DAY = 1440;

const channelChoices: readonly (readonly Channel[])[] = [['sms'], ['e-mail'], ['e-mail', 'sms']];
const privacyChoices: readonly ReturnPrivacy[] = ['everyone', 'listed', 'nobody'];

/** Undefined: it is not in there. `texts` are the subscriber's, whose words count beside those of the others. */
export function readArgument(
  kind: ArgumentKind,
  text: string,
  texts: SelfCareTexts,
  ports: ReadingPorts,
): Argument | undefined {
  const plain = folded(text);
  switch (kind) {
    case 'number': {
      const number = numberIn(plain, ports);
      return number === '' ? undefined : { kind, number };
    }
    case 'language': {
      const language = languageIn(plain, ports.all);
      return language === undefined ? undefined : { kind, language };
    }
    case 'hours': {
      if (saysOneOf(plain, 'off', texts, ports)) return { kind, hours: 'off' };
      const times = timesIn(plain);
      const [fromMinute, toMinute] = times;
      if (times.length !== 2 || fromMinute === toMinute) return undefined;
      return { kind, hours: { fromMinute: fromMinute!, toMinute: toMinute! } };
    }
    case 'channels': {
      const channels = (['e-mail', 'sms'] as const).filter((one) =>
        saysOneOf(plain, `channel.${one}`, texts, ports),
      );
      return channels.length === 0 ? undefined : { kind, channels };
    }
    case 'privacy': {
      const said = privacyChoices.filter((who) => saysOneOf(plain, `privacy.${who}`, texts, ports));
      return said.length === 1 ? { kind, who: said[0]! } : undefined;
    }
    default:
      return kind satisfies never;
  }
}

/** What can be chosen by its number in a list, with how it is called; undefined where there is no such list. */
export function choicesOf(
  kind: ArgumentKind,
  texts: SelfCareTexts,
  all: readonly SelfCareTexts[],
): { readonly label: string; readonly argument: Argument }[] | undefined {
  const shown = (key: `channel.${'sms' | 'e-mail'}` | `privacy.${ReturnPrivacy}`) => texts.words[key][0]!;
  switch (kind) {
    case 'language':
      return all.map(({ language, words }) => ({
        label: words.names[0]!,
        argument: { kind, language },
      }));
    case 'channels':
      return channelChoices.map((channels) => ({
        label: channels.map((one) => shown(one === 'sms' ? 'channel.sms' : 'channel.e-mail')).join(' + '),
        argument: { kind, channels },
      }));
    case 'privacy':
      return privacyChoices.map((who) => ({ label: shown(`privacy.${who}`), argument: { kind, who } }));
    case 'number':
    case 'hours':
      return undefined;
    default:
      return kind satisfies never;
  }
}

/** `+49 171 / 123-45 67`, `0171.1234567`: the first run of digits and what is written between them. */
function numberIn(plain: string, { toNumber }: ReadingPorts): string {
  for (const [run] of plain.matchAll(/\+?\s*\d[\d\s().,/‐‑–-]*/gu)) {
    const digits = run.replace(/\D/g, '');
    if (digits.length < NUMBER_DIGITS_MIN) continue;
    return toNumber(run.startsWith('+') ? `+${digits}` : digits);
  }
  return '';
}

function languageIn(plain: string, all: readonly SelfCareTexts[]): string | undefined {
  const words = new Set(wordsOf(plain));
  const named = all.filter((texts) =>
    [texts.language, ...texts.words.names].some((name) =>
      wordsOf(folded(name)).every((word) => words.has(word)),
    ),
  );
  // "English" names en and en-GB: the first of them that there is.
  return named[0]?.language;
}

/** Minutes of the day of all times: `22`, `22:30`, `22.30`, `2230`, `10 pm`. A time that there is not makes none of all. */
function timesIn(plain: string): number[] {
  const times: number[] = [];
  const pattern = /(\d{1,2})(?:\s*[:.h]\s*(\d{2})(?!\d)|(\d{2})(?!\d))?\s*(am|pm)?(?![\d])/gu;
  for (const [, hours, minutes, joined, half] of plain.matchAll(pattern)) {
    let hour = Number(hours);
    const minute = Number(minutes ?? joined ?? 0);
    if (half !== undefined && (hour < 1 || hour > 12)) return [];
    if (half !== undefined) hour = (hour % 12) + (half === 'pm' ? 12 : 0);
    if (hour > 24 || minute > 59 || (hour === 24 && minute > 0)) return [];
    times.push((hour * 60 + minute) % MINUTES_OF_DAY);
  }
  return times;
}

/** In the subscriber's language, or in the first one. */
function saysOneOf(
  plain: string,
  key: 'off' | `channel.${'sms' | 'e-mail'}` | `privacy.${ReturnPrivacy}`,
  texts: SelfCareTexts,
  { all }: ReadingPorts,
): boolean {
  const said = ` ${wordsOf(plain).join(' ')} `;
  return [texts, ...all.slice(0, 1)].some(({ words }) =>
    words[key].some((word) => said.includes(` ${wordsOf(folded(word)).join(' ')} `)),
  );
}
