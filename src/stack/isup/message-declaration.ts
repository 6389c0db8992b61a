/** How a message of ITU-T Q.763 §4 is declared: what stands in its three parts, in the order of its table. */
import type { Parameter, ValueOf } from './parameter.ts';

export interface MessageDeclaration<
  Fixed extends readonly Parameter[] = readonly Parameter[],
  Variable extends readonly Parameter[] = readonly Parameter[],
  Optional extends readonly Parameter[] | null = readonly Parameter[] | null,
> {
  readonly type: number;
  /** The name in the Recommendation's spelling. */
  readonly name: string;
  /** The table that the declaration restates. */
  readonly clause: string;
  readonly fixed: Fixed;
  readonly variable: Variable;
  /** Null: the message has no optional part, nor a pointer to one. */
  readonly optional: Optional;
  readonly optionalByCode: ReadonlyMap<number, Parameter>;
  readonly optionalByKey: ReadonlyMap<string, Parameter>;
}

export function message<
  const Fixed extends readonly Parameter[],
  const Variable extends readonly Parameter[],
  const Optional extends readonly Parameter[] | null,
>(
  type: number,
  name: string,
  clause: string,
  parts: { readonly fixed: Fixed; readonly variable: Variable; readonly optional: Optional },
): MessageDeclaration<Fixed, Variable, Optional> {
  const optional = parts.optional ?? [];
  const optionalByCode = new Map(optional.map((one) => [one.code, one]));
  const optionalByKey = new Map(optional.map((one) => [one.key, one]));
  return { type, name, clause, ...parts, optionalByCode, optionalByKey };
}

type Mandatory<List extends readonly Parameter[]> = {
  readonly [P in List[number] as P['key']]: ValueOf<P>;
};
type OptionalPart<List extends readonly Parameter[]> = {
  readonly [P in List[number] as P['key']]?: P extends { readonly many: true }
    ? readonly ValueOf<P>[]
    : ValueOf<P>;
};

/** The parameters of a message, by their keys. */
export type ParametersOf<D> =
  D extends MessageDeclaration<infer Fixed, infer Variable, infer Optional>
    ? Mandatory<Fixed> &
        Mandatory<Variable> &
        (Optional extends readonly Parameter[] ? OptionalPart<Optional> : unknown)
    : never;
