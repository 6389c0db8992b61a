import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Pseudonyms, REPLACED_DIGITS_MIN } from '../../../src/adapters/recording/pseudonyms.ts';

const keyOf = (octet: number): Uint8Array => new Uint8Array(32).fill(octet);

test('a pseudonym is as long as its number, begins like it, and is always the same one', () => {
  const pseudonyms = new Pseudonyms(keyOf(1), 4);
  const again = new Pseudonyms(keyOf(1), 4);
  fc.assert(
    fc.property(fc.stringMatching(/^\d{1,15}$/), (number) => {
      const pseudonym = pseudonyms.of(number);
      assert.match(pseudonym, /^\d+$/);
      assert.equal(pseudonym.length, number.length);
      const kept = Math.max(0, Math.min(4, number.length - REPLACED_DIGITS_MIN));
      assert.equal(pseudonym.slice(0, kept), number.slice(0, kept));
      assert.equal(again.of(number), pseudonym);
    }),
  );
});

test('two numbers never share a pseudonym: all numbers of one to four digits, and those of a block', () => {
  const pseudonyms = new Pseudonyms(keyOf(2), 4);
  for (const digits of [1, 2, 3, 4]) {
    const made = new Set<string>();
    for (let number = 0; number < 10 ** digits; number++)
      made.add(pseudonyms.of(String(number).padStart(digits, '0')));
    assert.equal(made.size, 10 ** digits, `${digits} digits`);
  }
  const made = new Set<string>();
  let same = 0;
  for (let number = 0; number < 5_000; number++) {
    const whole = `491511${String(number).padStart(7, '0')}`;
    const pseudonym = pseudonyms.of(whole);
    made.add(pseudonym);
    if (pseudonym === whole) same++;
  }
  assert.equal(made.size, 5_000);
  // A number may stand for itself as any other may: of 10⁹, 5 000 hardly ever do.
  assert(same <= 2, `${same}`);
});

test('another key leads to other pseudonyms', () => {
  const numbers = Array.from({ length: 200 }, (_, at) => `49151${String(at * 7_919).padStart(8, '0')}`);
  const [one, other] = [new Pseudonyms(keyOf(3), 4), new Pseudonyms(keyOf(4), 4)];
  const alike = numbers.filter((number) => one.of(number) === other.of(number));
  assert(alike.length <= 1, `${alike.length}`);
});
