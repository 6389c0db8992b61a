import { strict as assert } from 'node:assert';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { directionOf } from '../../src/notice/direction.ts';
import { renderNotice } from '../../src/notice/render.ts';
import { renderMail } from '../../src/notice/render-mail.ts';
import { PUSH_BODY_OCTETS_MAX, renderPush } from '../../src/notice/render-push.ts';
import { missedReasons } from '../../src/notice/template-keys.ts';
import { Zones } from '../../src/notice/zones.ts';
import { addressOf } from '../../src/stack/sms/address.ts';
import { decodeSmsDeliver } from '../../src/stack/sms/sms-deliver.ts';
import type { Notice, NoticeContent } from '../../src/types/model/notice.ts';
import { english, englishSource, noticeOf, templatesOf } from '../support/notices.ts';

const sender = addressOf('Missed call');
assert(sender.ok);
const options = { originatingAddress: sender.value, zones: new Zones() };
const sms = (notice: Notice, templates = [english]) => renderNotice(notice, templates, options);
const attemptedAtMs = Date.UTC(2026, 10, 21, 13, 5);
const line = (caller: string, calls = 1) =>
  ({ caller, calls, lastAtMs: attemptedAtMs, reason: 'busy' }) as const;
const missed = (...callers: ReturnType<typeof line>[]): NoticeContent => ({
  kind: 'missed-calls',
  callers,
  furtherCalls: 0,
});
const away = (change: Partial<Extract<NoticeContent, { kind: 'callee-away' }>> = {}): NoticeContent => ({
  kind: 'callee-away',
  subscriber: '491701234567',
  attemptedAtMs,
  reason: 'busy',
  ownMessage: '',
  ...change,
});

describe('what is said beside missed calls and returns', () => {
  test('N9 a teaser says that there are calls, and how the list is had', () => {
    assert.equal(
      sms(noticeOf({ kind: 'teaser', calls: 3, callers: 2 })).text,
      'You missed 3 calls. Reply D to learn who called.',
    );
    assert.match(sms(noticeOf({ kind: 'teaser', calls: 1, callers: 1 })).text, /^You missed a call\./);
  });

  test('S5 a welcome says what is open, and the way out', () => {
    const texts = [
      [true, false],
      [false, true],
      [true, true],
    ].map(
      ([missedCalls, notifyMe]) =>
        sms(noticeOf({ kind: 'welcome', missedCalls: missedCalls!, notifyMe: notifyMe! })).text,
    );
    assert.equal(new Set(texts).size, 3);
    for (const text of texts) assert.match(text, /^Welcome! .* STOP\.$/);
  });

  test('K4 the caller is told why the call failed, K6 and what the called person has to say', () => {
    assert.equal(sms(noticeOf(away())).text, '+491701234567 was on another call when you called at 14:05.');
    assert.equal(new Set(missedReasons.map((reason) => sms(noticeOf(away({ reason }))).text)).size, 5);
    const own = "Back on Monday. {time} '{'";
    assert.equal(
      sms(noticeOf(away({ ownMessage: own }))).text,
      `+491701234567 was on another call when you called at 14:05.\nMessage: ${own}`,
      'a message of a subscriber is no template',
    );
  });
});

describe('the short message', () => {
  const originOf = (notice: Notice) => {
    const { parts, fallbacks } = sms(notice);
    const read = decodeSmsDeliver(parts[0]!);
    assert(read.ok);
    return { origin: read.value.originatingAddress, fallbacks };
  };

  test('N4 3GPP TS 23.040 §9.1.2.5 it comes from the caller’s number where the notice names one', () => {
    const { origin, fallbacks } = originOf(
      noticeOf(missed(line('491701234567')), { originator: '491701234567' }),
    );
    assert.deepEqual(origin, { kind: 'number', typeOfNumber: 1, numberingPlan: 1, digits: '491701234567' });
    assert.deepEqual(fallbacks, []);
  });

  test('N4 else, and where no address can hold it, from the operator’s', () => {
    assert.deepEqual(originOf(noticeOf(missed(line('491701234567')))), {
      origin: sender.value,
      fallbacks: [],
    });
    for (const originator of ['', '+49170', 'Anna', '1'.repeat(21)])
      assert.deepEqual(originOf(noticeOf(missed(line('4917012')), { originator })), {
        origin: sender.value,
        fallbacks: ['originator'],
      });
  });

  test('N10 transliterated where the file says so, and only where that makes it GSM 7 bit', () => {
    const polish = templatesOf(
      englishSource
        .replace('[version 1]', '[version 1]\ntransliterate = on')
        .replace('Message: {message}', 'Wiadomość: {message}')
        .replace('language = en', 'language = pl'),
    );
    const text = (ownMessage: string) =>
      sms(noticeOf(away({ ownMessage }), { language: 'pl' }), [polish]).text;
    assert.match(text('Będę później'), /\nWiadomosc: Bede pozniej$/);
    assert.match(text('Będę 😀'), /\nWiadomość: Będę 😀$/);
    const mail = renderMail(noticeOf(away({ ownMessage: 'Będę' }), { language: 'pl' }), [polish], options);
    assert.match(mail.text, /\nWiadomość: Będę\n$/, 'a mail has room for every letter');
  });

  test('N10 a brand that has no texts is said', () => {
    assert.deepEqual(sms(noticeOf(away(), { brand: 'Lune' })).fallbacks, ['brand']);
  });
});

describe('N6 the e-mail', () => {
  test('has the lines of the short message as text and as HTML', () => {
    const content = missed(line('491701234567'), line('33612345678', 2));
    const { subject, text, html, language } = renderMail(noticeOf(content), [english], options);
    assert.equal(subject, '3 missed calls');
    assert.equal(text, `${sms(noticeOf(content)).text}\n`);
    assert.equal(language, 'en');
    assert.equal(
      html,
      '<!doctype html>\n<html lang="en" dir="ltr">\n<head><meta charset="utf-8"><title>3 missed calls</title></head>\n' +
        '<body>\n<p>You missed 3 calls while you were on another call:</p>\n<ul>\n' +
        '<li>+491701234567 at 14:05</li>\n<li>+33612345678 2 calls, the last at 14:05</li>\n</ul>\n</body>\n</html>\n',
    );
  });

  test('a subject for everything that may be said', () => {
    const returned = (subscriber: string) => ({ subscriber, attemptedAtMs, returnedAtMs: attemptedAtMs });
    const subjects = (
      [
        missed(line('491701234567')),
        missed(),
        { kind: 'returns', returned: [returned('491701234567')] },
        { kind: 'returns', returned: [returned('491701234567'), returned('33612345678')] },
        { kind: 'teaser', calls: 1, callers: 1 },
        { kind: 'welcome', missedCalls: true, notifyMe: true },
        away(),
        { kind: 'text', text: 'Your list is empty.' },
      ] as const
    ).map((content) => renderMail(noticeOf(content), [english], options).subject);
    assert.deepEqual(subjects, [
      'Missed call from +491701234567',
      '0 missed calls',
      '+491701234567 can be reached again',
      '2 people can be reached again',
      'Missed call',
      'Welcome to missed-call notices',
      'Your call to +491701234567',
      'From your missed-call service',
    ]);
  });

  test('nothing that a subscriber wrote becomes HTML or a header', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({
            unit: fc.constantFrom('<', '>', '&', '"', "'", '\r', '\n', '\0', 'a', '<script>', '\u2028'),
          }),
          fc.string({ unit: 'binary' }),
        ),
        (ownMessage) => {
          const { subject, html } = renderMail(noticeOf(away({ ownMessage })), [english], options);
          assert.doesNotMatch(subject, /[\p{Cc}\u2028\u2029]/u);
          const shown = /<li>([\s\S]*)<\/li>/.exec(html)?.[1] ?? '';
          assert.doesNotMatch(shown.replaceAll('<br>\n', ''), /[<>"']|&(?!amp;|lt;|gt;|quot;|#39;)|\p{Cc}/u);
        },
      ),
    );
  });

  test('is written in the direction of its language', () => {
    const arabic = templatesOf(englishSource.replace('language = en', 'language = ar'));
    assert.match(renderMail(noticeOf(away()), [arabic], options).html, /<html lang="ar" dir="rtl">/);
    const directions = ['ar-EG', 'he', 'fa', 'ur', 'ku-Arab', 'ku-Latn', 'ar-Latn', 'de', 'EN'].map(
      directionOf,
    );
    assert.deepEqual(directions, ['rtl', 'rtl', 'rtl', 'rtl', 'rtl', 'ltr', 'ltr', 'ltr', 'ltr']);
  });
});

describe('N8 the web push message', () => {
  const push = (content: NoticeContent) => renderPush(noticeOf(content), [english], options);

  test('has a title and a body', () => {
    assert.deepEqual(push(missed(line('491701234567'))), {
      title: 'Missed call from +491701234567',
      body: 'You missed a call from +491701234567 at 14:05. You were on another call.',
      language: 'en',
      direction: 'ltr',
      fallbacks: [],
    });
  });

  test('RFC 8030 §7.2 a body that is too long loses lines, and then its end', () => {
    const many = push(missed(...Array.from({ length: 100 }, (_, index) => line(`4917012345${index + 10}`))));
    assert(Buffer.byteLength(many.body) <= PUSH_BODY_OCTETS_MAX);
    assert.deepEqual(many.fallbacks, ['too-long']);
    assert.match(many.body, /^You missed 100 calls:\n[\s\S]*\nand 75 more calls$/);
    const long = push({ kind: 'text', text: `a${'😀'.repeat(1000)}` });
    assert.equal(Buffer.byteLength(long.body), 1 + 4 * 511 + 3);
    assert.match(long.body, /^a😀{511}…$/u);
  });
});
