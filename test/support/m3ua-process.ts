import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import path from 'node:path';

/** dist/test/support → dist/src/cli. */
const main = path.resolve(import.meta.dirname, '../../src/cli/main.js');

export type Line = Readonly<Record<string, unknown>>;

/** How long a line may take before a test gives up; nothing is measured by it. */
const PATIENCE_MS = 60_000;

/** A `callwake m3ua` in a process of its own: what it prints, and what it is told. */
export class M3uaProcess {
  readonly lines: Line[] = [];
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #closed: Promise<number | null>;
  #error = '';
  #rest = '';
  #waiting: (() => void)[] = [];

  constructor(words: string) {
    this.#child = spawn(process.execPath, [main, 'm3ua', ...words.split(' ')]);
    this.#child.stdout.on('data', (chunk: Buffer) => {
      const parts = (this.#rest + chunk.toString()).split('\n');
      this.#rest = parts.pop() ?? '';
      this.lines.push(...parts.map((line) => JSON.parse(line) as Line));
      this.#wake();
    });
    this.#child.stderr.on('data', (chunk: Buffer) => {
      this.#error += chunk.toString();
    });
    this.#closed = new Promise((resolve) =>
      this.#child.on('close', (code) => {
        resolve(code);
        this.#wake();
      }),
    );
  }

  /** The first line, of those that came or will, that has these fields; it and what came before it are taken. */
  async next(wanted: Line): Promise<Line> {
    const fits = (line: Line) => Object.entries(wanted).every(([key, value]) => line[key] === value);
    const deadline = setTimeout(() => this.#child.kill('SIGKILL'), PATIENCE_MS);
    try {
      for (;;) {
        const at = this.lines.findIndex(fits);
        if (at >= 0) return this.lines.splice(0, at + 1).at(-1)!;
        assert.ok(
          this.#child.exitCode === null && this.#child.signalCode === null,
          `${JSON.stringify(wanted)} did not come; ${JSON.stringify(this.lines)} ${this.#error}`,
        );
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
      }
    } finally {
      clearTimeout(deadline);
    }
  }

  /** The port that it listens on. */
  async port(): Promise<number> {
    return (await this.next({ primitive: 'READY' }))['port'] as number;
  }

  tell(command: Line): void {
    this.#child.stdin.write(`${JSON.stringify(command)}\n`);
  }

  tellText(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  /** Ends it in order, and gives its exit code. */
  async end(how: 'SIGTERM' | 'SIGINT' | 'quit' = 'SIGTERM'): Promise<number | null> {
    if (how === 'quit') this.tell({ do: 'quit' });
    else this.#child.kill(how);
    return await this.#closed;
  }

  /** For the end of a test that failed: nothing is left behind. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
