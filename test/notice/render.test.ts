import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type RenderedNotice, renderNotice } from '../../src/notice/render.ts';
import { missedReasons } from '../../src/notice/template-keys.ts';
import { Zones } from '../../src/notice/zones.ts';
import { readNotice } from '../../src/simulator/read-notice.ts';
import { addressOf } from '../../src/stack/sms/address.ts';
import { decodeSmsDeliver, type SmsDeliver } from '../../src/stack/sms/sms-deliver.ts';
import { readTimeStamp, timeStampMs } from '../../src/stack/sms/time-stamp.ts';
import { userDataText } from '../../src/stack/sms/user-data.ts';
import { concatenationOf } from '../../src/stack/sms/user-data-header.ts';
import { civilOf } from '../../src/types/civil-time.ts';
import type { MissedCaller, Notice, NoticeContent } from '../../src/types/model/notice.ts';
import { english, englishSource, noticeOf, templatesOf } from '../support/notices.ts';

const sender = addressOf('Missed call');
assert(sender.ok);
const zones = new Zones();
const render = (notice: Notice, templates = [english]): RenderedNotice =>
  renderNotice(notice, templates, { originatingAddress: sender.value, zones });
const textOf = (content: NoticeContent, change: Partial<Notice> = {}) =>
  render(noticeOf(content, change)).text;

const received = (octets: Uint8Array): SmsDeliver => {
  const result = decodeSmsDeliver(octets);
  assert(result.ok);
  return result.value;
};
const at = (...parts: [number, number, number, number?, number?]) =>
  Date.UTC(parts[0], parts[1] - 1, parts[2], parts[3] ?? 0, parts[4] ?? 0);
const missed = (...callers: MissedCaller[]): NoticeContent => ({
  kind: 'missed-calls',
  callers,
  furtherCalls: 0,
});
const anna = {
  caller: '491701234567',
  calls: 1,
  lastAtMs: at(2026, 11, 21, 13, 5),
  reason: 'not-reachable',
} as const;
const ben = {
  caller: '33612345678',
  calls: 3,
  lastAtMs: at(2026, 11, 20, 22, 59),
  reason: 'not-reachable',
} as const;

describe('N1: who called, when, how many times, and why it failed', () => {
  test('one call', () => {
    assert.equal(
      textOf(missed(anna)),
      'You missed a call from +491701234567 at 14:05. Your phone was off or out of coverage.',
    );
  });

  test('several calls of one caller', () => {
    assert.equal(
      textOf(missed({ ...anna, calls: 3, reason: 'busy' })),
      'You missed 3 calls from +491701234567, the last at 14:05. You were on another call.',
    );
  });

  test('the day is told when it is not today where the subscriber is', () => {
    const when = (lastAtMs: number, change: Partial<Notice> = {}) =>
      /from \+\d+ (.*?)\./.exec(textOf(missed({ ...anna, lastAtMs }), change))?.[1];
    assert.equal(when(at(2026, 11, 20, 23, 0)), 'at 00:00');
    assert.equal(when(at(2026, 11, 20, 22, 59)), 'yesterday at 23:59');
    assert.equal(when(at(2026, 11, 19, 22, 59)), 'on Thu 19 Nov at 23:59');
    assert.equal(when(at(2025, 11, 19, 12, 0)), 'on Wed 19 Nov 2025 at 13:00');
    assert.equal(when(at(2026, 11, 20, 23, 0), { timeZone: 'UTC' }), 'yesterday at 23:00');
    assert.equal(when(at(2026, 7, 1, 12, 0)), 'on Wed 1 Jul at 14:00');
  });

  test('a caller whose number is withheld has no number', () => {
    assert.match(
      textOf(missed({ ...anna, caller: '' })),
      /^You missed a call from a withheld number at 14:05\./,
    );
  });
});

describe('N2: many callers in one notice', () => {
  test('a reason that all share stands in the title', () => {
    assert.equal(
      textOf(missed(anna, ben)),
      'You missed 4 calls while your phone was off or out of coverage:\n' +
        '+491701234567 at 14:05\n' +
        '+33612345678 3 calls, the last yesterday at 23:59',
    );
  });

  test('else each line has its own; calls that had no line are counted', () => {
    const { text } = render(
      noticeOf({ kind: 'missed-calls', callers: [anna, { ...ben, reason: 'busy' }], furtherCalls: 2 }),
    );
    assert.equal(
      text,
      'You missed 6 calls:\n' +
        '+491701234567 at 14:05, phone off or no coverage\n' +
        '+33612345678 3 calls, the last yesterday at 23:59, you were on a call\n' +
        'and 2 more calls',
    );
  });

  test('calls without any caller are counted', () => {
    assert.equal(textOf({ kind: 'missed-calls', callers: [], furtherCalls: 1 }), 'You missed a call.');
    assert.equal(textOf({ kind: 'missed-calls', callers: [], furtherCalls: 5 }), 'You missed 5 calls.');
  });

  test('too long for one short message: concatenated, whole words, one reference, more to send until the last', () => {
    const callers = Array.from({ length: 20 }, (_, index) => ({ ...ben, caller: `336000000${index + 10}` }));
    const { parts, text } = render(noticeOf(missed(...callers)));
    const messages = parts.map(received);
    assert(parts.length > 5);
    assert.equal(messages.map((message) => userDataText(0, message.userData)).join(''), text);
    messages.forEach((message, index) => {
      assert.deepEqual(concatenationOf(message.userData.header), {
        reference: 7,
        referenceBits: 8,
        total: parts.length,
        sequence: index + 1,
      });
      assert.equal(message.moreMessagesToSend, index + 1 < parts.length);
    });
  });

  test('too long for 255 parts: the rest is counted', () => {
    const callers = Array.from({ length: 2000 }, (_, index) => ({
      ...ben,
      caller: `3360000${index + 1000}`,
    }));
    const { parts, text, fallbacks } = render(noticeOf(missed(...callers)));
    assert.deepEqual(fallbacks, ['too-long']);
    assert(parts.length <= 255);
    assert.match(text, /^You missed 6000 calls:\n.*\nand 4500 more calls$/s);
  });
});

describe('K1: who was away is back', () => {
  test('with the time of the attempt', () => {
    const back = (subscriber: string, attemptedAtMs: number) => ({
      subscriber,
      attemptedAtMs,
      returnedAtMs: at(2026, 11, 21, 13, 30),
    });
    assert.equal(
      textOf({ kind: 'returns', returned: [back('491701234567', anna.lastAtMs)] }),
      '+491701234567 can be reached again. You called at 14:05.',
    );
    assert.equal(
      textOf({
        kind: 'returns',
        returned: [back('491701234567', anna.lastAtMs), back('33612345678', ben.lastAtMs)],
      }),
      'They can be reached again:\n+491701234567, you called at 14:05\n+33612345678, you called yesterday at 23:59',
    );
  });
});

describe('N5: the SMS-DELIVER', () => {
  test('carries the sender, and the time of creation in the subscriber’s zone, over daylight saving', () => {
    for (const [createdAtMs, timeZone, quarterHours] of [
      [at(2026, 7, 1, 12, 0), 'Europe/Berlin', 8],
      [at(2026, 12, 1, 12, 0), 'Europe/Berlin', 4],
      [at(2026, 12, 1, 12, 0), 'Asia/Kathmandu', 23],
      [at(2026, 12, 1, 12, 0), 'America/St_Johns', -14],
    ] as const) {
      const { parts } = render(noticeOf(missed(anna), { createdAtMs, timeZone }));
      const message = received(parts[0] as Uint8Array);
      const stamp = readTimeStamp(message.serviceCentreTimeStamp);
      assert(stamp.ok);
      assert.equal(timeStampMs(stamp.value), createdAtMs);
      assert.equal(stamp.value.quarterHours, quarterHours);
      assert.deepEqual(message.originatingAddress, sender.value);
    }
  });

  test('an unknown zone is UTC, an unknown language the first, and both are said', () => {
    const rendered = render(noticeOf(missed(anna), { timeZone: 'Mars/Base', language: 'xx' }));
    assert.deepEqual(rendered.fallbacks, ['language', 'time-zone']);
    assert.match(rendered.text, / at 13:05\./);
  });

  test('a resend after new templates came is the same to the octet', () => {
    const next = englishSource
      .slice(englishSource.indexOf('[version 1]'))
      .replace('[version 1]', '[version 2]');
    const newer = templatesOf(`${englishSource}\n${next.replaceAll('You missed', 'You have missed')}`);
    const notice = noticeOf(missed(anna, ben));
    assert.deepEqual(render(notice, [newer]), render(notice));
    assert.match(render({ ...notice, templateVersion: 2 }, [newer]).text, /^You have missed/);
  });
});

const zoneNames = ['Europe/Berlin', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Auckland', 'UTC'];
const moments = fc
  .integer({ min: at(2024, 1, 1) / 1000, max: at(2030, 1, 1) / 1000 })
  .map((seconds) => seconds * 1000);
const ages = fc.oneof(fc.integer({ min: 0, max: 86_400 * 3 }), fc.integer({ min: 0, max: 86_400 * 500 }));
const numbers = fc.oneof(fc.stringMatching(/^[1-9]\d{6,14}$/), fc.constant(''));
const contents = fc.oneof(
  fc.record({
    kind: fc.constant('missed-calls' as const),
    callers: fc.array(
      fc.record({
        caller: numbers,
        calls: fc.integer({ min: 1, max: 40 }),
        lastAtMs: ages,
        reason: fc.constantFrom(...missedReasons),
      }),
      { maxLength: 12 },
    ),
    furtherCalls: fc.integer({ min: 0, max: 4 }),
  }),
  fc.record({
    kind: fc.constant('returns' as const),
    returned: fc.array(fc.record({ subscriber: numbers, attemptedAtMs: ages, returnedAtMs: ages }), {
      minLength: 1,
      maxLength: 12,
    }),
  }),
);

test('what a notice says is what its reader understands, whatever it tells', () => {
  fc.assert(
    fc.property(contents, moments, fc.constantFrom(...zoneNames), (ageContent, createdAtMs, timeZone) => {
      const age = (ageSeconds: number) => createdAtMs - ageSeconds * 1000;
      const content: NoticeContent =
        ageContent.kind === 'returns'
          ? {
              kind: 'returns',
              returned: ageContent.returned.map((line) => ({
                ...line,
                attemptedAtMs: age(line.attemptedAtMs),
              })),
            }
          : {
              ...ageContent,
              callers: ageContent.callers.map((line) => ({ ...line, lastAtMs: age(line.lastAtMs) })),
            };
      const { parts } = render(noticeOf(content, { createdAtMs, timeZone }));
      const messages = parts.map(received);
      const stamp = readTimeStamp((messages[0] as SmsDeliver).serviceCentreTimeStamp);
      assert(stamp.ok);
      const text = messages
        .map((message) => userDataText(message.dataCodingScheme, message.userData))
        .join('');
      const told = readNotice(text, stamp.value);
      const wall = (ms: number) => {
        const { year, month, day, hour, minute } = civilOf(ms + (zones.offsetMs(timeZone, ms) ?? NaN));
        return { year, month, day, hour, minute };
      };
      if (content.kind === 'returns') {
        const returned = content.returned.map(({ subscriber, attemptedAtMs }) => ({
          subscriber,
          attemptedAt: wall(attemptedAtMs),
        }));
        assert.deepEqual(told, { kind: 'returns', returned });
      } else {
        const callers = content.callers.map(({ caller, calls, lastAtMs, reason }) => ({
          caller,
          calls,
          lastAt: wall(lastAtMs),
          reason,
        }));
        assert.deepEqual(told, { kind: 'missed-calls', callers, furtherCalls: content.furtherCalls });
      }
    }),
    { numRuns: 500 },
  );
});
