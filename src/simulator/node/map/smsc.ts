/** The service centre with its SMS-GMSC and SMS-IWMSC as a node of MAP: subsystem 8 (3GPP TS 23.040 §3, TS 29.002 §12). */
import { internationalAddress } from '../../../stack/map/address-string.ts';
import { systemFailure } from '../../../stack/map/errors/generic.ts';
import {
  absentSubscriberSM,
  smDeliveryFailure,
  subscriberBusyForMTSMS,
} from '../../../stack/map/errors/short-message.ts';
import { absentSubscriberV2, smDeliveryFailureV2 } from '../../../stack/map/errors/version-2.ts';
import { forwardSM, forwardSMV1 } from '../../../stack/map/operations/forward-sm.ts';
import { informServiceCentre } from '../../../stack/map/operations/inform-service-centre.ts';
import { mtForwardSM } from '../../../stack/map/operations/mt-forward-sm.ts';
import {
  reportSMDeliveryStatus,
  reportSMDeliveryStatusV1,
  reportSMDeliveryStatusV2,
} from '../../../stack/map/operations/report-sm-delivery-status.ts';
import {
  type RoutingInfoForSMRes,
  type RoutingInfoForSMResV2,
  sendRoutingInfoForSM,
  sendRoutingInfoForSMV2,
} from '../../../stack/map/operations/send-routing-info-for-sm.ts';
import { requestNegotiated, requestVersion } from '../../../stack/map/service/negotiated-request.ts';
import { VersionMemory } from '../../../stack/map/service/version-memory.ts';
import { internationalAddress as smsAddress } from '../../../stack/sms/address.ts';
import { shortMessageType0 } from '../../../stack/sms/short-message-type-0.ts';
import { SSN, titled } from '../../addresses.ts';
import type { NodeRole, RoleEnvironment } from '../role.ts';
import { contextOf, contextsOf, type Version } from './contexts.ts';
import { digitsOf } from './hlr-mobility.ts';
import { type Handlers, MapNode } from './map-node.ts';
import { check, exercises, operationOf, versioned } from './procedures.ts';
import { SUBSCRIBERS, type Subscriber, subscriberAt } from './subscribers.ts';

const CONTEXTS = contextsOf('shortMsgMO-RelayContext', 'shortMsgRelayContext', 'shortMsgAlertContext');

const handlers: Handlers = {
  'mo-ForwardSM': () => ({ result: undefined }),
  forwardSM: () => ({ result: undefined }),
  alertServiceCentre: () => ({ result: undefined }),
  alertServiceCentreWithoutResult: () => undefined,
  informServiceCentre: () => undefined,
};

const routingOf = (version: Version) =>
  operationOf(version, { 3: sendRoutingInfoForSM, 2: sendRoutingInfoForSMV2 });
const reportOf = (version: Version) =>
  operationOf(version, {
    3: reportSMDeliveryStatus,
    2: reportSMDeliveryStatusV2,
    1: reportSMDeliveryStatusV1,
  });
const forwardOf = (version: Version) =>
  operationOf(version, { 3: mtForwardSM, 2: forwardSM, 1: forwardSMV1 });
const relayOf = (version: Version) =>
  contextOf(version === 1 ? 'shortMsgRelayContext' : 'shortMsgMT-RelayContext', version);

export function smscRole(environment: RoleEnvironment): NodeRole {
  const { plan, chance, clock, tcap, counters, timers } = environment;
  const { numbers } = plan;
  const node = new MapNode(environment, SSN.msc, numbers.smsc, CONTEXTS, handlers);
  const hlr = { number: numbers.hlr[0], ssn: SSN.hlr };
  const serviceCentreAddress = internationalAddress(numbers.smsc[0]);
  const someone = (last: number) => subscriberAt(numbers, chance.below(SUBSCRIBERS / 10) * 10 + last);
  const gateway = (version: Version) => node.open(contextOf('shortMsgGatewayContext', version), hlr);
  const ask = ({ msisdn }: Subscriber, priority: boolean) => ({
    msisdn,
    'sm-RP-PRI': priority,
    serviceCentreAddress,
  });

  /** Asks where it goes, and hands it to the MSC; the conversation with the MSC is left to the caller. */
  const route = async (version: Version, to: Subscriber, priority = false) => {
    const routed = await gateway(version).ask(routingOf(version), ask(to, priority));
    const where = (routed as RoutingInfoForSMRes | RoutingInfoForSMResV2).locationInfoWithLMSI;
    const number =
      'networkNode-Number' in where
        ? where['networkNode-Number']
        : 'msc-Number' in where.locationInfo
          ? where.locationInfo['msc-Number']
          : where.locationInfo.roamingNumber;
    return {
      msc: node.open(relayOf(version), { number: digitsOf(number), ssn: SSN.msc }),
      argument: {
        'sm-RP-DA': { imsi: to.imsi },
        'sm-RP-OA': { serviceCentreAddressOA: serviceCentreAddress },
        'sm-RP-UI': shortMessageType0(smsAddress(numbers.smsc[0]), clock.now()),
      },
    };
  };
  const report = (version: Version, { msisdn }: Subscriber, outcome: string) => {
    // Version 1 knows no outcome.
    const said = version === 1 ? {} : { 'sm-DeliveryOutcome': outcome };
    return gateway(version).ask(reportOf(version), { msisdn, serviceCentreAddress, ...said });
  };

  return {
    get underWay() {
      return node.underWay;
    },
    procedures: [
      ...versioned(
        plan,
        'mt-short-message',
        'a short message to a phone that is there: sendRoutingInfoForSM, mt-ForwardSM (forwardSM)',
        [3, 2, 1],
        (version) =>
          exercises(version, 'sent', sendRoutingInfoForSM, version === 3 ? mtForwardSM : forwardSM),
        async (version) => {
          const { msc, argument } = await route(version, someone(0));
          // The empty BEGIN, which version 1 has not (3GPP TS 29.002 §23.3.1).
          if (version > 1) await msc.begin();
          await msc.ask(forwardOf(version), argument);
        },
      ),
      ...versioned(
        plan,
        'mt-absent',
        'to one that is off: absentSubscriber, reportSM-DeliveryStatus, then informServiceCentre with the routing',
        [3, 2, 1],
        (version) => [
          ...exercises(version, 'sent', reportSMDeliveryStatus),
          ...(version === 1 ? [] : exercises(version, 'received', informServiceCentre)),
        ],
        async (version) => {
          const to = someone(7);
          const absent = version === 3 ? absentSubscriberSM : absentSubscriberV2;
          const { msc, argument } = await route(version, to);
          await msc.askForError(forwardOf(version), argument, absent);
          await report(version, to, 'absentSubscriber');
          await gateway(version).askForError(routingOf(version), ask(to, false), absent);
          // With priority it is tried all the same (3GPP TS 23.040 §3.2.3).
          const again = await route(version, to, true);
          await again.msc.askForError(forwardOf(version), again.argument, absent);
        },
      ),
      ...versioned(
        plan,
        'mt-memory-full',
        'to one without room, and to one that is busy: sm-DeliveryFailure, subscriberBusyForMT-SMS',
        [3, 2, 1],
        (version) => exercises(version, 'sent', reportSMDeliveryStatus),
        async (version) => {
          const to = someone(8);
          const failure = version === 3 ? smDeliveryFailure : smDeliveryFailureV2;
          const { msc, argument } = await route(version, to);
          await msc.askForError(forwardOf(version), argument, failure);
          await report(version, to, 'memoryCapacityExceeded');
          if (version > 1) await report(version, to, 'successfulTransfer');
          const busy = await route(version, someone(9));
          const error = version === 1 ? systemFailure : subscriberBusyForMTSMS;
          await busy.msc.askForError(forwardOf(version), busy.argument, error);
        },
      ),
      {
        name: 'fall-back',
        summary: 'sendRoutingInfoForSM in the latest version that the HLR speaks',
        exercises: [],
        run: async () => {
          const argument = ask(someone(0), false);
          const versions = new VersionMemory({ now: () => timers.now(), counters });
          const outcome = await new Promise<string>((resolve) => {
            requestNegotiated(
              { tcap, counters, versions },
              {
                localAddress: titled(numbers.smsc[0], SSN.msc),
                remoteAddress: titled(hlr.number, hlr.ssn),
                destination: hlr.number,
                versions: ([3, 2, 1] as const)
                  .filter((version) => version <= plan.mapVersionMax)
                  .map((version) =>
                    requestVersion(
                      contextOf('shortMsgGatewayContext', version),
                      routingOf(version),
                      argument,
                      () => true,
                    ),
                  ),
                timeoutMs: 10_000,
              },
              (answer) => resolve(answer.kind === 'none' ? answer.why : answer.kind),
            );
          });
          check(outcome === 'result', `sendRoutingInfoForSM: ${outcome}`);
        },
      },
    ],
  };
}
