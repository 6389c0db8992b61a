/** What `callwake stp` does: a transfer point until it is told to stop. */
import { stopSignal } from '../adapters/engine/stop-signal.ts';
import { createLog } from '../adapters/log/pino-log.ts';
import { buildTransferPoint } from '../adapters/simulator/transfer-point.ts';
import { defaultPlan } from '../simulator/plan.ts';
import { CountersMap } from '../types/counters.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './program.ts';
import type { StpOptions } from './stp.ts';

export async function runStp(options: StpOptions, terminal: Terminal): Promise<number> {
  const { pointCodes, routingContext } = defaultPlan;
  const point = buildTransferPoint({
    config: {
      listen: options.listen,
      connect: options.connect,
      networkPointCodes: [pointCodes.stp, pointCodes.msc, pointCodes.hlr],
      enginePointCode: pointCodes.callwake,
      routingContext,
    },
    transport: options.transport,
    counters: new CountersMap(),
    log: createLog({ level: 'info' }),
  });
  const stopped = stopSignal();
  const port = await point.start();
  terminal.error(`callwake stp: listening on ${options.listen.host}:${port} (${options.transport})\n`);
  await stopped;
  await point.stop();
  return EXIT.ok;
}
