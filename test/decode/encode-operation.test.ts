import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { operationNames, operationVersions } from '../../src/decode/catalogue.ts';
import { describeType } from '../../src/decode/describe-type.ts';
import { type EncodedOperation, encodeOperation } from '../../src/decode/encode-operation.ts';
import { writerOf } from '../../src/decode/meaning-writers.ts';
import { meaningOf, typesWithMeaning, typeWithin } from '../../src/decode/meanings.ts';
import { decodeOperation, type Part } from '../../src/decode/operation-tree.ts';
import type { TreeNode } from '../../src/decode/tree.ts';
import { compile, type Type } from '../../src/stack/asn1/index.ts';
import { valuesOf } from '../stack/asn1/random-value.ts';
import { everyParameter } from '../stack/ros/every-parameter.ts';
import { canonicalBer } from '../support/canonical-ber.ts';
import { readJsonLines } from '../support/json-lines.ts';
import { NO_SHARED, sharedPath } from '../support/shared.ts';

const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');

interface Asked {
  readonly operation: string;
  readonly part: Part;
  readonly version?: number;
  readonly error?: string;
}

/** Through text and back, as a pipe of the command line does. */
function throughJson(asked: Asked, octets: Uint8Array): { json: TreeNode; version?: number } | undefined {
  const decoded = decodeOperation({ ...asked, octets });
  if (decoded === undefined) return undefined;
  const { tree, ...rest } = decoded;
  const text = JSON.stringify({ operation: asked.operation, part: asked.part, ...rest, ...tree });
  const json = JSON.parse(text) as TreeNode;
  return { json, ...(rest.version === undefined ? {} : { version: rest.version }) };
}

function encodedHex(encoded: EncodedOperation): string {
  return encoded.kind === 'encoded' ? hex(encoded.octets) : JSON.stringify(encoded);
}

interface Vector {
  readonly source: string;
  readonly op: string;
  readonly kind: 'arg' | 'res' | 'err' | 'tcap';
  readonly hex: string;
}

const file = sharedPath('vectors/hex.jsonl');
const parts = { arg: 'argument', res: 'result', err: 'error' } as const;

/** Errors of the vectors are named by their code: any operation that has it will do. */
function askedOf({ op, kind }: Vector): Asked | undefined {
  if (kind === 'tcap') return undefined;
  const code = /^map-error(\d+)$/.exec(op)?.[1];
  if (code === undefined) return { operation: op, part: parts[kind] };
  const operation = operationNames().find((name) =>
    operationVersions(name).some(
      (entry) =>
        entry.protocol === 'MAP' &&
        entry.version === 3 &&
        entry.operation.errors.some((error) => String(error.code) === code && error.parameter !== undefined),
    ),
  );
  return operation === undefined ? undefined : { operation, part: 'error', error: code };
}

test('every captured parameter comes back from its JSON as it was, extensions and all', {
  skip: file === undefined ? NO_SHARED : false,
}, (context) => {
  let same = 0;
  const without: string[] = [];
  for (const vector of readJsonLines<Vector>(file!)) {
    const asked = askedOf(vector);
    if (asked === undefined || vector.hex === '') continue;
    const octets = Buffer.from(vector.hex, 'hex');
    const shown = throughJson(asked, octets);
    if (shown === undefined) {
      assert.match(vector.op, /^private-IN:|^istCommand$/);
      without.push(vector.op);
      continue;
    }
    const { json, version } = shown;
    const again = encodedHex(
      encodeOperation({ ...asked, ...(version === undefined ? {} : { version }), json }),
    );
    if (again !== vector.hex)
      assert.equal(
        again,
        canonicalBer(octets),
        `${vector.op} ${vector.kind} ${vector.source} ${JSON.stringify(json)}`,
      );
    same++;
  }
  context.diagnostic(`${same} came back; no operation: ${without.length}`);
  assert.ok(same >= 250, `${same}`);
});

const parameters: readonly { readonly asked: Asked; readonly type: Type }[] = everyParameter().map(
  ({ operation, part, context, error, type }) => ({
    asked: {
      operation: operation.name ?? '',
      part,
      version: context.version,
      ...(error === undefined ? {} : { error }),
    },
    type,
  }),
);

test('generated values of every parameter come back from their JSON', () => {
  for (const { asked, type } of parameters) {
    const codec = compile(type);
    for (const value of fc.sample(valuesOf(type), { numRuns: 3, seed: 7 })) {
      const octets = codec.encode(value);
      const shown = throughJson(asked, octets);
      assert.ok(shown);
      const again = encodedHex(encodeOperation({ ...asked, json: shown.json }));
      assert.equal(again, hex(octets), JSON.stringify(asked));
    }
  }
});

/** A tree as plain values: names and what stands under them. */
function plain(node: TreeNode, type: 'list' | 'object' = 'object'): unknown {
  const { children, octets, value, bitCount, element, note } = node;
  if (element !== undefined) return { element };
  if (note !== undefined) return node;
  if (octets !== undefined) return { octets, ...(bitCount === undefined ? {} : { bitCount }) };
  if (bitCount !== undefined) return { value, bitCount };
  if (value !== undefined) return value;
  if (type === 'list' || (children ?? []).some(({ name }) => name === '[0]'))
    return (children ?? []).map((child) => plain(child));
  return Object.fromEntries((children ?? []).map((child) => [child.name, plain(child)]));
}

test('plain values under the names of their fields are as good as the tree', () => {
  for (const { asked, type } of parameters) {
    const codec = compile(type);
    for (const value of fc.sample(valuesOf(type), { numRuns: 2, seed: 8 })) {
      const octets = codec.encode(value);
      const { json } = throughJson(asked, octets)!;
      const bare = plain(json);
      if (JSON.stringify(bare).includes('{}')) continue;
      const again = encodedHex(encodeOperation({ ...asked, json: bare }));
      assert.equal(again, hex(octets), `${JSON.stringify(asked)} ${JSON.stringify(bare)}`);
    }
  }
});

test('what octets are read as can be written again without them', () => {
  let written = 0;
  for (const type of typesWithMeaning()) {
    if (typeWithin(type) !== undefined) continue;
    const writer = writerOf(type);
    assert.ok(writer, describeType(type));
    const codec = compile(type);
    for (const value of fc.sample(valuesOf(type), { numRuns: 200, seed: 9 })) {
      const octets = value as Uint8Array;
      const meaning = meaningOf(type, octets);
      if (meaning === undefined || 'type' in meaning) continue;
      const parts = new Map<string, unknown>(Object.entries(meaning.parts ?? {}));
      const again = writer.write(meaning.value, parts);
      if (again === undefined) continue;
      assert.deepEqual(meaningOf(type, again), meaning, hex(octets));
      assert.ok(codec.encode(again));
      written++;
    }
  }
  assert.ok(written > 1000, `${written}`);
});

const refused = (asked: Asked, json: unknown) => {
  const encoded = encodeOperation({ ...asked, json });
  assert.ok(encoded.kind === 'refused', encodedHex(encoded));
  return encoded.problems;
};

test('a refusal names each field, what stands there and what is allowed', () => {
  const problems = refused(
    { operation: 'noteMM-Event', part: 'argument' },
    {
      serviceKey: -1,
      eventMet: 'Detach',
      msisdn: '49x',
      imsj: 5,
      locationInformation: { ageOfLocationInformation: '3' },
    },
  );
  const told = new Map(problems.map(({ path, stands, allowed }) => [path, `${stands}: ${allowed}`]));
  assert.equal(told.get('noteMM-Event.serviceKey'), '-1: a whole number from 0 to 2147483647');
  assert.match(told.get('noteMM-Event.eventMet') ?? '', /^"Detach": one of .*IMSI-Attach \(2\)/);
  assert.match(told.get('noteMM-Event.msisdn') ?? '', /^"49x": digits/);
  assert.match(told.get('noteMM-Event.imsj') ?? '', /^5: an object of serviceKey, eventMet, imsi/);
  assert.match(told.get('noteMM-Event.imsi') ?? '', /^nothing: digits/);
  assert.match(
    told.get('noteMM-Event.locationInformation.ageOfLocationInformation') ?? '',
    /^"3": a whole number from 0 to 32767/,
  );
  assert.equal(told.size, 6);
});

test('a value that was changed beside its octets is refused, and alone it counts', () => {
  const asked = { operation: 'alertServiceCentre', part: 'argument' } as const;
  const { json } = throughJson(asked, Buffer.from('300f0407919471000010f00404917120f5', 'hex'))!;
  const changed = (octets?: string) => ({
    ...json,
    children: json.children!.map((child) =>
      child.name === 'msisdn'
        ? { name: 'msisdn', value: '49170000011', ...(octets ? { octets } : {}) }
        : child,
    ),
  });
  const [problem] = refused(asked, changed('919471000010f0'));
  assert.equal(problem?.path, 'alertServiceCentre.msisdn');
  assert.match(problem.allowed, /49170000010/);
  assert.equal(
    encodedHex(encodeOperation({ ...asked, json: changed() })),
    '300f0407919471000010f10404917120f5',
  );
});

test('the text of unstructured services is written as its coding scheme says: 3GPP TS 23.038 §5, §6.1.2.3.1', () => {
  const asked = { operation: 'processUnstructuredSS-Request', part: 'argument' } as const;
  const read = (hexadecimal: string) => {
    const shown = throughJson(asked, Buffer.from(hexadecimal, 'hex'))!;
    return shown.json.children?.find(({ name }) => name === 'ussd-String')?.value;
  };
  for (const [scheme, text, octets] of [
    ['0f', '*100#', 'aa180c3602'],
    // Seven septets leave one over, which is CR.
    ['0f', '*100*1#', 'aa180ca68a8d1a'],
    ['48', 'ß 1', '00df00200031'],
  ] as const) {
    const json = { 'ussd-DataCodingScheme': scheme, 'ussd-String': text };
    const again = encodedHex(encodeOperation({ ...asked, json }));
    assert.ok(again.endsWith(octets), `${text} ${again}`);
    assert.equal(read(again), text);
    const node = {
      children: [
        { name: 'ussd-DataCodingScheme', value: scheme },
        { name: 'ussd-String', value: text },
      ],
    };
    assert.equal(encodedHex(encodeOperation({ ...asked, json: node })), again);
  }
  // Data of eight bits have no text.
  const json = { 'ussd-DataCodingScheme': '44', 'ussd-String': '0102' };
  assert.ok(encodedHex(encodeOperation({ ...asked, json })).endsWith('04020102'));
});

test('what breaks a declared size or range is refused, unless it was received so', () => {
  const asked = { operation: 'initialDP', part: 'argument' } as const;
  const [problem] = refused(asked, { serviceKey: 2_147_483_648 });
  assert.equal(problem?.path, 'initialDP.serviceKey');
  const excused = { serviceKey: { value: 2_147_483_648, note: 'out of range' } };
  assert.equal(encodedHex(encodeOperation({ ...asked, json: excused })), '300780050080000000');
  const [size] = refused({ operation: 'sendIMSI', part: 'argument' }, { octets: '00'.repeat(10) });
  assert.match(size?.allowed ?? '', /1 to 9 octets/);
});

test('any document is encoded or refused, and nothing throws', () => {
  const asked = parameters.map((one) => one.asked);
  const key = fc.constantFrom(
    'name',
    'value',
    'octets',
    'children',
    'element',
    'note',
    'imsi',
    '__proto__',
    'toString',
  );
  const json = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 5 },
      fc.constantFrom(null, true, 0, -1, 1e300, '', 'ff', '00', 'imsi', 'size', {}),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(key, tie('any'), { maxKeys: 4 }),
    ),
  })).any;
  fc.assert(
    fc.property(fc.constantFrom(...asked), json, (one, document) => {
      const encoded = encodeOperation({ ...one, json: document });
      assert.ok(encoded.kind === 'encoded' || encoded.kind === 'refused');
    }),
    { numRuns: 2000, seed: 10 },
  );
});

test('an operation that is not declared, or in another version, is unknown', () => {
  assert.equal(encodeOperation({ operation: 'noSuchThing', part: 'argument', json: {} }).kind, 'unknown');
  assert.equal(
    encodeOperation({ operation: 'noteMM-Event', part: 'argument', version: 1, json: {} }).kind,
    'unknown',
  );
  const plainBer = throughJson(
    { operation: 'checkIMEI', part: 'argument' },
    Buffer.from('04088053856000000000', 'hex'),
  );
  assert.equal(
    encodedHex(encodeOperation({ operation: 'checkIMEI', part: 'argument', json: plainBer!.json })),
    '04088053856000000000',
  );
});
