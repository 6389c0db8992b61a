import { defaultServiceClass, type Rules, rulesOf, type ServiceClass } from '../rules/service-class.ts';
import type { SubscriberPolicy } from '../subscriber/policy.ts';
import type { FailureCause } from '../types/model/notice.ts';
import type { Config } from './schema/config.ts';

/** The subscribers' policy; `templateVersion` is that of `currentTemplateVersion`. */
export function subscriberPolicyOf(config: Config, templateVersion: number): SubscriberPolicy {
  const { delivery, callers, notices, channels } = config;
  const { eMail, webhook, webPush, inbox } = channels;
  return {
    channels: [
      'sms',
      ...(eMail.enabled ? (['e-mail'] as const) : []),
      ...(webhook.enabled ? (['webhook'] as const) : []),
      ...(webPush.enabled ? (['web-push'] as const) : []),
      ...(inbox.enabled ? (['inbox'] as const) : []),
    ],
    inbox: {
      unreadMs: inbox.unreadMinutes * 60_000,
      keptMs: inbox.keptDays * 86_400_000,
      entriesMax: inbox.entriesMax,
    },
    retryMs: delivery.retryMs,
    recheckListedMs: delivery.recheckListedMs,
    recheckUnlistedMs: delivery.recheckUnlistedMs,
    failuresMax: delivery.failuresMax,
    callersMax: delivery.callersMax,
    callersPerNotice: delivery.callersPerNotice,
    returnsMax: delivery.returnsMax,
    watchersMax: delivery.watchersMax,
    seenCallsMax: delivery.seenCallsMax,
    templateVersion,
    classes: serviceClassesOf(config),
    callers: {
      excluded: [...callers.emergency, ...callers.serviceNumbers, ...callers.payphones],
      blocked: callers.blocked,
    },
    watchesStrangers: notices.returnsOfStrangers,
  };
}

/** What holds in a service class for a subscriber who has said nothing; undefined: in the class of all who name none. */
export function classRules(config: Config): (serviceClass: string | undefined) => Rules {
  const classes = serviceClassesOf(config);
  return (serviceClass) =>
    rulesOf(
      {
        missedCalls: true,
        notifyMe: 'off',
        language: '',
        timeZone: '',
        ...(serviceClass === undefined ? {} : { preferences: { serviceClass } }),
      },
      classes,
    );
}

const failureCauses: readonly FailureCause[] = ['busy', 'no-answer', 'not-reachable', 'barred', 'network'];

function serviceClassesOf({ serviceClasses, notices: { withheld } }: Config): readonly ServiceClass[] {
  if (serviceClasses.length === 0) return [{ ...defaultServiceClass, withheld }];
  return serviceClasses.map(({ quietHours, digestAt, ...written }) => ({
    ...defaultServiceClass,
    ...written,
    reasons: defaultServiceClass.reasons.filter((reason) => written.reasons.includes(reason)),
    causesForCallers: failureCauses.filter((cause) => written.causesForCallers.includes(cause)),
    ownCallCauses: failureCauses.filter((cause) => written.ownCallCauses.includes(cause)),
    quietHours,
    digestMinute: digestAt,
    withheld: written.withheld ?? withheld,
  }));
}
