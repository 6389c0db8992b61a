import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeSmsDeliver } from '../../src/stack/sms/sms-deliver.ts';
import { userDataText } from '../../src/stack/sms/user-data.ts';
import type { SubscriberState } from '../../src/types/model/state.ts';
import { PocketPlant, profile } from './pocket-plant.ts';

const A = '491710000001';
const B = '491710000002';
const SERVICE = '4321';

/** What stands on a phone; parts of a long message one after the other, the same octets once. */
function read(plant: PocketPlant, number: string): string[] {
  return [...new Set(plant.network.handset(number).inbox)].map((hex) => {
    const message = decodeSmsDeliver(Buffer.from(hex, 'hex'));
    assert.ok(message.ok);
    return userDataText(message.value.dataCodingScheme, message.value.userData);
  });
}

function stateOf(plant: PocketPlant, number: string): SubscriberState | undefined {
  let state: SubscriberState | undefined;
  plant.engine.commands.get(number, (found) => {
    state = found;
  });
  plant.run(100);
  return state;
}

test('S1 a service is opened, used, and closed by short message, in the language of the subscriber', () => {
  const plant = new PocketPlant();
  plant.network.send(B, SERVICE, 'Hi, open please');
  plant.run(1000);
  assert.deepEqual(plant.network.sent, ['result']);
  assert.match(read(plant, B)[0] ?? '', /^Missed-call notices are on\./);
  plant.network.call(A, B);
  plant.run(1000);
  assert.match(read(plant, B)[1] ?? '', /^You missed a call from \+491710000001/);
  plant.network.send(B, SERVICE, 'sprache deutsch');
  plant.network.send(B, SERVICE, 'language deutsch');
  plant.run(5000);
  assert.ok(read(plant, B).includes('Ab jetzt schreiben wir Ihnen auf Deutsch.'));
  plant.network.send(B, SERVICE, 'Ruhe 22-7');
  plant.network.send(B, SERVICE, 'Stopp');
  plant.run(5000);
  assert.match(read(plant, B).at(-1) ?? '', /^Alles ist aus/);
  plant.network.call(A, B);
  plant.run(1000);
  assert.deepEqual(plant.network.calls, ['continued', 'let-go']);
  assert.deepEqual(stateOf(plant, B)?.profile?.preferences?.quietHours, { fromMinute: 1320, toMinute: 420 });
});

test('S1 what is not understood is helped, and what comes again is one message', () => {
  const plant = new PocketPlant();
  plant.subscribe(B);
  plant.network.send(B, SERVICE, 'what is this', 7);
  plant.network.send(B, SERVICE, 'what is this', 7);
  plant.run(3000);
  plant.network.send(B, SERVICE, 'what is this', 7);
  plant.run(3000);
  assert.deepEqual(plant.network.sent, ['result', 'result', 'result']);
  assert.equal(read(plant, B).length, 1);
  assert.match(read(plant, B)[0] ?? '', /^Sorry, we did not understand\. Send HELP/);
});

test('S2 the menu over MAP, to an answer', () => {
  const plant = new PocketPlant();
  plant.subscribe(B, { ...profile, language: 'de' });
  plant.network.dial(B, '*123#', ['7', '1']);
  plant.run(1000);
  assert.match(plant.network.pages[0] ?? '', /^Callwake\n1 Verpasste Anrufe\n/);
  assert.match(plant.network.pages[1] ?? '', /^Einstellungen\n1 Status\n/);
  assert.match(plant.network.pages[2] ?? '', /^Verpasste Anrufe: an\. /);
  assert.equal(plant.network.pages.length, 3);
  plant.network.dial(B, '*123*3*5#', ['1']);
  plant.run(1000);
  assert.match(plant.network.pages.at(-1) ?? '', /^Alles ist aus/);
  assert.equal(stateOf(plant, B)?.profile?.missedCalls, false);
});

test('S2 a session that nobody answers ends after its time, and one that is left at once', () => {
  const plant = new PocketPlant();
  plant.subscribe(B);
  plant.network.dial(B, '*123#');
  plant.run(1000);
  assert.equal(plant.counters.values.get('self-care.ussd.abort.user'), 1);
  plant.network.dial(B, '*999#');
  plant.run(1000);
  assert.equal(plant.network.pages.at(-1), 'error 36');
});

test('N9 the list on demand', () => {
  const plant = new PocketPlant();
  plant.subscribe(B);
  plant.network.send(B, SERVICE, 'd');
  plant.run(1000);
  assert.deepEqual(read(plant, B), ['There are no missed calls that you have not been told of.']);
});

test('K3 ordered without a call: A is told once when B is back, whatever notices A has ordered', () => {
  const plant = new PocketPlant();
  plant.subscribe(A, { ...profile, missedCalls: false });
  plant.subscribe(B);
  plant.network.handset(B).on = false;
  plant.network.send(A, SERVICE, 'NOTIFY 0171 0000002');
  plant.run(1000);
  assert.deepEqual(read(plant, A), ['We will tell you when +491710000002 can be reached.']);
  plant.network.switchOn(B);
  plant.run(1000);
  assert.match(
    read(plant, A)[1] ?? '',
    /^\+491710000002 can be reached now\. You asked us to tell you at 12:00/,
  );
  plant.network.handset(B).on = false;
  plant.network.call(A, B);
  plant.run(1000);
  plant.network.switchOn(B);
  plant.run(3_600_000);
  assert.equal(read(plant, A).length, 2);
});

test('F2 a report is kept with its subscriber', () => {
  const plant = new PocketPlant();
  plant.subscribe(B);
  plant.network.dial(B, '*123*8*+491710000009#', ['1']);
  plant.run(1000);
  assert.match(plant.network.pages.at(-1) ?? '', /^Thank you\. We have noted \+491710000009 as fraud\./);
  plant.kill();
  plant.start();
  assert.deepEqual(
    stateOf(plant, B)?.selfCare?.reports.map(({ caller }) => caller),
    ['491710000009'],
  );
  assert.equal(plant.counters.values.get('self-care.command.report-fraud'), 1);
});

test('X3 S1 killed at any moment and started again: what was acknowledged is done and answered, once', () => {
  for (let killAtMs = 0; killAtMs < 24; killAtMs++) {
    const plant = new PocketPlant();
    plant.subscribe(B);
    plant.network.send(B, SERVICE, 'QUIET 22-7', 5);
    plant.run(killAtMs);
    plant.kill();
    plant.start();
    plant.run(120_000);
    const answers = read(plant, B);
    assert.ok(answers.length <= 1, `killed at ${killAtMs} ms: answered ${answers.length} times`);
    const done = stateOf(plant, B)?.profile?.preferences?.quietHours !== undefined;
    if (plant.network.sent.includes('result'))
      assert.ok(done, `killed at ${killAtMs} ms: acknowledged and lost`);
    assert.equal(
      answers.length,
      done ? 1 : 0,
      `killed at ${killAtMs} ms: done ${done}, answered ${answers.length}`,
    );
  }
});

for (const part of ['signalling', 'notifier', 'shard-0', 'shard-1'] as const)
  test(`X3 S1 the thread of ${part} dies at any moment: what was acknowledged is done and answered, once`, () => {
    for (let diesAtMs = 0; diesAtMs < 24; diesAtMs++) {
      const plant = new PocketPlant();
      plant.subscribe(B);
      plant.network.send(B, SERVICE, 'QUIET 22-7', 5);
      plant.run(diesAtMs);
      plant.killPart(part);
      plant.run(50);
      plant.startPart(part);
      plant.run(120_000);
      const answers = read(plant, B);
      const done = stateOf(plant, B)?.profile?.preferences?.quietHours !== undefined;
      if (plant.network.sent.includes('result'))
        assert.ok(done, `died at ${diesAtMs} ms: acknowledged and lost`);
      assert.equal(
        answers.length,
        done ? 1 : 0,
        `died at ${diesAtMs} ms: done ${done}, answered ${answers.length}`,
      );
    }
  });
