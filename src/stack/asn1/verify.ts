/** Whether the components of a declaration can be told apart: a mistake in a declaration shows when it is compiled. */
import { strict as assert } from 'node:assert';
import type { Field, Type } from './declaration.ts';
import { keysOf, resolve } from './tags.ts';

/** Asserts that `type`, and all types in it, can be decoded without ambiguity. ITU-T X.680 §25.6, §27.3, §29.3. */
export function verifyDeclaration(type: Type): void {
  verify(type, new Set());
}

function verify(type: Type, verified: Set<object>): void {
  const { base } = resolve(type);
  if (verified.has(base)) return;
  verified.add(base);
  switch (base.kind) {
    case 'sequence':
      base.fields.forEach((field, at) => {
        if (field.optional) distinct([field, ...untilMandatory(base.fields.slice(at + 1))], true);
        verify(field.type, verified);
      });
      break;
    case 'set':
      distinct(base.fields, false);
      for (const field of base.fields) verify(field.type, verified);
      break;
    case 'choice':
      distinct(base.alternatives, false);
      for (const alternative of base.alternatives) verify(alternative.type, verified);
      break;
    case 'sequenceOf':
    case 'setOf':
      verify(base.element, verified);
      break;
    default:
  }
}

/** The fields that an element may be when the one before them is absent. */
function untilMandatory(fields: readonly Field[]): readonly Field[] {
  const mandatory = fields.findIndex(({ optional }) => !optional);
  return mandatory < 0 ? fields : fields.slice(0, mandatory + 1);
}

/**
 * Asserts that no tag is that of two fields. With `fromFirst` only the first one is compared with the others, and an ANY
 * behind it takes what the first one does not.
 */
function distinct(fields: readonly Field[], fromFirst: boolean): void {
  const owners = new Map<number, string>();
  fields.forEach(({ name, type }, at) => {
    const keys = keysOf(type);
    if (keys === 'any') {
      assert(fields.length === 1 || (fromFirst && at > 0), `${name}: ANY takes the tags of those behind it`);
      return;
    }
    for (const key of keys) {
      assert(!owners.has(key), `${name}: has a tag of ${owners.get(key) ?? ''}`);
      if (!fromFirst || at === 0) owners.set(key, name);
    }
  });
}
