/** The engine in one thread with a relay that is down, loses answers, refuses and comes back, and is killed at random moments (N6, N8). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MailMessage } from '../../src/types/model/channel-message.ts';
import { randomBelow, SeededRandom } from '../../src/types/random.ts';
import { ACCEPTED, DOWN, LOST, linesOf, plantWith, Relay } from './channels-plant.ts';

const B = '491710000002';

/** A message with the same id is the same message again. */
function once(messages: readonly MailMessage[]): MailMessage[] {
  return [...new Map(messages.map((message) => [message.id, message])).values()];
}

test('N8 whatever the relay does, and whenever the engine is killed: no call is told by two different e-mails, and none is lost', () => {
  let recalled = 0;
  for (let seed = 1; seed <= 15; seed++) {
    const random = new SeededRandom(seed);
    const relay = new Relay();
    relay.triesMax = 20;
    const plant = plantWith(relay, ['e-mail']);
    const callers: string[] = [];
    for (let step = 0; step < 40; step++) {
      relay.answer = [ACCEPTED, DOWN, DOWN, LOST][randomBelow(random, 4)]!;
      if (randomBelow(random, 2) === 0) {
        const caller = `4917${String(seed).padStart(4, '0')}${String(step).padStart(4, '0')}`;
        plant.network.call(caller, B);
        callers.push(caller);
        // It is acknowledged before anything is killed.
        plant.run(1_000);
      }
      const what = randomBelow(random, 8);
      if (what === 0) {
        plant.kill();
        plant.start();
      } else if (what === 1) {
        plant.killPart('notifier');
        plant.startPart('notifier');
      }
      plant.run(randomBelow(random, 4_000));
    }
    relay.answer = ACCEPTED;
    plant.run(24 * 3_600_000);
    const text = once(relay.mailbox).map(linesOf).join('\n');
    for (const caller of callers)
      assert.equal(text.split(caller).length - 1, 1, `seed ${seed}: ${caller} is told once`);
    for (const message of relay.mailbox)
      assert.deepEqual(
        message,
        relay.mailbox.find(({ id }) => id === message.id),
        `seed ${seed}: the same again is the same`,
      );
    assert.equal(plant.network.handset(B).inbox.length, 0);
    recalled += plant.counters.get('channels.recalled');
  }
  assert.ok(recalled > 20, `${recalled} taken back`);
});
