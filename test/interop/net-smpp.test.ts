/** Perl's Net::SMPP, which others wrote, as the message centre of the client. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { test } from 'node:test';
import type { SmppLink } from '../../src/stack/smpp/link.ts';
import type { Pdu } from '../../src/stack/smpp/pdu.ts';
import { type Receipt, receiptOf } from '../../src/stack/smpp/receipt.ts';
import { B, submitBody } from '../simulator/smsc/smsc-plant.ts';
import { listen } from '../support/processes.ts';
import { SmppSockets } from '../support/smpp-sockets.ts';

/** dist/test/interop → test/interop. */
const CENTRE = path.resolve(import.meta.dirname, '../../../test/interop/net-smpp-centre.pl');
const missing =
  spawnSync('perl', ['-MNet::SMPP', '-e', '1'], { stdio: 'ignore' }).status === 0
    ? false
    : 'Perl has no Net::SMPP';

test('Net::SMPP as the centre: responses out of order find their requests, receipts their messages', {
  skip: missing,
  timeout: 60_000,
}, async (t) => {
  const perl = spawn('perl', [CENTRE], { stdio: ['ignore', 'pipe', 'inherit'] });
  const plant = new SmppSockets();
  t.after(async () => {
    perl.kill('SIGKILL');
    await plant.end();
  });
  const words = listen(perl, 'stdout');
  const port = Number((await words.heard(/^listening/)).split(' ')[1]);
  const texts = ['First', 'Second', 'Third', 'Fourth'];
  const idOf = new Map<string, string>();
  const receipts: Receipt[] = [];
  await new Promise<void>((resolve, reject) => {
    const link: SmppLink = plant.link(port, {
      up: (_link, session) => {
        assert.equal(session.peerSystemId, 'perl');
        for (const text of texts)
          session.request(
            'submit_sm',
            { ...submitBody, destinationAddr: B, shortMessage: Buffer.from(text) },
            [],
            (answer) => {
              if (answer.kind !== 'response') return reject(new Error(answer.kind));
              idOf.set(text, (answer.pdu as Pdu<'submit_sm_resp'>).body!.messageId);
            },
          );
      },
      request: (_link, session, pdu) => {
        const { esmClass, shortMessage } = (pdu as Pdu<'deliver_sm'>).body!;
        receipts.push(receiptOf({ esmClass, text: shortMessage, tlvs: pdu.tlvs })!);
        session.respond(pdu, 0);
        if (receipts.length < texts.length) return;
        link.close();
        resolve();
      },
    });
  });
  await words.heard(/^over/);
  assert.deepEqual(
    [...idOf],
    [
      ['Second', 'perl-1'],
      ['First', 'perl-2'],
      ['Fourth', 'perl-3'],
      ['Third', 'perl-4'],
    ],
  );
  assert.deepEqual(
    receipts.map(({ messageId, state, final }) => [messageId, state, final]),
    [1, 2, 3, 4].map((number) => [`perl-${number}`, 'DELIVERED', true]),
  );
  assert.deepEqual(
    words.said.filter((line) => line.startsWith('submit')),
    texts.map((text) => `submit ${B} ${Buffer.from(text).toString('hex')}`),
  );
});
