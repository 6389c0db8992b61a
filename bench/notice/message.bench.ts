/** One text filled in: our walk over the closed form, beside the same text written as code, and beside intl-messageformat. */
import assert from 'node:assert/strict';
import { IntlMessageFormat } from 'intl-messageformat';
import { languageForms } from '../../src/notice/language-forms.ts';
import { formatMessage } from '../../src/notice/message.ts';
import { parseMessage } from '../../src/notice/parse-message.ts';
import { hashOf, report } from '../harness/report.ts';
import { nanoseconds } from '../harness/time.ts';

const source =
  '{calls, plural, one {You missed a call from {caller} {time}. {reason}} other {You missed {calls} calls from {caller}, the last {time}. {reason}}}';
const forms = languageForms('en');
assert(forms !== undefined);
const placeholders = { calls: 'number', caller: 'phone', time: 'text', reason: 'text' } as const;
const parsed = parseMessage(source, placeholders, forms);
assert(parsed.ok);
const { message } = parsed;
const reference = new IntlMessageFormat(source, 'en', undefined, { ignoreTag: true });
const samples = Array.from({ length: 64 }, (_, index) => ({
  calls: 1 + (index % 3),
  caller: `+49170${1234567 + index}`,
  time: `at 14:${10 + (index % 50)}`,
  reason: 'It rang unanswered.',
}));

let at = 0;
let length = 0;
const next = () => samples[at++ & 63] as (typeof samples)[number];
const ns = await nanoseconds({
  ours: () => {
    length += formatMessage(message, next()).length;
  },
  'written as code': () => {
    const { calls, caller, time, reason } = next();
    length += (
      calls === 1
        ? `You missed a call from ${caller} ${time}. ${reason}`
        : `You missed ${calls} calls from ${caller}, the last ${time}. ${reason}`
    ).length;
  },
  'intl-messageformat': () => {
    length += String(reference.format(next())).length;
  },
});
assert(length > 0);
const texts = samples.map((values) => formatMessage(message, values));
assert.deepEqual(
  texts,
  samples.map((values) => reference.format(values)),
);
const hash = hashOf(texts);
report(
  {
    name: 'notice/message: a text filled in',
    figure: ns.ours,
    unit: 'ns',
    floor: ns['written as code'],
    floorIs: 'the same text written as code',
    hash,
  },
  {
    name: 'notice/message: the same with intl-messageformat',
    figure: ns['intl-messageformat'],
    unit: 'ns',
    floor: ns.ours,
    floorIs: 'ours',
    hash,
  },
);
