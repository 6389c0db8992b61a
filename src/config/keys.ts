/**
 * What configuration keys are made of: zod schemas that carry, for people, what a key means and what it allows. From these
 * come the checks, the default file and the reference.
 */
import { z } from 'zod';

export interface KeyDocument {
  readonly description: string;
  /** What may stand there, in words: for the reference and for every problem with the key. */
  readonly allowed: string;
  /** For the default file, where the key has no default. */
  readonly example?: unknown;
  /** What stands there by mistake may be a secret, and is shown to nobody. */
  readonly isSecret?: boolean;
}

export const keyDocuments = z.registry<KeyDocument>();

function documented<S extends z.ZodType>(schema: S, document: KeyDocument): S {
  keyDocuments.add(schema, document);
  return schema;
}

/** No-break spaces group the digits, so that a number stays on one line. */
const grouped = (value: number) => `${value}`.replace(/\B(?=(\d{3})+$)/g, '\u00a0');

/** An integer with a default. */
export function integer(description: string, range: { from: number; to: number; default: number }) {
  const { from, to } = range;
  return documented(z.int().min(from).max(to).default(range.default), {
    description,
    allowed: `an integer, ${grouped(from)} … ${grouped(to)}`,
  });
}

/** An integer that may be left out. */
export function optionalInteger(description: string, range: { from: number; to: number; example: number }) {
  const { from, to, example } = range;
  const allowed = `an integer, ${grouped(from)} … ${grouped(to)}`;
  return documented(z.int().min(from).max(to).optional(), { description, allowed, example });
}

export function boolean(description: string, value: boolean) {
  return documented(z.boolean().default(value), { description, allowed: 'true or false' });
}

export function oneOf<const T extends readonly [string, ...string[]]>(
  description: string,
  values: T,
  value: T[number],
) {
  const schema = z.enum(values) as z.ZodType<T[number], T[number]>;
  return documented(schema.default(value as never), { description, allowed: values.join(', ') });
}

/** One of a few words, which may be left out. */
export function optionalOneOf<const T extends readonly [string, ...string[]]>(
  description: string,
  values: T,
  example: T[number],
) {
  const schema = z.enum(values) as z.ZodType<T[number], T[number]>;
  return documented(schema.optional(), { description, allowed: values.join(', '), example });
}

export interface TextRule {
  readonly allowed: string;
  readonly holds: (text: string) => boolean;
  /** As in {@link KeyDocument}. */
  readonly isSecret?: boolean;
}

const checked = ({ allowed, holds }: TextRule) => z.string().refine(holds, { message: allowed });

export function text(description: string, rule: TextRule, value: string) {
  return documented(checked(rule).default(value), { description, allowed: rule.allowed });
}

export function optionalText(description: string, rule: TextRule, example: string) {
  const { allowed, isSecret = false } = rule;
  return documented(checked(rule).optional(), { description, allowed, example, isSecret });
}

export function requiredText(description: string, rule: TextRule, example: string) {
  return documented(checked(rule), { description, allowed: rule.allowed, example });
}

/** A value of the type T that `read` makes of a YAML scalar; undefined: not allowed. */
export interface ScalarRule<T> {
  readonly allowed: string;
  readonly read: (value: unknown) => T | undefined;
}

function scalar<T>({ allowed, read }: ScalarRule<T>) {
  return z.unknown().transform((value, context): T => {
    const result = read(value);
    if (result !== undefined) return result;
    context.addIssue({ code: 'custom', message: allowed });
    return z.NEVER;
  });
}

export function required<T>(description: string, rule: ScalarRule<T>, example: unknown) {
  return documented(scalar(rule), { description, allowed: rule.allowed, example });
}

export function optional<T>(description: string, rule: ScalarRule<T>, example: unknown) {
  return documented(scalar(rule).optional(), { description, allowed: rule.allowed, example });
}

export function defaulted<T>(description: string, rule: ScalarRule<T>, value: unknown) {
  return documented(scalar(rule).prefault(value), { description, allowed: rule.allowed });
}

/** An element of a list of scalars. */
export function element<T>(rule: ScalarRule<T>) {
  return documented(scalar(rule), { description: '', allowed: rule.allowed });
}

export function textElement(rule: TextRule) {
  const { allowed, isSecret = false } = rule;
  return documented(checked(rule), { description: '', allowed, isSecret });
}

export function integerElement(range: { from: number; to: number }) {
  const allowed = `an integer, ${grouped(range.from)} … ${grouped(range.to)}`;
  return documented(z.int().min(range.from).max(range.to), { description: '', allowed });
}

export interface ListRule {
  readonly allowed: string;
  readonly atLeast?: number;
  readonly atMost?: number;
  /** For the default file, where the list is empty by default. */
  readonly example?: unknown;
}

/** A list; empty when it is left out, unless `value` says otherwise. */
export function list<E extends z.ZodType>(
  description: string,
  of: E,
  rule: ListRule,
  value: readonly z.input<E>[] = [],
) {
  const { allowed, atLeast = 0, atMost = 1000, example } = rule;
  const schema = z
    .array(of)
    .min(atLeast)
    .max(atMost)
    .prefault([...value]);
  return documented(schema, { description, allowed, ...(example === undefined ? {} : { example }) });
}

/** A group of keys, all of which have defaults or say that they are missing. */
export function section<Shape extends z.ZodRawShape>(description: string, shape: Shape) {
  return documented(z.strictObject(shape).prefault({} as never), {
    description,
    allowed: `keys: ${Object.keys(shape).join(', ')}`,
  });
}

/** The keys of each element of a list. */
export function record<Shape extends z.ZodRawShape>(shape: Shape) {
  return documented(z.strictObject(shape), {
    description: '',
    allowed: `keys: ${Object.keys(shape).join(', ')}`,
  });
}
