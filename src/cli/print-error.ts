import { errorRow } from '../types/error-table.ts';
import { OperatingError } from '../types/operating-error.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

/** What went wrong in words for the person at the terminal, and the exit code that goes with it. */
export function explainError(error: unknown): { readonly text: string; readonly exitCode: ExitCode } {
  if (error instanceof OperatingError)
    return {
      text: `callwake: ${error.message} (${error.code})`,
      exitCode: errorRow(error.code)?.exitCode ?? EXIT.unavailable,
    };
  if (error instanceof Error && 'code' in error && typeof error.code === 'string' && 'path' in error)
    return { text: `callwake: ${fileProblem(error.code, String(error.path))}`, exitCode: EXIT.unavailable };
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    text: `callwake: a mistake in the program; please report it with the lines below.\n${detail}`,
    exitCode: EXIT.software,
  };
}

function fileProblem(code: string, path: string): string {
  switch (code) {
    case 'ENOENT':
      return `there is no ${path}`;
    case 'EACCES':
    case 'EPERM':
      return `this user may not use ${path}`;
    case 'EISDIR':
      return `${path} is a directory, not a file`;
    case 'ENOSPC':
      return `no space is left for ${path}`;
    default:
      return `${path}: ${code}`;
  }
}
