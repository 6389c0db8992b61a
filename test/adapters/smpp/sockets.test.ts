import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { afterEach, test } from 'node:test';
import { machineClock } from '../../../src/adapters/clock.ts';
import { listenSmpp, type SmppListener } from '../../../src/adapters/smpp/listen.ts';
import { sessionOver } from '../../../src/adapters/smpp/socket-connection.ts';
import { PartHost } from '../../../src/adapters/threads/part-host.ts';
import { wellBehaved } from '../../../src/simulator/smsc/behaviour.ts';
import { Smsc } from '../../../src/simulator/smsc/smsc.ts';
import type { Sender } from '../../../src/stack/smpp/allowed-operations.ts';
import type { Pdu } from '../../../src/stack/smpp/pdu.ts';
import { type Receipt, receiptOf } from '../../../src/stack/smpp/receipt.ts';
import type { SessionUser, SmppSession } from '../../../src/stack/smpp/session.ts';
import { CountersMap } from '../../../src/types/counters.ts';
import { B, submitBody } from '../../simulator/smsc/smsc-plant.ts';
import { bind } from '../../stack/smpp/session-pair.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

class Sockets {
  readonly counters = new CountersMap();
  readonly host = new PartHost({ clock: machineClock });
  readonly inbox: string[] = [];
  readonly smsc = new Smsc(
    {
      clock: machineClock,
      timers: this.host.timers,
      counters: this.counters,
      deliver: ({ octets }) => {
        this.inbox.push(Buffer.from(octets).toString('latin1'));
        return 'delivered';
      },
    },
    { accounts: new Map([['callwake', 'secret']]), behaviour: wellBehaved },
  );

  constructor() {
    this.host.run({ doWork: () => 0, drain: () => undefined, drained: true, close: () => Promise.resolve() });
    ends.push(() => this.host.stop(0));
  }

  session(socket: Socket, role: Sender, user: SessionUser): SmppSession {
    return sessionOver(socket, {
      role,
      systemId: role === 'mc' ? 'smsc' : 'callwake',
      timers: this.host.timers,
      counters: this.counters,
      times: { sessionInitMs: 5_000, enquireLinkMs: 30_000, inactivityMs: 0, responseMs: 5_000 },
      limits: { window: 100, pduOctetsMax: 70_000, queueOctetsMax: 100_000 },
      user,
    });
  }

  async listen(): Promise<SmppListener> {
    const listener = await listenSmpp({
      host: '127.0.0.1',
      port: 0,
      connectionsMax: 4,
      session: (socket) => this.session(socket, 'mc', this.smsc),
    });
    ends.push(() => listener.close());
    return listener;
  }
}

test('a client over TCP binds, sends a thousand in a window, has every receipt, and unbinds', async () => {
  const plant = new Sockets();
  const { port } = await plant.listen();
  const receipts: Receipt[] = [];
  const total = 1_000;
  let sent = 0;
  let answered = 0;
  const ids = new Set<string>();
  await new Promise<void>((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const more = (): void => {
      while (sent < total) {
        const body = { ...submitBody, destinationAddr: B, shortMessage: Buffer.from(`Number ${sent}`) };
        const taken = session.request('submit_sm', body, [], (answer) => {
          assert.ok(answer.kind === 'response' && answer.pdu.commandStatus === 0);
          ids.add((answer.pdu as Pdu<'submit_sm_resp'>).body!.messageId);
          answered++;
        });
        if (!taken) return;
        sent++;
      }
    };
    const session = plant.session(socket, 'esme', {
      bound: more,
      roomy: more,
      request: (_session, pdu) => {
        const { esmClass, shortMessage } = (pdu as Pdu<'deliver_sm'>).body!;
        receipts.push(receiptOf({ esmClass, text: shortMessage, tlvs: pdu.tlvs })!);
        session.respond(pdu, 0);
        if (receipts.length === total) session.unbind();
      },
      down: (_session, reason) => (reason === 'unbound-by-us' ? resolve() : reject(new Error(reason))),
    });
    socket.once('connect', () => session.bind(bind));
    ends.push(() => socket.destroy());
  });
  assert.equal(answered, total);
  assert.equal(plant.inbox.length, total);
  assert.deepEqual(new Set(receipts.map(({ messageId }) => messageId)), ids);
});

test('a connection that is cut is told to both, once', async () => {
  const plant = new Sockets();
  const { port } = await plant.listen();
  const socket = connect({ port, host: '127.0.0.1' });
  const reason = await new Promise<string>((resolve) => {
    const session = plant.session(socket, 'esme', {
      bound: () => socket.destroy(),
      roomy: () => undefined,
      request: () => undefined,
      down: (_session, why) => resolve(why),
    });
    socket.once('connect', () => session.bind(bind));
  });
  assert.equal(reason, 'lost');
  while (plant.smsc.sessions > 0) await new Promise((resolve) => setImmediate(resolve));
});

test('whoever connects and says nothing of sense is answered, or cut off, and others are served', async () => {
  const plant = new Sockets();
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
