import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** A page in a browser, and what went wrong on it. */
export class PageDriver {
  readonly page: Page;
  readonly wrong: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') this.wrong.push(message.text());
    });
    page.on('pageerror', (error) => this.wrong.push(error.message));
  }

  static async open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<PageDriver> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const driver = new PageDriver(await context.newPage());
    await driver.page.goto(url);
    return driver;
  }

  /** Polls from here: the page's own policy forbids a condition that is a text. */
  async until(condition: string): Promise<void> {
    for (let round = 0; round < 400; round++) {
      if ((await this.page.evaluate(condition)) === true) return;
      await sleep(50);
    }
    assert.fail(`never: ${condition}`);
  }

  untilText(selector: string, pattern: string): Promise<void> {
    return this.until(
      `new RegExp(${JSON.stringify(pattern)}).test(document.querySelector(${JSON.stringify(selector)})?.textContent ?? '')`,
    );
  }

  async number(expression: string): Promise<number> {
    return Number(await this.page.evaluate(expression));
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
