import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { LiveEngine, type WatchedEngine } from '../../src/adapters/engine/live-engine.ts';
import { startWebServer, type WebServer, type WebServerOptions } from '../../src/adapters/web/web-server.ts';
import { loadConfig } from '../../src/config/load.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { LatencyHistogram } from '../../src/types/latency-histogram.ts';
import { silentLog } from '../../src/types/log.ts';
import type { LiveSource } from '../../src/web/live-source.ts';
import { PAGES } from '../../src/web/page/page-list.ts';
import { launchChromium, noChromium } from '../support/chromium.ts';
import { freePort } from '../support/free-port.ts';
import { LiveGenerator, type LiveMood } from '../support/live-generator.ts';
import { PageDriver } from '../support/page-driver.ts';

/** What must be seen on each page, in the normal state. */
const SEEN: Readonly<Record<string, readonly (readonly [selector: string, pattern: string])[]>> = {
  overview: [
    ['#tiles', 'Answer p99'],
    ['#associations', 'stp-a'],
  ],
  traffic: [
    ['#causes', 'not-reachable'],
    ['#results', 'SMS: is back'],
    ['#totals', 'Missed calls'],
  ],
  latency: [
    ['#percentiles', 'initialDP to answer, last minute'],
    ['#answer-legend', 'p99.9'],
  ],
  links: [
    ['#associations', 'stp-b'],
    ['#traffic-states', 'context 100'],
    ['#point-codes', '2-10-1'],
    ['#retransmissions', 'DATA sent again'],
  ],
  dialogues: [
    ['#operations', 'CAP: initialDP received'],
    ['#begun', 'by the peer'],
    ['#counters', 'tcap'],
  ],
  shards: [
    ['#shards', 'shard-1'],
    ['#threads', 'signalling'],
    ['#thread-pauses-legend', 'garbage collection'],
  ],
  notifier: [
    ['#notifier', 'Oldest notice'],
    ['#queues', 'SMSC window'],
    ['#notifier', 'none'],
  ],
  alarms: [
    ['#alarm-list', 'No alarm stands'],
    ['#alarm-history', 'No alarm has stood'],
  ],
  capacity: [
    ['#capacity', '400 /s'],
    ['#capacity', 'An estimate'],
  ],
};

describe('the pages of the NOC in Chromium', { skip: noChromium ?? false }, () => {
  let browser: Browser;
  const servers: WebServer[] = [];
  before(async () => {
    browser = await launchChromium();
  });
  after(async () => {
    await browser.close();
    await Promise.all(servers.map((server) => server.close()));
  });
  const serve = async (source: LiveSource, options: WebServerOptions = {}) => {
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

  test('each page has an address and a key, shows what belongs there, and every chart on it has ink', async () => {
    const server = await serve(network('normal'));
    const driver = await PageDriver.open(browser, server.url);
    for (const [index, { id }] of PAGES.entries()) {
      await driver.page.keyboard.press(String(index + 1));
      await driver.until(`document.querySelector('main').dataset.page === '${id}'`);
      assert.ok(driver.page.url().endsWith(`#/${id}`), driver.page.url());
      for (const [selector, pattern] of SEEN[id]!) {
        await driver.untilText(selector, pattern);
        assert.ok(await driver.page.isVisible(selector), `${id}: ${selector}`);
      }
      await driver.until(`[...document.querySelectorAll('.chart canvas')].filter((canvas) => canvas.offsetParent !== null)
        .every((canvas) => {
          const copy = document.createElement('canvas');
          copy.width = canvas.width;
          copy.height = canvas.height;
          const context = copy.getContext('2d', { willReadFrequently: true });
          context.drawImage(canvas, 0, 0);
          return canvas.width > 100 && context.getImageData(0, 0, canvas.width, canvas.height).data.some((part) => part !== 0);
        })`);
      assert.equal(
        await driver.number("document.querySelectorAll('main > :not([hidden]) .skeleton').length"),
        0,
        id,
      );
    }
    // An address that was sent leads to the page at once.
    await driver.page.goto(`${server.url}?range=3600#/links`);
    await driver.page.reload();
    await driver.untilText('#traffic-states', 'context 100');
    assert.equal(await driver.page.inputValue('#range'), '3600');
    assert.deepEqual(driver.wrong, []);
    await driver.close();
  });

  test('no page has to be scrolled sideways at 360 pixels, in any state', async () => {
    for (const mood of ['normal', 'extreme', 'link-down', 'empty'] as const) {
      const server = await serve(mood === 'empty' ? new LiveGenerator('empty') : network(mood));
      const driver = await PageDriver.open(browser, server.url, { viewport: { width: 360, height: 740 } });
      await driver.until('document.body.dataset.empty === undefined');
      for (const { id } of PAGES) {
        await driver.page.evaluate(`location.hash = '#/${id}'`);
        await driver.until(`document.querySelector('main').dataset.page === '${id}'`);
        const width = await driver.number('document.documentElement.scrollWidth');
        assert.ok(width <= 360, `${mood} ${id}: ${width}`);
      }
      assert.deepEqual(driver.wrong, []);
      await driver.close();
    }
  });

  test('what a figure means stands on hover, in the words of its metric', async () => {
    const server = await serve(network('normal'));
    const driver = await PageDriver.open(browser, `${server.url}#/shards`);
    await driver.until(
      `[...document.querySelectorAll('#threads th')].some(({ title }) => title.includes('callwake_thread_gc_longest_seconds'))`,
    );
    await driver.until(
      `document.querySelector('#shard-commits-title').title.includes('callwake_shard_commit_p99_seconds')`,
    );
    await driver.close();
  });

  test('a queue that fills, and a link that goes, are marked on their page and in the line of pages', async () => {
    const source = network('normal');
    const server = await serve(source);
    const driver = await PageDriver.open(browser, `${server.url}#/traffic`);
    await driver.untilText('#status-headline', '^All well$');
    source.mood = 'extreme';
    source.advance();
    await driver.until(
      `document.querySelector('.nav-link[href="#/notifier"]').dataset.severity === 'critical'`,
    );
    await driver.page.click('.nav-link[href="#/notifier"]');
    await driver.untilText('#queues', '✕50');
    await driver.untilText('#notifier', '▲ reading-slowed');
    source.mood = 'link-down';
    source.advance();
    await driver.untilText('.nav-link[href="#/links"]', '✕ 2');
    await driver.page.click('.nav-link[href="#/links"]');
    await driver.untilText('#associations', '✕connecting');
    await driver.untilText('#traffic-states', '▲ASP-DOWN');
    await driver.untilText('#point-codes', '✕unavailable');
    assert.deepEqual(driver.wrong, []);
    await driver.close();
  });

  test('an alarm is raised, acknowledged from the page, cleared, and kept in the history', async () => {
    const source = network('link-down');
    const server = await serve(source);
    const driver = await PageDriver.open(browser, `${server.url}#/alarms`);
    await driver.untilText('#alarm-history tbody', 'stands');
    await driver.page.click('#alarm-list button[data-subject="stp-b"]');
    await driver.untilText('#alarm-list button[data-subject="stp-b"]', 'Taken');
    source.advance();
    await driver.untilText('#alarm-list', 'acknowledged at \\d\\d:');
    assert.equal(await driver.page.locator('#alarm-list button[data-subject="stp-b"]').count(), 0);
    source.mood = 'normal';
    source.advance();
    await driver.untilText('#alarm-list', 'No alarm stands');
    await driver.until(`document.querySelectorAll('#alarm-history tbody tr').length === 2`);
    assert.doesNotMatch((await driver.page.textContent('#alarm-history tbody')) ?? '', /stands/);
    source.mood = 'fault';
    source.advance();
    await driver.untilText('#alarm-history tbody tr:first-child', 'CW_SHARD_DOWN');
    assert.deepEqual(driver.wrong, []);
    await driver.close();
  });

  test('where alarms may not be acknowledged there is no button', async () => {
    const source = network('link-down');
    source.mayAcknowledge = false;
    const server = await serve(source);
    const driver = await PageDriver.open(browser, `${server.url}#/alarms`);
    await driver.untilText('#alarm-list', 'stp-b');
    assert.equal(await driver.page.locator('#alarm-list button').count(), 0);
    await driver.close();
  });

  test('a capacity that nobody measured is said to be unknown', async () => {
    const source = network('normal');
    source.capacity = 0;
    source.advance();
    const server = await serve(source);
    const driver = await PageDriver.open(browser, `${server.url}#/capacity`);
    await driver.untilText('#capacity', 'not known');
    await driver.untilText('#capacity', 'Nobody has said what this machine carries');
    await driver.close();
  });

  test('a page that was cut off asks for what it lacks, and has no gap then', async () => {
    const source = network('normal');
    const server = await serve(source, { port: await freePort() });
    const driver = await PageDriver.open(browser, server.url);
    await driver.untilText('#status-headline', '^All well$');
    const asked: string[] = [];
    driver.page.on('websocket', (socket) => asked.push(new URL(socket.url()).search));
    const last = source.snapshot().sequence;
    await server.close();
    await driver.until("document.body.dataset.link === 'broken'");
    source.advance(20);
    await serve(source, { port: server.port });
    await driver.until("document.body.dataset.link === 'live'");
    assert.ok(asked.includes(`?of=${source.hello().startedAtMs}&after=${last}`), asked.join(' '));
    await driver.close();
  });

  test('a running engine’s link that goes is seen on the page without an alarm having to stand first', async () => {
    const loaded = loadConfig(`
signalling:
  localPointCode: 2-100-7
  associations:
    - { name: stp-a, remote: { host: 127.0.0.1, port: 2905 } }
map: { serviceCentreNumber: 491700000 }
`);
    assert.ok(loaded.ok);
    const live = new LiveEngine({ config: loaded.config, version: '1', mode: 'run' });
    assert.ok(live.hello().sampleMs + 500 + 200 <= 2_000, 'report, sample and poll fit into two seconds');
    const engine: WatchedEngine = {
      threads: [{ name: 'signalling', alive: true, restarts: 0 }],
      ringLevels: [],
      latencies: { initialDpToAnswer: new LatencyHistogram(), returnToNotice: new LatencyHistogram() },
      commands: { underWay: 0 },
      countersNow: () => new Map(),
    };
    const report = (up: boolean, deliveries: number) =>
      live.onReport('signalling', {
        kind: 'signalling',
        status: { openCalls: 0, openDialogues: 0, deliveries, outcomesWaiting: 0, overload: 0 },
        users: [],
        m3ua: {
          role: 'asp',
          associations: [
            {
              name: 'stp-a',
              address: '127.0.0.1:2905',
              state: up ? 'UP' : 'WAITING',
              aspState: up ? 'ASP-UP' : 'ASP-DOWN',
              traffic: [{ applicationServer: 'callwake', state: up ? 'ASP-ACTIVE' : 'ASP-DOWN' }],
              messagesSent: 0,
              messagesReceived: 0,
              octetsSent: 0,
              octetsReceived: 0,
              congestion: 0,
              queuedOctets: 0,
            },
          ],
          applicationServers: [],
          destinations: [],
        },
        lagMs: 1,
        notices: [],
      });
    report(true, 0);
    live.attach(engine);
    const server = await serve(live);
    const driver = await PageDriver.open(browser, `${server.url}#/links`);
    await driver.untilText('#associations', 'in service');
    report(false, loaded.config.delivery.deliveriesMax);
    await driver.untilText('#associations', '✕connecting');
    await driver.untilText('.nav-link[href="#/notifier"]', '✕');
    await driver.untilText('.nav-link[href="#/alarms"]', '✕ 1');
    await driver.page.click('.nav-link[href="#/alarms"]');
    await driver.page.click('#alarm-list button[data-code="association-down"]');
    await driver.untilText('#alarm-list', 'acknowledged at');
    report(true, 0);
    await driver.untilText('#alarm-list', 'No alarm stands');
    await driver.untilText('#alarm-history', 'association-down');
    assert.deepEqual(driver.wrong, []);
    live.close();
    await driver.close();
  });
});
