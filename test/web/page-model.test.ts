import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LATENCY_BOUNDS_MS, LatencyHistogram, summarize } from '../../src/types/latency-histogram.ts';
import type { PhoneNotice, Snapshot } from '../../src/web/live-source.ts';
import { toCsv } from '../../src/web/page/csv-text.ts';
import { brief, duration, exact, milliseconds, octets, plural } from '../../src/web/page/format.ts';
import { mergeLatencies } from '../../src/web/page/merge.ts';
import { PhoneBook } from '../../src/web/page/phone-book.ts';
import { findProblems } from '../../src/web/page/problems.ts';
import { latencyRange, logSplits, roundDown, roundUp } from '../../src/web/page/scales.ts';
import { Timeline } from '../../src/web/page/timeline.ts';
import { deviation, usualBand } from '../../src/web/page/usual.ts';
import { LiveGenerator } from '../support/live-generator.ts';

const thin = (text: string): string => text.replaceAll('\u202f', '_');

test('numbers have thin spaces, three digits on tiles, and a unit', () => {
  for (const [value, text] of [
    [0, '0'],
    [0.001, '< 0.01'],
    [0.5, '0.5'],
    [3.07, '3.1'],
    [31.42, '31.4'],
    [314.2, '314'],
    [1234, '1_230'],
    [98_765, '98_800'],
    [1_234_567, '1.2_M'],
    [Number.NaN, '–'],
  ] as const)
    assert.equal(thin(brief(value)), text);
  assert.equal(thin(exact(1_234_567.891, 1)), '1_234_567.9');
  assert.equal(thin(exact(-12)), '−12');
  assert.equal(exact(-0.2), '0');
  assert.equal(thin(milliseconds(0.42)), '0.42_ms');
  assert.equal(thin(milliseconds(1250)), '1.25_s');
  assert.equal(thin(octets(5_200_000)), '5.2_MB');
  assert.equal(thin(duration(89_900)), '89_s');
  assert.equal(thin(duration(3 * 3_600_000 + 12 * 60_000)), '3_h 12_min');
  assert.equal(plural(1, 'shard'), '1 shard');
  assert.equal(plural(2, 'shard'), '2 shards');
});

test('a cell for a spreadsheet is quoted where it must be, and never a formula', () => {
  assert.equal(
    toCsv([['a', 'b,c', 'say "x"', '=1+1', '-5', '-x', '+49 30']]),
    'a,"b,c","say ""x""",\'=1+1,-5,\'-x,\'+49 30\r\n',
  );
});

const columnsOf = (timeline: Timeline, groupMs = 1000) => {
  const last = timeline.last?.atMs ?? 0;
  return timeline.columns({
    fromMs: last - 600_000,
    toMs: last,
    merges: [],
    groupMs,
    boundsMs: LATENCY_BOUNDS_MS,
  });
};

test('a gap in time is a gap in the chart, a sample without measurements a gap in its percentiles', () => {
  const source = new LiveGenerator('normal', 1_000_000_000_000);
  source.advance(5);
  source.skip(30_000);
  source.mood = 'empty';
  source.advance(3);
  const timeline = new Timeline(660_000);
  timeline.add(source.history());
  const { at, calls, answer, spans } = columnsOf(timeline);
  assert.equal(at.length, 10);
  assert.deepEqual([calls[6], spans[6]], [null, null]);
  assert.equal(answer.p50[8], null);
  assert.equal(calls[8], 0);
  for (let index = 1; index < at.length; index++) assert.ok(at[index]! > at[index - 1]!);
});

test('points come once, in order, and no more than are kept; a history fills what was missed', () => {
  const source = new LiveGenerator('normal', 1_000_000_000_000);
  const timeline = new Timeline(60_000);
  timeline.add(source.history());
  source.advance(30);
  timeline.add([source.snapshot().point]);
  timeline.add([source.snapshot().point]);
  assert.equal(timeline.points.length, 2);
  timeline.replace(source.history());
  assert.equal(timeline.points.length, 31);
  source.advance(200);
  timeline.add(source.history());
  assert.equal(timeline.points.length, 61);
});

test('several samples drawn as one have the percentiles of all that was measured, and the mean rate', () => {
  const source = new LiveGenerator('normal', 1_000_000_000_000);
  source.advance(40);
  const timeline = new Timeline(660_000);
  timeline.add(source.history());
  const { at, calls, answer } = columnsOf(timeline, 5000);
  assert.ok(at.length >= 8 && at.length <= 10);
  const group = source.history().slice(1, 6);
  const all = new LatencyHistogram();
  for (const { answer: latency } of group)
    for (const [index, count] of latency.buckets.entries()) all.counts[latency.firstBucket + index]! += count;
  const expected = summarize(all.counts);
  assert.equal(answer.p99[1], expected.p99Ms);
  assert.equal(answer.p50[1], expected.p50Ms);
  assert.equal(calls[1], group.reduce((sum, point) => sum + point.callsPerSecond, 0) / 5);
  assert.equal(
    mergeLatencies(
      group.map((point) => point.answer),
      LATENCY_BOUNDS_MS,
    ).count,
    expected.count,
  );
});

test('all well has no problem; what is wrong is found, worst first, and told once', () => {
  const find = (mood: LiveGenerator['mood'], change: (snapshot: Snapshot) => Snapshot = (same) => same) => {
    const source = new LiveGenerator(mood, 1_000_000_000_000);
    source.advance(130);
    return findProblems(change(source.snapshot()));
  };
  assert.deepEqual(find('normal'), []);
  const down = find('link-down');
  assert.equal(down[0]!.severity, 'critical');
  assert.equal(down.filter(({ subject }) => subject === 'stp-b').length, 1);
  assert.ok(down.some(({ section, subject }) => section === 'point-codes' && subject === 'MSC south'));
  assert.ok(
    find('fault').some(({ subject, severity }) => subject === 'lost notices' && severity === 'critical'),
  );
  const extreme = find('extreme');
  assert.ok(extreme.every(({ severity }) => severity === 'warning'));
  assert.ok(extreme.some(({ section }) => section === 'queues'));
  assert.deepEqual(
    find('empty').map(({ severity, section }) => [severity, section]),
    [['unknown', 'associations']],
  );
  const standby = find('normal', (snapshot) => ({
    ...snapshot,
    associations: snapshot.associations.map((association) => ({ ...association, aspState: 'ASP-INACTIVE' })),
  }));
  assert.deepEqual(new Set(standby.map(({ severity }) => severity)), new Set(['warning']));
  const quiet = find('normal', (snapshot) => ({
    ...snapshot,
    totals: { ...snapshot.totals, callsAttempted: 0 },
  }));
  assert.match(quiet[0]!.text, /T-CSI/);
});

test('usual is what eight of ten values are; far outside is a deviation, trifles are not', () => {
  assert.equal(usualBand([1, 2, 3]), undefined);
  const band = usualBand(Array.from({ length: 100 }, (_, index) => 100 + index))!;
  assert.deepEqual(band, { low: 110, high: 189 });
  assert.equal(deviation(150, band, 5), undefined);
  assert.equal(deviation(400, band, 5), 'above');
  assert.equal(deviation(20, band, 5), 'below');
  assert.equal(deviation(3, { low: 1, high: 1 }, 5), undefined);
});

test('axes end on round numbers around all that is drawn', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (value) => {
      assert.ok(roundUp(value) >= value * 0.999_999 && roundUp(value) <= value * 2.51);
      assert.ok(roundDown(value) <= value * 1.000_001 && roundDown(value) >= value / 2.51);
    }),
  );
  const [low, high] = latencyRange({ p50: [null, 2], p90: [], p99: [], p999: [null, 30] });
  assert.deepEqual([low, high], [1, 50]);
  assert.deepEqual(latencyRange({ p50: [null], p90: [], p99: [], p999: [null] }), [1, 1000]);
  assert.deepEqual(logSplits(1, 100, 9), [1, 2, 5, 10, 20, 50, 100]);
  assert.deepEqual(logSplits(1, 100, 3), [1, 10, 100]);
});

test('a phone keeps its messages, each once, and the quietest phone gives way at the bound', () => {
  const notice = (number: number, handset: string, atMs: number): PhoneNotice => ({
    id: `0.${number}.0`,
    handset,
    recipient: handset,
    text: 'text',
    language: 'en',
    direction: 'ltr',
    parts: 1,
    partsDelivered: 0,
    createdAtMs: atMs,
    sentAtMs: 0,
    deliveredAtMs: 0,
    state: 'waiting',
    kind: 'missed-calls',
    sender: 'Callwake',
  });
  const book = new PhoneBook();
  book.add([notice(1, 'a', 1)], undefined);
  book.add([{ ...notice(1, 'a', 1), state: 'delivered', deliveredAtMs: 5 }], undefined);
  assert.deepEqual(
    book.get('a')?.messages.map(({ state }) => state),
    ['delivered'],
  );
  for (let number = 2; number < 60; number++) book.add([notice(number, `p${number}`, number * 10)], 'a');
  assert.equal(book.phones().length, 50);
  assert.ok(book.get('a') !== undefined, 'the phone that is looked at stays');
  for (let number = 100; number < 150; number++) book.add([notice(number, 'a', number * 10)], undefined);
  assert.equal(book.get('a')?.messages.length, 20);
  assert.equal(book.get('a')?.messages.at(-1)?.id, '0.149.0');
});
