import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OperatedPhones } from '../../src/simulator/operated-phones.ts';
import type { Person } from '../../src/simulator/person.ts';
import { type PhoneReport, phoneOrder } from '../../src/simulator/phone-orders.ts';
import { isClean } from '../../src/simulator/report.ts';
import { Plant } from './plant.ts';

/** A subscriber's phone in the hand of somebody outside. */
async function inHand(): Promise<{
  plant: Plant;
  person: Person;
  phones: OperatedPhones;
  reports: PhoneReport[];
}> {
  const people = ['4915100000010', '4915100000011'].map((number, at) => ({
    name: `person ${at}`,
    number,
    missedCalls: true,
    notifyMe: 'off' as const,
    timeZone: 'UTC',
    withheld: false,
    mobilityReported: false,
  }));
  const plant = new Plant({ seed: 1, scenario: { name: 'operated', people, story: [], expect: [] } });
  await plant.start();
  const reports: PhoneReport[] = [];
  const phones = new OperatedPhones({
    network: plant.network,
    serviceNumber: '4321',
    tell: (report) => void reports.push(report),
  });
  return { plant, person: plant.network.people[0]!, phones, reports };
}

test('S1 S2 a phone that is operated from outside sends a keyword, walks through a menu, and is answered', async () => {
  const { plant, person, phones, reports } = await inHand();
  const { number } = person;
  const order = (what: object): boolean => phones.take(phoneOrder.parse({ number, ...what }));
  order({ kind: 'send', id: 1, text: `STATUS ${'please '.repeat(30)}` });
  plant.run(3_000);
  assert.deepEqual(
    reports.splice(0),
    [{ kind: 'sent', number, id: 1, outcome: 'taken' }],
    'of all parts, once',
  );
  assert.match(person.handset.inbox.at(-1)?.text ?? '', /^Missed-call notices: on/);

  order({ kind: 'dial', code: '*123#' });
  plant.run(1_000);
  const [menu] = reports.splice(0);
  assert.ok(menu?.kind === 'page' && menu.asks && menu.text.includes('7 Settings'), JSON.stringify(menu));
  order({ kind: 'dial', code: '*123#' });
  assert.deepEqual(reports.splice(0), [{ kind: 'ended', number, how: 'refused' }], 'it has one open');
  for (const text of ['7', '2', '3']) {
    order({ kind: 'answer', text });
    plant.run(1_000);
  }
  assert.deepEqual(reports.splice(0).slice(-2), [
    { kind: 'page', number, text: 'Ab jetzt schreiben wir Ihnen auf Deutsch.', asks: false },
    { kind: 'ended', number, how: 'result' },
  ]);

  order({ kind: 'dial', code: '*123#' });
  plant.run(1_000);
  order({ kind: 'cancel' });
  plant.run(1_000);
  assert.deepEqual(reports.splice(0).at(-1), { kind: 'ended', number, how: 'left' });
  order({ kind: 'dial', code: '*100#' });
  plant.run(1_000);
  assert.deepEqual(reports.splice(0), [{ kind: 'ended', number, how: 'error' }]);
  const report = plant.network.report();
  assert.ok(isClean(report), JSON.stringify(report.faults));
  assert.equal(plant.network.judge.byFigures, 1, 'what it reads is judged by figures from then on');
});

test('a phone that is off sends nothing and says so; one that nobody has is not known', async () => {
  const { plant, person, phones, reports } = await inHand();
  const { number } = person;
  phones.take({ kind: 'dial', number, code: '*123#' });
  plant.run(1_000);
  reports.length = 0;
  phones.take({ kind: 'power', number, on: false });
  plant.run(100);
  assert.deepEqual(reports.splice(0), [
    { kind: 'ended', number, how: 'left' },
    { kind: 'radio', number, radio: 'off' },
  ]);
  phones.take({ kind: 'send', number, id: 7, text: 'STATUS' });
  phones.take({ kind: 'dial', number, code: '*123#' });
  phones.take({ kind: 'hold', number });
  assert.deepEqual(reports.splice(0), [
    { kind: 'sent', number, id: 7, outcome: 'no-network' },
    { kind: 'ended', number, how: 'no-network' },
    { kind: 'radio', number, radio: 'off' },
  ]);
  phones.take({ kind: 'power', number, on: true });
  assert.deepEqual(reports.splice(0), [{ kind: 'radio', number, radio: 'on' }]);
  assert.equal(phones.take({ kind: 'hold', number: '4915199999999' }), false);
});

test('orders are checked: a code, a text and a number have a form and a length', () => {
  const number = '4915100000010';
  for (const order of [
    { kind: 'dial', number, code: '123' },
    { kind: 'dial', number, code: `*${'1'.repeat(100)}#` },
    { kind: 'send', number, id: 1, text: '' },
    { kind: 'send', number, id: 1, text: 'x'.repeat(269) },
    { kind: 'send', number: '+49', id: 1, text: 'x' },
    { kind: 'answer', number, text: 'x'.repeat(81) },
    { kind: 'hold', number, more: true },
    { kind: 'explode', number },
    null,
  ])
    assert.equal(phoneOrder.safeParse(order).success, false, JSON.stringify(order));
});
