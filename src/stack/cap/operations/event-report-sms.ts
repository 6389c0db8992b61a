/** eventReportSMS: an armed event of a short message is reported. 3GPP TS 29.078 §7.1. */
import { explicit, type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import { timersMs } from '../timers.ts';
import { MiscCallInfo } from '../types/call.ts';
import { Extensions } from '../types/extension.ts';
import { EventSpecificInformationSMS, EventTypeSMS } from '../types/sms.ts';

export const EventReportSMSArg = sequence({
  eventTypeSMS: implicit(0, EventTypeSMS),
  eventSpecificInformationSMS: optional(explicit(1, EventSpecificInformationSMS)),
  miscCallInfo: optional(implicit(2, MiscCallInfo)), // absent: messageType request
  extensions: optional(implicit(10, Extensions)),
});
export type EventReportSMSArg = Infer<typeof EventReportSMSArg>;

export const eventReportSMS = operation({
  name: 'eventReportSMS',
  code: 64,
  argument: EventReportSMSArg,
  errors: [],
  operationClass: 4,
  timerMs: timersMs.short,
});
