import type { Type } from './declaration.ts';

/** An operation's error (ITU-T X.880 §8.3): its local code and what comes with it. */
export interface ErrorDeclaration<P = unknown> {
  readonly name?: string;
  readonly code: number;
  readonly parameter?: Type<P>;
}

/** An operation (ITU-T X.880 §8.2) as its specification declares it. */
export interface Operation<A = unknown, R = unknown> {
  /** In the specification's spelling: `noteMM-Event`. */
  readonly name?: string;
  readonly code: number;
  readonly argument?: Type<A>;
  readonly result?: Type<R>;
  readonly errors: readonly ErrorDeclaration[];
  /** ITU-T Q.771 §3.1.3: 1 both outcomes are reported, 2 failure only, 3 success only, 4 neither. */
  readonly operationClass?: 1 | 2 | 3 | 4;
  /** How long the invoker waits for the outcome. */
  readonly timerMs?: number;
}

export function operation<A = undefined, R = undefined>(declaration: Operation<A, R>): Operation<A, R> {
  return declaration;
}

export function error<P = undefined>(declaration: ErrorDeclaration<P>): ErrorDeclaration<P> {
  return declaration;
}

/** `errors` but those that an earlier version does not have. */
export function withoutErrors(
  errors: readonly ErrorDeclaration[],
  ...absent: readonly ErrorDeclaration[]
): readonly ErrorDeclaration[] {
  return errors.filter((one) => !absent.includes(one));
}
