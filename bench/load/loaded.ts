/** An engine in a process of its own, loaded over TCP from a thread of this one, and what the kernel says of it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EngineProcess, type EngineProcessOptions } from '../../loadtest/engine-process.ts';
import { Load } from '../../loadtest/load.ts';
import type { Phase, PhaseReport } from '../../loadtest/plan.ts';
import { sized } from '../harness/report.ts';

/** Clock ticks of /proc in a second: 100 on every Linux that Node runs on. */
const TICK_US = 10_000;

export interface Loaded {
  readonly load: Load;
  readonly engine: EngineProcess;
  /** Plays a phase; CPU microseconds of the engine's process meanwhile, until it has fallen quiet. */
  readonly measured: (phase: Phase) => Promise<{ readonly report: PhaseReport; readonly cpuUs: number }>;
}

export interface LoadedOptions {
  readonly subscribers: number;
  /** Fills the data directory before the engine starts; default: the engine's own way. */
  readonly fill?: (dataDirectory: string) => Promise<void>;
  /** As `EngineProcessOptions`. */
  readonly config?: EngineProcessOptions['config'];
}

export async function withLoaded(
  { subscribers, fill, config }: LoadedOptions,
  play: (loaded: Loaded) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'callwake-bench-'));
  const load = await Load.start({ subscribers, absence: 'hlr' });
  const engine = new EngineProcess({
    directory: folder,
    networks: load.networks,
    subscribers: load.subscribersEach,
    nodeFlags: profileFlags(),
    ...(config === undefined ? {} : { config }),
  });
  try {
    await (fill === undefined ? engine.provision() : fill(engine.directory));
    engine.start();
    await load.active(120_000);
    await play({
      load,
      engine,
      measured: async (phase) => {
        const before = cpuUs(engine.processId);
        const report = await load.play(phase, 120_000);
        await load.settle(sized(1_000, 100), 600_000);
        return { report, cpuUs: cpuUs(engine.processId) - before };
      },
    });
  } finally {
    await engine.stop();
    await load.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `npm run profile` has the engine write its profiles, a file for each of its threads. */
function profileFlags(): string[] {
  const directory = process.env['CALLWAKE_PROFILE_DIRECTORY'];
  return directory === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${directory}`];
}

/** CPU time of a process and all its threads, in microseconds. */
export function cpuUs(processId: number): number {
  return usedUs(`/proc/${processId}/stat`);
}

/** …of its main thread alone. */
export function mainThreadUs(processId: number): number {
  return usedUs(`/proc/${processId}/task/${processId}/stat`);
}

function usedUs(file: string): number {
  const stat = readFileSync(file, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_US;
}
