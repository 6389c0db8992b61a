/** The engine in its threads, with parties that nobody here wrote: Debian's Postfix as the relay, and a webhook behind a private authority. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { noOpenssl, privateAuthority, selfSigned } from '../support/certificate.ts';
import { httpReceiver } from '../support/http-receiver.ts';
import { noPostfix, startPostfix } from '../support/postfix.ts';
import { temporaryFile } from '../support/temporary-folder.ts';
import { eMailTo, isTold, plantWith, texts } from './channels-plant.ts';
import { until } from './engine-plant.ts';

test('N6 missed calls arrive over Postfix, by STARTTLS with a login, as one thread with a way out', {
  skip: noPostfix || noOpenssl,
  timeout: 120_000,
}, async (t) => {
  const login = { user: 'callwake', password: 'correct horse' };
  const relay = await startPostfix(t, { login });
  const { order, miss, a, b, actorIs } = await plantWith(t, (standard) => {
    const { eMail } = eMailTo(relay.port)(standard);
    const unsubscribe = {
      ...eMail.unsubscribe,
      url: 'https://care.operator.example/out',
      secrets: [`file:${temporaryFile(t, 'a secret of thirty-two characters')}`],
    };
    return {
      eMail: {
        ...eMail,
        security: 'starttls' as const,
        caFile: temporaryFile(t, relay.ca),
        user: login.user,
        password: `file:${temporaryFile(t, login.password)}`,
        envelopeSender: 'bounces@operator.example',
        unsubscribe,
      },
    };
  });
  await order({ channels: ['e-mail', 'sms'], eMail: 'b@subscriber.example' });
  for (const count of [1, 2]) {
    miss();
    await until(() => relay.mailbox('b').length === count, `message ${count}`);
    await actorIs(isTold);
  }
  const messages = relay.mailbox('b').map((text) => text.replace(/\r?\n[ \t]+/g, ' '));
  const field = (text: string, name: string): string =>
    new RegExp(`^${name}: (.*)$`, 'm').exec(text)?.[1] ?? '';
  const first = messages.find((text) => field(text, 'In-Reply-To') === '');
  const second = messages.find((text) => text !== first);
  assert.ok(first !== undefined && second !== undefined);
  for (const message of [first, second]) {
    assert.match(message, new RegExp(`\\+${a.number}`));
    assert.match(message, /^Return-Path: <bounces@operator\.example>$/m);
    assert.match(message, /ESMTPSA/, 'encrypted, and logged in');
    assert.match(field(message, 'List-Unsubscribe'), /^<https:\/\/care\.operator\.example\/out\/[\w-]{43}>$/);
    assert.equal(field(message, 'List-Unsubscribe-Post'), 'List-Unsubscribe=One-Click');
  }
  assert.equal(field(second, 'In-Reply-To'), field(first, 'Message-ID'));
  assert.equal(field(second, 'References'), field(first, 'Message-ID'));
  assert.deepEqual(texts(b), []);
});

test('N6 an address that Postfix does not have: the short message tells', {
  skip: noPostfix || noOpenssl,
  timeout: 120_000,
}, async (t) => {
  const relay = await startPostfix(t);
  const { order, miss, a, b } = await plantWith(t, (standard) => {
    const { eMail } = eMailTo(relay.port)(standard);
    return { eMail: { ...eMail, security: 'starttls' as const, caFile: temporaryFile(t, relay.ca) } };
  });
  await order({ channels: ['e-mail', 'sms'], eMail: 'nobody@subscriber.example' });
  miss();
  await until(() => texts(b).length === 1, 'the short message');
  assert.match(texts(b)[0]!, new RegExp(`\\+${a.number}`));
});

test('N8 a missed call reaches a webhook over HTTPS whose certificate a private authority has signed, and no other', {
  skip: noOpenssl,
  timeout: 120_000,
}, async (t) => {
  const { ca, cert, key } = privateAuthority();
  const receiver = await httpReceiver(t, { cert, key });
  const secret = Buffer.alloc(32, 7);
  const plantTrusting = (authority: string, triesMax: number) =>
    plantWith(t, ({ webhook }) => ({
      webhook: {
        ...webhook,
        enabled: true,
        url: `https://localhost:${receiver.port}/events`,
        secrets: [`file:${temporaryFile(t, `whsec_${secret.toString('base64')}`)}`],
        caFile: temporaryFile(t, authority),
        allowPrivateAddresses: true,
        triesMax,
      },
    }));
  const { order, miss, a, b, actorIs } = await plantTrusting(ca, 8);
  await order({ channels: ['webhook', 'sms'] });
  miss();
  await until(() => receiver.received.length === 1, 'the event');
  const [{ headers, body }] = receiver.received as [(typeof receiver.received)[0]];
  const event = JSON.parse(body.toString()) as { data: { callers: { caller: string }[] } };
  assert.equal(event.data.callers[0]?.caller, a.number);
  const signed = createHmac('sha256', secret)
    .update(`${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.`)
    .update(body)
    .digest('base64');
  assert.equal(headers['webhook-signature'], `v1,${signed}`);
  await actorIs(isTold);
  assert.deepEqual(texts(b), []);
  const distrusting = await plantTrusting(selfSigned().cert, 1);
  await distrusting.order({ channels: ['webhook', 'sms'] });
  distrusting.miss();
  await until(() => texts(distrusting.b).length === 1, 'the short message');
  assert.equal(receiver.received.length, 1, 'nothing is handed to whom we do not trust');
});
