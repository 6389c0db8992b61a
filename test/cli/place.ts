/** Commands as processes of their own, on a configuration and data of theirs. */
import { strict as assert } from 'node:assert';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ControlClient } from '../../src/adapters/control/control-client.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const main = path.resolve(import.meta.dirname, '../../src/cli/main.js');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** A `callwake` command as a process of its own. */
export function start(
  words: readonly string[],
  input?: string,
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [main, ...words], { stdio: ['pipe', 'pipe', 'pipe'] });
  let out = '';
  let error = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
  child.stdin.end(input);
  return {
    child,
    ended: once(child, 'close').then(([code]) => ({ code: code as number | null, out, error })),
  };
}

/** A folder with a configuration; its network is in the engine's own memory, where nobody answers. */
export class Place {
  readonly folder = temporaryFolder();
  readonly config = path.join(this.folder, 'callwake.yaml');
  readonly data = path.join(this.folder, 'data');

  constructor(shards = 2) {
    this.configure(shards);
  }

  configure(shards: number): void {
    writeFileSync(
      this.config,
      `
node: { dataDirectory: data }
signalling:
  transport: memory
  localPointCode: 2-100-7
  associations: [{ name: stp, remote: { host: stp, port: 2905 } }]
map: { serviceCentreNumber: 491700000 }
shards: { count: ${shards} }
store: { mapSizeOctets: 1073741824 }
subscribers: { defaultTimeZone: Europe/Berlin }
web: { enabled: false }
`,
    );
  }

  subscriber(words: readonly string[], input?: string): Promise<Ended> {
    return start(['subscriber', ...words, '--config', this.config], input).ended;
  }

  /** Resolves when the engine listens on its control socket. */
  async run(): Promise<{ child: ChildProcess; ended: Promise<Ended> }> {
    const engine = start(['run', '--config', this.config]);
    const state = { over: false };
    void engine.ended.then(() => (state.over = true));
    while (!state.over) {
      const client = await ControlClient.connect(this.data);
      await client?.close();
      if (client !== undefined) break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    if (state.over) assert.fail((await engine.ended).error);
    return engine;
  }

  get hasSocket(): boolean {
    return readdirSync(this.data).includes('control.sock');
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
