import { strict as assert } from 'node:assert';
import { test } from 'node:test';
import { readNotice } from '../../src/simulator/read-notice.ts';

const on = { year: 2026, month: 3, day: 1 };

test('a notice that contradicts itself, or is none, is not understood', () => {
  for (const text of [
    '',
    'Hello',
    'You missed 3 calls:\n+4915112345678 at 14:05, no answer',
    'You missed a call from +4915112345678 at 14:05. Something else.',
    'You missed 2 calls:\n+4915112345678 at 14:05, no answer\n+4915112345679 at 14:06',
    'You missed 2 calls that rang unanswered:\n+4915112345678 at 14:05\n+4915112345679 am 14:06',
    'You missed 3 calls that rang unanswered:\nand 2 more calls\n+4915112345678 at 14:05',
    '4915112345678 can be reached again. You called at 14:05.',
  ])
    assert.equal(readNotice(text, on), undefined, text);
});

test('yesterday is the day before, over the end of a month', () => {
  assert.deepEqual(readNotice('+33612345678 can be reached again. You called yesterday at 08:05.', on), {
    kind: 'returns',
    returned: [
      { subscriber: '33612345678', attemptedAt: { year: 2026, month: 2, day: 28, hour: 8, minute: 5 } },
    ],
  });
});
