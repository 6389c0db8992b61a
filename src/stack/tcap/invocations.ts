import type { InvocationState } from './invocation-fsm.ts';
import type { OperationClass } from './service.ts';

/** One operation that we invoked; see `invocationTables`. */
export interface Invocation {
  readonly id: number;
  readonly operationClass: OperationClass;
  readonly timeoutMs: number;
  state: InvocationState;
  /** Handle of the invocation timer, 0 when it does not run. */
  timer: number;
  /**
   * End of the timers that nobody is told of, the reject timer and the invocation timer of class 4: the id rests until
   * then. They are not started; that they have ended is seen when the ids are looked through.
   */
  restsUntilMs: number;
}

/** Invoke ids are −128 … 127; ours go up from 1 and around. */
export function nextInvokeId(id: number): number {
  return id === 127 ? -128 : id + 1;
}

export function findInvocation(invocations: readonly Invocation[], id: number): Invocation | undefined {
  for (const invocation of invocations) if (invocation.id === id) return invocation;
  return undefined;
}

/** Whether the quiet timer of an invocation has ended. */
export function hasRested(invocation: Invocation, nowMs: number): boolean {
  const rests =
    invocation.state === 'wait-for-reject' ||
    (invocation.state === 'operation-sent' && invocation.operationClass === 4);
  return rests && invocation.restsUntilMs <= nowMs;
}
