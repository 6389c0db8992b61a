import pino from 'pino';
import type { Log } from '../../types/log.ts';
import { textLine } from './text-line.ts';

export interface LogOptions {
  /** Nothing below this one; default 'info'. */
  readonly level?: 'info' | 'warn' | 'error' | 'silent' | undefined;
  /** 'json': a JSON object a line. 'text': for a person. Default: text on a terminal, else json. */
  readonly format?: 'json' | 'text' | undefined;
  /** Fields of every line, such as the node or the thread. */
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
  /** Default: standard error; standard output belongs to reports. */
  readonly write?: ((line: string) => void) | undefined;
}

/** The operating log on standard error. Numbers of subscribers come masked (`maskNumber`). */
export function createLog(options: LogOptions = {}): Log {
  const write = options.write ?? ((line: string) => process.stderr.write(line));
  const format = options.format ?? (process.stderr.isTTY ? 'text' : 'json');
  const logger = pino(
    {
      level: options.level ?? 'info',
      base: options.fields ?? {},
      messageKey: 'event',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: pino.stdSerializers.err },
    },
    { write: format === 'json' ? write : (line: string) => write(textLine(line)) },
  );
  return {
    info: (event, fields = {}) => logger.info(fields, event),
    warn: (event, fields = {}) => logger.warn(fields, event),
    error: (event, fields = {}) => logger.error(fields, event),
  };
}
