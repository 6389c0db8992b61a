/** `callwake run` under a fault plant: its process, what it says, its metrics, its threads. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { type Heard, listen } from '../support/processes.ts';
import { WorkerInspector } from '../support/worker-inspector.ts';

/** dist/test/faults → dist/src/cli, dist/test/faults. */
const MAIN = path.resolve(import.meta.dirname, '../../src/cli/main.js');
const STEP_CLOCK = path.resolve(import.meta.dirname, 'step-clock.js');

export interface EngineProcessOptions {
  readonly config: string;
  /** Its threads can be hurt. */
  readonly inspected: boolean;
  /** V8's old space, MB: for threads that run out of memory. */
  readonly oldSpaceMb?: number | undefined;
  /** By how much its wall clock is wrong from the start. */
  readonly clockStepMs?: number | undefined;
}

/** Samples by name, each with its labels as they are written. */
export type Metrics = ReadonlyMap<string, readonly (readonly [labels: string, value: number])[]>;

export class EngineProcess {
  readonly child: ChildProcess;
  readonly words: Heard;
  readonly ended: Promise<readonly [code: number | null, signal: string | null]>;
  readonly #options: EngineProcessOptions;
  #inspector: WorkerInspector | undefined;
  #page = '';

  constructor(options: EngineProcessOptions) {
    this.#options = options;
    const { config, inspected, oldSpaceMb, clockStepMs } = options;
    const words = [
      ...(inspected ? ['--inspect=127.0.0.1:0'] : []),
      ...(oldSpaceMb === undefined ? [] : [`--max-old-space-size=${oldSpaceMb}`]),
      ...(clockStepMs === undefined ? [] : ['--import', STEP_CLOCK]),
    ];
    const env = { ...process.env, CALLWAKE_TEST_CLOCK_STEP_MS: `${clockStepMs ?? 0}` };
    this.child = spawn(process.execPath, [...words, MAIN, 'run', '--config', config], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env,
    });
    this.words = listen(this.child, 'stderr');
    this.ended = once(this.child, 'close').then(([code, signal]) => [
      code as number | null,
      signal as string | null,
    ]);
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  async started(): Promise<void> {
    const line = await this.words.heard(/"event":"engine\.started"/);
    this.#page = (JSON.parse(line) as { page?: string }).page ?? '';
    if (!this.#options.inspected) return;
    const url = /ws:\S+/.exec(await this.words.heard(/Debugger listening on/))?.[0] ?? '';
    this.#inspector = await WorkerInspector.connect(url);
  }

  /** Where its page is. */
  get page(): string {
    return this.#page;
  }

  get inspector(): WorkerInspector {
    if (this.#inspector === undefined) throw new Error('the engine is not inspected');
    return this.#inspector;
  }

  async metrics(): Promise<Metrics> {
    const response = await fetch(`${this.#page}metrics`);
    return readMetrics(await response.text());
  }

  async health(): Promise<{ readonly ready: boolean; readonly reasons: readonly string[] }> {
    const response = await fetch(`${this.#page}health`);
    return (await response.json()) as { ready: boolean; reasons: string[] };
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
    await this.#inspector?.close();
  }

  /** In order; how it ended. */
  async stop(): Promise<readonly [code: number | null, signal: string | null]> {
    await this.#inspector?.close();
    this.child.kill('SIGTERM');
    return this.ended;
  }
}

/** The text format of Prometheus. */
export function readMetrics(text: string): Metrics {
  const metrics = new Map<string, (readonly [string, number])[]>();
  for (const line of text.split('\n')) {
    const found = /^([a-z_]+)(?:\{(.*)\})? (\S+)$/.exec(line);
    if (found === null) continue;
    const [, name = '', labels = '', value = ''] = found;
    const samples = metrics.get(name);
    if (samples === undefined) metrics.set(name, [[labels, Number(value)]]);
    else samples.push([labels, Number(value)]);
  }
  return metrics;
}
