/** An engine in a process of its own, loaded over TCP from a thread of this one. */
import { rmSync } from 'node:fs';
import { EngineProcess, type EngineProcessOptions } from '../../loadtest/engine-process.ts';
import { Load, type LoadOptions } from '../../loadtest/load.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

export interface LoadPlantOptions extends LoadOptions {
  readonly config?: EngineProcessOptions['config'];
  readonly preload?: string;
}

export interface LoadPlant {
  readonly load: Load;
  readonly engine: EngineProcess;
  /** How long all subscribers took to be provisioned. */
  readonly provisionedInMs: number;
}

/** Runs `play` against an engine that serves its application server; leaves no process and no folder. */
export async function withLoad(
  options: LoadPlantOptions,
  play: (plant: LoadPlant) => Promise<void>,
): Promise<void> {
  const { subscribers, config, preload } = options;
  const directory = temporaryFolder();
  const load = await Load.start(options);
  const engine = new EngineProcess({
    directory,
    port: load.port,
    subscribers,
    ...(config === undefined ? {} : { config }),
    ...(preload === undefined ? {} : { preload }),
  });
  try {
    const provisionedInMs = await engine.provision();
    engine.start();
    await load.active(60_000);
    await play({ load, engine, provisionedInMs });
  } finally {
    await engine.stop();
    await load.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

export const counterOf = async (engine: EngineProcess, name: string): Promise<number> =>
  (await engine.status()).counters[name] ?? 0;

/** Settles when `condition` holds, looked at now and then; false when it did not within the time. */
export async function comesTrue(
  condition: () => Promise<boolean> | boolean,
  withinMs: number,
): Promise<boolean> {
  const endMs = performance.now() + withinMs;
  for (;;) {
    if (await condition()) return true;
    if (performance.now() > endMs) return false;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
