/** The engine in its threads: missed calls that are told by e-mail, webhook and web push, and what a failed channel leads to. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { machineClock } from '../../src/adapters/clock.ts';
import { loadSelfCareTexts } from '../../src/adapters/selfcare/text-files.ts';
import { startUnsubscribeServer } from '../../src/adapters/unsubscribe/unsubscribe-server.ts';
import { unsubscribeTokens } from '../../src/adapters/unsubscribe/way-out.ts';
import { newVapidKeys } from '../../src/adapters/web-push/vapid.ts';
import type { ConnectorStatus } from '../../src/connector/status.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { silentLog } from '../../src/types/log.ts';
import { Browser } from '../adapters/web-push/push-plant.ts';
import { selfSigned } from '../support/certificate.ts';
import { freePort } from '../support/free-port.ts';
import { httpReceiver, status } from '../support/http-receiver.ts';
import { ScriptedRelay } from '../support/scripted-relay.ts';
import { temporaryFile } from '../support/temporary-folder.ts';
import { eMailTo, isTold, plantWith, texts } from './channels-plant.ts';
import { until } from './engine-plant.ts';

test('N6 a missed call is told by e-mail, once, and by no short message', async (t) => {
  const relay = await ScriptedRelay.listen(t);
  const { order, miss, a, b, actorIs } = await plantWith(t, eMailTo(relay.port));
  await order({ channels: ['e-mail', 'sms'], eMail: 'b@subscriber.example' });
  miss();
  await until(() => relay.messages.length === 1, 'the e-mail');
  assert.match(relay.messages[0]!, new RegExp(`\\+${a.number}`));
  assert.match(relay.messages[0]!, /^Message-ID: </m);
  await until(
    () => relay.commands.some((command) => /^RCPT TO:<b@subscriber.example>/.test(command)),
    'RCPT',
  );
  await actorIs(isTold);
  assert.deepEqual(texts(b), []);
  assert.equal(relay.messages.length, 1);
});

test('N6 an e-mail address that the relay refuses: the short message tells it', async (t) => {
  const relay = await ScriptedRelay.listen(t, (stage) =>
    stage === 'RCPT'
      ? '550 5.1.1 no such mailbox\r\n'
      : stage === 'DATA'
        ? '554 5.5.1 no valid recipients\r\n'
        : undefined,
  );
  const { order, miss, a, b } = await plantWith(t, eMailTo(relay.port));
  await order({ channels: ['e-mail', 'sms'], eMail: 'b@subscriber.example' });
  miss();
  await until(() => texts(b).length === 1, 'the short message');
  assert.match(texts(b)[0]!, new RegExp(`\\+${a.number}`));
  assert.equal(relay.messages.length, 0);
});

test('N6 away from the network: the e-mail tells it, and the return does not tell it again', async (t) => {
  const relay = await ScriptedRelay.listen(t);
  const { simulation, order, miss, b, actorIs } = await plantWith(t, eMailTo(relay.port));
  await order({ channels: ['sms', 'e-mail'], eMail: 'b@subscriber.example' });
  simulation.network.msc.leave(b, 'detached');
  miss();
  await until(() => relay.messages.length === 1, 'the e-mail');
  await actorIs(isTold);
  simulation.network.msc.comeBack(b);
  await actorIs(({ reachableAtMs }) => reachableAtMs > 0);
  assert.deepEqual(texts(b), []);
});

test('N6 RFC 8058 one click on the way out of an e-mail: the next call is told by short message', async (t) => {
  const relay = await ScriptedRelay.listen(t);
  const unsubscribe = {
    url: 'https://care.operator.example/out',
    mailto: 'out@operator.example',
    secrets: [`file:${temporaryFile(t, 'a secret of thirty-two characters')}`],
  };
  const { order, miss, a, b, actorIs, engine } = await plantWith(t, (standard) => {
    const { eMail } = eMailTo(relay.port)(standard);
    return { eMail: { ...eMail, unsubscribe: { ...eMail.unsubscribe, ...unsubscribe } } };
  });
  const tokens = unsubscribeTokens({ host: '', port: 0, requestsPerSecond: 1, ...unsubscribe });
  assert.ok(tokens !== undefined);
  const server = await startUnsubscribeServer(
    { host: '127.0.0.1', port: 0, requestsPerSecond: 20 },
    {
      tokens,
      subscribers: () => engine.eMailSubscribers,
      texts: loadSelfCareTexts([]).texts,
      defaultLanguage: 'en',
      clock: machineClock,
      counters: new CountersMap(),
      log: silentLog,
    },
  );
  t.after(() => server.close());
  await order({ channels: ['e-mail'], eMail: 'b@subscriber.example' });
  miss();
  await until(() => relay.messages.length === 1, 'the e-mail');
  const head = relay.messages[0]!.replace(/\r?\n[ \t]+/g, ' ');
  const [, token = '', again = ''] =
    /^List-Unsubscribe: <https:\/\/care\.operator\.example\/out\/([\w-]{43})>, <mailto:out@operator\.example\?subject=([\w-]{43})>\r?$/m.exec(
      head,
    ) ?? [];
  assert.equal(again, token);
  assert.match(head, /^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r?$/m);
  await actorIs(isTold);
  const click = () =>
    fetch(`http://127.0.0.1:${server.port}/out/${token}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    });
  assert.equal((await click()).status, 200);
  await actorIs(({ profile }) => profile?.preferences?.channels?.join() === 'sms');
  miss();
  await until(() => texts(b).length === 1, 'the short message');
  assert.match(texts(b)[0]!, new RegExp(`\\+${a.number}`));
  assert.equal(relay.messages.length, 1);
  assert.equal((await click()).status, 200, 'again it does no harm');
});

test('N6 a relay that cannot be reached is in what the notifier thread reports', async (t) => {
  const { order, miss, connectors } = await plantWith(t, eMailTo(await freePort()));
  await order({ channels: ['e-mail'], eMail: 'b@subscriber.example' });
  miss();
  const seen = (): ConnectorStatus | undefined =>
    connectors().find(
      ({ name, waiting, faults }) => name === 'e-mail' && waiting === 1 && faults.unreachable > 0,
    );
  let found: ConnectorStatus | undefined;
  await until(() => {
    found ??= seen();
    return found !== undefined;
  }, 'the fault');
  assert.match(found?.lastFault ?? '', /^unreachable: /);
});

test('N8 a missed call reaches the operator’s webhook as a signed event', async (t) => {
  const receiver = await httpReceiver(t);
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const { order, miss, a, b } = await plantWith(t, ({ webhook }) => ({
    webhook: {
      ...webhook,
      enabled: true,
      url: `http://127.0.0.1:${receiver.port}/events`,
      secrets: [`file:${temporaryFile(t, secret)}`],
      allowPrivateAddresses: true,
    },
  }));
  await order({ channels: ['webhook'] });
  miss();
  await until(() => receiver.received.length === 1, 'the event');
  const [{ headers, body }] = receiver.received as [(typeof receiver.received)[0]];
  const event = JSON.parse(body.toString()) as {
    type: string;
    subject: string;
    data: { callers: { caller: string }[] };
  };
  assert.equal(event.type, 'callwake.notice.missed-calls');
  assert.match(event.subject, new RegExp(b.number));
  assert.equal(event.data.callers[0]?.caller, a.number);
  assert.match(String(headers['webhook-signature']), /^v1,/);
  assert.deepEqual(texts(b), []);
});

test('N8 web push: what a browser is sent, and an endpoint that is gone leaves the profile and the short message tells', async (t) => {
  const tls = selfSigned();
  const service = await httpReceiver(t, tls);
  service.answer = status(201);
  const { publicKey, privateKey } = newVapidKeys();
  const { order, miss, b, actorIs } = await plantWith(t, ({ webPush }) => ({
    webPush: {
      ...webPush,
      enabled: true,
      subject: 'mailto:operations@operator.example',
      publicKey,
      privateKey: `file:${temporaryFile(t, privateKey)}`,
      caFile: temporaryFile(t, tls.cert),
      allowedHosts: ['localhost'],
      allowPrivateAddresses: true,
    },
  }));
  const { p256dh, auth } = new Browser();
  const endpoint = `https://localhost:${service.port}/push/abc`;
  await order({ channels: ['web-push', 'sms'], webPush: [{ endpoint, p256dh, auth }] });
  miss();
  await until(() => service.received.length === 1, 'the push message');
  await actorIs(isTold);
  assert.deepEqual(texts(b), []);
  service.answer = status(410);
  miss();
  await until(() => texts(b).length === 1, 'the short message');
  await actorIs(({ profile }) => profile !== undefined && profile.preferences?.webPush === undefined);
});
