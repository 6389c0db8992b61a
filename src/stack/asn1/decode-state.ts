/** What compiled decoders share: the way of a failure up to the root, and all that is too rare to be compiled. */
import type { Failure } from '../../types/result.ts';
import { BerReader, viewOf } from './ber.ts';
import { pathText } from './check.ts';
import { type DecodeFailureCode, failureClauses } from './codec.ts';
import type { Field } from './declaration.ts';
import { keysOf, resolve, tagKey } from './tags.ts';
import type { UnknownElements } from './unknown-elements.ts';

/** What a decoder gives when it failed; the state says how. */
export const FAILED: unique symbol = Symbol('failed');
export type Failed = typeof FAILED;

/** Unknown elements in a row, while their SEQUENCE is still being read. */
interface Run {
  readonly after: number;
  readonly start: number;
  end: number;
  count: number;
}

/** A SEQUENCE or SET, as far as elements are concerned that have no place in it. */
export class Components {
  readonly kind: 'sequence' | 'set';
  readonly extensible: boolean;
  readonly segments: readonly string[];
  readonly #fields: readonly Field[];
  readonly #keys: readonly (ReadonlySet<number> | 'any')[];

  constructor(kind: 'sequence' | 'set', fields: readonly Field[], extensible: boolean) {
    this.kind = kind;
    this.extensible = extensible;
    this.#fields = fields;
    this.#keys = fields.map(({ type }) => keysOf(type));
    this.segments = fields.map(({ name, type }) => resolve(type).name ?? name);
  }

  /** The first mandatory field from `index`. */
  mandatoryFrom(index: number): number {
    return this.#fields.findIndex(({ optional }, at) => at >= index && !optional);
  }

  accepts(index: number, identifier: number): boolean {
    const keys = this.#keys[index]!;
    return keys === 'any' || keys.has(tagKey(identifier));
  }

  /** The field that stands before `next` (or `repeated`), and whose own tag, not a universal one, this is. */
  earlier(next: number, repeated: number, identifier: number): number {
    if ((identifier & 0xc0) === 0) return -1;
    return this.#keys.findIndex(
      (keys, at) => (at < next || at === repeated) && keys !== 'any' && keys.has(tagKey(identifier)),
    );
  }

  anyFrom(next: number, identifier: number): boolean {
    return this.#fields.some((_, at) => at >= next && this.accepts(at, identifier));
  }
}

const NO_MEMORY = new ArrayBuffer(0);

export class DecodeState {
  readonly header = new BerReader();
  /** The memory behind the octets, and where they begin in it: what views are made of. */
  memory: ArrayBufferLike = NO_MEMORY;
  memoryOffset = 0;
  depth = 0;
  unknownCount = 0;
  /** Where the contents began that an explicit tag's function has read: a mapping's offsets count from there. */
  contentsOf = 0;
  #failure: { code: string; offset: number; clause: string | undefined } = {
    code: '',
    offset: 0,
    clause: undefined,
  };
  readonly #path: string[] = [];
  readonly #lenient: boolean;

  constructor(lenient: boolean) {
    this.#lenient = lenient;
  }

  fail(code: DecodeFailureCode, offset: number, segment?: string): Failed {
    return this.#fail(code, offset, failureClauses[code], segment);
  }

  #fail(code: string, offset: number, clause: string | undefined, segment: string | undefined): Failed {
    this.#failure = { code, offset, clause };
    this.#path.length = 0;
    return segment === undefined ? FAILED : this.within(segment);
  }

  /** A part failed; the failure goes on up. */
  within(segment: string): Failed {
    this.#path.unshift(segment);
    return FAILED;
  }

  /** A mapping failed on contents that begin at `contentsOf`. */
  mapped(inner: Failure, contentsOf: number, segment?: string): Failed {
    this.#fail(inner.code, contentsOf + inner.offset, inner.clause, inner.path);
    return segment === undefined ? FAILED : this.within(segment);
  }

  failure(name: string): Failure {
    const { code, offset, clause } = this.#failure;
    const path = pathText([name, ...this.#path]);
    return clause === undefined
      ? { ok: false, code, offset, path }
      : { ok: false, code, offset, path, clause };
  }

  /** Reads any header, also those that compiled code leaves alone: long and indefinite lengths, long tags, damage. */
  read(buffer: Uint8Array, offset: number, end: number): boolean {
    const { header } = this;
    if (header.reset(buffer, offset, end).next()) return true;
    if (header.failureCode !== '') this.fail(header.failureCode, header.failureOffset);
    return false;
  }

  missing(components: Components, from: number, offset: number): Failed {
    return this.fail('asn1.missing', offset, components.segments[components.mandatoryFrom(from)]);
  }

  /**
   * An element that no field takes here. `next` is the field that would be next, `repeated` the one that a SET has
   * already (or −1). Gives the runs of unknown elements, or the failure that it is.
   */
  stray(
    components: Components,
    identifier: number,
    start: number,
    end: number,
    next: number,
    repeated: number,
    runs: Run[] | undefined,
  ): Run[] | Failed {
    if (components.kind === 'sequence' && components.anyFrom(next, identifier))
      return this.missing(components, next, start);
    const earlier = components.earlier(next, repeated, identifier);
    if (!this.#lenient) {
      if (earlier >= 0) return this.fail('asn1.order', start, components.segments[earlier]);
      if (!components.extensible) return this.fail('asn1.unexpected', start);
    }
    // One that a SET has already goes to the end, lest it comes first when the SET is encoded in the order of tags.
    const after = repeated < 0 ? next - 1 : components.segments.length - 1;
    const run = runs?.at(-1);
    if (run?.after === after && run.end === start) {
      run.end = end;
      run.count++;
      return runs!;
    }
    const added = { after, start, end, count: 1 };
    if (runs === undefined) return [added];
    runs.push(added);
    return runs;
  }

  keep(buffer: Uint8Array, runs: readonly Run[]): UnknownElements[] {
    return runs.map(({ after, start, end, count }) => {
      this.unknownCount += count;
      return { after, octets: viewOf(buffer, start, end), count };
    });
  }
}
