/** Profiles from files: the built-in ones lie beside this module. A mistake is refused with its line and column. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { pathText, valueText } from '../../src/config/problem.ts';
import { nearest } from '../../src/config/suggestion.ts';
import { OperatingError } from '../../src/types/operating-error.ts';
import { LOAD_KINDS } from '../plan.ts';
import type { Profile } from './profile.ts';
import { phaseSchema, profileSchema } from './schema.ts';

const FOLDER = import.meta.dirname;
const FILE_OCTETS_MAX = 1_000_000;

type Path = readonly PropertyKey[];

interface Problem {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** In the order in which they are listed. */
export function builtInProfiles(): Profile[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => readProfile(path.join(FOLDER, name)));
}

/**
 * A built-in profile by its name, or one in a file.
 * @throws OperatingError `CW_CONFIG_INVALID` with all that is wrong, and the file system's own errors
 */
export function profileNamed(nameOrFile: string): Profile {
  if (/[./\\]/.test(nameOrFile)) return readProfile(nameOrFile);
  const names = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => path.basename(name, '.yaml'));
  if (names.includes(nameOrFile)) return readProfile(path.join(FOLDER, `${nameOrFile}.yaml`));
  const meant = nearest(nameOrFile, names);
  const hint = meant === undefined ? '' : `, did you mean ${meant}?`;
  throw new OperatingError(
    'CW_CONFIG_INVALID',
    `there is no profile ${nameOrFile}${hint}; there are ${names.sort().join(', ')}, or give a file: ./mine.yaml`,
  );
}

function readProfile(file: string): Profile {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path: file });
  }
  return parseProfile(file, text);
}

export function parseProfile(file: string, text: string): Profile {
  if (text.length > FILE_OCTETS_MAX)
    throw invalid(file, [{ line: 1, column: 1, text: 'the file is too long' }]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0)
    throw invalid(
      file,
      document.errors.map(({ message, pos }) => ({
        ...positionOf(lines, pos[0]),
        text: `${(message.split(/ at line |\n/)[0] ?? '').trim()}; allowed: YAML, each key once`,
      })),
    );
  let raw: unknown;
  try {
    raw = document.toJS({ maxAliasCount: 100 });
  } catch {
    throw invalid(file, [{ line: 1, column: 1, text: 'its aliases multiply without end' }]);
  }
  const parsed = profileSchema.safeParse(raw);
  if (!parsed.success)
    throw invalid(
      file,
      parsed.error.issues.flatMap((issue) => problemsOf(issue, raw, document, lines)),
    );
  const { for: forMs, ramp: rampMs, phases, ratePerSecond, bhcaPerSubscriber, ...rest } = parsed.data;
  return {
    ...rest,
    name: path.basename(file).replace(/\.ya?ml$/, ''),
    ...(ratePerSecond === undefined ? {} : { ratePerSecond }),
    ...(bhcaPerSubscriber === undefined ? {} : { bhcaPerSubscriber }),
    forMs,
    rampMs,
    phases: phases.map(({ ring, hot, mix, ...phase }) => ({
      ...phase,
      mix: Object.fromEntries(Object.entries(mix).filter(([, weight]) => weight !== undefined)),
      ringMs: ring,
      ...(hot === undefined ? {} : { hot }),
    })),
  };
}

function problemsOf(
  issue: z.core.$ZodIssue,
  raw: unknown,
  document: Document,
  lines: LineCounter,
): Problem[] {
  const { path: at } = issue;
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(at);
    return issue.keys.map((key) => {
      const meant = nearest(key, known);
      const hint = meant === undefined ? '' : `, did you mean ${meant}?`;
      const where = [...at, key];
      return {
        ...placeOf(document, lines, where),
        text: `${pathText(where)}: there is no such key${hint}; allowed: ${known.join(', ')}`,
      };
    });
  }
  const value = valueAt(raw, at);
  const said = value === undefined ? 'is missing' : `${valueText(value)} is not allowed`;
  const name = at.length === 0 ? 'the file' : pathText(at);
  return [{ ...placeOf(document, lines, at), text: `${name}: ${said}; allowed: ${issue.message}` }];
}

function keysAt(at: Path): readonly string[] {
  const last = at.at(-1);
  if (last === 'mix') return LOAD_KINDS;
  if (last === 'hot') return ['subscribers', 'share'];
  return Object.keys(typeof last === 'number' ? phaseSchema.shape : profileSchema.shape);
}

function valueAt(raw: unknown, at: Path): unknown {
  let value = raw;
  for (const step of at) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[step];
  }
  return value;
}

/** Of the key at a path, or of the nearest thing around it that is in the file. */
function placeOf(document: Document, lines: LineCounter, at: Path): { line: number; column: number } {
  for (let length = at.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(at.slice(0, length - 1), true);
    const step = at[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isScalar(item.key) && item.key.value === step);
      if (pair !== undefined && isNode(pair.key) && pair.key.range)
        return positionOf(lines, pair.key.range[0]);
    }
    const node = document.getIn(at.slice(0, length), true);
    if (isNode(node) && node.range) return positionOf(lines, node.range[0]);
  }
  return { line: 1, column: 1 };
}

function positionOf(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

function invalid(file: string, problems: readonly Problem[]): OperatingError {
  const sorted = [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
  const count = sorted.length === 1 ? 'one thing is' : `${sorted.length} things are`;
  const rows = sorted.map(({ line, column, text }) => `  ${file}:${line}:${column}: ${text}`);
  return new OperatingError('CW_CONFIG_INVALID', `${count} wrong with ${file}:\n${rows.join('\n')}`, {
    file,
  });
}
