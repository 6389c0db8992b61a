import { type Preferences, samePreferences } from './preferences.ts';

/** What a subscriber has ordered; proto/profile.proto is its form at rest. */
export interface Profile {
  /** Missed calls are captured and told (C1, N1). */
  readonly missedCalls: boolean;
  /** K1, K2: told of callees that were away and are back: of none, of those in `preferences.watched`, of all. */
  readonly notifyMe: NotifyMe;
  /** BCP 47. */
  readonly language: string;
  /** IANA name of the zone that times are told in. */
  readonly timeZone: string;
  /** Absent: all is as the operator's defaults are. */
  readonly preferences?: Preferences;
  /** Fields that a later version stored: kept as they are. */
  readonly laterFields?: readonly Uint8Array[];
}

export type NotifyMe = 'off' | 'listed' | 'always';

/** Whether both order the same; what a later version stored beside is not compared. */
export function sameProfile(a: Profile, b: Profile): boolean {
  return (
    a.missedCalls === b.missedCalls &&
    a.notifyMe === b.notifyMe &&
    a.language === b.language &&
    a.timeZone === b.timeZone &&
    samePreferences(a.preferences, b.preferences)
  );
}
