/** A configuration and its data directory, worked on in this process as the commands do it, and by commands themselves. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { ControlClient } from '../../src/adapters/control/control-client.ts';
import { countAfterRestore, startsOf } from '../../src/adapters/engine/boot-counter.ts';
import { OfflineSubscribers } from '../../src/adapters/engine/offline-subscribers.ts';
import { restoreBackup } from '../../src/adapters/store/backup/restore-backup.ts';
import { writeBackup } from '../../src/adapters/store/backup/write-backup.ts';
import { loadConfigFile } from '../../src/cli/load-config-file.ts';
import { silentLog } from '../../src/types/log.ts';
import { OperatingError } from '../../src/types/operating-error.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const MAIN = path.resolve(import.meta.dirname, '../../src/cli/main.js');

/** Locks, the count of starts, and the mark of a start that has not proved itself yet, which goes after some seconds. */
const NOBODYS_DATA: ReadonlySet<string> = new Set([
  'lock.mdb',
  'starts',
  'starting',
  'access.log',
  'access.key',
]);

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

export class StorePlace {
  readonly folder = temporaryFolder();
  readonly configFile = path.join(this.folder, 'callwake.yaml');
  readonly data = path.join(this.folder, 'data');
  readonly #children = new Set<ChildProcess>();

  /** Is removed, with what runs there, when the test is over. The network is in the engine's memory, where nobody answers. */
  constructor(t: TestContext, shards = 2) {
    t.after(() => {
      for (const child of this.#children) child.kill('SIGKILL');
      rmSync(this.folder, { recursive: true, force: true });
    });
    writeFileSync(
      this.configFile,
      `
node: { dataDirectory: data }
signalling:
  transport: memory
  localPointCode: 2-100-7
  associations: [{ name: stp, remote: { host: stp, port: 2905 } }]
map: { serviceCentreNumber: 491700000 }
shards: { count: ${shards} }
store: { mapSizeOctets: 67108864 }
web: { enabled: false }
log: { format: json }
`,
    );
  }

  get config() {
    return loadConfigFile(this.configFile);
  }

  at(name: string): string {
    return path.join(this.folder, name);
  }

  /** The data as a start without a network opens them, and what it says of them. */
  async opened<T>(action: (subscribers: OfflineSubscribers) => Promise<T>): Promise<T> {
    const subscribers = await OfflineSubscribers.open(this.config, silentLog);
    try {
      return await action(subscribers);
    } finally {
      await subscribers.close();
    }
  }

  /** As many subscribers, one like the other, each in a commit of its own. */
  async subscribe(count: number): Promise<void> {
    const profile = { missedCalls: true, notifyMe: 'always', language: 'en', timeZone: 'UTC' } as const;
    await this.opened(async (subscribers) => {
      for (let index = 0; index < count; index++) await subscribers.put(numberOf(index), profile);
    });
  }

  async numbers(): Promise<string[]> {
    return this.opened(async (subscribers) =>
      (await subscribers.list('', 1_000_000)).map(({ number }) => number),
    );
  }

  async backUp(name: string): Promise<string> {
    const to = this.at(name);
    await writeBackup({ directory: this.data, to, version: '0', starts: startsOf(this.data), nowMs: 0 });
    return to;
  }

  async restore(name: string): Promise<void> {
    await restoreBackup({
      from: this.at(name),
      directory: this.data,
      replace: true,
      startsAfter: (backup) => countAfterRestore(backup, startsOf(this.data)),
    });
  }

  /** A start is refused with this code and reason. */
  async refuses(code: string, reason: RegExp): Promise<void> {
    await assert.rejects(
      this.opened(() => Promise.resolve()),
      (error) => {
        assert.ok(error instanceof OperatingError, String(error));
        assert.equal(error.code, code);
        assert.match(error.message, reason);
        return true;
      },
    );
  }

  /** A process of the command line. */
  start(...words: string[]): { child: ChildProcess; ended: Promise<Ended> } {
    const child = spawn(process.execPath, [MAIN, ...words, '--config', this.configFile], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#children.add(child);
    let out = '';
    let error = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
    return {
      child,
      ended: once(child, 'close').then(([code]) => {
        this.#children.delete(child);
        return { code: code as number | null, out, error };
      }),
    };
  }

  /** Resolves when the engine listens on its control socket. */
  async run(): Promise<{ child: ChildProcess; ended: Promise<Ended>; client: ControlClient }> {
    const engine = this.start('run');
    const state = { over: false };
    void engine.ended.then(() => (state.over = true));
    for (;;) {
      if (state.over) assert.fail((await engine.ended).error);
      const client = await ControlClient.connect(this.data);
      if (client !== undefined) return { ...engine, client };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** What the data directory has, file by file. */
  files(): Map<string, string> {
    const found = new Map<string, string>();
    for (const file of readdirSync(this.data, { recursive: true, withFileTypes: true })) {
      if (!file.isFile() || NOBODYS_DATA.has(file.name)) continue;
      const full = path.join(file.parentPath, file.name);
      const sum = createHash('sha256').update(readFileSync(full)).digest('hex');
      found.set(path.relative(this.data, full), sum);
    }
    return found;
  }

  dataFile(shard: number): string {
    return path.join(this.data, `shard-${shard}`, 'data.mdb');
  }
}

export const numberOf = (index: number): string => `49151${20_000_000 + index}`;
