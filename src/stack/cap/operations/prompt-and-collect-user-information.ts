/** promptAndCollectUserInformation: an announcement is played and digits are collected. 3GPP TS 29.078 §6.2.1. */
import {
  boolean,
  choice,
  explicit,
  type Infer,
  implicit,
  operation,
  optional,
  sequence,
} from '../../asn1/index.ts';
import {
  canceled,
  improperCallerResponse,
  missingParameter,
  parameterOutOfRange,
  systemFailure,
  taskRefused,
  unavailableResource,
  unexpectedComponentSequence,
  unexpectedDataValue,
  unexpectedParameter,
  unknownCSID,
} from '../errors.ts';
import { timersMs } from '../timers.ts';
import { CollectedInfo } from '../types/announcement.ts';
import { CallSegmentID } from '../types/call.ts';
import { Extensions } from '../types/extension.ts';
import { Digits } from '../types/numbers.ts';
import { InformationToSend } from './call-gap.ts';

export const PromptAndCollectUserInformationArg = sequence({
  collectedInfo: explicit(0, CollectedInfo),
  disconnectFromIPForbidden: optional(implicit(1, boolean)), // absent: TRUE
  informationToSend: optional(explicit(2, InformationToSend)),
  extensions: optional(implicit(3, Extensions)),
  callSegmentID: optional(implicit(4, CallSegmentID)),
  requestAnnouncementStartedNotification: optional(implicit(51, boolean)), // absent: FALSE
});
export type PromptAndCollectUserInformationArg = Infer<typeof PromptAndCollectUserInformationArg>;

export const ReceivedInformationArg = choice({
  digitsResponse: implicit(0, Digits),
});
export type ReceivedInformationArg = Infer<typeof ReceivedInformationArg>;

export const promptAndCollectUserInformation = operation({
  name: 'promptAndCollectUserInformation',
  code: 48,
  argument: PromptAndCollectUserInformationArg,
  result: ReceivedInformationArg,
  errors: [
    canceled,
    improperCallerResponse,
    missingParameter,
    parameterOutOfRange,
    systemFailure,
    taskRefused,
    unexpectedComponentSequence,
    unavailableResource,
    unexpectedDataValue,
    unexpectedParameter,
    unknownCSID,
  ],
  operationClass: 1,
  timerMs: timersMs.long,
});
