import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Claims } from '../../src/simulator/judge/claims.ts';
import type { MissedCall } from '../../src/simulator/judge/missed-call.ts';
import { person } from '../../src/simulator/person.ts';

const [called, caller] = ['491511000001', '491511000002'].map((number) => person({ number, imsi: number }));

const call = (attemptedAtMs: number, certain: boolean): MissedCall => ({
  called: called!,
  caller: caller!,
  shown: true,
  reference: new Uint8Array(0),
  attemptedAtMs,
  answered: true,
  reportedAtMs: attemptedAtMs + 1,
  reason: 'busy',
  certainty: certain ? 'certain' : 'maybe',
  settledAtMs: attemptedAtMs + 2,
  duty: 'due',
});

/** Whether claims can be put on different calls so that no call that has to be told is left: by trying all ways. */
function canBe(
  calls: readonly MissedCall[],
  claims: readonly (readonly number[])[],
  used: Set<number>,
): boolean {
  const [first, ...rest] = claims;
  if (first === undefined) return calls.every((one, index) => used.has(index) || one.certainty !== 'certain');
  return first.some((index) => {
    if (used.has(index)) return false;
    used.add(index);
    const possible = canBe(calls, rest, used);
    used.delete(index);
    return possible;
  });
}

test('claims hold all that is due, whatever their order, exactly when some way of holding it exists', () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }),
      fc.array(fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1, maxLength: 4 }), { maxLength: 6 }),
      (certain, wanted) => {
        const calls = certain.map((one, index) => call(index, one));
        const claims = new Claims();
        for (const one of calls) claims.add(one);
        const possible = wanted.map((indexes) => indexes.filter((index) => index < calls.length));
        const held = possible.every(
          (indexes) => claims.claim({ fits: (one) => indexes.includes(calls.indexOf(one)) }) !== undefined,
        );
        const clean = held && [...claims.due()].length === 0;
        assert.equal(clean, canBe(calls, possible, new Set()));
      },
    ),
    { numRuns: 2000 },
  );
});

test('a line that fits two calls of a minute leaves the one that another line fits alone', () => {
  const claims = new Claims();
  const [early, late] = [call(0, true), call(1, true)];
  claims.add(early);
  claims.add(late);
  assert.ok(claims.claim({ fits: () => true }));
  assert.ok(claims.claim({ fits: (one) => one === early }));
  assert.deepEqual([...claims.due()], []);
  assert.equal(claims.claim({ fits: () => true }), undefined, 'a third line tells one of them again');
});
