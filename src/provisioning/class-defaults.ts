/** What is so of a preference that a subscriber has not set: as the service class has it. */
import { classRules } from '../config/policy.ts';
import type { Config } from '../config/schema/config.ts';
import type { Profile } from '../types/model/profile.ts';
import type { ProfileChange } from './profile-change.ts';

/** Of somebody who has a profile, or has none yet. */
export type ClassDefaults = (profile: Profile | undefined) => ProfileChange;

/** A field that is not there has no default: there is no forwarding, nobody on a list, and no quiet hours where the class has none. */
export function classDefaults(config: Config): ClassDefaults {
  const rules = classRules(config);
  return (profile) => {
    const of = rules(profile?.preferences?.serviceClass);
    const { quietHours, digestMinute } = of;
    return {
      channels: ['sms'],
      aggregation: of.aggregation,
      teaser: of.teaser,
      reasons: [...of.reasons],
      noticesPerDay: of.noticesPerDay,
      expiryMinutes: of.expiryMinutes,
      returnPrivacy: of.returnPrivacy,
      callerFilter: of.callerFilter,
      mailbox: of.mailbox,
      ownCallCauses: of.ownCallCauses.filter((cause) => cause !== 'abandoned'),
      ...(quietHours === undefined ? {} : { quietHours }),
      ...(digestMinute === undefined ? {} : { digestAt: digestMinute }),
    };
  };
}
