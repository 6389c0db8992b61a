/**
 * Makes the source of a decoder from a declaration. Functions of contents take `(b, at, end)`: the octets and where the
 * contents begin and end. Code that reads an element has these in scope:
 *
 *     b octets · at where the element begins · id its identifier · c, e its contents · next what is behind it · v its value
 */

import { readInteger } from './ber.ts';
import type { DecodeFailureCode } from './codec.ts';
import { bitCountOf, readCharacters, readNamedBits, readObjectIdentifier } from './content.ts';
import { COUNT_MAX, DEPTH_MAX, type Range, type Type } from './declaration.ts';
import { Components, type DecodeState, FAILED } from './decode-state.ts';
import { Emitter, literal, quoted } from './emitter.ts';
import { type BaseNode, encodingOrder, keysOf, type Resolved, resolve } from './tags.ts';
import { unknownElements } from './unknown-elements.ts';

/** The value, or `FAILED` with the state saying how. */
export type Decoder = (buffer: Uint8Array, offset: number, end: number) => unknown;

export function compileDecoder(type: Type, state: DecodeState, lenient: boolean): Decoder {
  const compiler = new DecodeCompiler(state, lenient);
  return compiler.emitter.build(compiler.root(type)) as Decoder;
}

const header = (state: string, failed: string): string => `
id = b[at]; c = at + 2;
if ((id & 31) === 31 && at + 1 < end) { len = b[at + 1]; id = len > 30 && len < 128 ? id | len << 8 : 0; c = at + 3; }
if (id === 0 || c > end || (len = b[c - 1]) > 127 || (next = e = c + len) > end) {
  if (!${state}.read(b, at, end)) return ${failed};
  ({ identifier: id, contentOffset: c, contentEnd: e, offset: next } = ${state}.header);
}`;

class DecodeCompiler {
  readonly emitter = new Emitter();
  readonly #lenient: boolean;
  readonly #state: string;
  readonly #failed: string;

  constructor(state: DecodeState, lenient: boolean) {
    this.#lenient = lenient;
    this.#state = this.emitter.constant(state);
    this.#failed = this.emitter.constant(FAILED);
  }

  /** The one element up to the end. */
  root(type: Type): string {
    return this.#single('ber.truncated', false, (fail) => this.#element(type, false, fail));
  }

  /** A function that reads the one element that its contents are. */
  #single(whenEmpty: DecodeFailureCode, innermost: boolean, element: (fail: Fail) => string): string {
    const fail = this.#fails(null);
    return this.emitter.anonymous(
      (name) => `function ${name}(b, at, end) {
let id, c, e, next, len, v;
if (at >= end) ${fail.with(whenEmpty, 'end')}${this.#header()}
${element(fail)}
if (next < end) ${fail.with('asn1.trailing', 'next')}
${innermost ? `${this.#state}.contentsOf = c;` : ''}
return v;
}`,
    );
  }

  /** What `viewOf` gives, without asking the octets for their memory each time (that takes half of the cost). */
  #view(start: string, end: string): string {
    const state = this.#state;
    return `new Uint8Array(${state}.memory, ${state}.memoryOffset + ${start}, ${end} - ${start.includes('+') ? `(${start})` : start})`;
  }

  #header(): string {
    return header(this.#state, this.#failed);
  }

  /** How code in a function fails; `segment` is source for the path's segment, or null. */
  #fails(segment: string | null): Fail {
    const state = this.#state;
    const last = segment === null ? '' : `, ${segment}`;
    return {
      with: (code, offset) => `return ${state}.fail(${quoted(code)}, ${offset}${last});`,
      mapped: (contentsOf) => `return ${state}.mapped(v, ${contentsOf}${last});`,
      passOn: segment === null ? `return ${this.#failed};` : `return ${state}.within(${segment});`,
    };
  }

  /** Statements that set `v` to the element's value. `placed`: its tag is known to be one of the type's. */
  #element(type: Type, placed: boolean, fail: Fail): string {
    const resolved = resolve(type);
    const { lazy, mappings, identifiers } = resolved;
    const source: string[] = [];
    if (lazy) source.push(`if (++${this.#state}.depth > ${DEPTH_MAX}) { ${fail.with('asn1.depth', 'at')} }`);
    source.push(this.#tagged(resolved, 0, placed, fail));
    if (lazy) source.push(`${this.#state}.depth--;`);
    const contentsOf =
      identifiers.length > 1 || this.#isExplicit(resolved) ? `${this.#state}.contentsOf` : 'c';
    for (const mapping of [...mappings].reverse()) {
      source.push(`v = ${this.emitter.constant(mapping)}.decode(v);
if (typeof v === 'object' && v !== null && v.ok === false) { ${fail.mapped(contentsOf)} }`);
    }
    return source.join('\n');
  }

  #isExplicit({ identifiers, base }: Resolved): boolean {
    return identifiers.length > 0 && (base.kind === 'choice' || base.kind === 'any');
  }

  #tagged(resolved: Resolved, index: number, placed: boolean, fail: Fail): string {
    const { identifiers, base } = resolved;
    const identifier = identifiers[index];
    if (identifier === undefined) {
      if (base.kind !== 'choice') return `v = ${this.#view('at', 'next')};`;
      return `v = ${this.#choice(base)}(b, id, at, c, e, next);\nif (v === ${this.#failed}) { ${fail.passOn} }`;
    }
    const source = [];
    if (!placed)
      source.push(`if ((id & -33) !== ${literal(identifier & ~0x20)}) { ${fail.with('asn1.tag', 'at')} }`);
    source.push(`if (id !== ${literal(identifier)}) { ${fail.with('asn1.constructed', 'at')} }`);
    if (index === identifiers.length - 1 && !this.#isExplicit(resolved))
      source.push(this.#contents(base, fail));
    else {
      const innermost = index + 1 === identifiers.length - (this.#isExplicit(resolved) ? 0 : 1);
      const inner = this.#single('asn1.missing', innermost, (own) =>
        this.#tagged(resolved, index + 1, false, own),
      );
      source.push(`v = ${inner}(b, c, e);\nif (v === ${this.#failed}) { ${fail.passOn} }`);
    }
    return source.join('\n');
  }

  #contents(base: BaseNode, fail: Fail): string {
    switch (base.kind) {
      case 'sequence':
      case 'set':
        return `v = ${this.#components(base)}(b, c, e);\nif (v === ${this.#failed}) { ${fail.passOn} }`;
      case 'sequenceOf':
      case 'setOf':
        return `v = ${this.#elements(base)}(b, c, e);\nif (v === ${this.#failed}) { ${fail.passOn} }`;
      case 'integer':
        return this.#number(fail) + this.#within(base, 'v', 'asn1.range', fail);
      case 'enumerated': {
        const cases = [...base.codes].map(
          ([name, code]) => `case ${literal(code)}: v = ${quoted(name)}; break;`,
        );
        return `${this.#number(fail)}\nswitch (v) { ${cases.join(' ')} }`;
      }
      case 'boolean':
        return `if (e - c !== 1) { ${fail.with('asn1.content', 'c')} }\nv = b[c] !== 0;`;
      case 'null':
        return `if (e !== c) { ${fail.with('asn1.content', 'c')} }\nv = null;`;
      case 'octetString':
        return `${this.#within(base, 'e - c', 'asn1.size', fail)}\nv = ${this.#view('c', 'e')};`;
      case 'bitString': {
        const count = `len = ${this.emitter.constant(bitCountOf)}(b, c, e);
if (len < 0) { ${fail.with('asn1.content', 'c')} }
${this.#within(base, 'len', 'asn1.size', fail)}`;
        if (base.bits === undefined)
          return `${count}\nv = { octets: ${this.#view('c + 1', 'e')}, bitCount: len };`;
        const names = this.emitter.constant(new Map([...base.bits].map(([name, bit]) => [bit, name])));
        return `${count}\nv = ${this.emitter.constant(readNamedBits)}(${names}, b, c, len);`;
      }
      case 'characterString':
        return `${this.#within(base, 'e - c', 'asn1.size', fail)}
v = ${this.emitter.constant(readCharacters)}(${base.set}, b, c, e, ${this.#lenient});
if (v === null) { ${fail.with('asn1.characters', 'c')} }`;
      case 'objectIdentifier':
        return `v = ${this.emitter.constant(readObjectIdentifier)}(b, c, e);
if (v === null) { ${fail.with('asn1.content', 'c')} }`;
      case 'choice':
      case 'any':
        throw new Error('has no contents of its own');
    }
  }

  #number(fail: Fail): string {
    return `if (e - c === 1) v = b[c] << 24 >> 24;
else {
  if (c === e) { ${fail.with('asn1.content', 'c')} }
  v = ${this.emitter.constant(readInteger)}(b, c, e);
  if (v !== v) { ${fail.with('asn1.range', 'c')} }
}`;
  }

  #within({ min, max }: Range, size: string, code: DecodeFailureCode, fail: Fail): string {
    if (this.#lenient) return '';
    const tests = [];
    const isSize = code === 'asn1.size';
    if (min > (isSize ? 0 : Number.MIN_SAFE_INTEGER)) tests.push(`${size} < ${literal(min)}`);
    if (max < Number.MAX_SAFE_INTEGER) tests.push(`${size} > ${literal(max)}`);
    return tests.length === 0 ? '' : `\nif (${tests.join(' || ')}) { ${fail.with(code, 'c')} }`;
  }

  #elements(base: Extract<BaseNode, { kind: 'sequenceOf' | 'setOf' }>): string {
    const max = this.#lenient ? Math.max(base.max, COUNT_MAX) : base.max;
    const fail = this.#fails(null);
    return this.emitter.function(base, (name) => {
      const enough =
        base.min > 0 && !this.#lenient
          ? `if (values.length < ${literal(base.min)}) ${fail.with('asn1.size', 'start')}`
          : '';
      return `function ${name}(b, at, end) {
const start = at, values = [];
let id, c, e, next, len, v;
while (at < end) {${this.#header()}
if (values.length === ${literal(max)}) { ${fail.with('asn1.size', 'at')} }
${this.#element(base.element, false, this.#fails("'[' + values.length + ']'"))}
values.push(v);
at = next;
}
${enough}
return values;
}`;
    });
  }

  #choice(base: Extract<BaseNode, { kind: 'choice' }>): string {
    return this.emitter.function(base, (name) => {
      const cases = base.alternatives.map((alternative) => {
        const segment = quoted(resolve(alternative.type).name ?? alternative.name);
        return `${casesOf(alternative.type)} {
${this.#element(alternative.type, true, this.#fails(segment))}
return { ${quoted(alternative.name)}: v };
}`;
      });
      const otherwise = base.extensible
        ? `return { unknown: ${this.#view('at', 'next')} };`
        : this.#fails(null).with('asn1.tag', 'at');
      return `function ${name}(b, id, at, c, e, next) {
let len, v;
switch (id & -33) {
${cases.join('\n')}
}
${otherwise}
}`;
    });
  }

  #components(base: Extract<BaseNode, { kind: 'sequence' | 'set' }>): string {
    return this.emitter.function(base, (name) => {
      const fields = encodingOrder(base);
      const components = new Components(base.kind, fields, base.extensible);
      const table = this.emitter.constant(components);
      const isSet = base.kind === 'set';
      const index = (wanted: string) => fields.findIndex((field) => field.name === wanted);
      const read = base.fields.filter(({ unread }) => unread !== true);
      const values = read.map((field) => `${quoted(field.name)}: v${index(field.name)}`);
      const elements = fields.map(
        ({ type, unread }, at) =>
          `${unread === true ? '' : `${this.#element(type, true, this.#fails(quoted(components.segments[at]!)))}\nv${at} = v; `}i = ${at + 1}; at = next; ${isSet ? `s${at} = true; ` : ''}continue;`,
      );
      const keys = fields.map(({ type }) => keysOf(type));
      const all = keys.flatMap((some) => (some === 'any' ? [0, 0] : [...some]));
      const isUnique = new Set(all).size === all.length;
      /** When this field is next, or can be after optional ones. */
      const fits = (at: number): string => {
        if (isSet) return `!s${at}`;
        const mandatory = fields.slice(0, at).findLastIndex(({ optional }) => !optional);
        return `${mandatory >= 0 ? `i > ${mandatory} && ` : ''}i <= ${at}`;
      };
      const repeated = (at: number): string => (isSet ? `\nif (s${at}) { again = ${at}; break; }` : '');
      const dispatch = isUnique
        ? `switch (id & -33) {
${fields.map(({ type }, at) => `${casesOf(type)} {${repeated(at)}\nif (${fits(at)}) {\n${elements[at]!}\n}\nbreak; }`).join('\n')}
}`
        : fields
            .map((_, at) => {
              const some = keys[at]!;
              const tests = some === 'any' ? ['true'] : [...some].map((key) => `key === ${literal(key)}`);
              return `if ((${tests.join(' || ')}) && ${fits(at)}) {\n${elements[at]!}\n}`;
            })
            .join('\n');
      const last = fields.findLastIndex(({ optional }) => !optional);
      const missing = isSet
        ? fields
            .map(({ optional }, at) =>
              optional
                ? ''
                : `if (!s${at}) { ${this.#fails(quoted(components.segments[at]!)).with('asn1.missing', 'end')} }`,
            )
            .join('\n')
        : last >= 0
          ? `if (i <= ${last}) return ${this.#state}.missing(${table}, i, end);`
          : '';
      const locals = fields.map((_, at) => (isSet ? `, v${at}, s${at} = false` : `, v${at}`)).join('');
      return `function ${name}(b, at, end) {
let id, c, e, next, len, v, i = 0, again = -1, runs${locals};
while (at < end) {${this.#header()}
${isUnique ? '' : 'const key = id & -33;\n'}${dispatch}
runs = ${this.#state}.stray(${table}, id, at, next, i, again, runs);
if (runs === ${this.#failed}) return ${this.#failed};
again = -1;
at = next;
}
${missing}
const value = { ${values.join(', ')} };
if (runs !== undefined) value[${this.emitter.constant(unknownElements)}] = ${this.#state}.keep(b, runs);
return value;
}`;
    });
  }
}

interface Fail {
  with(code: DecodeFailureCode, offset: string): string;
  mapped(contentsOf: string): string;
  readonly passOn: string;
}

function casesOf(type: Type): string {
  const keys = keysOf(type);
  if (keys === 'any') throw new Error('ANY is told from nothing');
  return [...keys].map((key) => `case ${literal(key)}:`).join(' ');
}
