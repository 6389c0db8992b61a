/** Errors of call handling: 3GPP TS 29.002 §17.6.6, §7.6.1.4. */
import {
  choice,
  enumerated,
  error,
  type Infer,
  implicit,
  nullType,
  optional,
  sequence,
} from '../../asn1/index.ts';
import { ExtensionContainer } from '../types/extension.ts';

export const NoRoamingNbParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type NoRoamingNbParam = Infer<typeof NoRoamingNbParam>;

export const AbsentSubscriberReason = enumerated({
  imsiDetach: 0,
  restrictedArea: 1,
  noPageResponse: 2,
  purgedMS: 3,
  mtRoamingRetry: 4,
  busySubscriber: 5,
});
export type AbsentSubscriberReason = Infer<typeof AbsentSubscriberReason>;

export const AbsentSubscriberParam = sequence({
  extensionContainer: optional(ExtensionContainer),
  absentSubscriberReason: optional(implicit(0, AbsentSubscriberReason)),
});
export type AbsentSubscriberParam = Infer<typeof AbsentSubscriberParam>;

export const BusySubscriberParam = sequence({
  extensionContainer: optional(ExtensionContainer),
  'ccbs-Possible': optional(implicit(0, nullType)),
  'ccbs-Busy': optional(implicit(1, nullType)),
});
export type BusySubscriberParam = Infer<typeof BusySubscriberParam>;

export const NoSubscriberReplyParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type NoSubscriberReplyParam = Infer<typeof NoSubscriberReplyParam>;

export const CallBarringCause = enumerated({ barringServiceActive: 0, operatorBarring: 1 });
export type CallBarringCause = Infer<typeof CallBarringCause>;

export const ExtensibleCallBarredParam = sequence({
  callBarringCause: optional(CallBarringCause),
  extensionContainer: optional(ExtensionContainer),
  unauthorisedMessageOriginator: optional(implicit(1, nullType)),
  anonymousCallRejection: optional(implicit(2, nullType)),
});
export type ExtensibleCallBarredParam = Infer<typeof ExtensibleCallBarredParam>;

export const CallBarredParam = choice({
  callBarringCause: CallBarringCause,
  extensibleCallBarredParam: ExtensibleCallBarredParam,
});
export type CallBarredParam = Infer<typeof CallBarredParam>;

export const ForwardingViolationParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type ForwardingViolationParam = Infer<typeof ForwardingViolationParam>;

export const ForwardingFailedParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type ForwardingFailedParam = Infer<typeof ForwardingFailedParam>;

export const CugRejectCause = enumerated({
  incomingCallsBarredWithinCUG: 0,
  subscriberNotMemberOfCUG: 1,
  'requestedBasicServiceViolatesCUG-Constraints': 5,
  'calledPartySS-InteractionViolation': 7,
});
export type CugRejectCause = Infer<typeof CugRejectCause>;

export const CugRejectParam = sequence({
  'cug-RejectCause': optional(CugRejectCause),
  extensionContainer: optional(ExtensionContainer),
});
export type CugRejectParam = Infer<typeof CugRejectParam>;

export const OrNotAllowedParam = sequence({
  extensionContainer: optional(ExtensionContainer),
});
export type OrNotAllowedParam = Infer<typeof OrNotAllowedParam>;

export const noRoamingNumberAvailable = error({
  name: 'noRoamingNumberAvailable',
  code: 39,
  parameter: NoRoamingNbParam,
});
export const absentSubscriber = error({
  name: 'absentSubscriber',
  code: 27,
  parameter: AbsentSubscriberParam,
});
export const busySubscriber = error({ name: 'busySubscriber', code: 45, parameter: BusySubscriberParam });
export const noSubscriberReply = error({
  name: 'noSubscriberReply',
  code: 46,
  parameter: NoSubscriberReplyParam,
});
export const callBarred = error({ name: 'callBarred', code: 13, parameter: CallBarredParam });
export const forwardingViolation = error({
  name: 'forwardingViolation',
  code: 14,
  parameter: ForwardingViolationParam,
});
export const forwardingFailed = error({
  name: 'forwardingFailed',
  code: 47,
  parameter: ForwardingFailedParam,
});
export const cugReject = error({ name: 'cug-Reject', code: 15, parameter: CugRejectParam });
export const orNotAllowed = error({ name: 'or-NotAllowed', code: 48, parameter: OrNotAllowedParam });
