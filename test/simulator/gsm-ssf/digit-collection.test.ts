import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reply } from '../../../src/simulator/gsm-ssf/call-script.ts';
import { collectionOrder, DigitCollection } from '../../../src/simulator/gsm-ssf/digit-collection.ts';
import { decodeDigits, encodeDigits } from '../../../src/simulator/gsm-ssf/generic-digits.ts';
import { Later } from '../../../src/simulator/later.ts';
import type { CollectedDigits } from '../../../src/stack/cap/types/announcement.ts';
import { TimingWheel } from '../../../src/types/timing-wheel.ts';

const HASH = Uint8Array.of(12);
const STAR = Uint8Array.of(11);

/** What is collected, and after how many seconds. */
function collect(
  digits: CollectedDigits,
  replies: readonly Reply[],
  playsMs = 1000,
): [string | undefined, number] {
  const wheel = new TimingWheel();
  const order = collectionOrder(digits);
  assert(order);
  let got: [string | undefined, number] | undefined;
  let at = 0;
  void new DigitCollection(
    { later: new Later(wheel), nextReply: () => replies[at++], note: () => undefined },
    order,
    playsMs,
    (collected) => {
      got = [collected, Math.round(wheel.now() / 1000)];
    },
  );
  for (let next = wheel.nextDeadlineMs(); next < 120_000; next = wheel.nextDeadlineMs()) wheel.advance(next);
  assert(got);
  return got;
}

test('3GPP TS 29.078 §5.1 digits end with the end of reply digit, with the maximum, or with the timer between digits', () => {
  const order = { minimumNbOfDigits: 2, maximumNbOfDigits: 4, endOfReplyDigit: HASH, interDigitTimeOut: 3 };
  assert.deepEqual(collect(order, [{ digits: '12#34' }]), ['12', 2]);
  assert.deepEqual(collect(order, [{ digits: '123456' }]), ['1234', 2]);
  assert.deepEqual(collect(order, [{ digits: '123' }]), ['123', 5]);
});

test('3GPP TS 29.078 §5.1 too few digits, or none, are no proper answer; repeatPrompt asks once more', () => {
  const order = {
    minimumNbOfDigits: 2,
    maximumNbOfDigits: 4,
    endOfReplyDigit: HASH,
    firstDigitTimeOut: 5,
  } as const;
  assert.deepEqual(collect(order, [{ digits: '1#' }]), [undefined, 1]);
  assert.deepEqual(collect(order, []), [undefined, 6]);
  assert.deepEqual(
    collect({ ...order, errorTreatment: 'repeatPrompt' }, [{ digits: '1#' }, { digits: '77#' }])[0],
    '77',
  );
});

test('3GPP TS 29.078 §5.1 the cancel digit begins anew, the start digit opens, and what may not be interrupted is not', () => {
  const order = { maximumNbOfDigits: 4, endOfReplyDigit: HASH, firstDigitTimeOut: 5 };
  assert.equal(collect({ ...order, cancelDigit: STAR }, [{ digits: '12*34#' }])[0], '34');
  assert.equal(collect({ ...order, startDigit: STAR }, [{ digits: '12*34#' }])[0], '34');
  assert.equal(
    collect({ ...order, endOfReplyDigit: Uint8Array.of(12, 12), maximumNbOfDigits: 6 }, [
      { digits: '1#2##' },
    ])[0],
    '1#2',
  );
  assert.equal(
    collect({ ...order, interruptableAnnInd: false }, [{ digits: '12#', afterMs: 10 }])[0],
    undefined,
  );
});

test('3GPP TS 29.078 §10.1 a minimum above the maximum cannot be collected', () => {
  assert.equal(collectionOrder({ minimumNbOfDigits: 5, maximumNbOfDigits: 4 }), undefined);
});

test('ITU-T Q.763 §3.24 generic digits, even and odd', () => {
  for (const digits of ['1', '12', '123*#', '4915190000009'])
    assert.equal(decodeDigits(encodeDigits(digits)), digits);
  assert.equal(decodeDigits(Uint8Array.of(0x40, 0x31)), undefined);
});
