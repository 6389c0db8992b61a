import { OperatingError } from '../types/operating-error.ts';

/** One thing that is wrong with a configuration. */
export interface ConfigProblem {
  /** Of the key: `signalling.associations[0].remote.port`; empty: the file as a whole. */
  readonly path: string;
  /** What stands there; undefined: nothing does. */
  readonly value: unknown;
  /** What is wrong, in words that follow the path. */
  readonly message: string;
  readonly allowed: string;
  /** In the file, from 1; undefined where nothing of it is there. */
  readonly line?: number;
}

export function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else text += text === '' ? String(step) : `.${String(step)}`;
  }
  return text;
}

/** A value as a person wrote it, shortened. */
export function valueText(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** `callwake.yaml:12: web.port: 70000 is not allowed; allowed: an integer, 0 … 65 535`. */
export function problemText(file: string, problem: ConfigProblem): string {
  const at = problem.line === undefined ? file : `${file}:${problem.line}`;
  const path = problem.path === '' ? '' : `${problem.path}: `;
  return `${at}: ${path}${problem.message}; allowed: ${problem.allowed}`;
}

/** All problems of a file as one error, for the command line, which ends with exit code 78. */
export function configError(file: string, problems: readonly ConfigProblem[]): OperatingError {
  const count = problems.length === 1 ? 'one thing is' : `${problems.length} things are`;
  const lines = problems.map((problem) => `  ${problemText(file, problem)}`);
  return new OperatingError('CW_CONFIG_INVALID', `${count} wrong with ${file}:\n${lines.join('\n')}`, {
    file,
    problems,
  });
}
