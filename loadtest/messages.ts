/** The templates of all messages that the generator sends, made by the codecs of the stack. */
import { capV2GsmSsfToGsmScf } from '../src/stack/cap/application-contexts.ts';
import { type EventReportBCSMArg, eventReportBCSM } from '../src/stack/cap/operations/event-report-bcsm.ts';
import { initialDPV2 } from '../src/stack/cap/operations/initial-dp.ts';
import { encodeCause } from '../src/stack/isup/cause.ts';
import { encodeCalledPartyNumber, encodeCallingPartyNumber, isupNature } from '../src/stack/isup/number.ts';
import { encodeData } from '../src/stack/m3ua/data.ts';
import { internationalAddress } from '../src/stack/map/address-string.ts';
import {
  shortMsgAlertContextV2,
  shortMsgGatewayContextV3,
  shortMsgMTRelayContextV3,
} from '../src/stack/map/application-contexts.ts';
import { absentSubscriberSM } from '../src/stack/map/errors/short-message.ts';
import { alertServiceCentre } from '../src/stack/map/operations/alert-service-centre.ts';
import { reportSMDeliveryStatus } from '../src/stack/map/operations/report-sm-delivery-status.ts';
import { sendRoutingInfoForSM } from '../src/stack/map/operations/send-routing-info-for-sm.ts';
import { encodeTbcd } from '../src/stack/map/tbcd.ts';
import { argumentCodec, errorCodec, resultCodec } from '../src/stack/ros/codecs.ts';
import { encodeMessage as encodeSccp } from '../src/stack/sccp/message.ts';
import type { SccpAddress } from '../src/stack/sccp/service.ts';
import { encodeMessage as encodeTcap, type TcapMessage } from '../src/stack/tcap/message.ts';
import type { Component, ObjectIdentifier } from '../src/stack/tcap/service.ts';
import { CALLER_PREFIX, eightDigits, IMSI_PREFIX, IMSI_SUFFIX, SUBSCRIBER_PREFIX } from './numbers.ts';
import type { CallEnd, NetworkPlan } from './plan.ts';
import { type Field, Template, type Values } from './template.ts';

const SSN = { hlr: 6, msc: 8, serviceCentre: 8, cap: 146 } as const;
/** AbsentSubscriberDiagnosticSM: IMSI detached (3GPP TS 23.040 §3.3.2). */
const IMSI_DETACHED = 1;

export interface Templates {
  readonly initialDP: Template;
  readonly report: Readonly<Record<CallEnd, Template>>;
  /** The report of a call that failed with this Q.850 cause. */
  readonly failed: (cause: number) => Template;
  readonly alert: Template;
  readonly routed: Template;
  readonly routedAbsent: Template;
  readonly relayAccepted: Template;
  readonly forwarded: Template;
  readonly forwardedMore: Template;
  readonly forwardedAbsent: Template;
  readonly reported: Template;
}

export function templatesFor(plan: NetworkPlan): Templates {
  const { engineNumber, mscNumber, hlrNumber } = plan;
  const make = (
    from: SccpAddress,
    to: SccpAddress,
    fields: readonly Field[],
    message: (values: Values) => TcapMessage,
  ): Template => new Template((values) => whole(plan, from, to, message(values)), fields);
  const cap = { from: titled(mscNumber, SSN.cap), to: titled(engineNumber, SSN.cap) };
  const hlr = { from: titled(hlrNumber, SSN.hlr), to: titled(engineNumber, SSN.serviceCentre) };
  const msc = { from: titled(mscNumber, SSN.msc), to: titled(engineNumber, SSN.serviceCentre) };
  const report = (argument: EventReportBCSMArg): Template =>
    make(cap.from, cap.to, ['originating', 'destination'], (values) => ({
      type: 'continue',
      ...ids(values, true, true),
      components: [
        {
          kind: 'invoke',
          invokeId: 2,
          operationCode: eventReportBCSM.code,
          parameter: argumentCodec(eventReportBCSM)!.encode(argument),
        },
      ],
    }));
  /** The last message of a dialogue that the engine has opened with a request. */
  const answer = (
    { from, to }: typeof hlr,
    context: ObjectIdentifier,
    fields: readonly Field[],
    component: (values: Values) => Component,
  ): Template =>
    make(from, to, ['destination', 'invokeId', ...fields], (values) => ({
      type: 'end',
      ...ids(values, false, true),
      dialogue: accepted(context),
      components: [component(values)],
    }));
  const absent = (invokeId: number): Component => ({
    kind: 'error',
    invokeId,
    errorCode: absentSubscriberSM.code,
    parameter: errorCodec(absentSubscriberSM)!.encode({ absentSubscriberDiagnosticSM: IMSI_DETACHED }),
  });
  const legOf = (leg: number) => ({ receivingSideID: Uint8Array.of(leg) });
  const request = { messageType: 'request' } as const;
  const notification = { messageType: 'notification' } as const;
  const busy = (cause: number): EventReportBCSMArg => ({
    eventTypeBCSM: 'tBusy',
    eventSpecificInformationBCSM: {
      tBusySpecificInfo: { busyCause: encodeCause({ location: 0, codingStandard: 0, value: cause }) },
    },
    legID: legOf(2),
    miscCallInfo: request,
  });
  const byCause = new Map<number, Template>();
  return {
    failed: (cause) => {
      const template = byCause.get(cause) ?? report(busy(cause));
      byCause.set(cause, template);
      return template;
    },
    initialDP: make(
      cap.from,
      cap.to,
      ['originating', 'subscriber', 'caller', 'reference', 'time'],
      (values) => ({
        type: 'begin',
        ...ids(values, true, false),
        dialogue: { kind: 'AARQ', applicationContext: capV2GsmSsfToGsmScf.objectIdentifier },
        components: [
          {
            kind: 'invoke',
            invokeId: 1,
            operationCode: initialDPV2.code,
            parameter: argumentCodec(initialDPV2)!.encode(initialDPArgument(plan, values)),
          },
        ],
      }),
    ),
    report: {
      busy: report(busy(17)),
      'not-reachable': report(busy(20)),
      barred: report(busy(55)),
      'network-trouble': report(busy(34)),
      'no-answer': report({
        eventTypeBCSM: 'tNoAnswer',
        legID: legOf(2),
        miscCallInfo: request,
      }),
      abandoned: report({ eventTypeBCSM: 'tAbandon', legID: legOf(1), miscCallInfo: notification }),
      answered: report({ eventTypeBCSM: 'tAnswer', legID: legOf(2), miscCallInfo: notification }),
    },
    alert: make(hlr.from, hlr.to, ['originating', 'subscriber'], (values) => ({
      type: 'begin',
      ...ids(values, true, false),
      dialogue: { kind: 'AARQ', applicationContext: shortMsgAlertContextV2.objectIdentifier },
      components: [
        {
          kind: 'invoke',
          invokeId: 1,
          operationCode: alertServiceCentre.code,
          parameter: argumentCodec(alertServiceCentre)!.encode({
            msisdn: internationalAddress(SUBSCRIBER_PREFIX + eightDigits(values.subscriber)),
            serviceCentreAddress: internationalAddress(engineNumber),
          }),
        },
      ],
    })),
    routed: answer(
      hlr,
      shortMsgGatewayContextV3.objectIdentifier,
      ['subscriber'],
      ({ invokeId, subscriber }) => ({
        kind: 'result',
        invokeId,
        last: true,
        operationCode: sendRoutingInfoForSM.code,
        parameter: resultCodec(sendRoutingInfoForSM)!.encode({
          imsi: encodeTbcd(IMSI_PREFIX + eightDigits(subscriber) + IMSI_SUFFIX),
          locationInfoWithLMSI: { 'networkNode-Number': internationalAddress(mscNumber) },
        }),
      }),
    ),
    routedAbsent: answer(hlr, shortMsgGatewayContextV3.objectIdentifier, [], ({ invokeId }) =>
      absent(invokeId),
    ),
    relayAccepted: make(msc.from, msc.to, ['originating', 'destination'], (values) => ({
      type: 'continue',
      ...ids(values, true, true),
      dialogue: accepted(shortMsgMTRelayContextV3.objectIdentifier),
      components: [],
    })),
    forwarded: make(msc.from, msc.to, ['destination', 'invokeId'], (values) => ({
      type: 'end',
      ...ids(values, false, true),
      components: [{ kind: 'result', invokeId: values.invokeId, last: true }],
    })),
    forwardedMore: make(msc.from, msc.to, ['originating', 'destination', 'invokeId'], (values) => ({
      type: 'continue',
      ...ids(values, true, true),
      components: [{ kind: 'result', invokeId: values.invokeId, last: true }],
    })),
    forwardedAbsent: make(msc.from, msc.to, ['destination', 'invokeId'], (values) => ({
      type: 'end',
      ...ids(values, false, true),
      components: [absent(values.invokeId)],
    })),
    reported: answer(hlr, shortMsgGatewayContextV3.objectIdentifier, [], ({ invokeId }) => ({
      kind: 'result',
      invokeId,
      last: true,
      operationCode: reportSMDeliveryStatus.code,
      parameter: resultCodec(reportSMDeliveryStatus)!.encode({}),
    })),
  };
}

function initialDPArgument(plan: NetworkPlan, { subscriber, caller, reference, time }: Values) {
  const callReferenceNumber = new Uint8Array(8);
  const view = new DataView(callReferenceNumber.buffer);
  view.setUint32(0, plan.run);
  view.setUint32(4, reference);
  return {
    serviceKey: plan.serviceKey,
    calledPartyNumber: encodeCalledPartyNumber({
      nature: isupNature.international,
      plan: 1,
      internalNetworkNumber: false,
      digits: SUBSCRIBER_PREFIX + eightDigits(subscriber),
    }),
    callingPartyNumber: encodeCallingPartyNumber({
      nature: isupNature.international,
      plan: 1,
      incomplete: false,
      presentation: 0,
      screening: 3,
      digits: CALLER_PREFIX + eightDigits(caller),
    }),
    // Ordinary calling subscriber (ITU-T Q.763 §3.11); speech, circuit mode, 64 kbit/s, A-law (ITU-T Q.931 §4.5.5).
    callingPartysCategory: Uint8Array.of(0x0a),
    bearerCapability: { bearerCap: Uint8Array.of(0x80, 0x90, 0xa3) },
    eventTypeBCSM: 'termAttemptAuthorized' as const,
    callReferenceNumber,
    mscAddress: internationalAddress(plan.mscNumber),
    timeAndTimezone: time,
  };
}

/** Nothing more than ids, as `TcapMessage` wants them. */
function ids({ originating, destination }: Values, withOriginating: boolean, withDestination: boolean) {
  return {
    ...(withOriginating ? { originatingTransactionId: { id: originating, sizeOctets: 4 } } : {}),
    ...(withDestination ? { destinationTransactionId: { id: destination, sizeOctets: 4 } } : {}),
  };
}

function accepted(applicationContext: ObjectIdentifier) {
  return { kind: 'AARE', applicationContext, accepted: true, source: 'user', diagnostic: 0 } as const;
}

function titled(digits: string, ssn: number): SccpAddress {
  return {
    routing: 'gt',
    ssn,
    globalTitle: { gti: 4, translationType: 0, numberingPlan: 1, natureOfAddress: 4, digits },
  };
}

function whole(
  plan: NetworkPlan,
  calling: SccpAddress,
  called: SccpAddress,
  message: TcapMessage,
): Uint8Array {
  const tcap = encodeTcap(message);
  if (!tcap.ok) throw new Error(`a message of the load cannot be encoded: ${tcap.code}`);
  const sccp = encodeSccp({
    kind: 'UDT',
    protocolClass: 0,
    returnOption: false,
    called,
    calling,
    data: tcap.value,
  });
  if (sccp === undefined) throw new Error('a message of the load does not fit a UDT');
  const { peerPointCode: opc, enginePointCode: dpc, routingContext } = plan;
  return encodeData({ opc, dpc, si: 3, ni: 2, mp: 0, sls: 5, data: sccp }, { routingContext });
}
