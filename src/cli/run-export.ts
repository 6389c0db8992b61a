/** What `callwake subscriber export` does. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { exportSubscribers } from '../adapters/engine/export-subscribers.ts';
import { EXIT } from './exit-codes.ts';
import { fileFormat } from './file-format.ts';
import type { Terminal } from './program.ts';
import { withSubscribers } from './reach-subscribers.ts';
import type { ExportCommandOptions } from './subscriber.ts';
import { standardError, TransferProgress } from './transfer-progress.ts';

export function exportAction(terminal: Terminal) {
  return async (file: string, options: ExportCommandOptions): Promise<number> => {
    const toFile = file !== '-';
    const unfinished = `${file}.unfinished`;
    // A file that cannot be made is said before anything is locked.
    const out: Writable = toFile ? createWriteStream(unfinished, { mode: 0o600 }) : process.stdout;
    if (toFile) await once(out, 'ready');
    try {
      const outcome = await withSubscribers(options, async (subscribers) => {
        const progress = new TransferProgress(standardError, 0);
        const done = await exportSubscribers(
          subscribers,
          fileFormat(file, options.format),
          async (text, rows) => {
            if (!out.write(text)) await once(out, 'drain');
            progress.say({ rows, octets: 0 });
          },
        );
        progress.end();
        return done;
      });
      if (toFile) {
        out.end();
        await once(out, 'close');
        await rename(unfinished, file);
      }
      if (outcome.cut > 0)
        terminal.error(
          `${outcome.cut} subscribers have web push subscriptions, which CSV does not hold: --format ndjson has them\n`,
        );
      terminal.error(`exported ${outcome.subscribers}\n`);
      return EXIT.ok;
    } catch (error) {
      if (toFile) {
        out.destroy();
        await rm(unfinished, { force: true });
      }
      throw error;
    }
  };
}
