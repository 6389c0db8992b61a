/** A whole run: the generators, the engine beside them or somewhere else, what is played, and the report of it. */
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Capacity, findCapacity } from './capacity.ts';
import { EngineProcess } from './engine-process.ts';
import { Latencies } from './latencies.ts';
import { Load, type PlayedPhase } from './load.ts';
import { mergedPhases, noDialogues } from './merge.ts';
import {
  type GeneratorLimits,
  LATENCY_NAMES,
  type LoadReport,
  type NetworkPlan,
  type Phase,
  type PhaseReport,
} from './plan.ts';
import { type PlannedRun, type Profile, type ProfileChanges, planOf } from './profiles/profile.ts';
import { Progress, type Screen } from './progress.ts';
import { Recorder } from './recorder.ts';
import type { RecordedPhase } from './recording/recorded-phase.ts';
import { REPORT_FORMAT, type RunReport } from './report.ts';
import { type Objective, objectiveText } from './slo.ts';
import { type Outcome, verdictOf } from './verdict.ts';

export interface RunOptions {
  readonly profile: Profile;
  readonly changes: ProfileChanges;
  /** Played in the place of the profile. */
  readonly recording?: RecordedPhase;
  readonly network: Pick<NetworkPlan, 'host' | 'port' | 'transport' | 'associations'>;
  readonly workers: number;
  readonly limits?: Partial<GeneratorLimits>;
  readonly seed: number;
  /** Else it connects by itself. */
  readonly engineBeside: boolean;
  /** Of an external engine, to look at its CPU and memory. */
  readonly enginePid?: number;
  readonly objectives: readonly Objective[];
  readonly warmUpMs: number;
  /** Rates between which the search takes place. */
  readonly capacity?: { readonly fromPerSecond: number; readonly toPerSecond: number };
  readonly version: string;
  readonly screen: Screen;
  /** Resolves when somebody asks for the end. */
  readonly stop: Promise<unknown>;
  /** What else the configuration of the engine beside says. */
  readonly config?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** How long an external engine may be away before it is given up. */
  readonly awayMs?: number;
  /** Told when the load has begun: the process of the engine beside. */
  readonly onLoad?: (engine: number | undefined) => void;
}

/** How long an engine may take to come, and one that was lost to come back. */
const COMES_MS = { beside: 60_000, external: 600_000, back: 15_000 } as const;
/** How fast everybody comes back in the end, and how often at most. */
const RETURNS_PER_SECOND = { least: 50, most: 2_000 } as const;
const RETURN_ROUNDS_MAX = 3;
const SETTLE_MS = { quiet: 1_500, most: 120_000 } as const;

/** Resolves with the report, also when the engine has died. Rejects when there was no load: no engine came. */
export async function runLoad(options: RunOptions): Promise<RunReport> {
  const { recording } = options;
  const plan =
    recording === undefined ? planOf(options.profile, options.changes) : planOfRecording(recording);
  const { workers, seed, limits = {} } = options;
  const network = { ...options.network, run: randomInt(2 ** 32) };
  const load = await Load.start({ subscribers: plan.subscribers, seed, network, workers, limits });
  const folder = mkdtempSync(path.join(tmpdir(), 'callwake-load-'));
  const engine = options.engineBeside
    ? new EngineProcess({
        directory: folder,
        networks: load.networks,
        subscribers: recording?.provisioned ?? load.subscribersEach,
        ...(options.config === undefined ? {} : { config: options.config }),
      })
    : undefined;
  const run = new Run(options, plan, load, engine);
  try {
    return await run.report();
  } finally {
    await engine?.stop();
    await load.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function planOfRecording({ phase, subscribers }: RecordedPhase): PlannedRun {
  const { ratePerSecond, forMs } = phase;
  return { ratePerSecond, forMs, rampMs: 0, subscribers, phases: [phase] };
}

class Run {
  readonly #options: RunOptions;
  readonly #plan: PlannedRun;
  readonly #load: Load;
  readonly #engine: EngineProcess | undefined;
  readonly #progress: Progress;
  readonly #recorder: Recorder;
  readonly #played: PlayedPhase[] = [];
  #outcome: Outcome = { kind: 'completed' };
  #startedAtMs = 0;
  #capacity: Capacity | undefined;
  #over = false;
  #playedForS = 0;

  constructor(options: RunOptions, plan: PlannedRun, load: Load, engine: EngineProcess | undefined) {
    this.#options = options;
    this.#plan = plan;
    this.#load = load;
    this.#engine = engine;
    this.#progress = new Progress(options.screen);
    this.#recorder = new Recorder(options.workers);
  }

  async report(): Promise<RunReport> {
    await this.#engineComes();
    const startedAt = new Date();
    // Until then the generators know of it, and have begun to count.
    this.#startedAtMs = performance.now();
    this.#load.sample(performance.timeOrigin + this.#startedAtMs, (sample) => this.#recorder.take(sample));
    const looking = setInterval(() => this.#look(), 1_000);
    this.#watch();
    try {
      this.#options.onLoad?.(this.#enginePid);
      await this.#play();
      this.#playedForS = Math.round((performance.now() - this.#startedAtMs) / 1_000);
      await this.#drain();
      // The last second is told when it is over.
      await sleep(1_100);
    } finally {
      this.#over = true;
      clearInterval(looking);
      this.#progress.close();
    }
    return this.#written(startedAt, await this.#load.report());
  }

  get #enginePid(): number | undefined {
    return this.#engine?.processId ?? this.#options.enginePid;
  }

  async #engineComes(): Promise<void> {
    const { networks, subscribersEach } = this.#load;
    const engine = this.#engine;
    if (engine === undefined) {
      const ports = networks.map(({ host, port }) => `${host}:${port}`).join(', ');
      this.#progress.say(`listening on ${ports} (${networks[0]!.transport}); waiting for the engine`);
      const came = await Promise.race([this.#load.isActive(COMES_MS.external), this.#options.stop]);
      if (came !== true) throw new NoEngine('no engine has come and become active over all associations');
      return;
    }
    const tookMs = await engine.provision();
    this.#progress.say(
      `${subscribersEach * networks.length} subscribers provisioned in ${(tookMs / 1_000).toFixed(1)} s`,
    );
    engine.start();
    const came = await Promise.race([
      this.#load.isActive(COMES_MS.beside),
      engine.ended().then((how) => `it ended with ${how}`),
      this.#options.stop.then(() => 'interrupted'),
    ]);
    if (came !== true)
      throw new NoEngine(
        `the engine did not become active${typeof came === 'string' ? `: ${came}` : ''}\n${engine.said}`,
      );
  }

  /** Whatever ends the run before its time. */
  #watch(): void {
    const end = (outcome: Outcome): void => {
      // Who interrupts waits for the last notices, and the engine may die then, too.
      const { kind } = this.#outcome;
      if (this.#over || (kind !== 'completed' && kind !== 'interrupted')) return;
      this.#outcome = outcome;
      this.#load.abandon();
    };
    const afterS = (): number => Math.round((performance.now() - this.#startedAtMs) / 1_000);
    void this.#options.stop.then(() => {
      if (this.#outcome.kind === 'completed') end({ kind: 'interrupted' });
    });
    void this.#engine?.ended().then((how) => end({ kind: 'engine-died', how, afterS: afterS() }));
    if (this.#engine === undefined)
      void this.#watchExternal(() => end({ kind: 'engine-gone', afterS: afterS() }));
  }

  /** An engine that is started anew by its supervisor may come back. */
  async #watchExternal(gone: () => void): Promise<void> {
    // The first second is told when it is over.
    let awayS = -2;
    while (!this.#over) {
      await sleep(1_000, undefined, { ref: false });
      awayS = this.#recorder.associations === 0 ? awayS + 1 : 0;
      if (awayS * 1_000 >= (this.#options.awayMs ?? COMES_MS.back)) return gone();
    }
  }

  async #play(): Promise<void> {
    const { capacity, warmUpMs, objectives } = this.#options;
    const { phases, ratePerSecond } = this.#plan;
    const isOver = (): boolean => this.#outcome.kind !== 'completed';
    if (capacity !== undefined) {
      const [first] = phases;
      this.#capacity = await findCapacity(this.#load, {
        ...capacity,
        phase: first!,
        goal: objectives,
        isOver,
        onTry: (played, held) => {
          const { name, answer, unsent, late } = played.report;
          this.#progress.say(
            `${name}: answer p99 ${answer.p99Ms} ms, generator late p99 ${late.p99Ms} ms, ${unsent} not sent: ${held ? 'held' : 'not held'}`,
          );
          this.#played.push(played);
        },
      });
      return;
    }
    if (warmUpMs > 0) {
      const [first] = phases;
      const { shape: _shape, rampMs: _rampMs, ...steady } = first!;
      const warmUp: Phase = { ...steady, name: 'warm-up', forMs: warmUpMs, ratePerSecond: ratePerSecond / 4 };
      await this.#load.play(warmUp);
    }
    for (const phase of phases) {
      if (isOver()) break;
      this.#played.push(await this.#load.playInFull(phase));
    }
  }

  /** Everybody comes back, and what is due is waited for: only what is missing then is lost. */
  async #drain(): Promise<void> {
    const isThere = (): boolean => this.#outcome.kind === 'completed' || this.#outcome.kind === 'interrupted';
    const { subscribers, ratePerSecond } = this.#plan;
    const perSecond = Math.min(RETURNS_PER_SECOND.most, Math.max(RETURNS_PER_SECOND.least, ratePerSecond));
    const returns: Phase = {
      name: 'everybody back',
      ratePerSecond: perSecond,
      forMs: (1_000 * subscribers) / perSecond,
      mix: { alert: 1 },
      first: 0,
      count: subscribers,
      order: 'in-turn',
      everybodyReturns: true,
    };
    this.#progress.say('everybody comes back; waiting for the last notices');
    for (let round = 0; round < RETURN_ROUNDS_MAX && isThere(); round++) {
      await this.#load.settle(SETTLE_MS.quiet, SETTLE_MS.most);
      if (!isThere()) return;
      // Once for those who are off; then for those alone whose alert came before we knew that they were off.
      if (round > 0 && (await this.#load.report()).notices.lost === 0) return;
      await this.#load.play(returns);
    }
    if (isThere()) await this.#load.settle(SETTLE_MS.quiet, SETTLE_MS.most);
  }

  #look(): void {
    const nowMs = performance.now();
    this.#recorder.look(nowMs, this.#startedAtMs, this.#enginePid);
    const { forMs, rampMs } = this.#plan;
    const { capacity, warmUpMs } = this.#options;
    // A search has no time of its own, and everybody's return takes what it takes.
    const isKnown = capacity === undefined && this.#playedForS === 0;
    const known = isKnown ? (forMs + rampMs + warmUpMs) / 1_000 : undefined;
    this.#progress.second(nowMs, this.#startedAtMs, known, this.#recorder);
  }

  #written(startedAt: Date, load: LoadReport): RunReport {
    const { profile, recording, network, workers, seed, objectives, warmUpMs, version } = this.#options;
    const { ratePerSecond, forMs, rampMs, subscribers } = this.#plan;
    const shown = this.#shown();
    const latencies = {
      answer: new Latencies(),
      report: new Latencies(),
      late: new Latencies(),
    };
    for (const one of shown)
      for (const name of LATENCY_NAMES) latencies[name].add(one.latencies[name].encoded());
    const total =
      shown.length === 0
        ? nothingPlayed
        : {
            ...mergedPhases(
              shown.map(({ report }) => report),
              latencies,
            ),
            name: 'total',
            tookMs: shown.reduce((sum, { report }) => sum + report.tookMs, 0),
          };
    const capacity = this.#capacity;
    return {
      format: REPORT_FORMAT,
      version,
      startedAt: startedAt.toISOString(),
      configuration: {
        profile: recording?.phase.name ?? profile.name,
        what: recording?.what ?? profile.what,
        // Of a search what it found; where nothing held, where it began.
        ratePerSecond:
          (capacity?.ratePerSecond ?? 0) > 0
            ? capacity!.ratePerSecond
            : (this.#options.capacity?.fromPerSecond ?? ratePerSecond),
        forMs,
        rampMs,
        subscribers,
        workers,
        associations: network.associations,
        transport: network.transport,
        seed,
        warmUpMs,
        engine: this.#options.engineBeside ? 'beside' : 'external',
        objectives: objectives.map(objectiveText),
      },
      machine: {
        cores: cpus().length,
        cpu: cpus()[0]?.model.trim() ?? '',
        memoryMiB: Math.round(totalmem() / 2 ** 20),
        node: process.version,
        platform: `${process.platform} ${process.arch}`,
      },
      outcome: this.#outcome,
      verdict: verdictOf(this.#outcome, total, load, objectives),
      total,
      phases: this.#played.map(({ report }) => report),
      load,
      curves: {
        answer: latencies.answer.curve(),
        report: latencies.report.curve(),
        late: latencies.late.curve(),
      },
      playedForS: this.#playedForS,
      series: this.#recorder.series(),
      ...(capacity === undefined ? {} : { capacity }),
    };
  }

  /** What the totals are of: of a search, the highest rate that held. */
  #shown(): readonly PlayedPhase[] {
    const capacity = this.#capacity;
    if (capacity === undefined) return this.#played;
    const at = capacity.tries.findLastIndex(
      ({ ratePerSecond, held }) => held && ratePerSecond === capacity.ratePerSecond,
    );
    return this.#played.slice(at < 0 ? -1 : at, at < 0 ? undefined : at + 1);
  }
}

/** No engine came, so there is nothing to report. */
export class NoEngine extends Error {
  override readonly name = 'NoEngine';
}

const none = { count: 0, p50Ms: 0, p90Ms: 0, p99Ms: 0, p999Ms: 0, maxMs: 0 };
const nothingPlayed: PhaseReport = {
  name: 'total',
  tookMs: 0,
  planned: 0,
  unsent: 0,
  calls: noDialogues,
  alerts: noDialogues,
  answer: none,
  report: none,
  late: none,
  messagesArrived: 0,
  errors: {},
};
