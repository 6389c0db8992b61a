/**
 * The requests of a delivery in each version of MAP, and what their answers mean (3GPP TS 29.002 §12, §23.3, §23.6; versions 1
 * and 2: ETSI ETS 300 599).
 */
import type { Operation } from '../../stack/asn1/index.ts';
import { decodeAddressString, internationalAddress } from '../../stack/map/address-string.ts';
import {
  shortMsgGatewayContextV1,
  shortMsgGatewayContextV2,
  shortMsgGatewayContextV3,
  shortMsgMTRelayContextV2,
  shortMsgMTRelayContextV3,
  shortMsgRelayContextV1,
} from '../../stack/map/application-contexts.ts';
import { forwardSM, forwardSMV1 } from '../../stack/map/operations/forward-sm.ts';
import { type MtForwardSMArg, mtForwardSM } from '../../stack/map/operations/mt-forward-sm.ts';
import {
  reportSMDeliveryStatus,
  reportSMDeliveryStatusV1,
  reportSMDeliveryStatusV2,
} from '../../stack/map/operations/report-sm-delivery-status.ts';
import {
  type RoutingInfoForSMResV2,
  sendRoutingInfoForSM,
  sendRoutingInfoForSMV2,
} from '../../stack/map/operations/send-routing-info-for-sm.ts';
import { type RequestVersion, requestVersion } from '../../stack/map/service/negotiated-request.ts';
import type { SmDeliveryOutcome } from '../../stack/map/types/short-message.ts';
import type { ApplicationContext } from '../../stack/ros/application-context.ts';

/** What sendRoutingInfoForSM says. */
export interface Routing {
  readonly imsi: Uint8Array;
  /** Digits of the serving node; empty: none that could be read. */
  readonly node: string;
  readonly lmsi: Uint8Array | undefined;
  /** mwd-Set: messages wait for the subscriber, ours is on the list (version 1 and 2). */
  readonly waiting: boolean;
}

export function routingVersions(
  recipient: string,
  serviceCentre: string,
  priority: boolean,
): readonly RequestVersion<Routing>[] {
  const argument = {
    msisdn: internationalAddress(recipient),
    'sm-RP-PRI': priority,
    serviceCentreAddress: internationalAddress(serviceCentre),
  };
  return [
    requestVersion(shortMsgGatewayContextV3, sendRoutingInfoForSM, argument, (result) => {
      if (result === undefined) return undefined;
      const { imsi, locationInfoWithLMSI: where } = result;
      return { imsi, node: digitsOf(where['networkNode-Number']), lmsi: where.lmsi, waiting: false };
    }),
    requestVersion(shortMsgGatewayContextV2, sendRoutingInfoForSMV2, argument, routingOfVersion2),
    // Version 1 reports no success, and so has no use for what mwd-Set says.
    requestVersion(shortMsgGatewayContextV1, sendRoutingInfoForSMV2, argument, (result) => {
      const routing = routingOfVersion2(result);
      return routing && { ...routing, waiting: false };
    }),
  ];
}

/** A roaming number leads to the serving node as well as its own number does: both are of the same MSC. */
function routingOfVersion2(result: RoutingInfoForSMResV2 | undefined): Routing | undefined {
  if (result === undefined) return undefined;
  const { imsi, locationInfoWithLMSI: where, 'mwd-Set': waiting } = result;
  const { locationInfo } = where;
  const number = 'msc-Number' in locationInfo ? locationInfo['msc-Number'] : locationInfo.roamingNumber;
  return { imsi, node: digitsOf(number), lmsi: where.lmsi, waiting: waiting === true };
}

/** The result is the number that the HLR has stored, where it says so. */
export function reportVersions(
  recipient: string,
  serviceCentre: string,
  outcome: SmDeliveryOutcome,
  diagnostic: number | undefined,
): readonly RequestVersion<{ readonly stored: Uint8Array | undefined }>[] {
  const common = {
    msisdn: internationalAddress(recipient),
    serviceCentreAddress: internationalAddress(serviceCentre),
  };
  const withOutcome = { ...common, 'sm-DeliveryOutcome': outcome };
  return [
    requestVersion(
      shortMsgGatewayContextV3,
      reportSMDeliveryStatus,
      {
        ...withOutcome,
        ...(diagnostic === undefined || outcome !== 'absentSubscriber'
          ? {}
          : { absentSubscriberDiagnosticSM: diagnostic }),
      },
      (result) => ({ stored: result?.storedMSISDN }),
    ),
    requestVersion(shortMsgGatewayContextV2, reportSMDeliveryStatusV2, withOutcome, (stored) => ({ stored })),
    // Version 1 only puts the address on the list: it knows no outcome (ETSI ETS 300 599 §10.3).
    ...(outcome === 'successfulTransfer'
      ? []
      : [
          requestVersion(shortMsgGatewayContextV1, reportSMDeliveryStatusV1, common, () => ({
            stored: undefined,
          })),
        ]),
  ];
}

export interface ForwardVersion {
  readonly context: ApplicationContext;
  readonly operation: Operation<MtForwardSMArg>;
}

/** What comes with the result is not looked at: the message has arrived, whatever it says. */
function withoutResult({
  result: _ignored,
  ...operation
}: Operation<never, never>): Operation<MtForwardSMArg> {
  return operation;
}

/** The argument of every version has the fields that we use. */
export const forwardVersions: readonly ForwardVersion[] = [
  { context: shortMsgMTRelayContextV3, operation: withoutResult(mtForwardSM as never) },
  { context: shortMsgMTRelayContextV2, operation: withoutResult(forwardSM as never) },
  { context: shortMsgRelayContextV1, operation: withoutResult(forwardSMV1 as never) },
];

export const forwardContexts = forwardVersions.map(({ context }) => context);

function digitsOf(number: Uint8Array): string {
  const digits = decodeAddressString(number)?.digits ?? '';
  return /^\d+$/.test(digits) ? digits : '';
}
