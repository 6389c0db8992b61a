import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import path from 'node:path';
import { afterEach, test } from 'node:test';
import type { SmppLink } from '../../../src/stack/smpp/link.ts';
import type { Pdu } from '../../../src/stack/smpp/pdu.ts';
import { type Receipt, receiptOf } from '../../../src/stack/smpp/receipt.ts';
import { B, submitBody } from '../../simulator/smsc/smsc-plant.ts';
import { SmppSockets } from '../../support/smpp-sockets.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const plants: SmppSockets[] = [];
afterEach(async () => {
  for (const plant of plants.splice(0)) await plant.end();
});
function plantOf(): SmppSockets {
  const plant = new SmppSockets();
  plants.push(plant);
  return plant;
}

const turn = () => new Promise((resolve) => setTimeout(resolve, 2));
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await turn();
}

test('a link over TCP binds, sends a thousand in a window, has every receipt, and unbinds', async () => {
  const plant = plantOf();
  const { port } = await plant.listen();
  const receipts: Receipt[] = [];
  const ids = new Set<string>();
  const total = 1_000;
  let sent = 0;
  let answered = 0;
  const more = (link: SmppLink): void => {
    while (sent < total) {
      const body = { ...submitBody, destinationAddr: B, shortMessage: Buffer.from(`Number ${sent}`) };
      const taken = link.session?.request('submit_sm', body, [], (answer) => {
        assert.ok(answer.kind === 'response' && answer.pdu.commandStatus === 0);
        ids.add((answer.pdu as Pdu<'submit_sm_resp'>).body!.messageId);
        answered++;
      });
      if (taken !== true) return;
      sent++;
    }
  };
  const link = plant.link(port, {
    up: more,
    roomy: more,
    request: (_link, session, pdu) => {
      const { esmClass, shortMessage } = (pdu as Pdu<'deliver_sm'>).body!;
      receipts.push(receiptOf({ esmClass, text: shortMessage, tlvs: pdu.tlvs })!);
      session.respond(pdu, 0);
    },
  });
  await until(() => receipts.length === total && answered === total);
  assert.equal(plant.inbox.length, total);
  assert.deepEqual(new Set(receipts.map(({ messageId }) => messageId)), ids);
  link.close();
  await until(() => link.state === 'IDLE' && plant.smsc.sessions === 0);
});

test('a link that is lost, or finds nobody, is made again', async () => {
  const plant = plantOf();
  const first = await plant.listen();
  let ups = 0;
  let downs = 0;
  const link = plant.link(first.port, { up: () => ups++, down: () => downs++ });
  await until(() => ups === 1);
  await first.close();
  await until(() => downs === 1 && plant.counters.get('smpp.not-connected.ECONNREFUSED') > 0);
  await plant.listen(first.port);
  await until(() => ups === 2);
  assert.equal(link.state, 'BOUND');
});

test('a link whose bind is refused tries again, and a peer that never answers is given up', async () => {
  const plant = plantOf();
  const silent = createServer();
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  plant.ends.push(() => silent.close());
  const { port } = silent.address() as { port: number };
  const link = plant.link(port, {});
  await until(() => link.state === 'BINDING');
  link.close();
  await until(() => link.state === 'IDLE');
});

test('over TLS, with a certificate that is verified', async () => {
  const folder = temporaryFolder();
  const made = spawnSync('openssl', [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '1',
    '-subj',
    '/CN=127.0.0.1',
    '-addext',
    'subjectAltName=IP:127.0.0.1',
    '-keyout',
    path.join(folder, 'key.pem'),
    '-out',
    path.join(folder, 'certificate.pem'),
  ]);
  assert.equal(made.status, 0, 'openssl makes a certificate');
  const cert = readFileSync(path.join(folder, 'certificate.pem'));
  const key = readFileSync(path.join(folder, 'key.pem'));
  const plant = plantOf();
  plant.ends.push(() => rmSync(folder, { recursive: true }));
  const { port } = await plant.listen(0, { cert, key });
  let ups = 0;
  plant.link(port, { up: () => ups++ }, { ca: cert });
  await until(() => ups === 1);
  const distrusting = plant.link(port, { up: () => assert.fail('the certificate is nobody’s') }, {});
  await until(() => plant.counters.get('smpp.not-connected.DEPTH_ZERO_SELF_SIGNED_CERT') > 0);
  distrusting.close();
});

test('whoever connects and says nothing of sense is answered and cut off', async () => {
  const plant = plantOf();
  const { port } = await plant.listen();
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const octets: Buffer[] = [];
  socket.on('data', (data) => octets.push(data));
  await new Promise((resolve) => socket.once('close', resolve));
  assert.equal(Buffer.concat(octets).readUInt32BE(4), 0x8000_0000, 'generic_nack');
  assert.equal(plant.counters.get('smpp.framing-lost'), 1);
});
