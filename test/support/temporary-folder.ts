import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A new folder that the test removes when it is done. */
export function temporaryFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'callwake-'));
}
