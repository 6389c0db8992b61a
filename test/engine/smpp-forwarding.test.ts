/** N13: notices that go to another number over SMPP; what becomes of them is told to whose they are. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SubscriberState } from '../../src/types/model/state.ts';
import { PocketCentres } from './pocket-centres.ts';
import { PocketPlant, profile } from './pocket-plant.ts';

const A = '491710000001';
const B = '491710000002';
const ASSISTANT = '491710000007';

function plantOf(): { plant: PocketPlant; centres: PocketCentres } {
  const made: { centres?: PocketCentres } = {};
  const plant = new PocketPlant(2, (clock, timers) => {
    made.centres = new PocketCentres(clock, timers);
    made.centres.add('main');
    return made.centres;
  });
  plant.subscribe(B, { ...profile, preferences: { forwardTo: ASSISTANT } });
  return { plant, centres: made.centres! };
}

function stateOf(plant: PocketPlant, number: string): SubscriberState | undefined {
  let state: SubscriberState | undefined;
  plant.engine.commands.get(number, (found) => {
    state = found;
  });
  plant.run(100);
  return state;
}

const count = ({ counters }: PocketPlant, name: string): number => counters.values.get(name) ?? 0;

test('N13 A3 a notice goes to another number over SMPP, and the receipt that names that number ends it', () => {
  const { plant, centres } = plantOf();
  centres.away.add(ASSISTANT);
  plant.network.call(A, B);
  plant.run(5_000);
  const waiting = stateOf(plant, B);
  assert.equal(waiting?.delivery, 'handed-over');
  assert.equal(waiting.handedOver?.notice.recipient, ASSISTANT);
  centres.comeBack(ASSISTANT);
  plant.run(5_000);
  assert.equal(centres.read(ASSISTANT).length, 1);
  assert.match(centres.read(ASSISTANT)[0] ?? '', /\+491710000001/);
  assert.equal(stateOf(plant, B)?.delivery, 'idle');
  assert.equal(count(plant, 'subscriber.receipt-unknown'), 0);
  assert.deepEqual(centres.read(B), []);
});

test('N13 X3 the engine is started anew before the receipt: whose notice it was is asked for at its end', () => {
  const { plant, centres } = plantOf();
  centres.away.add(ASSISTANT);
  plant.network.call(A, B);
  plant.run(5_000);
  plant.kill();
  plant.start();
  plant.run(5_000);
  centres.comeBack(ASSISTANT);
  plant.run(5_000);
  assert.equal(count(plant, 'subscriber.receipt-unknown'), 1, 'nobody knows whose it was');
  assert.equal(stateOf(plant, B)?.delivery, 'handed-over');
  plant.run(3_700_000);
  assert.equal(stateOf(plant, B)?.delivery, 'idle');
  assert.equal(centres.read(ASSISTANT).length, 1, 'told once');
});

test('N13 a notice that is taken back while the centre takes it is cancelled there', () => {
  const { plant, centres } = plantOf();
  centres.centres.get('main')!.smsc.behaviour = {
    ...centres.centres.get('main')!.smsc.behaviour,
    responseMs: () => 1_000,
  };
  centres.away.add(ASSISTANT);
  plant.network.call(A, B);
  plant.run(500);
  plant.engine.commands.command(B, { kind: 'remove' }, () => undefined);
  plant.run(5_000);
  centres.comeBack(ASSISTANT);
  plant.run(5_000);
  assert.deepEqual(centres.read(ASSISTANT), []);
  assert.equal(count(plant, 'smpp.cancelled'), 1);
});
