/** Values as the JSON encoding rules have them (ITU-T X.697), to be compared with what another codec prints. */

import { namedBitsOctets } from '../../src/stack/asn1/content.ts';
import type { BitString, NamedBits, Type } from '../../src/stack/asn1/index.ts';
import { resolve } from '../../src/stack/asn1/tags.ts';

/** Where the values differ: paths with what stands on either side. */
export function differences(
  type: Type,
  value: unknown,
  other: unknown,
  defaults: ReadonlySet<string>,
): string[] {
  const found: string[] = [];
  compare(type, value, other, defaults, '', found);
  return found;
}

const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');

function compare(
  type: Type,
  value: unknown,
  other: unknown,
  defaults: ReadonlySet<string>,
  path: string,
  found: string[],
): void {
  const { base } = resolve(type);
  const differ = (mine: unknown) => {
    if (JSON.stringify(mine) !== JSON.stringify(other))
      found.push(`${path}: ${JSON.stringify(mine)} is ${JSON.stringify(other)}`);
  };
  switch (base.kind) {
    case 'sequence':
    case 'set': {
      const mine = value as Record<string, unknown>;
      const their = (other ?? {}) as Record<string, unknown>;
      for (const field of base.fields) {
        const { name } = field;
        const [one, another] = [mine[name], their[name]];
        if (one === undefined && another === undefined) continue;
        if ((one === undefined || another === undefined) && defaults.has(name)) continue;
        if (one === undefined) found.push(`${path}.${name}: absent is ${JSON.stringify(another)}`);
        else compare(field.type, one, another, defaults, `${path}.${name}`, found);
      }
      for (const name of Object.keys(their))
        if (!base.fields.some((field) => field.name === name))
          found.push(`${path}.${name}: not a field here`);
      return;
    }
    case 'choice': {
      const name = Object.keys(value as object)[0] ?? '';
      const alternative = base.alternatives.find((one) => one.name === name);
      const their = Object.keys(other ?? {})[0];
      const content = (object: unknown) => (object as Record<string, unknown>)[name];
      if (alternative === undefined || their !== name) found.push(`${path}: ${name} is ${their ?? 'absent'}`);
      else compare(alternative.type, content(value), content(other), defaults, `${path}.${name}`, found);
      return;
    }
    case 'sequenceOf':
    case 'setOf': {
      const [mine, their] = [value as unknown[], Array.isArray(other) ? (other as unknown[]) : []];
      if (mine.length !== their.length) found.push(`${path}: ${mine.length} elements are ${their.length}`);
      for (const [index, one] of mine.entries())
        compare(base.element, one, their[index], defaults, `${path}[${index}]`, found);
      return;
    }
    case 'octetString':
      differ(hex(value as Uint8Array));
      return;
    case 'objectIdentifier':
      differ((value as number[]).join('.'));
      return;
    case 'bitString': {
      const bits =
        base.bits === undefined
          ? (value as BitString)
          : namedBitsOctets(base.bits, value as NamedBits, base.min);
      const octets = bits === null ? '' : hex(bits.octets);
      differ(base.min === base.max ? octets : { length: bits?.bitCount, value: octets });
      return;
    }
    case 'any':
      // What is in an open type is the other codec's to interpret.
      return;
    default:
      differ(value);
  }
}
