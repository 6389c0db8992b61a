/** How the HLR and the MSC of the simulated network answer in earlier versions of MAP (ETSI ETS 300 599). */
import { compile } from '../stack/asn1/index.ts';
import { internationalAddress } from '../stack/map/address-string.ts';
import {
  AbsentSubscriberSMParam,
  absentSubscriberSM,
  SmDeliveryFailureCause,
  type SmEnumeratedDeliveryFailureCause,
} from '../stack/map/errors/short-message.ts';
import { absentSubscriberV2, SmDeliveryFailureCauseV2 } from '../stack/map/errors/version-2.ts';
import {
  RoutingInfoForSMRes,
  RoutingInfoForSMResV2,
} from '../stack/map/operations/send-routing-info-for-sm.ts';
import type { ApplicationContext } from '../stack/ros/application-context.ts';
import type { ObjectIdentifier } from '../stack/tcap/service.ts';

export type MapVersion = 1 | 2 | 3;

const routingResult = compile(RoutingInfoForSMRes, { name: 'RoutingInfoForSM-Res' });
const routingResultV2 = compile(RoutingInfoForSMResV2, { name: 'RoutingInfoForSM-ResV2' });
const absentParameter = compile(AbsentSubscriberSMParam, { name: 'AbsentSubscriberSM-Param' });
const failureParameter = compile(SmDeliveryFailureCause, { name: 'SM-DeliveryFailureCause' });
const failureParameterV2 = compile(SmDeliveryFailureCauseV2, { name: 'SM-DeliveryFailureCauseV2' });

/** The version of a dialogue that is opened; undefined: none of these contexts. Version 1 names no context. */
export function versionOf(
  asked: ObjectIdentifier | undefined,
  contexts: readonly ApplicationContext[],
): MapVersion | undefined {
  if (asked === undefined) return 1;
  const name = asked.join('.');
  const context = contexts.find(({ objectIdentifier }) => objectIdentifier.join('.') === name);
  return context?.version as MapVersion | undefined;
}

export function routingInfo(
  version: MapVersion,
  imsi: Uint8Array,
  node: string,
  lmsi: Uint8Array | undefined,
  waiting: boolean,
): Uint8Array {
  const withLmsi = lmsi === undefined ? {} : { lmsi };
  const number = internationalAddress(node);
  if (version === 3)
    return routingResult.encode({
      imsi,
      locationInfoWithLMSI: { 'networkNode-Number': number, ...withLmsi },
    });
  return routingResultV2.encode({
    imsi,
    locationInfoWithLMSI: { locationInfo: { 'msc-Number': number }, ...withLmsi },
    ...(waiting ? { 'mwd-Set': true } : {}),
  });
}

interface ErrorAnswer {
  readonly code: number;
  readonly parameter?: Uint8Array;
}

/** @param listed whether the service centre is on the list; undefined: the serving node does not know */
export function absence(version: MapVersion, diagnostic: number, listed: boolean | undefined): ErrorAnswer {
  if (version === 3)
    return {
      code: absentSubscriberSM.code,
      parameter: absentParameter.encode({ absentSubscriberDiagnosticSM: diagnostic }),
    };
  // mwd-Set may be left out; version 2 has informServiceCentre to say that the list is full.
  if (version === 2 || listed !== false) return { code: absentSubscriberV2.code };
  return { code: absentSubscriberV2.code, parameter: Uint8Array.of(1, 1, 0) };
}

/** sm-DeliveryFailure: version 1 has the bare cause. */
export function deliveryFailure(
  version: MapVersion,
  cause: SmEnumeratedDeliveryFailureCause,
  diagnosticInfo: Uint8Array,
): Uint8Array {
  if (version === 3)
    return failureParameter.encode({ 'sm-EnumeratedDeliveryFailureCause': cause, diagnosticInfo });
  return failureParameterV2.encode(
    version === 1
      ? { 'sm-EnumeratedDeliveryFailureCause': cause }
      : {
          'sm-DeliveryFailureCauseWithDiagnostic': {
            'sm-EnumeratedDeliveryFailureCause': cause,
            diagnosticInfo,
          },
        },
  );
}
