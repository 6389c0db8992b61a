import { plainProfile } from '../provisioning/plain.ts';
import type { Preferences } from '../types/model/preferences.ts';
import type { Profile } from '../types/model/profile.ts';
import { Handset } from './handset.ts';

/** A subscriber of the simulated network and the phone. */
export interface Person {
  /** E.164 digits. */
  readonly number: string;
  /** Digits. */
  readonly imsi: string;
  /** Missed calls are captured and told (C1, N1). */
  readonly subscribed: boolean;
  readonly notifyMe: 'off' | 'listed' | 'always';
  /** What else has been ordered. */
  readonly preferences?: Preferences;
  /** What holds beside for everybody of the person’s service class: the engine has it from its configuration. */
  readonly classRules?: Preferences;
  readonly language: string;
  readonly timeZone: string;
  /** Calling line identification restriction: the number is never shown. */
  readonly withheld: boolean;
  /** M-CSI: the VLR reports mobility to the gsmSCF. */
  readonly mobilityReported: boolean;
  /** The number that the HLR stores and alerts with: another one where a SIM has several (3GPP TS 29.002 §12.6). */
  readonly storedNumber: string;
  /** The HLR's list for this subscriber is full of other service centres: nobody is alerted of the return. */
  readonly waitingListFull: boolean;
  /** A7: who meets this person's line busy is told when it is free; the class that the engine has for the person says so. */
  readonly lineFree: boolean;
  /** What the judge goes by in what this person reads, and what it demands. */
  readonly judged: Judged;
  readonly handset: Handset;
}

/**
 * 'by-words': what an English text says, and that all is told that is due. 'by-figures': the numbers that stand in a text, and that
 * all is told. 'unbound': the numbers; nothing is demanded, for what the person has ordered is not known here, or comes another way.
 */
export type Judged = 'by-words' | 'by-figures' | 'unbound';

export type PersonSettings = Partial<Omit<Person, 'handset'>> & Pick<Person, 'number' | 'imsi'>;

export function person(settings: PersonSettings): Person {
  return {
    subscribed: true,
    notifyMe: 'off',
    language: 'en',
    timeZone: 'UTC',
    withheld: false,
    mobilityReported: false,
    storedNumber: settings.number,
    waitingListFull: false,
    lineFree: false,
    judged: 'by-words',
    ...settings,
    handset: new Handset(),
  };
}

/** Whether the engine has to know of this person. */
export const isProvisioned = (one: Person): boolean => one.subscribed || one.notifyMe !== 'off';

/** What holds for a person: what was ordered, and the rules of the service class. */
export function rulesOf({ classRules, preferences }: Person): Preferences {
  return classRules === undefined ? (preferences ?? NONE) : { ...classRules, ...preferences };
}

const NONE: Preferences = {};

/** What a person has ordered. */
export function profileOf({ subscribed, notifyMe, language, timeZone, preferences }: Person): Profile {
  const profile = { missedCalls: subscribed, notifyMe, language, timeZone };
  return preferences === undefined ? profile : { ...profile, preferences };
}

/** The people as the engine imports them, with all that they have ordered: NDJSON for `callwake subscriber import`. */
export function subscriberLines(people: readonly Person[]): string {
  const lines = people
    .filter(isProvisioned)
    .map((one) => `${JSON.stringify({ number: one.number, ...plainProfile(profileOf(one)) })}\n`);
  return lines.join('');
}

/** The same without their preferences: CSV. */
export function subscriberFile(people: readonly Person[]): string {
  const lines = people
    .filter(isProvisioned)
    .map(
      ({ number, subscribed, notifyMe, language, timeZone }) =>
        `${number},${subscribed ? 'on' : 'off'},${notifyMe},${language},${timeZone}`,
    );
  return `${['number,missedCalls,notifyMe,language,timeZone', ...lines].join('\n')}\n`;
}
