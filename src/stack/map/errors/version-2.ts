/** Errors whose parameter differs in versions 1 and 2: ETSI ETS 300 599. */
import { boolean, choice, error, type Infer, optional, sequence } from '../../asn1/index.ts';
import { SignalInfo } from '../types/signal.ts';
import { SsSubscriptionOption } from '../types/ss-option.ts';
import { CugRejectCause } from './call-handling.ts';
import { SmEnumeratedDeliveryFailureCause } from './short-message.ts';
import { RoamingNotAllowedCause } from './subscription.ts';

export const SmDeliveryFailureCauseWithDiagnosticV2 = sequence({
  'sm-EnumeratedDeliveryFailureCause': SmEnumeratedDeliveryFailureCause,
  diagnosticInfo: optional(SignalInfo),
});
export type SmDeliveryFailureCauseWithDiagnosticV2 = Infer<typeof SmDeliveryFailureCauseWithDiagnosticV2>;

export const SmDeliveryFailureCauseV2 = choice({
  'sm-DeliveryFailureCauseWithDiagnostic': SmDeliveryFailureCauseWithDiagnosticV2,
  'sm-EnumeratedDeliveryFailureCause': SmEnumeratedDeliveryFailureCause,
});
export type SmDeliveryFailureCauseV2 = Infer<typeof SmDeliveryFailureCauseV2>;

/** The address is on (true) or not on the list of waiting messages. */
export const absentSubscriberV2 = error({ name: 'absentSubscriber', code: 27, parameter: boolean });
export const roamingNotAllowedV2 = error({
  name: 'roamingNotAllowed',
  code: 8,
  parameter: RoamingNotAllowedCause,
});
export const cugRejectV2 = error({ name: 'cug-Reject', code: 15, parameter: CugRejectCause });
export const ssSubscriptionViolationV2 = error({
  name: 'ss-SubscriptionViolation',
  code: 19,
  parameter: SsSubscriptionOption,
});
export const smDeliveryFailureV2 = error({
  name: 'sm-DeliveryFailure',
  code: 32,
  parameter: SmDeliveryFailureCauseV2,
});
