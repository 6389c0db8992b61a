/**
 * Makes the source of an encoder from a declaration. Functions take `(w, v)`, the writer and the value, and write what
 * comes last first. A mark is what was written before the contents.
 */

import type { BerWriter } from './ber.ts';
import { checkUnknown } from './check.ts';
import { charactersOctets, isObjectIdentifier, namedBitsOctets, writeObjectIdentifier } from './content.ts';
import { COUNT_MAX, DEPTH_MAX, type Range, type Type } from './declaration.ts';
import { Emitter, literal, quoted } from './emitter.ts';
import { type EncodeState, writeBits, writeInteger, writeOctets, writeUnknown } from './encode-state.ts';
import { type BaseNode, encodingOrder, type Resolved, resolve } from './tags.ts';
import { unknownElements } from './unknown-elements.ts';

export type Encoder = (writer: BerWriter, value: unknown) => void;

export function compileEncoder(type: Type, state: EncodeState, lenient: boolean): Encoder {
  const compiler = new EncodeCompiler(state, lenient);
  return compiler.emitter.build(compiler.root(type)) as Encoder;
}

class EncodeCompiler {
  readonly emitter = new Emitter();
  readonly #lenient: boolean;
  readonly #state: string;
  readonly #broken: string;
  #locals = 0;

  constructor(state: EncodeState, lenient: boolean) {
    this.#lenient = lenient;
    this.#state = this.emitter.constant(state);
    this.#broken = `${this.#state}.broken();`;
  }

  root(type: Type): string {
    return this.emitter.anonymous((name) => `function ${name}(w, v) {\n${this.#element(type, 'v')}\n}`);
  }

  /** Statements that write the element of the value that the source `value` names. */
  #element(type: Type, value: string): string {
    const resolved = resolve(type);
    const { lazy, mappings } = resolved;
    let inner = value;
    const source: string[] = [];
    if (lazy) source.push(`if (++${this.#state}.depth > ${DEPTH_MAX}) ${this.#broken}`);
    for (const mapping of mappings) {
      const local = this.#local();
      source.push(`const ${local} = ${this.emitter.constant(mapping)}.encode(${inner});`);
      inner = local;
    }
    source.push(this.#tagged(resolved, inner));
    if (lazy) source.push(`${this.#state}.depth--;`);
    return `{\n${source.join('\n')}\n}`;
  }

  #local(): string {
    return `x${this.#locals++}`;
  }

  #tagged({ identifiers, base }: Resolved, value: string): string {
    const [only, ...more] = identifiers;
    if (only === undefined) return this.#contents(base, value);
    if (more.length === 0) {
      const whole = this.#whole(base, only, value);
      if (whole !== null) return whole;
    }
    const mark = this.#local();
    const headers = [...identifiers].reverse().map((each) => `w.header(${literal(each)}, ${mark});`);
    return `const ${mark} = w.written;\n${this.#contents(base, value)}\n${headers.join('\n')}`;
  }

  /** Common elements, written in one go. */
  #whole(base: BaseNode, identifier: number, value: string): string | null {
    if (base.kind === 'octetString')
      return `${this.#octets(value)}${this.#within(base, `${value}.length`)}
${this.emitter.constant(writeOctets)}(w, ${literal(identifier)}, ${value});`;
    if (base.kind === 'integer' || base.kind === 'enumerated') {
      const number = this.#local();
      return `let ${number} = ${value};\n${this.#number(base, number)}
${this.emitter.constant(writeInteger)}(w, ${literal(identifier)}, ${number});`;
    }
    return null;
  }

  #octets(value: string): string {
    return `if (!(${value} instanceof Uint8Array)) ${this.#broken}`;
  }

  #within({ min, max }: Range, size: string): string {
    if (this.#lenient) return '';
    const tests = [];
    if (min > Number.MIN_SAFE_INTEGER) tests.push(`${size} < ${literal(min)}`);
    if (max < Number.MAX_SAFE_INTEGER) tests.push(`${size} > ${literal(max)}`);
    return tests.length === 0 ? '' : `\nif (${tests.join(' || ')}) ${this.#broken}`;
  }

  /** Makes a number of the local's name, or fails. */
  #number(base: Extract<BaseNode, { kind: 'integer' | 'enumerated' }>, local: string): string {
    const whole = `if (!Number.isSafeInteger(${local})) ${this.#broken}`;
    if (base.kind === 'integer') return `${whole}${this.#within(base, local)}`;
    const cases = [...base.codes].map(
      ([name, code]) => `case ${quoted(name)}: ${local} = ${literal(code)}; break;`,
    );
    return `switch (${local}) { ${cases.join(' ')} }\n${whole}`;
  }

  /** Statements that write the contents; of a CHOICE or ANY the whole element. */
  #contents(base: BaseNode, value: string): string {
    switch (base.kind) {
      case 'sequence':
      case 'set':
        return `${this.#components(base)}(w, ${value});`;
      case 'sequenceOf':
      case 'setOf':
        return `${this.#elements(base)}(w, ${value});`;
      case 'choice':
        return `${this.#choice(base)}(w, ${value});`;
      case 'any':
        return `${this.#octets(value)}\nw.bytes(${value});`;
      case 'octetString':
        return `${this.#octets(value)}${this.#within(base, `${value}.length`)}\nw.bytes(${value});`;
      case 'integer':
      case 'enumerated': {
        const number = this.#local();
        return `let ${number} = ${value};\n${this.#number(base, number)}\nw.integer(${number});`;
      }
      case 'boolean':
        return `if (typeof ${value} !== 'boolean') ${this.#broken}\nw.octet(${value} ? 255 : 0);`;
      case 'null':
        return `if (${value} !== null) ${this.#broken}`;
      case 'bitString': {
        const bits = this.#local();
        const write = `${this.#within(base, `${bits}.bitCount`)}\n${this.emitter.constant(writeBits)}(w, ${bits});`;
        if (base.bits === undefined) {
          return `const ${bits} = ${value};
if (typeof ${bits} !== 'object' || ${bits} === null || !(${bits}.octets instanceof Uint8Array)) ${this.#broken}
if (!Number.isSafeInteger(${bits}.bitCount) || Math.ceil(${bits}.bitCount / 8) !== ${bits}.octets.length) ${this.#broken}
${write}`;
        }
        return `if (typeof ${value} !== 'object' || ${value} === null || !Array.isArray(${value}.bits)) ${this.#broken}
const ${bits} = ${this.emitter.constant(namedBitsOctets)}(${this.emitter.constant(base.bits)}, ${value}, ${literal(base.min)});
if (${bits} === null) ${this.#broken}${write}`;
      }
      case 'characterString': {
        const octets = this.#local();
        return `if (typeof ${value} !== 'string') ${this.#broken}
const ${octets} = ${this.emitter.constant(charactersOctets)}(${base.set}, ${value}, ${this.#lenient});
if (${octets} === null) ${this.#broken}${this.#within(base, `${octets}.length`)}
w.bytes(${octets});`;
      }
      case 'objectIdentifier':
        return `if (!Array.isArray(${value}) || !${this.emitter.constant(isObjectIdentifier)}(${value})) ${this.#broken}
${this.emitter.constant(writeObjectIdentifier)}(w, ${value});`;
    }
  }

  #elements(base: Extract<BaseNode, { kind: 'sequenceOf' | 'setOf' }>): string {
    const max = this.#lenient ? Math.max(base.max, COUNT_MAX) : base.max;
    const few = base.min > 0 && !this.#lenient ? ` || v.length < ${literal(base.min)}` : '';
    return this.emitter.function(
      base,
      (name) => `function ${name}(w, v) {
if (!Array.isArray(v) || v.length > ${literal(max)}${few}) ${this.#broken}
for (let i = v.length - 1; i >= 0; i--) {
const each = v[i];
${this.#element(base.element, 'each')}
}
}`,
    );
  }

  #choice(base: Extract<BaseNode, { kind: 'choice' }>): string {
    return this.emitter.function(base, (name) => {
      const cases = base.alternatives.map(
        (alternative) =>
          `case ${quoted(alternative.name)}:\n${this.#element(alternative.type, 'content')}\nbreak;`,
      );
      if (base.extensible) cases.push(`case 'unknown': ${this.#octets('content')} w.bytes(content); break;`);
      return `function ${name}(w, v) {
if (typeof v !== 'object' || v === null) ${this.#broken}
let count = 0;
for (const key in v) {
if (++count > 1) ${this.#broken}
const content = v[key];
switch (key) {
${cases.join('\n')}
default: ${this.#broken}
}
}
if (count !== 1) ${this.#broken}
}`;
    });
  }

  #components(base: Extract<BaseNode, { kind: 'sequence' | 'set' }>): string {
    return this.emitter.function(base, (name) => {
      const write = this.emitter.constant(writeUnknown);
      const unknown = (at: number) => `if (unknown !== undefined) ${write}(w, unknown, ${at});`;
      const fields = encodingOrder(base).map((field, at) => {
        const local = this.#local();
        return `${unknown(at)}
const ${local} = v${property(field.name)};
if (${local} !== undefined) ${this.#element(field.type, local)}${field.optional ? '' : ` else ${this.#broken}`}`;
      });
      const allowed = base.extensible || this.#lenient;
      return `function ${name}(w, v) {
if (typeof v !== 'object' || v === null) ${this.#broken}
const unknown = v[${this.emitter.constant(unknownElements)}];
if (unknown !== undefined && ${this.emitter.constant(checkUnknown)}(${fields.length}, ${allowed}, v) !== null) ${this.#broken}
${fields.reverse().join('\n')}
${unknown(-1)}
}`;
    });
  }
}

const property = (name: string): string => (/^\w+$/.test(name) ? `.${name}` : `[${quoted(name)}]`);
