import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EXIT } from '../../src/cli/exit-codes.ts';
import { explainError } from '../../src/cli/print-error.ts';
import { OperatingError } from '../../src/types/operating-error.ts';

const fileError = (code: string) => Object.assign(new Error(code), { code, path: '/data/x' });

test('an operating error is its message, its code, and the exit code of its row', () => {
  assert.deepEqual(explainError(new OperatingError('CW_CONFIG_INVALID', 'callwake.yaml: …')), {
    text: 'callwake: callwake.yaml: … (CW_CONFIG_INVALID)',
    exitCode: EXIT.configuration,
  });
});

for (const [code, words] of [
  ['ENOENT', 'there is no /data/x'],
  ['EACCES', 'this user may not use /data/x'],
  ['EPERM', 'this user may not use /data/x'],
  ['EISDIR', '/data/x is a directory, not a file'],
  ['ENOSPC', 'no space is left for /data/x'],
  ['EIO', '/data/x: EIO'],
] as const) {
  test(`the file system's ${code} is said in words`, () => {
    assert.deepEqual(explainError(fileError(code)), {
      text: `callwake: ${words}`,
      exitCode: EXIT.unavailable,
    });
  });
}

test('anything else is a mistake in the program, with what it takes to report it', () => {
  const { text, exitCode } = explainError(new TypeError('no such thing'));
  assert.equal(exitCode, EXIT.software);
  assert.match(text, /please report it[\s\S]*TypeError: no such thing[\s\S]*print-error\.test/);
  assert.match(explainError('a word').text, /a word$/);
});
