import type { Operation } from '../../../stack/asn1/index.ts';
import type { NodePlan } from '../plan.ts';
import type { Procedure } from '../role.ts';
import type { Direction, Exercised } from '../tally.ts';
import type { Version } from './contexts.ts';

/** `sent` or `received` of some operations in one version. */
export function exercises(
  version: Version,
  direction: Direction,
  ...operations: readonly { readonly name?: string | undefined }[]
): Exercised[] {
  return operations.map(({ name = '' }) => ({ protocol: 'MAP', operation: name, version, direction }));
}

/** One procedure a version, the latest first; those that the node does not speak are left out. */
export function versioned(
  { mapVersionMax }: NodePlan,
  name: string,
  summary: string,
  versions: readonly Version[],
  exercised: (version: Version) => readonly Exercised[],
  run: (version: Version) => Promise<void>,
): Procedure[] {
  const spoken = versions.filter((version) => version <= mapVersionMax);
  if (spoken.length === 0) return [];
  return [
    {
      name,
      summary,
      exercises: spoken.flatMap((version) => exercised(version)),
      run: async () => {
        for (const version of spoken) await run(version);
      },
    },
  ];
}

/** The operation as a version has it; the same code and name in all. */
export function operationOf(
  version: Version,
  operations: { readonly 3?: unknown; readonly 2?: unknown; readonly 1?: unknown },
): Operation {
  return (operations[version] ?? operations[2] ?? operations[3]) as Operation;
}

export function check(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
