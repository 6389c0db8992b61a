import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startWebServer, type WebServer, type WebServerOptions } from '../../src/adapters/web/web-server.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import { launchChromium, noChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { LiveGenerator, type LiveMood } from '../support/live-generator.ts';

/** Text, and what it stands on; a pair of theme tokens each. */
const TEXT_PAIRS = [
  ...['--ink', '--muted', '--accent', '--amber', '--red', '--violet'].flatMap((text) => [
    [text, '--surface'],
    [text, '--ground'],
  ]),
  ...['--amber', '--red', '--violet'].flatMap((status) => [
    [status, `${status}-ground`],
    ['--ink', `${status}-ground`],
    ['--accent', `${status}-ground`],
  ]),
  ['--ink', '--bubble'],
  ['--muted', '--bubble'],
  ['--surface', '--accent'],
] as const;
const LINE_PAIRS = [
  ...[
    '--series-1',
    '--series-2',
    '--series-3',
    '--series-4',
    '--series-5',
    '--muted',
    '--control',
    '--heat-high',
  ].map((line) => [line, '--surface'] as const),
];

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

/** WCAG 2.2, contrast ratio. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light! + 0.05) / (dark! + 0.05);
}

describe('the live page in Chromium', { skip: noChromium ?? false }, () => {
  let browser: Browser;
  const servers: WebServer[] = [];
  before(async () => {
    browser = await launchChromium();
  });
  after(async () => {
    await browser.close();
    await Promise.all(servers.map((server) => server.close()));
  });

  const serve = async (source: LiveGenerator, options: WebServerOptions = {}) => {
    const server = await startWebServer({ source, counters: new CountersMap(), log: silentLog }, options);
    servers.push(server);
    return server;
  };
  const network = (mood: LiveMood) => {
    const source = new LiveGenerator('normal', Date.now() - 200_000);
    source.advance(120);
    source.mood = mood;
    source.advance(60);
    return source;
  };
  /** A page, and what went wrong on it. */
  const open = async (url: string, options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') wrong.push(message.text());
    });
    page.on('pageerror', (error) => wrong.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(new URL(url).origin)) wrong.push(`asked for ${request.url()}`);
    });
    await page.goto(url);
    return { page, wrong, close: () => context.close() };
  };
  const text = async (page: Page, selector: string) => (await page.textContent(selector)) ?? '';
  /** Polls from here: the page's own policy forbids a condition that is a text. */
  const until = async (page: Page, condition: string) => {
    for (let round = 0; round < 400; round++) {
      if ((await page.evaluate(condition)) === true) return;
      await sleep(50);
    }
    assert.fail(`never: ${condition}`);
  };
  const untilText = (page: Page, selector: string, pattern: string) =>
    until(
      page,
      `new RegExp(${JSON.stringify(pattern)}).test(document.querySelector(${JSON.stringify(selector)})?.textContent ?? '')`,
    );

  test('it loads from its own server alone, shows the figures, and they change', async () => {
    const source = network('normal');
    const server = await serve(source);
    const { page, wrong, close } = await open(server.url);
    await untilText(page, '#status-headline', '^All well$');
    assert.match(await page.title(), /^All well/);
    const calls = '#tiles .tile:first-child .tile-value';
    const earlier = await text(page, calls);
    assert.match(earlier, /^\d+\/s$/);
    source.advance(3);
    await until(
      page,
      `document.querySelector(${JSON.stringify(calls)}).textContent !== ${JSON.stringify(earlier)}`,
    );
    assert.equal(await page.locator('#associations tbody tr').count(), 3);
    assert.equal(await page.locator('#charts .chart canvas').count(), 5);
    const inked = `[...document.querySelectorAll('#charts .chart canvas')].every((canvas) =>
      canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some((part) => part !== 0))`;
    assert.equal(await page.evaluate(inked), true, 'every chart has ink');
    assert.match(await text(page, '#phone-messages'), /missed|reached/i);
    assert.deepEqual(wrong, []);
    await close();
  });

  test('what is wrong is said first, with its place, and never by colour alone', async () => {
    const source = network('link-down');
    const server = await serve(source);
    const { page, wrong, close } = await open(server.url);
    await untilText(page, '#status-headline', 'critical.*stp-b');
    assert.match(await page.title(), /^✕/);
    await page.click('#status-detail a');
    assert.match(page.url(), /#\/alarms$/);
    assert.match(await text(page, '#alarm-list'), /CW_ASSOCIATION_DOWN/);
    await page.keyboard.press('4');
    assert.match(await text(page, '#associations'), /✕connecting/);
    assert.deepEqual(wrong, []);
    await close();
  });

  test('nothing has to be scrolled sideways at 360 pixels, in any state, also from right to left', async () => {
    for (const mood of ['normal', 'extreme', 'link-down', 'fault', 'empty'] as const) {
      const source = mood === 'empty' ? new LiveGenerator('empty') : network(mood);
      const server = await serve(source);
      const { page, wrong, close } = await open(server.url, { viewport: { width: 360, height: 740 } });
      await until(page, 'document.body.dataset.empty === undefined');
      for (const direction of ['ltr', 'rtl']) {
        const width = await page.evaluate(
          `document.documentElement.dir = '${direction}'; document.documentElement.scrollWidth`,
        );
        assert.ok(Number(width) <= 360, `${mood} ${direction}: ${String(width)}`);
      }
      assert.deepEqual(wrong, []);
      await close();
    }
  });

  test('the wall needs no scrolling', async () => {
    const server = await serve(network('link-down'));
    const { page, close } = await open(`${server.url}?view=wall`, {
      viewport: { width: 1920, height: 1080 },
    });
    await untilText(page, '#status-headline', 'critical');
    const size = await page.evaluate(
      '[document.documentElement.scrollWidth, document.documentElement.scrollHeight].join()',
    );
    assert.equal(size, '1920,1080');
    await close();
  });

  test('the places are there before the data, and nothing jumps when it comes', async () => {
    const source = network('normal');
    const server = await serve(source);
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const held: (() => void)[] = [];
    await page.routeWebSocket(/\/live$/, (route) => {
      held.push(() => {
        route.connectToServer();
      });
    });
    await page.goto(server.url);
    const places = `JSON.stringify(['#tiles', '#charts', '#alarms', '#associations', '#phones', '#answer-heat'].map((id) => {
      const { x, y, width } = document.querySelector(id).getBoundingClientRect();
      return [id, Math.round(x), Math.round(y), Math.round(width)];
    }))`;
    await until(page, "document.querySelector('.chart canvas') !== null");
    assert.ok((await page.locator('.skeleton').count()) > 20);
    const before = await page.evaluate(places);
    held[0]!();
    await untilText(page, '#status-headline', 'All well');
    assert.equal(await page.evaluate(places), before);
    assert.equal(await page.locator('main .skeleton').count(), 0);
    await context.close();
  });

  test('every text and line of every theme stands out', async () => {
    const server = await serve(network('normal'));
    const { page, close } = await open(server.url);
    for (const theme of ['light', 'dark', 'contrast']) {
      await page.selectOption('#theme', theme);
      const colour = async (name: string) =>
        String(
          await page.evaluate(
            `getComputedStyle(document.documentElement).getPropertyValue('${name}').trim()`,
          ),
        );
      for (const [pairs, least] of [
        [TEXT_PAIRS, 4.5],
        [LINE_PAIRS, 3],
      ] as const)
        for (const [front, back] of pairs) {
          const ratio = contrast(await colour(front), await colour(back));
          assert.ok(ratio >= least, `${theme}: ${front} on ${back} is ${ratio.toFixed(2)} : 1`);
        }
    }
    await close();
  });

  test('the theme follows the system, and a choice is kept', async () => {
    const server = await serve(network('normal'));
    const { page, close } = await open(server.url, { colorScheme: 'dark' });
    const theme = 'document.documentElement.dataset.theme';
    assert.equal(await page.evaluate(theme), 'dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await until(page, `${theme} === 'light'`);
    await page.selectOption('#theme', 'dark');
    await page.reload();
    assert.equal(await page.evaluate(theme), 'dark');
    await close();
  });

  test('an engine that hangs makes the data stale, with its age', async () => {
    const source = network('normal');
    const server = await serve(source);
    const { page, close } = await open(server.url);
    await untilText(page, '#status-headline', 'All well');
    source.frozen = true;
    await until(page, "document.body.dataset.link === 'stale'");
    assert.match(await text(page, '#status-headline'), /^Data is \d+.s old$/);
    assert.match(await text(page, '#status-detail'), /no new samples/);
    source.frozen = false;
    source.advance();
    await until(page, "document.body.dataset.link === 'live'");
    await close();
  });

  test('a broken link is said, tried again, and mended without a reload', async () => {
    const source = network('normal');
    const server = await serve(source, { port: await freePort() });
    const { page, close } = await open(server.url);
    await untilText(page, '#status-headline', 'All well');
    await server.close();
    await until(page, "document.body.dataset.link === 'broken'");
    assert.match(await text(page, '#status-link'), /^Next try in/);
    assert.match(await text(page, '#status-detail'), /connection to the server is lost/);
    await serve(source, { port: server.port });
    source.advance();
    await until(page, "document.body.dataset.link === 'live'");
    await untilText(page, '#status-headline', 'All well');
    await close();
  });

  test('a page that is not let in says why', async () => {
    const server = await serve(network('normal'), { clientsMax: 0 });
    const { page, close } = await open(server.url);
    await until(page, "document.body.dataset.link === 'denied'");
    await untilText(page, '#status-detail', 'web\\.clientsMax');
    await close();
  });

  test('paused means paused, by key as by button', async () => {
    const source = network('normal');
    const server = await serve(source);
    const { page, close } = await open(server.url);
    await untilText(page, '#status-headline', 'All well');
    await page.keyboard.press('p');
    await untilText(page, '#status-link', '^Paused at');
    const shown = await text(page, 'main');
    source.mood = 'extreme';
    source.advance(5);
    // Until the page has the frame that it must not show: its clock of the link is not in main.
    const second = "document.querySelector('#clock-local').textContent";
    const now = String(await page.evaluate(second));
    await until(page, `${second} !== '${now}'`);
    assert.equal(await text(page, 'main'), shown);
    await page.click('#pause');
    await untilText(page, '#status-headline', 'warning');
    await close();
  });

  test('search opens with a slash, filters, stands in the address, and goes with Escape', async () => {
    const server = await serve(network('normal'));
    const { page, close } = await open(server.url);
    await untilText(page, '#status-headline', 'All well');
    await page.keyboard.press('/');
    await page.keyboard.type('stp-b');
    const rows = "document.querySelectorAll('#associations tbody tr:not([hidden])').length";
    await until(page, `${rows} === 1`);
    assert.match(page.url(), /find=stp-b/);
    await page.reload();
    await until(page, `${rows} === 1`);
    await page.keyboard.press('/');
    await page.keyboard.press('Escape');
    await until(page, `${rows} === 3`);
    await close();
  });

  test('a chart has its cursor by keyboard, and all charts share it', async () => {
    const server = await serve(network('normal'));
    const { page, close } = await open(server.url);
    await untilText(page, '#cursor-time', '^Latest');
    await page.focus('#answer-chart');
    await page.keyboard.press('Shift+ArrowLeft');
    await untilText(page, '#cursor-time', '^\\d\\d:\\d\\d:\\d\\d local · \\d\\d:\\d\\d:\\d\\d UTC');
    await page.keyboard.press('Escape');
    await untilText(page, '#cursor-time', '^Latest');
    await close();
  });

  test('what comes from the network is text, never a document', async () => {
    const source = network('normal');
    const hostile = '<img src=x onerror="document.title=1"><b>x</b>';
    const snapshot = source.snapshot();
    source.snapshot = () => ({
      ...snapshot,
      notices: snapshot.notices.map((notice) => ({ ...notice, text: hostile, recipient: hostile })),
      associations: snapshot.associations.map((association) => ({
        ...association,
        name: hostile + association.name,
      })),
      alarms: [
        {
          code: 'X',
          severity: 'warning',
          sinceMs: 1,
          count: 1,
          text: hostile,
          whatToDo: hostile,
          subject: hostile,
          runbook: 'javascript:alert(1)',
          acknowledgedAtMs: 0,
        },
      ],
    });
    const server = await serve(source);
    const { page, wrong, close } = await open(server.url);
    await untilText(page, '#status-headline', '1 warning');
    await untilText(page, '#phone-messages', '<img');
    assert.equal(
      await page.locator('main img, main b:not(.tile-band b), main a[href^="javascript"]').count(),
      0,
    );
    assert.deepEqual(wrong, []);
    await close();
  });

  test('a message is written in the direction of its language, and its numbers stay in order', async () => {
    const source = network('normal');
    const snapshot = source.snapshot();
    const number = '\u2066+49171555\u2069';
    source.snapshot = () => ({
      ...snapshot,
      notices: snapshot.notices.slice(0, 1).map((notice) => ({
        ...notice,
        handset: 'h-ar',
        text: `\u0645\u0643\u0627\u0644\u0645\u0629:\n${number}`,
        language: 'ar',
        direction: 'rtl' as const,
      })),
    });
    const server = await serve(source);
    const { page, wrong, close } = await open(server.url, { viewport: { width: 360, height: 800 } });
    await until(page, `document.querySelector('#phone-messages .bubble')?.lang === 'ar'`);
    const bubble = page.locator('#phone-messages .bubble');
    assert.equal(await bubble.getAttribute('dir'), 'rtl');
    const ends = `(() => {
      const bubble = document.querySelector('#phone-messages .bubble');
      const line = document.createRange();
      const at = bubble.firstChild.data.indexOf('\\n');
      line.setStart(bubble.firstChild, at + 1);
      line.setEnd(bubble.firstChild, bubble.firstChild.length);
      const box = bubble.getBoundingClientRect();
      const rect = line.getBoundingClientRect();
      return box.right - rect.right < rect.left - box.left + 0.5;
    })()`;
    assert.equal(await page.evaluate(ends), true, 'a line with a number alone begins at the right');
    assert.equal(
      await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'),
      true,
    );
    assert.deepEqual(wrong, []);
    await close();
  });

  test('an empty network says why it is empty and what to do', async () => {
    const source = new LiveGenerator('empty');
    source.advance(5);
    const server = await serve(source);
    const { page, close } = await open(server.url);
    await untilText(page, '#status-headline', 'Nothing to watch yet');
    assert.match(await text(page, '#associations .empty'), /run --check/);
    assert.match(await text(page, '#phone-messages'), /No notice has been sent yet/);
    assert.match(await text(page, '#traffic-chart'), /No call came/);
    await close();
  });
});
