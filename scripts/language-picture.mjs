// Draws docs/images/languages.png: what phones show of the built-in texts, a phone for each language, in the style of the live page.
// Run it after a build, on a machine with Chromium and with fonts of all scripts, and look at it:
//   node scripts/language-picture.mjs docs/images/languages.png
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { builtInTemplateFiles } from '../dist/src/adapters/notifier/template-files.js';
import { directionOf } from '../dist/src/notice/direction.js';
import { previewSms } from '../dist/src/notice/preview.js';
import { samples } from '../dist/src/notice/samples.js';
import { parseTemplates } from '../dist/src/notice/templates.js';

const target = process.argv[2];
if (target === undefined) {
  process.stderr.write('usage: node scripts/language-picture.mjs FILE.png\n');
  process.exit(64);
}
const shown = ['one-call', 'several-reasons', 'returned', 'away-message', 'teaser'];
const styles = ['tokens.css', 'layout.css', 'parts.css', 'phone.css']
  .map((name) => readFileSync(path.resolve(import.meta.dirname, '../src/web/page', name), 'utf8'))
  .join('\n');

const escaped = (text) => text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
const phones = builtInTemplateFiles().map((file) => {
  const { file: templates } = parseTemplates(readFileSync(file, 'utf8'));
  const { language, versions } = templates;
  const messages = shown.map((sample) => {
    const { text, alphabet, characters, parts } = previewSms(
      templates,
      samples[sample],
      versions.at(-1).version,
    );
    const cost = `${characters} of ${alphabet}, ${parts} ${parts === 1 ? 'part' : 'parts'}`;
    return `<li class="message" data-state="delivered"><div class="bubble">${escaped(text)}</div><p class="message-meta figure">${cost}</p></li>`;
  });
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language);
  return `<div class="handset" lang="${language}"><div class="handset-ear"></div><div class="screen">
    <div class="screen-bar"><span class="figure">14:30</span><span>${language}, ${directionOf(language)}</span></div>
    <p class="screen-title">${name}</p><ol class="messages">${messages.join('')}</ol></div><div class="handset-foot"></div></div>`;
});

const executablePath = [
  process.env.CALLWAKE_CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
].find((file) => file !== '' && existsSync(file));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage({ viewport: { width: 1960, height: 1200 } });
await page.setContent(`<!doctype html><html lang="en" data-theme="light"><head><meta charset="utf-8"><style>${styles}
  html, body { overflow: visible; block-size: auto; background: var(--ground); }
  body { display: grid; grid-template-columns: repeat(6, 19rem); gap: 1rem; padding: 1rem; margin: 0; inline-size: max-content; }
  .handset { background: var(--surface); margin: 0; } .screen, .messages { flex: 1 0 auto; overflow: visible; } ol { list-style: none; margin: 0; } p { margin: 0; }
</style></head><body>${phones.join('')}</body></html>`);
await page.locator('body').screenshot({ path: target });
await browser.close();
