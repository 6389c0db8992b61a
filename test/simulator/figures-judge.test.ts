import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Chance } from '../../src/simulator/chance.ts';
import { withDemoPeople } from '../../src/simulator/demo-people.ts';
import type { ShortMessage } from '../../src/simulator/handset.ts';
import { figuresIn } from '../../src/simulator/judge/figures.ts';
import { Judge } from '../../src/simulator/judge/judge.ts';
import type { MissedCall } from '../../src/simulator/judge/missed-call.ts';
import { type Judged, person } from '../../src/simulator/person.ts';
import { defaultPlan } from '../../src/simulator/plan.ts';
import { populate } from '../../src/simulator/population.ts';
import { isClean } from '../../src/simulator/report.ts';
import { SeededRandom } from '../../src/types/random.ts';
import { Plant } from './plant.ts';

const AT = Date.UTC(2026, 5, 1, 12, 0, 30);

test('figures are read in the digits of every script; a clock and a date are no telephone numbers', () => {
  assert.deepEqual(figuresIn('٣ مكالمات من \u200e+٤٩١٥١١٠٠٠٠٠١\u200f الساعة ٠٩:٠٥'), {
    numbers: ['491511000001'],
    counts: [3],
  });
  assert.deepEqual(figuresIn('+४९१५११००००० १२ कॉल'), { numbers: ['49151100000'], counts: [12] });
  assert.deepEqual(figuresIn('+491511000001 at 08:26, +491511000001 3 calls'), {
    numbers: ['491511000001'],
    counts: [26, 3],
  });
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const { numbers, counts } = figuresIn(text);
      for (const number of numbers) assert.match(number, /^\d{5,}$/);
      for (const count of counts) assert.ok(count > 0);
    }),
  );
});

class Court {
  readonly judge = new Judge(defaultPlan.times);
  readonly b;
  readonly callers = [1, 2, 3, 4].map((at) =>
    person({ number: `49151100010${at}`, imsi: `26201100000010${at}` }),
  );

  constructor(judged: Judged) {
    this.b = person({ number: '491511000002', imsi: '262011000000002', language: 'de', judged });
    for (const one of [this.b, ...this.callers]) this.judge.available(one, true, AT);
  }

  call(from = 0, atMs = AT): MissedCall {
    const call: MissedCall = {
      called: this.b,
      caller: this.callers[from]!,
      shown: true,
      reference: new Uint8Array(0),
      attemptedAtMs: atMs,
      answered: true,
      reportedAtMs: atMs + 20,
      reason: 'busy',
      certainty: 'open',
      settledAtMs: 0,
      duty: 'due',
    };
    this.judge.missed(call);
    this.judge.settled(call, 'certain', atMs + 22);
    return call;
  }

  tell(text: string, atMs = AT + 1_000): void {
    const message: ShortMessage = {
      text,
      originator: { kind: 'alphanumeric', numberingPlan: 0, text: 'Callwake' },
      stamp: { year: 2026, month: 6, day: 1, hour: 12, minute: 0, second: 31, quarterHours: 0 },
      atMs,
      parts: 1,
      identical: false,
    };
    this.judge.delivered(this.b, message);
  }

  get faults(): string[] {
    this.judge.close(AT + 100_000);
    return this.judge.verdicts.details.map(({ kind, why }) => `${kind}: ${why}`);
  }
}

test('a notice in a language that is not read is judged by the numbers in it', () => {
  const court = new Court('by-figures');
  court.call();
  court.tell('Verpasster Anruf von +491511000101 um 12:00 Uhr. Ihr Anschluss war besetzt.');
  assert.deepEqual(court.faults, []);
  assert.equal(court.judge.byFigures, 1);
  assert.equal(court.judge.right, 1);
});

test('by figures it is found: who never called, who is told too often, who is not told, and a list without a count', () => {
  const stranger = new Court('by-figures');
  stranger.call();
  stranger.tell('Verpasster Anruf von +491511000103 um 12:00 Uhr.');
  const [wrong, lost] = stranger.faults;
  assert.match(wrong ?? '', /^wrong: 491511000103 never called/);
  assert.match(lost ?? '', /^lost: call of 491511000101/);

  const doubled = new Court('by-figures');
  doubled.call();
  doubled.tell('Verpasster Anruf von +491511000101 um 12:00 Uhr.');
  doubled.tell('Verpasster Anruf von +491511000101 um 12:00 Uhr. ', AT + 2_000);
  assert.match(doubled.faults.join(), /^doubled: told more often than they called: 491511000101$/);

  const uncounted = new Court('by-figures');
  for (const from of [0, 1, 2]) uncounted.call(from);
  uncounted.tell('Verpasste Anrufe:\n+491511000101 um 02:00\n+491511000102 um 02:00\n+491511000103 um 02:00');
  assert.match(uncounted.faults.join(), /^wrong: 3 are named, and nothing says how many calls there were$/);

  const nobody = new Court('by-figures');
  nobody.tell('Willkommen!');
  assert.match(nobody.faults.join(), /^wrong: it names nobody$/);
});

test('of who orders in words of their own nothing is demanded from then on, and the numbers stay judged', () => {
  const court = new Court('by-words');
  court.call();
  court.judge.orders(court.b, 'BLOCK +49 1511000102');
  court.call(1);
  court.tell('We will tell you no more of calls from +491511000102.');
  court.tell('Wer wieder da ist: +491511000104', AT + 2_000);
  assert.deepEqual(court.faults, ['wrong: 491511000104 never called, or withheld the number']);
  assert.equal(court.judge.peopleUnbound, 1);
});

test('N10 people of seventeen languages are told everything, by the figures in what they read', async () => {
  const changes = {
    people: { ...defaultPlan.people, count: 40 },
    life: { ...defaultPlan.life, callsPerSecond: 8 },
  };
  const plan = { ...defaultPlan, ...changes };
  const drawn = populate(plan, new Chance(new SeededRandom(7)), 1_780_350_600_000);
  // The engine of this test has no service classes: those of the demo are left out.
  const people = withDemoPeople(drawn, plan).map((one) => {
    const { handset: _handset, preferences, classRules: _classRules, ...settings } = one;
    return preferences === undefined ? one : person({ ...settings, judged: 'by-words' });
  });
  const plant = new Plant({ seed: 7, plan: changes, people, allLanguages: true });
  await plant.start();
  plant.run(60_000);
  plant.drain();
  const report = plant.network.report();
  assert.ok(isClean(report) && report.drained, JSON.stringify(report.faults));
  assert.ok(report.byFigures > 50, `${report.byFigures} by figures`);
  assert.equal(report.peopleUnbound, 0);
});
