import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeData } from '../../../src/stack/m3ua/data.ts';
import { decodeAddress, encodeAddress, type PointCodeBits } from '../../../src/stack/sccp/address.ts';
import { decodeManagement, encodeManagement } from '../../../src/stack/sccp/management-message.ts';
import { decodeMessage, encodeMessage, type SccpMessage } from '../../../src/stack/sccp/message.ts';
import type { GlobalTitle, SccpAddress, Unitdata } from '../../../src/stack/sccp/service.ts';
import { tshark, tsharkComplaints, tsharkMissing } from '../../support/tshark.ts';
import { arrives, gt, plant } from './plant.ts';

const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');
const octetsOf = (text: string) => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));

const e164 = { translationType: 0, numberingPlan: 1, natureOfAddress: 4 } as const;
// biome-ignore format: an address a row
const written: readonly (readonly [what: string, octets: string, address: SccpAddress])[] = [
  ['§3.4.2.1: a point code of 14 bits, low octet first',           '43 e5 3a 08',             { routing: 'ssn', pointCode: 0x3ae5, ssn: 8 }],
  ['§3.4.2.2: a subsystem number alone',                           '42 92',                   { routing: 'ssn', ssn: 146 }],
  ['§3.4.2.2: a point code without a subsystem number',            '41 01 00',                { routing: 'ssn', pointCode: 1 }],
  ['§3.4.1: nothing but the routing indicator',                    '00',                      { routing: 'gt' }],
  ['§3.4.1: bit 8, for national use',                              'c2 06',                   { routing: 'ssn', national: true, ssn: 6 }],
  ['§3.4.2.3.1: GTI 1, odd',                                       '06 06 84 21 03',          { routing: 'gt', ssn: 6, globalTitle: { gti: 1, natureOfAddress: 4, digits: '123' } }],
  ['§3.4.2.3.1: GTI 1, even',                                      '04 04 21 43',             { routing: 'gt', globalTitle: { gti: 1, natureOfAddress: 4, digits: '1234' } }],
  ['§3.4.2.3.2: GTI 2, even',                                      '0a 06 09 21 43',          { routing: 'gt', ssn: 6, globalTitle: { gti: 2, translationType: 9, digits: '1234' } }],
  ['§3.4.2.3.2: GTI 2, odd, closed by a filler',                   '0a 06 09 21 f3',          { routing: 'gt', ssn: 6, globalTitle: { gti: 2, translationType: 9, digits: '123' } }],
  ['§3.4.2.3.3: GTI 3, BCD odd',                                   '0e 06 00 71 21 03',       { routing: 'gt', ssn: 6, globalTitle: { gti: 3, translationType: 0, numberingPlan: 7, digits: '123' } }],
  ['§3.4.2.3.3: GTI 3, BCD even',                                  '0f 01 00 06 00 72 21 43', { routing: 'gt', pointCode: 1, ssn: 6, globalTitle: { gti: 3, translationType: 0, numberingPlan: 7, digits: '1234' } }],
  ['§3.4.2.3.3: GTI 3, encoding scheme national specific',         '0e 06 00 13 21 43',       { routing: 'gt', ssn: 6, globalTitle: { gti: 3, translationType: 0, numberingPlan: 1, encodingScheme: 3, digits: '1234' } }],
  ['§3.4.2.3.4: GTI 4, BCD odd',                                   '12 06 00 11 04 21 03',    { routing: 'gt', ssn: 6, globalTitle: { gti: 4, ...e164, digits: '123' } }],
  ['§3.4.2.3.4: GTI 4, BCD even',                                  '12 06 00 12 04 21 43',    { routing: 'gt', ssn: 6, globalTitle: { gti: 4, ...e164, digits: '1234' } }],
  ['§3.4.2.3.4: GTI 4, encoding scheme unknown',                   '12 06 00 10 04 21 43',    { routing: 'gt', ssn: 6, globalTitle: { gti: 4, ...e164, encodingScheme: 0, digits: '1234' } }],
  ['§3.4.2.3.4: GTI 4 beside routing on SSN',                      '52 06 00 12 04 21 43',    { routing: 'ssn', ssn: 6, globalTitle: { gti: 4, ...e164, digits: '1234' } }],
  ['§3.4.2.3.1: the signals 11 to 15',                             '04 00 ba dc',             { routing: 'gt', globalTitle: { gti: 1, natureOfAddress: 0, digits: '*#ab' } }],
  ['§3.4.1: a spare indicator is kept as it came',                 '16 06 01 02 03',          { routing: 'gt', ssn: 6, spareTitle: { gti: 5, octets: octetsOf('010203') } }],
];
for (const [what, text, address] of written)
  test(`ITU-T Q.713 ${what}`, () => {
    const octets = octetsOf(text);
    assert.equal(hex(encodeAddress(address)), hex(octets));
    const decoded = decodeAddress(octets, 0, octets.length);
    assert.ok(decoded.ok);
    assert.deepEqual(decoded.value, address);
  });

test('ITU-T Q.713 §3.4: an address that ends early is refused where it ends', () => {
  for (const text of [
    '',
    '43',
    '4301',
    '430100',
    '12 06',
    '12 06 00',
    '12 06 00 11',
    '04',
    '0a 06',
    '0e 06 00',
  ]) {
    const octets = octetsOf(text);
    const decoded = decodeAddress(octets, 0, octets.length);
    assert.ok(!decoded.ok, text);
    assert.match(decoded.code, /truncated$/);
  }
});

const titles: readonly GlobalTitle[] = [
  { gti: 1, natureOfAddress: 4, digits: '49221' },
  { gti: 2, translationType: 9, digits: '49221' },
  { gti: 3, translationType: 0, numberingPlan: 1, digits: '492210' },
  { gti: 4, ...e164, digits: '492210' },
];

test('ITU-T Q.714 §2.3.2: every combination of routing indicator, point code, SSN and GTI 1 to 4 arrives or says why not', () => {
  for (const routing of ['ssn', 'gt'] as const)
    for (const pointCode of [undefined, 1, 2])
      for (const ssn of [undefined, 6])
        for (const globalTitle of [undefined, ...titles]) {
          const { one, scf, hlr, run, request } = plant();
          const called: SccpAddress = {
            routing,
            ...(pointCode === undefined ? {} : { pointCode }),
            ...(ssn === undefined ? {} : { ssn }),
            ...(globalTitle === undefined ? {} : { globalTitle }),
          };
          one.unitdata(request({ called }));
          run();
          const there = routing === 'ssn' ? pointCode === 2 : globalTitle !== undefined;
          const what = JSON.stringify(called);
          if (there && ssn !== undefined) assert.equal(hlr.unitdata.length, 1, what);
          else if (routing === 'gt' && globalTitle === undefined)
            assert.deepEqual(scf.causes, ['no-translation-for-nature'], what);
          else assert.deepEqual(scf.causes, ['unequipped-user'], what);
        }
});

test('ITU-T Q.714 §2.8.1: a title of a spare indicator has no translation; as calling address it hinders nothing', () => {
  const { one, two, hlr, scf, run, request } = plant();
  const spare: SccpAddress = { routing: 'gt', ssn: 6, spareTitle: { gti: 9, octets: octetsOf('0102') } };
  one.unitdata(request({ called: spare }));
  run();
  assert.deepEqual(scf.causes, ['no-translation-for-nature']);
  const data = Uint8Array.from([1]);
  const common = { protocolClass: 0, returnOption: false, calling: spare, called: gt('4922', 6), data };
  arrives(two, { kind: 'UDT', ...common });
  assert.deepEqual((hlr.unitdata[0] as Unitdata).calling, spare);
});

test('point codes of 24 bits: 3 octets in addresses and in management messages, whatever was encoded is decoded', () => {
  const bits: PointCodeBits = 24;
  const address: SccpAddress = { routing: 'ssn', pointCode: 0xc86407, ssn: 6 };
  assert.equal(hex(encodeAddress(address, bits)), '43' + '0764c8' + '06');
  const message: SccpMessage = {
    kind: 'XUDT',
    protocolClass: 1,
    returnOption: true,
    hopCounter: 4,
    called: address,
    calling: { ...gt('4911', 8), pointCode: 0x010203 },
    data: Uint8Array.from([1, 2]),
  };
  const decoded = decodeMessage(encodeMessage(message, bits)!, bits);
  assert.ok(decoded.ok);
  assert.deepEqual({ ...decoded.value, data: [...decoded.value.data] }, { ...message, data: [1, 2] });
  const ssc = {
    kind: 'SSC',
    affectedSsn: 1,
    affectedPointCode: 0xc86407,
    multiplicity: 2,
    congestionLevel: 5,
  } as const;
  const octets = encodeManagement(ssc, bits);
  assert.equal(hex(octets), '06' + '01' + '0764c8' + '02' + '05');
  assert.deepEqual(decodeManagement(octets, bits), { ok: true, value: ssc });
  assert.equal(decodeManagement(octets.subarray(0, 6), bits).ok, false);
});

test('point codes of 24 bits: a node with such a point code is known by it', () => {
  const { one, hlr, run, request } = plant({ 1: { pointCodeBits: 24 }, 2: { pointCodeBits: 24 } });
  const calling: SccpAddress = { routing: 'ssn', pointCode: 0xc86401, ssn: 147 };
  one.unitdata(request({ called: { routing: 'ssn', pointCode: 2, ssn: 6 }, calling }));
  run();
  assert.deepEqual(hlr.unitdata[0]?.calling, calling);
});

const data = octetsOf('0102030405060708');
const common = { called: gt('4922', 6), calling: gt('4911', 147), data };
const transferOf = (message: SccpMessage, bits: PointCodeBits = 14) =>
  encodeData({ opc: 1, dpc: 2, si: 3, ni: 2, mp: 0, sls: 3, data: encodeMessage(message, bits)! });

test('tshark reads every address that we encode: indicator, point code, SSN, digits', (t) => {
  const missing = tsharkMissing();
  if (missing !== undefined) return t.skip(missing);
  // Not those whose digits tshark shows in words of its own: of a scheme that is not BCD, or with signals above 9.
  const addresses = written
    .map(([, , address]) => address)
    .filter(({ spareTitle, globalTitle }) => {
      const plain = globalTitle === undefined || /^\d+$/.test(globalTitle.digits);
      return spareTitle === undefined && plain && globalTitle?.encodingScheme === undefined;
    });
  const frames = addresses.map((calling) =>
    transferOf({ kind: 'UDT', protocolClass: 0, returnOption: false, ...common, calling }),
  );
  const fields = ['gti', 'pc', 'ssn', 'digits'].flatMap((field) => ['-e', `sccp.calling.${field}`]);
  const args = [
    '--disable-protocol',
    'tcap',
    '-T',
    'fields',
    ...fields,
    '-e',
    '_ws.malformed',
    '-E',
    'separator=|',
  ];
  const lines = tshark(frames, 3, args);
  const shown = addresses.map(({ globalTitle, pointCode, ssn }) => {
    // Signal 15, which closes an odd number of a title without a mark for that, is shown as what it is: ST.
    const odd = globalTitle?.gti === 2 && globalTitle.digits.length % 2 === 1;
    const digits = `${globalTitle?.digits ?? ''}${odd ? 'ST' : ''}`;
    return [`0x0${globalTitle?.gti ?? 0}`, pointCode ?? '', ssn ?? '', digits, ''].join('|');
  });
  assert.deepEqual(lines, shown);
});

test('tshark reads every management message, and point codes of 24 bits where it is told of them', (t) => {
  const missing = tsharkMissing();
  if (missing !== undefined) return t.skip(missing);
  const scmg: SccpAddress = { routing: 'ssn', ssn: 1 };
  const kinds = ['SSA', 'SSP', 'SST', 'SOR', 'SOG', 'SSC'] as const;
  const frames = (bits: PointCodeBits) =>
    kinds.map((kind) => {
      const message = {
        kind,
        affectedSsn: 6,
        affectedPointCode: 0x1234,
        multiplicity: 2,
        congestionLevel: 5,
      };
      const body = encodeManagement(message, bits);
      return transferOf(
        { kind: 'UDT', protocolClass: 0, returnOption: false, called: scmg, calling: scmg, data: body },
        bits,
      );
    });
  assert.deepEqual(tsharkComplaints(frames(14), 3), []);
  const shown = (bits: PointCodeBits, pointCode: string, ...options: string[]) => {
    const fields = ['message_type', 'ssn', pointCode, 'smi', 'congestion'];
    const wanted = fields.flatMap((field) => ['-e', `sccpmg.${field}`]);
    return tshark(frames(bits), 3, [...options, '-T', 'fields', ...wanted, '-E', 'separator=|']);
  };
  const expected = (pointCode: string) =>
    kinds.map((kind, index) => `0x0${index + 1}|6|${pointCode}|2|${kind === 'SSC' ? 5 : ''}`);
  assert.deepEqual(shown(14, 'pc'), expected('4660'));
  assert.deepEqual(
    shown(24, 'chinese_pc', '-o', 'mtp3.standard:Chinese ITU'),
    expected('0-18-52,4660,0x1234'),
  );
});
