/** playAnnouncement: an announcement is played. 3GPP TS 29.078 §6.2.1. */
import { boolean, explicit, type Infer, implicit, operation, optional, sequence } from '../../asn1/index.ts';
import {
  canceled,
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
import { CallSegmentID } from '../types/call.ts';
import { Extensions } from '../types/extension.ts';
import { InformationToSend } from './call-gap.ts';

export const PlayAnnouncementArg = sequence({
  informationToSend: explicit(0, InformationToSend),
  disconnectFromIPForbidden: optional(implicit(1, boolean)), // absent: TRUE
  requestAnnouncementCompleteNotification: optional(implicit(2, boolean)), // absent: TRUE
  extensions: optional(implicit(3, Extensions)),
  callSegmentID: optional(implicit(5, CallSegmentID)),
  requestAnnouncementStartedNotification: optional(implicit(51, boolean)), // absent: FALSE
});
export type PlayAnnouncementArg = Infer<typeof PlayAnnouncementArg>;

export const playAnnouncement = operation({
  name: 'playAnnouncement',
  code: 47,
  argument: PlayAnnouncementArg,
  errors: [
    canceled,
    missingParameter,
    parameterOutOfRange,
    systemFailure,
    taskRefused,
    unexpectedComponentSequence,
    unexpectedDataValue,
    unexpectedParameter,
    unavailableResource,
    unknownCSID,
  ],
  operationClass: 2,
  timerMs: timersMs.long,
});
