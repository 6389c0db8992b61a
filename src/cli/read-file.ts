import { readFileSync } from 'node:fs';

/** A whole file. Every error names it: the system's own do not when it opens but cannot be read, as a directory does. */
export function readFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path });
  }
}
