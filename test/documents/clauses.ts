/**
 * The clauses that the code cites, and what shows that they are met: a row of a conformance matrix that names tests, or a
 * test that cites the clause itself.
 */
import { filesBelow } from '../support/sources.ts';
import { namedTests } from './named-tests.ts';

export interface CitedClause {
  /** `RFC 4666`, `ITU-T Q.714`, `3GPP TS 29.002`. */
  readonly standard: string;
  /** Without the sign: `4.3.4.1`. */
  readonly clause: string;
  /** Files of `src` that cite it. */
  readonly files: readonly string[];
  /** Matrices and tests that show it; none: an obligation without a test. */
  readonly shownBy: readonly string[];
}

/** Standards of which a clause is cited for a value or a notation; what they demand of an implementation is not ours to meet. */
export const citedForTheirValues: ReadonlyMap<string, string> = new Map([
  ['3GPP TS 23.003', 'subsystem numbers and the make of IMSI and MSISDN'],
  ['3GPP TS 24.008', 'tables of values inside MAP and CAP parameters'],
  ['ITU-T Q.703', 'the length that a message signal unit has room for'],
  ['ITU-T Q.704', 'the MTP service, which M3UA stands in for (RFC 4666)'],
  ['ITU-T Q.850', 'cause values'],
  ['ITU-T Q.931', 'tables of values inside ISUP parameters'],
  ['ITU-T X.660', 'names of objects'],
  ['ITU-T X.680', 'the notation that declarations are written in'],
  ['ITU-T X.880', 'the notation of remote operations'],
  ['RFC 4165', 'the number of a protocol, known to decode a capture'],
  ['RFC 4180', 'the form of CSV files'],
  ['RFC 9110', 'HTTP, which a library speaks'],
]);

const STANDARD = String.raw`(?:RFC \d{4}|ITU-T [QX]\.\d+|(?:3GPP )?TS \d{2}\.\d{3})`;
const CLAUSE = String.raw`§[0-9A-Z]+(?:\.[0-9a-zA-Z]+)*`;
/** A standard and the clauses behind it: `ITU-T Q.714 §4.1, §4.2.3 and §5`, `RFC 4666 §3.3 – §3.8`. */
const CITATION = new RegExp(`(${STANDARD})((?:[ ,;]|–|and|to|${CLAUSE})*${CLAUSE})`, 'g');
const RANGE = new RegExp(`(${CLAUSE})(?:(?: – | to )(${CLAUSE}))?`, 'g');

interface Citation {
  readonly standard: string;
  readonly from: string;
  /** The same as `from`, or the end of a range. */
  readonly to: string;
}

/** Every citation in a text; a line break with its comment sign counts as a blank. */
function* citations(text: string): Iterable<Citation> {
  const flat = text.replaceAll(/\s*\n\s*(?:\*|\/\/)?\s*/g, ' ');
  for (const [, name = '', clauses = ''] of flat.matchAll(CITATION)) yield* clausesOf(name, clauses);
}

function* clausesOf(name: string, clauses: string): Iterable<Citation> {
  const standard = name.startsWith('TS') ? `3GPP ${name}` : name;
  for (const [, from = '', to = from] of clauses.matchAll(RANGE))
    yield { standard, from: bare(from), to: bare(to) };
}

const bare = (clause: string): string => clause.slice(1).replace(/\.$/, '');

/** Whether what is said of one clause holds for the other: the same one, a part of it, or one of a range. */
function isAbout({ from, to }: Citation, clause: string): boolean {
  const part = (whole: string, piece: string) => piece === whole || piece.startsWith(`${whole}.`);
  if (part(from, clause) || part(clause, from) || part(to, clause)) return true;
  return from !== to && compare(from, clause) <= 0 && compare(clause, to) <= 0;
}

function compare(a: string, b: string): number {
  const [left, right] = [a.split('.'), b.split('.')];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [one = '', other = ''] = [left[index], right[index]];
    if (one !== other) return one.localeCompare(other, 'en', { numeric: true });
  }
  return 0;
}

/** All clauses that `src` cites, by standard and clause. */
export function citedClauses(): CitedClause[] {
  const shown: { readonly citation: Citation; readonly where: string }[] = [];
  for (const { file, text } of filesBelow('docs/conformance', '.md'))
    for (const citation of matrixCitations(file, text)) shown.push({ citation, where: file });
  for (const { file, text } of filesBelow('test', '.test.ts'))
    for (const citation of citations(text)) shown.push({ citation, where: file });
  const files = new Map<string, { standard: string; clause: string; files: Set<string> }>();
  for (const { file, text } of filesBelow('src', '.ts')) {
    if (file.includes('/generated/')) continue;
    for (const { standard, from, to } of citations(text))
      for (const clause of new Set([from, to])) {
        const key = `${standard} §${clause}`;
        const known = files.get(key) ?? { standard, clause, files: new Set<string>() };
        known.files.add(file);
        files.set(key, known);
      }
  }
  return [...files.values()]
    .map(({ standard, clause, files: citing }) => ({
      standard,
      clause,
      files: [...citing].sort(),
      shownBy: [
        ...new Set(
          shown
            .filter(({ citation }) => citation.standard === standard && isAbout(citation, clause))
            .map(({ where }) => where),
        ),
      ].sort(),
    }))
    .sort((a, b) => a.standard.localeCompare(b.standard) || compare(a.clause, b.clause));
}

/** Rows that name a test; a row without a standard of its own is about that of the matrix's title. */
function* matrixCitations(file: string, text: string): Iterable<Citation> {
  const title = /^# .*$/m.exec(text)?.[0] ?? '';
  const ofTitle = title
    .match(new RegExp(STANDARD, 'g'))
    ?.map((name) => (name.startsWith('TS') ? `3GPP ${name}` : name));
  for (const line of text.split('\n')) {
    const [, clauses = '', tests = ''] =
      /^\| ([^|]*§[^|]*) \| [^|]+ \| (?:done|partly) \|(.*)\|$/.exec(line) ?? [];
    if (clauses === '' || namedTests(tests, `${file}: ${clauses}`).length === 0) continue;
    let standard = ofTitle?.[0] ?? '';
    for (const piece of clauses.split(',')) {
      const named = new RegExp(STANDARD).exec(piece)?.[0] ?? /[QX]\.\d+/.exec(piece)?.[0];
      if (named !== undefined)
        standard = /^[QX]/.test(named) ? `ITU-T ${named}` : named.startsWith('TS') ? `3GPP ${named}` : named;
      yield* clausesOf(standard, piece);
    }
  }
}
