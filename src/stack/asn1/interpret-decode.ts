import type { Failure } from '../../types/result.ts';
import { type BerReader, readInteger, viewOf } from './ber.ts';
import { pathText } from './check.ts';
import { type DecodeFailureCode, failureClauses } from './codec.ts';
import { bitCountOf, readCharacters, readNamedBits, readObjectIdentifier } from './content.ts';
import { COUNT_MAX, DEPTH_MAX, type Field, type Range, type Type } from './declaration.ts';
import { type BaseNode, encodingOrder, keysOf, type Resolved, resolve, tagKey } from './tags.ts';
import { unknownElements } from './unknown-elements.ts';

/** What a walk gives when it failed; the walk itself says how. */
export const FAILED = Symbol('failed');

/** One decode. `reader` has always just read the header of the element that a method is about. */
export class DecodeWalk {
  code = '';
  offset = 0;
  clause: string | undefined;
  unknownCount = 0;
  readonly #reader: BerReader;
  readonly #lenient: boolean;
  readonly #path: string[];
  #depth = 0;
  /** Where the contents begin that a mapping is about. */
  #contentsOf = 0;

  constructor(reader: BerReader, name: string, lenient: boolean) {
    this.#reader = reader;
    this.#lenient = lenient;
    this.#path = [name];
  }

  get path(): string {
    return pathText(this.#path);
  }

  /** The one element up to the reader's end. */
  only(type: Type): unknown {
    const reader = this.#reader;
    if (!reader.next()) return this.#nothing('ber.truncated');
    const value = this.#element(type);
    if (value === FAILED) return FAILED;
    if (reader.offset < reader.end) return this.#fail('asn1.trailing', reader.offset);
    return value;
  }

  #fail(code: DecodeFailureCode, offset: number): typeof FAILED {
    this.code = code;
    this.offset = offset;
    this.clause = failureClauses[code];
    return FAILED;
  }

  /** `next` gave false where an element has to be: the octets are wrong, or there are none. */
  #nothing(code: DecodeFailureCode): typeof FAILED {
    const { failureCode, failureOffset, end } = this.#reader;
    return failureCode === '' ? this.#fail(code, end) : this.#fail(failureCode, failureOffset);
  }

  #part(segment: string, type: Type): unknown {
    this.#path.push(segment);
    const value = this.#element(type);
    if (value !== FAILED) this.#path.pop();
    return value;
  }

  #element(type: Type): unknown {
    const resolved = resolve(type);
    if (resolved.lazy && ++this.#depth > DEPTH_MAX)
      return this.#fail('asn1.depth', this.#reader.elementOffset);
    let value = this.#tagged(resolved, 0);
    if (resolved.lazy) this.#depth--;
    for (const { decode } of [...resolved.mappings].reverse()) {
      if (value === FAILED) return FAILED;
      const mapped = decode(value);
      value = isFailure(mapped) ? this.#mappingFailed(mapped) : mapped;
    }
    return value;
  }

  #mappingFailed(inner: Failure): typeof FAILED {
    this.code = inner.code;
    this.offset = this.#contentsOf + inner.offset;
    this.clause = inner.clause;
    if (inner.path !== undefined) this.#path.push(inner.path);
    return FAILED;
  }

  #tagged(resolved: Resolved, index: number): unknown {
    const { identifiers, base } = resolved;
    const reader = this.#reader;
    const identifier = identifiers[index];
    const contentsOf = reader.contentOffset;
    if (identifier === undefined) {
      const value = base.kind === 'choice' ? this.#choice(base) : reader.element();
      this.#contentsOf = contentsOf;
      return value;
    }
    if (tagKey(reader.identifier) !== tagKey(identifier)) return this.#fail('asn1.tag', reader.elementOffset);
    if (reader.identifier !== identifier) return this.#fail('asn1.constructed', reader.elementOffset);
    const { offset, end } = reader;
    reader.enter();
    let value: unknown;
    if (index === identifiers.length - 1 && base.kind !== 'choice' && base.kind !== 'any') {
      value = this.#contents(base);
      this.#contentsOf = contentsOf;
    } else {
      if (!reader.next()) return this.#nothing('asn1.missing');
      value = this.#tagged(resolved, index + 1);
      if (value !== FAILED && reader.offset < reader.end) return this.#fail('asn1.trailing', reader.offset);
    }
    reader.resume(offset, end);
    return value;
  }

  #choice(base: Extract<BaseNode, { kind: 'choice' }>): unknown {
    const { identifier, elementOffset } = this.#reader;
    const chosen = base.alternatives.find(({ type }) => accepts(type, identifier));
    if (chosen !== undefined) {
      const value = this.#part(segmentOf(chosen), chosen.type);
      return value === FAILED ? FAILED : { [chosen.name]: value };
    }
    return base.extensible ? { unknown: this.#reader.element() } : this.#fail('asn1.tag', elementOffset);
  }

  /** The reader stands at the start of the contents, and its end is theirs. */
  #contents(base: BaseNode): unknown {
    const { buffer, offset, end } = this.#reader;
    switch (base.kind) {
      case 'sequence':
      case 'set':
        return this.#components(base);
      case 'sequenceOf':
      case 'setOf':
        return this.#elements(base);
      case 'integer':
      case 'enumerated': {
        if (offset === end) return this.#fail('asn1.content', offset);
        const value = readInteger(buffer, offset, end);
        if (Number.isNaN(value)) return this.#fail('asn1.range', offset);
        if (base.kind === 'integer') return this.#sized(base, value, 'asn1.range', value);
        for (const [name, code] of base.codes) if (code === value) return name;
        return value;
      }
      case 'boolean':
        return end - offset === 1 ? buffer[offset] !== 0 : this.#fail('asn1.content', offset);
      case 'null':
        return end === offset ? null : this.#fail('asn1.content', offset);
      case 'octetString':
        return this.#sized(base, end - offset, 'asn1.size', viewOf(buffer, offset, end));
      case 'bitString': {
        const bitCount = bitCountOf(buffer, offset, end);
        if (bitCount < 0) return this.#fail('asn1.content', offset);
        if (base.bits === undefined)
          return this.#sized(base, bitCount, 'asn1.size', {
            octets: viewOf(buffer, offset + 1, end),
            bitCount,
          });
        const names = new Map([...base.bits].map(([name, bit]) => [bit, name]));
        return this.#sized(base, bitCount, 'asn1.size', readNamedBits(names, buffer, offset, bitCount));
      }
      case 'characterString': {
        if (this.#sized(base, end - offset, 'asn1.size', null) === FAILED) return FAILED;
        const text = readCharacters(base.set, buffer, offset, end, this.#lenient);
        return text ?? this.#fail('asn1.characters', offset);
      }
      case 'objectIdentifier':
        return readObjectIdentifier(buffer, offset, end) ?? this.#fail('asn1.content', offset);
      case 'choice':
      case 'any':
        throw new Error('has no contents of its own');
    }
  }

  #sized(bounds: Range, size: number, code: DecodeFailureCode, value: unknown): unknown {
    if (this.#lenient || (size >= bounds.min && size <= bounds.max)) return value;
    return this.#fail(code, this.#reader.offset);
  }

  #elements(base: Extract<BaseNode, { kind: 'sequenceOf' | 'setOf' }>): unknown {
    const reader = this.#reader;
    const max = this.#lenient ? Math.max(base.max, COUNT_MAX) : base.max;
    const start = reader.offset;
    const values: unknown[] = [];
    while (reader.next()) {
      if (values.length === max) return this.#fail('asn1.size', reader.elementOffset);
      const value = this.#part(`[${values.length}]`, base.element);
      if (value === FAILED) return FAILED;
      values.push(value);
    }
    if (reader.failureCode !== '') return this.#fail(reader.failureCode, reader.failureOffset);
    if (values.length < base.min && !this.#lenient) return this.#fail('asn1.size', start);
    return values;
  }

  #components(base: Extract<BaseNode, { kind: 'sequence' | 'set' }>): unknown {
    const reader = this.#reader;
    const fields = encodingOrder(base);
    const value: Record<string, unknown> = {};
    for (const { name, unread } of base.fields) if (unread !== true) value[name] = undefined;
    const unknown: { after: number; start: number; end: number; count: number }[] = [];
    const seen = new Set<Field>();
    let last = -1;
    while (reader.next()) {
      const { identifier, elementOffset } = reader;
      const index =
        base.kind === 'set' ? inSet(fields, identifier) : inSequence(fields, last + 1, identifier);
      const field = fields[index];
      if (field !== undefined && !seen.has(field)) {
        if (field.unread !== true) {
          const component = this.#part(segmentOf(field), field.type);
          if (component === FAILED) return FAILED;
          value[field.name] = component;
        }
        seen.add(field);
        last = index;
        continue;
      }
      if (base.kind === 'sequence' && fields.slice(last + 1).some(({ type }) => accepts(type, identifier)))
        return this.#missing(fields.slice(last + 1), seen, elementOffset);
      const earlier = fields.find(
        (one, at) => (at <= last || seen.has(one)) && isTagOf(one.type, identifier),
      );
      if (earlier !== undefined && !this.#lenient) {
        this.#path.push(segmentOf(earlier));
        return this.#fail('asn1.order', elementOffset);
      }
      if (!base.extensible && !this.#lenient) return this.#fail('asn1.unexpected', elementOffset);
      const after = base.kind === 'set' && field !== undefined ? fields.length - 1 : last;
      const run = unknown.at(-1);
      if (run?.after === after && run.end === elementOffset) {
        run.end = reader.offset;
        run.count++;
      } else unknown.push({ after, start: elementOffset, end: reader.offset, count: 1 });
    }
    if (reader.failureCode !== '') return this.#fail(reader.failureCode, reader.failureOffset);
    if (fields.some((field) => !field.optional && !seen.has(field)))
      return this.#missing(fields, seen, reader.end);
    if (unknown.length === 0) return value;
    return {
      ...value,
      [unknownElements]: unknown.map(({ after, start, end, count }) => {
        this.unknownCount += count;
        return { after, octets: viewOf(reader.buffer, start, end), count };
      }),
    };
  }

  #missing(fields: readonly Field[], seen: ReadonlySet<Field>, offset: number): typeof FAILED {
    this.#path.push(segmentOf(fields.find((field) => !field.optional && !seen.has(field))!));
    return this.#fail('asn1.missing', offset);
  }
}

const segmentOf = (field: Field): string => resolve(field.type).name ?? field.name;

function isFailure(value: unknown): value is Failure {
  return typeof value === 'object' && value !== null && (value as Partial<Failure>).ok === false;
}

function accepts(type: Type, identifier: number): boolean {
  const keys = keysOf(type);
  return keys === 'any' || keys.has(tagKey(identifier));
}

/** The tag is this component's own: one of the context's, not a universal one that another component may have too. */
function isTagOf(type: Type, identifier: number): boolean {
  const keys = keysOf(type);
  return (identifier & 0xc0) !== 0 && keys !== 'any' && keys.has(tagKey(identifier));
}

/** The first field from `from` that the element can be, with nothing mandatory in between; else −1. */
function inSequence(fields: readonly Field[], from: number, identifier: number): number {
  for (let index = from; index < fields.length; index++) {
    if (accepts(fields[index]!.type, identifier)) return index;
    if (!fields[index]!.optional) return -1;
  }
  return -1;
}

function inSet(fields: readonly Field[], identifier: number): number {
  return fields.findIndex(({ type }) => accepts(type, identifier));
}
