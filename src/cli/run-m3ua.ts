/** What `callwake m3ua` does: the endpoint, its primitives on standard output, its commands from standard input. */
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { stopSignal } from '../adapters/engine/stop-signal.ts';
import { createLog } from '../adapters/log/pino-log.ts';
import { readCommand } from '../adapters/m3ua/commands.ts';
import { PlainEndpoint } from '../adapters/m3ua/plain-endpoint.ts';
import { endpointConfig } from '../config/m3ua-endpoint.ts';
import { CountersMap } from '../types/counters.ts';
import { type PointCodeNotation, pointCodeNotation, readPointCode } from '../types/point-code.ts';
import { EXIT } from './exit-codes.ts';
import type { M3uaOptions } from './m3ua.ts';
import type { Terminal } from './program.ts';

/** Octets of output that may wait before nothing more is read from the network. */
const OUTPUT_OCTETS_MAX = 1_048_576;
/** Octets of a line of commands: a message of 65 535 octets in hexadecimal, and what stands around it. */
const LINE_OCTETS_MAX = 200_000;
const ALL_SERVICE_INDICATORS = Array.from({ length: 256 }, (_, si) => si);

export async function runM3ua(
  options: M3uaOptions,
  terminal: Terminal,
  input: Readable = process.stdin,
  output: Writable = process.stdout,
): Promise<number> {
  const notation = pointCodeNotation(options.pointCodeFormat) as PointCodeNotation;
  const wrong: string[] = [];
  const pointCodes = (written: readonly string[]): number[] =>
    written.flatMap((one) => {
      const read = readPointCode(one, notation);
      if (read === undefined) wrong.push(one);
      return read ?? [];
    });
  const own = pointCodes(options.pointCode);
  const role = endpointConfig({
    role: options.role,
    listen: options.listen,
    connect: options.connect,
    pointCodes: own,
    peerPointCodes: pointCodes(options.peerPointCode),
    pointCodeBits: notation.bits,
    routingContexts: options.routingContext,
    peerRoutingContexts: options.peerRoutingContext,
    networkAppearance: options.networkAppearance,
    trafficMode: options.trafficMode,
    loadshareBy: options.loadshareBy,
    aspsActiveMin: options.activeMin,
    aspIdentifier: options.aspIdentifier,
    knownAsps: options.knownAsp,
    registration: options.registration,
    registrationRequired: options.registrationRequired,
    exchange: options.exchange,
    initiates: options.initiates,
    begin: options.begin,
    audit: options.audit,
    confidentialPointCodes: pointCodes(options.confidential),
    streams: options.streams,
    times: {
      ...(options.tAck === undefined ? {} : { ackMs: options.tAck }),
      ackTriesMax: options.tAckTries,
      ...(options.tRetry === undefined ? {} : { retryMs: options.tRetry }),
      ...(options.tR === undefined ? {} : { recoveryMs: options.tR }),
      ...(options.beat === undefined ? {} : { heartbeatMs: options.beat }),
      heartbeatMissesMax: options.beatMisses,
    },
  });
  if (wrong.length > 0) {
    terminal.error(
      `callwake: no point code in the format ${options.pointCodeFormat}: ${wrong.join(', ')} (--point-code-format)\n`,
    );
    return EXIT.usage;
  }
  if (typeof role === 'string') {
    terminal.error(`callwake: ${role}\n`);
    return EXIT.usage;
  }

  let isBlocked = false;
  const print = (line: Readonly<Record<string, unknown>>): void => {
    output.write(`${JSON.stringify({ at: Date.now(), ...line })}\n`);
    if (isBlocked || output.writableLength < OUTPUT_OCTETS_MAX) return;
    // Whoever reads our lines is slower than the network: the peer has to wait.
    isBlocked = true;
    endpoint.setReading(false);
    output.once('drain', () => {
      isBlocked = false;
      endpoint.setReading(true);
    });
  };
  const endpoint = new PlainEndpoint({
    role,
    transport: options.transport,
    notation,
    pointCodes: own,
    networkIndicator: options.networkIndicator,
    serviceIndicators:
      options.serviceIndicator.length === 0 ? ALL_SERVICE_INDICATORS : options.serviceIndicator,
    echo: options.echo,
    captureFile: options.capture,
    counters: new CountersMap(),
    log: createLog({ level: options.verbose ? 'info' : 'warn' }),
    print,
  });
  const port = await endpoint.start();
  print({
    primitive: 'READY',
    role: options.role,
    transport: options.transport,
    ...(port === undefined ? {} : { port }),
  });
  const lines = createInterface({ input, crlfDelay: Infinity });
  const asked = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      if (line.trim() === '') return;
      if (line.length > LINE_OCTETS_MAX)
        return print({ answer: '', ok: false, reason: 'the line is too long' });
      const command = readCommand(line, notation);
      if ('problem' in command) return print({ answer: '', ok: false, reason: command.problem });
      if (command.do !== 'quit') return print(endpoint.perform(command));
      print({ answer: 'quit', ok: true });
      resolve();
    });
  });
  await Promise.race([asked, stopSignal()]);
  lines.close();
  input.pause();
  await endpoint.stop();
  input.destroy();
  return EXIT.ok;
}
