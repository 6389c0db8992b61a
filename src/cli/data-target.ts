/** The data that a command is about, and how it tells of its progress. */
import path from 'node:path';
import { settled } from '../adapters/engine/engine-options.ts';
import type { Config } from '../config/schema/config.ts';
import { loadConfigFile } from './load-config-file.ts';
import type { Terminal } from './program.ts';
import type { DataTarget } from './store-commands.ts';

export interface TargetData {
  readonly directory: string;
  /** Undefined when only the directory was named. */
  readonly config: Config | undefined;
}

/**
 * One of both is given: the command line was checked.
 * @throws OperatingError `CW_CONFIG_INVALID`
 */
export function targetData({ config: file, data }: DataTarget): TargetData {
  if (data !== undefined) return { directory: path.resolve(data), config: undefined };
  const config = settled(loadConfigFile(file ?? ''));
  return { directory: config.node.dataDirectory, config };
}

/** Says how far it is, at most once a second, on standard error. */
export class Progress {
  readonly #terminal: Terminal;
  #saidAtMs = performance.now();

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
  }

  readonly say = (text: string): void => {
    const nowMs = performance.now();
    if (nowMs - this.#saidAtMs < 1_000) return;
    this.#saidAtMs = nowMs;
    this.#terminal.error(`${text}\n`);
  };

  readonly pages = (shard: number, pages: number, of: number): void =>
    this.say(`shard-${shard}: ${Math.min(99, Math.floor((100 * pages) / Math.max(1, of)))} % of ${of} pages`);
}
