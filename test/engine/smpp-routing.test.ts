/** Several message centres: which one a notice goes to, how fast, and what is counted when. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SmscConfig } from '../../src/gateway/smpp/smsc-client.ts';
import { defaultServiceClass, type ServiceClass } from '../../src/rules/service-class.ts';
import type { SmscBehaviour } from '../../src/simulator/smsc/behaviour.ts';
import type { SubscriberState } from '../../src/types/model/state.ts';
import { PocketCentres } from './pocket-centres.ts';
import { PocketPlant, profile } from './pocket-plant.ts';

const A = '491710000001';
const numbers = (count: number, beginning: string): string[] =>
  Array.from(
    { length: count },
    (_, index) => `${beginning}${String(index).padStart(12 - beginning.length, '0')}`,
  );

type Centre = readonly [name: string, config?: Partial<SmscConfig>, behaviour?: Partial<SmscBehaviour>];

function plantOf(centres: readonly Centre[], serviceClass: Partial<ServiceClass> = {}) {
  const made: { centres?: PocketCentres } = {};
  const plant = new PocketPlant(
    2,
    (clock, timers) => {
      made.centres = new PocketCentres(clock, timers);
      for (const [name, config, behaviour] of centres) made.centres.add(name, config, behaviour);
      return made.centres;
    },
    [{ ...defaultServiceClass, ...serviceClass }],
  );
  const one = (name: string) => made.centres!.centres.get(name)!;
  const told = (name: string): string[] => one(name).inbox.map(({ destination }) => destination);
  return { plant, centres: made.centres!, one, told };
}

function missed(plant: PocketPlant, called: readonly string[]): void {
  for (const number of called) plant.subscribe(number);
  for (const number of called) plant.network.call(A, number);
}

const count = ({ counters }: PocketPlant, name: string): number => counters.values.get(name) ?? 0;

function stateOf(plant: PocketPlant, number: string): SubscriberState | undefined {
  let state: SubscriberState | undefined;
  plant.engine.commands.get(number, (found) => {
    state = found;
  });
  plant.run(100);
  return state;
}

test('N3 each number goes to the SMSC with its longest prefix, and the others to that without', () => {
  const { plant, told } = plantOf([
    ['all'],
    ['own', { prefixes: ['4917', '4915'] }],
    ['big', { prefixes: ['491711'] }],
  ]);
  missed(plant, ['491710000002', '491711000002', '491511000002', '441711000002']);
  plant.run(5_000);
  assert.deepEqual(told('all'), ['441711000002']);
  assert.deepEqual(told('own').sort(), ['491511000002', '491710000002']);
  assert.deepEqual(told('big'), ['491711000002']);
});

test('an SMSC that is down: its numbers go to the next one, and back when it is up', () => {
  const { plant, one, told } = plantOf([['all'], ['own', { prefixes: ['4917'] }]]);
  plant.run(1_000);
  one('own').wire.isCut = true;
  one('own').wire.lose();
  missed(plant, ['491710000002']);
  plant.run(5_000);
  assert.deepEqual(told('all'), ['491710000002']);
  assert.equal(count(plant, 'smpp.failed-over'), 1);
  one('own').wire.isCut = false;
  plant.run(10_000);
  missed(plant, ['491710000003']);
  plant.run(5_000);
  assert.deepEqual(told('own'), ['491710000003']);
});

test('a number that no SMSC is for is given up; where all of its SMSCs are down a notice waits, and keeps no other one waiting', () => {
  const { plant, one, told } = plantOf([
    ['own', { prefixes: ['4917'] }],
    ['other', { prefixes: ['44'] }],
  ]);
  plant.run(1_000);
  one('own').wire.isCut = true;
  one('own').wire.lose();
  missed(plant, ['331710000002', '491710000002', '441710000002']);
  plant.run(5_000);
  assert.equal(count(plant, 'smpp.no-route'), 1);
  assert.deepEqual(told('other'), ['441710000002']);
  assert.deepEqual(told('own'), []);
  one('own').wire.isCut = false;
  plant.run(20_000);
  assert.deepEqual(told('own'), ['491710000002']);
});

test('N12 quiet hours begin while the SMSC is down: what waited for it is told when they are over, with what has come since', () => {
  const { plant, one, told } = plantOf([
    ['own', { prefixes: ['4917'] }],
    ['other', { prefixes: ['44'] }],
  ]);
  plant.run(1_000);
  one('own').wire.isCut = true;
  one('own').wire.lose();
  const preferences = { quietHours: { fromMinute: 12 * 60 + 5, toMinute: 14 * 60 } };
  const ordered = { ...profile, timeZone: 'UTC', preferences };
  plant.subscribe('491710000002', ordered);
  plant.network.call(A, '491710000002');
  plant.run(600_000);
  plant.network.call('491710000003', '491710000002');
  plant.run(1_000);
  one('own').wire.isCut = false;
  plant.run(3_600_000);
  assert.deepEqual(told('own'), [], 'the SMSC is up, and it is quiet');
  plant.run(3_600_000);
  assert.deepEqual(told('own'), ['491710000002']);
  const text = Buffer.from(one('own').inbox[0]!.octets).toString('latin1');
  for (const caller of [A, '491710000003']) assert.ok(text.includes(caller), text);
});

test('A8 no more submissions a second than the SMSC is to have, oldest first', () => {
  const { plant, one } = plantOf([['main', { submitsPerSecond: 10 }]]);
  const called = numbers(60, '49172');
  plant.run(1_000);
  const wire = one('main').wire;
  wire.isCut = true;
  wire.lose();
  missed(plant, called);
  plant.run(1_000);
  wire.isCut = false;
  const before = one('main').inbox.length;
  assert.equal(before, 0);
  while (one('main').inbox.length === 0) plant.run(100);
  for (let second = 1; second <= 6; second++) {
    plant.run(1_000);
    const shown = one('main').inbox.length;
    assert.ok(shown <= second * 10 + 3 && shown >= second * 10 - 8, `${shown} after ${second} s`);
  }
  plant.run(2_000);
  const order = one('main').inbox.map(({ destination }) => called.indexOf(destination));
  assert.deepEqual(
    [...order].sort((a, b) => a - b),
    numbers(60, '').map((_, index) => index),
  );
});

test('A8 an SMSC that says ESME_RTHROTTLED is sent half as much, and comes back to all of it step by step', () => {
  const { plant, one, told } = plantOf([['main', { submitsPerSecond: 40 }, { perSecondMax: 15 }]]);
  const called = numbers(100, '49172');
  missed(plant, called);
  plant.run(60_000);
  assert.ok((one('main').counters.values.get('smsc.throttled') ?? 0) > 0);
  assert.ok(count(plant, 'smpp.throttled') < 60, `${count(plant, 'smpp.throttled')} times too much`);
  assert.equal(new Set(told('main')).size, 100);
  assert.equal(told('main').length, 100);
});

test('A3 what is asked of an SMSC and with which priority is the class’s, and an intermediate receipt is no end', () => {
  const { plant, centres, one } = plantOf([['main']], { receipts: 'intermediate', priority: 2 });
  centres.away.add('491710000002');
  missed(plant, ['491710000002']);
  plant.run(5_000);
  assert.equal(count(plant, 'smpp.receipt.intermediate'), 1);
  assert.equal(stateOf(plant, '491710000002')?.delivery, 'handed-over');
  assert.equal(count(plant, 'notice.delivered'), 0);
  centres.comeBack('491710000002');
  plant.run(5_000);
  assert.equal(one('main').inbox[0]?.priorityFlag, 2);
  assert.equal(stateOf(plant, '491710000002')?.delivery, 'idle');
});

test('A3 a notice counts as delivered when its receipt comes, not when the SMSC has it', () => {
  const { plant, centres } = plantOf([['main']]);
  centres.away.add('491710000002');
  missed(plant, ['491710000002']);
  plant.run(5_000);
  assert.equal(count(plant, 'notice.accepted'), 1);
  assert.equal(count(plant, 'notice.delivered'), 0);
  centres.comeBack('491710000002');
  plant.run(5_000);
  assert.equal(count(plant, 'notice.delivered'), 1);
  assert.equal(count(plant, 'notice.delivered.missed-calls'), 1);
});

test('A3 no receipt is asked for: the SMSC is asked when its time is over', () => {
  const { plant } = plantOf([['main']], { receipts: 'none' });
  missed(plant, ['491710000002']);
  plant.run(5_000);
  assert.equal(count(plant, 'smpp.received.deliver_sm'), 0);
  assert.equal(stateOf(plant, '491710000002')?.delivery, 'handed-over');
  plant.run(3_700_000);
  assert.equal(stateOf(plant, '491710000002')?.delivery, 'idle');
  assert.equal(count(plant, 'notice.delivered'), 1);
});

test('A8 how each SMSC stands: whether it is up, what waits for it and for how long', () => {
  const { plant, one } = plantOf([['main', { submitsPerSecond: 10 }]]);
  plant.run(1_000);
  one('main').wire.isCut = true;
  one('main').wire.lose();
  missed(plant, ['491720000002']);
  plant.run(4_000);
  const [down] = plant.engine.status.notifier?.smscs ?? [];
  assert.equal(down?.up, false);
  assert.equal(down.waiting, 1);
  assert.ok(down.oldestMs >= 3_000 && down.oldestMs < 6_000, `${down.oldestMs} ms`);
  one('main').wire.isCut = false;
  plant.run(10_000);
  assert.deepEqual(plant.engine.status.notifier?.smscs, [
    { name: 'main', up: true, waiting: 0, oldestMs: 0, perSecond: 10, throttled: false },
  ]);
});

test('A2 alert_notification: the phone is there, and its actor hears of it', () => {
  const { plant, centres, one } = plantOf([['main']]);
  plant.subscribe('491720000002');
  const before = stateOf(plant, '491720000002')?.reachableAtMs;
  one('main').smsc.alertFor('callwake', '491720000002');
  plant.run(1_000);
  assert.equal(count(plant, 'smpp.alert-notification'), 1);
  assert.ok((stateOf(plant, '491720000002')?.reachableAtMs ?? 0) > (before ?? 0));
  assert.deepEqual(centres.read('491720000002'), []);
});

test('N4 a notice for one caller comes from the caller’s number, and what takes its place is found by it', () => {
  const { plant, centres, one } = plantOf([['one']], { aggregation: 'per-caller' });
  const B = '491710000002';
  centres.away.add(B);
  missed(plant, [B]);
  plant.run(2_000);
  plant.network.call(A, B);
  plant.run(2_000);
  centres.comeBack(B);
  plant.run(5_000);
  const { inbox } = one('one');
  assert.deepEqual(
    inbox.map(({ source, sourceTon }) => [source, sourceTon]),
    [[A, 1]],
  );
  assert.match(Buffer.from(inbox[0]!.octets).toString('latin1'), /2 calls/);
});
