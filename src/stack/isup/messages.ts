/**
 * Every message of ITU-T Q.763 §4: type (table 4), mandatory fixed part, mandatory variable part, optional part. An optional
 * parameter may stand anywhere in its part; here they are in the order of the tables.
 */
import * as c from './call-indicators.ts';
import * as compatibility from './compatibility.ts';
import * as i from './indicators.ts';
import { message, type ParametersOf } from './message-declaration.ts';
import * as n from './numbers.ts';
import * as o from './opaque-parameters.ts';
import { repeated } from './parameter.ts';
import { circuitStateIndicator, rangeAndStatus } from './range-and-status.ts';

const { messageCompatibilityInformation, parameterCompatibilityInformation } = compatibility;
const none = [] as const;
const genericNotificationIndicator = repeated(i.genericNotificationIndicator);
const genericNumber = repeated(n.genericNumber);
const genericDigits = repeated(o.genericDigits);
const applicationTransport = repeated(o.applicationTransport);

/** Message type alone. */
const bare = (type: number, name: string, clause = 'ITU-T Q.763 table 39') =>
  message(type, name, clause, { fixed: none, variable: none, optional: null });

const groupSupervision = (type: number, name: string) =>
  message(type, name, 'ITU-T Q.763 table 40', {
    fixed: [i.circuitGroupSupervisionMessageType],
    variable: [rangeAndStatus],
    optional: null,
  });

const suspendOrResume = (type: number, name: string) =>
  message(type, name, 'ITU-T Q.763 table 38', {
    fixed: [i.suspendResumeIndicators],
    variable: none,
    optional: [i.callReference],
  });

const facilityRequestOrAccepted = (type: number, name: string) =>
  message(type, name, 'ITU-T Q.763 table 42', {
    fixed: [i.facilityIndicator],
    variable: none,
    optional: [
      i.userToUserIndicators,
      i.callReference,
      o.connectionRequest,
      parameterCompatibilityInformation,
    ],
  });

const userPartAvailability = (type: number, name: string) =>
  message(type, name, 'ITU-T Q.763 table 44', {
    fixed: none,
    variable: none,
    optional: [parameterCompatibilityInformation],
  });

export const messages = {
  ACM: message(0x06, 'address complete', 'ITU-T Q.763 table 21', {
    fixed: [c.backwardCallIndicators],
    variable: none,
    optional: [
      c.optionalBackwardCallIndicators,
      i.callReference,
      n.causeIndicators,
      i.userToUserIndicators,
      o.userToUserInformation,
      o.accessTransport,
      genericNotificationIndicator,
      i.transmissionMediumUsed,
      o.echoControlInformation,
      o.accessDeliveryInformation,
      n.redirectionNumber,
      parameterCompatibilityInformation,
      o.callDiversionInformation,
      o.networkSpecificFacility,
      o.remoteOperations,
      o.serviceActivation,
      i.redirectionNumberRestriction,
      o.conferenceTreatmentIndicators,
      o.uidActionIndicators,
      applicationTransport,
      o.ccnrPossibleIndicator,
      o.htrInformation,
      o.pivotRoutingBackwardInformation,
      o.redirectStatus,
    ],
  }),
  ANM: message(0x09, 'answer', 'ITU-T Q.763 table 22', {
    fixed: none,
    variable: none,
    optional: [
      c.backwardCallIndicators,
      c.optionalBackwardCallIndicators,
      i.callReference,
      i.userToUserIndicators,
      o.userToUserInformation,
      n.connectedNumber,
      o.accessTransport,
      o.accessDeliveryInformation,
      genericNotificationIndicator,
      parameterCompatibilityInformation,
      o.backwardGvns,
      o.callHistoryInformation,
      genericNumber,
      i.transmissionMediumUsed,
      o.networkSpecificFacility,
      o.remoteOperations,
      n.redirectionNumber,
      o.serviceActivation,
      o.echoControlInformation,
      i.redirectionNumberRestriction,
      o.displayInformation,
      o.conferenceTreatmentIndicators,
      applicationTransport,
      o.pivotRoutingBackwardInformation,
      o.redirectStatus,
    ],
  }),
  CPG: message(0x2c, 'call progress', 'ITU-T Q.763 table 23', {
    fixed: [i.eventInformation],
    variable: none,
    optional: [
      n.causeIndicators,
      i.callReference,
      c.backwardCallIndicators,
      c.optionalBackwardCallIndicators,
      o.accessTransport,
      i.userToUserIndicators,
      n.redirectionNumber,
      o.userToUserInformation,
      genericNotificationIndicator,
      o.networkSpecificFacility,
      o.remoteOperations,
      i.transmissionMediumUsed,
      o.accessDeliveryInformation,
      parameterCompatibilityInformation,
      o.callDiversionInformation,
      o.serviceActivation,
      i.redirectionNumberRestriction,
      n.callTransferNumber,
      o.echoControlInformation,
      n.connectedNumber,
      o.backwardGvns,
      genericNumber,
      o.callHistoryInformation,
      o.conferenceTreatmentIndicators,
      o.uidActionIndicators,
      applicationTransport,
      o.ccnrPossibleIndicator,
      o.pivotRoutingBackwardInformation,
      o.redirectStatus,
    ],
  }),
  CQR: message(0x2b, 'circuit group query response', 'ITU-T Q.763 table 24', {
    fixed: none,
    variable: [rangeAndStatus, circuitStateIndicator],
    optional: null,
  }),
  GRA: message(0x29, 'circuit group reset acknowledgement', 'ITU-T Q.763 table 25', {
    fixed: none,
    variable: [rangeAndStatus],
    optional: null,
  }),
  CFN: message(0x2f, 'confusion', 'ITU-T Q.763 table 26', {
    fixed: none,
    variable: [n.causeIndicators],
    optional: none,
  }),
  CON: message(0x07, 'connect', 'ITU-T Q.763 table 27', {
    fixed: [c.backwardCallIndicators],
    variable: none,
    optional: [
      c.optionalBackwardCallIndicators,
      n.connectedNumber,
      i.callReference,
      i.userToUserIndicators,
      o.userToUserInformation,
      o.accessTransport,
      o.networkSpecificFacility,
      genericNotificationIndicator,
      o.remoteOperations,
      i.transmissionMediumUsed,
      o.echoControlInformation,
      o.accessDeliveryInformation,
      o.callHistoryInformation,
      parameterCompatibilityInformation,
      o.serviceActivation,
      genericNumber,
      i.redirectionNumberRestriction,
      n.redirectionNumber,
      o.conferenceTreatmentIndicators,
      o.backwardGvns,
      applicationTransport,
      o.htrInformation,
      o.pivotRoutingBackwardInformation,
      o.redirectStatus,
    ],
  }),
  COT: message(0x05, 'continuity', 'ITU-T Q.763 table 28', {
    fixed: [i.continuityIndicators],
    variable: none,
    optional: null,
  }),
  FRJ: message(0x21, 'facility reject', 'ITU-T Q.763 table 29', {
    fixed: [i.facilityIndicator],
    variable: [n.causeIndicators],
    optional: [i.userToUserIndicators, parameterCompatibilityInformation],
  }),
  INF: message(0x04, 'information', 'ITU-T Q.763 table 30', {
    fixed: [i.informationIndicators],
    variable: none,
    optional: [
      i.callingPartysCategory,
      n.callingPartyNumber,
      i.callReference,
      o.connectionRequest,
      parameterCompatibilityInformation,
      o.networkSpecificFacility,
    ],
  }),
  INR: message(0x03, 'information request', 'ITU-T Q.763 table 31', {
    fixed: [i.informationRequestIndicators],
    variable: none,
    optional: [i.callReference, o.networkSpecificFacility, parameterCompatibilityInformation],
  }),
  IAM: message(0x01, 'initial address', 'ITU-T Q.763 table 32', {
    fixed: [
      c.natureOfConnectionIndicators,
      c.forwardCallIndicators,
      i.callingPartysCategory,
      i.transmissionMediumRequirement,
    ],
    variable: [n.calledPartyNumber],
    optional: [
      o.transitNetworkSelection,
      i.callReference,
      n.callingPartyNumber,
      c.optionalForwardCallIndicators,
      n.redirectingNumber,
      n.redirectionInformation,
      o.closedUserGroupInterlockCode,
      o.connectionRequest,
      n.originalCalledNumber,
      o.userToUserInformation,
      o.accessTransport,
      o.userServiceInformation,
      i.userToUserIndicators,
      genericNumber,
      o.propagationDelayCounter,
      o.userServiceInformationPrime,
      o.networkSpecificFacility,
      genericDigits,
      o.originationIscPointCode,
      o.userTeleserviceInformation,
      o.remoteOperations,
      parameterCompatibilityInformation,
      genericNotificationIndicator,
      o.serviceActivation,
      o.genericReference,
      o.mlppPrecedence,
      i.transmissionMediumRequirementPrime,
      n.locationNumber,
      o.forwardGvns,
      o.ccss,
      o.networkManagementControls,
      o.circuitAssignmentMap,
      o.correlationId,
      o.callDiversionTreatmentIndicators,
      n.calledInNumber,
      o.callOfferingTreatmentIndicators,
      o.conferenceTreatmentIndicators,
      o.scfId,
      o.uidCapabilityIndicators,
      o.echoControlInformation,
      i.hopCounter,
      o.collectCallRequest,
      applicationTransport,
      o.pivotCapability,
      n.calledDirectoryNumber,
      n.originalCalledInNumber,
      o.callingGeodeticLocation,
      o.networkRoutingNumber,
      o.queryOnReleaseCapability,
      o.pivotCounter,
      o.pivotRoutingForwardInformation,
      o.redirectCapability,
      o.redirectCounter,
      o.redirectStatus,
      o.redirectForwardInformation,
      o.numberPortabilityForwardInformation,
    ],
  }),
  REL: message(0x0c, 'release', 'ITU-T Q.763 table 33', {
    fixed: none,
    variable: [n.causeIndicators],
    optional: [
      n.redirectionInformation,
      n.redirectionNumber,
      o.accessTransport,
      o.signallingPointCode,
      o.userToUserInformation,
      i.automaticCongestionLevel,
      o.networkSpecificFacility,
      o.accessDeliveryInformation,
      parameterCompatibilityInformation,
      i.userToUserIndicators,
      o.displayInformation,
      o.remoteOperations,
      o.htrInformation,
      o.redirectCounter,
      o.redirectBackwardInformation,
    ],
  }),
  RLC: message(0x10, 'release complete', 'ITU-T Q.763 table 34', {
    fixed: none,
    variable: none,
    optional: [n.causeIndicators],
  }),
  SAM: message(0x02, 'subsequent address', 'ITU-T Q.763 table 35', {
    fixed: none,
    variable: [n.subsequentNumber],
    optional: none,
  }),
  USR: message(0x2d, 'user-to-user information', 'ITU-T Q.763 table 36', {
    fixed: none,
    variable: [o.userToUserInformation],
    optional: [o.accessTransport],
  }),
  FOT: message(0x08, 'forward transfer', 'ITU-T Q.763 table 37', {
    fixed: none,
    variable: none,
    optional: [i.callReference],
  }),
  SUS: suspendOrResume(0x0d, 'suspend'),
  RES: suspendOrResume(0x0e, 'resume'),
  BLO: bare(0x13, 'blocking'),
  BLA: bare(0x15, 'blocking acknowledgement'),
  CCR: bare(0x11, 'continuity check request'),
  LPA: bare(0x24, 'loop back acknowledgement'),
  OLM: bare(0x30, 'overload'),
  RSC: bare(0x12, 'reset circuit'),
  UBL: bare(0x14, 'unblocking'),
  UBA: bare(0x16, 'unblocking acknowledgement'),
  UCIC: bare(0x2e, 'unequipped circuit identification code'),
  CGB: groupSupervision(0x18, 'circuit group blocking'),
  CGBA: groupSupervision(0x1a, 'circuit group blocking acknowledgement'),
  CGU: groupSupervision(0x19, 'circuit group unblocking'),
  CGUA: groupSupervision(0x1b, 'circuit group unblocking acknowledgement'),
  GRS: message(0x17, 'circuit group reset', 'ITU-T Q.763 table 41', {
    fixed: none,
    variable: [rangeAndStatus],
    optional: null,
  }),
  CQM: message(0x2a, 'circuit group query', 'ITU-T Q.763 table 41', {
    fixed: none,
    variable: [rangeAndStatus],
    optional: null,
  }),
  FAA: facilityRequestOrAccepted(0x20, 'facility accepted'),
  FAR: facilityRequestOrAccepted(0x1f, 'facility request'),
  UPT: userPartAvailability(0x34, 'user part test'),
  UPA: userPartAvailability(0x35, 'user part available'),
  FAC: message(0x33, 'facility', 'ITU-T Q.763 table 45', {
    fixed: none,
    variable: none,
    optional: [
      messageCompatibilityInformation,
      parameterCompatibilityInformation,
      o.remoteOperations,
      o.serviceActivation,
      n.callTransferNumber,
      o.accessTransport,
      genericNotificationIndicator,
      n.redirectionNumber,
      o.pivotRoutingIndicators,
      o.pivotStatus,
      o.pivotCounter,
      o.pivotRoutingBackwardInformation,
      o.redirectStatus,
    ],
  }),
  NRM: message(0x32, 'network resource management', 'ITU-T Q.763 table 46', {
    fixed: none,
    variable: none,
    optional: [messageCompatibilityInformation, parameterCompatibilityInformation, o.echoControlInformation],
  }),
  IDR: message(0x36, 'identification request', 'ITU-T Q.763 table 47', {
    fixed: none,
    variable: none,
    optional: [o.mcidRequestIndicators, messageCompatibilityInformation, parameterCompatibilityInformation],
  }),
  IRS: message(0x37, 'identification response', 'ITU-T Q.763 table 48', {
    fixed: none,
    variable: none,
    optional: [
      o.mcidResponseIndicators,
      messageCompatibilityInformation,
      parameterCompatibilityInformation,
      n.callingPartyNumber,
      o.accessTransport,
      genericNumber,
      o.chargedPartyIdentification,
    ],
  }),
  SGM: message(0x38, 'segmentation', 'ITU-T Q.763 table 49', {
    fixed: none,
    variable: none,
    optional: [
      o.accessTransport,
      o.userToUserInformation,
      messageCompatibilityInformation,
      genericDigits,
      genericNotificationIndicator,
      genericNumber,
    ],
  }),
  LPR: message(0x40, 'loop prevention', 'ITU-T Q.763 table 50', {
    fixed: none,
    variable: none,
    optional: [
      messageCompatibilityInformation,
      parameterCompatibilityInformation,
      o.callTransferReference,
      o.loopPreventionIndicators,
    ],
  }),
  APM: message(0x41, 'application transport', 'ITU-T Q.763 table 51', {
    fixed: none,
    variable: none,
    optional: [messageCompatibilityInformation, parameterCompatibilityInformation, applicationTransport],
  }),
  PRI: message(0x42, 'pre-release information', 'ITU-T Q.763 table 52', {
    fixed: none,
    variable: none,
    optional: [
      messageCompatibilityInformation,
      parameterCompatibilityInformation,
      c.optionalForwardCallIndicators,
      c.optionalBackwardCallIndicators,
      applicationTransport,
    ],
  }),
  SDM: message(0x43, 'subsequent directory number', 'ITU-T Q.763 table 53', {
    fixed: none,
    variable: none,
    optional: [n.subsequentNumber, messageCompatibilityInformation],
  }),
  // Circuit reservation is not in ITU-T Q.763: networks that use it take it from there.
  CRA: bare(0xe9, 'circuit reservation acknowledgement', 'ANSI T1.113.3'),
  CRM: message(0xea, 'circuit reservation', 'ANSI T1.113.3', {
    fixed: [c.natureOfConnectionIndicators],
    variable: none,
    optional: null,
  }),
} as const;

type Messages = typeof messages;
export type MessageKind = keyof Messages;
export type MessageParameters<K extends MessageKind> = ParametersOf<Messages[K]>;

/** Messages that are named and carried as they are: their contents are another message, a national matter, or not used any more. */
export const opaqueMessages: ReadonlyMap<number, readonly [kind: string, name: string]> = new Map([
  [0x1c, ['CMR', 'call modification request']],
  [0x1d, ['CMC', 'call modification completed']],
  [0x1e, ['CMRJ', 'call modification reject']],
  [0x27, ['DRS', 'delayed release']],
  [0x28, ['PAM', 'pass-along']],
  [0x31, ['CRG', 'charge information']],
]);

export const messageByType: ReadonlyMap<number, MessageKind> = new Map(
  (Object.keys(messages) as MessageKind[]).map((kind) => [messages[kind].type, kind]),
);
