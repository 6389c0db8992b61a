/**
 * The application contexts of CAP: 3GPP TS 29.078 §6.1.2, §6.2.2, §7.2; those of phases 1 and 2: ETSI TS 101 046. The
 * gsmSSF opens the dialogue and is the initiator, but in the contexts that begin with the gsmSCF.
 */
import { type Operation, withoutErrors } from '../asn1/index.ts';
import {
  type ApplicationContext,
  ApplicationContextTable,
  operationTable,
} from '../ros/application-context.ts';
import { unknownCSID } from './errors.ts';
import { activityTest } from './operations/activity-test.ts';
import { applyCharging, applyChargingV2 } from './operations/apply-charging.ts';
import { applyChargingReport } from './operations/apply-charging-report.ts';
import { assistRequestInstructions } from './operations/assist-request-instructions.ts';
import { callGap } from './operations/call-gap.ts';
import { callInformationReport } from './operations/call-information-report.ts';
import { callInformationRequest } from './operations/call-information-request.ts';
import { cancel } from './operations/cancel.ts';
import { collectInformation } from './operations/collect-information.ts';
import { connect } from './operations/connect.ts';
import { connectSMS } from './operations/connect-sms.ts';
import { connectToResource } from './operations/connect-to-resource.ts';
import { continueOperation } from './operations/continue.ts';
import { continueSMS } from './operations/continue-sms.ts';
import { continueWithArgument } from './operations/continue-with-argument.ts';
import { disconnectForwardConnection } from './operations/disconnect-forward-connection.ts';
import { disconnectForwardConnectionWithArgument } from './operations/disconnect-forward-connection-with-argument.ts';
import { disconnectLeg } from './operations/disconnect-leg.ts';
import { entityReleased } from './operations/entity-released.ts';
import {
  establishTemporaryConnection,
  establishTemporaryConnectionV2,
} from './operations/establish-temporary-connection.ts';
import { eventReportBCSM } from './operations/event-report-bcsm.ts';
import { eventReportSMS } from './operations/event-report-sms.ts';
import { furnishChargingInformation } from './operations/furnish-charging-information.ts';
import { furnishChargingInformationSMS } from './operations/furnish-charging-information-sms.ts';
import { initialDP, initialDPV2 } from './operations/initial-dp.ts';
import { initialDPSMS } from './operations/initial-dp-sms.ts';
import { initiateCallAttempt } from './operations/initiate-call-attempt.ts';
import { moveLeg } from './operations/move-leg.ts';
import { playAnnouncement } from './operations/play-announcement.ts';
import { playTone } from './operations/play-tone.ts';
import { promptAndCollectUserInformation } from './operations/prompt-and-collect-user-information.ts';
import { releaseCall } from './operations/release-call.ts';
import { releaseSMS } from './operations/release-sms.ts';
import { requestReportBCSMEvent } from './operations/request-report-bcsm-event.ts';
import { requestReportSMSEvent } from './operations/request-report-sms-event.ts';
import { resetTimer } from './operations/reset-timer.ts';
import { resetTimerSMS } from './operations/reset-timer-sms.ts';
import { sendChargingInformation } from './operations/send-charging-information.ts';
import {
  specializedResourceReport,
  specializedResourceReportV2,
} from './operations/specialized-resource-report.ts';
import { splitLeg } from './operations/split-leg.ts';

function context(
  name: string,
  version: 1 | 2 | 3 | 4,
  objectIdentifier: readonly number[],
  initiator: readonly Operation[],
  responder: readonly Operation[],
): ApplicationContext {
  return {
    name,
    protocol: 'CAP',
    version,
    objectIdentifier,
    initiator: operationTable(initiator),
    responder: operationTable(responder),
  };
}

/** Call segments come with phase 4, and so does the error that there is no such one: 3GPP TS 29.078 §10.1. */
function beforePhase4(operations: readonly Operation[]): Operation[] {
  return operations.map((one) =>
    one.errors.includes(unknownCSID) ? { ...one, errors: withoutErrors(one.errors, unknownCSID) } : one,
  );
}

const fromScfPhase1 = [activityTest, connect, continueOperation, releaseCall, requestReportBCSMEvent];
const specializedResource = [playAnnouncement, promptAndCollectUserInformation];
const resources = [
  cancel,
  connectToResource,
  disconnectForwardConnection,
  ...specializedResource,
  resetTimer,
];
const fromScfPhase2 = [
  ...fromScfPhase1,
  ...resources,
  applyChargingV2,
  callInformationRequest,
  establishTemporaryConnectionV2,
  furnishChargingInformation,
  sendChargingInformation,
];
const fromScfPhase3 = [
  ...fromScfPhase1,
  ...resources,
  applyCharging,
  callGap,
  callInformationRequest,
  continueWithArgument,
  establishTemporaryConnection,
  furnishChargingInformation,
  sendChargingInformation,
];
const fromScfPhase4 = [
  ...fromScfPhase3,
  collectInformation,
  disconnectForwardConnectionWithArgument,
  disconnectLeg,
  initiateCallAttempt,
  moveLeg,
  playTone,
  splitLeg,
];
const reports = [eventReportBCSM, applyChargingReport, callInformationReport];
const fromSsfPhase2 = [initialDPV2, ...reports, specializedResourceReportV2];
const fromSsfPhase3 = [initialDP, ...reports, specializedResourceReportV2];
const fromSsfPhase4 = [initialDP, ...reports, specializedResourceReport, entityReleased];

/** An assisting gsmSSF is connected to a resource; a gsmSRF is the resource. 3GPP TS 29.078 §6.1.2, §6.2.2. */
const assist = [activityTest, ...resources];
const toSrf = [activityTest, cancel, ...specializedResource];
const fromScfSms = [
  connectSMS,
  continueSMS,
  furnishChargingInformationSMS,
  releaseSMS,
  requestReportSMSEvent,
  resetTimerSMS,
];

export const capV1GsmSsfToGsmScf = context(
  'CAP-v1-gsmSSF-to-gsmSCF-AC',
  1,
  [0, 4, 0, 0, 1, 0, 50, 0],
  [initialDPV2, eventReportBCSM],
  fromScfPhase1,
);
export const capV2GsmSsfToGsmScf = context(
  'CAP-v2-gsmSSF-to-gsmSCF-AC',
  2,
  [0, 4, 0, 0, 1, 0, 50, 1],
  beforePhase4(fromSsfPhase2),
  beforePhase4(fromScfPhase2),
);
export const capV3GsmSsfScfGeneric = context(
  'cap3-gsmssf-scfGenericAC',
  3,
  [0, 4, 0, 0, 1, 21, 3, 4],
  beforePhase4(fromSsfPhase3),
  beforePhase4(fromScfPhase3),
);
export const capV4GsmSsfScfGeneric = context(
  'capssf-scfGenericAC',
  4,
  [0, 4, 0, 0, 1, 23, 3, 4],
  fromSsfPhase4,
  fromScfPhase4,
);
/** The gsmSCF opens the dialogue, to make a call; there is no package for callGap in it. */
export const capV4ScfGsmSsfGeneric = context(
  'capscf-ssfGenericAC',
  4,
  [0, 4, 0, 0, 1, 23, 3, 8],
  fromScfPhase4.filter((one) => one !== callGap),
  [...reports, specializedResourceReport, entityReleased],
);

/** All contexts of CAP that have a declared operation. */
export const capApplicationContexts = new ApplicationContextTable([
  capV1GsmSsfToGsmScf,
  capV2GsmSsfToGsmScf,
  capV3GsmSsfScfGeneric,
  capV4GsmSsfScfGeneric,
  capV4ScfGsmSsfGeneric,
  context(
    'CAP-v2-assist-gsmSSF-to-gsmSCF-AC',
    2,
    [0, 4, 0, 0, 1, 0, 51, 1],
    [assistRequestInstructions, specializedResourceReportV2],
    beforePhase4(assist),
  ),
  context(
    'CAP-v2-gsmSRF-to-gsmSCF-AC',
    2,
    [0, 4, 0, 0, 1, 0, 52, 1],
    [assistRequestInstructions, specializedResourceReportV2],
    beforePhase4(toSrf),
  ),
  context(
    'cap3-gsmssf-scfAssistHandoffAC',
    3,
    [0, 4, 0, 0, 1, 21, 3, 6],
    [assistRequestInstructions, specializedResourceReportV2],
    beforePhase4(assist),
  ),
  context(
    'cap3-gsmSRF-gsmSCF',
    3,
    [0, 4, 0, 0, 1, 20, 3, 14],
    [assistRequestInstructions, specializedResourceReportV2],
    beforePhase4(toSrf),
  ),
  context(
    'capssf-scfAssistHandoffAC',
    4,
    [0, 4, 0, 0, 1, 23, 3, 6],
    [assistRequestInstructions, specializedResourceReport],
    [...assist, disconnectForwardConnectionWithArgument],
  ),
  context(
    'gsmSRF-gsmSCF-ac',
    4,
    [0, 4, 0, 0, 1, 22, 3, 14],
    [assistRequestInstructions, specializedResourceReport],
    toSrf,
  ),
  context('cap3-sms-AC', 3, [0, 4, 0, 0, 1, 21, 3, 61], [initialDPSMS, eventReportSMS], fromScfSms),
  context('cap4-sms-AC', 4, [0, 4, 0, 0, 1, 23, 3, 61], [initialDPSMS, eventReportSMS], fromScfSms),
]);
