import assert from 'node:assert/strict';
import test from 'node:test';
import { operationNames, operationVersions } from '../../src/decode/catalogue.ts';
import { decodeOperation, type Part } from '../../src/decode/operation-tree.ts';
import { findNode, type TreeNode, treeText } from '../../src/decode/tree.ts';
import { internationalAddress } from '../../src/stack/map/address-string.ts';
import { mtForwardSM } from '../../src/stack/map/operations/mt-forward-sm.ts';
import { noteMMEvent } from '../../src/stack/map/operations/note-mm-event.ts';
import { encodeTbcd } from '../../src/stack/map/tbcd.ts';
import { mmCodes } from '../../src/stack/map/types/camel.ts';
import { argumentCodec } from '../../src/stack/ros/codecs.ts';
import { SeededRandom } from '../../src/types/random.ts';
import { damage } from '../support/damage.ts';
import { readJsonLines } from '../support/json-lines.ts';
import { NO_SHARED, sharedPath } from '../support/shared.ts';

const octets = (hex: string) => Buffer.from(hex, 'hex');

function treeOf(operation: string, part: Part, hex: string, version?: number): TreeNode {
  const decoded = decodeOperation({
    operation,
    part,
    octets: octets(hex),
    ...(version === undefined ? {} : { version }),
  });
  assert.ok(decoded, operation);
  return decoded.tree;
}
const shownOf = (tree: TreeNode, name: string) => findNode(tree, name)?.value;

test('a parameter is shown with the names of the specification, its values and where they stand', () => {
  const tree = treeOf('alertServiceCentre', 'argument', '300f0407919471000010f00404917120f5');
  const msisdn = findNode(tree, 'msisdn');
  assert.deepEqual(
    { value: msisdn?.value, offset: msisdn?.offset, length: msisdn?.length, octets: msisdn?.octets },
    { value: '49170000010', offset: 2, length: 9, octets: '919471000010f0' },
  );
  assert.equal(shownOf(tree, 'serviceCentreAddress'), '17025');
  assert.match(treeText(tree), /^alertServiceCentre\n {2}msisdn: 49170000010/);
});

test('noteMM-Event says which event was met', () => {
  const argument = argumentCodec(noteMMEvent)?.encode({
    serviceKey: 5,
    eventMet: Uint8Array.of(mmCodes['IMSI-Attach']),
    imsi: encodeTbcd('262010000000001'),
    msisdn: internationalAddress('49170000010'),
  });
  assert.ok(argument);
  const tree = treeOf('noteMM-Event', 'argument', Buffer.from(argument).toString('hex'));
  assert.equal(shownOf(tree, 'eventMet'), 'IMSI-Attach (2)');
  assert.equal(shownOf(tree, 'serviceKey'), 5);
  assert.equal(shownOf(tree, 'imsi'), '262010000000001');
});

test('one error of an operation is found by its own name, by its operation, and by its code', () => {
  const hex = '3003020106';
  for (const request of [
    { operation: 'absentSubscriberSM', part: 'error' },
    { operation: 'sendRoutingInfoForSM', part: 'error', error: '6' },
    { operation: 'sendRoutingInfoForSM', part: 'error', error: 'absentSubscriberSM' },
    { operation: 'sendRoutingInfoForSM', part: 'error' },
  ] as const) {
    const decoded = decodeOperation({ ...request, octets: octets(hex) });
    assert.equal(decoded?.tree.name, 'absentSubscriberSM');
    assert.equal(shownOf(decoded.tree, 'absentSubscriberDiagnosticSM'), 6);
  }
});

test('the extension of initialDP is that of its phase', () => {
  const hex = '300f800101bf3b09810791947100001009';
  const second = treeOf('initialDP', 'argument', hex, 2);
  const third = treeOf('initialDP', 'argument', hex, 3);
  assert.ok(findNode(second, 'gmscAddress'));
  assert.ok(findNode(third, 'forwardingDestinationNumber'));
});

test('the TPDU of a short message is shown with its text', () => {
  // SMS-DELIVER from 1234, 2026-07-04, "hello" in the default alphabet.
  const tpdu = octets('0404812143000062704090646100'.concat('05e8329bfd06'));
  const argument = argumentCodec(mtForwardSM)?.encode({
    'sm-RP-DA': { imsi: encodeTbcd('262010000000001') },
    'sm-RP-OA': { serviceCentreAddressOA: internationalAddress('491710760000') },
    'sm-RP-UI': tpdu,
  });
  assert.ok(argument);
  const tree = treeOf('mt-ForwardSM', 'argument', Buffer.from(argument).toString('hex'));
  assert.equal(findNode(tree, 'sm-RP-DA')?.children?.[0]?.name, 'imsi');
  assert.equal(findNode(tree, 'sm-RP-UI')?.children?.[0]?.name, 'SMS-DELIVER');
  assert.equal(shownOf(tree, 'TP-OA'), '1234');
  assert.equal(shownOf(tree, 'TP-UD'), 'hello');
});

test('what is not declared is named so, and shown as plain BER', () => {
  const decoded = decodeOperation({
    operation: 'checkIMEI',
    part: 'argument',
    octets: octets('04085385600000000050'),
  });
  assert.equal(decoded?.covered, false);
  assert.equal(decoded.tree.note, 'not covered yet');
  assert.equal(decoded.tree.children?.[0]?.name, 'OCTET STRING');
  assert.equal(
    decodeOperation({ operation: 'noSuchThing', part: 'argument', octets: octets('0500') }),
    undefined,
  );
  const unknownField = treeOf('informServiceCentre', 'argument', '3008030202508f020102');
  assert.match(treeText(unknownField), /\[15\]: 0102 {2}\(not covered by the declaration\)/);
});

test('a field out of order, out of its size, or missing is shown with a note', () => {
  const disordered = treeText(treeOf('informServiceCentre', 'argument', '300a03020780040491947100'));
  assert.match(disordered, /mw-Status: sc-AddressNotIncluded {2}\[80\] {2}\(size\)/);
  assert.match(disordered, /storedMSISDN: 491700 .*\(out of order\)/);
  const missing = treeText(treeOf('alertServiceCentre', 'argument', '300404029194'));
  assert.match(missing, /serviceCentreAddress {2}\(missing\)/);
});

test('every declared operation has a version, and is found by its name', () => {
  assert.ok(operationNames().length > 70);
  for (const name of operationNames()) assert.ok(operationVersions(name).length > 0, name);
});

const file = sharedPath('vectors/hex.jsonl');

test('8 000 damaged parameters make a tree each, of all that was given', {
  skip: file === undefined ? NO_SHARED : false,
}, () => {
  const random = new SeededRandom(8000);
  const vectors = readJsonLines<{ op: string; kind: string; hex: string }>(file ?? '').filter(
    ({ op, kind, hex }) =>
      hex.length > 0 && hex.length < 800 && kind !== 'tcap' && operationVersions(op).length > 0,
  );
  const parts: Readonly<Record<string, Part>> = { arg: 'argument', res: 'result', err: 'error' };
  for (let round = 0; round < 8000; round++) {
    const { op, kind, hex } = vectors[random.uint32() % vectors.length]!;
    const damaged = damage(octets(hex), random);
    const decoded = decodeOperation({
      operation: op,
      part: parts[kind]!,
      version: operationVersions(op)[0]!.version,
      octets: damaged,
    });
    assert.ok(decoded);
    walk(decoded.tree, damaged.length);
  }
});

function walk(node: TreeNode, length: number): void {
  assert.ok(node.offset >= 0 && node.offset + node.length <= length, node.name);
  for (const child of node.children ?? []) walk(child, length);
}
