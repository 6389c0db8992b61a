/** tshark names the operations that are written here, and finds nothing wrong in their parameters. */
import assert from 'node:assert/strict';
import test from 'node:test';
import { TcMessage } from '../../../src/decode/tcap-declaration.ts';
import { compile, type Operation } from '../../../src/stack/asn1/index.ts';
import { capV2GsmSsfToGsmScf, capV3GsmSsfScfGeneric } from '../../../src/stack/cap/application-contexts.ts';
import {
  encodeCalledPartyNumber,
  encodeCallingPartyNumber,
  encodeCause,
  encodeTimeAndTimezone,
} from '../../../src/stack/cap/isup-parameters.ts';
import { activityTest } from '../../../src/stack/cap/operations/activity-test.ts';
import { connect } from '../../../src/stack/cap/operations/connect.ts';
import { continueOperation } from '../../../src/stack/cap/operations/continue.ts';
import { eventReportBCSM } from '../../../src/stack/cap/operations/event-report-bcsm.ts';
import { initialDP, initialDPV2 } from '../../../src/stack/cap/operations/initial-dp.ts';
import { releaseCall } from '../../../src/stack/cap/operations/release-call.ts';
import { requestReportBCSMEvent } from '../../../src/stack/cap/operations/request-report-bcsm-event.ts';
import { encodeData } from '../../../src/stack/m3ua/data.ts';
import { internationalAddress } from '../../../src/stack/map/address-string.ts';
import {
  mmEventReportingContextV3,
  shortMsgAlertContextV2,
  shortMsgGatewayContextV3,
  shortMsgMORelayContextV2,
  shortMsgMTRelayContextV3,
} from '../../../src/stack/map/application-contexts.ts';
import { encodeMapDialogue } from '../../../src/stack/map/dialogue-pdu.ts';
import { alertServiceCentre } from '../../../src/stack/map/operations/alert-service-centre.ts';
import { forwardSM } from '../../../src/stack/map/operations/forward-sm.ts';
import { informServiceCentre } from '../../../src/stack/map/operations/inform-service-centre.ts';
import { mtForwardSM } from '../../../src/stack/map/operations/mt-forward-sm.ts';
import { noteMMEvent } from '../../../src/stack/map/operations/note-mm-event.ts';
import { reportSMDeliveryStatus } from '../../../src/stack/map/operations/report-sm-delivery-status.ts';
import { sendRoutingInfoForSM } from '../../../src/stack/map/operations/send-routing-info-for-sm.ts';
import { encodeTbcd } from '../../../src/stack/map/tbcd.ts';
import type { ApplicationContext } from '../../../src/stack/ros/application-context.ts';
import { argumentCodec } from '../../../src/stack/ros/codecs.ts';
import { encodeMessage } from '../../../src/stack/sccp/message.ts';
import type { SccpAddress } from '../../../src/stack/sccp/service.ts';
import { tshark, tsharkComplaints, tsharkMissing } from '../../support/tshark.ts';

const B = internationalAddress('491711234567');
const CENTRE = internationalAddress('491710760000');
const IMSI = encodeTbcd('262010000000001');
const called = encodeCalledPartyNumber({
  nature: 4,
  plan: 1,
  internalNetworkNumber: false,
  digits: '491711234567',
});
const calling = encodeCallingPartyNumber({
  nature: 4,
  plan: 1,
  incomplete: false,
  presentation: 0,
  screening: 3,
  digits: '491727654321',
});
const CALL = {
  serviceKey: 100,
  calledPartyNumber: called,
  callingPartyNumber: calling,
  callingPartysCategory: Uint8Array.of(10),
  eventTypeBCSM: 'termAttemptAuthorized',
  iMSI: IMSI,
  'ext-basicServiceCode': { 'ext-Teleservice': Uint8Array.of(0x11) },
  callReferenceNumber: Uint8Array.of(1, 2, 3, 4, 5),
  mscAddress: internationalAddress('491710000001'),
  timeAndTimezone: encodeTimeAndTimezone({
    year: 2026,
    month: 11,
    day: 21,
    hour: 22,
    minute: 2,
    second: 22,
    zoneQuarters: 4,
  }),
} as const;
const DELIVER = Buffer.from('0404812143000062704090646100'.concat('05e8329bfd06'), 'hex');

interface Sent {
  readonly context: ApplicationContext;
  readonly operation: Operation;
  readonly argument?: Uint8Array | undefined;
}

const sent: Sent[] = [];
function send<A, R>(context: ApplicationContext, operation: Operation<A, R>, value?: A): void {
  const argument = value === undefined ? undefined : argumentCodec(operation)?.encode(value);
  sent.push({ context, operation, argument });
}

send(shortMsgGatewayContextV3, sendRoutingInfoForSM, {
  msisdn: B,
  'sm-RP-PRI': true,
  serviceCentreAddress: CENTRE,
  gprsSupportIndicator: null,
});
send(shortMsgGatewayContextV3, reportSMDeliveryStatus, {
  msisdn: B,
  serviceCentreAddress: CENTRE,
  'sm-DeliveryOutcome': 'absentSubscriber',
  absentSubscriberDiagnosticSM: 6,
});
send(shortMsgGatewayContextV3, informServiceCentre, {
  storedMSISDN: B,
  'mw-Status': { bits: ['mnrf-Set'] },
});
send(shortMsgMTRelayContextV3, mtForwardSM, {
  'sm-RP-DA': { imsi: IMSI },
  'sm-RP-OA': { serviceCentreAddressOA: CENTRE },
  'sm-RP-UI': DELIVER,
});
send(shortMsgMORelayContextV2, forwardSM, {
  'sm-RP-DA': { imsi: IMSI },
  'sm-RP-OA': { serviceCentreAddressOA: CENTRE },
  'sm-RP-UI': DELIVER,
});
send(shortMsgAlertContextV2, alertServiceCentre, { msisdn: B, serviceCentreAddress: CENTRE });
send(mmEventReportingContextV3, noteMMEvent, {
  serviceKey: 7,
  eventMet: Uint8Array.of(2),
  imsi: IMSI,
  msisdn: B,
  locationInformation: { ageOfLocationInformation: 0, 'vlr-number': CENTRE },
  supportedCAMELPhases: { bits: ['phase1', 'phase2', 'phase3'] },
});
send(capV2GsmSsfToGsmScf, initialDPV2, { ...CALL, initialDPArgExtension: { gmscAddress: CENTRE } });
send(capV3GsmSsfScfGeneric, initialDP, { ...CALL, initialDPArgExtension: { gmscAddress: CENTRE } });
send(capV3GsmSsfScfGeneric, requestReportBCSMEvent, {
  bcsmEvents: [
    { eventTypeBCSM: 'tBusy', monitorMode: 'interrupted', legID: { sendingSideID: Uint8Array.of(2) } },
    {
      eventTypeBCSM: 'tNoAnswer',
      monitorMode: 'interrupted',
      legID: { sendingSideID: Uint8Array.of(2) },
      dpSpecificCriteria: { applicationTimer: 30 },
    },
    {
      eventTypeBCSM: 'tAnswer',
      monitorMode: 'notifyAndContinue',
      legID: { sendingSideID: Uint8Array.of(2) },
    },
    {
      eventTypeBCSM: 'tAbandon',
      monitorMode: 'notifyAndContinue',
      legID: { sendingSideID: Uint8Array.of(1) },
    },
  ],
});
send(capV3GsmSsfScfGeneric, eventReportBCSM, {
  eventTypeBCSM: 'tBusy',
  eventSpecificInformationBCSM: {
    tBusySpecificInfo: { busyCause: encodeCause({ codingStandard: 0, location: 4, value: 20 }) },
  },
  legID: { receivingSideID: Uint8Array.of(2) },
  miscCallInfo: { messageType: 'request' },
});
send(capV3GsmSsfScfGeneric, continueOperation);
send(capV3GsmSsfScfGeneric, releaseCall, {
  allCallSegments: encodeCause({ codingStandard: 0, location: 4, value: 31 }),
});
send(capV3GsmSsfScfGeneric, connect, { destinationRoutingAddress: [called] });
send(capV3GsmSsfScfGeneric, activityTest);

const tcap = compile(TcMessage, { name: 'TCAP' });
const oid = (...arcs: number[]) => {
  const [first = 0, second = 0, ...rest] = arcs;
  const contents = [
    first * 40 + second,
    ...rest.flatMap((arc) => (arc < 128 ? [arc] : [0x80 | (arc >> 7), arc & 0x7f])),
  ];
  return Uint8Array.of(6, contents.length, ...contents);
};

/** A BEGIN with its dialogue portion, in UDT and M3UA DATA. */
function message({ context, operation, argument }: Sent, index: number): Uint8Array {
  const name = oid(...context.objectIdentifier);
  const user =
    context.protocol === 'MAP'
      ? encodeMapDialogue({ 'map-open': { originationReference: CENTRE } })
      : new Uint8Array(0);
  const wrap = (tag: number, contents: Uint8Array) => Uint8Array.of(tag, contents.length, ...contents);
  const information = user.length > 0 ? wrap(0xbe, user) : user;
  const request = wrap(0x60, Uint8Array.of(...wrap(0xa1, name), ...information));
  const octets = tcap.encode({
    begin: {
      otid: Uint8Array.of(1, 2, 3, index),
      dialoguePortion: {
        directReference: [0, 0, 17, 773, 1, 1, 1],
        encoding: { singleAsn1Type: request },
      },
      components: [
        {
          invoke: {
            invokeID: 1,
            opCode: { localValue: operation.code },
            ...(argument === undefined ? {} : { parameter: argument }),
          },
        },
      ],
    },
  });
  const address = (ssn: number): SccpAddress => ({
    routing: 'gt',
    ssn,
    globalTitle: { gti: 4, translationType: 0, numberingPlan: 1, natureOfAddress: 4, digits: '491710760000' },
  });
  const ssn = context.protocol === 'CAP' ? 146 : 8;
  const udt = encodeMessage({
    kind: 'UDT',
    called: address(ssn),
    calling: address(ssn),
    data: octets,
    protocolClass: 0,
    returnOption: false,
  });
  assert.ok(udt);
  return encodeData({ opc: 1, dpc: 2, si: 3, ni: 2, mp: 0, sls: 0, data: udt }, { routingContext: 1 });
}

test('tshark names every operation and complains about none', { skip: tsharkMissing() ?? false }, () => {
  const messages = sent.map(message);
  const lines = tshark(messages, 3, ['-T', 'fields', '-e', '_ws.col.Info']);
  assert.equal(lines.length, sent.length);
  sent.forEach(({ operation }, index) => {
    const named = lines[index]!.toLowerCase();
    assert.ok(
      named.includes((operation.name ?? '').toLowerCase()),
      `${operation.name ?? ''}: ${lines[index]!}`,
    );
  });
  assert.deepEqual(tsharkComplaints(messages, 3), []);
});
