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

const ringsInVain = { ending: 'no-answer' } as const;
/** Nobody tells of the return of this one: no room on the HLR's list, no M-CSI. */
const unheard = { waitingListFull: true, mobilityReported: false } as const;

const asking: PlantOptions['service'] = (service) => ({
  ...service,
  availability: { interrogationsPerSecond: 2, noticesPerSecondAndNode: 0, waitForAlertMs: 0 },
});

test('A5 B makes a call, sends a short message, dials a code: B is there, and what is due comes', async () => {
  const { plant, people } = await plantOf([{ subscribed: false }, unheard, unheard, unheard]);
  const [a, caller, writer, dialler] = people as [Person, Person, Person, Person];
  const { network } = plant;
  for (const b of [caller, writer, dialler]) {
    network.msc.leave(b, 'detached');
    call(plant, a, b);
    plant.run(3_000);
    network.msc.comeBack(b);
  }
  plant.run(5_000);
  assert.deepEqual([caller, writer, dialler].flatMap(inbox), [], 'nobody has told of them');
  let goesOn = false;
  network.callOut(caller, a, (on) => {
    goesOn = on;
  });
  plant.run(2_000);
  assert.ok(goesOn, 'the call goes on without us');
  assert.equal(inbox(caller).length, 1);
  network.sendShortMessage(writer, '4321', 'MENU', () => undefined);
  network.dial(
    dialler,
    '*123#',
    () => undefined,
    () => undefined,
  );
  plant.run(3_000);
  assert.ok(inbox(writer).some((text) => text.includes(a.number)));
  network.dial(
    dialler,
    '*123*1#',
    () => undefined,
    () => undefined,
  );
  plant.run(3_000);
  assert.ok(inbox(dialler).some((text) => text.includes(a.number)));
  assert.equal(count(plant, 'reachable.source.own-call'), 1);
  assert.equal(count(plant, 'reachable.source.short-message'), 1);
  assert.equal(count(plant, 'reachable.source.ussd'), 1);
});

test('A4 nobody tells of the return: the HLR is asked, with growing pauses, and no message is tried in vain', async () => {
  const { plant, people } = await plantOf([{ subscribed: false }, unheard], { service: asking });
  const [a, b] = people as [Person, Person];
  plant.network.msc.leave(b, 'detached');
  call(plant, a, b);
  plant.run(1_000);
  const tried = count(plant, 'notice.sent');
  plant.run(30 * 60_000);
  assert.equal(count(plant, 'notice.sent'), tried, 'nothing is sent to a phone that is off');
  const asked = count(plant, 'interrogation.asked');
  assert.ok(asked >= 3 && asked <= 8, `${asked} times asked`);
  assert.equal(count(plant, 'interrogation.not-reachable'), asked);
  plant.network.msc.comeBack(b);
  plant.run(3_600_000);
  assert.equal(inbox(b).length, 1);
  assert.equal(count(plant, 'interrogation.idle'), 1);
  plant.drain();
  assertClean(plant);
});

test('A4 K1 who only waits for the return is told when the HLR says so; an idle phone without coverage is not back', async () => {
  const { plant, people } = await plantOf([{ notifyMe: 'always' }, unheard], { service: asking });
  const [a, b] = people as [Person, Person];
  plant.network.msc.leave(b, 'no-coverage');
  call(plant, a, b);
  plant.run(20 * 60_000);
  assert.deepEqual(inbox(a), []);
  assert.ok(count(plant, 'interrogation.idle') > 0, 'it looks idle');
  plant.network.msc.comeBack(b);
  plant.run(3_600_000);
  assert.equal(inbox(a).length, 1);
  plant.drain();
  assertClean(plant);
});

test('A4 an HLR that answers no interrogation: what is due is tried, as without', async () => {
  const { plant, people } = await plantOf([{ subscribed: false }, unheard], {
    service: asking,
    enquiries: 'not-allowed',
  });
  const [a, b] = people as [Person, Person];
  plant.network.msc.leave(b, 'detached');
  call(plant, a, b);
  plant.run(120_000);
  plant.network.msc.comeBack(b);
  plant.run(3_600_000);
  assert.ok(count(plant, 'interrogation.unknown') > 0);
  assert.equal(inbox(b).length, 1);
  plant.drain();
  assertClean(plant);
});

test('A4 many who are unheard of share the budget: so many a second are asked at most', async () => {
  const { plant, people } = await plantOf(
    [{ subscribed: false }, ...Array.from({ length: 40 }, () => unheard)],
    { service: asking },
  );
  const [a, ...others] = people as [Person, ...Person[]];
  for (const b of others) {
    plant.network.msc.leave(b, 'detached');
    call(plant, a, b);
  }
  plant.run(5_000);
  let before = count(plant, 'interrogation.asked');
  let most = 0;
  for (let second = 0; second < 120; second++) {
    plant.run(1_000);
    const now = count(plant, 'interrogation.asked');
    most = Math.max(most, now - before);
    before = now;
  }
  assert.ok(before >= 25, `${before} asked`);
  assert.ok(most <= 5, `${most} in one second`);
  for (const b of others) plant.network.msc.comeBack(b);
  plant.run(3_600_000);
  for (const b of others) assert.equal(inbox(b).length, 1);
  plant.drain();
  assertClean(plant);
});

/** Sixty who are away and were called, and an MSC that is sent five notices a second. */
async function pacedPlant(settings: Partial<PersonSettings> = {}) {
  const { plant, people } = await plantOf(
    [{ subscribed: false }, ...Array.from({ length: 60 }, () => settings)],
    {
      service: (service) => ({
        ...service,
        availability: { interrogationsPerSecond: 0, noticesPerSecondAndNode: 5, waitForAlertMs: 0 },
      }),
    },
  );
  const [a, ...others] = people as [Person, ...Person[]];
  for (const b of others) plant.network.msc.leave(b, 'detached');
  for (const b of others) {
    call(plant, a, b);
    plant.run(400);
  }
  return { plant, others };
}

test('A8 after an outage a hundred come back at once: their MSC is sent so many a second, the oldest first', async () => {
  const { plant, others } = await pacedPlant();
  plant.run(60_000);
  for (const b of others) plant.network.msc.comeBack(b);
  let oldest = 0;
  let most = 0;
  let before = count(plant, 'notice.sent');
  for (let second = 0; second < 30; second++) {
    plant.run(1_000);
    const now = count(plant, 'notice.sent');
    most = Math.max(most, now - before);
    before = now;
    oldest = Math.max(oldest, plant.engine?.status.signalling?.pacedOldestMs ?? 0);
  }
  assert.ok(most <= 6, `${most} in a second`);
  assert.ok(oldest > 5_000, `the oldest has waited for ${oldest} ms`);
  for (const b of others) assert.equal(inbox(b).length, 1);
  assert.equal(plant.engine?.status.signalling?.pacedWaiting, 0);
  plant.drain();
  assertClean(plant);
});

test('A8 N12 quiet hours begin while notices wait for their turn: the rest is told when they are over', async () => {
  const quietHours = { fromMinute: 21 * 60 + 53, toMinute: 23 * 60 + 50 };
  const { plant, others } = await pacedPlant({ preferences: { quietHours } });
  const quietMs = Date.UTC(2026, 5, 1, 21, 53);
  plant.run(quietMs - 5_000 - plant.clock.now());
  for (const b of others) plant.network.msc.comeBack(b);
  plant.run(quietMs + 500 - plant.clock.now());
  const told = () => others.filter((b) => inbox(b).length === 1).length;
  const toldBefore = told();
  assert.ok(toldBefore > 10 && toldBefore < 50, `${toldBefore} told before`);
  plant.run(3_600_000);
  assert.equal(told(), toldBefore, 'nobody is told in quiet hours');
  plant.run(3_600_000);
  assert.equal(told(), others.length);
  plant.drain();
  assertClean(plant);
});

test('A8 an MSC that says that it is congested is sent less, and all is told in the end', async () => {
  let refusing = false;
  let refusals = 0;
  const { plant, people } = await plantOf(
    [{ subscribed: false }, ...Array.from({ length: 60 }, () => ({}))],
    {
      trouble: {
        refuses: (node) => {
          if (node !== 'msc' || !refusing) return false;
          refusals++;
          return true;
        },
      },
    },
  );
  const [a, ...others] = people as [Person, ...Person[]];
  refusing = true;
  for (const b of others) {
    call(plant, a, b, ringsInVain);
    plant.run(100);
  }
  plant.run(20_000);
  refusing = false;
  assert.ok(count(plant, 'delivery.node-congested') > 1);
  assert.ok(count(plant, 'delivery.paced') > 0);
  plant.run(600_000);
  for (const b of others) assert.equal(inbox(b).length, 1);
  assert.ok(refusals < 300, `${refusals} refusals`);
  plant.drain();
  assertClean(plant);
});

test('A1 one failed report puts us on the list, however many calls one absence has', async () => {
  const { plant, people } = await plantOf([{ subscribed: false }, {}, { subscribed: false }]);
  const [a, b, c] = people as [Person, Person, Person];
  plant.network.msc.leave(b, 'no-coverage');
  for (let calls = 0; calls < 5; calls++) {
    call(plant, a, b);
    plant.run(5_000);
    call(plant, c, b);
    plant.run(5_000);
  }
  assert.equal(count(plant, 'notice.absent'), 1, 'one try in this absence');
  plant.network.msc.comeBack(b);
  plant.run(5_000);
  assert.equal(inbox(b).length, 1);
  assert.equal(count(plant, 'reachable.source.alert'), 1);
  plant.drain();
  assertClean(plant);
});

test('A6 the alert and the mobility event of one return: one is the source, the other no news', async () => {
  const { plant, people } = await plantOf([{ subscribed: false }, { mobilityReported: true }]);
  const [a, b] = people as [Person, Person];
  for (let times = 0; times < 10; times++) {
    plant.network.msc.leave(b, 'detached');
    call(plant, a, b);
    plant.run(10_000);
    plant.network.msc.comeBack(b);
    plant.run(70_000);
  }
  assert.equal(inbox(b).length, 10);
  const [alerts, events] = [
    count(plant, 'reachable.source.alert'),
    count(plant, 'reachable.source.mm-event'),
  ];
  assert.equal(alerts + events, 10);
  plant.drain();
  assertClean(plant);
});
