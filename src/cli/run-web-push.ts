import { writeFileSync } from 'node:fs';
import { newVapidKeys } from '../adapters/web-push/vapid.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Terminal } from './program.ts';
import type { WebPushKeysOptions } from './web-push.ts';

/** A file that is there already stays as it is: it may hold the key of all subscriptions. */
export function runWebPushKeys({ privateKey: file }: WebPushKeysOptions, terminal: Terminal): ExitCode {
  const { publicKey, privateKey } = newVapidKeys();
  try {
    writeFileSync(file, `${privateKey}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    terminal.error(`callwake: ${file} is there already, and was left as it is\n`);
    return EXIT.unavailable;
  }
  terminal.out(`${publicKey}\n`);
  return EXIT.ok;
}
