/** Keys that do not go together. */
export interface Inconsistency {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly allowed: string;
}
