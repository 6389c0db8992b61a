/** ISUP messages as trees (ITU-T Q.763 §4): every parameter by its name, with what its octets say where that is read. */
import { causeNames } from '../stack/isup/cause.ts';
import { decodeMessage, type IsupMessage, type OtherParameter } from '../stack/isup/message.ts';
import type { MessageDeclaration } from '../stack/isup/message-declaration.ts';
import { messages, opaqueMessages } from '../stack/isup/messages.ts';
import { isupNature, presentation, screening } from '../stack/isup/number.ts';
import type { Parameter } from '../stack/isup/parameter.ts';
import { parameterByCode, parameterName } from '../stack/isup/parameters.ts';
import { redirectingReason } from '../stack/isup/redirection-information.ts';
import { hexOf, type TreeNode } from './tree.ts';

type Place = Pick<TreeNode, 'offset' | 'length'>;

const HEADER_OCTETS = 3;

/** `base`: where the message stands in what was given. */
export function isupTree(octets: Uint8Array, base = 0): TreeNode {
  const place = { offset: base, length: octets.length };
  const decoded = decodeMessage(octets);
  if (!decoded.ok)
    return { name: 'ISUP', value: hexOf(octets), ...place, note: `${decoded.code} at ${decoded.offset}` };
  const message = decoded.value;
  const cic = { name: 'CIC', value: message.cic, offset: base, length: 2 };
  if (message.kind === 'opaque') return opaqueTree(message.type, message.body, cic, place);
  const declaration: MessageDeclaration = messages[message.kind];
  return {
    name: 'ISUP',
    value: `${message.kind} ${declaration.name}`,
    ...place,
    children: [cic, ...parameterTrees(message, declaration, octets, base)],
  };
}

function opaqueTree(type: number, body: Uint8Array, cic: TreeNode, place: Place): TreeNode {
  const [kind, name] = opaqueMessages.get(type) ?? [];
  const at = { offset: place.offset + HEADER_OCTETS, length: body.length };
  // A pass-along message holds another one, from its type on; one within one is not looked into.
  const inside: TreeNode =
    kind === 'PAM' && body[0] !== type
      ? { name: 'passed along', ...at, children: [isupTree(withCic(body), at.offset - 2)] }
      : { name: 'body', value: hexOf(body), ...at };
  return {
    name: 'ISUP',
    value: kind === undefined ? `type ${type}` : `${kind} ${name ?? ''}`,
    ...place,
    ...(kind === undefined ? { note: 'a message that ITU-T Q.763 does not have' } : {}),
    children: [cic, inside],
  };
}

/** A message that was passed along has no circuit of its own. */
function withCic(body: Uint8Array): Uint8Array {
  const octets = new Uint8Array(2 + body.length);
  octets.set(body, 2);
  return octets;
}

/** The parts again, for where each parameter stands: what `decodeMessage` has accepted lies within the message. */
function parameterTrees(
  message: IsupMessage,
  declaration: MessageDeclaration,
  octets: Uint8Array,
  base: number,
): TreeNode[] {
  const trees: TreeNode[] = [];
  const add = (one: Parameter, from: number, length: number, note?: string) =>
    trees.push(
      parameterTree(one, octets.subarray(from, from + length), { offset: base + from, length }, note),
    );
  let at = HEADER_OCTETS;
  for (const one of declaration.fixed) {
    add(one, at, one.fixedOctets);
    at += one.fixedOctets;
  }
  const withOptional = declaration.optional !== null && octets[at] !== declaration.variable.length;
  for (const one of declaration.variable) {
    const lengthAt = at + octets[at]!;
    add(one, lengthAt + 1, octets[lengthAt]!);
    at++;
  }
  if (!withOptional || octets[at] === 0) return trees;
  const other = message.kind === 'opaque' ? [] : (message.other ?? []);
  let place = 0;
  for (at += octets[at]!; at < octets.length && octets[at] !== 0; at += 2 + octets[at + 1]!, place++) {
    const odd = other.find((one) => one.place === place);
    const code = octets[at]!;
    const length = octets[at + 1]!;
    const known = parameterByCode.get(code);
    if (known !== undefined) add(known, at + 2, length, odd === undefined ? undefined : NOTES[odd.reason]);
    else
      trees.push({
        name: parameterName(code) ?? `parameter ${code}`,
        value: hexOf(octets.subarray(at + 2, at + 2 + length)),
        offset: base + at + 2,
        length,
        note: 'a parameter that ITU-T Q.763 does not have',
      });
  }
  return trees;
}

const NOTES: Readonly<Record<OtherParameter['reason'], string>> = {
  unrecognized: 'not a parameter of this message',
  repeated: 'there already',
  unreadable: 'not the contents of such a parameter',
};

function parameterTree(one: Parameter, octets: Uint8Array, place: Place, note?: string): TreeNode {
  const root = { name: one.name, ...place, ...(note === undefined ? {} : { note }) };
  const value = one.decode(octets);
  if (value === undefined || value instanceof Uint8Array) return { ...root, value: hexOf(octets) };
  const { shown, parts } = meaning(one, value);
  const children = parts.map(([name, part]) => ({ name, value: part, ...place }));
  return {
    ...root,
    ...(shown === undefined ? {} : { value: shown }),
    octets: hexOf(octets),
    ...(children.length === 0 ? {} : { children }),
  };
}

type Shown = string | number | boolean;
interface Meaning {
  readonly shown?: Shown;
  readonly parts: readonly (readonly [name: string, value: Shown])[];
}

/** `international (4)`. */
function named(names: Readonly<Record<string, number>>, code: number): string {
  const name = Object.entries(names).find(([, value]) => value === code)?.[0];
  return name === undefined ? String(code) : `${name} (${code})`;
}

function fieldValue(one: Parameter, name: string, value: unknown): Shown {
  if (value instanceof Uint8Array) return hexOf(value);
  if (typeof value === 'boolean') return value;
  const text = one.fields?.[name]?.names?.[Number(value)];
  return text === undefined ? Number(value) : `${Number(value)} ${text}`;
}

/** Codes whose names are not in a declaration, by the name of the part that they stand in. */
const CODES: Readonly<Record<string, (code: number) => Shown>> = {
  nature: (code) => named(isupNature, code),
  plan: (code) => named({ isdn: 1, data: 3, telex: 4 }, code),
  presentation: (code) => named(presentation, code),
  screening: (code) => named(screening, code),
  originalReason: (code) => named(redirectingReason, code),
  reason: (code) => named(redirectingReason, code),
  code: (code) => parameterName(code) ?? code,
};

function partsOf(value: object): (readonly [string, Shown])[] {
  return Object.entries(value).map(([name, part]): readonly [string, Shown] => {
    if (part instanceof Uint8Array) return [name, hexOf(part)];
    if (typeof part === 'number') return [name, CODES[name]?.(part) ?? part];
    return [name, part as Shown];
  });
}

function meaning(one: Parameter, value: unknown): Meaning {
  if (one.fields !== undefined) {
    const parts = Object.entries(value as object).map(([name, part]): readonly [string, Shown] => [
      name,
      fieldValue(one, name, part),
    ]);
    return parts.length === 1 ? { shown: parts[0]![1], parts: [] } : { parts };
  }
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value;
    return { parts: list.map((part, at): readonly [string, Shown] => [String(at), itemText(part)]) };
  }
  const whole = value as {
    readonly digits?: string;
    readonly value?: number;
    readonly status?: readonly boolean[];
  };
  if (whole.digits !== undefined) {
    const { digits, ...rest } = whole;
    return { shown: digits, parts: partsOf(rest) };
  }
  if (one.key === 'causeIndicators') {
    const { value: cause = 0, ...rest } = whole;
    return { shown: `${cause} ${causeNames.get(cause) ?? 'without a name'}`, parts: partsOf(rest) };
  }
  if (whole.status !== undefined)
    return {
      parts: [
        ...partsOf({ ...whole, status: undefined }).filter(([name]) => name !== 'status'),
        ['status', whole.status.map((mark) => (mark ? '1' : '0')).join('')],
      ],
    };
  return { parts: partsOf(whole) };
}

/** One of a list: a notification, the state of a circuit, the instructions for a parameter. */
function itemText(item: unknown): Shown {
  if (typeof item !== 'object' || item === null) return Number(item);
  return partsOf(item)
    .filter(([, part]) => part !== false)
    .map(([name, part]) => (part === true ? name : `${name} ${String(part)}`))
    .join(', ');
}
