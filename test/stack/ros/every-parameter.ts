/** Every parameter that is declared: of each operation in each version or phase its argument, its result, and those of its errors. */
import type { Part } from '../../../src/decode/operation-tree.ts';
import type { Operation, Type } from '../../../src/stack/asn1/index.ts';
import { capApplicationContexts } from '../../../src/stack/cap/application-contexts.ts';
import { mapApplicationContexts } from '../../../src/stack/map/application-contexts.ts';
import type { ApplicationContext } from '../../../src/stack/ros/application-context.ts';

export interface Parameter {
  /** A context that has the operation. */
  readonly context: ApplicationContext;
  readonly operation: Operation;
  readonly part: Part;
  /** Of the operation, or of the error. */
  readonly code: number;
  readonly error?: string;
  readonly type: Type;
  /** `MAP 3 sendRoutingInfoForSM error absentSubscriberSM`. */
  readonly label: string;
}

export function everyParameter(): readonly Parameter[] {
  const found = new Map<string, Parameter>();
  const add = (one: Omit<Parameter, 'label' | 'type'>, type: Type | undefined) => {
    if (type === undefined) return;
    const { context, operation, part, error } = one;
    const words = [context.protocol, context.version, operation.name, part, error];
    const label = words.filter((word) => word !== undefined).join(' ');
    if (!found.has(label)) found.set(label, { ...one, type, label });
  };
  for (const context of [...mapApplicationContexts.all, ...capApplicationContexts.all])
    for (const operation of [...context.initiator.values(), ...context.responder.values()]) {
      const { code } = operation;
      add({ context, operation, part: 'argument', code }, operation.argument);
      add({ context, operation, part: 'result', code }, operation.result);
      for (const error of operation.errors) {
        const name = error.name ?? String(error.code);
        add({ context, operation, part: 'error', code: error.code, error: name }, error.parameter);
      }
    }
  return [...found.values()];
}
