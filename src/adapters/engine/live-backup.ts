/** Backs up the data of a running engine: its shards hold what is stored, a thread copies it, and calls go on. */
import { Worker } from 'node:worker_threads';
import type { PartName } from '../../engine/wiring.ts';
import { OperatingError } from '../../types/operating-error.ts';
import { machineClock } from '../clock.ts';
import type { Manifest } from '../store/backup/manifest.ts';
import type { WriteBackupOptions } from '../store/backup/write-backup.ts';

/** To a shard. */
export interface HoldOrder {
  readonly kind: 'hold' | 'release';
  readonly token: number;
}

/** From a shard. */
export interface HeldReport {
  readonly kind: 'held';
  readonly token: number;
}

/** From the thread that copies. */
export type BackupReport =
  | { readonly kind: 'done'; readonly manifest: Manifest }
  | { readonly kind: 'failed'; readonly code: `CW_${string}`; readonly message: string };

export interface LiveBackupOptions {
  readonly directory: string;
  readonly version: string;
  readonly shards: readonly PartName[];
  readonly starts: () => number;
  readonly tell: (part: PartName, order: HoldOrder) => void;
}

const ENTRY = new URL('./backup-worker.js', import.meta.url);
/** A shard that is being started anew does not answer. */
const HOLD_MS = 10_000;

export class LiveBackup {
  readonly #options: LiveBackupOptions;
  readonly #waiting = new Set<PartName>();
  #allHeld: (() => void) | undefined;
  #token = 0;
  #underWay = false;
  #worker: Worker | undefined;

  constructor(options: LiveBackupOptions) {
    this.#options = options;
  }

  /** Whether a message of a part was for this. */
  take(part: PartName, message: unknown): boolean {
    const { kind, token } = message as Partial<HeldReport>;
    if (kind !== 'held') return false;
    if (token === this.#token && this.#waiting.delete(part) && this.#waiting.size === 0) this.#allHeld?.();
    return true;
  }

  /** @throws OperatingError `CW_BACKUP_FAILED`, `CW_STORE_DAMAGED` */
  async run(to: string): Promise<Manifest> {
    if (this.#underWay)
      throw new OperatingError('CW_BACKUP_FAILED', 'another backup is being made: wait for its end');
    this.#underWay = true;
    const token = ++this.#token;
    try {
      await this.#hold(token);
      return await this.#copy(to);
    } finally {
      for (const shard of this.#options.shards) this.#options.tell(shard, { kind: 'release', token });
      this.#underWay = false;
    }
  }

  /** The engine stops: what is being copied is none. */
  async stop(): Promise<void> {
    await this.#worker?.terminate();
  }

  #hold(token: number): Promise<void> {
    const { shards, tell } = this.#options;
    for (const shard of shards) this.#waiting.add(shard);
    return new Promise((resolve, reject) => {
      const patience = setTimeout(() => {
        const missing = [...this.#waiting].join(', ');
        reject(
          new OperatingError(
            'CW_BACKUP_FAILED',
            `${missing} did not answer: it is being started anew; try again`,
          ),
        );
      }, HOLD_MS);
      this.#allHeld = () => {
        clearTimeout(patience);
        resolve();
      };
      for (const shard of shards) tell(shard, { kind: 'hold', token });
    });
  }

  #copy(to: string): Promise<Manifest> {
    const { directory, version, starts } = this.#options;
    const workerData: WriteBackupOptions = {
      directory,
      to,
      version,
      starts: starts(),
      nowMs: machineClock.now(),
    };
    return new Promise((resolve, reject) => {
      const worker = new Worker(ENTRY, { workerData, name: 'backup' });
      this.#worker = worker;
      const fail = (why: string): void =>
        reject(new OperatingError('CW_BACKUP_FAILED', `the backup in ${to} was not made: ${why}`, { to }));
      worker.on('message', (report: BackupReport) => {
        if (report.kind === 'done') resolve(report.manifest);
        else reject(new OperatingError(report.code, report.message, { to }));
      });
      worker.on('error', (error) => fail(String(error)));
      worker.once('exit', () => {
        this.#worker = undefined;
        fail('the engine stops');
      });
    });
  }
}
