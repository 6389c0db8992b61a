/**
 * A codec of composed closures for the kinds that the benchmark's type uses: what source generation is measured against.
 * It reads definite lengths and checks tags and sizes; no field paths, no unknown elements.
 */
import type { BerWriter } from '../../src/stack/asn1/ber.ts';
import { BerReader, readInteger, viewOf } from '../../src/stack/asn1/ber.ts';
import type { Type } from '../../src/stack/asn1/declaration.ts';
import { writeInteger, writeOctets } from '../../src/stack/asn1/encode-state.ts';
import { keysOf, resolve, tagKey } from '../../src/stack/asn1/tags.ts';

type Read = (buffer: Uint8Array, offset: number, end: number) => unknown;
type Write = (writer: BerWriter, value: unknown) => void;
const FAILED = Symbol('failed');

/** Reads contents. A CHOICE is read as contents too: those of the explicit tag around it. */
export function closureDecoder(type: Type): Read {
  const { base } = resolve(type);
  switch (base.kind) {
    case 'sequence': {
      const fields = base.fields.map(({ name, type: each, optional }) => ({
        name,
        optional,
        read: closureDecoder(each),
      }));
      const places = new Map(
        base.fields.flatMap(({ type: each }, at) =>
          [...(keysOf(each) as Set<number>)].map((key) => [key, at]),
        ),
      );
      const reader = new BerReader();
      return (buffer, offset, end) => {
        const value: Record<string, unknown> = {};
        for (const { name } of fields) value[name] = undefined;
        let next = 0;
        for (let at = offset; at < end; ) {
          if (!reader.reset(buffer, at, end).next()) return FAILED;
          const place = places.get(tagKey(reader.identifier));
          at = reader.offset;
          if (place === undefined || place < next) continue;
          for (; next < place; next++) if (!fields[next]!.optional) return FAILED;
          const field = fields[next++]!;
          const component = field.read(buffer, reader.contentOffset, reader.contentEnd);
          if (component === FAILED) return FAILED;
          value[field.name] = component;
        }
        return value;
      };
    }
    case 'choice': {
      const alternatives = new Map(
        base.alternatives.flatMap(({ name, type: each }) =>
          [...(keysOf(each) as Set<number>)].map((key) => [key, { name, read: closureDecoder(each) }]),
        ),
      );
      const reader = new BerReader();
      return (buffer, offset, end) => {
        if (!reader.reset(buffer, offset, end).next()) return FAILED;
        const chosen = alternatives.get(tagKey(reader.identifier));
        if (chosen === undefined) return FAILED;
        const content = chosen.read(buffer, reader.contentOffset, reader.contentEnd);
        return content === FAILED ? FAILED : { [chosen.name]: content };
      };
    }
    case 'integer':
      return (buffer, offset, end) => {
        const value = readInteger(buffer, offset, end);
        return value >= base.min && value <= base.max ? value : FAILED;
      };
    case 'enumerated': {
      const names = new Map([...base.codes].map(([name, code]) => [code, name]));
      return (buffer, offset, end) => {
        const value = readInteger(buffer, offset, end);
        return names.get(value) ?? value;
      };
    }
    case 'octetString':
      return (buffer, offset, end) =>
        end - offset < base.min || end - offset > base.max ? FAILED : viewOf(buffer, offset, end);
    case 'null':
      return (_, offset, end) => (offset === end ? null : FAILED);
    default:
      throw new Error(base.kind);
  }
}

export function closureEncoder(type: Type): Write {
  const { base, identifiers } = resolve(type);
  const identifier = identifiers[0]!;
  switch (base.kind) {
    case 'sequence': {
      const fields = base.fields
        .map(({ name, type: each, optional }) => ({ name, optional, write: closureEncoder(each) }))
        .reverse();
      return (writer, value) => {
        const mark = writer.written;
        for (const { name, optional, write } of fields) {
          const component = (value as Record<string, unknown>)[name];
          if (component !== undefined) write(writer, component);
          else if (!optional) throw new Error(name);
        }
        writer.header(identifier, mark);
      };
    }
    case 'choice': {
      const alternatives = new Map(
        base.alternatives.map(({ name, type: each }) => [name, closureEncoder(each)]),
      );
      return (writer, value) => {
        const mark = writer.written;
        for (const key in value as object)
          alternatives.get(key)!(writer, (value as Record<string, unknown>)[key]);
        writer.header(identifier, mark);
      };
    }
    case 'integer':
      return (writer, value) => {
        if ((value as number) < base.min || (value as number) > base.max) throw new Error();
        writeInteger(writer, identifier, value as number);
      };
    case 'enumerated':
      return (writer, value) =>
        writeInteger(
          writer,
          identifier,
          typeof value === 'string' ? base.codes.get(value)! : (value as number),
        );
    case 'octetString':
      return (writer, value) => {
        const { length } = value as Uint8Array;
        if (length < base.min || length > base.max) throw new Error();
        writeOctets(writer, identifier, value as Uint8Array);
      };
    case 'null':
      return (writer) => writer.header(identifier, writer.written);
    default:
      throw new Error(base.kind);
  }
}
