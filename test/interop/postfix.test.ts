/** Debian's Postfix, which others wrote, as the relay that e-mail goes to, and as the one whose reports come back. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readDeliveryStatus } from '../../src/adapters/mail/delivery-status.ts';
import { mail, mailPlant } from '../adapters/mail/mail-plant.ts';
import { noOpenssl } from '../support/certificate.ts';
import { noPostfix, type Postfix, startPostfix } from '../support/postfix.ts';
import { ScriptedRelay } from '../support/scripted-relay.ts';
import { temporaryFile } from '../support/temporary-folder.ts';

const skip = noPostfix || noOpenssl;

async function inMailbox(relay: Postfix, local: string, count = 1): Promise<readonly string[]> {
  for (let tries = 0; tries < 400; tries++) {
    const messages = relay.mailbox(local);
    if (messages.length >= count) return messages;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`no ${count} messages for ${local}`);
}

describe('Postfix', { skip, timeout: 120_000 }, () => {
  test('N6 a notice arrives by STARTTLS with a login, and what follows it is in its thread', async (t) => {
    const login = { user: 'callwake', password: 'correct horse' };
    const relay = await startPostfix(t, { login });
    const settings = { security: 'starttls', caFile: temporaryFile(t, relay.ca), user: login.user } as const;
    const plant = mailPlant(t, relay.port, {
      ...settings,
      password: `file:${temporaryFile(t, login.password)}`,
    });
    const first = mail({
      subject: 'Überblick 電話',
      sections: [{ heading: '', lines: ['.', '..', 'שלום +49 170 0000002', 'x'.repeat(2_000)] }],
      unsubscribe: { oneClick: 'https://care.operator.example/out?t=abc' },
    });
    assert.match(await plant.result(first), /^accepted: queued as [\w-]+$/);
    assert.match(await plant.result(mail({ follows: { first: first.id, last: first.id } })), /^accepted/);
    const messages = await inMailbox(relay, 'b', 2);
    const message = messages.find((one) => one.includes(`Message-ID: <notice.${first.id}@operator.example>`));
    assert(message !== undefined);
    assert.match(message, /^Return-Path: <bounces@operator\.example>$/m);
    assert.match(message, /^Auto-Submitted: auto-generated$/m);
    assert.match(message, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
    assert.match(message, /ESMTPSA/, 'encrypted, and logged in');
    assert(messages.some((one) => one.includes(`In-Reply-To: <notice.${first.id}@operator.example>`)));

    const wrong = mailPlant(t, relay.port, { ...settings, password: `file:${temporaryFile(t, 'wrong')}` });
    assert.equal(await wrong.result(mail()), 'temporary: failing: 535 5.7.8');
    const distrusting = mailPlant(t, relay.port, { security: 'starttls' });
    assert.match(
      await distrusting.result(mail()),
      /^temporary: unreachable: (ETLS|ESOCKET|DEPTH_ZERO_SELF_SIGNED_CERT)$/,
    );
    const open = mailPlant(t, relay.port, { security: 'none' });
    assert.equal(await open.result(mail()), 'temporary: failing: 530 5.7.0', 'it wants STARTTLS');
    assert.equal(relay.mailbox('b').length, 2);
  });

  test('RFC 3464 §2, RFC 3461 §4.4 the report of a message that came to nothing names the notice and the address', async (t) => {
    const next = await ScriptedRelay.listen(t, (stage) =>
      stage === 'RCPT' ? '550 5.1.1 no such user\r\n' : undefined,
    );
    const relay = await startPostfix(t, { settings: { default_transport: `smtp:[127.0.0.1]:${next.port}` } });
    const plant = mailPlant(t, relay.port, { security: 'starttls', caFile: temporaryFile(t, relay.ca) });
    const one = mail({ to: 'c@elsewhere.example' });
    assert.match(await plant.result(one), /^accepted/, 'the relay has taken it');
    const [report] = await inMailbox(relay, 'bounces');
    const read = readDeliveryStatus(Buffer.from(report!));
    assert(read.ok);
    assert.equal(read.value.envelopeId, one.id);
    assert.equal(read.value.messageId, `<notice.${one.id}@operator.example>`);
    assert.deepEqual(
      read.value.recipients.map(({ recipient, action, status }) => [recipient, action, status]),
      [['c@elsewhere.example', 'failed', '5.1.1']],
    );
    assert.equal(await plant.result(mail({ to: 'nobody@subscriber.example' })), 'permanent, gone: 550 5.1.1');
  });

  test('a relay that limits us is a relay that throttles, and all arrives in the end', async (t) => {
    const relay = await startPostfix(t, {
      settings: { smtpd_client_message_rate_limit: '3', anvil_rate_time_unit: '1s' },
    });
    const changed = { security: 'starttls', caFile: temporaryFile(t, relay.ca), triesMax: 20 } as const;
    const plant = mailPlant(t, relay.port, changed);
    const results = await Promise.all(Array.from({ length: 8 }, () => plant.result(mail())));
    for (const result of results) assert.match(result, /^accepted/);
    assert((plant.channel.statuses[0]?.faults.throttled ?? 0) > 0);
    assert.equal((await inMailbox(relay, 'b', 8)).length, 8);
  });

  test('RFC 6531 §3.2 an address with other letters goes where the relay takes it', async (t) => {
    const settings = {
      virtual_mailbox_maps: 'inline:{ 用户@subscriber.example=u/ }',
      smtputf8_enable: 'yes',
    };
    const relay = await startPostfix(t, { settings });
    const tls = { security: 'starttls', caFile: temporaryFile(t, relay.ca) } as const;
    const one = mail({ to: '用户@subscriber.example' });
    assert.match(
      await mailPlant(t, relay.port, tls).result(one),
      /^permanent: the relay takes no such address/,
    );
    assert.match(await mailPlant(t, relay.port, { ...tls, smtpUtf8: true }).result(one), /^accepted/);
    const [message] = await inMailbox(relay, 'u');
    assert.match(message!, /^To: 用户@subscriber\.example$/m);
  });
});
