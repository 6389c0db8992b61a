/**
 * Kannel, a gateway that others wrote, as a client of the message centre: binds, sends, takes receipts and messages of phones. The
 * centre is what the engine's own client is tested with.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { test } from 'node:test';
import { shortMessageText } from '../../src/stack/smpp/short-message.ts';
import { freePort } from '../support/free-port.ts';
import { SmppSockets } from '../support/smpp-sockets.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const BEARERBOX = '/usr/sbin/bearerbox';
const SMSBOX = '/usr/sbin/smsbox';
const missing = existsSync(BEARERBOX) && existsSync(SMSBOX) ? false : 'kannel is not installed';
const B = '491710000002';

async function until<T>(look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('Kannel binds as a transceiver, its message reaches the phone, it has the receipt, and a phone reaches it', {
  skip: missing,
  timeout: 60_000,
}, async (t) => {
  const plant = new SmppSockets();
  const folder = temporaryFolder();
  const children: ChildProcess[] = [];
  t.after(async () => {
    for (const child of children) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await ended;
      }
    }
    await plant.end();
    rmSync(folder, { recursive: true, force: true });
  });
  const { port } = await plant.listen();
  const [admin, box, http] = [await freePort(), await freePort(), await freePort()];
  const told: string[] = [];
  const listener = createServer((request, response) => {
    told.push(decodeURIComponent(request.url ?? ''));
    response.end('Thank you');
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  t.after(() => listener.close());
  const { port: web } = listener.address() as AddressInfo;
  const configuration = path.join(folder, 'kannel.conf');
  writeFileSync(
    configuration,
    `group = core
admin-port = ${admin}
admin-interface = 127.0.0.1
admin-password = secret
smsbox-port = ${box}
smsbox-interface = 127.0.0.1
box-allow-ip = 127.0.0.1
log-file = ${folder}/bearerbox.log
log-level = 0
dlr-storage = internal

group = smsc
smsc = smpp
smsc-id = callwake
host = 127.0.0.1
port = ${port}
transceiver-mode = true
interface-version = 34
smsc-username = callwake
smsc-password = secret
system-type = ""
source-addr-ton = 5
source-addr-npi = 0

group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = ${box}
sendsms-interface = 127.0.0.1
sendsms-port = ${http}
global-sender = 2020
log-file = ${folder}/smsbox.log
log-level = 0

group = sendsms-user
username = care
max-messages = 10
concatenation = true
password = secret

group = sms-service
keyword = default
get-url = http://127.0.0.1:${web}/message?from=%p&text=%a
`,
  );
  const start = (file: string): void => {
    children.push(spawn(file, ['-v', '4', configuration], { stdio: 'ignore', cwd: folder }));
  };
  start(BEARERBOX);
  await until(() => (plant.smsc.sessions > 0 ? true : undefined));
  start(SMSBOX);
  const send = (text: string): Promise<string> => {
    const receipt = encodeURIComponent(`http://127.0.0.1:${web}/receipt?state=%d`);
    const query = `username=care&password=secret&from=Callwake&to=${B}&text=${encodeURIComponent(text)}&dlr-mask=31&dlr-url=${receipt}&charset=UTF-8`;
    return until(async () => {
      try {
        const response = await fetch(`http://127.0.0.1:${http}/cgi-bin/sendsms?${query}`);
        return response.status === 202 ? await response.text() : undefined;
      } catch {
        return undefined;
      }
    });
  };
  await send('You missed a call at 12:00 [Ä]');
  const [message] = await until(() => (plant.inbox.length > 0 ? plant.inbox : undefined));
  assert.equal(message!.destination, B);
  assert.equal(
    shortMessageText({ esmClass: 0, dataCoding: message!.dataCoding }, message!.octets),
    'You missed a call at 12:00 [Ä]',
  );
  // 8: taken by the message centre; 1: delivered to the phone.
  await until(() =>
    told.includes('/receipt?state=8') && told.includes('/receipt?state=1') ? true : undefined,
  );

  const long = 'You missed many calls. '.repeat(12);
  await send(long);
  const parts = await until(() => (plant.inbox.length >= 3 ? plant.inbox.slice(1) : undefined));
  const textOf = ({ hasHeader, dataCoding, octets }: (typeof parts)[number]): string =>
    shortMessageText({ esmClass: hasHeader ? 0x40 : 0, dataCoding }, octets);
  assert.equal(parts.map(textOf).join(''), long);

  assert.ok(plant.smsc.fromPhone(B, '2020', Buffer.from('HELP'), 0));
  await until(() => told.find((url) => url.startsWith('/message?') && url.includes('HELP')));
  const reply = await until(() => plant.inbox.find((one) => one.octets.length === 9));
  assert.equal(shortMessageText({ esmClass: 0, dataCoding: reply.dataCoding }, reply.octets), 'Thank you');
  const stopped = spawnSync('grep', ['-c', 'PANIC', path.join(folder, 'bearerbox.log')], {
    encoding: 'utf8',
  });
  assert.equal(
    stopped.stdout.trim(),
    '0',
    readFileSync(path.join(folder, 'bearerbox.log'), 'utf8').slice(-2_000),
  );
});
