/** What `callwake subscriber` does: over the control socket of the engine that runs, else on its data at rest. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { ControlClient } from '../adapters/control/control-client.ts';
import { logOptions, settled } from '../adapters/engine/engine-options.ts';
import { importSubscribers } from '../adapters/engine/import-subscribers.ts';
import { OfflineSubscribers } from '../adapters/engine/offline-subscribers.ts';
import type { SubscriberAccess, SubscriberEntry } from '../adapters/engine/subscriber-access.ts';
import { SUBSCRIBER_COLUMNS } from '../adapters/engine/subscriber-file.ts';
import { createLog } from '../adapters/log/pino-log.ts';
import type { Config } from '../config/schema/config.ts';
import type { Profile } from '../types/model/profile.ts';
import { OperatingError } from '../types/operating-error.ts';
import { EXIT } from './exit-codes.ts';
import { loadConfigFile } from './load-config-file.ts';
import type { Terminal } from './program.ts';
import type { SubscriberActions, SubscriberSettings, SubscriberTarget } from './subscriber.ts';

/** Subscribers that are asked for at once. */
const PAGE = 1_000;
/** Lines of an import from which on its progress is told. */
const WORTH_TELLING = 10_000;

export function subscriberActions(terminal: Terminal): SubscriberActions {
  const print = (entry: SubscriberEntry, json: boolean): void => terminal.out(`${lineOf(entry, json)}\n`);
  return {
    get: (number, options) =>
      withSubscribers(options, async (subscribers) => {
        const profile = await subscribers.get(number);
        if (profile === undefined) {
          terminal.error(`callwake: ${number} is not subscribed\n`);
          return EXIT.failed;
        }
        print({ number, profile }, options.json);
        return EXIT.ok;
      }),

    set: (number, settings) =>
      withSubscribers(settings, async (subscribers, config) => {
        const before = await subscribers.get(number);
        const profile = { ...(before ?? defaultsOf(config)), ...changesIn(settings) };
        await subscribers.put(number, profile);
        print({ number, profile }, false);
        return EXIT.ok;
      }),

    import: async (file, options) => {
      const name = file === '-' ? 'standard input' : file;
      // A file that is not there is said before anything is locked.
      if (file !== '-') await (await open(file)).close();
      return withSubscribers(options, async (subscribers, config) => {
        const source = file === '-' ? process.stdin : createReadStream(file);
        const { taken, unchanged, faultyCount, faulty } = await importSubscribers(subscribers, source, {
          subscribers: config.subscribers,
          onProgress: (progress) => {
            const lines = progress.taken + progress.unchanged;
            if (lines >= WORTH_TELLING) terminal.error(`${lines} lines taken in\n`);
          },
        });
        for (const { line, message, allowed } of faulty)
          terminal.error(`${name}:${line}: ${message}; allowed: ${allowed}\n`);
        if (faultyCount > faulty.length)
          terminal.error(`${name}: and ${faultyCount - faulty.length} more lines are wrong\n`);
        terminal.out(`taken ${taken}, unchanged ${unchanged}, faulty ${faultyCount}\n`);
        return faultyCount === 0 ? EXIT.ok : EXIT.failed;
      });
    },

    list: (options) =>
      withSubscribers(options, async (subscribers) => {
        // What is printed can be imported again.
        if (!options.json) terminal.out(`${SUBSCRIBER_COLUMNS.join(',')}\n`);
        let after = options.after ?? '';
        for (let left = options.limit; left > 0; ) {
          const page = await subscribers.list(after, Math.min(PAGE, left));
          for (const entry of page) print(entry, options.json);
          if (page.length < Math.min(PAGE, left)) break;
          after = page.at(-1)!.number;
          left -= page.length;
        }
        return EXIT.ok;
      }),
  };
}

async function withSubscribers(
  { config: file }: SubscriberTarget,
  action: (subscribers: SubscriberAccess, config: Config) => Promise<number>,
): Promise<number> {
  const config = settled(loadConfigFile(file));
  const subscribers = await reach(config);
  try {
    return await action(subscribers, config);
  } finally {
    await subscribers.close();
  }
}

async function reach(config: Config): Promise<SubscriberAccess & { close(): Promise<void> }> {
  const running = await ControlClient.connect(config.node.dataDirectory);
  if (running !== undefined) return running;
  const log = createLog({ ...logOptions(config, 'subscriber'), level: 'warn' });
  try {
    return await OfflineSubscribers.open(config, log);
  } catch (error) {
    if (!(error instanceof OperatingError) || error.code !== 'CW_STORE_IN_USE') throw error;
    const directory = config.node.dataDirectory;
    throw new OperatingError(
      'CW_ENGINE_BUSY',
      `the engine on ${directory} is starting or stopping, or another command uses its data: try again`,
      { directory },
      error,
    );
  }
}

function defaultsOf({ subscribers }: Config): Profile {
  const { defaultLanguage: language, defaultTimeZone: timeZone } = subscribers;
  return { missedCalls: true, notifyMe: 'off', language, timeZone };
}

/** Only what the command line names. */
function changesIn({ missedCalls, notifyMe, language, timeZone }: SubscriberSettings): Partial<Profile> {
  return {
    ...(missedCalls === undefined ? {} : { missedCalls }),
    ...(notifyMe === undefined ? {} : { notifyMe }),
    ...(language === undefined ? {} : { language }),
    ...(timeZone === undefined ? {} : { timeZone }),
  };
}

/** As a line of the file that `import` reads, or as JSON with the same names. */
function lineOf({ number, profile }: SubscriberEntry, json: boolean): string {
  const { missedCalls, notifyMe, language, timeZone } = profile;
  if (json) return JSON.stringify({ number, missedCalls, notifyMe, language, timeZone });
  return [number, missedCalls ? 'on' : 'off', notifyMe, language, timeZone].join(',');
}
