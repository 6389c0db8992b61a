/** The home location register as a node of MAP: subsystem 6 (3GPP TS 23.002 §4.1.1.1). */
import { internationalAddress } from '../../../stack/map/address-string.ts';
import {
  deleteSubscriberData,
  deleteSubscriberDataV1,
  deleteSubscriberDataV2,
} from '../../../stack/map/operations/delete-subscriber-data.ts';
import { reset, resetV2 } from '../../../stack/map/operations/reset.ts';
import {
  unstructuredSSNotify,
  unstructuredSSRequest,
} from '../../../stack/map/operations/unstructured-ss.ts';
import { encodeTbcd } from '../../../stack/map/tbcd.ts';
import { SSN } from '../../addresses.ts';
import type { NodeRole, RoleEnvironment } from '../role.ts';
import { contextOf, contextsOf } from './contexts.ts';
import { callHandlers } from './hlr-calls.ts';
import { cancel, cancelLocationOf, mobilityHandlers } from './hlr-mobility.ts';
import { HlrRecords } from './hlr-records.ts';
import { shortMessageHandlers } from './hlr-short-messages.ts';
import { supplementaryHandlers } from './hlr-supplementary.ts';
import { MapNode } from './map-node.ts';
import { check, exercises, operationOf, versioned } from './procedures.ts';
import { imsiReference } from './references.ts';
import { SS } from './ss-codes.ts';
import { insertSubscriberDataOf, subscriberData } from './subscriber-data.ts';
import { SUBSCRIBERS } from './subscribers.ts';
import { ussd, ussdText } from './ussd.ts';

const CONTEXTS = contextsOf(
  'networkLocUpContext',
  'msPurgingContext',
  'imsiRetrievalContext',
  'locationInfoRetrievalContext',
  'shortMsgGatewayContext',
  'mwdMngtContext',
  'networkFunctionalSsContext',
  'networkUnstructuredSsContext',
  'anyTimeInfoEnquiryContext',
  'anyTimeInfoHandlingContext',
);

export function hlrRole(environment: RoleEnvironment): NodeRole {
  const { plan, chance } = environment;
  const { numbers } = plan;
  const records = new HlrRecords(environment);
  const getNode = () => node;
  const node: MapNode = new MapNode(environment, SSN.hlr, numbers.hlr, CONTEXTS, {
    ...mobilityHandlers(getNode, records, numbers.hlr[0]),
    ...callHandlers(getNode, records),
    ...shortMessageHandlers(getNode, records),
    ...supplementaryHandlers(records),
  });
  const anyone = () => records.at(chance.below(SUBSCRIBERS / 10) * 10);
  const vlr = { number: numbers.vlr[0], ssn: SSN.vlr };
  return {
    get underWay() {
      return node.underWay;
    },
    procedures: [
      ...versioned(
        plan,
        'subscriber-data',
        'subscription changed: insertSubscriberData and deleteSubscriberData to the VLR',
        [3, 2, 1],
        (version) => exercises(version, 'sent', insertSubscriberDataOf(version), deleteSubscriberData),
        async (version) => {
          const record = anyone();
          const { imsi } = record.subscriber;
          const context = contextOf('subscriberDataMngtContext', version);
          await node
            .open(context, vlr)
            .ask(insertSubscriberDataOf(version), subscriberData(version, record, imsi));
          const remove = operationOf(version, {
            3: deleteSubscriberData,
            2: deleteSubscriberDataV2,
            1: deleteSubscriberDataV1,
          });
          await node.open(context, vlr).ask(remove, { imsi, 'ss-List': [Uint8Array.of(SS.barringOutgoing)] });
        },
      ),
      ...versioned(
        plan,
        'withdrawal',
        'subscription withdrawn: cancelLocation to the VLR',
        [3, 2, 1],
        (version) => exercises(version, 'sent', cancelLocationOf(version)),
        (version) => cancel(node, anyone(), numbers.vlr[0], version, 'subscriptionWithdraw'),
      ),
      ...versioned(
        plan,
        'reset',
        'the HLR was restarted: reset to the VLR',
        [3, 2, 1],
        (version) => exercises(version, 'sent', reset),
        async (version) => {
          const number = internationalAddress(numbers.hlr[0]);
          const list = [encodeTbcd(numbers.imsiPrefix)];
          const argument =
            version === 3
              ? { sendingNodenumber: { 'hlr-Number': number }, 'hlr-List': list }
              : { 'hlr-Number': number, 'hlr-List': list };
          await node
            .open(contextOf('resetContext', version), vlr)
            .ask(operationOf(version, { 3: reset, 2: resetV2 }), argument);
        },
      ),
      ...versioned(
        plan,
        'network-ussd',
        'the network asks the subscriber: unstructuredSS-Request and -Notify',
        [2],
        (version) => exercises(version, 'sent', unstructuredSSRequest, unstructuredSSNotify),
        async () => {
          const { subscriber } = anyone();
          const conversation = node.open(contextOf('networkUnstructuredSsContext', 2), vlr, {
            destinationReference: imsiReference(subscriber.imsi),
            originatingReference: internationalAddress(numbers.hlr[0]),
          });
          const answer = await conversation.ask(unstructuredSSRequest, ussd('Roaming? 1 yes, 2 no'));
          check(answer !== undefined && /^[12]$/.test(ussdText(answer)), 'unstructuredSS-Request: no choice');
          await conversation.ask(unstructuredSSNotify, ussd('Thank you'));
          conversation.close();
        },
      ),
    ],
  };
}
