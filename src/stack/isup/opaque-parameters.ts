/** Parameters that are passed on as they came: named, kept octet for octet, not read further (ITU-T Q.763 table 5). */
import { opaque } from './parameter.ts';

export const accessDeliveryInformation = opaque(
  'accessDeliveryInformation',
  'access delivery information',
  0x2e,
  'ITU-T Q.763 §3.2',
);
export const accessTransport = opaque('accessTransport', 'access transport', 0x03, 'ITU-T Q.763 §3.3');
export const applicationTransport = opaque(
  'applicationTransport',
  'application transport',
  0x78,
  'ITU-T Q.763 §3.82',
);
export const backwardGvns = opaque('backwardGvns', 'backward GVNS', 0x4d, 'ITU-T Q.763 §3.62');
export const callDiversionInformation = opaque(
  'callDiversionInformation',
  'call diversion information',
  0x36,
  'ITU-T Q.763 §3.6',
);
export const callDiversionTreatmentIndicators = opaque(
  'callDiversionTreatmentIndicators',
  'call diversion treatment indicators',
  0x6e,
  'ITU-T Q.763 §3.72',
);
export const callHistoryInformation = opaque(
  'callHistoryInformation',
  'call history information',
  0x2d,
  'ITU-T Q.763 §3.7',
);
export const callOfferingTreatmentIndicators = opaque(
  'callOfferingTreatmentIndicators',
  'call offering treatment indicators',
  0x70,
  'ITU-T Q.763 §3.74',
);
export const callTransferReference = opaque(
  'callTransferReference',
  'call transfer reference',
  0x43,
  'ITU-T Q.763 §3.65',
);
export const callingGeodeticLocation = opaque(
  'callingGeodeticLocation',
  'calling geodetic location',
  0x81,
  'ITU-T Q.763 §3.88',
);
export const ccnrPossibleIndicator = opaque(
  'ccnrPossibleIndicator',
  'CCNR possible indicator',
  0x7a,
  'ITU-T Q.763 §3.83',
);
export const ccss = opaque('ccss', 'CCSS', 0x4b, 'ITU-T Q.763 §3.63');
export const chargedPartyIdentification = opaque(
  'chargedPartyIdentification',
  'charged party identification',
  0x71,
  'ITU-T Q.763 §3.75',
);
export const circuitAssignmentMap = opaque(
  'circuitAssignmentMap',
  'circuit assignment map',
  0x25,
  'ITU-T Q.763 §3.69',
);
export const closedUserGroupInterlockCode = opaque(
  'closedUserGroupInterlockCode',
  'closed user group interlock code',
  0x1a,
  'ITU-T Q.763 §3.15',
);
export const collectCallRequest = opaque(
  'collectCallRequest',
  'collect call request',
  0x79,
  'ITU-T Q.763 §3.81',
);
export const conferenceTreatmentIndicators = opaque(
  'conferenceTreatmentIndicators',
  'conference treatment indicators',
  0x72,
  'ITU-T Q.763 §3.76',
);
export const connectionRequest = opaque('connectionRequest', 'connection request', 0x0d, 'ITU-T Q.763 §3.17');
export const correlationId = opaque('correlationId', 'correlation id', 0x65, 'ITU-T Q.763 §3.70');
export const displayInformation = opaque(
  'displayInformation',
  'display information',
  0x73,
  'ITU-T Q.763 §3.77',
);
export const echoControlInformation = opaque(
  'echoControlInformation',
  'echo control information',
  0x37,
  'ITU-T Q.763 §3.19',
);
export const forwardGvns = opaque('forwardGvns', 'forward GVNS', 0x4c, 'ITU-T Q.763 §3.66');
export const genericDigits = opaque('genericDigits', 'generic digits', 0xc1, 'ITU-T Q.763 §3.24');
export const genericReference = opaque('genericReference', 'generic reference', 0x42, 'ITU-T Q.763 §3.27');
export const htrInformation = opaque('htrInformation', 'HTR information', 0x82, 'ITU-T Q.763 §3.89');
export const loopPreventionIndicators = opaque(
  'loopPreventionIndicators',
  'loop prevention indicators',
  0x44,
  'ITU-T Q.763 §3.67',
);
export const mcidRequestIndicators = opaque(
  'mcidRequestIndicators',
  'MCID request indicators',
  0x3b,
  'ITU-T Q.763 §3.31',
);
export const mcidResponseIndicators = opaque(
  'mcidResponseIndicators',
  'MCID response indicators',
  0x3c,
  'ITU-T Q.763 §3.32',
);
export const mlppPrecedence = opaque('mlppPrecedence', 'MLPP precedence', 0x3a, 'ITU-T Q.763 §3.34');
export const networkManagementControls = opaque(
  'networkManagementControls',
  'network management controls',
  0x5b,
  'ITU-T Q.763 §3.68',
);
export const networkRoutingNumber = opaque(
  'networkRoutingNumber',
  'network routing number',
  0x84,
  'ITU-T Q.763 §3.90',
);
export const networkSpecificFacility = opaque(
  'networkSpecificFacility',
  'network specific facility',
  0x2f,
  'ITU-T Q.763 §3.36',
);
export const numberPortabilityForwardInformation = opaque(
  'numberPortabilityForwardInformation',
  'number portability forward information',
  0x8d,
  'ITU-T Q.763 §3.101',
);
export const originationIscPointCode = opaque(
  'originationIscPointCode',
  'origination ISC point code',
  0x2b,
  'ITU-T Q.763 §3.40',
);
export const pivotCapability = opaque('pivotCapability', 'pivot capability', 0x7b, 'ITU-T Q.763 §3.84');
export const pivotCounter = opaque('pivotCounter', 'pivot counter', 0x87, 'ITU-T Q.763 §3.93');
export const pivotRoutingBackwardInformation = opaque(
  'pivotRoutingBackwardInformation',
  'pivot routing backward information',
  0x89,
  'ITU-T Q.763 §3.95',
);
export const pivotRoutingForwardInformation = opaque(
  'pivotRoutingForwardInformation',
  'pivot routing forward information',
  0x88,
  'ITU-T Q.763 §3.94',
);
export const pivotRoutingIndicators = opaque(
  'pivotRoutingIndicators',
  'pivot routing indicators',
  0x7c,
  'ITU-T Q.763 §3.85',
);
export const pivotStatus = opaque('pivotStatus', 'pivot status', 0x86, 'ITU-T Q.763 §3.92');
export const propagationDelayCounter = opaque(
  'propagationDelayCounter',
  'propagation delay counter',
  0x31,
  'ITU-T Q.763 §3.42',
);
export const queryOnReleaseCapability = opaque(
  'queryOnReleaseCapability',
  'QoR capability',
  0x85,
  'ITU-T Q.763 §3.91',
);
export const redirectBackwardInformation = opaque(
  'redirectBackwardInformation',
  'redirect backward information',
  0x8c,
  'ITU-T Q.763 §3.100',
);
export const redirectCapability = opaque(
  'redirectCapability',
  'redirect capability',
  0x4e,
  'ITU-T Q.763 §3.96',
);
export const redirectCounter = opaque('redirectCounter', 'redirect counter', 0x77, 'ITU-T Q.763 §3.97');
export const redirectForwardInformation = opaque(
  'redirectForwardInformation',
  'redirect forward information',
  0x8b,
  'ITU-T Q.763 §3.99',
);
export const redirectStatus = opaque('redirectStatus', 'redirect status', 0x8a, 'ITU-T Q.763 §3.98');
export const remoteOperations = opaque('remoteOperations', 'remote operations', 0x32, 'ITU-T Q.763 §3.48');
export const scfId = opaque('scfId', 'SCF id', 0x66, 'ITU-T Q.763 §3.71');
export const serviceActivation = opaque('serviceActivation', 'service activation', 0x33, 'ITU-T Q.763 §3.49');
export const signallingPointCode = opaque(
  'signallingPointCode',
  'signalling point code',
  0x1e,
  'ITU-T Q.763 §3.50',
);
export const transitNetworkSelection = opaque(
  'transitNetworkSelection',
  'transit network selection',
  0x23,
  'ITU-T Q.763 §3.53',
);
export const uidActionIndicators = opaque(
  'uidActionIndicators',
  'UID action indicators',
  0x74,
  'ITU-T Q.763 §3.78',
);
export const uidCapabilityIndicators = opaque(
  'uidCapabilityIndicators',
  'UID capability indicators',
  0x75,
  'ITU-T Q.763 §3.79',
);
export const userServiceInformation = opaque(
  'userServiceInformation',
  'user service information',
  0x1d,
  'ITU-T Q.763 §3.57',
);
export const userServiceInformationPrime = opaque(
  'userServiceInformationPrime',
  'user service information prime',
  0x30,
  'ITU-T Q.763 §3.58',
);
export const userTeleserviceInformation = opaque(
  'userTeleserviceInformation',
  'user teleservice information',
  0x34,
  'ITU-T Q.763 §3.59',
);
export const userToUserInformation = opaque(
  'userToUserInformation',
  'user-to-user information',
  0x20,
  'ITU-T Q.763 §3.61',
);
