/** What a subscriber has ordered; proto/profile.proto is its form at rest. */
export interface Profile {
  /** Missed calls are captured and told (C1, N1). */
  readonly missedCalls: boolean;
  /** K1: told of every callee that was away and is back. */
  readonly notifyMe: 'off' | 'always';
  /** BCP 47. */
  readonly language: string;
  /** IANA name of the zone that times are told in. */
  readonly timeZone: string;
  /** Fields that a later version stored: kept as they are. */
  readonly laterFields?: readonly Uint8Array[];
}

/** Whether both order the same; what a later version stored beside is not compared. */
export function sameProfile(a: Profile, b: Profile): boolean {
  return (
    a.missedCalls === b.missedCalls &&
    a.notifyMe === b.notifyMe &&
    a.language === b.language &&
    a.timeZone === b.timeZone
  );
}
