import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { readDeliveryStatus } from '../../../src/adapters/mail/delivery-status.ts';
import { readContentType, readFields } from '../../../src/adapters/mail/header-fields.ts';
import { SeededRandom } from '../../../src/types/random.ts';
import { damage } from '../../support/damage.ts';

const report = `Return-Path: <>
From: MAILER-DAEMON@relay.example (Mail Delivery System)
To: bounces@operator.example
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="A/1.relay\\"x"

This is a MIME-encapsulated message.

--A/1.relay"x
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry.

--A/1.relay"x
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example
Original-Envelope-Id: 12.345.0
Arrival-Date: Fri,  2 Jan 2026 03:04:05 +0000 (UTC)

Final-Recipient: rfc822; b.new@elsewhere.example
Original-Recipient: rfc822;b@subscriber.example
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.subscriber.example
Diagnostic-Code: smtp; 550 5.1.1 <b@subscriber.example>: no
    such user

Final-Recipient: rfc822; c@subscriber.example
Action: Delayed
Status: 4.4.1 (no answer)

Final-Recipient: rfc822; without@status.example
Action: failed

--A/1.relay"x
Content-Type: text/rfc822-headers

Message-ID: <notice.12.345.0@operator.example>
Subject: 2 missed calls

--A/1.relay"x--
Original-Envelope-Id: 9.9.9
`.replaceAll('\n', '\r\n');

describe('RFC 3464 §2 delivery status notifications', () => {
  test('RFC 3464 §2.1 – §2.3.6 what a report says of the message and of each recipient', () => {
    const read = readDeliveryStatus(Buffer.from(report));
    assert(read.ok);
    assert.deepEqual(read.value, {
      envelopeId: '12.345.0',
      messageId: '<notice.12.345.0@operator.example>',
      recipients: [
        {
          recipient: 'b@subscriber.example',
          action: 'failed',
          status: '5.1.1',
          diagnostic: '550 5.1.1 <b@subscriber.example>: no    such user',
        },
        { recipient: 'c@subscriber.example', action: 'delayed', status: '4.4.1', diagnostic: '' },
      ],
    });
    assert.deepEqual(readDeliveryStatus(Buffer.from(report.replaceAll('\r\n', '\n'))), read);
  });

  test('RFC 2046 §5.1.1 other messages are none', () => {
    for (const [what, other] of [
      ['an answer of a person', 'Subject: Re: 2 missed calls\r\n\r\nWho are you?\r\n'],
      [
        'another report',
        report.replace('report-type=delivery-status', 'report-type=disposition-notification'),
      ],
      ['no boundary', report.replace(/;\r\n\tboundary=.*\r\n/, '\r\n')],
      ['a boundary that is too long', report.replaceAll('A/1.relay', 'x'.repeat(71))],
      ['no recipient', report.replaceAll('Action:', 'Auction:')],
      ['no such part', report.replace('message/delivery-status', 'text/plain')],
      ['nothing', ''],
    ] as const) {
      const read = readDeliveryStatus(Buffer.from(other));
      assert(!read.ok, what);
      assert.equal(read.code, 'mail.not-a-delivery-status');
    }
  });

  test('hostile ones cost no more than others', () => {
    const started = performance.now();
    const header = 'Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n';
    for (const text of [
      `${header}Content-Type: message/delivery-status\r\n\r\n${'Action: failed\r\n\r\n'.repeat(100_000)}`,
      `${header}${'--b\r\n'.repeat(100_000)}`,
      `Content-Type: multipart/report${'; a="\\\\'.repeat(50_000)}`,
      `Content-Type: multipart/report${'; a=b'.repeat(50_000)}`,
      `Content-Type: ${' '.repeat(200_000)};boundary`,
      `X:\r\n${' y'.repeat(100_000)}\r\n${' z\r\n'.repeat(100_000)}`,
      '\0'.repeat(1_000_000),
      ':'.repeat(1_000_000),
    ])
      readDeliveryStatus(Buffer.from(text));
    const tookMs = performance.now() - started;
    assert(tookMs < 5_000, `${Math.round(tookMs)} ms`);
    const many = `${header}Content-Type: message/delivery-status\r\n\r\nA: b\r\n\r\n${'Final-Recipient: rfc822; a@b\r\nAction: failed\r\nStatus: 5.0.0\r\n\r\n'.repeat(1_000)}`;
    const read = readDeliveryStatus(Buffer.from(many));
    assert(read.ok && read.value.recipients.length === 100);
  });

  test('whatever comes is a report or none, and nothing in it is longer than it may be', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const read = readDeliveryStatus(damage(Buffer.from(report), new SeededRandom(seed)));
        if (!read.ok) return;
        const { envelopeId, messageId, recipients } = read.value;
        for (const text of [
          envelopeId,
          messageId,
          ...recipients.flatMap((one) => Object.values(one) as string[]),
        ]) {
          assert(text.length <= 500);
          assert.doesNotMatch(text, /\p{Cc}/u);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

test('RFC 5322 §2.2, RFC 2045 §5.1 header fields, folded, and the parameters of a type', () => {
  const fields = readFields(['A: 1', 'b : 2', ' 3', 'A: 4', 'no field', '\tof it', 'C:', '', 'D: 5']);
  assert.deepEqual(
    [...fields],
    [
      ['a', '1'],
      ['b', '2 3'],
      ['c', ''],
    ],
  );
  const { type, parameters } = readContentType('Text/Plain; Charset=utf-8 ;name="a \\"b\\";c"; x');
  assert.equal(type, 'text/plain');
  assert.deepEqual(
    [...parameters],
    [
      ['charset', 'utf-8'],
      ['name', 'a "b";c'],
    ],
  );
});
