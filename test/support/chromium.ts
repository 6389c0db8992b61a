import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PATHS = [process.env['CALLWAKE_CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser'];
const executablePath = PATHS.find((file) => file !== '' && existsSync(file));

/** Why a test that needs a browser is skipped; undefined when one is there. */
export const noChromium: string | undefined =
  executablePath === undefined ? 'Chromium is not installed (apt-get install chromium)' : undefined;

/** A headless browser of this machine that calls nobody. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: executablePath!,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
