import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { comparisonOf, comparisonText } from '../../loadtest/comparison.ts';
import { comparePage } from '../../loadtest/pages/compare-page.ts';
import { condensed } from '../../loadtest/pages/condense.ts';
import { reportPage } from '../../loadtest/pages/report-page.ts';
import { linearScale, logScale, percentileScale } from '../../loadtest/pages/scales.ts';
import { readReport } from '../../loadtest/read-report.ts';
import type { RunReport } from '../../loadtest/report.ts';
import { launchChromium, noChromium } from '../support/chromium.ts';
import { load, madeReport, phase, series } from './made-report.ts';

const died: RunReport = madeReport({
  outcome: { kind: 'engine-died', how: 'signal SIGKILL', afterS: 6 },
});
const faulty: RunReport = madeReport({
  load: { ...load, notices: { ...load.notices, lost: 3, doubled: 2, wrong: 1 } },
  total: { ...phase, errors: { 'P-Abort: resourceLimitation': 7 } },
});
const empty: RunReport = madeReport({
  curves: { answer: [], report: [], late: [] },
  series: {
    ...series,
    counts: Object.fromEntries(
      Object.keys(series.counts).map((name) => [name, []]),
    ) as unknown as RunReport['series']['counts'],
  },
});

test('a page has nothing of elsewhere, and what is text stays text', () => {
  for (const html of [madeReport(), died, faulty, empty].map(reportPage)) {
    assert.doesNotMatch(html, /https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    assert.doesNotMatch(html, /(src|href)="(?!data:)/);
    assert.match(html, /calls with a &lt;b&gt; &amp; &quot;quotes&quot;/);
    assert.doesNotMatch(html.replace(/<script>.*<\/script>/s, ''), /NaN|undefined|Infinity/);
  }
});

test('it says what came of the run', () => {
  assert.match(reportPage(madeReport()), /✓ Held/);
  const html = reportPage(died);
  assert.match(html, /✕ The engine died/);
  assert.match(html, /after 6 s of load \(signal SIGKILL\)/);
  assert.match(html, /<text class="event bad"[^>]*>engine died/);
  const wrong = reportPage(faulty);
  assert.match(wrong, /3 lost, 2 doubled, 1 wrong/);
  assert.match(wrong, /P-Abort: resourceLimitation<\/th><td>7/);
});

test('a gap is drawn as a gap', () => {
  const chart = /data-chart="answer".*?<\/svg>/s.exec(reportPage(madeReport()))?.[0] ?? '';
  assert.equal([...chart.matchAll(/class="line s4"/g)].length, 2, 'p99 has nothing in the fifth second');
});

test('axes have round marks, and what is condensed keeps its peaks', () => {
  assert.deepEqual(
    linearScale(330).marks.map(({ value }) => value),
    [0, 100, 200, 300, 400],
  );
  assert.deepEqual(
    logScale(0.4, 300).marks.map(({ text }) => text),
    ['0.1', '1', '10', '100', '1\u202f000'],
  );
  assert.deepEqual(
    percentileScale(99.95).marks.map(({ text }) => text),
    ['0 %', '50 %', '90 %', '99 %', '99.9 %', '99.99 %'],
  );
  const values = Array.from({ length: 1_000 }, (_, at) => (at === 555 ? 9 : at < 100 ? null : 1));
  const few = condensed(values, 10, 'most');
  assert.deepEqual([few[0], Math.max(...few.map((one) => one ?? 0)), few.length], [null, 9, 10]);
});

test('two reports are compared figure by figure', () => {
  const slower = madeReport({
    total: {
      ...phase,
      answer: { ...phase.answer, p99Ms: 25 },
      calls: { ...phase.calls, served: 900, letGo: 100 },
    },
    configuration: { ...madeReport().configuration, subscribers: 5_000 },
  });
  const comparison = comparisonOf(madeReport(), slower);
  const changes = new Map(comparison.rows.map(({ name, change }) => [name, change]));
  assert.deepEqual(
    ['served', 'let go', 'answer p99', 'answer p50', 'rate'].map((name) => changes.get(name)),
    ['worse', 'worse', 'worse', 'same', 'same'],
  );
  assert.deepEqual(comparison.differences, ['subscribers: 2000, 5000']);
  assert.match(comparisonText(comparison), /^answer p99 +10\.9 ms +25 ms +× 2\.\d+ +worse$/m);
  const better = new Map(comparisonOf(slower, madeReport()).rows.map(({ name, change }) => [name, change]));
  assert.equal(better.get('answer p99'), 'better');
  assert.match(comparePage(comparison), /✕ B is worse in \d+ of \d+ figures/);
});

test('what is no report is refused, with why', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'callwake-report-'));
  try {
    const file = path.join(folder, 'report.json');
    const cases: readonly [text: string, said: RegExp][] = [
      ['{', /is no report/],
      ['[]', /is no report/],
      ['{"format":99}', /has format 99/],
      ['{"format":1}', /is not whole: configuration/],
    ];
    for (const [text, said] of cases) {
      writeFileSync(file, text);
      assert.throws(() => readReport(folder), { code: 'CW_CONFIG_INVALID', message: said });
    }
    writeFileSync(file, JSON.stringify(madeReport()));
    assert.deepEqual(readReport(folder), madeReport());
    assert.throws(() => readReport(path.join(folder, 'none')), { code: 'ENOENT' });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe('the report in Chromium', { skip: noChromium ?? false }, () => {
  let browser: Browser;
  const folder = mkdtempSync(path.join(tmpdir(), 'callwake-page-'));
  before(async () => {
    browser = await launchChromium();
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  const pages = {
    held: reportPage(madeReport()),
    died: reportPage(died),
    faulty: reportPage(faulty),
    empty: reportPage(empty),
    compare: comparePage(comparisonOf(madeReport(), faulty)),
  };
  for (const [name, html] of Object.entries(pages))
    for (const width of [1_280, 400, 360])
      test(`${name}, ${width} px wide: no scroll bar, no word of an error, nothing asked for`, async () => {
        const file = path.join(folder, `${name}.html`);
        writeFileSync(file, html);
        const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: 'dark' });
        const wrong: string[] = [];
        page.on('console', (message) => wrong.push(message.text()));
        page.on('pageerror', (error) => wrong.push(error.message));
        page.on('request', (request) => {
          if (!/^(file|data):/.test(request.url())) wrong.push(request.url());
        });
        await page.goto(pathToFileURL(file).href);
        assert.equal(await page.evaluate('document.documentElement.scrollWidth'), width);
        assert.deepEqual(wrong, []);
        await page.close();
      });

  test('one cursor goes through all charts, by pointer and by keys', async () => {
    const file = path.join(folder, 'cursor.html');
    writeFileSync(file, pages.held);
    const page = await browser.newPage({ viewport: { width: 1_280, height: 900 } });
    await page.goto(pathToFileURL(file).href);
    const chart = page.locator('.wide svg[data-chart=throughput]');
    await chart.hover();
    assert.equal(await page.locator('.wide .cursor').count(), 7);
    await chart.press('ArrowRight');
    assert.match((await page.locator('.at').textContent()) ?? '', /^second \d+ of the run$/);
    assert.equal(await page.locator('figure output[data-line=served]').textContent(), '100');
    await page.close();
  });
});
