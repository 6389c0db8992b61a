import { objectIdentifierOctets } from './object-identifier.ts';
import type { Code, Component, Problem } from './service.ts';
import { componentTags, linkedIdTag, universalTags } from './tags.ts';

/** Whose components are on the stage; what it had there is kept here while another is on it. */
export interface StageOwner {
  staged: Uint8Array | null;
}

const problemTags = { general: 0x80, invoke: 0x81, returnResult: 0x82, returnError: 0x83 } as const;

/** Octets of an invoke id with its header, and of a NULL that stands for it. */
const invokeIdSizeOctets = 3;
const nullSizeOctets = 2;

/**
 * Components that wait for the next message of their dialogue, encoded as they are asked for, so that a parameter's
 * buffer is its user's again at once. There is one stage: a dialogue mostly asks for its components and sends them in one
 * go. When another dialogue comes in between, the stage is cleared for it and what was there is put aside.
 */
export class ComponentStage {
  readonly octets: Uint8Array;
  sizeOctets = 0;
  #owner: StageOwner | null = null;

  constructor(sizeMaxOctets: number) {
    this.octets = new Uint8Array(sizeMaxOctets);
  }

  /** Puts `owner`'s components on the stage. */
  enter(owner: StageOwner): this {
    if (this.#owner === owner) return this;
    if (this.#owner !== null && this.sizeOctets > 0)
      this.#owner.staged = this.octets.slice(0, this.sizeOctets);
    this.#owner = owner;
    this.sizeOctets = 0;
    if (owner.staged !== null) {
      this.octets.set(owner.staged);
      this.sizeOctets = owner.staged.length;
      owner.staged = null;
    }
    return this;
  }

  /** Forgets `owner`'s components: they were sent, or the dialogue is gone. */
  clear(owner: StageOwner): void {
    owner.staged = null;
    if (this.#owner !== owner) return;
    this.#owner = null;
    this.sizeOctets = 0;
  }

  /** False, and nothing is done, when there is no room; so with the others. */
  invoke(
    invokeId: number,
    linkedId: number | undefined,
    operation: Code,
    parameter: Uint8Array | undefined,
  ): boolean {
    const code = codeContents(operation);
    const parameterSize = parameter === undefined ? 0 : parameter.length;
    const linkedSize = linkedId === undefined ? 0 : invokeIdSizeOctets;
    const contents = invokeIdSizeOctets + linkedSize + codeSizeOctets(code) + parameterSize;
    if (!this.#fits(contents)) return false;
    this.#header(componentTags.invoke, contents);
    this.#small(universalTags.integer, invokeId);
    if (linkedId !== undefined) this.#small(linkedIdTag, linkedId);
    this.#code(code);
    if (parameter !== undefined) this.#bytes(parameter);
    return true;
  }

  result(
    invokeId: number,
    last: boolean,
    operation: Code | undefined,
    parameter: Uint8Array | undefined,
  ): boolean {
    const tag = last ? componentTags.returnResultLast : componentTags.returnResultNotLast;
    if (operation === undefined) {
      if (!this.#fits(invokeIdSizeOctets)) return false;
      this.#header(tag, invokeIdSizeOctets);
      this.#small(universalTags.integer, invokeId);
      return true;
    }
    const code = codeContents(operation);
    const inner = codeSizeOctets(code) + (parameter === undefined ? 0 : parameter.length);
    const contents = invokeIdSizeOctets + elementSizeOctets(inner);
    if (!this.#fits(contents)) return false;
    this.#header(tag, contents);
    this.#small(universalTags.integer, invokeId);
    this.#header(universalTags.sequence, inner);
    this.#code(code);
    if (parameter !== undefined) this.#bytes(parameter);
    return true;
  }

  error(invokeId: number, error: Code, parameter: Uint8Array | undefined): boolean {
    const code = codeContents(error);
    const contents =
      invokeIdSizeOctets + codeSizeOctets(code) + (parameter === undefined ? 0 : parameter.length);
    if (!this.#fits(contents)) return false;
    this.#header(componentTags.returnError, contents);
    this.#small(universalTags.integer, invokeId);
    this.#code(code);
    if (parameter !== undefined) this.#bytes(parameter);
    return true;
  }

  reject(invokeId: number | null, problem: Problem): boolean {
    const contents = (invokeId === null ? nullSizeOctets : invokeIdSizeOctets) + 3;
    if (!this.#fits(contents)) return false;
    this.#header(componentTags.reject, contents);
    if (invokeId === null) this.#header(universalTags.null, 0);
    else this.#small(universalTags.integer, invokeId);
    this.#small(problemTags[problem.type], problem.code);
    return true;
  }

  /** Any component as it is. */
  put(component: Component): boolean {
    switch (component.kind) {
      case 'invoke':
        return this.invoke(
          component.invokeId,
          component.linkedId,
          component.operationCode,
          component.parameter,
        );
      case 'result':
        return this.result(component.invokeId, component.last, component.operationCode, component.parameter);
      case 'error':
        return this.error(component.invokeId, component.errorCode, component.parameter);
      case 'reject':
        return this.reject(component.invokeId, component.problem);
    }
  }

  /** Takes an invoke that was not sent yet off the stage (TC-U-CANCEL, ITU-T Q.774 §3.2.1.1.3). */
  removeInvoke(invokeId: number): void {
    const { octets } = this;
    for (let at = 0; at < this.sizeOctets; ) {
      const form = octets[at + 1] as number;
      const lengthSize = form < 0x80 ? 1 : 1 + (form & 0x7f);
      let contents = form < 0x80 ? form : 0;
      for (let octet = 2; octet <= lengthSize; octet++)
        contents = contents * 256 + (octets[at + octet] as number);
      const behind = at + 1 + lengthSize + contents;
      if (octets[at] === componentTags.invoke && octets[at + 3 + lengthSize] === (invokeId & 0xff)) {
        octets.copyWithin(at, behind, this.sizeOctets);
        this.sizeOctets -= behind - at;
        return;
      }
      at = behind;
    }
  }

  #fits(contentsSizeOctets: number): boolean {
    return this.sizeOctets + elementSizeOctets(contentsSizeOctets) <= this.octets.length;
  }

  #header(tag: number, size: number): void {
    const { octets } = this;
    octets[this.sizeOctets++] = tag;
    if (size >= 0x100) {
      octets[this.sizeOctets++] = 0x82;
      octets[this.sizeOctets++] = size >> 8;
    } else if (size >= 0x80) octets[this.sizeOctets++] = 0x81;
    octets[this.sizeOctets++] = size & 0xff;
  }

  #small(tag: number, value: number): void {
    const { octets } = this;
    octets[this.sizeOctets++] = tag;
    octets[this.sizeOctets++] = 1;
    octets[this.sizeOctets++] = value & 0xff;
  }

  #code(code: number | Uint8Array): void {
    if (typeof code !== 'number') {
      this.#header(universalTags.objectIdentifier, code.length);
      this.#bytes(code);
      return;
    }
    const size = integerSizeOctets(code);
    this.#header(universalTags.integer, size);
    for (let shift = (size - 1) * 8; shift >= 0; shift -= 8)
      this.octets[this.sizeOctets++] = (code >> shift) & 0xff;
  }

  #bytes(bytes: Uint8Array): void {
    this.octets.set(bytes, this.sizeOctets);
    this.sizeOctets += bytes.length;
  }
}

function codeContents(code: Code): number | Uint8Array {
  return typeof code === 'number' ? code : objectIdentifierOctets(code);
}

function codeSizeOctets(code: number | Uint8Array): number {
  return elementSizeOctets(typeof code === 'number' ? integerSizeOctets(code) : code.length);
}

/** A local code as the fewest octets of a signed integer of 32 bits. */
function integerSizeOctets(value: number): number {
  if (value >= -0x80 && value < 0x80) return 1;
  if (value >= -0x8000 && value < 0x8000) return 2;
  return value >= -0x80_0000 && value < 0x80_0000 ? 3 : 4;
}

function elementSizeOctets(contents: number): number {
  return contents + (contents < 0x80 ? 2 : contents < 0x100 ? 3 : 4);
}
