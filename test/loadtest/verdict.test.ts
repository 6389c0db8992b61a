import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checksOf, type Objective, objectiveText, parseSlo } from '../../loadtest/slo.ts';
import { verdictOf } from '../../loadtest/verdict.ts';
import { dialogues, latenciesOf, load, phase } from './made-report.ts';

const completed = { kind: 'completed' } as const;
const slo = (text: string): readonly Objective[] => {
  const parsed = parseSlo(text);
  assert(typeof parsed !== 'string', text);
  return parsed;
};

test('an SLO is read, and told as it was meant', () => {
  const texts = slo('answer-p99<=20ms, report-p99.9 <= 1.5s,served>=99.9%,repeated<=0').map(objectiveText);
  assert.deepEqual(texts, [
    'answer-p99 <= 20 ms',
    'report-p99.9 <= 1500 ms',
    'served >= 99.9 %',
    'repeated <= 0',
  ]);
});

test('an SLO with a mistake is refused with what is wrong', () => {
  const cases: readonly [text: string, said: RegExp][] = [
    ['', /no objective/],
    ['answer-p99<20ms', /no objective/],
    ['answer-p98<=20ms', /there is no answer-p98/],
    ['answer-p99>=20ms', /given with <=/],
    ['answer-p99<=20%', /in ms or s/],
    ['served>=0.99', /in %/],
    ['served>=99%,served>=98%', /twice/],
  ];
  for (const [text, said] of cases) {
    const parsed = parseSlo(text);
    assert(typeof parsed === 'string', text);
    assert.match(parsed, said);
  }
});

test('what was never answered holds no latency', () => {
  const report = { ...phase, answer: latenciesOf().percentiles };
  assert.deepEqual(
    checksOf(slo('answer-p99<=20ms'), report, undefined).map(({ held }) => held),
    [false],
  );
});

test('a run that holds all says so, one that does not says what', () => {
  assert.equal(verdictOf(completed, phase, load, slo('answer-p99<=20ms,served>=99%')).held, true);
  const missed = verdictOf(completed, phase, load, slo('answer-p99<=2ms,served>=99%'));
  assert.deepEqual([missed.held, missed.limitedBy], [false, 'engine']);
  assert.match(missed.text, /answer-p99 <= 2 ms/);
});

test('a rate that the generator does not reach is its own limit, and not the engine’s', () => {
  const late = latenciesOf(...Array.from({ length: 100 }, () => 400)).percentiles;
  const slow = { ...phase, late, answer: late };
  for (const text of ['answer-p99<=20ms', 'served>=99%']) {
    const verdict = verdictOf(completed, slow, load, slo(text));
    assert.deepEqual([verdict.held, verdict.limitedBy], [false, 'generator'], text);
    assert.match(
      verdict.text,
      /generator is the limit, not the engine: it began one call in a hundred 400 ms late/,
    );
  }
});

test('a latency that is held though the generator was late is held: it counts from the planned start', () => {
  const late = latenciesOf(...Array.from({ length: 100 }, () => 150)).percentiles;
  assert.equal(verdictOf(completed, { ...phase, late }, load, slo('answer-p99<=200ms')).held, true);
});

test('a notice that is lost is the engine’s fault at any rate', () => {
  const late = latenciesOf(...Array.from({ length: 100 }, () => 400)).percentiles;
  const notices = { ...load.notices, lost: 1 };
  const verdict = verdictOf(completed, { ...phase, late }, { ...load, notices }, []);
  assert.deepEqual([verdict.held, verdict.limitedBy], [false, 'engine']);
  assert.match(verdict.text, /no notice lost/);
});

test('an engine that died is told first', () => {
  const calls = { ...dialogues, served: 400, open: 600 };
  const outcome = { kind: 'engine-died', how: 'signal SIGKILL', afterS: 4 } as const;
  const verdict = verdictOf(outcome, phase, { ...load, calls }, []);
  assert.equal(verdict.held, false);
  assert.match(verdict.text, /The engine died after 4 s of load \(signal SIGKILL\)/);
});
