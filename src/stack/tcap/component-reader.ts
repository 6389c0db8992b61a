import { BerReader, CONSTRUCTED, readInteger } from '../asn1/ber.ts';
import { readObjectIdentifier } from './object-identifier.ts';
import type { Code, Component, Problem } from './service.ts';
import { componentTags, generalProblems, linkedIdTag, universalTags } from './tags.ts';

/** A component that is not as ITU-T Q.773 §4.2.2 has it; `code` is the general problem to reject it with. */
export interface ComponentFault {
  readonly kind: 'fault';
  /** Null when it could not be derived. */
  readonly invokeId: number | null;
  readonly code: number;
  /** A reject is never answered by a reject (ITU-T Q.774 §3.2.2.2). */
  readonly ofReject: boolean;
}

const problemTypes: readonly Problem['type'][] = ['general', 'invoke', 'returnResult', 'returnError'];
const problemTagFirst = 0x80;

/**
 * Goes over the components of a component portion. Parameters are views of the octets. After a fault there is nothing
 * more: the components behind a malformed one are discarded.
 */
export class ComponentReader {
  readonly #reader = new BerReader();
  #offset = 0;
  #end = 0;
  /** Of the component under way, as far as it was read. */
  #invokeId: number | null = null;
  /** An element of it has the form that its type has not: it does not conform to the encoding rules (ITU-T Q.772 table 2). */
  #wrongForm = false;

  reset(octets: Uint8Array, offset: number, end: number): this {
    this.#reader.reset(octets, offset, end);
    this.#offset = offset;
    this.#end = end;
    return this;
  }

  /** The next component; null after the last. */
  next(): Component | ComponentFault | null {
    const reader = this.#reader.resume(this.#offset, this.#end);
    this.#invokeId = null;
    this.#wrongForm = false;
    if (!reader.next()) {
      if (reader.failureCode === '') return null;
      const ofReject = reader.buffer[this.#offset] === componentTags.reject;
      this.#deriveInvokeId(this.#offset);
      return this.#fault(generalProblems.badlyStructuredComponent, ofReject);
    }
    const start = this.#offset;
    this.#offset = reader.offset;
    const { identifier } = reader;
    if (!isComponent(identifier)) {
      this.#deriveInvokeId(start);
      return this.#fault(generalProblems.unrecognizedComponent, false);
    }
    reader.enter();
    const component = this.#component(identifier);
    if (component !== null) return component;
    return this.#fault(this.#problem(), identifier === componentTags.reject);
  }

  /** Why the component read last is none, though its kind is known. */
  #problem(): number {
    return this.#reader.failureCode !== '' || this.#wrongForm
      ? generalProblems.badlyStructuredComponent
      : generalProblems.mistypedComponent;
  }

  #fault(code: number, ofReject: boolean): ComponentFault {
    this.#offset = this.#end;
    return { kind: 'fault', invokeId: this.#invokeId, code, ofReject };
  }

  /** The invoke id at the head of a component whose length cannot be trusted, or whose kind is not known (ITU-T Q.774 §3.2.2.2). */
  #deriveInvokeId(start: number): void {
    const { buffer } = this.#reader;
    const length = buffer[start + 1] ?? 0;
    // The indefinite form and the short one take an octet, the others say how many follow.
    const at = start + 2 + (length > 0x80 ? length & 0x7f : 0);
    if (at + 3 <= this.#end && buffer[at] === universalTags.integer && buffer[at + 1] === 1)
      this.#invokeId = (buffer[at + 2]! << 24) >> 24;
  }

  /** Whether the element read last has this tag; primitive in place of constructed, or the other way round, is noted. */
  #is(identifier: number): boolean {
    const found = this.#reader.identifier;
    if (found === (identifier ^ CONSTRUCTED)) this.#wrongForm = true;
    return found === identifier;
  }

  #component(identifier: number): Component | null {
    const reader = this.#reader;
    if (!reader.next()) return null;
    if (identifier === componentTags.reject) return this.#reject();
    const invokeId = this.#integer(universalTags.integer);
    if (!(invokeId >= -128 && invokeId <= 127)) return null;
    this.#invokeId = invokeId;
    switch (identifier) {
      case componentTags.invoke:
        return this.#invoke(invokeId);
      case componentTags.returnResultLast:
        return this.#result(invokeId, true);
      case componentTags.returnResultNotLast:
        return this.#result(invokeId, false);
      case componentTags.returnError:
        return this.#error(invokeId);
      default:
        return null;
    }
  }

  #invoke(invokeId: number): Component | null {
    const reader = this.#reader;
    if (!reader.next()) return null;
    if (!this.#is(linkedIdTag)) {
      if (this.#wrongForm) return null;
      const operationCode = this.#code();
      const parameter = this.#parameter();
      if (operationCode === null || parameter === null) return null;
      return parameter === undefined
        ? { kind: 'invoke', invokeId, operationCode }
        : { kind: 'invoke', invokeId, operationCode, parameter };
    }
    const linkedId = this.#integer(linkedIdTag);
    if (!(linkedId >= -128 && linkedId <= 127) || !reader.next()) return null;
    const operationCode = this.#code();
    const parameter = this.#parameter();
    if (operationCode === null || parameter === null) return null;
    return {
      kind: 'invoke',
      invokeId,
      linkedId,
      operationCode,
      ...(parameter === undefined ? {} : { parameter }),
    };
  }

  #result(invokeId: number, last: boolean): Component | null {
    const reader = this.#reader;
    if (!reader.next()) return reader.failureCode === '' ? { kind: 'result', invokeId, last } : null;
    if (!this.#is(universalTags.sequence) || reader.offset !== reader.end) return null;
    reader.enter();
    if (!reader.next()) return null;
    const operationCode = this.#code();
    const parameter = this.#parameter();
    if (operationCode === null || parameter === null) return null;
    return parameter === undefined
      ? { kind: 'result', invokeId, last, operationCode }
      : { kind: 'result', invokeId, last, operationCode, parameter };
  }

  #error(invokeId: number): Component | null {
    if (!this.#reader.next()) return null;
    const errorCode = this.#code();
    const parameter = this.#parameter();
    if (errorCode === null || parameter === null) return null;
    return parameter === undefined
      ? { kind: 'error', invokeId, errorCode }
      : { kind: 'error', invokeId, errorCode, parameter };
  }

  #reject(): Component | null {
    const reader = this.#reader;
    let invokeId: number | null = null;
    if (!this.#is(universalTags.null)) {
      invokeId = this.#integer(universalTags.integer);
      if (!(invokeId >= -128 && invokeId <= 127)) return null;
      this.#invokeId = invokeId;
    }
    if (!reader.next() || reader.offset !== reader.end) return null;
    if (problemTypes[reader.identifier - (problemTagFirst | CONSTRUCTED)] !== undefined)
      this.#wrongForm = true;
    const type = problemTypes[reader.identifier - problemTagFirst];
    const code = readInteger(reader.buffer, reader.contentOffset, reader.contentEnd);
    if (type === undefined || Number.isNaN(code)) return null;
    return { kind: 'reject', invokeId, problem: { type, code }, local: false };
  }

  /** The integer of the element read last, NaN when it has another tag. */
  #integer(identifier: number): number {
    const reader = this.#reader;
    if (!this.#is(identifier)) return Number.NaN;
    return readInteger(reader.buffer, reader.contentOffset, reader.contentEnd);
  }

  /** A local code is an integer of 32 bits at most. */
  #code(): Code | null {
    const reader = this.#reader;
    if (this.#is(universalTags.integer)) {
      const code = readInteger(reader.buffer, reader.contentOffset, reader.contentEnd);
      return code === (code | 0) ? code : null;
    }
    if (!this.#is(universalTags.objectIdentifier)) return null;
    return readObjectIdentifier(reader.buffer, reader.contentOffset, reader.contentEnd);
  }

  /** What is left of the component: one element, none (undefined), or more than one (null). */
  #parameter(): Uint8Array | undefined | null {
    const reader = this.#reader;
    if (!reader.next()) return reader.failureCode === '' ? undefined : null;
    return reader.offset === reader.end ? reader.element() : null;
  }
}

function isComponent(identifier: number): boolean {
  return (
    (identifier >= componentTags.invoke && identifier <= componentTags.reject) ||
    identifier === componentTags.returnResultNotLast
  );
}
