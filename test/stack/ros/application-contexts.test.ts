import assert from 'node:assert/strict';
import test from 'node:test';
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
import { findOperation } from '../../../src/stack/ros/application-context.ts';

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
  assert.equal(mapVersion1Context(89), undefined);
});
