/** A whole Callwake in this process: the engine in its threads, its subscribers, its page. */
import { Engine } from '../adapters/engine/engine.ts';
import { logOptions } from '../adapters/engine/engine-options.ts';
import { importSubscribers } from '../adapters/engine/import-subscribers.ts';
import { EngineSubscribers } from '../adapters/engine/subscribers.ts';
import { createLog } from '../adapters/log/pino-log.ts';
import type { Config } from '../config/schema/config.ts';

export interface ServiceOptions {
  readonly config: Config;
  readonly mode: 'demo' | 'run';
  readonly captureFile: string | undefined;
  /** A file of subscribers to take in before the first call. */
  readonly subscribers: (() => AsyncIterable<Uint8Array | string>) | undefined;
}

export interface Service {
  readonly engine: Engine;
  /** Of the page; undefined when there is none. */
  readonly url: string | undefined;
  /** Within 5 s; true when nothing was cut off. May be called again. */
  stop(): Promise<boolean>;
}

export async function startService(options: ServiceOptions): Promise<Service> {
  const { config, captureFile, subscribers } = options;
  const log = createLog(logOptions(config, 'main'));
  const engine = await Engine.start({
    config,
    log,
    captureFile,
    prepare: async ({ commands }) => {
      if (subscribers === undefined) return;
      const outcome = await importSubscribers(new EngineSubscribers(commands), subscribers(), {
        subscribers: config.subscribers,
      });
      for (const fault of outcome.faulty) log.warn('subscribers.line-faulty', { ...fault });
      log.info('subscribers.imported', {
        taken: outcome.taken,
        unchanged: outcome.unchanged,
        faulty: outcome.faultyCount,
      });
    },
  });
  let stopped: Promise<boolean> | undefined;
  return {
    engine,
    url: undefined,
    stop: () => {
      stopped ??= engine.stop();
      return stopped;
    },
  };
}
