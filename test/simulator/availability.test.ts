import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultServiceClass } from '../../src/rules/service-class.ts';
import { type Person, type PersonSettings, person } from '../../src/simulator/person.ts';
import { isClean } from '../../src/simulator/report.ts';
import type { CallStory } from '../../src/simulator/ssf/call-story.ts';
import { Plant, type PlantOptions } from './plant.ts';

/** Nothing happens but what the test does. */
const nothing = { name: 'availability', people: [], story: [], expect: [] };

async function plantOf(
  people: readonly Partial<PersonSettings>[],
  options: Partial<PlantOptions> = {},
): Promise<{ plant: Plant; people: readonly Person[] }> {
  const persons = people.map((settings, index) =>
    person({ number: `4915100000${10 + index}`, imsi: `2620110000000${10 + index}`, ...settings }),
  );
  const plant = new Plant({ seed: 1, people: persons, scenario: nothing, ...options });
  await plant.start();
  plant.run(2_000);
  return { plant, people: persons };
}

function call(plant: Plant, caller: Person, called: Person, story: Partial<CallStory> = {}): void {
  plant.network.call({
    caller,
    called,
    withheld: false,
    ending: 'answered',
    capPhase: 3,
    ringingMs: 1_500,
    patienceMs: 0,
    nationalNumber: false,
    lastReportInEnd: false,
    ...story,
  });
}

const inbox = ({ handset }: Person): string[] => handset.inbox.map(({ text }) => text);
const count = (plant: Plant, name: string): number => plant.counters.values.get(name) ?? 0;

function assertClean(plant: Plant): void {
  const report = plant.network.report();
  assert.ok(isClean(report), JSON.stringify(report.faults));
}

const withLineFree: PlantOptions['service'] = (service) => ({
  ...service,
  policy: {
    ...service.policy,
    classes: [{ ...defaultServiceClass, lineFree: true, lineFreeMinutes: 5 }],
  },
});

for (const capPhase of [2, 3, 4] as const)
  test(`A7 K1 CAP phase ${capPhase}: A met a busy line, and is told when B has hung up, once`, async () => {
    const { plant, people } = await plantOf(
      [{ notifyMe: 'always' }, { lineFree: true }, { subscribed: false }],
      { service: withLineFree },
    );
    const [a, b, c] = people as [Person, Person, Person];
    call(plant, c, b, { talkMs: 60_000, capPhase, lastReportInEnd: capPhase === 3 });
    plant.run(5_000);
    call(plant, a, b, { capPhase });
    plant.run(20_000);
    assert.equal(inbox(b).length, 1, 'B is told of the call at once');
    assert.deepEqual(inbox(a), [], 'and is still talking');
    plant.run(60_000);
    assert.equal(inbox(a).length, 1);
    assert.match(inbox(a)[0] ?? '', new RegExp(`\\+${b.number}`));
    assert.equal(count(plant, 'call.line-free'), 1);
    plant.run(600_000);
    assert.equal(inbox(a).length, 1);
    assert.equal(plant.unrest(), '');
    plant.drain();
    assertClean(plant);
  });

test('A7 N15 A and B have spoken since: nobody is told that the line is free', async () => {
  const { plant, people } = await plantOf([{ notifyMe: 'always' }, { lineFree: true }, {}], {
    service: withLineFree,
  });
  const [a, b, c] = people as [Person, Person, Person];
  call(plant, c, b, { talkMs: 20_000 });
  plant.run(5_000);
  call(plant, a, b);
  plant.run(40_000);
  assert.equal(inbox(a).length, 1);
  call(plant, c, b, { talkMs: 20_000 });
  plant.run(5_000);
  call(plant, a, b);
  plant.run(15_900);
  // B is free, and is called, before anybody could say so.
  call(plant, a, b, { talkMs: 5_000, ringingMs: 10 });
  plant.run(60_000);
  plant.drain();
  assertClean(plant);
});

test('A7 B makes a call that we do not see end: A is told at the latest after the time of the class', async () => {
  const { plant, people } = await plantOf(
    [{ notifyMe: 'always' }, { lineFree: true }, { subscribed: false }],
    {
      service: withLineFree,
    },
  );
  const [a, b, c] = people as [Person, Person, Person];
  // C is no subscriber: nobody follows the call that B makes.
  call(plant, b, c, { talkMs: 60_000 });
  plant.run(5_000);
  call(plant, a, b);
  plant.run(120_000);
  assert.deepEqual(inbox(a), []);
  plant.run(200_000);
  assert.equal(inbox(a).length, 1);
  plant.drain();
  assertClean(plant);
});

test('A7 X3 the engine is killed while B talks: who waits is told all the same', async () => {
  const { plant, people } = await plantOf([{ notifyMe: 'always' }, { lineFree: true }, {}], {
    service: withLineFree,
  });
  const [a, b, c] = people as [Person, Person, Person];
  call(plant, c, b, { talkMs: 60_000 });
  plant.run(5_000);
  call(plant, a, b);
  plant.run(5_000);
  plant.killEngine();
  plant.run(500);
  plant.startEngine();
  plant.run(400_000);
  assert.equal(inbox(a).length, 1);
  plant.drain();
  assertClean(plant);
});
