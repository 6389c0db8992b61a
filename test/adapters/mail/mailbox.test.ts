import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { composeMail } from '../../../src/adapters/mail/compose.ts';
import { Mailbox } from '../../../src/adapters/mail/mailbox.ts';
import { readMail } from '../../../src/adapters/mail/received-mail.ts';
import { mail, mailPlant } from './mail-plant.ts';

async function mailboxFor(t: TestContext): Promise<{ mailbox: Mailbox; port: number }> {
  const mailbox = new Mailbox(() => 1_000);
  const port = await mailbox.listen();
  t.after(() => mailbox.close());
  return { mailbox, port };
}

test('RFC 2047 §2 what the channel sends by e-mail stands in the mailbox, in any script', async (t) => {
  const { mailbox, port } = await mailboxFor(t);
  const plant = mailPlant(t, port);
  const line = '.مكالمة فائتة من +491700000002 — '.repeat(8).trim();
  const subject = 'Пропущенный звонок от +491700000002, и ещё один';
  await plant.send(mail({ subject, sections: [{ heading: '', lines: [line] }], closing: [] }));
  const [kept] = mailbox.to('B@subscriber.example');
  assert.equal(kept?.subject, subject);
  assert.equal(kept.text, line);
  assert.equal(kept.from, 'Missed calls <missed-calls@operator.example>');
  assert.deepEqual(mailbox.to('c@subscriber.example'), []);
});

test('RFC 5321 §4.5.2 a mailbox keeps the last fifty, and lets go of who sends lines without end', async (t) => {
  const { mailbox, port } = await mailboxFor(t);
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('latin1');
  let said = '';
  socket.on('data', (chunk: string) => {
    said += chunk;
  });
  const one = (at: number) =>
    `MAIL FROM:<>\r\nRCPT TO:<b@x.example>\r\nDATA\r\nSubject: ${at}\r\n\r\n..dot\r\n.\r\n`;
  socket.write(`EHLO x\r\nDATA\r\nWHAT\r\nRCPT TO:<b@x.example>\r\n`);
  for (let at = 0; at < 60; at++) socket.write(one(at));
  socket.write('x'.repeat(10_000));
  await new Promise((resolve) => socket.once('close', resolve));
  const kept = mailbox.to('b@x.example');
  assert.equal(kept.length, 50);
  assert.equal(kept[0]?.subject, '59');
  assert.equal(kept[0].text, '.dot');
  assert.match(said, /^220 .*\r\n250-[\s\S]*\r\n503 .*\r\n502 .*\r\n503 /);
  assert.match(said, /500 line too long\r\n$/);
});

test('a message that is damaged, or anything at all, is read as far as it goes', async () => {
  const whole = await composeMail(mail(), 'b@x.example', {
    from: 'a@x.example',
    fromName: 'Ä',
    domain: 'x.example',
  });
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 400 }),
        fc.tuple(fc.nat(whole.length - 1), fc.nat(255)).map(([at, octet]) => {
          const damaged = Uint8Array.from(whole);
          damaged[at] = octet;
          return damaged;
        }),
      ),
      (octets) => {
        const { from, subject, text } = readMail(Buffer.from(octets));
        assert.deepEqual([typeof from, typeof subject, typeof text], ['string', 'string', 'string']);
      },
    ),
  );
});
