import assert from 'node:assert/strict';
import { test } from 'node:test';
import { internationalAddress } from '../../../../src/stack/map/address-string.ts';
import {
  mapApplicationContexts,
  shortMsgAlertContextV1,
  shortMsgAlertContextV2,
  shortMsgGatewayContextV1,
  shortMsgGatewayContextV2,
  shortMsgGatewayContextV3,
} from '../../../../src/stack/map/application-contexts.ts';
import { decodeMapDialogue } from '../../../../src/stack/map/dialogue-pdu.ts';
import { unknownSubscriber } from '../../../../src/stack/map/errors/identification.ts';
import { absentSubscriberSM } from '../../../../src/stack/map/errors/short-message.ts';
import { alertServiceCentreWithoutResult } from '../../../../src/stack/map/operations/alert-service-centre-without-result.ts';
import { informServiceCentre } from '../../../../src/stack/map/operations/inform-service-centre.ts';
import { reportSMDeliveryStatus } from '../../../../src/stack/map/operations/report-sm-delivery-status.ts';
import {
  sendRoutingInfoForSM,
  sendRoutingInfoForSMV2,
} from '../../../../src/stack/map/operations/send-routing-info-for-sm.ts';
import { requestNegotiated, requestVersion } from '../../../../src/stack/map/service/negotiated-request.ts';
import type { MapIndication, MapUser } from '../../../../src/stack/map/service/service.ts';
import { VersionMemory } from '../../../../src/stack/map/service/version-memory.ts';
import { encodeTbcd } from '../../../../src/stack/map/tbcd.ts';
import { A, B, Plant } from './plant.ts';

const msisdn = internationalAddress('491510000001');
const argument = { msisdn, 'sm-RP-PRI': false, serviceCentreAddress: internationalAddress('491700000') };
const routed = {
  imsi: encodeTbcd('262010000000001'),
  locationInfoWithLMSI: { 'networkNode-Number': internationalAddress('491720000001') },
};
const routedV2 = {
  imsi: encodeTbcd('262010000000001'),
  locationInfoWithLMSI: { locationInfo: { 'msc-Number': internationalAddress('491720000001') } },
};

/** Answers sendRoutingInfoForSM and closes. */
const hlr: MapUser = {
  onInvoke: (dialogue, indication) => {
    if (dialogue.applicationContext?.version === 3) dialogue.result(indication, sendRoutingInfoForSM, routed);
    else dialogue.result(indication, sendRoutingInfoForSMV2, routedV2);
  },
  onDelimiter: (dialogue) => dialogue.close(),
};

test('3GPP TS 29.002 §7.3 MAP-OPEN, a service, MAP-DELIMITER; answered and closed', () => {
  const plant = new Plant();
  plant.serve([shortMsgGatewayContextV3], hlr);
  const dialogue = plant.open(shortMsgGatewayContextV3);
  assert.equal(dialogue.state, 'wait-for-user-requests');
  plant.ask(dialogue, sendRoutingInfoForSM, argument);
  dialogue.delimiter();
  plant.run();
  assert.deepEqual(plant.told, [
    'b sendRoutingInfoForSM',
    'b delimiter',
    'a open accepted',
    'a result',
    'a close',
  ]);
  assert.ok(dialogue.ended);
});

test('3GPP TS 29.002 §7.3.1 an open without a component is confirmed by a delimiter, and the service follows', () => {
  const plant = new Plant();
  let pending: MapIndication | undefined;
  plant.serve([shortMsgGatewayContextV3], {
    onInvoke: (_dialogue, indication) => {
      pending = indication;
    },
    onDelimiter: (dialogue) => {
      if (pending === undefined) return dialogue.delimiter();
      dialogue.error(pending, unknownSubscriber, {});
      dialogue.close();
    },
  });
  const dialogue = plant.open(shortMsgGatewayContextV3);
  dialogue.delimiter();
  assert.equal(dialogue.state, 'dialogue-initiated');
  plant.run();
  assert.equal(dialogue.state, 'dialogue-established');
  plant.ask(dialogue, sendRoutingInfoForSM, argument);
  dialogue.delimiter();
  plant.run();
  assert.deepEqual(plant.told.slice(-4), [
    'b sendRoutingInfoForSM',
    'b delimiter',
    'a error unknownSubscriber',
    'a close',
  ]);
});

test('3GPP TS 29.002 §23.3.2 a result in several parts: informServiceCentre and the result in one message', () => {
  const plant = new Plant();
  plant.serve([shortMsgGatewayContextV3], {
    onInvoke: (dialogue, indication) => {
      const bits = ['mnrf-Set'] as const;
      dialogue.invoke(informServiceCentre, { 'mw-Status': { bits: [...bits] } }, () =>
        assert.fail('class 4'),
      );
      dialogue.result(indication, sendRoutingInfoForSM, routed);
    },
    onDelimiter: (dialogue) => dialogue.close(),
  });
  const dialogue = plant.open(shortMsgGatewayContextV3);
  plant.ask(dialogue, sendRoutingInfoForSM, argument);
  dialogue.delimiter();
  plant.run();
  assert.deepEqual(plant.told.slice(2), ['a open accepted', 'a informServiceCentre', 'a result', 'a close']);
});

test('…segmented by TC-CONTINUE: informServiceCentre in one message, the result in the next', () => {
  const plant = new Plant();
  let pending: MapIndication | undefined;
  plant.serve([shortMsgGatewayContextV3], {
    onInvoke: (_dialogue, indication) => {
      pending = indication;
    },
    onDelimiter: (dialogue) => {
      dialogue.invoke(informServiceCentre, { 'mw-Status': { bits: ['mcef-Set'] } }, () => undefined);
      dialogue.delimiter();
      dialogue.error(pending!, absentSubscriberSM, { absentSubscriberDiagnosticSM: 0 });
      dialogue.close();
    },
  });
  const dialogue = plant.open(shortMsgGatewayContextV3);
  plant.ask(dialogue, sendRoutingInfoForSM, argument);
  dialogue.delimiter();
  plant.run();
  assert.deepEqual(plant.told.slice(2), [
    'a open accepted',
    'a informServiceCentre',
    'a delimiter',
    'a error absentSubscriberSM',
    'a close',
  ]);
});

test('3GPP TS 29.002 §16.2.2 a result in parts of its own: TC-RESULT-NL, then the last one', () => {
  const plant = new Plant();
  plant.serve([shortMsgGatewayContextV3], {
    onInvoke: (dialogue, { invokeId }) => {
      // imsi, then locationInfoWithLMSI: each in a SEQUENCE of its own.
      const parts = ['3004040262f1', '3008a006810491270010'].map((hex) => Buffer.from(hex, 'hex'));
      const operationCode = sendRoutingInfoForSM.code;
      dialogue.tcap.result(invokeId, { operationCode, parameter: parts[0]! }, false);
      dialogue.tcap.result(invokeId, { operationCode, parameter: parts[1]! }, true);
    },
    onDelimiter: (dialogue) => dialogue.close(),
  });
  const dialogue = plant.open(shortMsgGatewayContextV3);
  let node: Uint8Array | undefined;
  dialogue.invoke(sendRoutingInfoForSM, argument, (outcome) => {
    if (outcome.kind === 'result') node = outcome.value?.locationInfoWithLMSI['networkNode-Number'];
  });
  dialogue.delimiter();
  plant.run();
  assert.deepEqual(node && [...node], [0x91, 0x27, 0, 0x10]);
});

test('3GPP TS 29.002 §15.2.2 a context that is not supported is refused, with the one that is as the alternative', () => {
  const plant = new Plant();
  plant.serve([shortMsgGatewayContextV2, shortMsgGatewayContextV1], hlr);
  const dialogue = plant.open(shortMsgGatewayContextV3);
  plant.ask(dialogue, sendRoutingInfoForSM, argument);
  dialogue.delimiter();
  plant.run();
  assert.deepEqual(plant.told, [
    'a open refused application-context-not-supported 20.2',
    'a service-completion-failure',
  ]);
  assert.equal(plant.counters.get('map.context-refused'), 1);
});

for (const reason of [
  'invalid-destination-reference',
  'invalid-originating-reference',
  'no-reason-given',
] as const) {
  test(`3GPP TS 29.002 §7.3.1 an open is refused: ${reason}`, () => {
    const plant = new Plant();
    let reference: Uint8Array | undefined;
    plant.serve([shortMsgGatewayContextV3], (_dialogue, opening) => {
      reference = opening.destinationReference;
      return reason;
    });
    const dialogue = plant.open(shortMsgGatewayContextV3, {
      destinationReference: msisdn,
      originatingReference: internationalAddress('49170'),
    });
    dialogue.delimiter();
    plant.run();
    assert.deepEqual(plant.told, [`a open refused ${reason}`]);
    assert.deepEqual(reference, msisdn);
    assert.equal(plant.counters.get(`map.open.refused.${reason}`), 1);
  });
}

test('3GPP TS 29.002 §15.2.2 version 1: no context is named, and the first operation tells which it is', () => {
  const plant = new Plant();
  plant.serve([shortMsgGatewayContextV2, shortMsgGatewayContextV1], hlr);
  const dialogue = plant.open(shortMsgGatewayContextV1);
  plant.ask(dialogue, sendRoutingInfoForSMV2, argument);
  dialogue.delimiter();
  plant.run();
  assert.deepEqual(plant.told.slice(-3), ['a open accepted', 'a result', 'a close']);
});

test('…an operation of no context of version 1 that is served, or none: aborted without a word', () => {
  const plant = new Plant();
  plant.serve([shortMsgAlertContextV2, shortMsgAlertContextV1], {});
  const dialogue = plant.open(shortMsgGatewayContextV1);
  plant.ask(dialogue, sendRoutingInfoForSMV2, argument);
  dialogue.delimiter();
  plant.open(shortMsgAlertContextV1).delimiter();
  plant.run();
  assert.deepEqual(plant.told, ['a user abort', 'a service-completion-failure', 'a user abort']);
  assert.equal(plant.counters.get('map.dialogue.no-context'), 2);
});

test('3GPP TS 29.002 §15.2.1 an abort without a dialogue portion, in answer to one: a version problem', () => {
  const plant = new Plant();
  const dialogue = plant.open(shortMsgGatewayContextV3);
  dialogue.delimiter();
  plant.toA(dialogue, []);
  assert.deepEqual(plant.told, ['a open refused potential-version-incompatibility']);
});

for (const [cause, told] of [
  [0, 'a provider abort provider-malfunction TC'],
  [1, 'a provider abort supporting-dialogue-released TC'],
  [2, 'a open refused potential-version-incompatibility'],
  [3, 'a open refused potential-version-incompatibility'],
  [4, 'a provider abort resource-limitation TC'],
] as const) {
  test(`3GPP TS 29.002 §7.3.5, §15.2.1 P-Abort cause ${cause} in answer to the begin: ${told.slice(2)}`, () => {
    const plant = new Plant();
    const dialogue = plant.open(shortMsgGatewayContextV3);
    dialogue.delimiter();
    plant.toA(dialogue, [0x4a, 1, cause]);
    assert.deepEqual(plant.told.slice(-1), [told]);
  });
}

test('3GPP TS 29.002 §7.3.4 MAP-U-ABORT says why, from either side', () => {
  const plant = new Plant();
  plant.serve([shortMsgGatewayContextV3], {
    onDelimiter: (dialogue) => dialogue.abort({ applicationProcedureCancellation: 'callRelease' }),
  });
  const dialogue = plant.open(shortMsgGatewayContextV3);
  plant.ask(dialogue, sendRoutingInfoForSM, argument);
  dialogue.delimiter();
  plant.run();
  assert.deepEqual(plant.told.slice(-2), [
    'a user abort applicationProcedureCancellation',
    'a service-completion-failure',
  ]);
  const established = new Plant();
  established.serve([shortMsgGatewayContextV3], { onDelimiter: (one) => one.delimiter() });
  const other = established.open(shortMsgGatewayContextV3);
  other.delimiter();
  established.run();
  other.abort({ resourceUnavailable: 'shortTermResourceLimitation' });
  established.run();
  assert.deepEqual(established.told.slice(-1), ['b user abort resourceUnavailable']);
});

test('3GPP TS 29.002 §7.3.3 a prearranged end sends nothing, on either side', () => {
  const plant = new Plant();
  plant.serve([shortMsgGatewayContextV3], { onDelimiter: (dialogue) => dialogue.delimiter() });
  const dialogue = plant.open(shortMsgGatewayContextV3);
  dialogue.delimiter();
  plant.run();
  const before = plant.sent.length;
  dialogue.close('prearranged');
  plant.run();
  assert.equal(plant.sent.length, before);
  assert.ok(dialogue.ended);
});

test('3GPP TS 29.002 §15.2.1 a first answer with another context than the one asked for is abnormal: told as by MAP', () => {
  const plant = new Plant();
  plant.b.accept(6, {
    onBegin: () => ({
      onComponent: () => undefined,
      onDelimiter: (below) =>
        below.continue({ applicationContext: shortMsgGatewayContextV2.objectIdentifier }),
      onInvokeTimeout: () => undefined,
      onAbort: (_below, abort) => {
        const [information] = abort.kind === 'user' ? (abort.userInformation ?? []) : [];
        const pdu = information && decodeMapDialogue(information.slice());
        plant.told.push(pdu?.ok === true ? `b ${Object.keys(pdu.value).join()}` : 'b nothing');
      },
    }),
  });
  const dialogue = plant.open(shortMsgGatewayContextV3);
  dialogue.delimiter();
  plant.run();
  assert.deepEqual(plant.told, ['b map-providerAbort', 'a provider abort abnormal-map-dialogue MAP']);
});

test('3GPP TS 29.002 §7.6.1 provider errors: what TCAP rejects, and what is not answered in time', () => {
  for (const [problem, told] of [
    [0, 'duplicated-invoke-id'],
    [1, 'not-supported-service'],
    [2, 'mistyped-parameter'],
    [3, 'resource-limitation'],
    [4, 'initiating-release'],
  ] as const) {
    const plant = new Plant();
    plant.serve([shortMsgGatewayContextV3], {
      onInvoke: (dialogue, { invokeId }) =>
        void dialogue.tcap.reject(invokeId, { type: 'invoke', code: problem }),
      onDelimiter: (dialogue) => dialogue.close(),
    });
    const dialogue = plant.open(shortMsgGatewayContextV3);
    plant.ask(dialogue, sendRoutingInfoForSM, argument);
    dialogue.delimiter();
    plant.run();
    assert.deepEqual(plant.told.slice(-2), [`a ${told}`, 'a close']);
  }
  const silent = new Plant();
  silent.serve([shortMsgGatewayContextV3], {});
  const dialogue = silent.open(shortMsgGatewayContextV3);
  silent.ask(dialogue, sendRoutingInfoForSM, argument);
  dialogue.delimiter();
  silent.run(31_000);
  assert.deepEqual(silent.told.slice(-1), ['a no-response-from-the-peer']);
});

test('3GPP TS 29.002 §15.5 an operation that the context does not have, a parameter that is wrong: rejected by the provider', () => {
  const plant = new Plant();
  plant.serve([shortMsgGatewayContextV3], { onDelimiter: (dialogue) => dialogue.close() });
  const dialogue = plant.open(shortMsgGatewayContextV3);
  plant.ask(dialogue, { ...sendRoutingInfoForSM, code: 22 }, argument);
  dialogue.tcap.invoke({
    operationCode: 45,
    parameter: Uint8Array.of(0x30, 0),
    operationClass: 1,
    timeoutMs: 1000,
  });
  dialogue.delimiter();
  plant.run();
  assert.deepEqual(plant.told.slice(-3), [
    'a not-supported-service',
    // It was asked for below MAP, and so belongs to nothing here.
    'a notice abnormal-event-detected-by-the-peer',
    'a close',
  ]);
  assert.equal(plant.counters.get('map.unrecognized-operation'), 1);
});

test('3GPP TS 29.002 §15.4 a result that cannot be read is rejected, an error that is not declared too, and the user is told', () => {
  for (const [answer, told, rejected] of [
    ['result', 'invalid-response-received', 'returnResult.2'],
    ['error', 'error 99', 'returnError.2'],
  ] as const) {
    const plant = new Plant();
    plant.serve([shortMsgGatewayContextV3], {
      onInvoke: (dialogue, { invokeId }) => {
        if (answer === 'error') dialogue.tcap.error(invokeId, 99);
        else dialogue.tcap.result(invokeId, { operationCode: 45, parameter: Uint8Array.of(0x30, 2, 4, 0) });
      },
      onDelimiter: (dialogue) => dialogue.delimiter(),
    });
    const dialogue = plant.open(shortMsgGatewayContextV3);
    plant.ask(dialogue, sendRoutingInfoForSM, argument);
    dialogue.delimiter();
    plant.run();
    assert.deepEqual(plant.told.slice(-2), [`a ${told}`, 'a delimiter']);
    assert.equal(plant.counters.get(`map.response-rejected.${rejected}`), 1);
    dialogue.close();
    plant.run();
    assert.ok(plant.told.includes('b notice response-rejected-by-the-peer'), plant.told.join(', '));
  }
});

test('3GPP TS 29.002 §7.3.6 a begin that comes back from the network: the remote node cannot be reached; a later message is a notice', () => {
  const plant = new Plant();
  plant.serve([shortMsgGatewayContextV3], { onDelimiter: (dialogue) => dialogue.delimiter() });
  plant.sccp.returns = () => 1;
  plant.open(shortMsgGatewayContextV3).delimiter();
  plant.run();
  assert.deepEqual(plant.told, ['a open refused remote-node-not-reachable']);
  plant.sccp.returns = null;
  const dialogue = plant.open(shortMsgGatewayContextV3);
  dialogue.delimiter();
  plant.run();
  dialogue.user.onNotice?.(dialogue, 'message-cannot-be-delivered-to-the-peer');
  // A later message of ours came back.
  dialogue.tcap.user.onNotice?.(dialogue.tcap, 1);
  assert.deepEqual(plant.told.slice(-1), ['a notice message-cannot-be-delivered-to-the-peer']);
});

test('requests after the end do nothing but count; what the peer ends takes the open services with it', () => {
  const plant = new Plant();
  plant.serve([shortMsgGatewayContextV3], { onDelimiter: (dialogue) => dialogue.close() });
  const dialogue = plant.open(shortMsgGatewayContextV3);
  plant.ask(dialogue, sendRoutingInfoForSM, argument);
  dialogue.delimiter();
  plant.run();
  assert.deepEqual(plant.told.slice(-3), ['a open accepted', 'a service-completion-failure', 'a close']);
  assert.equal(
    dialogue.invoke(sendRoutingInfoForSM, argument, () => assert.fail('over')),
    false,
  );
  dialogue.delimiter();
  dialogue.close();
  dialogue.abort();
  assert.equal(plant.counters.get('map.dialogue.request-stale'), 4);
});

test('3GPP TS 29.002 §5.1 a request falls back from version to version, and the next one begins where the peer is', () => {
  const plant = new Plant();
  plant.serve([shortMsgGatewayContextV1], hlr);
  const versions = new VersionMemory({
    now: () => plant.timers.now(),
    counters: plant.counters,
    ageMaxMs: 1000,
  });
  const ask = () => {
    const taken: number[] = [];
    requestNegotiated(
      { tcap: plant.a, counters: plant.counters, versions },
      {
        localAddress: A,
        remoteAddress: B,
        destination: '2',
        versions: [
          requestVersion(shortMsgGatewayContextV3, sendRoutingInfoForSM, argument, () => true),
          requestVersion(shortMsgGatewayContextV2, sendRoutingInfoForSMV2, argument, () => true),
          requestVersion(shortMsgGatewayContextV1, sendRoutingInfoForSMV2, argument, () => true),
        ],
        timeoutMs: 1000,
      },
      (answer) => taken.push(answer.kind === 'none' ? -1 : answer.version),
    );
    plant.run();
    assert.deepEqual(taken, [1]);
  };
  ask();
  assert.equal(plant.counters.get('map.context-refused'), 1, 'version 1 was offered, and tried at once');
  ask();
  assert.equal(plant.counters.get('map.context-refused'), 1, 'it is remembered');
  plant.run(2000);
  ask();
  assert.equal(plant.counters.get('map.context-refused'), 2, 'and asked anew after a while');
});

test('the memory of versions is bounded: the oldest gives way, and is counted', () => {
  const counters = new Plant().counters;
  const versions = new VersionMemory({ now: () => 0, counters, entriesMax: 2 });
  const contexts = [shortMsgGatewayContextV3, shortMsgGatewayContextV2];
  for (const peer of ['1', '2', '3']) versions.learn(peer, contexts, shortMsgGatewayContextV2);
  assert.equal(versions.size, 2);
  assert.equal(counters.get('map.version-forgotten'), 1);
  assert.equal(versions.first('1', contexts), shortMsgGatewayContextV3);
  assert.equal(versions.first('3', contexts), shortMsgGatewayContextV2);
});

test('every context of MAP can be opened and closed', () => {
  for (const context of mapApplicationContexts.all) {
    const plant = new Plant();
    plant.serve([context], { onDelimiter: (dialogue) => dialogue.close() });
    const dialogue = plant.open(context);
    if (context.version === 1) continue;
    dialogue.delimiter();
    plant.run();
    assert.deepEqual(plant.told, ['b delimiter', 'a open accepted', 'a close'], context.name);
  }
  const plant = new Plant();
  plant.serve([shortMsgAlertContextV1], { onDelimiter: (dialogue) => dialogue.close() });
  const dialogue = plant.open(shortMsgAlertContextV1);
  dialogue.invoke(
    alertServiceCentreWithoutResult,
    { msisdn, serviceCentreAddress: internationalAddress('49170') },
    () => assert.fail('class 4'),
  );
  dialogue.delimiter();
  plant.run();
  assert.deepEqual(plant.told, [
    'b alertServiceCentreWithoutResult',
    'b delimiter',
    'a open accepted',
    'a close',
  ]);
});

test('reportSM-DeliveryStatus and sendRoutingInfoForSM in one dialogue: each has its outcome', () => {
  const plant = new Plant();
  plant.serve([shortMsgGatewayContextV3], {
    onInvoke: (dialogue, indication) => {
      if (indication.operation === sendRoutingInfoForSM)
        dialogue.result(indication, sendRoutingInfoForSM, routed);
      else dialogue.error(indication, unknownSubscriber);
    },
    onDelimiter: (dialogue) => dialogue.close(),
  });
  const dialogue = plant.open(shortMsgGatewayContextV3);
  plant.ask(dialogue, sendRoutingInfoForSM, argument);
  plant.ask(dialogue, reportSMDeliveryStatus, {
    msisdn,
    serviceCentreAddress: msisdn,
    'sm-DeliveryOutcome': 'successfulTransfer',
  });
  dialogue.delimiter();
  plant.run();
  assert.deepEqual(plant.told.slice(-4), [
    'a open accepted',
    'a result',
    'a error unknownSubscriber',
    'a close',
  ]);
});
