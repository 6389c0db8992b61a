import type { Command } from 'commander';
import { endWith } from './program.ts';

export interface WebPushKeysOptions {
  /** File that gets the private half; it must not be there yet. */
  readonly privateKey: string;
}

export const WEB_PUSH_KEYS_HELP = `
The private half goes into a new file that this user alone may read; the public one is printed. In the configuration:

  channels:
    webPush:
      publicKey: what was printed
      privateKey: file:web-push.key

Subscriptions belong to the key that they were made with: a new pair needs new ones.
`;

/** `callwake web-push keys`; `action` resolves with the exit code. */
export function registerWebPush(
  program: Command,
  action: (options: WebPushKeysOptions) => Promise<number>,
): void {
  program
    .command('web-push')
    .summary('what notices by web push need')
    .description('What notices by web push need.')
    .command('keys')
    .summary('make the key pair by which push services know us')
    .description('Makes the key pair by which push services know us (VAPID).')
    .requiredOption('--private-key <file>', 'new file for the private half')
    .addHelpText('after', WEB_PUSH_KEYS_HELP)
    .action(async (options: WebPushKeysOptions, command: Command) => endWith(command, await action(options)));
}
