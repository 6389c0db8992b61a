/**
 * Application contexts (ITU-T Q.775 §2): which operations either side of a dialogue may invoke. The same operation code
 * means different things in different contexts, so an operation is always looked up by context, side and code.
 */
import type { Operation } from '../asn1/index.ts';

/** Which side of a dialogue invokes: the one that opened it, or the one that answered. */
export type Side = 'initiator' | 'responder';

export interface ApplicationContext {
  /** As the specification has it: `shortMsgGatewayContext-v3`. */
  readonly name: string;
  readonly protocol: 'MAP' | 'CAP';
  readonly version: 1 | 2 | 3 | 4;
  readonly objectIdentifier: readonly number[];
  /** What the initiator may invoke, by local operation code. */
  readonly initiator: ReadonlyMap<number, Operation>;
  /** What the responder may invoke, by local operation code. */
  readonly responder: ReadonlyMap<number, Operation>;
}

/** Operations by their codes. */
export function operationTable(operations: readonly Operation[]): ReadonlyMap<number, Operation> {
  return new Map(operations.map((operation) => [operation.code, operation]));
}

/** The operation that `side` invokes with `code`; undefined: unrecognized operation (ITU-T Q.773 §4.2.2.6, invoke problem 1). */
export function findOperation(context: ApplicationContext, side: Side, code: number): Operation | undefined {
  return context[side].get(code);
}

/** Contexts by their names on the wire. */
export class ApplicationContextTable {
  readonly all: readonly ApplicationContext[];
  readonly #byName = new Map<string, ApplicationContext>();

  constructor(contexts: readonly ApplicationContext[]) {
    this.all = contexts;
    for (const context of contexts) this.#byName.set(context.objectIdentifier.join('.'), context);
  }

  find(objectIdentifier: readonly number[]): ApplicationContext | undefined {
    return this.#byName.get(objectIdentifier.join('.'));
  }
}
