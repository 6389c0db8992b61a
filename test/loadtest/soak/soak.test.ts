import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewProcess } from '../../../loadtest/process-view.ts';
import { median, trendsOf, WATCHED } from '../../../loadtest/soak/flatness.ts';
import { soakPicture } from '../../../loadtest/soak/picture.ts';
import { parseMetrics, percentilesBetween, type Sample, sumOf } from '../../../loadtest/soak/samples.ts';

const MIB = 2 ** 20;

function sample(index: number, changes: Partial<Sample> = {}): Sample {
  return {
    atMs: index * 10_000,
    residentOctets: 200 * MIB,
    anonymousOctets: 150 * MIB,
    fileDescriptors: 45,
    threads: 12,
    cpu: 0.5,
    networkCpu: 0.5,
    networkResidentOctets: 300 * MIB,
    storeOctets: 40 * MIB,
    storeFreeOctets: 2 * MIB,
    calls: 100,
    notices: 80,
    answer: { p50: 2, p99: 10, p999: 20 },
    notice: { p50: 20, p99: 50, p999: 100 },
    noticesWaiting: 3,
    commitP99Ms: 4,
    ...changes,
  };
}

const growing = (changes: (index: number) => Partial<Sample>): readonly string[] =>
  trendsOf(Array.from({ length: 100 }, (_, index) => sample(index, changes(index))))
    .filter(({ flat }) => !flat)
    .map(({ name }) => name);

test('a series that stays is flat, also with a rise in its first quarter and with noise', () => {
  assert.deepEqual(
    growing(() => ({})),
    [],
  );
  assert.deepEqual(
    growing((index) => ({ residentOctets: Math.min(200, 80 + 5 * index) * MIB })),
    [],
  );
  assert.deepEqual(
    growing((index) => ({ cpu: 0.5 + 0.04 * (index % 3), storeFreeOctets: (2 + (index % 2)) * MIB })),
    [],
  );
});

test('what grows is found, each series by its own', () => {
  assert.deepEqual(
    growing((index) => ({ residentOctets: (200 + index) * MIB })),
    ['resident memory'],
  );
  assert.deepEqual(
    growing((index) => ({ fileDescriptors: index < 90 ? 45 : 46 })),
    [],
    'not yet in half of the last quarter',
  );
  assert.deepEqual(
    growing((index) => ({ fileDescriptors: 45 + Math.floor(index / 20) })),
    ['file descriptors'],
  );
  assert.deepEqual(
    growing((index) => ({ answer: { p50: 2, p99: index < 60 ? 10 : 50, p999: 100 } })),
    ['initialDP to answer p99'],
  );
  assert.deepEqual(
    growing((index) => ({ storeFreeOctets: (2 + index / 20) * MIB })),
    ['free pages'],
  );
});

test('a soak that is too short is no soak', () => {
  assert.throws(() => trendsOf([sample(1)]), /at least 12 samples/);
});

test('the median of an even count lies between', () => {
  assert.equal(median([4, 1, 3, 2]), 2.5);
  assert.equal(median([3, 1, 2]), 2);
});

test('percentiles are of what came between two scrapes, as bounds of the buckets', () => {
  const scrape = (counts: readonly number[]): Map<string, number> =>
    parseMetrics(
      [
        '# HELP callwake_latency_seconds Time.',
        ...['0.001', '0.01', '0.1', '+Inf'].map(
          (le, index) =>
            `callwake_latency_seconds_bucket{path="initialdp_to_answer",le="${le}"} ${counts[index]}`,
        ),
        'callwake_latency_seconds_bucket{path="reachable_to_notice",le="+Inf"} 9',
      ].join('\n'),
    );
  const before = scrape([1000, 1000, 1000, 1000]);
  assert.deepEqual(percentilesBetween(before, scrape([1060, 1098, 1100, 1100]), 'initialdp_to_answer'), {
    p50: 1,
    p99: 100,
    p999: 100,
  });
  assert.deepEqual(percentilesBetween(before, before, 'initialdp_to_answer'), { p50: 0, p99: 0, p999: 0 });
});

test('a metric is summed over its labels, and not with one whose name only begins like it', () => {
  const metrics = parseMetrics('a_total{shard="0"} 2\na_total{shard="1"} 3\na_total_more 9\n');
  assert.equal(sumOf(metrics, 'a_total'), 5);
});

test('a process is seen from outside', { skip: process.platform !== 'linux' && 'there is no /proc' }, () => {
  const view = viewProcess(process.pid);
  assert.ok(
    view.residentOctets > MIB && view.anonymousOctets > 0 && view.residentOctets > view.anonymousOctets,
  );
  assert.ok(view.fileDescriptors >= 3 && view.threads >= 1 && view.cpuMs > 0);
});

test('the picture has a line for every series, and says which grows', () => {
  const samples = Array.from({ length: 60 }, (_, index) =>
    sample(index, { residentOctets: (100 + 4 * index) * MIB }),
  );
  const svg = soakPicture(samples, trendsOf(samples), { title: 'A < B', subtitle: 'x & y' });
  assert.equal(svg.match(/<polyline/g)?.length, WATCHED.length);
  assert.equal(svg.match(/grows/g)?.length, 1);
  assert.ok(svg.includes('A &lt; B') && svg.includes('x &amp; y') && !svg.includes('NaN'));
});
