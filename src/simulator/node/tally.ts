/** What came of the dialogues of a node: per operation, version and direction how many went well, how many did not, and why. */

export type Direction = 'sent' | 'received';

export interface Exercised {
  readonly protocol: 'MAP' | 'CAP' | 'ISUP';
  /** In the specification's spelling. */
  readonly operation: string;
  /** Version of MAP, phase of CAP; 0 where there is none. */
  readonly version: number;
  readonly direction: Direction;
}

export interface OperationRow extends Exercised {
  succeeded: number;
  failed: number;
  /** How often which error answered it where that was the answer to expect: these succeeded. */
  readonly errors: Record<string, number>;
  /** How often it failed for which reason. */
  readonly reasons: Record<string, number>;
}

export interface ProcedureRow {
  readonly role: string;
  readonly procedure: string;
  readonly outcome: 'succeeded' | 'failed';
  readonly why?: string;
}

export interface NodeReport {
  readonly ok: boolean;
  readonly roles: readonly string[];
  readonly operations: readonly OperationRow[];
  readonly procedures: readonly ProcedureRow[];
  /** Operations of the procedures played that no dialogue carried to a good end: `MAP updateLocation v3 sent`. */
  readonly notExercised: readonly string[];
}

/** Reasons that are told apart for one operation; what comes beyond is counted as `other`. */
const REASONS_MAX = 32;

export class Tally {
  readonly #rows = new Map<string, OperationRow>();
  readonly #procedures: ProcedureRow[] = [];

  /** @param error the error that answered it, where it was to be expected */
  succeeded(exercised: Exercised, error?: string): void {
    const row = this.#row(exercised);
    row.succeeded++;
    if (error !== undefined) add(row.errors, error);
  }

  failed(exercised: Exercised, why: string): void {
    const row = this.#row(exercised);
    row.failed++;
    add(row.reasons, why);
  }

  procedure(row: ProcedureRow): void {
    this.#procedures.push(row);
  }

  /** @param planned what was to be exercised */
  report(roles: readonly string[], planned: readonly Exercised[]): NodeReport {
    const operations = [...this.#rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    const wanted = new Set(planned.map(exercisedText));
    const notExercised = [...wanted].filter((text) => (this.#rows.get(text)?.succeeded ?? 0) === 0).sort();
    const ok =
      notExercised.length === 0 &&
      operations.every(({ failed }) => failed === 0) &&
      this.#procedures.every(({ outcome }) => outcome === 'succeeded');
    return { ok, roles, operations, procedures: this.#procedures, notExercised };
  }

  #row(exercised: Exercised): OperationRow {
    const { protocol, operation, version, direction } = exercised;
    const key = exercisedText(exercised);
    let row = this.#rows.get(key);
    if (row === undefined) {
      row = { protocol, operation, version, direction, succeeded: 0, failed: 0, errors: {}, reasons: {} };
      this.#rows.set(key, row);
    }
    return row;
  }
}

export function exercisedText({ protocol, operation, version, direction }: Exercised): string {
  return `${protocol} ${operation}${version === 0 ? '' : ` v${version}`} ${direction}`;
}

function add(counts: Record<string, number>, name: string): void {
  const key = name in counts || Object.keys(counts).length < REASONS_MAX ? name : 'other';
  counts[key] = (counts[key] ?? 0) + 1;
}
