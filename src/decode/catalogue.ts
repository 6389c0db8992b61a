/** Every operation that is declared, by its name in the specification and the version of its application context. */
import type { ErrorDeclaration, Operation } from '../stack/asn1/index.ts';
import { capApplicationContexts } from '../stack/cap/application-contexts.ts';
import { mapApplicationContexts } from '../stack/map/application-contexts.ts';

export interface CatalogueEntry {
  readonly protocol: 'MAP' | 'CAP';
  readonly name: string;
  /** Version of MAP, phase of CAP. */
  readonly version: number;
  readonly operation: Operation;
}

const entries = new Map<string, CatalogueEntry[]>();
for (const context of [...mapApplicationContexts.all, ...capApplicationContexts.all]) {
  for (const operation of [...context.initiator.values(), ...context.responder.values()]) {
    const { protocol, version } = context;
    const name = operation.name ?? String(operation.code);
    const found = entries.get(name) ?? [];
    if (found.some((entry) => entry.version === version)) continue;
    found.push({ protocol, name, version, operation });
    found.sort((one, other) => other.version - one.version);
    entries.set(name, found);
  }
}

/** Names of all declared operations, in order. */
export function operationNames(): readonly string[] {
  return [...entries.keys()].sort();
}

/** The versions of an operation, newest first; empty when it is not declared. */
export function operationVersions(name: string): readonly CatalogueEntry[] {
  return entries.get(name) ?? [];
}

/** The error of `operation` with this code; one that the operation does not list is looked for among those of the same protocol and version. */
export function findError(entry: CatalogueEntry, code: number): ErrorDeclaration | undefined {
  const own = entry.operation.errors.find((error) => error.code === code);
  if (own !== undefined) return own;
  for (const versions of entries.values()) {
    for (const other of versions) {
      if (other.protocol !== entry.protocol || other.version !== entry.version) continue;
      const found = other.operation.errors.find((error) => error.code === code);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Errors of this name, with the newest operation of each version that may answer with it. */
export function errorsNamed(
  name: string,
): readonly { readonly error: ErrorDeclaration; readonly entry: CatalogueEntry }[] {
  const found = new Map<ErrorDeclaration, CatalogueEntry>();
  for (const versions of entries.values())
    for (const entry of versions)
      for (const error of entry.operation.errors) {
        if (error.name !== name) continue;
        const known = found.get(error);
        if (known === undefined || known.version < entry.version) found.set(error, entry);
      }
  return [...found]
    .map(([error, entry]) => ({ error, entry }))
    .sort((one, other) => other.entry.version - one.entry.version);
}

/** Operations with this code, or (`error`) with an error of this code; newest first. */
export function operationsWithCode(
  code: number,
  protocol: 'MAP' | 'CAP' | undefined,
  error = false,
): readonly CatalogueEntry[] {
  return [...entries.values()]
    .flat()
    .filter((entry) => protocol === undefined || entry.protocol === protocol)
    .filter(({ operation }) =>
      error ? operation.errors.some((one) => one.code === code) : operation.code === code,
    )
    .sort((one, other) => other.version - one.version);
}
