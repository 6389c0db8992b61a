/** What `callwake load` does. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { comparisonOf, comparisonText } from '../../loadtest/comparison.ts';
import { writeEngineFolder } from '../../loadtest/external-engine.ts';
import { comparePage } from '../../loadtest/pages/compare-page.ts';
import { reportPage } from '../../loadtest/pages/report-page.ts';
import { defaultNetworkPlan, networkOfWorker } from '../../loadtest/plan.ts';
import { builtInProfiles, profileNamed } from '../../loadtest/profiles/read.ts';
import { readReport } from '../../loadtest/read-report.ts';
import { recordedPhase } from '../../loadtest/recording/recorded-phase.ts';
import type { RunReport } from '../../loadtest/report.ts';
import { reportText } from '../../loadtest/report-text.ts';
import { NoEngine, runLoad } from '../../loadtest/run.ts';
import { defaultSlo, type Objective, parseSlo } from '../../loadtest/slo.ts';
import { stopSignal } from '../adapters/engine/stop-signal.ts';
import { EXIT } from './exit-codes.ts';
import type { LoadActions, LoadOptions } from './load.ts';
import { packageVersion } from './package-version.ts';
import type { Terminal } from './program.ts';

const CAPACITY = { fromPerSecond: 250, toPerSecond: 256_000, tryMs: 5_000 } as const;

export function loadActions(terminal: Terminal): LoadActions {
  return {
    run: (options) => run(options, terminal),
    profiles: () => {
      for (const { name, what } of builtInProfiles()) terminal.out(`${name.padEnd(22)} ${what}\n`);
      return Promise.resolve(EXIT.ok);
    },
    compare: (before, after, { report, json }) => {
      const comparison = comparisonOf(readReport(before), readReport(after));
      terminal.out(json ? `${JSON.stringify(comparison.rows, null, 2)}\n` : comparisonText(comparison));
      if (report !== undefined) {
        mkdirSync(report, { recursive: true });
        writeFileSync(path.join(report, 'compare.html'), comparePage(comparison));
        terminal.error(`wrote ${path.join(report, 'compare.html')}\n`);
      }
      return Promise.resolve(EXIT.ok);
    },
    config: (folder, options) => Promise.resolve(writeConfig(folder, options, terminal)),
  };
}

async function run(options: LoadOptions, terminal: Terminal): Promise<number> {
  const { listen, transport, associations, workers, seed, warmUp, findCapacity, enginePid } = options;
  if (listen.port + workers - 1 > 65_535) {
    terminal.error(
      `callwake load: ${workers} workers need ports from ${listen.port} on: choose a lower one\n`,
    );
    return EXIT.usage;
  }
  if (options.play !== undefined && workers > 1) {
    terminal.error('callwake load: a recording is played by one worker\n');
    return EXIT.usage;
  }
  const profile = profileNamed(options.profile);
  const recording = options.play === undefined ? undefined : recordedPhase(options.play, options.speed);
  if (recording !== undefined) terminal.error(`${recording.what}\n`);
  const isTerminal = process.stderr.isTTY;
  // Before the load: a folder that cannot be written is no news for its end.
  if (options.report !== undefined) mkdirSync(options.report, { recursive: true });
  let report: RunReport;
  try {
    report = await runLoad({
      profile,
      ...(recording === undefined ? {} : { recording }),
      changes: {
        scale: options.scale,
        ...(options.rate === undefined ? {} : { ratePerSecond: options.rate }),
        ...(options.for === undefined
          ? findCapacity
            ? { forMs: CAPACITY.tryMs, rampMs: 0 }
            : {}
          : { forMs: options.for }),
        ...(options.ramp === undefined ? {} : { rampMs: options.ramp }),
        ...(options.subscribers === undefined ? {} : { subscribers: options.subscribers }),
      },
      network: { ...listen, transport, associations },
      workers,
      seed,
      engineBeside: !options.external,
      ...(enginePid === undefined ? {} : { enginePid }),
      objectives: options.slo ?? (findCapacity ? (parseSlo(defaultSlo) as Objective[]) : []),
      warmUpMs: warmUp,
      ...(findCapacity
        ? {
            capacity: {
              fromPerSecond: options.rate ?? CAPACITY.fromPerSecond,
              toPerSecond: CAPACITY.toPerSecond,
            },
          }
        : {}),
      version: packageVersion(),
      screen: {
        line: (text) => terminal.error(`${text}\n`),
        ...(isTerminal ? { rewrite: (text: string) => terminal.error(`\r\u001b[K${fitting(text)}`) } : {}),
      },
      stop: stopSignal(),
    });
  } catch (error) {
    if (!(error instanceof NoEngine)) throw error;
    terminal.error(`callwake load: ${error.message}\n`);
    return EXIT.failed;
  }
  if (options.report !== undefined) {
    writeFileSync(path.join(options.report, 'report.json'), `${JSON.stringify(report)}\n`);
    writeFileSync(path.join(options.report, 'report.html'), reportPage(report));
  }
  terminal.out(options.json ? `${JSON.stringify(report)}\n` : reportText(report));
  if (options.report !== undefined) terminal.error(`wrote ${path.join(options.report, 'report.html')}\n`);
  const found = report.capacity === undefined || report.capacity.ratePerSecond > 0;
  return report.verdict.held && found ? EXIT.ok : EXIT.failed;
}

/** A line that is written anew may not be longer than the terminal is wide. */
function fitting(text: string): string {
  const { columns } = process.stderr;
  return text.length < columns ? text : `${text.slice(0, Math.max(0, columns - 2))}…`;
}

function writeConfig(folder: string, options: LoadOptions, terminal: Terminal): number {
  const { listen, transport, associations, workers, subscribers = 20_000 } = options;
  if (listen.port === 0) {
    terminal.error(
      'callwake load config: say --listen HOST:PORT with the port of the load, such as 127.0.0.1:2905\n',
    );
    return EXIT.usage;
  }
  const plan = { ...defaultNetworkPlan, ...listen, transport, associations };
  const networks = Array.from({ length: workers }, (_, at) => networkOfWorker(plan, at));
  const each = Math.ceil(subscribers / workers);
  const file = writeEngineFolder(folder, networks, each);
  terminal.error(`wrote ${file}, for ${each * workers} subscribers; then: callwake run --config ${file}\n`);
  return EXIT.ok;
}
