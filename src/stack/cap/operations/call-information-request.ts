/** callInformationRequest: data of the call are asked for. 3GPP TS 29.078 §6.1.1. */
import {
  enumerated,
  explicit,
  type Infer,
  implicit,
  operation,
  optional,
  sequence,
  sequenceOf,
} from '../../asn1/index.ts';
import {
  missingParameter,
  parameterOutOfRange,
  requestedInfoError,
  systemFailure,
  taskRefused,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
  unknownLegID,
} from '../errors.ts';
import { timersMs } from '../timers.ts';
import { SendingSideID } from '../types/call.ts';
import { Extensions } from '../types/extension.ts';

export const RequestedInformationType = enumerated({
  callAttemptElapsedTime: 0,
  callStopTime: 1,
  callConnectedElapsedTime: 2,
  releaseCause: 30,
});
export type RequestedInformationType = Infer<typeof RequestedInformationType>;

export const RequestedInformationTypeList = sequenceOf(RequestedInformationType, { min: 1, max: 4 });
export type RequestedInformationTypeList = Infer<typeof RequestedInformationTypeList>;

export const CallInformationRequestArg = sequence({
  requestedInformationTypeList: implicit(0, RequestedInformationTypeList),
  extensions: optional(implicit(2, Extensions)),
  legID: optional(explicit(3, SendingSideID)), // absent: sendingSideID: leg2
});
export type CallInformationRequestArg = Infer<typeof CallInformationRequestArg>;

export const callInformationRequest = operation({
  name: 'callInformationRequest',
  code: 45,
  argument: CallInformationRequestArg,
  errors: [
    missingParameter,
    parameterOutOfRange,
    requestedInfoError,
    systemFailure,
    taskRefused,
    unexpectedComponentSequence,
    unexpectedDataValue,
    unexpectedParameter,
    unknownLegID,
  ],
  operationClass: 2,
  timerMs: timersMs.short,
});
