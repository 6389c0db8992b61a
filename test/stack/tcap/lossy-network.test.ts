import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Component, Dialogue, DialogueUser, OperationClass } from '../../../src/stack/tcap/service.ts';
import { Tcap } from '../../../src/stack/tcap/tcap.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { randomBelow, SeededRandom } from '../../../src/types/random.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';
import { damage } from '../../support/damage.ts';
import { MemorySccp, titled } from '../../support/memory-sccp.ts';
import { context, octets } from './plant.ts';

/** Does at random what a user may do, and checks what it is told. */
class RandomUser implements DialogueUser {
  readonly #random: SeededRandom;
  readonly ended = new Set<number>();
  readonly opened = new Set<number>();

  constructor(random: SeededRandom) {
    this.#random = random;
  }

  take(dialogue: Dialogue): void {
    this.opened.add(dialogue.id);
  }

  onComponent(dialogue: Dialogue, component: Component): void {
    assert.ok(!this.ended.has(dialogue.id), 'an upcall after the end');
    if (component.kind !== 'invoke') return;
    switch (randomBelow(this.#random, 6)) {
      case 0:
        dialogue.error(component.invokeId, 27);
        return;
      case 1:
        dialogue.reject(component.invokeId, { type: 'invoke', code: 1 });
        return;
      case 2:
        return;
      case 3:
        dialogue.result(component.invokeId, { operationCode: 45, parameter: octets('3000') }, false);
        return;
      default:
        dialogue.result(component.invokeId);
    }
  }

  onDelimiter(dialogue: Dialogue, message: 'begin' | 'continue' | 'end'): void {
    assert.ok(!this.ended.has(dialogue.id), 'an upcall after the end');
    if (message === 'end') this.ended.add(dialogue.id);
    else this.speak(dialogue);
  }

  onInvokeTimeout(dialogue: Dialogue): void {
    assert.ok(!this.ended.has(dialogue.id), 'an upcall after the end');
    if (dialogue.state === 'active') this.speak(dialogue);
  }

  onAbort(dialogue: Dialogue): void {
    assert.ok(!this.ended.has(dialogue.id), 'a second end');
    this.ended.add(dialogue.id);
  }

  speak(dialogue: Dialogue): void {
    for (let invokes = randomBelow(this.#random, 3); invokes > 0; invokes--) {
      const operationClass = (1 + randomBelow(this.#random, 4)) as OperationClass;
      dialogue.invoke({ operationCode: 45, operationClass, timeoutMs: 1 + randomBelow(this.#random, 2000) });
    }
    const choice = randomBelow(this.#random, 10);
    if (dialogue.state === 'idle') dialogue.begin();
    else if (choice < 6) dialogue.continue();
    else {
      this.ended.add(dialogue.id);
      if (choice < 8) dialogue.end();
      else if (choice === 8) dialogue.abort();
      else dialogue.end('prearranged');
    }
  }
}

function run(seed: number, damaging: boolean): { sent: number; counters: CountersMap } {
  const random = new SeededRandom(seed);
  const wheel = new TimingWheel();
  const faults = { random, loss: 0.1, duplication: 0.1, delayMaxMs: 50 };
  const sccp = new MemorySccp(wheel, faults);
  const counters = new CountersMap();
  const limits = { idleLimitMs: 5000, transactionIdGuardMs: 2000, rejectTimerMs: 100 };
  const tcapOf = (name: string, node: number) =>
    new Tcap({ sccp: sccp.node(name), timers: wheel, counters, node, bootEpoch: 3, limits });
  const a = tcapOf('1', 1);
  const b = tcapOf('2', 2);
  const alice = new RandomUser(random);
  const bob = new RandomUser(random);
  b.accept(6, {
    onBegin: (dialogue) => {
      bob.take(dialogue);
      return randomBelow(random, 20) === 0 ? 'refuse-context' : bob;
    },
  });
  // The id of a refused dialogue never ends by an upcall; ids come again after the guard, so both sets are per life.
  for (let opened = 0; opened < 60; opened++) {
    const dialogue = a.open({
      localAddress: titled('1', 147),
      remoteAddress: titled('2', 6),
      user: alice,
      ...(randomBelow(random, 4) === 0 ? {} : { applicationContext: context }),
    })!;
    alice.ended.delete(dialogue.id);
    alice.take(dialogue);
    alice.speak(dialogue);
    wheel.advance(wheel.now() + randomBelow(random, 30));
    if (damaging) {
      const message = sccp.sent[randomBelow(random, sccp.sent.length)]!;
      sccp.deliver({ ...message, data: damage(message.data, random) });
    }
  }
  wheel.advance(wheel.now() + 60_000);
  assert.equal(a.openDialogues, 0, `seed ${seed}`);
  assert.equal(b.openDialogues, 0, `seed ${seed}`);
  assert.equal(wheel.pending, 0, `seed ${seed}`);
  for (const id of alice.opened) assert.ok(alice.ended.has(id), `seed ${seed}: dialogue ${id} of the opener`);
  return { sent: sccp.sent.length, counters };
}

test('over a network that loses, doubles and overtakes, every dialogue ends once on both sides', (t) => {
  let sent = 0;
  const seen = new Set<string>();
  for (let seed = 1; seed <= 100; seed++) {
    const { sent: messages, counters } = run(seed, false);
    sent += messages;
    for (const name of counters.values.keys()) seen.add(name);
  }
  t.diagnostic(`${sent} messages; ${[...seen].sort().join(' ')}`);
  for (const name of [
    'tcap.dialogue.idle',
    'tcap.invocation.timeout',
    'tcap.received.unrecognizedTransaction',
  ]) {
    assert.ok(seen.has(name), name);
  }
});

test('with damaged copies of what passes put in, too, nothing throws and nothing stays open', () => {
  for (let seed = 1001; seed <= 1100; seed++) run(seed, true);
});

test('the same seed is the same run', () => {
  const first = run(42, true);
  const second = run(42, true);
  assert.deepEqual([...first.counters.values], [...second.counters.values]);
});

test('30 000 damaged messages into a TCAP with open dialogues: nothing throws, and memory is given back', () => {
  const random = new SeededRandom(774);
  const wheel = new TimingWheel();
  const sccp = new MemorySccp();
  const counters = new CountersMap();
  const limits = { idleLimitMs: 5000, dialoguesMax: 500, transactionIdGuardMs: 10 };
  const a = new Tcap({ sccp: sccp.node('1'), timers: wheel, counters, node: 1, bootEpoch: 3, limits });
  const user = new RandomUser(random);
  a.accept(6, { onBegin: () => user });
  // Whatever it is told is right here: ids come again, and a dialogue is opened by what was a begin.
  user.ended.has = () => false;
  for (let round = 0; round < 30_000; round++) {
    if (round % 100 === 0) {
      const dialogue = a.open({
        localAddress: titled('1', 6),
        remoteAddress: titled('9', 6),
        user,
        applicationContext: context,
      });
      if (dialogue !== null) user.speak(dialogue);
      wheel.advance(wheel.now() + 20);
    }
    const message = sccp.sent[randomBelow(random, sccp.sent.length)]!;
    const back = { called: titled('1', 6), calling: titled('9', 6), returnOption: false };
    sccp.deliver({ ...back, data: damage(message.data, random) });
    if (sccp.sent.length > 2000) sccp.sent.splice(0, 1000);
  }
  assert.ok(a.openDialogues <= 500);
  wheel.advance(wheel.now() + 60_000);
  assert.equal(a.openDialogues, 0);
  assert.equal(wheel.pending, 0);
});
