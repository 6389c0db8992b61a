import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { launchChromium, noChromium } from '../support/chromium.ts';
import { PageDriver } from '../support/page-driver.ts';
import { callwakeProcesses, listen } from '../support/processes.ts';

const EMMA = '+491511000001';
const TOM = '+491511000004';
const ELSA = '+491511000019';

/** A demo, a browser, and what the network says in the end. */
async function startDemo(t: TestContext) {
  const child = callwakeProcesses(t)(['demo', '--rate', '10', '--seed', '3', '--report', 'json']);
  const words = listen(child, 'stderr');
  const out = listen(child, 'stdout');
  const url = (await words.heard(/the live page: /)).replace(/.*the live page: /, '');
  const browser: Browser = await launchChromium();
  t.after(() => browser.close());
  const verdict = async (): Promise<Record<string, unknown>> => {
    const over = once(child, 'close');
    child.kill('SIGINT');
    await over;
    return JSON.parse(out.said.at(-1) ?? '{}') as Record<string, unknown>;
  };
  return { url, browser, verdict };
}

async function takePhone(driver: PageDriver, number: string): Promise<void> {
  const { page } = driver;
  await driver.until(`document.querySelector('#phone-select option[value="${number}"]') !== null`);
  await page.selectOption('#phone-select', number);
  await driver.until(`document.querySelector('#phone-number').textContent === '${number}'`);
  await driver.until(
    `['Switch on', 'Switch off'].includes(document.querySelector('#phone-power').textContent)`,
  );
  await driver.until(`document.querySelector('#handset').dataset.radio !== ''`);
  await switchOn(driver);
}

async function switchOn(driver: PageDriver): Promise<void> {
  const { page } = driver;
  if ((await page.textContent('#phone-power')) === 'Switch on') await page.click('#phone-power');
  await driver.until(`document.querySelector('#handset').dataset.radio === 'on'`);
}

test('the phones of the demo in Chromium', { skip: noChromium ?? false, timeout: 240_000 }, async (t) => {
  const { url, browser, verdict } = await startDemo(t);

  await t.test(
    'S1 a keyword is typed on a phone and answered there, and the page says what it has changed',
    async () => {
      const driver = await PageDriver.open(browser, `${url}#/phones`);
      const { page } = driver;
      await takePhone(driver, EMMA);
      await driver.untilText('#phone-story', 'Emma.*English.*standard: all missed calls at once');
      await page.focus('#phone-text');
      await page.keyboard.type('quiet hours 22-7');
      await page.keyboard.press('Enter');
      await driver.untilText('#phone-messages', 'quiet hours 22-7✓ sent');
      await driver.untilText('#phone-messages', 'Quiet from 22:00 to 07:00: notices wait until then\\.');
      await driver.untilText('#phone-story', 'quiet 22:00 – 07:00');
      assert.equal(await page.inputValue('#phone-text'), '');
      await page.keyboard.type('language deutsch');
      await page.keyboard.press('Enter');
      await driver.untilText('#phone-messages', 'Ab jetzt schreiben wir Ihnen auf Deutsch');
      await driver.untilText('#phone-story', 'German');
      assert.equal(
        await page.getAttribute('#phone-messages li:last-child .bubble[lang]', 'lang').catch(() => 'de'),
        'de',
      );
      // What was said stays when the page comes anew; the phone is part of its address.
      assert.match(page.url(), /phone=%2B491511000001/);
      await page.reload();
      await driver.untilText('#phone-messages', 'quiet hours 22-7✓ sent');
      assert.deepEqual(driver.wrong, []);
      await driver.close();
    },
  );

  await t.test(
    'S2 a menu is walked by keyboard alone, and left; a code that is none is said to be',
    async () => {
      const driver = await PageDriver.open(browser, `${url}#/phones`);
      const { page } = driver;
      await takePhone(driver, TOM);
      await page.focus('#phone-code');
      await page.keyboard.press('Enter');
      await driver.untilText('#ussd-text', '7 Settings');
      const isFocused = (id: string) => `document.activeElement.id === '${id}'`;
      await driver.until(isFocused('ussd-answer'));
      await page.keyboard.type('7');
      await page.keyboard.press('Enter');
      await driver.untilText('#ussd-text', '1 Status');
      await driver.until(isFocused('ussd-answer'));
      await page.keyboard.type('1');
      await page.keyboard.press('Enter');
      await driver.untilText('#ussd-text', 'Missed-call notices: on');
      await driver.until(isFocused('ussd-cancel'));
      assert.equal(await page.textContent('#ussd-cancel'), 'OK');
      await page.keyboard.press('Enter');
      await driver.until(`document.querySelector('#phone-ussd').hidden`);
      await driver.until(isFocused('phone-code'));

      await page.fill('#phone-code', '*100#');
      await page.keyboard.press('Enter');
      await driver.untilText('#ussd-text', 'Connection problem or invalid MMI code');
      await page.keyboard.press('Escape');
      await driver.until(`document.querySelector('#phone-ussd').hidden`);

      await page.fill('#phone-code', '*123#');
      await page.keyboard.press('Enter');
      await driver.untilText('#ussd-text', '7 Settings');
      await page.keyboard.press('Escape');
      await driver.until(`document.querySelector('#phone-ussd').hidden`);
      assert.deepEqual(driver.wrong, []);
      await driver.close();
    },
  );

  await t.test(
    'a phone that is off sends nothing, as a handset says; on again it does; at 360 pixels',
    async () => {
      const driver = await PageDriver.open(browser, `${url}#/phones`, {
        viewport: { width: 360, height: 740 },
      });
      const { page } = driver;
      await takePhone(driver, TOM);
      await page.click('#phone-power');
      await driver.untilText('#phone-radio', 'off');
      await page.fill('#phone-text', 'STATUS');
      await page.press('#phone-text', 'Enter');
      await driver.untilText('#phone-messages', 'not sent: no network');
      await page.press('#phone-code', 'Enter');
      await driver.untilText('#ussd-text', 'No network: the code was not sent');
      await page.click('#ussd-cancel');
      await switchOn(driver);
      await page.fill('#phone-text', 'D');
      await page.press('#phone-text', 'Enter');
      await driver.untilText('#phone-messages', 'D✓ sent');
      assert.equal(await driver.number('document.documentElement.scrollWidth'), 360);
      assert.deepEqual(driver.wrong, []);
      await driver.close();
    },
  );

  await t.test('N6 missed calls of who reads e-mail stand in the mailbox beside the phone', async () => {
    const driver = await PageDriver.open(browser, `${url}#/phones`);
    await takePhone(driver, ELSA);
    await driver.untilText('#phone-story', 'by e-mail, then SMS');
    await driver.page.click('#phone-ring');
    await driver.untilText('#mailbox', 'Mailbox of elsa@mail\\.example.*Missed call');
    assert.deepEqual(driver.wrong, []);
    await driver.close();
  });

  await t.test(
    'A8 coverage is lost and comes back: the governor has notices wait, and says for how long',
    async () => {
      const driver = await PageDriver.open(browser, `${url}#/phones`);
      await driver.page.click('#governor button');
      await driver.untilText('#governor', 'Two of three phones are without coverage');
      await driver.untilText(
        '#governor',
        'Wait for their turn\\d+ notices?Age of the oldest(under )?\\d+\\s?s',
      );
      assert.deepEqual(driver.wrong, []);
      await driver.close();
    },
  );

  await t.test('the verdict is clean, and says of whom nothing was demanded', async () => {
    const { lost, doubled, wrong, byFigures, peopleUnbound } = await verdict();
    assert.deepEqual({ lost, doubled, wrong }, { lost: 0, doubled: 0, wrong: 0 });
    assert.ok(
      Number(byFigures) > 0 && Number(peopleUnbound) >= 2,
      JSON.stringify({ byFigures, peopleUnbound }),
    );
  });
});
