/**
 * Every declared parameter against tshark: values that are generated are encoded here and put into a message of their
 * dialogue; tshark names the operation, marks nothing, and reads each primitive value at the place where it was written,
 * under the same name. What its dissectors do not know, or read wrongly, is on the lists, with the reason.
 */
import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { compile, readInteger, type Type } from '../../src/stack/asn1/index.ts';
import { resolve } from '../../src/stack/asn1/tags.ts';
import { encodeMessage, type TcapMessage } from '../../src/stack/tcap/message.ts';
import { everyParameter, type Parameter } from '../stack/ros/every-parameter.ts';
import { type Leaf, leavesOf } from '../stack/ros/leaves.ts';
import { sensibleValuesOf } from '../stack/ros/sensible-values.ts';
import { tsharkMissing } from '../support/tshark.ts';
import { type PdmlField, tsharkTcap } from '../support/tshark-pdml.ts';
import { COMPLAINTS, NOT_READ, OTHER_NAMES, UNKNOWN_DIALOGUES } from './tshark-exceptions.ts';

const VALUES_EACH = 20;

/** BEGIN with an invocation, END with an outcome, in the dialogue's context. */
function messageOf({ context, part, code }: Parameter, parameter: Uint8Array): Uint8Array {
  const id = { id: 0x01020304, sizeOctets: 4 } as const;
  const applicationContext = context.objectIdentifier;
  const accepted = {
    kind: 'AARE',
    applicationContext,
    accepted: true,
    source: 'user',
    diagnostic: 0,
  } as const;
  const message: TcapMessage =
    part === 'argument'
      ? {
          type: 'begin',
          originatingTransactionId: id,
          dialogue: { kind: 'AARQ', applicationContext },
          components: [{ kind: 'invoke', invokeId: 1, operationCode: code, parameter }],
        }
      : {
          type: 'end',
          destinationTransactionId: id,
          dialogue: accepted,
          components: [
            part === 'result'
              ? { kind: 'result', invokeId: 1, last: true, operationCode: code, parameter }
              : { kind: 'error', invokeId: 1, errorCode: code, parameter },
          ],
        };
  const encoded = encodeMessage(message);
  assert.ok(encoded.ok);
  return encoded.value;
}

/** `sm-RP-PRI` is `sm_RP_PRI` there, and what has parts `…_element`. */
const plainName = (name: string) =>
  name
    .replace(/^.*\./, '')
    .replace(/_element$/, '')
    .replaceAll(/[-_]/g, '')
    .toLowerCase();

function sameValue({ base, contents }: Leaf, { show }: PdmlField): boolean {
  if (base.kind === 'integer' || base.kind === 'enumerated') {
    const value = readInteger(contents, 0, contents.length);
    // It keeps the last 32 bits of a number.
    const cut = Number(BigInt.asIntN(32, BigInt(value)));
    return Number(show) === value || Number(show) === cut || Number(show) === cut + 2 ** 32;
  }
  if (base.kind === 'boolean') return /^(1|true)$/i.test(show) === (contents[0] !== 0);
  if (base.kind !== 'octetString') return true;
  // Octets, or a number that they are; another reading of them stands for the same octets, as its place says.
  const hexadecimal = Buffer.from(contents).toString('hex');
  if (show.replaceAll(':', '') === hexadecimal) return true;
  if (/^(?:0x[0-9a-f]+|\d+)$/.test(show)) return BigInt(show) === BigInt(`0x${hexadecimal}`);
  return !/^[0-9a-f]{2}(?::[0-9a-f]{2})+$/.test(show);
}

/** Fields of a SEQUENCE that none of the values has. */
function fieldsNeverThere(type: Type, values: readonly unknown[]): string[] {
  const { base } = resolve(type);
  if (base.kind !== 'sequence') return [];
  const there = (name: string) =>
    values.some((value) => (value as Readonly<Record<string, unknown>>)[name] !== undefined);
  return base.fields.map(({ name }) => name).filter((name) => !there(name));
}

test('tshark reads every parameter that is written here: the same operation, names, places and values', (context) => {
  const missing = tsharkMissing();
  if (missing !== undefined) return context.skip(missing);
  const sent: { readonly one: Parameter; readonly parameter: Uint8Array; readonly message: Uint8Array }[] =
    [];
  for (const one of everyParameter()) {
    if (UNKNOWN_DIALOGUES.some(({ label }) => label.test(one.label))) continue;
    const codec = compile(one.type, { name: one.label });
    const values = fc.sample(sensibleValuesOf(one.type), { numRuns: VALUES_EACH, seed: 1 });
    assert.deepEqual(fieldsNeverThere(one.type, values), [], one.label);
    for (const value of values) {
      const parameter = codec.encode(value);
      sent.push({ one, parameter, message: messageOf(one, parameter) });
    }
  }
  const packets = tsharkTcap(
    sent.map(({ message }) => message),
    ['gsm_map', 'gsm_old', 'camel'],
  );
  assert.equal(packets.length, sent.length);
  const wrong = new Map<string, number>();
  const count = (what: string) => wrong.set(what, (wrong.get(what) ?? 0) + 1);
  const used = new Set<object>();
  const note = <T extends object>(one: T | undefined): T | undefined => {
    if (one !== undefined) used.add(one);
    return one;
  };
  /** Messages in which it lost its way, by their label. */
  const lost = new Map<string, number>();
  let leaves = 0;
  let read = 0;
  packets.forEach(({ fields, complaints }, index) => {
    const { one, parameter, message } = sent[index]!;
    const { label, code, type } = one;
    const named = fields.some(
      ({ name, show }) => /\.(?:local|localValue|error_code_local)$/.test(name) && Number(show) === code,
    );
    if (!named) count(`${label}: not the code ${code}`);
    let readsOn = true;
    for (const complaint of complaints) {
      const known = note(COMPLAINTS.find((each) => each.label.test(label) && each.complaint.test(complaint)));
      if (known === undefined) count(`${label} :: ${complaint}`);
      readsOn &&= known?.readsOn === true;
    }
    if (!readsOn) {
      lost.set(label, (lost.get(label) ?? 0) + 1);
      return;
    }
    const places = new Map<string, PdmlField[]>();
    for (const field of fields) {
      const place = `${field.position} ${field.size}`;
      const there = places.get(place);
      if (there === undefined) places.set(place, [field]);
      else there.push(field);
    }
    for (const leaf of leavesOf(type, message, message.length - parameter.length)) {
      const { name, path, position, contents } = leaf;
      // A NULL says what it says by its tag; tshark gives it no place of its own.
      if (contents.length === 0) continue;
      leaves++;
      const there = places.get(`${position} ${contents.length}`) ?? [];
      const same =
        name === '' || name === '[]'
          ? there
          : there.filter((field) => {
              const other = plainName(field.name);
              return other === plainName(name) || OTHER_NAMES.get(name)?.has(other) === true;
            });
      const found = same.find((field) => sameValue(leaf, field));
      if (found !== undefined) read++;
      else if (note(NOT_READ.find((each) => each.label.test(label) && each.path.test(path))) === undefined) {
        const names = there.map((field) => `${field.name}=${field.show}`).join(', ');
        count(`${label} :: ${path} ${leaf.base.kind} is ${names || 'not there'}`);
      }
    }
  });
  context.diagnostic(`${sent.length} messages; ${read} of ${leaves} primitive values are the same`);
  const lines = [...wrong].sort(([, a], [, b]) => b - a).map(([what, times]) => `${times} ${what}`);
  assert.deepEqual(lines.slice(0, 60), []);
  const unused = [...COMPLAINTS, ...NOT_READ]
    .filter((one) => !used.has(one))
    .map(({ label }) => String(label));
  assert.deepEqual(unused, [], 'exceptions that nothing needs');
  for (const [label, times] of lost)
    assert.ok(
      times < VALUES_EACH || /^MAP [12] \w+ error |^MAP [12] provideRoamingNumber/.test(label),
      label,
    );
  assert.ok(read > leaves * 0.99, `${read} of ${leaves}`);
});
