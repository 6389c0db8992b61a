import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';

/** A new folder that the test removes when it is done. */
export function temporaryFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'callwake-'));
}

/** A file with a text, until the test is over. */
export function temporaryFile(t: TestContext, text: string): string {
  const folder = temporaryFolder();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'file');
  writeFileSync(file, text);
  return file;
}
