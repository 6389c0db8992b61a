import type { SubscriberPolicy } from '../subscriber/policy.ts';
import type { Config } from './schema/config.ts';

/** The subscribers' policy; `templateVersion` is that of `currentTemplateVersion`. */
export function subscriberPolicyOf({ delivery }: Config, templateVersion: number): SubscriberPolicy {
  return {
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
  };
}
