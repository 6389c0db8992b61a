/** callInformationReport: data of the call are reported. 3GPP TS 29.078 §6.1.1. */
import {
  choice,
  explicit,
  type Infer,
  implicit,
  integer,
  operation,
  optional,
  sequence,
  sequenceOf,
} from '../../asn1/index.ts';
import { timersMs } from '../timers.ts';
import { DateAndTime, Integer4, ReceivingSideID } from '../types/call.ts';
import { Extensions } from '../types/extension.ts';
import { Cause } from '../types/numbers.ts';
import { RequestedInformationType } from './call-information-request.ts';

export const RequestedInformationValue = choice({
  callAttemptElapsedTimeValue: implicit(0, integer({ min: 0, max: 255 })),
  callStopTimeValue: implicit(1, DateAndTime),
  callConnectedElapsedTimeValue: implicit(2, Integer4),
  releaseCauseValue: implicit(30, Cause),
});
export type RequestedInformationValue = Infer<typeof RequestedInformationValue>;

export const RequestedInformation = sequence({
  requestedInformationType: implicit(0, RequestedInformationType),
  requestedInformationValue: explicit(1, RequestedInformationValue),
});
export type RequestedInformation = Infer<typeof RequestedInformation>;

export const RequestedInformationList = sequenceOf(RequestedInformation, { min: 1, max: 4 });
export type RequestedInformationList = Infer<typeof RequestedInformationList>;

export const CallInformationReportArg = sequence({
  requestedInformationList: implicit(0, RequestedInformationList),
  extensions: optional(implicit(2, Extensions)),
  legID: optional(explicit(3, ReceivingSideID)), // absent: receivingSideID: leg2
});
export type CallInformationReportArg = Infer<typeof CallInformationReportArg>;

export const callInformationReport = operation({
  name: 'callInformationReport',
  code: 44,
  argument: CallInformationReportArg,
  errors: [],
  operationClass: 4,
  timerMs: timersMs.short,
});
