/** Who hears of whom (K2, R2, K7). */
import type { CalleeAway } from '../types/model/notice.ts';
import type { Profile } from '../types/model/profile.ts';
import type { Precedence, Rules } from './service-class.ts';

/** K2: whether this subscriber wants to be told that `callee` is back. */
export function wantsReturnOf(profile: Profile | undefined, callee: string): boolean {
  switch (profile?.notifyMe) {
    case 'always':
      return true;
    case 'listed':
      return profile.preferences?.watched?.includes(callee) === true;
    default:
      return false;
  }
}

/** K4: whether this subscriber, by the orders of now, is told why a call failed. */
export function isFailureTold(
  profile: Profile | undefined,
  { ownCallCauses }: Rules,
  { subscriber, reason }: Pick<CalleeAway, 'subscriber' | 'reason'>,
): boolean {
  return wantsReturnOf(profile, subscriber) && ownCallCauses.includes(reason);
}

/** R2: whether `caller` may know that this subscriber is back; decided where the return is known, before anybody is told. */
export function mayKnowReturn({ returnPrivacy, mayKnow }: Rules, caller: string): boolean {
  switch (returnPrivacy) {
    case 'everyone':
      return true;
    case 'listed':
      return mayKnow.includes(caller);
    case 'nobody':
      return false;
  }
}

/** What one failed call leads to. */
export interface Services {
  /** The called party is told of the missed call. */
  readonly tellsCalled: boolean;
  /** The caller, who has ordered it, is told of the return. */
  readonly tellsCaller: boolean;
}

/** K7: both have a service on the same call. */
// biome-ignore format: a row a line
export const precedenceTable: Readonly<Record<Precedence, Services>> = {
  both:   { tellsCalled: true,  tellsCaller: true  },
  called: { tellsCalled: true,  tellsCaller: false },
  caller: { tellsCalled: false, tellsCaller: true  },
};
