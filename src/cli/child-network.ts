/** The simulated network of the demo: `callwake simulate` in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { PhoneOrder, PhoneReport } from '../simulator/phone-orders.ts';
import { onReports, orderFrom } from './phone-line.ts';

const MAIN = fileURLToPath(new URL('./main.js', import.meta.url));

export interface ChildNetworkOptions {
  readonly seed: number;
  readonly rate: number;
  /** How long it calls; undefined: until `stop`. */
  readonly forMs: number | undefined;
  readonly subscribersFile: string;
  /** What it says to people. */
  readonly onWords: (line: string) => void;
  /** What is seen of phones that orders were given for. */
  readonly onPhone: (report: PhoneReport) => void;
}

export interface ChildNetwork {
  /** Where its signalling gateway listens. */
  readonly port: number;
  /** Somebody does something with a phone; false: the network is gone. */
  readonly order: (order: PhoneOrder) => boolean;
  /** Ends the calls; the report follows when all that is due was told. */
  stop(): void;
  /** The last line of its standard output, when it has ended; undefined when it gave none. */
  readonly report: Promise<string | undefined>;
}

/** Resolves when it listens and has written the file of its subscribers. */
export async function startChildNetwork(options: ChildNetworkOptions): Promise<ChildNetwork> {
  const { seed, rate, forMs, subscribersFile, onWords, onPhone } = options;
  const words = ['simulate', '--listen', '127.0.0.1:0', '--transport', 'sctp-udp', '--report', 'json'];
  words.push('--seed', `${seed}`, '--rate', `${rate}`, '--subscribers-out', subscribersFile, '--demo-people');
  if (forMs !== undefined) words.push('--for', `${Math.ceil(forMs / 1000)}s`);
  const child = spawn(process.execPath, [MAIN, ...words], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: true,
  });
  onReports(child, onPhone);
  const stopChild = (): void => void child.kill('SIGINT');
  // Should this process end in a hurry, the network is not left behind.
  const killChild = (): void => void child.kill('SIGKILL');
  process.once('exit', killChild);
  const report = lastLine(child).finally(() => process.off('exit', killChild));
  const port = await listeningPort(child, onWords);
  return { port, order: (order) => orderFrom(child, order), stop: stopChild, report };
}

function lastLine(child: ChildProcess): Promise<string | undefined> {
  let last: string | undefined;
  const lines = createInterface({ input: child.stdout! });
  lines.on('line', (line) => {
    if (line.trim() !== '') last = line;
  });
  return new Promise((resolve) => {
    child.once('close', () => resolve(last));
    child.once('error', () => resolve(last));
  });
}

function listeningPort(child: ChildProcess, onWords: (line: string) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stderr! }).on('line', (line) => {
      const port = /listening on \S+:(\d+)/.exec(line)?.[1];
      if (port !== undefined) resolve(Number(port));
      onWords(line);
    });
    child.once('error', reject);
    child.once('close', (code) =>
      reject(new Error(`the simulated network ended with code ${code ?? 'none'}`)),
    );
  });
}
