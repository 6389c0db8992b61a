/** mo-ForwardSM: the serving node gives a short message of the subscriber to the SMS-IWMSC. 3GPP TS 29.002 §12.2, §17.6.5. */
import { type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import { facilityNotSupported, systemFailure, unexpectedDataValue } from '../errors/generic.ts';
import { smDeliveryFailure } from '../errors/short-message.ts';
import { timersMs } from '../timers.ts';
import { Imsi } from '../types/address.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { CorrelationID, SmDeliveryOutcome, SmRpDa, SmRpOa } from '../types/short-message.ts';
import { SignalInfo } from '../types/signal.ts';

export const MoForwardSMArg = sequence({
  'sm-RP-DA': SmRpDa,
  'sm-RP-OA': SmRpOa,
  'sm-RP-UI': SignalInfo,
  extensionContainer: optional(ExtensionContainer),
  imsi: optional(Imsi),
  correlationID: optional(implicit(0, CorrelationID)),
  'sm-DeliveryOutcome': optional(implicit(1, SmDeliveryOutcome)),
});
export type MoForwardSMArg = Infer<typeof MoForwardSMArg>;

export const MoForwardSMRes = sequence({
  'sm-RP-UI': optional(SignalInfo),
  extensionContainer: optional(ExtensionContainer),
});
export type MoForwardSMRes = Infer<typeof MoForwardSMRes>;

export const moForwardSM = operation({
  name: 'mo-ForwardSM',
  code: 46,
  argument: MoForwardSMArg,
  result: MoForwardSMRes,
  errors: [systemFailure, unexpectedDataValue, facilityNotSupported, smDeliveryFailure],
  operationClass: 1,
  timerMs: timersMs.mediumLong,
});
