import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  namedNotation,
  POINT_CODE_FIELDS,
  type PointCodeName,
  pointCodeNotation,
  pointCodeText,
  readPointCode,
} from '../../src/types/point-code.ts';

const NAMES = Object.keys(POINT_CODE_FIELDS) as PointCodeName[];

test('ITU-T Q.708 §1.2, ANSI T1.111.4: point codes of 14 and 24 bits in the usual notations', () => {
  const itu = namedNotation('itu');
  const ansi = namedNotation('ansi');
  assert.equal(readPointCode('2-100-7', itu), (2 << 11) | (100 << 3) | 7);
  assert.equal(readPointCode('200-100-7', ansi), (200 << 16) | (100 << 8) | 7);
  assert.equal(readPointCode(16_383, itu), 16_383);
  assert.equal(readPointCode('16383', namedNotation('decimal')), 16_383);
  assert.equal(readPointCode('16777215', namedNotation('decimal-24')), 16_777_215);
  assert.equal(pointCodeText(16_383, namedNotation('4-3-4-3')), '15-7-15-7');
  assert.equal(pointCodeText(4_903, itu), '2-100-7');
  for (const wrong of ['8-0-0', '0-256-0', '0-0-8', '1-2', '1-2-3-4', '', '-1', '16384', 'a-b-c', '1--2'])
    assert.equal(readPointCode(wrong, itu), undefined, wrong);
});

test('a notation is a name or the widths of fields, of 14, 16 or 24 bits in all', () => {
  assert.deepEqual(pointCodeNotation('8-8-8'), { fields: [8, 8, 8], bits: 24 });
  assert.deepEqual(pointCodeNotation('7-4-5'), { fields: [7, 4, 5], bits: 16 });
  for (const wrong of ['3-8-4', '14-0', 'anse', '', '14', '99-99'])
    assert.equal(pointCodeNotation(wrong), undefined);
});

test('what is written in a notation is read back the same', () => {
  fc.assert(
    fc.property(fc.constantFrom(...NAMES), fc.nat(2 ** 24 - 1), (name, number) => {
      const notation = namedNotation(name);
      const pointCode = number % 2 ** notation.bits;
      assert.equal(readPointCode(pointCodeText(pointCode, notation), notation), pointCode);
    }),
  );
});
