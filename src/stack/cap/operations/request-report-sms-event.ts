/** requestReportSMSEvent: events of a short message are armed. 3GPP TS 29.078 §7.1. */
import { type Infer, implicit, operation, optional, sequence, sequenceOf } from '../../asn1/index.ts';
import {
  missingParameter,
  parameterOutOfRange,
  systemFailure,
  taskRefused,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
} from '../errors.ts';
import { timersMs } from '../timers.ts';
import { Extensions } from '../types/extension.ts';
import { SMSEvent } from '../types/sms.ts';

export const RequestReportSMSEventArg = sequence({
  sMSEvents: implicit(0, sequenceOf(SMSEvent, { min: 1, max: 10 })),
  extensions: optional(implicit(10, Extensions)),
});
export type RequestReportSMSEventArg = Infer<typeof RequestReportSMSEventArg>;

export const requestReportSMSEvent = operation({
  name: 'requestReportSMSEvent',
  code: 63,
  argument: RequestReportSMSEventArg,
  errors: [
    missingParameter,
    parameterOutOfRange,
    systemFailure,
    taskRefused,
    unexpectedComponentSequence,
    unexpectedDataValue,
    unexpectedParameter,
  ],
  operationClass: 2,
  timerMs: timersMs.short,
});
