/** What `callwake personal-data export` and `erase` do. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { accessesOf } from '../adapters/access/accesses-of.ts';
import { machineClock } from '../adapters/clock.ts';
import { type SearchProgress, searchProgress } from '../adapters/engine/find-number.ts';
import { erasePersonalData, personalData } from '../adapters/engine/personal-data.ts';
import { Progress } from './data-target.ts';
import { erasureReceipt, receiptText } from './erasure-receipt.ts';
import { EXIT } from './exit-codes.ts';
import type { PersonalDataActions } from './personal-data.ts';
import type { Terminal } from './program.ts';
import { withSubscribers } from './reach-subscribers.ts';

const LOOK_EVERY_MS = 1_000;
/** A notice on its way has its answer within this, or waits for a return. */
const TRIES = 10;

export function personalDataActions(terminal: Terminal): PersonalDataActions {
  return {
    export: async (number, options) => {
      const { out: file } = options;
      const unfinished = `${file}.unfinished`;
      const out: Writable =
        file === undefined ? process.stdout : createWriteStream(unfinished, { mode: 0o600 });
      if (file !== undefined) await once(out, 'ready');
      try {
        await withSubscribers(options, async (subscribers, config) => {
          const progress = searchProgress();
          await telling(progress, terminal, async () => {
            const asOf = new Date(machineClock.now()).toISOString();
            await write(
              out,
              `{\n"number": ${JSON.stringify(number)},\n"asOf": ${JSON.stringify(asOf)},\n"stored": [`,
            );
            await writeAll(out, personalData(subscribers, number, progress));
            await write(out, '],\n"accesses": [');
            await writeAll(out, accessesOf(config.node.dataDirectory, number));
            await write(out, `],\n"unreadable": ${progress.unreadable}\n}\n`);
          });
        });
        if (file !== undefined) {
          out.end();
          await once(out, 'close');
          await rename(unfinished, file);
        }
        return EXIT.ok;
      } catch (error) {
        if (file !== undefined) {
          out.destroy();
          await rm(unfinished, { force: true });
        }
        throw error;
      }
    },

    erase: (number, options) =>
      withSubscribers(options, async (subscribers, config) => {
        const progress = searchProgress();
        const erasure = await telling(progress, terminal, () =>
          erasePersonalData(subscribers, number, {
            progress,
            tries: TRIES,
            pause: () => wait(LOOK_EVERY_MS),
          }),
        );
        const receipt = erasureReceipt(number, erasure, config, machineClock.now());
        terminal.out(options.json ? `${JSON.stringify(receipt)}\n` : receiptText(receipt));
        return receipt.heldRecords === 0 ? EXIT.ok : EXIT.failed;
      }),
  };
}

/** Says now and then how far the search is. */
async function telling<T>(progress: SearchProgress, terminal: Terminal, work: () => Promise<T>): Promise<T> {
  const { say } = new Progress(terminal);
  const look = setInterval(
    () => say(`${progress.looked} records looked at, ${Math.floor(100 * progress.part)} %`),
    LOOK_EVERY_MS,
  );
  try {
    return await work();
  } finally {
    clearInterval(look);
  }
}

/** The entries of a list, one a line. */
async function writeAll(out: Writable, entries: AsyncIterable<unknown>): Promise<void> {
  let first = true;
  for await (const entry of entries) {
    await write(out, `${first ? '' : ','}\n${JSON.stringify(entry, octetsAsText)}`);
    first = false;
  }
}

const octetsAsText = (_: string, value: unknown): unknown =>
  value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;

async function write(out: Writable, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain');
}
