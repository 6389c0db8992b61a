/** Whether a value is one of its declared type: what encoding asserts, as a failure value. */
import type { Failure } from '../../types/result.ts';
import { type Asn1FailureCode, failureClauses } from './codec.ts';
import { charactersOctets, isObjectIdentifier, namedBitsOctets } from './content.ts';
import {
  type BitString,
  COUNT_MAX,
  DEPTH_MAX,
  type NamedBits,
  type Range,
  type Type,
} from './declaration.ts';
import { encodingOrder, resolve } from './tags.ts';
import { type UnknownElements, unknownElements } from './unknown-elements.ts';

interface Walk {
  readonly lenient: boolean;
  readonly path: string[];
  depth: number;
}

/** Segments of a path as one text: `InitialDPArg.extensions[0].type`. */
export function pathText(segments: readonly string[]): string {
  let text = '';
  for (const segment of segments)
    text += segment === '' || text === '' || segment.startsWith('[') ? segment : `.${segment}`;
  return text;
}

/** `undefined`, or what forbids to encode `value`. */
export function checkValue(type: Type, value: unknown, name: string, lenient: boolean): Failure | undefined {
  const walk: Walk = { lenient, path: [name], depth: 0 };
  const code = check(walk, type, value);
  if (code === null) return undefined;
  return { ok: false, code, offset: 0, path: pathText(walk.path), clause: failureClauses[code] };
}

type Outcome = Asn1FailureCode | null;

function check(walk: Walk, type: Type, value: unknown): Outcome {
  const { base, mappings, lazy } = resolve(type);
  if (lazy && ++walk.depth > DEPTH_MAX) return 'asn1.depth';
  let inner = value;
  try {
    for (const mapping of mappings) inner = mapping.encode(inner);
  } catch {
    // A mapping refuses what is no value of its type as encoders do: it throws.
    return 'asn1.content';
  }
  const code = checkBase(walk, base, inner);
  if (lazy) walk.depth--;
  return code;
}

function within(walk: Walk, bounds: Range, size: number, code: Asn1FailureCode): Outcome {
  return walk.lenient || (size >= bounds.min && size <= bounds.max) ? null : code;
}

/** Checks a part; the path stays where it is when something is wrong. */
function part(walk: Walk, segment: string, type: Type, value: unknown): Outcome {
  walk.path.push(segment);
  const code = check(walk, type, value);
  if (code === null) walk.path.pop();
  return code;
}

function checkBase(walk: Walk, base: ReturnType<typeof resolve>['base'], value: unknown): Outcome {
  switch (base.kind) {
    case 'sequence':
    case 'set': {
      if (typeof value !== 'object' || value === null) return 'asn1.content';
      const record = value as Readonly<Record<string, unknown>>;
      for (const field of encodingOrder(base)) {
        const component = record[field.name];
        const segment = resolve(field.type).name ?? field.name;
        if (component !== undefined) {
          const code = part(walk, segment, field.type, component);
          if (code !== null) return code;
        } else if (!field.optional) {
          walk.path.push(segment);
          return 'asn1.missing';
        }
      }
      return checkUnknown(base.fields.length, base.extensible || walk.lenient, value);
    }
    case 'choice': {
      if (typeof value !== 'object' || value === null) return 'asn1.content';
      const [key, ...more] = Object.keys(value);
      if (key === undefined || more.length > 0) return 'asn1.content';
      const content = (value as Readonly<Record<string, unknown>>)[key];
      const alternative = base.alternatives.find(({ name }) => name === key);
      if (alternative !== undefined)
        return part(walk, resolve(alternative.type).name ?? key, alternative.type, content);
      return base.extensible && key === 'unknown' && isOctets(content) ? null : 'asn1.content';
    }
    case 'sequenceOf':
    case 'setOf': {
      if (!Array.isArray(value)) return 'asn1.content';
      const max = walk.lenient ? Math.max(base.max, COUNT_MAX) : base.max;
      if (value.length > max || (value.length < base.min && !walk.lenient)) return 'asn1.size';
      for (let index = 0; index < value.length; index++) {
        const code = part(walk, `[${index}]`, base.element, value[index]);
        if (code !== null) return code;
      }
      return null;
    }
    case 'integer':
      if (!Number.isSafeInteger(value)) return 'asn1.content';
      return within(walk, base, value as number, 'asn1.range');
    case 'boolean':
      return typeof value === 'boolean' ? null : 'asn1.content';
    case 'null':
      return value === null ? null : 'asn1.content';
    case 'enumerated':
      return (typeof value === 'string' && base.codes.has(value)) || Number.isSafeInteger(value)
        ? null
        : 'asn1.content';
    case 'octetString':
      return isOctets(value) ? within(walk, base, value.length, 'asn1.size') : 'asn1.content';
    case 'bitString': {
      if (typeof value !== 'object' || value === null) return 'asn1.content';
      if (base.bits === undefined) {
        const { octets, bitCount } = value as Partial<BitString>;
        if (!isOctets(octets) || !Number.isSafeInteger(bitCount)) return 'asn1.content';
        if (Math.ceil(bitCount! / 8) !== octets.length) return 'asn1.content';
        return within(walk, base, bitCount!, 'asn1.size');
      }
      if (!Array.isArray((value as Partial<NamedBits>).bits)) return 'asn1.content';
      const bits = namedBitsOctets(base.bits, value as NamedBits, base.min);
      return bits === null ? 'asn1.content' : within(walk, base, bits.bitCount, 'asn1.size');
    }
    case 'characterString': {
      if (typeof value !== 'string') return 'asn1.content';
      const octets = charactersOctets(base.set, value, walk.lenient);
      return octets === null ? 'asn1.characters' : within(walk, base, octets.length, 'asn1.size');
    }
    case 'objectIdentifier':
      return Array.isArray(value) && isObjectIdentifier(value as number[]) ? null : 'asn1.content';
    case 'any':
      return isOctets(value) ? null : 'asn1.content';
  }
}

const isOctets = (value: unknown): value is Uint8Array => value instanceof Uint8Array;

/** Whether the unknown elements of a SEQUENCE or SET value can be written. */
export function checkUnknown(fieldCount: number, allowed: boolean, value: object): Outcome {
  const unknown = (value as { readonly [unknownElements]?: readonly UnknownElements[] })[unknownElements];
  if (unknown === undefined) return null;
  if (!allowed || !Array.isArray(unknown)) return 'asn1.content';
  for (const { after, octets } of unknown as readonly UnknownElements[]) {
    if (!Number.isInteger(after) || after < -1 || after >= fieldCount || !isOctets(octets))
      return 'asn1.content';
  }
  return null;
}
