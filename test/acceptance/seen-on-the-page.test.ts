/**
 * A real engine with a real link, and its page in a browser: what goes wrong is seen there without anybody asking. How long it took
 * stands in the diagnostics; it is a poll, a sample and a frame.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FaultPlant } from '../faults/fault-plant.ts';
import { blocks, hurt } from '../faults/hurt-thread.ts';
import { wireOf } from '../faults/kinds/wire.ts';
import { launchChromium, noChromium } from '../support/chromium.ts';
import { PageDriver } from '../support/page-driver.ts';

test('a link that is killed, a queue that fills and an alarm that is raised are seen on the page of a running engine', {
  skip: noChromium ?? false,
}, async (t) => {
  // A shard that stands still is not asked for as many calls as come in the meantime.
  const plant = new FaultPlant({ seed: 5, wire: true, inspected: true, config: { cap: { callsMax: 60 } } });
  const browser = await launchChromium();
  try {
    await plant.start();
    const wire = wireOf(plant);
    const driver = await PageDriver.open(browser, `${plant.engine.page}#/links`);
    const seen = async (what: string, sinceMs: number, selector: string, pattern: string): Promise<void> => {
      await driver.untilText(selector, pattern);
      t.diagnostic(`${what}: seen after ${Math.round(performance.now() - sinceMs)} ms`);
    };
    await driver.untilText('#associations', 'in service');

    const raised = plant.engine.words
      .next(/"alarm":"association-down".*"event":"alarm\.raised"/)
      .then(() => performance.now());
    const killedAtMs = performance.now();
    wire.abort('client');
    wire.isCut = true;
    await seen('the link is gone', killedAtMs, '#associations', '✕');
    await seen('the alarm', await raised, '.nav-link[href="#/alarms"]', '✕ 1');
    await driver.page.click('.nav-link[href="#/alarms"]');
    await driver.untilText('#alarm-list', 'association-down');
    wire.isCut = false;
    await plant.ready();
    await driver.until(`!document.querySelector('#alarm-list').textContent.includes('association-down')`);

    await driver.page.click('.nav-link[href="#/notifier"]');
    await driver.until(`!document.querySelector('#queues').textContent.includes('✕')`);
    const blockedAtMs = performance.now();
    await hurt(plant.engine.inspector, 'shard-0', blocks(6_000));
    await seen('the queue is full', blockedAtMs, '#queues', '✕');
    await plant.ready();
    assert.deepEqual(driver.wrong, []);
    await driver.close();
  } finally {
    await browser.close();
    const { holds, figure } = await plant.close();
    assert.ok(holds, `left behind: ${figure}`);
  }
});
