import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeData, isData } from '../../../src/stack/m3ua/data.ts';
import { decodeMessage as decodeSccp } from '../../../src/stack/sccp/message.ts';
import { ComponentReader } from '../../../src/stack/tcap/component-reader.ts';
import { readDialoguePortion } from '../../../src/stack/tcap/dialogue-portion.ts';
import { decodeMessage, encodeMessage, type TcapMessage } from '../../../src/stack/tcap/message.ts';
import type { Component } from '../../../src/stack/tcap/service.ts';
import { SeededRandom } from '../../../src/types/random.ts';
import { damage } from '../../support/damage.ts';
import { readJsonLines } from '../../support/json-lines.ts';
import { sctpData } from '../../support/pcap.ts';
import { NO_SHARED, sharedPath } from '../../support/shared.ts';
import { messages } from './arbitrary-messages.ts';
import { hex, octets } from './plant.ts';

interface Vector {
  readonly source: string;
  readonly kind?: string;
  readonly hex: string;
}

/** What no TCAP can be read from, by its octets, and why. */
const refused: Readonly<Record<string, string>> = {
  '6206480101010203': 'tcap.transaction.2', // an element reaches past the message
  '6a06480101490101': 'tcap.transaction.0', // a tag that is no message type
  '6906480400000001': 'tcap.transaction.0',
  '62084804deadbeefface': 'tcap.transaction.2', // fa ce stands for "anything" in that source's test
  '64084904deadbeefface': 'tcap.transaction.2',
  '650e4804deadbeef4904deadbeefface': 'tcap.transaction.2',
  '670b4904deadbeef4a0100face': 'tcap.transaction.2',
  // Parameters that are not BER, in tests which do not read them.
  '62364804000000016b1e281c060700118605010101a011600f80020780a1090607040000011503046c0ea10c02010102013c0b0c0d0e0f10':
    'tcap.component.2',
  '641a4904000000016c12a210020101300b0201471000000000000000': 'tcap.component.1',
  '641a4904000000016c12a210020101300b0201161000000000000000': 'tcap.component.1',
  b3dd7039584c36a3d56c375c0e1693cd6835db0d97c3c664335acd76c3e5b4: 'tcap.transaction.0', // text of a later SMS segment
};

/** Octets that are a part of a TCAP message which is not read alone, or an operation's parameter: no TCAP message at all. */
const partTags = new Set([0x01, 0x04, 0x60, 0x80, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa7, 0xaa, 0xbe]);
/** A dialogue APDU that is not in its EXTERNAL, whose tag is that of a message type: AARE and ABRT. */
const bareApdu = /^(61[0-9a-f]{2}80|64[0-9a-f]{2}80)/;

/** Whether each length is definite and in its shortest form. */
function isCanonical(message: Uint8Array): boolean {
  const walk = (from: number, end: number): boolean => {
    for (let at = from; at < end; ) {
      const tag = message[at]!;
      let header = (tag & 0x1f) === 0x1f ? 3 : 2;
      let length = message[at + header - 1]!;
      if (length === 0x80) return false;
      if (length > 0x80) {
        const size = length & 0x7f;
        length = 0;
        for (let octet = 0; octet < size; octet++) length = length * 256 + message[at + header + octet]!;
        header += size;
        if (length < 0x80 || (size > 1 && length < 0x100)) return false;
      }
      // Only down to the components and APDUs: what is in them is kept as it is.
      if (at === 0 || (tag & 0x20) !== 0) if (!walk(at + header, at + header + length)) return false;
      at += header + length;
    }
    return true;
  };
  return walk(0, message.length);
}

function checkMessage(message: Uint8Array, where: string): TcapMessage {
  const decoded = decodeMessage(message);
  assert.ok(decoded.ok, `${where}: ${JSON.stringify(decoded)}`);
  const encoded = encodeMessage(decoded.value);
  assert.ok(encoded.ok, where);
  const unsupported =
    decoded.value.dialogue?.kind === 'AARQ' && decoded.value.dialogue.version === 'unsupported';
  if (isCanonical(message) && !unsupported) assert.equal(hex(encoded.value), hex(message), where);
  else assert.deepEqual(decodeMessage(encoded.value).ok, true, where);
  return decoded.value;
}

test('every TCAP vector decodes, and re-encodes to the same octets where it is canonical (ITU-T Q.773 §4.2)', (t) => {
  const own = sharedPath('vectors', 'hex-tcap.jsonl');
  const others = sharedPath('vectors', 'hex.jsonl');
  if (own === undefined || others === undefined) return t.skip(NO_SHARED);
  const vectors = [
    ...readJsonLines<Vector>(own),
    ...readJsonLines<Vector>(others).filter((vector) => vector.kind === 'tcap'),
  ];
  const counts = { whole: 0, canonical: 0, portions: 0, refused: 0, parts: 0 };
  for (const vector of vectors) {
    const message = octets(vector.hex);
    const where = `${vector.source} ${vector.hex}`;
    const code = refused[vector.hex];
    if (code !== undefined) {
      const decoded = decodeMessage(message);
      assert.equal(decoded.ok ? 'ok' : decoded.code, code, where);
      counts.refused++;
    } else if (message[0] === 0x6b || message[0] === 0x6c) {
      // A portion alone: it is read within the shortest message that may have it.
      const tid = '480100';
      const whole = octets(`62${(3 + message.length).toString(16).padStart(2, '0')}${tid}${vector.hex}`);
      const decoded = decodeMessage(whole);
      // "de ad be ef" stands for anything in that source's test, and is no user information.
      if (message[0] === 0x6b && vector.hex.includes('deadbeef')) assert.equal(decoded.ok, false, where);
      else checkMessage(whole, where);
      counts.portions++;
    } else if (partTags.has(message[0] ?? 0) || bareApdu.test(vector.hex)) {
      counts.parts++;
    } else {
      checkMessage(message, where);
      counts.whole++;
      if (isCanonical(message)) counts.canonical++;
    }
  }
  assert.ok(counts.whole >= 80 && counts.canonical >= 75, JSON.stringify(counts));
  t.diagnostic(JSON.stringify(counts));
});

/** SCCP in M3UA, as far as the message is in one piece. */
function tcapOf(payload: Uint8Array): Uint8Array | null {
  if (!isData(payload)) return null;
  const data = decodeData(payload);
  if (!data.ok || data.si !== 3) return null;
  const sccp = decodeSccp(data.data);
  if (!sccp.ok || sccp.value.called.ssn === 1) return null;
  return sccp.value.segmentation === undefined ? sccp.value.data : null;
}

test('every TCAP message of the captured traffic decodes, and re-encodes to the same octets where it is canonical', (t) => {
  for (const name of ['real-ss7-pcapr', 'wireshark-camel-ussd-rewrapped', 'wrapped-harvested']) {
    const file = sharedPath('vectors/pcap', `${name}.pcap`);
    if (file === undefined) return t.skip(NO_SHARED);
    let count = 0;
    for (const { ppid, payload, frame } of sctpData(file)) {
      const message = ppid === 3 ? tcapOf(payload) : null;
      if (message === null) continue;
      const code = refused[hex(message)];
      if (code !== undefined) {
        const decoded = decodeMessage(message);
        assert.equal(decoded.ok ? 'ok' : decoded.code, code, hex(message));
        continue;
      }
      checkMessage(message, `${name} frame ${frame} ${hex(message)}`);
      count++;
    }
    assert.ok(count >= 15, `${name}: ${count}`);
    t.diagnostic(`${name}: ${count} messages`);
  }
});

test('any message comes back as it was (ITU-T Q.773 §4.2)', () => {
  fc.assert(
    fc.property(messages, (message) => {
      const encoded = encodeMessage(message);
      assert.ok(encoded.ok);
      const decoded = decodeMessage(encoded.value);
      assert.ok(decoded.ok, hex(encoded.value));
      const again = encodeMessage(decoded.value);
      assert.ok(again.ok);
      assert.equal(hex(again.value), hex(encoded.value));
      assert.deepEqual(plain(decoded.value), plain(message));
    }),
    { numRuns: 500 },
  );
});

/** Octets as text, so that views and copies compare. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return hex(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

/** Rewrites each constructed element with the indefinite form (ITU-T X.690 §8.1.3.6). */
function indefinite(message: Uint8Array): Uint8Array {
  const walk = (from: number, end: number): number[] => {
    const out: number[] = [];
    for (let at = from; at < end; ) {
      const tag = message[at]!;
      let header = 2;
      let length = message[at + 1]!;
      if (length >= 0x80) {
        const size = length & 0x7f;
        length = 0;
        for (let octet = 0; octet < size; octet++) length = length * 256 + message[at + 2 + octet]!;
        header += size;
      }
      const contents = [...message.subarray(at + header, at + header + length)];
      if ((tag & 0x20) === 0) out.push(...message.subarray(at, at + header), ...contents);
      else out.push(tag, 0x80, ...walk(at + header, at + header + length), 0, 0);
      at += header + length;
    }
    return out;
  };
  return Uint8Array.from(walk(0, message.length));
}

test('indefinite lengths mean the same at every level (ITU-T X.690 §8.1.3.6)', () => {
  const bare = messages.map((message): TcapMessage => {
    const { dialogue, components, ...ids } = message;
    // User information and parameters are kept with their form, so they are left out here.
    const apdu = dialogue === undefined ? {} : { dialogue: { ...dialogue } };
    if (apdu.dialogue !== undefined) delete (apdu.dialogue as { userInformation?: unknown }).userInformation;
    const stripped = components.map((component): Component => {
      const copy = { ...component };
      delete (copy as { parameter?: unknown }).parameter;
      return copy;
    });
    return { ...ids, ...apdu, components: stripped };
  });
  fc.assert(
    fc.property(bare, (message) => {
      const encoded = encodeMessage(message);
      assert.ok(encoded.ok);
      const decoded = decodeMessage(indefinite(encoded.value));
      assert.ok(decoded.ok, hex(indefinite(encoded.value)));
      const again = encodeMessage(decoded.value);
      assert.ok(again.ok);
      assert.equal(hex(again.value), hex(encoded.value));
    }),
    { numRuns: 300 },
  );
});

test('the P-Abort cause for a wrong transaction portion (ITU-T Q.774 §3.3.4)', () => {
  const cases: readonly [message: string, cause: number, what: string][] = [
    ['', 0, 'nothing'],
    ['63064804000000016c00', 0, 'an unknown message type'],
    ['62074804000000016c', 2, 'a message that ends in an element'],
    ['620648040000000100', 2, 'octets behind the message'],
    ['62086806040400000001', 2, 'a transaction id in the constructed form'],
    ['6208480400000001 4b00', 2, 'a dialogue portion in the primitive form'],
    ['6208480400000001 4c00', 2, 'a component portion in the primitive form'],
    ['670b490400000001 6a03020100', 2, 'a P-Abort cause in the constructed form'],
    ['4206480400000001', 0, 'a message type in the primitive form'],
    ['650d480400000001 49050102030405', 3, 'a destination of five octets'],
    ['6206480400000001', -1, 'a begin with nothing in it'],
    ['62024800', 3, 'an empty transaction id'],
    ['620748050000000001', 3, 'a transaction id of five octets'],
    ['6206490400000001', 3, 'a begin with a destination'],
    ['6500', 3, 'a continue without ids'],
    ['6506480400000001', 3, 'a continue without destination'],
    ['650c49040000000148040000 0001', 3, 'ids in the wrong order'],
    ['620c48040000000148040000 0001', 3, 'an id twice'],
    ['6406480400000001', 3, 'an end with an origin'],
    ['6409490400000001 4a0101', 3, 'an end with a P-Abort cause'],
    ['6709490400000001 4a0101', -1, 'an abort by the provider'],
    ['6706490400000001', -1, 'an abort without a reason'],
    ['670a490400000001 4a020101', 3, 'a cause of two octets'],
    ['670e490400000001 4a0101 6b030500 00', 3, 'an abort with cause and dialogue portion'],
    ['6208480400000001 6c00', 3, 'an empty component portion'],
    ['620a480400000001 6c800000', 3, 'an empty component portion of indefinite length'],
    ['6100', 3, 'a unidirectional message without components'],
    ['62094804000000010401 00', 3, 'an element that no message has'],
  ];
  for (const [message, cause, what] of cases) {
    const decoded = decodeMessage(octets(message));
    const found = decoded.ok ? -1 : Number(decoded.code.replace('tcap.transaction.', ''));
    assert.equal(found, cause, what);
  }
});

test('the general problem for a wrong component (ITU-T Q.773 §4.2.2.6.1)', () => {
  const cases: readonly [component: string, found: string, what: string][] = [
    ['a106020101020145', 'invoke', 'an invoke'],
    ['a1090201018001050201 45', 'invoke', 'an invoke with a linked id'],
    ['a903020101', 'fault 0 1', 'an unknown component whose id can be read'],
    ['0400', 'fault 0 null', 'an unknown component'],
    ['a100', 'fault 1 null', 'an invoke with nothing in it'],
    ['a103020101', 'fault 1 1', 'an invoke without an operation'],
    ['a10702020101020145', 'fault 1 null', 'an invoke id past 127'],
    ['a106040101020145', 'fault 1 null', 'an invoke id of another type'],
    ['a106020101040145', 'fault 1 1', 'an operation code of another type'],
    ['a105020101 0000', 'fault 2 1', 'an end of contents in the middle'],
    ['a10a020101020145 0500 0500', 'fault 1 1', 'two parameters'],
    ['a10b02010102020100050000', 'fault 2 1', 'a length past the portion, behind an id that can be read'],
    ['a1820b00', 'fault 2 null', 'a length past the portion'],
    ['a5060201010201 45', 'fault 0 1', 'a component of the next kind'],
    ['8103020101', 'fault 0 1', 'a component in the primitive form'],
    ['3003020101', 'fault 0 1', 'a sequence in place of a component'],
    ['a109020107a00105 020145', 'fault 2 7', 'a linked id in the constructed form'],
    ['a10a020107800201 2c020145', 'fault 1 7', 'a linked id past 127'],
    ['a108020107220302 0145', 'fault 2 7', 'an operation code in the constructed form'],
    ['a107020107260206 01', 'fault 2 7', 'an object identifier in the constructed form'],
    ['a206020107100102', 'fault 2 7', 'a result in the primitive form'],
    ['a208020107a003020101', 'fault 1 7', 'a result that is something else'],
    ['a408020107a003020101', 'fault 2 7 reject', 'a problem in the constructed form'],
    ['a403020107', 'fault 1 7 reject', 'a reject without a problem'],
    ['a403800100', 'fault 1 null reject', 'a reject without an id'],
    ['a70d0201073008 02013a0500040101', 'fault 1 7', 'something behind the parameter of a result'],
    ['a10602010102054500', 'fault 2 1', 'a length past the component'],
    ['a20302017f', 'result', 'a result without a value'],
    ['a20502017f0500', 'fault 1 127', 'a result that is no sequence'],
    ['a2050201803000', 'fault 1 -128', 'a result without an operation'],
    ['a303020101', 'fault 1 1', 'an error without a code'],
    ['a406020101810102', 'reject', 'a reject'],
    ['a4050500800100', 'reject', 'a reject without an id'],
    ['a406020101840102', 'fault 1 1 reject', 'a reject of an unknown type'],
    ['a4', 'fault 2 null reject', 'a reject that is cut off'],
  ];
  for (const [text, expected, what] of cases) {
    const component = octets(text);
    const found = new ComponentReader().reset(component, 0, component.length).next();
    const shown =
      found?.kind === 'fault'
        ? `fault ${found.code} ${String(found.invokeId)}${found.ofReject ? ' reject' : ''}`
        : found?.kind;
    assert.equal(shown, expected, what);
  }
});

test('what is wrong with a dialogue portion (ITU-T Q.773 §4.2.3)', () => {
  const good = '281c060700118605010101a011600f80020780a109060704000001001403';
  const read = (text: string) => {
    const portion = octets(text);
    return readDialoguePortion(portion, 0, portion.length);
  };
  assert.equal(read(good)?.kind, 'AARQ');
  // No version means version 1, and a version list may have others beside it.
  assert.deepEqual(read('2818060700118605010101a00d600ba109060704000001001403'), {
    kind: 'AARQ',
    applicationContext: [0, 4, 0, 0, 1, 0, 20, 3],
    version: 'omitted',
  });
  const versions = (bits: string) => {
    const apdu = read(good.replace('80020780', `8002${bits}`));
    return apdu?.kind === 'AARQ' ? apdu.version : 'none';
  };
  assert.deepEqual(['06c0', '0640', '0700'].map(versions), [undefined, 'unsupported', 'unsupported']);
  for (const [text, what] of [
    ['', 'nothing'],
    [good.slice(0, -2), 'cut off'],
    [`${good}00`, 'an octet too many'],
    [good.replace('00118605010101', '00118605010301'), 'another abstract syntax'],
    [good.replace('a011', '8111'), 'not a single ASN.1 value'],
    [good.replace('600f', '620f'), 'an unknown APDU'],
    [good.replace('a109', 'a209'), 'no application context'],
    ['2819060700118605010201a00e610c80020780a106060404020203', 'a response in an unstructured dialogue'],
    ['2812060700118605010101a0076405800102be00', 'an abort source that is none'],
  ] as const) {
    assert.equal(read(text), null, what);
  }
});

test('30 000 damaged messages: each is a value or a failure with a code, never an exception', (t) => {
  const random = new SeededRandom(773);
  const originals = fc.sample(messages, { seed: 773, numRuns: 60 }).map((message) => {
    const encoded = encodeMessage(message);
    assert.ok(encoded.ok);
    return encoded.value;
  });
  const file = sharedPath('vectors', 'hex.jsonl');
  if (file !== undefined) {
    for (const { kind, hex: text } of readJsonLines<Vector>(file))
      if (kind === 'tcap') originals.push(octets(text));
  }
  const codes = new Map<string, number>();
  for (let round = 0; round < 30_000; round++) {
    const damaged = damage(originals[round % originals.length]!, random);
    const decoded = decodeMessage(damaged);
    const code = decoded.ok ? 'ok' : decoded.code;
    codes.set(code, (codes.get(code) ?? 0) + 1);
    if (decoded.ok) assert.ok(encodeMessage(decoded.value).ok);
  }
  t.diagnostic(JSON.stringify(Object.fromEntries(codes)));
  for (const code of ['ok', 'tcap.transaction.2', 'tcap.dialogue', 'tcap.component.1'])
    assert.ok(codes.has(code), code);
});
