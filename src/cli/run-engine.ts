/** What `callwake run` does: the engine as a configuration file says, until it is told to stop. */
import { createReadStream } from 'node:fs';
import { logOptions, settled } from '../adapters/engine/engine-options.ts';
import { onReloadSignal, stopSignal } from '../adapters/engine/stop-signal.ts';
import { createLog } from '../adapters/log/pino-log.ts';
import { EXIT } from './exit-codes.ts';
import { fileFormat } from './file-format.ts';
import { loadConfigFile } from './load-config-file.ts';
import type { Terminal } from './program.ts';
import type { RunOptions } from './run.ts';
import { type Service, startService } from './service.ts';

export async function runEngine(options: RunOptions, terminal: Terminal): Promise<number> {
  const config = settled(loadConfigFile(options.config));
  if (options.check) {
    terminal.out(`${options.config}: nothing is wrong with it\n`);
    return EXIT.ok;
  }
  const stop = stopSignal();
  const log = createLog(logOptions(config, 'main'));
  // From the first moment on: a SIGHUP that nobody waits for is the end of the process.
  let service: Service | undefined;
  const reload = onReloadSignal(() => {
    try {
      service?.engine.replaceTranslations(settled(loadConfigFile(options.config)));
      log.info('config.translations-taken', { file: options.config });
    } catch (error) {
      // The engine goes on with what it has.
      log.error('config.not-taken', { file: options.config, error });
    }
  });
  try {
    const { importFile } = config.subscribers;
    service = await startService({
      config,
      mode: 'run',
      captureFile: options.capture,
      subscribers:
        importFile === undefined
          ? undefined
          : { format: fileFormat(importFile), open: () => createReadStream(importFile) },
    });
    log.info('engine.started', {
      dataDirectory: config.node.dataDirectory,
      ...(service.url === undefined ? {} : { page: service.url }),
    });
    const signal = await stop;
    log.info('engine.stopping', { signal });
    const inOrder = await service.stop();
    log.info('engine.stopped', { inOrder });
    return inOrder ? EXIT.ok : EXIT.failed;
  } finally {
    reload.end();
  }
}
