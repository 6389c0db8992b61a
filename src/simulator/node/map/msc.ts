/** The mobile switching centre as a node of MAP: subsystem 8, as GMSC and as visited MSC (3GPP TS 29.002 §10, §12). */
import { internationalAddress } from '../../../stack/map/address-string.ts';
import { absentSubscriber } from '../../../stack/map/errors/call-handling.ts';
import { systemFailure } from '../../../stack/map/errors/generic.ts';
import { unidentifiedSubscriber, unknownSubscriber } from '../../../stack/map/errors/identification.ts';
import {
  absentSubscriberSM,
  smDeliveryFailure,
  subscriberBusyForMTSMS,
} from '../../../stack/map/errors/short-message.ts';
import { absentSubscriberV2, smDeliveryFailureV2 } from '../../../stack/map/errors/version-2.ts';
import { forwardSM, forwardSMV1 } from '../../../stack/map/operations/forward-sm.ts';
import { moForwardSM } from '../../../stack/map/operations/mo-forward-sm.ts';
import type { MtForwardSMArg } from '../../../stack/map/operations/mt-forward-sm.ts';
import {
  type SendRoutingInfoRes,
  type SendRoutingInfoResV2,
  sendRoutingInfo,
  sendRoutingInfoV1,
  sendRoutingInfoV2,
} from '../../../stack/map/operations/send-routing-info.ts';
import { decodeTbcd } from '../../../stack/map/tbcd.ts';
import { internationalAddress as smsAddress } from '../../../stack/sms/address.ts';
import { encodeSmsSubmit } from '../../../stack/sms/sms-submit.ts';
import { splitText } from '../../../stack/sms/split.ts';
import { SSN } from '../../addresses.ts';
import type { NodeRole, RoleEnvironment } from '../role.ts';
import { contextOf, contextsOf, type Version } from './contexts.ts';
import { type Answer, type Handlers, MapNode } from './map-node.ts';
import { check, exercises, operationOf, versioned } from './procedures.ts';
import { indexOf, SUBSCRIBERS, subscriberAt } from './subscribers.ts';

const CONTEXTS = contextsOf('shortMsgMT-RelayContext', 'shortMsgRelayContext');
/** TP-FCS of the phone: memory capacity exceeded, in an SMS-DELIVER-REPORT (3GPP TS 23.040 §9.2.2.1a). */
const MEMORY_FULL_REPORT = Uint8Array.of(0, 0xd3, 0);
const OFF = 7;

export function mscRole(environment: RoleEnvironment): NodeRole {
  const { plan, chance } = environment;
  const { numbers } = plan;
  const node = new MapNode(environment, SSN.msc, numbers.msc, CONTEXTS, mscHandlers(environment));
  const hlr = { number: numbers.hlr[0], ssn: SSN.hlr };
  const routingOf = (version: Version) =>
    operationOf(version, { 3: sendRoutingInfo, 2: sendRoutingInfoV2, 1: sendRoutingInfoV1 });
  const route = (version: Version, msisdn: Uint8Array) => ({
    conversation: node.open(contextOf('locationInfoRetrievalContext', version), hlr),
    operation: routingOf(version),
    argument:
      version === 3
        ? {
            msisdn,
            interrogationType: 'basicCall',
            'gmsc-OrGsmSCF-Address': internationalAddress(numbers.msc[0]),
          }
        : { msisdn },
  });
  return {
    get underWay() {
      return node.underWay;
    },
    procedures: [
      ...versioned(
        plan,
        'call-routing',
        'a call to a subscriber: sendRoutingInfo, by which the HLR asks the VLR with provideRoamingNumber',
        [3, 2, 1],
        (version) => exercises(version, 'sent', sendRoutingInfo),
        async (version) => {
          const there = subscriberAt(numbers, chance.below(SUBSCRIBERS / 10) * 10);
          const { conversation, operation, argument } = route(version, there.msisdn);
          const result = await conversation.ask(operation, argument);
          check(isRouted(version, result), 'sendRoutingInfo: no roaming number');
          const away = subscriberAt(numbers, chance.below(SUBSCRIBERS / 10) * 10 + OFF);
          const second = route(version, away.msisdn);
          const absent = version === 3 ? absentSubscriber : absentSubscriberV2;
          await second.conversation.askForError(second.operation, second.argument, absent);
          const third = route(version, internationalAddress('4915999999'));
          await third.conversation.askForError(third.operation, third.argument, unknownSubscriber);
        },
      ),
      ...versioned(
        plan,
        'mo-short-message',
        'a subscriber sends a short message: mo-ForwardSM, in earlier versions forwardSM, to the SMSC',
        [3, 2, 1],
        (version) => exercises(version, 'sent', version === 3 ? moForwardSM : forwardSM),
        async (version) => {
          const from = subscriberAt(numbers, chance.below(SUBSCRIBERS));
          const to = subscriberAt(numbers, chance.below(SUBSCRIBERS));
          const name = version === 1 ? 'shortMsgRelayContext' : 'shortMsgMO-RelayContext';
          const smsc = { number: numbers.smsc[0], ssn: SSN.msc };
          const operation = operationOf(version, { 3: moForwardSM, 2: forwardSM, 1: forwardSMV1 });
          await node.open(contextOf(name, version), smsc).ask(operation, {
            'sm-RP-DA': { serviceCentreAddressDA: internationalAddress(numbers.smsc[0]) },
            'sm-RP-OA': { msisdn: from.msisdn },
            'sm-RP-UI': submit(to.number, chance.below(256)),
            ...(version === 3 ? { imsi: from.imsi } : {}),
          });
        },
      ),
    ],
  };
}

function mscHandlers({ plan }: RoleEnvironment): Handlers {
  const deliver = (version: Version, { 'sm-RP-DA': to }: MtForwardSMArg): Answer => {
    const index = 'imsi' in to ? indexOf(plan.numbers, decodeTbcd(to.imsi)) : undefined;
    if (index === undefined) return { error: unidentifiedSubscriber };
    const cause = 'memoryCapacityExceeded';
    switch (subscriberAt(plan.numbers, index).phone) {
      case 'there':
        return { result: undefined };
      case 'off':
        if (version < 3) return { error: absentSubscriberV2 };
        return { error: absentSubscriberSM, value: { absentSubscriberDiagnosticSM: 1 } };
      case 'busy':
        return { error: version === 1 ? systemFailure : subscriberBusyForMTSMS };
      case 'full': {
        const withDiagnostic = {
          'sm-EnumeratedDeliveryFailureCause': cause,
          diagnosticInfo: MEMORY_FULL_REPORT,
        };
        if (version === 3) return { error: smDeliveryFailure, value: withDiagnostic };
        return {
          error: smDeliveryFailureV2,
          value:
            version === 1
              ? { 'sm-EnumeratedDeliveryFailureCause': cause }
              : { 'sm-DeliveryFailureCauseWithDiagnostic': withDiagnostic },
        };
      }
    }
  };
  return {
    'mt-ForwardSM': ({ argument }) => deliver(3, argument as MtForwardSMArg),
    forwardSM: ({ argument, context }) => deliver(context.version as Version, argument as MtForwardSMArg),
  };
}

function isRouted(version: Version, result: unknown): boolean {
  if (version < 3) return 'roamingNumber' in (result as SendRoutingInfoResV2).routingInfo;
  const { extendedRoutingInfo: routing } = result as SendRoutingInfoRes;
  return routing !== undefined && 'routingInfo' in routing && 'roamingNumber' in routing.routingInfo;
}

function submit(to: string, messageReference: number): Uint8Array {
  const split = splitText(`See you at ${messageReference % 24} o'clock`, 0);
  if (!split.ok) throw new Error(split.code);
  const { dataCodingScheme, parts } = split.value;
  return encodeSmsSubmit({
    kind: 'SMS-SUBMIT',
    rejectDuplicates: false,
    statusReportRequest: false,
    replyPath: false,
    messageReference,
    destinationAddress: smsAddress(to),
    protocolIdentifier: 0,
    dataCodingScheme,
    validityPeriodFormat: 'none',
    validityPeriod: new Uint8Array(0),
    userData: parts[0]!,
  });
}
