/** The engine under load: `callwake run` in a process of its own, on a data directory of its own with all subscribers in it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { stringify } from 'yaml';
import { ControlClient } from '../src/adapters/control/control-client.ts';
import { OfflineSubscribers } from '../src/adapters/engine/offline-subscribers.ts';
import { loadConfig } from '../src/config/load.ts';
import type { Config } from '../src/config/schema/config.ts';
import { silentLog } from '../src/types/log.ts';
import { engineSections } from './engine-config.ts';
import { subscriberNumber } from './numbers.ts';
import type { NetworkPlan } from './plan.ts';

/** dist/loadtest → dist/src/cli. */
const MAIN = path.resolve(import.meta.dirname, '../src/cli/main.js');
const STOP_MS = 10_000;
/** Subscribers under way while they are provisioned. */
const WINDOW = 4_000;

export interface EngineProcessOptions {
  /** An empty folder, for the configuration and the data. */
  readonly directory: string;
  /** Of each generator, with the ports in use. */
  readonly networks: readonly NetworkPlan[];
  /** Of each generator. */
  readonly subscribers: number;
  /** Sections of the configuration, laid over those that the load needs. */
  readonly config?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** A module loaded before the program: how a test makes a part of it slow. */
  readonly preload?: string;
  /** Of Node itself: `--cpu-prof`. */
  readonly nodeFlags?: readonly string[];
}

export interface EngineStatus {
  readonly counters: Readonly<Record<string, number>>;
  readonly rings: readonly { readonly name: string; readonly fill: number; readonly depth: number }[];
}

export class EngineProcess {
  readonly directory: string;
  readonly #options: EngineProcessOptions;
  readonly #file: string;
  #child: ChildProcess | undefined;
  #said = '';

  constructor(options: EngineProcessOptions) {
    this.#options = options;
    this.directory = path.join(options.directory, 'data');
    this.#file = path.join(options.directory, 'callwake.yaml');
    writeFileSync(this.#file, stringify(this.#sections()));
  }

  get processId(): number {
    return this.#child?.pid ?? 0;
  }

  /** Writes all subscribers into the store, in the order of their numbers, before the engine runs. Returns how long it took. */
  async provision(): Promise<number> {
    const startedAtMs = performance.now();
    const subscribers = await OfflineSubscribers.open(this.#config(), silentLog);
    const profile = { missedCalls: true, notifyMe: 'off', language: 'en', timeZone: 'UTC' } as const;
    try {
      for (const index of windowsOf(this.#options)) {
        await Promise.all(index.map((one) => subscribers.put(subscriberNumber(one), profile)));
      }
    } finally {
      await subscribers.close();
    }
    return performance.now() - startedAtMs;
  }

  start(): void {
    const { preload, nodeFlags = [] } = this.#options;
    const imports = preload === undefined ? [] : ['--import', preload];
    const child = spawn(process.execPath, [...nodeFlags, ...imports, MAIN, 'run', '--config', this.#file], {
      stdio: ['ignore', 'ignore', 'pipe'],
      // Ctrl-C is for the load: the engine is needed until the last notice.
      detached: true,
    });
    // Should this process end in a hurry, the engine is not left behind.
    const killChild = (): void => void child.kill('SIGKILL');
    process.once('exit', killChild);
    child.once('exit', () => process.off('exit', killChild));
    child.stderr.on('data', (octets: Buffer) => {
      this.#said = (this.#said + octets.toString('utf8')).slice(-8_192);
    });
    this.#child = child;
  }

  /** The end of what it wrote to its log. */
  get said(): string {
    return this.#said;
  }

  get alive(): boolean {
    return this.#child?.exitCode === null && this.#child.signalCode === null;
  }

  /** How it ended: `signal SIGKILL`, `exit code 70`. Settles when it has; it must have been started. */
  async ended(): Promise<string> {
    const child = this.#child!;
    if (this.alive) await once(child, 'exit');
    return child.signalCode === null ? `exit code ${child.exitCode}` : `signal ${child.signalCode}`;
  }

  async status(): Promise<EngineStatus> {
    const client = await ControlClient.connect(this.directory);
    if (client === undefined) throw new Error(`the engine does not answer:\n${this.#said}`);
    try {
      return (await client.status()) as EngineStatus;
    } finally {
      await client.close();
    }
  }

  /** Resident memory that belongs to it alone, in octets: without the pages of its files. */
  anonymousOctets(): number {
    const status = readFileSync(`/proc/${this.processId}/status`, 'utf8');
    return Number(/^RssAnon:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1_024;
  }

  /** Stops it in order. */
  async stop(): Promise<void> {
    const child = this.#child;
    if (child === undefined || !this.alive) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    const patience = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(patience);
  }

  /** Whatever happened. */
  kill(): void {
    if (this.alive) this.#child?.kill('SIGKILL');
  }

  #config(): Config {
    const loaded = loadConfig(readFileSync(this.#file, 'utf8'));
    if (!loaded.ok) throw new Error(`the configuration of the load is wrong: ${JSON.stringify(loaded)}`);
    return loaded.config;
  }

  #sections(): Record<string, Record<string, unknown>> {
    const { networks, config = {} } = this.#options;
    const sections = engineSections(networks, this.directory);
    for (const [name, section] of Object.entries(config)) sections[name] = { ...sections[name], ...section };
    return sections;
  }
}

/** Indexes of all subscribers, so many at once. */
function* windowsOf({ networks, subscribers }: EngineProcessOptions): Generator<number[]> {
  for (const { firstSubscriber } of networks)
    for (let at = 0; at < subscribers; at += WINDOW)
      yield Array.from(
        { length: Math.min(WINDOW, subscribers - at) },
        (_, one) => firstSubscriber + at + one,
      );
}
