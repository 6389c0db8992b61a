/** An engine in a process of its own, loaded over TCP from a thread of this one. */
import { rmSync } from 'node:fs';
import { EngineProcess, type EngineProcessOptions } from '../../loadtest/engine-process.ts';
import { Load, type LoadOptions } from '../../loadtest/load.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

export interface LoadPlantOptions extends LoadOptions {
  readonly config?: EngineProcessOptions['config'];
  readonly preload?: string;
  /** Fewer than all subscribers of the load: the first ones. */
  readonly provisioned?: number;
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
  const { provisioned, config, preload } = options;
  const directory = temporaryFolder();
  const load = await Load.start(options);
  const engine = new EngineProcess({
    directory,
    networks: load.networks,
    subscribers: provisioned ?? load.subscribersEach,
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

/** Bounds of an engine that is to take little, as sections of its configuration. */
export const SMALL_BOUNDS = {
  signalling: { queueOctetsMax: 4_194_304 },
  tcap: { dialoguesMax: 20_000 },
  cap: { callsMax: 15_000 },
  shards: { actorsMax: 20_000, openEffectsMax: 20_000, waitingMax: 10_000 },
  store: { lagActorsMax: 20_000 },
  delivery: { deliveriesMax: 2_000 },
} as const;

const MIB = 1_048_576;

/** What these bounds add up to, by what an entry takes (docs/capacity.md), for one shard. */
const DECLARED_OCTETS =
  22 * MIB + // rings
  2 * SMALL_BOUNDS.signalling.queueOctetsMax + // in M3UA, and in the transport
  SMALL_BOUNDS.tcap.dialoguesMax * (750 + 300) + // with answers that wait
  SMALL_BOUNDS.cap.callsMax * 600 +
  (SMALL_BOUNDS.shards.actorsMax + SMALL_BOUNDS.store.lagActorsMax) * 1_000 +
  SMALL_BOUNDS.shards.openEffectsMax * (1_200 + 100 + 250) + // with their place in a queue, and a deadline
  SMALL_BOUNDS.shards.waitingMax * 300 +
  SMALL_BOUNDS.delivery.deliveriesMax * (3_000 + 200) +
  10_000 * (300 + 400) + // missed calls that wait, outcomes remembered
  2_000 * 600; // rendered notices

/** Heaps hold up to as much again that was not swept yet, and each of five threads a young generation of three times 16 MiB. */
export const GROWTH_OCTETS_MAX = 2 * DECLARED_OCTETS + 5 * 48 * MIB;

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
