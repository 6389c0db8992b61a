/**
 * The operations of each application context by the names that a user of CAP calls them by, so that what may be sent and
 * what may come in a dialogue is known to the compiler: 3GPP TS 29.078 §6.1.2, §6.2.2, §7.2. Held to the tables of
 * `../application-contexts.ts` by a test.
 */
import type { Operation } from '../../asn1/index.ts';
import { activityTest } from '../operations/activity-test.ts';
import { applyCharging, applyChargingV2 } from '../operations/apply-charging.ts';
import { applyChargingReport } from '../operations/apply-charging-report.ts';
import { assistRequestInstructions } from '../operations/assist-request-instructions.ts';
import { callGap } from '../operations/call-gap.ts';
import { callInformationReport } from '../operations/call-information-report.ts';
import { callInformationRequest } from '../operations/call-information-request.ts';
import { cancel } from '../operations/cancel.ts';
import { collectInformation } from '../operations/collect-information.ts';
import { connect } from '../operations/connect.ts';
import { connectSMS } from '../operations/connect-sms.ts';
import { connectToResource } from '../operations/connect-to-resource.ts';
import { continueOperation } from '../operations/continue.ts';
import { continueSMS } from '../operations/continue-sms.ts';
import { continueWithArgument } from '../operations/continue-with-argument.ts';
import { disconnectForwardConnection } from '../operations/disconnect-forward-connection.ts';
import { disconnectForwardConnectionWithArgument } from '../operations/disconnect-forward-connection-with-argument.ts';
import { disconnectLeg } from '../operations/disconnect-leg.ts';
import { entityReleased } from '../operations/entity-released.ts';
import {
  establishTemporaryConnection,
  establishTemporaryConnectionV2,
} from '../operations/establish-temporary-connection.ts';
import { eventReportBCSM } from '../operations/event-report-bcsm.ts';
import { eventReportSMS } from '../operations/event-report-sms.ts';
import { furnishChargingInformation } from '../operations/furnish-charging-information.ts';
import { furnishChargingInformationSMS } from '../operations/furnish-charging-information-sms.ts';
import { initialDP, initialDPV2 } from '../operations/initial-dp.ts';
import { initialDPSMS } from '../operations/initial-dp-sms.ts';
import { initiateCallAttempt } from '../operations/initiate-call-attempt.ts';
import { moveLeg } from '../operations/move-leg.ts';
import { playAnnouncement } from '../operations/play-announcement.ts';
import { playTone } from '../operations/play-tone.ts';
import { promptAndCollectUserInformation } from '../operations/prompt-and-collect-user-information.ts';
import { releaseCall } from '../operations/release-call.ts';
import { releaseSMS } from '../operations/release-sms.ts';
import { requestReportBCSMEvent } from '../operations/request-report-bcsm-event.ts';
import { requestReportSMSEvent } from '../operations/request-report-sms-event.ts';
import { resetTimer } from '../operations/reset-timer.ts';
import { resetTimerSMS } from '../operations/reset-timer-sms.ts';
import { sendChargingInformation } from '../operations/send-charging-information.ts';
import {
  specializedResourceReport,
  specializedResourceReportV2,
} from '../operations/specialized-resource-report.ts';
import { splitLeg } from '../operations/split-leg.ts';

/** Operations by the names that their user calls them by. */
export type OperationSet = Readonly<Record<string, Operation>>;
export type ArgumentOf<O> = O extends Operation<infer A> ? A : never;
export type ResultOf<O> = O extends Operation<unknown, infer R> ? R : never;

const specializedResource = { playAnnouncement, promptAndCollectUserInformation };
const resources = {
  cancel,
  connectToResource,
  disconnectForwardConnection,
  ...specializedResource,
  resetTimer,
};

/** What the gsmSCF sends in a call of phase 1. */
export const toSsfPhase1 = {
  activityTest,
  connect,
  continue: continueOperation,
  releaseCall,
  requestReportBCSMEvent,
};
export const toSsfPhase2 = {
  ...toSsfPhase1,
  ...resources,
  applyCharging: applyChargingV2,
  callInformationRequest,
  establishTemporaryConnection: establishTemporaryConnectionV2,
  furnishChargingInformation,
  sendChargingInformation,
};
export const toSsfPhase3 = {
  ...toSsfPhase1,
  ...resources,
  applyCharging,
  callGap,
  callInformationRequest,
  continueWithArgument,
  establishTemporaryConnection,
  furnishChargingInformation,
  sendChargingInformation,
};
export const toSsfPhase4 = {
  ...toSsfPhase3,
  collectInformation,
  disconnectForwardConnectionWithArgument,
  disconnectLeg,
  initiateCallAttempt,
  moveLeg,
  playTone,
  splitLeg,
};
const { callGap: _notInDialoguesOfTheScf, ...toSsfOfScfCall } = toSsfPhase4;

export { toSsfOfScfCall };

/** What the gsmSSF sends in a call. */
export const fromSsfPhase1 = { initialDP: initialDPV2, eventReportBCSM };
const reports = { eventReportBCSM, applyChargingReport, callInformationReport };
export const fromSsfPhase2 = {
  initialDP: initialDPV2,
  ...reports,
  specializedResourceReport: specializedResourceReportV2,
};
export const fromSsfPhase3 = {
  initialDP,
  ...reports,
  specializedResourceReport: specializedResourceReportV2,
};
export const fromSsfPhase4 = { initialDP, ...reports, specializedResourceReport, entityReleased };
export const fromSsfOfScfCall = { ...reports, specializedResourceReport, entityReleased };

/** An assisting gsmSSF has a resource connected; a gsmSRF is one: 3GPP TS 29.078 §6.1.2, §6.2.2. */
export const toAssistPhases2And3 = { activityTest, ...resources };
export const toAssistPhase4 = { ...toAssistPhases2And3, disconnectForwardConnectionWithArgument };
export const toSrf = { activityTest, cancel, ...specializedResource };
export const fromAssistPhases2And3 = {
  assistRequestInstructions,
  specializedResourceReport: specializedResourceReportV2,
};
export const fromAssistPhase4 = { assistRequestInstructions, specializedResourceReport };

export const toSmsSsf = {
  connectSMS,
  continueSMS,
  furnishChargingInformationSMS,
  releaseSMS,
  requestReportSMSEvent,
  resetTimerSMS,
};
export const fromSmsSsf = { initialDPSMS, eventReportSMS };
