import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMAND_STATUS } from '../../../src/stack/smpp/command-status.ts';
import { integerTlv } from '../../../src/stack/smpp/tlv.ts';
import { B, cancelBody, queryBody, replaceBody, SmscPlant } from './smsc-plant.ts';

const HOUR_MS = 3_600_000;

test('a message goes to a phone that is there, and its receipt to who sent it', () => {
  const plant = new SmscPlant();
  plant.there.add(B);
  const id = plant.submit('Hello');
  plant.pair.advance(100);
  assert.deepEqual(plant.inbox, [{ number: B, text: 'Hello' }]);
  assert.deepEqual(plant.receipts, [{ messageId: id, state: 'DELIVERED', final: true, error: '3/0' }]);
});

test('a message waits for its phone, and says so where that was asked for; then it is delivered, or its time is over', () => {
  const plant = new SmscPlant();
  const id = plant.submit('Hello', { registeredDelivery: 0x11 });
  plant.pair.advance(1_000);
  assert.deepEqual(
    plant.receipts.map(({ state, final }) => [state, final]),
    [['ENROUTE', false]],
  );
  const other = plant.submit('Second', { validityPeriod: '000000010000000R' });
  plant.pair.advance(HOUR_MS + 1_000);
  assert.deepEqual(plant.receipts.at(-1), { messageId: other, state: 'EXPIRED', final: true, error: '3/1' });
  plant.comeBack(B);
  assert.deepEqual(plant.inbox, [{ number: B, text: 'Hello' }]);
  assert.equal(plant.receipts.at(-1)?.messageId, id);
  assert.equal(plant.smsc.pending, 0);
});

test('receipts as the service asks: none, any, failures only', () => {
  const plant = new SmscPlant();
  plant.there.add(B);
  for (const registeredDelivery of [0, 1, 2]) plant.submit('Hello', { registeredDelivery });
  plant.submit('Nobody', { registeredDelivery: 2, destinationAddr: '0' });
  plant.pair.advance(100);
  assert.deepEqual(
    plant.receipts.map(({ state }) => state),
    ['DELIVERED', 'UNDELIVERABLE'],
  );
});

test('replace_if_present, replace_sm and cancel_sm change what was not delivered, and nothing else', () => {
  const plant = new SmscPlant();
  const first = plant.submit('One');
  plant.pair.advance(100);
  assert.equal(plant.submit('Two', { replaceIfPresentFlag: 1 }), first);
  assert.equal((plant.ask('replace_sm', replaceBody(first, 'Three')) as { status: number }).status, 0);
  const second = plant.submit('Four', { serviceType: 'VMN', replaceIfPresentFlag: 1 });
  assert.notEqual(second, first, 'of another service type');
  plant.pair.advance(100);
  assert.equal((plant.ask('cancel_sm', cancelBody(second)) as { status: number }).status, 0);
  plant.comeBack(B);
  assert.deepEqual(
    plant.inbox.map(({ text }) => text),
    ['Three'],
  );
  const status = (answer: unknown) => (answer as { status: number }).status;
  assert.equal(status(plant.ask('replace_sm', replaceBody(first, 'Five'))), COMMAND_STATUS.ESME_RREPLACEFAIL);
  assert.equal(status(plant.ask('cancel_sm', cancelBody(first))), COMMAND_STATUS.ESME_RCANCELFAIL);
});

test('query_sm tells the state of a message of one’s own', () => {
  const plant = new SmscPlant();
  plant.there.add(B);
  const id = plant.submit('Hello');
  plant.pair.advance(100);
  assert.deepEqual(plant.ask('query_sm', queryBody(id)), {
    status: 0,
    body: { messageId: id, finalDate: '261127120000000+', messageState: 2, errorCode: 0 },
  });
  assert.deepEqual(plant.ask('query_sm', queryBody('nobody')), {
    status: COMMAND_STATUS.ESME_RQUERYFAIL,
    body: {},
  });
});

test('as others behave: throttling, late and lost responses, refusals, identifiers in another base', () => {
  const throttling = new SmscPlant({ perSecondMax: 2 });
  assert.deepEqual([1, 2, 3].map(() => throttling.submit('Hello')).at(-1), '0x58');
  throttling.pair.advance(1_100);
  assert.match(throttling.submit('Hello'), /^\d+$/);

  const losing = new SmscPlant({ losesResponse: () => true });
  losing.there.add(B);
  assert.equal(losing.submit('Hello'), 'unanswered');
  losing.pair.advance(100);
  assert.equal(losing.inbox.length, 1, 'taken all the same');

  const waits = [300, 100];
  const late = new SmscPlant({ responseMs: () => waits.shift() ?? 0 });
  assert.deepEqual([late.submit('One'), late.submit('Two')], ['unanswered', 'unanswered']);
  late.pair.advance(1_000);
  assert.equal(late.pair.esme.waiting, 0);

  const stubborn = new SmscPlant({ replaces: false, cancels: false, replacesIfPresent: false });
  const id = stubborn.submit('One');
  assert.notEqual(stubborn.submit('Two', { replaceIfPresentFlag: 1 }), id);

  const decimal = new SmscPlant({ receiptIds: 'decimal', receipts: 'text' });
  decimal.there.add(B);
  const hexadecimal = decimal.submit('One');
  decimal.pair.advance(100);
  assert.equal(decimal.receipts[0]?.messageId, String(Number.parseInt(hexadecimal, 16)));
});

test('set_dpf: who asked is told that the phone is there', () => {
  const plant = new SmscPlant();
  plant.submit('Hello', {}, [integerTlv('set_dpf', 1, 1)]);
  plant.pair.advance(100);
  plant.comeBack(B);
  assert.deepEqual(plant.alerts, [B]);
});

test('what a phone sends comes to the client', () => {
  const plant = new SmscPlant();
  assert.ok(plant.smsc.fromPhone(B, '2020', Buffer.from('HELP'), 0));
  plant.pair.carry();
  assert.deepEqual(plant.fromPhones, [`${B}: HELP`]);
});
