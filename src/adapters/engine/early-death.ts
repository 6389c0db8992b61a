/**
 * A mark in the data directory that a start has not proved itself yet. Where the start before has left it, the process ended
 * within its first seconds, and not in order: perhaps a damaged page made native code end it, so this start looks at everything.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const FILE = 'starting';
const PROVED_AFTER_MS = 10_000;

export class EarlyDeath {
  readonly #file: string;
  #timer: NodeJS.Timeout | undefined;

  /** @param directory locked by this process */
  constructor(directory: string) {
    this.#file = path.join(directory, FILE);
  }

  /** Whether the start before ended early. */
  get happened(): boolean {
    return existsSync(this.#file);
  }

  /** From now on this start has to prove itself. */
  begin(): void {
    writeFileSync(this.#file, 'removed when the engine has run for ten seconds\n');
    this.#timer = setTimeout(() => rmSync(this.#file, { force: true }), PROVED_AFTER_MS);
    this.#timer.unref();
  }

  /** It ended in order, or was refused with a reason. */
  end(): void {
    clearTimeout(this.#timer);
    rmSync(this.#file, { force: true });
  }
}
