import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { composeMail } from '../../../src/adapters/mail/compose.ts';
import type { MailMessage } from '../../../src/types/model/channel-message.ts';
import { mail } from './mail-plant.ts';

const sender = {
  from: 'missed-calls@operator.example',
  fromName: 'Missed calls',
  domain: 'operator.example',
};
const composed = async (message: MailMessage, to = 'b@subscriber.example'): Promise<string> =>
  (await composeMail(message, to, sender)).toString();
const header = (text: string, name: string): string[] => {
  const [head = ''] = text.split(/\r?\n\r?\n/);
  const unfolded = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  return unfolded
    .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    .map((line) => line.slice(name.length + 1).trim());
};

describe('a notice as a message', () => {
  test('N6 it is the same octets every time, and its Message-ID is that of the notice', async () => {
    const message = mail({ id: '12.345.0' });
    const text = await composed(message);
    assert.equal(await composed(message), text);
    assert.deepEqual(header(text, 'Message-ID'), ['<notice.12.345.0@operator.example>']);
    assert.deepEqual(header(text, 'Date'), ['Fri, 02 Jan 2026 03:04:05 +0000']);
    assert.deepEqual(header(text, 'From'), ['Missed calls <missed-calls@operator.example>']);
    assert.deepEqual(header(text, 'To'), ['b@subscriber.example']);
    assert.deepEqual(header(text, 'Auto-Submitted'), ['auto-generated'], 'RFC 3834 §5');
    assert.deepEqual(header(text, 'X-Mailer'), []);
    assert.match(text, /multipart\/alternative/);
    assert.match(text, /\+49 170 0000002 called you 2 times, last at 03:04\./);
    assert.match(text, /<html lang=(3D)?"en">/);
  });

  test('RFC 5322 §3.6.4 one that goes on with another is a reply to it', async () => {
    const second = await composed(mail({ follows: { first: '12.300.0', last: '12.300.0' } }));
    for (const name of ['In-Reply-To', 'References'])
      assert.deepEqual(header(second, name), ['<notice.12.300.0@operator.example>']);
    const later = await composed(mail({ follows: { first: '12.300.0', last: '12.320.1' } }));
    assert.deepEqual(header(later, 'In-Reply-To'), ['<notice.12.320.1@operator.example>']);
    assert.deepEqual(header(later, 'References'), [
      '<notice.12.300.0@operator.example> <notice.12.320.1@operator.example>',
    ]);
    assert.deepEqual(header(await composed(mail()), 'References'), []);
  });

  test('RFC 2369 §3.2, RFC 8058 §3.1 the way out, with one click where there is an address for it', async () => {
    const oneClick = 'https://care.operator.example/out?t=abc';
    const both = await composed(mail({ unsubscribe: { oneClick, mailto: 'out@operator.example' } }));
    assert.deepEqual(header(both, 'List-Unsubscribe'), [`<${oneClick}>, <mailto:out@operator.example>`]);
    assert.deepEqual(header(both, 'List-Unsubscribe-Post'), ['List-Unsubscribe=One-Click']);
    const byMail = await composed(mail({ unsubscribe: { mailto: 'out@operator.example' } }));
    assert.deepEqual(header(byMail, 'List-Unsubscribe'), ['<mailto:out@operator.example>']);
    assert.deepEqual(header(byMail, 'List-Unsubscribe-Post'), []);
    for (const hostile of [
      'https://x.example/>\r\nBcc: c@d.example',
      'http://x.example/',
      'javascript:alert(1)',
      'https://x.example/<y>',
    ])
      assert.deepEqual(
        header(await composed(mail({ unsubscribe: { oneClick: hostile } })), 'List-Unsubscribe'),
        [],
      );
  });

  test('a digest has a section for each heading, and what is written stands in it as text', async () => {
    const text = await composed(
      mail({
        subject: 'Überblick',
        sections: [
          { heading: 'Monday', lines: ['a & b', '<script>alert("1")</script>'] },
          { heading: 'Tuesday', lines: ['c'] },
        ],
      }),
    );
    assert.match(text, /Monday\r?\na & b\r?\n<script>alert\("1"\)<\/script>\r?\n\r?\nTuesday\r?\nc/);
    assert.match(text.replace(/=\r\n/g, ''), /&lt;script&gt;alert\(&quot;1&quot;\)&lt;\/script&gt;/);
    assert.match(header(text, 'Subject')[0] ?? '', /^=\?UTF-8\?/);
  });

  test('nothing that is written becomes a header, a part or the end of the message', async () => {
    const hostile = fc.array(
      fc.constantFrom(
        '\r',
        '\n',
        '\r\n',
        '\0',
        '\u2028',
        '\u0085',
        ':',
        '<',
        '>',
        '.',
        '--',
        'Bcc: x@y.example',
        'a',
        'ü',
        '電',
        ' ',
        '"',
        ',',
        '\ud800',
      ),
      { maxLength: 20 },
    );
    const words = hostile.map((pieces) => pieces.join(''));
    await fc.assert(
      fc.asyncProperty(words, words, words, async (subject, heading, line) => {
        const text = await composed(
          mail({ subject, sections: [{ heading, lines: [line] }], closing: [line] }),
        );
        for (const name of ['Bcc', 'Cc', 'Sender']) assert.deepEqual(header(text, name), []);
        assert.deepEqual(header(text, 'To'), ['b@subscriber.example']);
        assert(header(text, 'Subject').length <= 1);
        assert.equal((text.match(/^Content-Type: text\//gim) ?? []).length, 2);
        for (const one of text.split('\n')) assert(one.length <= 998, 'RFC 5322 §2.1.1');
      }),
      { numRuns: 200 },
    );
  });
});
