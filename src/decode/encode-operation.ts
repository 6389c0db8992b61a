/** The parameter of one operation from JSON: what `callwake encode` writes. */
import type { Type } from '../stack/asn1/index.ts';
import { type CatalogueEntry, errorsNamed, operationVersions } from './catalogue.ts';
import { EncodeWalk, joined, membersOf } from './encode-declared.ts';
import { type EncodeProblem, hexOctets, isObject, nodeOf, standing } from './given-node.ts';
import { isNotCovered } from './not-covered.ts';
import { type Part, parameterTree } from './operation-tree.ts';
import { ussdOctets } from './sms-tree.ts';
import { hexOf, type TreeNode } from './tree.ts';

export interface EncodeRequest {
  /** As the specification spells it; for an error its own name does, too. */
  readonly operation: string;
  readonly part: Part;
  /** Version of MAP or phase of CAP; without it the newest that has such a value. */
  readonly version?: number;
  /** Name or code of the error; without it the name of the tree's root. */
  readonly error?: string;
  /** A tree as `callwake decode --json` prints it, or the value alone. */
  readonly json: unknown;
}

export type EncodedOperation =
  | { readonly kind: 'encoded'; readonly octets: Uint8Array }
  | { readonly kind: 'refused'; readonly problems: readonly EncodeProblem[] }
  /** No operation or error has this name, in this version. */
  | { readonly kind: 'unknown' };

interface Candidate {
  readonly name: string;
  readonly type: Type | undefined;
  readonly entry: CatalogueEntry;
}

export function encodeOperation(request: EncodeRequest): EncodedOperation {
  const candidates = candidatesOf(request);
  if (candidates === undefined) return { kind: 'unknown' };
  const whole = hexOctets(nodeOf(request.json)?.element);
  if (whole !== undefined) return { kind: 'encoded', octets: whole };
  let refused: EncodedOperation | undefined;
  for (const candidate of candidates) {
    const encoded = encodeAs(candidate, request);
    if (encoded.kind === 'encoded') return encoded;
    refused ??= encoded;
  }
  return refused ?? refuse(request.error ?? request.operation, request.json, errorsText(request));
}

function refuse(path: string, json: unknown, allowed: string): EncodedOperation {
  return { kind: 'refused', problems: [{ path, stands: standing(json), allowed }] };
}

/** Newest first; undefined when there is no such operation, and empty when it has no such error. */
function candidatesOf(request: EncodeRequest): readonly Candidate[] | undefined {
  const { operation, part, version } = request;
  const inVersion = (entry: CatalogueEntry) => version === undefined || entry.version === version;
  const versions = operationVersions(operation).filter(inVersion);
  if (versions.length > 0) return versions.flatMap((entry) => ofEntry(entry, request));
  const named = part === 'error' ? errorsNamed(operation).filter(({ entry }) => inVersion(entry)) : [];
  if (named.length > 0)
    return named.map(({ error, entry }) => ({ name: operation, type: error.parameter, entry }));
  return isNotCovered(operation) ? [] : undefined;
}

function ofEntry(entry: CatalogueEntry, { part, error, json }: EncodeRequest): Candidate[] {
  const { operation, name } = entry;
  if (part === 'argument') return [{ name, type: operation.argument, entry }];
  if (part === 'result') return [{ name, type: operation.result, entry }];
  const wanted = error ?? nodeOf(json)?.name;
  return operation.errors
    .filter((one) => one.name === wanted || String(one.code) === wanted)
    .map((one) => ({ name: one.name ?? String(one.code), type: one.parameter, entry }));
}

function errorsText({ operation, part, version }: EncodeRequest): string {
  if (part !== 'error') return 'an element in hexadecimal: the operation is not covered yet';
  const names = operationVersions(operation)
    .filter((entry) => version === undefined || entry.version === version)
    .flatMap((entry) => entry.operation.errors.map(({ name, code }) => `${name ?? ''} (${code})`));
  return names.length === 0
    ? 'nothing: the operation has no errors'
    : `--error with one of ${[...new Set(names)].join(', ')}`;
}

function encodeAs({ name, type, entry }: Candidate, { part, json }: EncodeRequest): EncodedOperation {
  if (type === undefined) return refuse(name, json, `nothing: no parameter is declared for its ${part}`);
  const walk = new EncodeWalk();
  const { own, behind } = split(json);
  const octets = walk.element(type, withUssdOctets(own), name);
  if (octets === undefined || walk.problems.length > 0) return { kind: 'refused', problems: walk.problems };
  const tree = parameterTree(entry.operation, part, type, name, octets);
  compare(walk, own, tree, name);
  if (walk.problems.length > 0) return { kind: 'refused', problems: walk.problems };
  return { kind: 'encoded', octets: joined([octets, ...behind]) };
}

/** The text of unstructured supplementary services as octets: how it is coded, another component says. */
function withUssdOctets(json: unknown): unknown {
  const members = membersOf(json, nodeOf(json));
  const given = (name: string) => {
    const member = members?.find((one) => one.name === name);
    return member && (nodeOf(member.json) ?? { value: member.json });
  };
  const [scheme, text] = [given('ussd-DataCodingScheme'), given('ussd-String')];
  const [code] = hexOctets(scheme?.octets ?? scheme?.value) ?? [];
  if (code === undefined || text === undefined || text.octets !== undefined || typeof text.value !== 'string')
    return json;
  const octets = ussdOctets(code, text.value);
  if (octets === undefined || members === undefined) return json;
  const children = members.map(({ name, json: member }) =>
    name === 'ussd-String'
      ? { name, octets: hexOf(octets) }
      : { name, ...(nodeOf(member) ?? { value: member }) },
  );
  return { children };
}

/** What stood behind the parameter stands among the children of its root. */
function split(json: unknown): { readonly own: unknown; readonly behind: readonly Uint8Array[] } {
  const children = nodeOf(json)?.children;
  if (children === undefined || !isObject(json)) return { own: json, behind: [] };
  const behind: Uint8Array[] = [];
  const own = children.filter((child) => {
    const node = nodeOf(child);
    const octets = node?.note === 'behind the end' ? hexOctets(node.element) : undefined;
    if (octets !== undefined) behind.push(octets);
    return octets === undefined;
  });
  return { own: behind.length === 0 ? json : { ...json, children: own }, behind };
}

/**
 * A tree says most things twice: octets, what they are read as, and the parts of that. Where what was changed in one place
 * and not in the other, it cannot be known what was meant.
 */
function compare(walk: EncodeWalk, json: unknown, shown: TreeNode, path: string): void {
  const node = nodeOf(json);
  if (node === undefined || node.element !== undefined) return;
  const reads = (what: unknown) => `${standing(what)}, as its octets read; change these, or leave them out`;
  if (isScalar(node.value) && !sameValue(node.value, shown.value))
    walk.refuse(path, node.value, reads(shown.value));
  const seen = new Map<string, number>();
  for (const child of node.children ?? []) {
    const inner = nodeOf(child);
    const name = inner?.name;
    if (name === undefined || inner?.element !== undefined || inner?.note === 'missing') continue;
    const before = seen.get(name) ?? 0;
    seen.set(name, before + 1);
    const other = (shown.children ?? []).filter((one) => one.name === name)[before];
    const inside = name.startsWith('[') ? `${path}${name}` : `${path}.${name}`;
    if (other === undefined) walk.refuse(inside, inner?.value, 'nothing: no such thing is read there');
    else compare(walk, child, other, inside);
  }
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

/** `IMSI-Attach (2)` may be given as its word or its code, hexadecimal octets in capitals and with blanks. */
function sameValue(given: unknown, shown: TreeNode['value']): boolean {
  const text = String(given);
  const other = String(shown);
  if (text === other || other.startsWith(`${text} (`) || other.endsWith(` (${text})`)) return true;
  if (other.startsWith(`${text} `)) return true;
  return text.replace(/[\s:]/g, '').toLowerCase() === other.replace(/[\s:]/g, '').toLowerCase();
}
