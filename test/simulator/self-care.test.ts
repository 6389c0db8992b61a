import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UssdStory } from '../../src/simulator/mobile-originated.ts';
import type { Person } from '../../src/simulator/person.ts';
import { isClean } from '../../src/simulator/report.ts';
import { Plant } from './plant.ts';

const SERVICE = '4321';

/** So many people, of whom the first ones are subscribed. */
async function plantOf(
  count: number,
  subscribed = count,
): Promise<{ plant: Plant; people: readonly Person[] }> {
  const people = Array.from({ length: count }, (_, index) => ({
    name: `person ${index}`,
    number: `4915100000${10 + index}`,
    missedCalls: index < subscribed,
    notifyMe: 'off' as const,
    timeZone: 'UTC',
    withheld: false,
    mobilityReported: false,
  }));
  // Nothing happens but what the test does.
  const plant = new Plant({ seed: 1, scenario: { name: 'self-care', people, story: [], expect: [] } });
  await plant.start();
  return { plant, people: plant.network.people };
}

const inbox = ({ handset }: Person): string[] => handset.inbox.map(({ text }) => text);

function says(plant: Plant, from: Person, text: string): boolean {
  let taken = false;
  plant.network.sendShortMessage(from, SERVICE, text, (ok) => {
    taken = ok;
  });
  plant.run(3_000);
  return taken;
}

function dials(plant: Plant, from: Person, code: string, ...typed: string[]): UssdStory | undefined {
  let story: UssdStory | undefined;
  plant.network.dial(
    from,
    code,
    () => typed.shift(),
    (told) => {
      story = told;
    },
  );
  plant.run(3_000);
  return story;
}

test('S1 a phone of the network sends keywords through MSC, STP and M3UA, and reads the answers', async () => {
  const { plant, people } = await plantOf(1);
  const [b] = people;
  assert.ok(says(plant, b!, 'Quiet hours 22 - 7'));
  assert.deepEqual(inbox(b!), ['Quiet from 22:00 to 07:00: notices wait until then.']);
  assert.ok(says(plant, b!, `Notify me of +49 151 0000099 ${'thank you '.repeat(20)}`), 'in parts');
  assert.equal(inbox(b!).at(-1), 'We will tell you when +491510000099 can be reached.');
  assert.ok(says(plant, b!, 'Hallo?'));
  assert.match(inbox(b!).at(-1) ?? '', /^Sorry, we did not understand/);
  assert.equal(plant.network.judge.answersDelivered, 3);
  const report = plant.network.report();
  assert.ok(isClean(report), JSON.stringify(report.faults));
});

test('S2 a phone of the network goes through the menu, and to an item at once', async () => {
  const { plant, people } = await plantOf(1);
  const story = dials(plant, people[0]!, '*123#', '7', '2', '3');
  assert.equal(story?.ended, 'result');
  assert.equal(story.pages.at(-1), 'Ab jetzt schreiben wir Ihnen auf Deutsch.');
  assert.match(dials(plant, people[0]!, '*123#')?.pages[0] ?? '', /1 Verpasste Anrufe/);
  assert.match(dials(plant, people[0]!, '*123*7*1#')?.pages[0] ?? '', /Sprache: Deutsch/);
  assert.equal(dials(plant, people[0]!, '*100#')?.ended, 'error');
});

test('K3 A orders without a call while B is away, and is told once when B is back', async () => {
  const { plant, people } = await plantOf(2);
  const [a, b] = people;
  plant.network.msc.leave(b!, 'detached');
  assert.ok(says(plant, a!, `notify +${b!.number}`));
  plant.run(10_000);
  assert.equal(inbox(a!).length, 1, 'B is away');
  plant.network.msc.comeBack(b!);
  plant.run(10_000);
  assert.equal(inbox(a!).length, 2);
  assert.match(inbox(a!)[1] ?? '', new RegExp(`^\\+${b!.number} can be reached now`));
  plant.network.msc.leave(b!, 'detached');
  plant.run(1_000);
  plant.network.msc.comeBack(b!);
  plant.run(60_000);
  assert.equal(inbox(a!).length, 2);
  assert.deepEqual(inbox(b!), [], 'B hears nothing of it');
});

test('K3 the number that A orders to be told of needs no service of ours', async () => {
  const { plant, people } = await plantOf(2, 1);
  const [a, b] = people;
  plant.network.msc.leave(b!, 'no-coverage');
  assert.ok(says(plant, a!, `notify +${b!.number}`));
  plant.run(10_000);
  plant.network.msc.comeBack(b!);
  plant.run(10_000);
  assert.match(inbox(a!)[1] ?? '', new RegExp(`^\\+${b!.number} can be reached now`));
  assert.equal(inbox(a!).length, 2);
  assert.deepEqual(inbox(b!), []);
});

test('F2 a report over the menu is kept, and counted', async () => {
  const { plant, people } = await plantOf(1);
  const story = dials(plant, people[0]!, '*123*8*+491510000099#', '1');
  assert.match(story?.pages.at(-1) ?? '', /We have noted \+491510000099 as fraud/);
  assert.equal(plant.counters.values.get('self-care.command.report-fraud'), 1);
});

test('X3 S1 the engine is killed while it is spoken to: every message that was acknowledged is answered, once', async () => {
  const { plant, people } = await plantOf(20);
  const taken = new Set<Person>();
  for (const [index, one] of people.entries()) {
    plant.network.sendShortMessage(one, SERVICE, 'QUIET 22-7', (ok) => {
      if (ok) taken.add(one);
    });
    plant.run(1 + (index % 5));
    if (index % 4 === 3) {
      plant.killEngine();
      plant.startEngine();
      plant.run(1_500);
    }
  }
  plant.run(120_000);
  assert.ok(taken.size > 0);
  for (const one of people) {
    const answers = new Set(inbox(one));
    assert.ok(answers.size <= 1, `${answers.size} answers`);
    if (taken.has(one)) assert.equal(answers.size, 1, 'acknowledged and not answered');
  }
});
