import assert from 'node:assert/strict';
import test from 'node:test';
import { decodeOperation } from '../../../src/decode/operation-tree.ts';
import { findNode } from '../../../src/decode/tree.ts';
import {
  capApplicationContexts,
  capV1GsmSsfToGsmScf,
  capV2GsmSsfToGsmScf,
  capV3GsmSsfScfGeneric,
  capV4GsmSsfScfGeneric,
} from '../../../src/stack/cap/application-contexts.ts';
import { initialDP, initialDPV2 } from '../../../src/stack/cap/operations/initial-dp.ts';
import {
  mapApplicationContexts,
  mapVersion1Context,
  shortMsgGatewayContextV1,
  shortMsgGatewayContextV3,
} from '../../../src/stack/map/application-contexts.ts';
import {
  type ApplicationContext,
  findOperation,
  type Side,
} from '../../../src/stack/ros/application-context.ts';
import { argumentCodec } from '../../../src/stack/ros/codecs.ts';

const all = [...mapApplicationContexts.all, ...capApplicationContexts.all];
const mapContext = (code: number, version: number) =>
  mapApplicationContexts.find([0, 4, 0, 0, 1, 0, code, version]);

test('the context decides what operation code 46 means: 3GPP TS 29.002 §17.3.2', () => {
  const name = (code: number, version: number, operation: number) => {
    const context = mapContext(code, version);
    return context && findOperation(context, 'initiator', operation)?.name;
  };
  assert.equal(name(21, 3, 46), 'mo-ForwardSM');
  assert.equal(name(21, 2, 46), 'forwardSM');
  assert.equal(name(21, 1, 46), 'forwardSM');
  assert.equal(name(25, 2, 46), 'forwardSM');
  assert.equal(name(25, 3, 46), undefined);
  assert.equal(name(25, 3, 44), 'mt-ForwardSM');
  assert.equal(name(23, 2, 64), 'alertServiceCentre');
  assert.equal(name(23, 1, 49), 'alertServiceCentreWithoutResult');
  assert.equal(name(42, 3, 89), 'noteMM-Event');
});

test('informServiceCentre is for the responder to invoke, from version 2 on', () => {
  assert.equal(findOperation(shortMsgGatewayContextV3, 'responder', 63)?.name, 'informServiceCentre');
  assert.equal(findOperation(shortMsgGatewayContextV3, 'initiator', 63), undefined);
  assert.equal(findOperation(shortMsgGatewayContextV1, 'responder', 63), undefined);
});

test('initialDP of phases 1 and 2 has another extension than that of 3 and 4', () => {
  assert.equal(findOperation(capV1GsmSsfToGsmScf, 'initiator', 0), initialDPV2);
  assert.equal(findOperation(capV2GsmSsfToGsmScf, 'initiator', 0), initialDPV2);
  assert.equal(findOperation(capV3GsmSsfScfGeneric, 'initiator', 0), initialDP);
  assert.equal(findOperation(capV4GsmSsfScfGeneric, 'initiator', 0), initialDP);
  assert.equal(findOperation(capV3GsmSsfScfGeneric, 'responder', 0), undefined);
});

test('no two contexts share a name on the wire or off it', () => {
  assert.equal(new Set(all.map((context) => context.name)).size, all.length);
  assert.equal(new Set(all.map((context) => context.objectIdentifier.join('.'))).size, all.length);
});

test('every operation has a name, a class that fits its outcomes, and a timer', () => {
  for (const context of all)
    for (const operation of [...context.initiator.values(), ...context.responder.values()]) {
      assert.ok(operation.name, `${context.name} ${operation.code}`);
      assert.ok(operation.timerMs, operation.name);
      if (operation.errors.length > 0) assert.ok((operation.operationClass ?? 0) <= 2, operation.name);
      if (operation.result !== undefined)
        assert.equal((operation.operationClass ?? 0) % 2, 1, operation.name);
      assert.equal(new Set(operation.errors.map((error) => error.code)).size, operation.errors.length);
    }
});

test('a dialogue that names no context is one of version 1, and its first operation tells which', () => {
  assert.equal(mapVersion1Context(45)?.name, 'shortMsgGatewayContext-v1');
  assert.equal(mapVersion1Context(46)?.name, 'shortMsgRelayContext-v1');
  assert.equal(mapVersion1Context(49)?.name, 'shortMsgAlertContext-v1');
  assert.equal(mapVersion1Context(48)?.name, 'mwdMngtContext-v1');
  assert.equal(mapVersion1Context(54)?.name, 'networkFunctionalSsContext-v1');
  assert.equal(mapVersion1Context(19)?.name, 'networkFunctionalSsContext-v1');
  assert.equal(mapVersion1Context(89), undefined);
});

const errorCodes = (context: ApplicationContext | undefined, side: Side, code: number) =>
  context?.[side]
    .get(code)
    ?.errors.map((error) => error.code)
    .sort((one, other) => one - other);

test('version 1 answers with errors of its own: ETSI ETS 300 599, 3GPP TS 29.002 §17.3.2', () => {
  assert.deepEqual(errorCodes(mapContext(2, 1), 'initiator', 3), [5, 36]);
  assert.deepEqual(errorCodes(mapContext(2, 2), 'initiator', 3), [35, 36]);
  assert.deepEqual(errorCodes(mapContext(18, 1), 'initiator', 14), [1, 16, 18, 34, 36]);
  assert.deepEqual(errorCodes(mapContext(18, 2), 'initiator', 14), [10, 11, 13, 16, 18, 34, 35, 36]);
  assert.deepEqual(errorCodes(mapContext(21, 1), 'initiator', 46), [5, 9, 21, 27, 32, 34, 36]);
  for (const [context, code] of [
    [16, 7],
    [16, 8],
    [20, 47],
  ] as const) {
    assert.equal(mapContext(context, 1)?.initiator.get(code)?.result, undefined, `${code}`);
    assert.ok(mapContext(context, 2)?.initiator.get(code)?.result, `${code}`);
  }
});

test('what the gsmSCF asks for and changes of a subscription has a context of its own: 3GPP TS 29.002 §17.3.2', () => {
  const context = mapContext(43, 3);
  assert.equal(context?.name, 'anyTimeInfoHandlingContext-v3');
  assert.deepEqual([...context.initiator.keys()].sort(), [62, 65]);
});

test('the dialogues of CAP have the operations of their packages: 3GPP TS 29.078 §6.1.2, §6.2.2', () => {
  const names = (arcs: readonly number[], side: Side) =>
    [...(capApplicationContexts.find(arcs)?.[side].values() ?? [])].map(({ name }) => name).sort();
  const toSrf = ['activityTest', 'cancel', 'playAnnouncement', 'promptAndCollectUserInformation'];
  for (const arcs of [
    [0, 4, 0, 0, 1, 0, 52, 1],
    [0, 4, 0, 0, 1, 20, 3, 14],
    [0, 4, 0, 0, 1, 22, 3, 14],
  ]) {
    assert.deepEqual(names(arcs, 'responder'), toSrf);
    assert.deepEqual(names(arcs, 'initiator'), ['assistRequestInstructions', 'specializedResourceReport']);
  }
  const toAssisting = [...toSrf, 'connectToResource', 'disconnectForwardConnection', 'resetTimer'];
  assert.deepEqual(names([0, 4, 0, 0, 1, 21, 3, 6], 'responder'), toAssisting.sort());
  assert.ok(names([0, 4, 0, 0, 1, 23, 3, 6], 'responder').includes('dFCWithArgument'));
  assert.ok(names([0, 4, 0, 0, 1, 23, 3, 4], 'responder').includes('callGap'));
  const fromScf = names([0, 4, 0, 0, 1, 23, 3, 8], 'initiator');
  assert.ok(fromScf.includes('initiateCallAttempt') && !fromScf.includes('callGap'));
});

test('unknownCSID is an error of phase 4: 3GPP TS 29.078 §10.1', () => {
  for (const { version, initiator, responder } of capApplicationContexts.all)
    for (const { name, errors } of [...initiator.values(), ...responder.values()])
      if (version < 4) assert.ok(!errors.some(({ code }) => code === 51), `${name} ${version}`);
  assert.ok(errorCodes(capV4GsmSsfScfGeneric, 'responder', 33)?.includes(51));
});

test('phase 2 has other tags for what is charged and for a temporary connection: ETSI TS 101 046', () => {
  const read = (context: ApplicationContext, code: number, hex: string) => {
    const operation = findOperation(context, 'responder', code);
    const decoded = operation && argumentCodec(operation)?.decode(Buffer.from(hex, 'hex'));
    assert.ok(decoded?.ok);
    return decoded.value as Record<string, unknown>;
  };
  const temporary = '300b800403002120a703820100';
  const second = read(capV2GsmSsfToGsmScf, 17, temporary);
  assert.deepEqual(second['serviceInteractionIndicatorsTwo'], {
    forwardServiceInteractionInd: undefined,
    backwardServiceInteractionInd: undefined,
    bothwayThroughConnectionInd: 'bothwayPathRequired',
    connectedNumberTreatmentInd: undefined,
    nonCUGCall: undefined,
    holdTreatmentIndicator: undefined,
    cwTreatmentIndicator: undefined,
    ectTreatmentIndicator: undefined,
  });
  assert.equal(read(capV3GsmSsfScfGeneric, 17, '3009800403002120870105')['callSegmentID'], 5);
  const charging = decodeOperation({
    operation: 'applyCharging',
    part: 'argument',
    octets: Buffer.from('3012800ba009800203e8a1030101ffa203800101', 'hex'),
    version: 2,
  });
  assert.equal(charging && findNode(charging.tree, 'tone')?.value, true);
});
