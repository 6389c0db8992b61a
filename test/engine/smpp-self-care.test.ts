/** S1 over SMPP: what phones send to a service comes from a message centre, and the answer goes out over it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wellBehaved } from '../../src/simulator/smsc/behaviour.ts';
import { type PocketCentre, PocketCentres } from './pocket-centres.ts';
import { PocketPlant } from './pocket-plant.ts';

const B = '491710000002';
const SERVICE = '4321';

function plantOf(): { plant: PocketPlant; centres: PocketCentres; main: PocketCentre } {
  const made: { centres?: PocketCentres; main?: PocketCentre } = {};
  const plant = new PocketPlant(2, (clock, timers) => {
    made.centres = new PocketCentres(clock, timers);
    made.main = made.centres.add('main');
    return made.centres;
  });
  plant.run(1_000);
  return { plant, centres: made.centres!, main: made.main! };
}

const count = ({ counters }: PocketPlant, name: string): number => counters.values.get(name) ?? 0;

test('S1 a keyword comes over SMPP, is answered to the centre when it is durable, and to the phone over SMPP', () => {
  const { plant, centres, main } = plantOf();
  centres.say(B, SERVICE, 'open please');
  plant.run(3_000);
  assert.match(centres.read(B)[0] ?? '', /^Missed-call notices are on\./);
  assert.equal(count(plant, 'smpp.message.taken'), 1);
  assert.equal(count(plant, 'smpp.received.deliver_sm'), 2, 'the message, and the receipt of the answer');
  plant.network.call('491710000001', B);
  plant.run(3_000);
  assert.match(centres.read(B)[1] ?? '', /^You missed a call from \+491710000001/);
  assert.equal(main.counters.values.get('smsc.receipt-given-up'), undefined);
});

test('S1 what a phone writes is read in the alphabets that centres have: 0, 1, 3 and 8', () => {
  for (const [text, dataCoding, answer] of [
    ['sprache deutsch', 0, /Deutsch/],
    ['sprache deutsch', 1, /Deutsch/],
    ['nicht stören 22-7', 3, /22:00/],
    ['язык русский', undefined, /русск/],
  ] as const) {
    const { plant, centres } = plantOf();
    plant.subscribe(B);
    centres.say(B, SERVICE, text, dataCoding);
    plant.run(3_000);
    assert.match(centres.read(B)[0] ?? '', answer, `data_coding ${dataCoding ?? 8}`);
  }
});

test('S1 a message in parts is one, and one that the centre says again is the same', () => {
  const { plant, centres, main } = plantOf();
  plant.subscribe(B);
  plant.network.handset('491510000099').on = false;
  centres.say(B, SERVICE, `notify me of +49 151 0000099 ${'thank you '.repeat(20)}`);
  plant.run(3_000);
  assert.deepEqual(centres.read(B), ['We will tell you when +491510000099 can be reached.']);
  centres.say(B, SERVICE, 'status');
  centres.say(B, SERVICE, 'status');
  plant.run(10_000);
  assert.equal(centres.read(B).length, 2);
  assert.equal(count(plant, 'self-care.repeated'), 1);
  plant.run(60_000);
  centres.say(B, SERVICE, 'status');
  plant.run(3_000);
  assert.equal(centres.read(B).length, 3, 'a minute later it is another one');
  assert.equal(main.smsc.pending, 0);
});

test('S1 what is not for us is refused for good, and machines are not answered', () => {
  const { plant, centres } = plantOf();
  plant.subscribe(B);
  centres.say(B, '5555', 'status');
  plant.run(1);
  assert.equal(count(plant, 'smpp.message.not-ours'), 1);
  centres.say('4321', SERVICE, 'status');
  plant.run(500);
  assert.equal(count(plant, 'self-care.silent.no-person'), 1);
  assert.deepEqual(centres.read(B), []);
});

for (const part of ['notifier', 'signalling', 'shard-0', 'shard-1'] as const)
  test(`X3 S1 the thread of ${part} dies while a message over SMPP is taken: it comes again, and is answered once`, () => {
    for (let killAtMs = 0; killAtMs < 8; killAtMs++) {
      const { plant, centres, main } = plantOf();
      plant.subscribe(B);
      main.smsc.behaviour = { ...wellBehaved, responseMs: () => 1 };
      centres.say(B, SERVICE, 'quiet 22-7');
      plant.run(killAtMs);
      plant.killPart(part);
      plant.run(100);
      plant.startPart(part);
      plant.run(60_000);
      const told = new Set(centres.read(B));
      assert.deepEqual(
        [...told],
        ['Quiet from 22:00 to 07:00: notices wait until then.'],
        `killed at ${killAtMs} ms`,
      );
    }
  });
