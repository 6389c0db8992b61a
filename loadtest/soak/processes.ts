/** The two processes of a soak: the network in a box, and the engine that it watches. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { defaultPlan, pointCodeText } from '../../src/simulator/plan.ts';

/** dist/loadtest/soak → dist/src/cli. */
const MAIN = path.resolve(import.meta.dirname, '../../src/cli/main.js');

export interface SoakLoad {
  readonly folder: string;
  /** Gets engine.log and network.log: what both say of themselves. */
  readonly logs: string;
  readonly ratePerSecond: number;
  readonly people: number;
  readonly transport: 'sctp-udp' | 'tcp';
  readonly seed: number;
}

export interface RunningSoak {
  readonly network: ChildProcess;
  readonly engine: ChildProcess;
  readonly pageUrl: string;
  /** Ends the load: everybody comes back, and the verdict is the last line that the network says. */
  verdict(): Promise<string>;
}

export async function startSoak(load: SoakLoad): Promise<RunningSoak> {
  const { folder, ratePerSecond, people, transport, seed } = load;
  const subscribers = path.join(folder, 'subscribers.csv');
  const network = child(path.join(load.logs, 'network.log'), [
    ...['simulate', '--listen', '127.0.0.1:0', '--transport', transport, '--seed', String(seed)],
    ...['--rate', String(ratePerSecond), '--people', String(people)],
    ...['--subscribers-out', subscribers, '--report', 'json'],
  ]);
  const said: string[] = [];
  createInterface({ input: network.stdout! }).on('line', (line) => said.push(line));
  const listening = await heard(network, /listening on/);
  const port = Number(/:(\d+) \(/.exec(listening)?.[1]);
  const config = path.join(folder, 'callwake.yaml');
  writeFileSync(config, JSON.stringify(engineConfig(port, transport)));
  const engine = child(path.join(load.logs, 'engine.log'), ['run', '--config', config]);
  const started = await heard(engine, /engine\.started/);
  const pageUrl = /"page":"([^"]+)"/.exec(started)?.[1];
  if (pageUrl === undefined) throw new Error(`the engine says no address of its page: ${started}`);
  const verdict = async (): Promise<string> => {
    network.kill('SIGINT');
    await once(network, 'close');
    return said.at(-1) ?? '';
  };
  return { network, engine, pageUrl, verdict };
}

export async function stopEngine(engine: ChildProcess): Promise<number | null> {
  if (engine.exitCode !== null) return engine.exitCode;
  const ended = once(engine, 'close');
  engine.kill('SIGTERM');
  await ended;
  return engine.exitCode;
}

function engineConfig(port: number, transport: string): unknown {
  const { pointCodes, numbers, routingContext, serviceKey } = defaultPlan;
  return {
    signalling: {
      localPointCode: pointCodeText(pointCodes.callwake),
      transport,
      applicationServers: [{ name: 'callwake', routingContext, trafficMode: 'override' }],
      associations: [{ name: 'stp', remote: { host: '127.0.0.1', port } }],
    },
    sccp: { translations: [{ digits: '*', targets: [{ pointCode: pointCodeText(pointCodes.stp) }] }] },
    map: { serviceCentreNumber: `+${numbers.serviceCentre}` },
    cap: { serviceKeys: [serviceKey] },
    // What a phone refused for the moment is tried again within the time in which the network waits for the end.
    delivery: { retryMs: [1000, 2000, 5000], recheckListedMs: [10_000], recheckUnlistedMs: [5000] },
    subscribers: { importFile: 'subscribers.csv' },
    web: { port: 0 },
    log: { format: 'json' },
  };
}

function child(log: string, words: readonly string[]): ChildProcess {
  const started = spawn(process.execPath, [MAIN, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
  started.stderr.pipe(createWriteStream(log));
  return started;
}

/** The first line on standard error that matches; rejects with the last lines when the process ends without it. */
function heard(process: ChildProcess, pattern: RegExp): Promise<string> {
  const last: string[] = [];
  return new Promise((resolve, reject) => {
    createInterface({ input: process.stderr! }).on('line', (line) => {
      last.push(line);
      if (last.length > 20) last.shift();
      if (pattern.test(line)) resolve(line);
    });
    process.once('close', (code) => reject(new Error(`ended with ${code}:\n${last.join('\n')}`)));
  });
}
