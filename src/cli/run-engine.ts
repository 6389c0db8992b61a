/** What `callwake run` does: the engine as a configuration file says, until it is told to stop. */
import { createReadStream } from 'node:fs';
import { logOptions, settled } from '../adapters/engine/engine-options.ts';
import { onReloadSignal, stopSignal } from '../adapters/engine/stop-signal.ts';
import { createLog } from '../adapters/log/pino-log.ts';
import { EXIT } from './exit-codes.ts';
import { loadConfigFile } from './load-config-file.ts';
import type { Terminal } from './program.ts';
import type { RunOptions } from './run.ts';
import { startService } from './service.ts';

export async function runEngine(options: RunOptions, terminal: Terminal): Promise<number> {
  const config = settled(loadConfigFile(options.config));
  if (options.check) {
    terminal.out(`${options.config}: nothing is wrong with it\n`);
    return EXIT.ok;
  }
  const stop = stopSignal();
  const log = createLog(logOptions(config, 'main'));
  const { importFile } = config.subscribers;
  const service = await startService({
    config,
    mode: 'run',
    captureFile: options.capture,
    subscribers: importFile === undefined ? undefined : () => createReadStream(importFile),
  });
  log.info('engine.started', {
    dataDirectory: config.node.dataDirectory,
    ...(service.url === undefined ? {} : { page: service.url }),
  });
  const taken = onReloadSignal(() => {
    try {
      service.engine.replaceTranslations(settled(loadConfigFile(options.config)));
      log.info('config.translations-taken', { file: options.config });
    } catch (error) {
      // The engine goes on with what it has.
      log.error('config.not-taken', { file: options.config, error });
    }
  });
  const signal = await stop;
  taken.end();
  log.info('engine.stopping', { signal });
  const inOrder = await service.stop();
  log.info('engine.stopped', { inOrder });
  return inOrder ? EXIT.ok : EXIT.failed;
}
