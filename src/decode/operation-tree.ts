/** The parameter of one operation as a tree: what `callwake decode --operation` shows. */
import type { Operation, Type } from '../stack/asn1/index.ts';
import type { TpduCarrier } from '../stack/sms/tpdu.ts';
import { berTrees } from './ber-tree.ts';
import { type CatalogueEntry, errorsNamed, operationVersions } from './catalogue.ts';
import { declaredTree } from './declared-tree.ts';
import { isNotCovered } from './not-covered.ts';
import { ussdText, withTpdu } from './sms-tree.ts';
import { findNode, hexOf, notesIn, type TreeNode } from './tree.ts';

export type Part = 'argument' | 'result' | 'error';

export interface DecodeRequest {
  /** As the specification spells it: `noteMM-Event`. For an error its own name does, too. */
  readonly operation: string;
  readonly part: Part;
  /** Version of MAP or phase of CAP; without it the newest that reads with the fewest notes. */
  readonly version?: number;
  /** Name or code of the error; without it the error of the operation that reads with the fewest notes. */
  readonly error?: string;
  /** The parameter with its tag. */
  readonly octets: Uint8Array;
}

export interface DecodedOperation {
  readonly protocol?: 'MAP' | 'CAP';
  readonly version?: number;
  /** False: no declaration covers it, and the tree is plain BER. */
  readonly covered: boolean;
  readonly tree: TreeNode;
}

interface Candidate {
  readonly name: string;
  readonly type: Type;
  readonly entry: CatalogueEntry;
}

/** Undefined when no operation or error has this name; `operationVersions` says which versions there are. */
export function decodeOperation(request: DecodeRequest): DecodedOperation | undefined {
  const { operation, part, octets } = request;
  const place = { offset: 0, length: octets.length };
  const plain = (note: string): DecodedOperation => ({
    covered: false,
    tree: {
      name: operation,
      value: part,
      element: hexOf(octets),
      ...place,
      note,
      children: berTrees(octets, 0, octets.length),
    },
  });
  const versions = operationVersions(operation).filter(
    ({ version }) => request.version === undefined || version === request.version,
  );
  if (versions.length === 0 && part === 'error') {
    const named = errorsNamed(operation).filter(
      ({ entry }) => request.version === undefined || entry.version === request.version,
    );
    if (named.length > 0)
      return (
        best(
          named.map(({ error, entry }) => candidate(operation, error.parameter, entry)),
          request,
        ) ?? plain('no parameter is declared')
      );
  }
  if (versions.length === 0) return isNotCovered(operation) ? plain('not covered yet') : undefined;
  const candidates = versions.flatMap((entry) => candidatesOf(entry, request));
  return best(candidates, request) ?? plain(`no parameter is declared for its ${part}`);
}

function candidate(name: string, type: Type | undefined, entry: CatalogueEntry): Candidate | undefined {
  return type && { name, type, entry };
}

function candidatesOf(entry: CatalogueEntry, { part, error }: DecodeRequest): (Candidate | undefined)[] {
  const { operation, name } = entry;
  if (part === 'argument') return [candidate(name, operation.argument, entry)];
  if (part === 'result') return [candidate(name, operation.result, entry)];
  return operation.errors
    .filter((one) => error === undefined || one.name === error || String(one.code) === error)
    .map((one) => candidate(one.name ?? String(one.code), one.parameter, entry));
}

/** The candidate that leaves the fewest notes; the first one of equals. */
function best(
  candidates: readonly (Candidate | undefined)[],
  request: DecodeRequest,
): DecodedOperation | undefined {
  let found: DecodedOperation | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const one of candidates) {
    if (one === undefined) continue;
    const tree = parameterTree(one.entry.operation, request.part, one.type, one.name, request.octets);
    const notes = notesIn(tree);
    if (notes >= fewest) continue;
    fewest = notes;
    found = { protocol: one.entry.protocol, version: one.entry.version, covered: true, tree };
  }
  return found;
}

/** The tree of a parameter whose type is known; `octets` from `offset` to `end` are the parameter with its tag. */
export function parameterTree(
  operation: Operation,
  part: Part,
  type: Type,
  name: string,
  octets: Uint8Array,
  offset = 0,
  end = octets.length,
): TreeNode {
  const tree = declaredTree(type, octets, name, offset, end);
  const carrier = carrierOf(operation, part, tree);
  const enriched =
    carrier === undefined
      ? tree
      : replaceNode(tree, part === 'error' ? 'diagnosticInfo' : 'sm-RP-UI', (node) =>
          withTpdu(node, carrier),
        );
  return withUssdText(enriched);
}

function carrierOf(operation: Operation, part: Part, tree: TreeNode): TpduCarrier | undefined {
  const { name } = operation;
  if (part === 'error') return name === 'mt-ForwardSM' || name === 'forwardSM' ? 'mt-error' : undefined;
  if (name === 'mt-ForwardSM') return part === 'argument' ? 'mt' : 'mt-result';
  if (name === 'mo-ForwardSM') return part === 'argument' ? 'mo' : undefined;
  if (name !== 'forwardSM' || part !== 'argument') return undefined;
  return findNode(tree, 'serviceCentreAddressDA') === undefined ? 'mt' : 'mo';
}

function replaceNode(tree: TreeNode, name: string, change: (node: TreeNode) => TreeNode): TreeNode {
  if (tree.name === name) return change(tree);
  const { children } = tree;
  return children === undefined
    ? tree
    : { ...tree, children: children.map((child) => replaceNode(child, name, change)) };
}

function withUssdText(tree: TreeNode): TreeNode {
  const scheme = findNode(tree, 'ussd-DataCodingScheme')?.value;
  if (typeof scheme !== 'string') return tree;
  return replaceNode(tree, 'ussd-String', (node) => {
    const octets = node.value;
    if (typeof octets !== 'string') return node;
    const text = ussdText(Number.parseInt(scheme, 16), Buffer.from(octets, 'hex'));
    return text === undefined ? node : { ...node, value: text, octets };
  });
}
