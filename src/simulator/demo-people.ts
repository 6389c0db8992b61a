/** Some of the people of the demo have a name, a language and wishes of their own; the others are as the plan draws them. */
import type { Preferences } from '../types/model/preferences.ts';
import { type Judged, type Person, person } from './person.ts';
import type { NetworkPlan } from './plan.ts';
import { numberAt } from './population.ts';

export interface DemoPerson {
  readonly name: string;
  /** One line, for who looks for somebody. */
  readonly about: string;
  readonly language: string;
  readonly timeZone: string;
  readonly notifyMe?: Person['notifyMe'];
  readonly preferences?: Preferences;
  readonly judged: Judged;
}

/** What the demo’s configuration says of each class, by the names of preferences; what it does not say is as for everybody. */
export const DEMO_CLASSES: Readonly<Record<string, { readonly about: string; readonly rules: Preferences }>> =
  {
    standard: { about: 'all missed calls at once, in one message', rules: {} },
    teaser: { about: 'a hint first; the list comes for the answer D', rules: { teaser: true } },
    quiet: {
      about: 'nothing comes from 20:00 to 8:00',
      rules: { quietHours: { fromMinute: 1_200, toMinute: 480 } },
    },
    private: { about: 'nobody is told of the return', rules: { returnPrivacy: 'nobody' } },
    separate: {
      about: 'a message for each caller, from the caller’s number',
      rules: { aggregation: 'per-caller' },
    },
  };

/** What phones send their short messages to. */
export const SERVICE_NUMBER = '4321';

export const DEMO_MAIL_ADDRESS = 'elsa@mail.example';

const spoken = (name: string, language: string, timeZone: string, about: string): DemoPerson => ({
  name,
  about,
  language,
  timeZone,
  judged: language === 'en' ? 'by-words' : 'by-figures',
});

const inClass = (
  name: string,
  serviceClass: string,
  about: string,
  other: Partial<DemoPerson> = {},
): DemoPerson => ({
  name,
  about,
  language: 'en',
  timeZone: 'Europe/London',
  judged: 'by-words',
  ...other,
  preferences: { serviceClass, ...other.preferences },
});

// biome-ignore format: a table
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  inClass('Emma', 'standard', 'is told of all missed calls, in English', { notifyMe: 'always' }),
  inClass('Tom', 'teaser', 'gets a hint, and asks for the list with D', { judged: 'unbound' }),
  // It is night for one of the two.
  inClass('Kiri', 'quiet', 'in Auckland: quiet from 20:00 to 8:00', { timeZone: 'Pacific/Auckland', judged: 'unbound' }),
  inClass('Hugh', 'quiet', 'in London: quiet from 20:00 to 8:00', { judged: 'unbound' }),
  inClass('Nora', 'private', 'lets nobody know that she is back'),
  inClass('Sam', 'separate', 'gets a message for each caller'),
  inClass('Elsa', 'standard', 'reads her missed calls as e-mail', { judged: 'unbound', preferences: { channels: ['e-mail', 'sms'], eMail: DEMO_MAIL_ADDRESS } }),
  inClass('Will', 'standard', 'wants to know when anybody is back', { notifyMe: 'always' }),
  spoken('Layla',    'ar', 'Asia/Dubai',          'Arabic, right to left'),
  spoken('Anna',     'de', 'Europe/Berlin',       'German'),
  spoken('Carmen',   'es', 'Europe/Madrid',       'Spanish'),
  spoken('Chloé',    'fr', 'Europe/Paris',        'French'),
  spoken('Noa',      'he', 'Asia/Jerusalem',      'Hebrew, right to left'),
  spoken('Asha',     'hi', 'Asia/Kolkata',        'Hindi'),
  spoken('Budi',     'id', 'Asia/Jakarta',        'Indonesian'),
  spoken('Giulia',   'it', 'Europe/Rome',         'Italian'),
  spoken('Yuki',     'ja', 'Asia/Tokyo',          'Japanese'),
  spoken('Zofia',    'pl', 'Europe/Warsaw',       'Polish'),
  spoken('João',     'pt', 'America/Sao_Paulo',   'Portuguese'),
  spoken('Olga',     'ru', 'Asia/Almaty',         'Russian'),
  spoken('Juma',     'sw', 'Africa/Nairobi',      'Swahili'),
  spoken('Elif',     'tr', 'Europe/Istanbul',     'Turkish'),
  spoken('Oksana',   'uk', 'Europe/Kyiv',         'Ukrainian'),
  spoken('Mei',      'zh', 'Asia/Shanghai',       'Chinese'),
];

/** The first of these people are those of the demo, and the others as they are. */
export function withDemoPeople(people: readonly Person[], plan: NetworkPlan): readonly Person[] {
  return people.map((drawn, index) => {
    const demo = DEMO_PEOPLE[index];
    if (demo === undefined) return drawn;
    const { language, timeZone, notifyMe, preferences, judged } = demo;
    const classRules = DEMO_CLASSES[preferences?.serviceClass ?? 'standard']?.rules;
    return person({
      number: numberAt(plan, index),
      imsi: drawn.imsi,
      language,
      timeZone,
      notifyMe: notifyMe ?? 'off',
      judged,
      ...(preferences === undefined ? {} : { preferences }),
      ...(classRules === undefined ? {} : { classRules }),
    });
  });
}
