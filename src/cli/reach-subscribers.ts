/** The subscribers of a configuration: over the control socket of the engine that runs, else on its data at rest. */
import { ControlClient } from '../adapters/control/control-client.ts';
import { logOptions, settled } from '../adapters/engine/engine-options.ts';
import { OfflineSubscribers } from '../adapters/engine/offline-subscribers.ts';
import { createLog } from '../adapters/log/pino-log.ts';
import type { Config } from '../config/schema/config.ts';
import { OperatingError } from '../types/operating-error.ts';
import { loadConfigFile } from './load-config-file.ts';

export type Reached = ControlClient | OfflineSubscribers;

export async function withSubscribers<T>(
  { config: file }: { readonly config: string },
  action: (subscribers: Reached, config: Config) => Promise<T>,
): Promise<T> {
  const config = settled(loadConfigFile(file));
  const subscribers = await reach(config);
  try {
    return await action(subscribers, config);
  } finally {
    await subscribers.close();
  }
}

async function reach(config: Config): Promise<Reached> {
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
