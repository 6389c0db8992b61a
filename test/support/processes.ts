/** Processes of the command line, and what they say. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';

/** dist/test/support → dist/src/cli. */
const MAIN = path.resolve(import.meta.dirname, '../../src/cli/main.js');

/** Starts `callwake` with these words; whatever still runs when the test is over is killed. */
export function callwakeProcesses(t: TestContext): (words: readonly string[]) => ChildProcess {
  const children: ChildProcess[] = [];
  t.after(() => {
    for (const child of children) child.kill('SIGKILL');
  });
  return (words) => {
    const child = spawn(process.execPath, [MAIN, ...words], { stdio: ['ignore', 'pipe', 'pipe'] });
    children.push(child);
    return child;
  };
}

export interface Heard {
  readonly said: readonly string[];
  /** The first line that matches, also one said before; rejects when the process ends without it. */
  heard(pattern: RegExp): Promise<string>;
  /** The next line that matches. */
  next(pattern: RegExp): Promise<string>;
}

export function listen(child: ChildProcess, stream: 'stdout' | 'stderr'): Heard {
  const said: string[] = [];
  const waiting = new Set<{
    readonly pattern: RegExp;
    readonly resolve: (line: string) => void;
    readonly reject: (error: Error) => void;
  }>();
  createInterface({ input: child[stream]! }).on('line', (line) => {
    said.push(line);
    for (const one of waiting)
      if (one.pattern.test(line)) {
        waiting.delete(one);
        one.resolve(line);
      }
  });
  const next = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      waiting.add({ pattern, resolve, reject });
    });
  child.once('close', () => {
    for (const { pattern, reject } of waiting)
      reject(new Error(`ended before it said ${pattern.source}:\n${said.slice(-20).join('\n')}`));
  });
  const heard = (pattern: RegExp): Promise<string> => {
    const line = said.find((one) => pattern.test(one));
    return line === undefined ? next(pattern) : Promise.resolve(line);
  };
  return { said, heard, next };
}
