/** The engine in one thread on virtual time, with a connector before a relay that does what it is told (N6). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACCEPTED, DOWN, LOST, linesOf, plantWith, REFUSED, Relay } from './channels-plant.ts';
import { PocketPlant, profile } from './pocket-plant.ts';

const A = '491710000001';
const B = '491710000002';
const told = ({ network }: PocketPlant): number => network.handset(B).inbox.length;

test('N6 killed at any moment, the process or the notifier: what was acknowledged is told by one e-mail', () => {
  for (const what of ['process', 'notifier'] as const)
    for (let killAtMs = 0; killAtMs < 20; killAtMs++) {
      const relay = new Relay();
      const plant = plantWith(relay, ['e-mail', 'sms']);
      plant.network.call(A, B);
      plant.run(killAtMs);
      if (what === 'process') {
        plant.kill();
        plant.start();
      } else {
        plant.killPart('notifier');
        plant.startPart('notifier');
      }
      plant.run(120_000);
      const ids = new Set(relay.mailbox.map(({ id }) => id));
      const acknowledged = plant.network.calls.includes('continued');
      assert.ok(ids.size <= 1, `${what} killed at ${killAtMs} ms: ${ids.size} different messages`);
      if (acknowledged) assert.equal(ids.size, 1, `${what} killed at ${killAtMs} ms: not told`);
      for (const message of relay.mailbox) assert.deepEqual(message, relay.mailbox[0]);
      assert.equal(told(plant), 0);
    }
});

test('N6 a relay that is down until the connector gives up: the short message, and nothing by e-mail', () => {
  const relay = new Relay();
  relay.answer = DOWN;
  const plant = plantWith(relay, ['e-mail', 'sms']);
  plant.network.call(A, B);
  plant.run(600_000);
  assert.equal(told(plant), 1);
  relay.answer = ACCEPTED;
  plant.run(3_600_000);
  assert.equal(relay.mailbox.length, 0);
});

test('N6 a lost answer: the same message again, and no short message', () => {
  const relay = new Relay();
  relay.answer = LOST;
  const plant = plantWith(relay, ['e-mail', 'sms']);
  plant.network.call(A, B);
  plant.run(600_000);
  relay.answer = ACCEPTED;
  plant.run(3_600_000);
  assert.ok(relay.mailbox.length > 1);
  for (const message of relay.mailbox) assert.deepEqual(message, relay.mailbox[0]);
  assert.equal(told(plant), 0);
});

test('N6 away, and the address refused: the return is told by short message', () => {
  const relay = new Relay();
  relay.answer = REFUSED;
  const plant = plantWith(relay, ['sms', 'e-mail']);
  plant.network.handset(B).on = false;
  plant.network.call(A, B);
  plant.run(1_000);
  assert.equal(told(plant), 0);
  plant.network.switchOn(B);
  plant.run(1_000);
  assert.equal(told(plant), 1);
});

test('N6 each e-mail is a reply to the one before, over a crash too; another address begins a thread', () => {
  const relay = new Relay();
  const plant = plantWith(relay, ['e-mail', 'sms']);
  for (const life of [1, 2]) {
    for (const caller of [A, B.replace(/2$/, '3')]) {
      plant.network.call(caller, B);
      plant.run(60_000);
    }
    if (life === 1) {
      plant.kill();
      plant.start();
    }
  }
  const [first, second, third] = relay.mailbox.map(({ id }) => id);
  assert.deepEqual(
    relay.mailbox.map(({ follows }) => follows),
    [undefined, { first, last: first }, { first, last: second }, { first, last: third }],
  );
  plant.subscribe(B, { ...profile, preferences: { channels: ['e-mail'], eMail: 'new@subscriber.example' } });
  plant.network.call(A, B);
  plant.run(60_000);
  assert.equal(relay.mailbox[4]?.to, 'new@subscriber.example');
  assert.equal(relay.mailbox[4].follows, undefined);
});

test('N6 an e-mail that was refused is no part of the thread', () => {
  const relay = new Relay();
  const plant = plantWith(relay, ['e-mail', 'sms']);
  plant.network.call(A, B);
  plant.run(60_000);
  relay.answer = REFUSED;
  plant.network.call(A, B);
  plant.run(60_000);
  relay.answer = ACCEPTED;
  plant.network.call(A, B);
  plant.run(60_000);
  const [first, second] = relay.mailbox;
  assert.equal(relay.mailbox.length, 2);
  assert.deepEqual(second?.follows, { first: first?.id, last: first?.id });
});

test('N8 what waits in a connector is replaced: one e-mail says all, when the relay is there again', () => {
  const relay = new Relay();
  relay.answer = DOWN;
  relay.triesMax = 100;
  const plant = plantWith(relay, ['e-mail']);
  const callers = ['491710000001', '491710000003', '491710000004'];
  for (const caller of callers) {
    plant.network.call(caller, B);
    plant.run(2_000);
  }
  relay.answer = ACCEPTED;
  plant.run(600_000);
  assert.equal(relay.mailbox.length, 1);
  for (const caller of callers) assert.match(linesOf(relay.mailbox[0]!), new RegExp(caller));
  assert.ok(plant.counters.get('channels.recalled') >= 1);
  assert.equal(told(plant), 0);
});

test('N8 what is on its way, or may have arrived, is not taken back: the next one tells what has come since', () => {
  const relay = new Relay();
  relay.answer = LOST;
  relay.triesMax = 100;
  const plant = plantWith(relay, ['e-mail']);
  plant.network.call(A, B);
  plant.run(50);
  plant.network.call('491710000003', B);
  plant.run(5_000);
  relay.answer = ACCEPTED;
  plant.run(600_000);
  const texts = [...new Set(relay.mailbox.map(linesOf))];
  assert.equal(texts.length, 2);
  assert.match(texts[0]!, new RegExp(A));
  assert.doesNotMatch(texts[1]!, new RegExp(A), 'nobody is told twice');
  assert.equal(plant.counters.get('channels.recalled'), 0);
});

test('N8 calls that keep coming do not keep a notice from the next channel', () => {
  const relay = new Relay();
  relay.answer = DOWN;
  relay.triesMax = 100;
  relay.ageMaxMs = 60_000;
  const plant = plantWith(relay, ['e-mail', 'sms']);
  for (let call = 0; call < 30; call++) {
    plant.network.call(`4917200000${10 + call}`, B);
    plant.run(3_000);
  }
  assert.ok(told(plant) >= 1);
  assert.equal(relay.mailbox.length, 0);
});

test('N8 killed while it is replaced, the process or the notifier: each caller is told once', () => {
  for (const what of ['process', 'notifier'] as const)
    for (let killAtMs = 0; killAtMs < 12; killAtMs++) {
      const relay = new Relay();
      relay.answer = DOWN;
      relay.triesMax = 100;
      const plant = plantWith(relay, ['e-mail']);
      plant.network.call(A, B);
      plant.run(1_500);
      plant.network.call('491710000003', B);
      plant.run(killAtMs);
      if (what === 'process') {
        plant.kill();
        plant.start();
      } else {
        plant.killPart('notifier');
        plant.startPart('notifier');
      }
      relay.answer = ACCEPTED;
      plant.run(3_600_000);
      const all = new Map(relay.mailbox.map((message) => [message.id, linesOf(message)]));
      const text = [...all.values()].join('\n');
      assert.equal(text.split(A).length - 1, 1, `${what} killed at ${killAtMs} ms: ${text}`);
      assert.ok(text.split('491710000003').length - 1 <= 1, `${what} killed at ${killAtMs} ms: ${text}`);
    }
});

test('N6 a connector without room hands its notice to the next channel', () => {
  const relay = new Relay();
  relay.waitingMax = 0;
  const plant = plantWith(relay, ['e-mail', 'sms']);
  plant.network.call(A, B);
  plant.run(1_000);
  assert.equal(told(plant), 1);
  assert.equal(plant.counters.get('channels.full'), 1);
});

test('N6 N12 quiet hours begin while the relay is down: the e-mail goes out when they are over, once', () => {
  const relay = new Relay();
  relay.answer = DOWN;
  const plant = new PocketPlant(2, undefined, undefined, relay.open);
  const preferences = {
    channels: ['e-mail'] as const,
    eMail: 'b@subscriber.example',
    quietHours: { fromMinute: 12 * 60 + 1, toMinute: 14 * 60 },
  };
  plant.subscribe(B, { ...profile, timeZone: 'UTC', preferences });
  plant.run(58_000);
  plant.network.call(A, B);
  plant.run(5_000);
  relay.answer = ACCEPTED;
  plant.run(3_600_000);
  assert.equal(relay.mailbox.length, 0);
  plant.run(3_600_000);
  assert.equal(relay.mailbox.length, 1);
  assert.equal(told(plant), 0);
});
