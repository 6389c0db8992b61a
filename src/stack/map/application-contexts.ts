/**
 * The application contexts of MAP: 3GPP TS 29.002 §17.3; packages: §17.2; those of versions 1 and 2 as ETSI ETS 300 599
 * has them. An operation that is not declared yet is in no context, and so is rejected as unrecognized.
 */
import type { Operation } from '../asn1/index.ts';
import {
  type ApplicationContext,
  ApplicationContextTable,
  operationTable,
} from '../ros/application-context.ts';
import { activateSS, activateSSV1 } from './operations/activate-ss.ts';
import { alertServiceCentre } from './operations/alert-service-centre.ts';
import { alertServiceCentreWithoutResult } from './operations/alert-service-centre-without-result.ts';
import { anyTimeInterrogation } from './operations/any-time-interrogation.ts';
import { anyTimeModification } from './operations/any-time-modification.ts';
import { anyTimeSubscriptionInterrogation } from './operations/any-time-subscription-interrogation.ts';
import { beginSubscriberActivity } from './operations/begin-subscriber-activity.ts';
import { cancelLocation, cancelLocationV1, cancelLocationV2 } from './operations/cancel-location.ts';
import { deactivateSS, deactivateSSV1 } from './operations/deactivate-ss.ts';
import {
  deleteSubscriberData,
  deleteSubscriberDataV1,
  deleteSubscriberDataV2,
} from './operations/delete-subscriber-data.ts';
import { eraseSS, eraseSSV1 } from './operations/erase-ss.ts';
import { forwardCheckSSIndication } from './operations/forward-check-ss-indication.ts';
import { forwardSM, forwardSMV1 } from './operations/forward-sm.ts';
import { getPassword, getPasswordV1 } from './operations/get-password.ts';
import { informServiceCentre, informServiceCentreV2 } from './operations/inform-service-centre.ts';
import {
  insertSubscriberData,
  insertSubscriberDataV1,
  insertSubscriberDataV2,
} from './operations/insert-subscriber-data.ts';
import { interrogateSS, interrogateSSV1 } from './operations/interrogate-ss.ts';
import { moForwardSM } from './operations/mo-forward-sm.ts';
import { mtForwardSM } from './operations/mt-forward-sm.ts';
import { noteMMEvent } from './operations/note-mm-event.ts';
import { noteSubscriberPresent } from './operations/note-subscriber-present.ts';
import { processUnstructuredSSData } from './operations/process-unstructured-ss-data.ts';
import { provideRoamingNumber, provideRoamingNumberV2 } from './operations/provide-roaming-number.ts';
import { provideSubscriberInfo } from './operations/provide-subscriber-info.ts';
import { provideSubscriberLocation } from './operations/provide-subscriber-location.ts';
import { purgeMS, purgeMSV2 } from './operations/purge-ms.ts';
import { readyForSM, readyForSMV2 } from './operations/ready-for-sm.ts';
import { registerPassword, registerPasswordV1 } from './operations/register-password.ts';
import { registerSS, registerSSV1 } from './operations/register-ss.ts';
import {
  reportSMDeliveryStatus,
  reportSMDeliveryStatusV1,
  reportSMDeliveryStatusV2,
} from './operations/report-sm-delivery-status.ts';
import { reset, resetV2 } from './operations/reset.ts';
import { restoreData, restoreDataV2 } from './operations/restore-data.ts';
import { sendAuthenticationInfo, sendAuthenticationInfoV2 } from './operations/send-authentication-info.ts';
import { sendIdentification, sendIdentificationV2 } from './operations/send-identification.ts';
import { sendIMSI } from './operations/send-imsi.ts';
import { sendRoutingInfo, sendRoutingInfoV1, sendRoutingInfoV2 } from './operations/send-routing-info.ts';
import { sendRoutingInfoForGprs } from './operations/send-routing-info-for-gprs.ts';
import { sendRoutingInfoForLCS } from './operations/send-routing-info-for-lcs.ts';
import { sendRoutingInfoForSM, sendRoutingInfoForSMV2 } from './operations/send-routing-info-for-sm.ts';
import {
  processUnstructuredSSRequest,
  unstructuredSSNotify,
  unstructuredSSRequest,
} from './operations/unstructured-ss.ts';
import { updateGprsLocation } from './operations/update-gprs-location.ts';
import { updateLocation, updateLocationV1, updateLocationV2 } from './operations/update-location.ts';

function context(
  name: string,
  code: number,
  version: 1 | 2 | 3 | 4,
  initiator: readonly Operation[],
  responder: readonly Operation[] = [],
): ApplicationContext {
  return {
    name: `${name}-v${version}`,
    protocol: 'MAP',
    version,
    objectIdentifier: [0, 4, 0, 0, 1, 0, code, version],
    initiator: operationTable(initiator),
    responder: operationTable(responder),
  };
}

/** Short messages: 3GPP TS 29.002 §17.3.2.21, §17.3.2.22, §17.3.2.24, §17.3.2.25, §17.3.2.26. */
const gateway = [sendRoutingInfoForSM, reportSMDeliveryStatus];
const gatewayV2 = [sendRoutingInfoForSMV2, reportSMDeliveryStatusV2];
export const shortMsgGatewayContextV3 = context('shortMsgGatewayContext', 20, 3, gateway, [
  informServiceCentre,
]);
export const shortMsgGatewayContextV2 = context('shortMsgGatewayContext', 20, 2, gatewayV2, [
  informServiceCentreV2,
]);
export const shortMsgGatewayContextV1 = context('shortMsgGatewayContext', 20, 1, [
  sendRoutingInfoForSMV2,
  reportSMDeliveryStatusV1,
]);
export const shortMsgMORelayContextV3 = context('shortMsgMO-RelayContext', 21, 3, [moForwardSM]);
export const shortMsgMORelayContextV2 = context('shortMsgMO-RelayContext', 21, 2, [forwardSM]);
/** In version 1 the same context serves both directions. */
export const shortMsgRelayContextV1 = context('shortMsgRelayContext', 21, 1, [forwardSMV1]);
export const shortMsgAlertContextV2 = context('shortMsgAlertContext', 23, 2, [alertServiceCentre]);
export const shortMsgAlertContextV1 = context('shortMsgAlertContext', 23, 1, [
  alertServiceCentreWithoutResult,
]);
export const mwdMngtContextV3 = context('mwdMngtContext', 24, 3, [readyForSM]);
export const mwdMngtContextV2 = context('mwdMngtContext', 24, 2, [readyForSMV2]);
export const mwdMngtContextV1 = context('mwdMngtContext', 24, 1, [noteSubscriberPresent]);
export const shortMsgMTRelayContextV3 = context('shortMsgMT-RelayContext', 25, 3, [mtForwardSM]);
export const shortMsgMTRelayContextV2 = context('shortMsgMT-RelayContext', 25, 2, [forwardSM]);

/** Mobility and subscriber data: 3GPP TS 29.002 §17.3.2.2, §17.3.2.46 and others. */
export const mmEventReportingContextV3 = context('mm-EventReportingContext', 42, 3, [noteMMEvent]);
export const anyTimeInfoEnquiryContextV3 = context('anyTimeInfoEnquiryContext', 29, 3, [
  anyTimeInterrogation,
]);
export const anyTimeInfoHandlingContextV3 = context('anyTimeInfoHandlingContext', 43, 3, [
  anyTimeSubscriptionInterrogation,
  anyTimeModification,
]);
export const subscriberInfoEnquiryContextV3 = context('subscriberInfoEnquiryContext', 28, 3, [
  provideSubscriberInfo,
]);
export const networkLocUpContextV3 = context(
  'networkLocUpContext',
  1,
  3,
  [updateLocation, restoreData],
  [insertSubscriberData, forwardCheckSSIndication],
);

/** Unstructured supplementary services: 3GPP TS 29.002 §17.3.2.20. Either side may open the dialogue. */
const unstructured = [processUnstructuredSSRequest, unstructuredSSRequest, unstructuredSSNotify];
export const networkUnstructuredSsContextV2 = context(
  'networkUnstructuredSsContext',
  19,
  2,
  unstructured,
  unstructured,
);

const functional = [registerSS, eraseSS, activateSS, deactivateSS, registerPassword, interrogateSS];
/** With the unstructured data of version 1, which beginSubscriberActivity announces. */
const functionalV1 = [
  registerSSV1,
  eraseSSV1,
  activateSSV1,
  deactivateSSV1,
  registerPasswordV1,
  interrogateSSV1,
  processUnstructuredSSData,
  beginSubscriberActivity,
];
const locationUpdatingV1 = [updateLocationV1, restoreDataV2];
const locationUpdatingV2 = [updateLocationV2, restoreDataV2];
const subscriberData = [insertSubscriberData, deleteSubscriberData];
const subscriberDataV1 = [insertSubscriberDataV1, deleteSubscriberDataV1];
const subscriberDataV2 = [insertSubscriberDataV2, deleteSubscriberDataV2];

/** All contexts of MAP that have a declared operation. */
export const mapApplicationContexts = new ApplicationContextTable([
  shortMsgGatewayContextV3,
  shortMsgGatewayContextV2,
  shortMsgGatewayContextV1,
  shortMsgMORelayContextV3,
  shortMsgMORelayContextV2,
  shortMsgRelayContextV1,
  shortMsgAlertContextV2,
  shortMsgAlertContextV1,
  mwdMngtContextV3,
  mwdMngtContextV2,
  mwdMngtContextV1,
  shortMsgMTRelayContextV3,
  shortMsgMTRelayContextV2,
  mmEventReportingContextV3,
  anyTimeInfoEnquiryContextV3,
  anyTimeInfoHandlingContextV3,
  subscriberInfoEnquiryContextV3,
  networkUnstructuredSsContextV2,
  networkLocUpContextV3,
  context('networkLocUpContext', 1, 2, locationUpdatingV2, [
    insertSubscriberDataV2,
    forwardCheckSSIndication,
  ]),
  context('networkLocUpContext', 1, 1, locationUpdatingV1, [
    insertSubscriberDataV1,
    forwardCheckSSIndication,
  ]),
  context('locationCancellationContext', 2, 3, [cancelLocation]),
  context('locationCancellationContext', 2, 2, [cancelLocationV2]),
  context('locationCancellationContext', 2, 1, [cancelLocationV1]),
  context('roamingNumberEnquiryContext', 3, 3, [provideRoamingNumber]),
  context('roamingNumberEnquiryContext', 3, 2, [provideRoamingNumberV2]),
  context('roamingNumberEnquiryContext', 3, 1, [provideRoamingNumberV2]),
  context('locationInfoRetrievalContext', 5, 3, [sendRoutingInfo]),
  context('locationInfoRetrievalContext', 5, 2, [sendRoutingInfoV2]),
  context('locationInfoRetrievalContext', 5, 1, [sendRoutingInfoV1]),
  context('resetContext', 10, 3, [reset]),
  context('resetContext', 10, 2, [resetV2]),
  context('resetContext', 10, 1, [resetV2]),
  context('infoRetrievalContext', 14, 3, [sendAuthenticationInfo]),
  context('infoRetrievalContext', 14, 2, [sendAuthenticationInfoV2]),
  context('interVlrInfoRetrievalContext', 15, 3, [sendIdentification]),
  context('interVlrInfoRetrievalContext', 15, 2, [sendIdentificationV2]),
  context('subscriberDataMngtContext', 16, 3, subscriberData),
  context('subscriberDataMngtContext', 16, 2, subscriberDataV2),
  context('subscriberDataMngtContext', 16, 1, subscriberDataV1),
  context('networkFunctionalSsContext', 18, 2, functional, [getPassword]),
  context('networkFunctionalSsContext', 18, 1, functionalV1, [getPasswordV1]),
  context('imsiRetrievalContext', 26, 2, [sendIMSI]),
  context('msPurgingContext', 27, 3, [purgeMS]),
  context('msPurgingContext', 27, 2, [purgeMSV2]),
  context('gprsLocationUpdateContext', 32, 3, [updateGprsLocation], [insertSubscriberData]),
  context('gprsLocationInfoRetrievalContext', 33, 4, [sendRoutingInfoForGprs]),
  context('gprsLocationInfoRetrievalContext', 33, 3, [sendRoutingInfoForGprs]),
  context('locationSvcGatewayContext', 37, 3, [sendRoutingInfoForLCS]),
  context('locationSvcEnquiryContext', 38, 3, [provideSubscriberLocation]),
]);

/**
 * The context of a dialogue that names none: version 1 never names its context, the first operation does (3GPP TS 29.002
 * §15.2.2). Undefined when no context of version 1 begins with it.
 */
export function mapVersion1Context(operationCode: number): ApplicationContext | undefined {
  return mapApplicationContexts.all.find(
    ({ version, initiator }) => version === 1 && initiator.has(operationCode),
  );
}
