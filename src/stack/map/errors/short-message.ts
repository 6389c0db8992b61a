/** Errors of the short message service: 3GPP TS 29.002 §17.6.6, §7.6.1.4. */
import { enumerated, error, type Infer, implicit, nullType, optional, sequence } from '../../asn1/index.ts';
import { Imsi } from '../types/address.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { AbsentSubscriberDiagnosticSM } from '../types/short-message.ts';
import { SignalInfo, Time } from '../types/signal.ts';

export const SubBusyForMTSmsParam = sequence({
  extensionContainer: optional(ExtensionContainer),
  gprsConnectionSuspended: optional(nullType),
});
export type SubBusyForMTSmsParam = Infer<typeof SubBusyForMTSmsParam>;

export const SmEnumeratedDeliveryFailureCause = enumerated({
  memoryCapacityExceeded: 0,
  equipmentProtocolError: 1,
  'equipmentNotSM-Equipped': 2,
  unknownServiceCentre: 3,
  'sc-Congestion': 4,
  'invalidSME-Address': 5,
  'subscriberNotSC-Subscriber': 6,
});
export type SmEnumeratedDeliveryFailureCause = Infer<typeof SmEnumeratedDeliveryFailureCause>;

export const SmDeliveryFailureCause = sequence({
  'sm-EnumeratedDeliveryFailureCause': SmEnumeratedDeliveryFailureCause,
  diagnosticInfo: optional(SignalInfo),
  extensionContainer: optional(ExtensionContainer),
});
export type SmDeliveryFailureCause = Infer<typeof SmDeliveryFailureCause>;

export const MessageWaitListFullParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type MessageWaitListFullParam = Infer<typeof MessageWaitListFullParam>;

export const AbsentSubscriberSMParam = sequence({
  absentSubscriberDiagnosticSM: optional(AbsentSubscriberDiagnosticSM),
  extensionContainer: optional(ExtensionContainer),
  additionalAbsentSubscriberDiagnosticSM: optional(implicit(0, AbsentSubscriberDiagnosticSM)),
  imsi: optional(implicit(1, Imsi)),
  requestedRetransmissionTime: optional(implicit(2, Time)),
  userIdentifierAlert: optional(implicit(3, Imsi)),
});
export type AbsentSubscriberSMParam = Infer<typeof AbsentSubscriberSMParam>;

export const subscriberBusyForMTSMS = error({
  name: 'subscriberBusyForMT-SMS',
  code: 31,
  parameter: SubBusyForMTSmsParam,
});
export const smDeliveryFailure = error({
  name: 'sm-DeliveryFailure',
  code: 32,
  parameter: SmDeliveryFailureCause,
});
export const messageWaitingListFull = error({
  name: 'messageWaitingListFull',
  code: 33,
  parameter: MessageWaitListFullParam,
});
export const absentSubscriberSM = error({
  name: 'absentSubscriberSM',
  code: 6,
  parameter: AbsentSubscriberSMParam,
});
