import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { OctetsMemo } from '../../src/types/octets-memo.ts';

test('what is found is what was kept of the same octets, whatever else took its place', () => {
  const short = fc.uint8Array({ maxLength: 3, max: 2 });
  fc.assert(
    fc.property(fc.array(fc.tuple(short, short, short), { maxLength: 60 }), (all) => {
      const memo = new OctetsMemo<string>(4, 4);
      let hits = 0;
      for (const [before, octets, after] of all) {
        const around = Uint8Array.of(...before, ...octets, ...after);
        const end = before.length + octets.length;
        const found = memo.find(around, before.length, end);
        if (found === undefined) memo.keep(around, before.length, end, octets.join());
        else hits++;
        assert.equal(found ?? octets.join(), octets.join());
        assert.equal(memo.find(around, before.length, end), octets.join(), 'the latest has its place');
      }
      return hits <= all.length;
    }),
  );
});

test('what is longer than may be is not kept, and what was kept does not change with the octets that it came from', () => {
  const memo = new OctetsMemo<number>(4, 2);
  const octets = Uint8Array.of(1, 2, 3);
  assert.equal(memo.find(octets, 0, 3), undefined);
  memo.keep(octets, 0, 3, 1);
  assert.equal(memo.find(octets, 0, 3), undefined);
  memo.find(octets, 0, 2);
  memo.keep(octets, 0, 2, 12);
  octets[0] = 9;
  assert.equal(memo.find(octets, 0, 2), undefined);
  assert.equal(memo.find(Uint8Array.of(1, 2), 0, 2), 12);
});
