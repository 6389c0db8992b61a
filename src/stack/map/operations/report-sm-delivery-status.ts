/** reportSM-DeliveryStatus: the SMS-GMSC tells the HLR how a delivery went. 3GPP TS 29.002 §12.3, §17.6.5. */
import { type Infer, implicit, nullType, operation, optional, sequence } from '../../asn1/index.ts';
import { dataMissing, unexpectedDataValue } from '../errors/generic.ts';
import { unknownSubscriber } from '../errors/identification.ts';
import { messageWaitingListFull } from '../errors/short-message.ts';
import { timersMs } from '../timers.ts';
import { AddressString, Imsi, IsdnAddressString } from '../types/address.ts';
import { ExtensionContainer } from '../types/extension.ts';
import { AbsentSubscriberDiagnosticSM, CorrelationID, SmDeliveryOutcome } from '../types/short-message.ts';

export const ReportSMDeliveryStatusArg = sequence({
  msisdn: IsdnAddressString,
  serviceCentreAddress: AddressString,
  'sm-DeliveryOutcome': SmDeliveryOutcome,
  absentSubscriberDiagnosticSM: optional(implicit(0, AbsentSubscriberDiagnosticSM)),
  extensionContainer: optional(implicit(1, ExtensionContainer)),
  gprsSupportIndicator: optional(implicit(2, nullType)),
  deliveryOutcomeIndicator: optional(implicit(3, nullType)),
  'additionalSM-DeliveryOutcome': optional(implicit(4, SmDeliveryOutcome)),
  additionalAbsentSubscriberDiagnosticSM: optional(implicit(5, AbsentSubscriberDiagnosticSM)),
  'ip-sm-gw-Indicator': optional(implicit(6, nullType)),
  'ip-sm-gw-sm-deliveryOutcome': optional(implicit(7, SmDeliveryOutcome)),
  'ip-sm-gw-absentSubscriberDiagnosticSM': optional(implicit(8, AbsentSubscriberDiagnosticSM)),
  imsi: optional(implicit(9, Imsi)),
  singleAttemptDelivery: optional(implicit(10, nullType)),
  correlationID: optional(implicit(11, CorrelationID)),
  'smsf-3gpp-deliveryOutcomeIndicator': optional(implicit(12, nullType)),
  'smsf-3gpp-deliveryOutcome': optional(implicit(13, SmDeliveryOutcome)),
  'smsf-3gpp-absentSubscriberDiagSM': optional(implicit(14, AbsentSubscriberDiagnosticSM)),
  'smsf-non-3gpp-deliveryOutcomeIndicator': optional(implicit(15, nullType)),
  'smsf-non-3gpp-deliveryOutcome': optional(implicit(16, SmDeliveryOutcome)),
  'smsf-non-3gpp-absentSubscriberDiagSM': optional(implicit(17, AbsentSubscriberDiagnosticSM)),
});
export type ReportSMDeliveryStatusArg = Infer<typeof ReportSMDeliveryStatusArg>;

export const ReportSMDeliveryStatusRes = sequence({
  storedMSISDN: optional(IsdnAddressString),
  extensionContainer: optional(ExtensionContainer),
});
export type ReportSMDeliveryStatusRes = Infer<typeof ReportSMDeliveryStatusRes>;

export const ReportSMDeliveryStatusArgV2 = sequence({
  msisdn: IsdnAddressString,
  serviceCentreAddress: AddressString,
  'sm-DeliveryOutcome': optional(SmDeliveryOutcome),
});
export type ReportSMDeliveryStatusArgV2 = Infer<typeof ReportSMDeliveryStatusArgV2>;

/** Version 3. */
export const reportSMDeliveryStatus = operation({
  name: 'reportSM-DeliveryStatus',
  code: 47,
  argument: ReportSMDeliveryStatusArg,
  result: ReportSMDeliveryStatusRes,
  errors: [dataMissing, unexpectedDataValue, unknownSubscriber, messageWaitingListFull],
  operationClass: 1,
  timerMs: timersMs.short,
});

/** Version 2. */
export const reportSMDeliveryStatusV2 = operation({
  name: 'reportSM-DeliveryStatus',
  code: 47,
  argument: ReportSMDeliveryStatusArgV2,
  result: IsdnAddressString,
  errors: [dataMissing, unexpectedDataValue, unknownSubscriber, messageWaitingListFull],
  operationClass: 1,
  timerMs: timersMs.short,
});

/** Version 1: the result has no parameter. */
export const reportSMDeliveryStatusV1 = operation({
  name: 'reportSM-DeliveryStatus',
  code: 47,
  argument: ReportSMDeliveryStatusArgV2,
  errors: [unexpectedDataValue, unknownSubscriber, messageWaitingListFull],
  operationClass: 1,
  timerMs: timersMs.short,
});
