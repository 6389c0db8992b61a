/** What a phone's owner has ordered, in words of a person. */
import type { Config } from '../config/schema/config.ts';
import { directionOf } from '../notice/direction.ts';
import { classDefaults } from '../provisioning/class-defaults.ts';
import { quietHoursText } from '../provisioning/minute-text.ts';
import { fieldsOf } from '../provisioning/profile-change.ts';
import { DEMO_CLASSES } from '../simulator/demo-people.ts';
import type { Profile } from '../types/model/profile.ts';
import type { PhoneProfile } from '../web/phones.ts';

const CHANNELS = {
  sms: 'SMS',
  'e-mail': 'e-mail',
  webhook: 'webhook',
  'web-push': 'web push',
  inbox: 'app',
} as const;

const PRIVACY = {
  everyone: '',
  listed: 'only some may know of the return',
  nobody: 'nobody is told of the return',
} as const;

export function phoneWords(config: Config): (profile: Profile) => PhoneProfile {
  const defaults = classDefaults(config);
  const first = config.serviceClasses[0]?.name ?? 'standard';
  return (profile) => {
    const serviceClass = profile.preferences?.serviceClass ?? first;
    const rules = { ...defaults(profile), ...fieldsOf(profile) };
    const { quietHours, digestAt, channels, returnPrivacy, aggregation, teaser, callerFilter } = rules;
    const callers = rules.callersListed?.length ?? 0;
    const services = [
      profile.missedCalls ? 'missed calls are told' : 'missed calls are not told',
      profile.notifyMe === 'off'
        ? ''
        : profile.notifyMe === 'always'
          ? 'is told when anybody is back'
          : `is told when ${numbersOf(rules.watched?.length ?? 0)} are back`,
      teaser === true ? 'a hint first' : '',
      aggregation === 'per-caller' ? 'a message for each caller' : '',
      channels?.[0] === undefined || channels[0] === 'sms'
        ? ''
        : `by ${channels.map((channel) => CHANNELS[channel]).join(', then ')}`,
      quietHours === undefined || quietHours === null
        ? ''
        : `quiet ${quietHoursText(quietHours).replace('-', ' – ')}`,
      digestAt === undefined || digestAt === null ? '' : 'once a day',
      PRIVACY[returnPrivacy ?? 'everyone'],
      callerFilter === 'block-listed' && callers > 0 ? `${numbersOf(callers)} blocked` : '',
      callerFilter === 'only-listed' ? `only ${numbersOf(callers)}` : '',
    ];
    return {
      language: profile.language,
      direction: directionOf(profile.language),
      timeZone: profile.timeZone,
      serviceClass,
      classAbout: DEMO_CLASSES[serviceClass]?.about ?? '',
      services: services.filter((words) => words !== ''),
    };
  };
}

const numbersOf = (count: number): string => (count === 1 ? '1 number' : `${count} numbers`);
