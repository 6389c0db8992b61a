import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { describe, test } from 'node:test';
import { ScriptedRelay, type Stage } from '../../support/scripted-relay.ts';
import { temporaryFile } from '../../support/temporary-folder.ts';
import { mail, mailPlant } from './mail-plant.ts';

describe('RFC 5321 §4.2, RFC 3463 §3, RFC 2034 §4, RFC 7505 §4 what the relay replies', () => {
  // biome-ignore format: a reply a line
  const replies: readonly (readonly [stage: Stage, reply: string, result: string])[] = [
    ['greeting', '421 4.3.2 too many connections', 'temporary: throttled: 421 4.3.2'],
    ['greeting', '554 5.3.2 no service here',      'temporary: failing: 554 5.3.2'],
    ['EHLO',     '421 4.3.2 closing',              'temporary: throttled: 421 4.3.2'],
    ['AUTH',     '535 5.7.8 wrong',                'temporary: failing: 535 5.7.8'],
    ['AUTH',     '454 4.7.0 not now',              'temporary: failing: 454 4.7.0'],
    ['MAIL',     '451 4.3.0 trouble',              'temporary: failing: 451 4.3.0'],
    ['MAIL',     '530 5.7.0 log in first',         'temporary: failing: 530 5.7.0'],
    ['MAIL',     '452 4.3.1 disk full',            'temporary: throttled: 452 4.3.1'],
    ['RCPT',     '450 4.7.1 too much mail',        'temporary: throttled: 450 4.7.1'],
    ['RCPT',     '450 4.2.0 greylisted',           'temporary: refused-for-now: 450 4.2.0'],
    ['RCPT',     '451 4.7.1 greylisted',           'temporary: refused-for-now: 451 4.7.1'],
    ['RCPT',     '550 5.1.1 no such user',         'permanent, gone: 550 5.1.1'],
    ['RCPT',     '556 5.1.10 domain takes none',   'permanent, gone: 556 5.1.10'],
    ['RCPT',     '550 5.7.1 not allowed',          'permanent: 550 5.7.1'],
    ['RCPT',     '550 no such user',               'permanent: 550'],
    ['RCPT',     '421 4.7.0 later',                'temporary: throttled: 421 4.7.0'],
    ['DATA',     '554 5.5.1 no valid recipients',  'permanent: 554 5.5.1'],
    ['DATA',     '451 4.3.0 trouble',              'temporary: refused-for-now: 451 4.3.0'],
    ['dot',      '554 5.7.1 looks like spam',      'permanent: 554 5.7.1'],
    ['dot',      '451 4.3.0 trouble',              'temporary: refused-for-now: 451 4.3.0'],
    ['dot',      '421 4.3.0 shutting down',        'temporary: throttled: 421 4.3.0'],
    ['dot',      '250 ok',                         'accepted: 250'],
    ['dot',      'what?',                          'temporary, uncertain: failing: EMESSAGE'],
    ['dot',      '354 go on',                      'temporary, uncertain: failing: EMESSAGE'],
    ['dot',      '550 5.999.9999999 odd',          'permanent: 550'],
  ];
  for (const [stage, reply, result] of replies)
    for (const pipelining of [true, false])
      test(`${stage}, ${reply}: ${result}${pipelining ? '' : ', without pipelining'}`, async (t) => {
        const relay = await ScriptedRelay.listen(t, (at) => {
          if (at === stage) return `${reply}\r\n`;
          return at === 'EHLO' && !pipelining ? '250-relay.example\r\n250 AUTH PLAIN\r\n' : undefined;
        });
        const plant = mailPlant(t, relay.port, {
          user: 'callwake',
          password: `file:${temporaryFile(t, 'geheim')}`,
        });
        assert.equal(await plant.result(mail()), result);
      });

  test('after a refusal the connection goes on with the next message', async (t) => {
    const relay = await ScriptedRelay.listen(t, (stage, times) =>
      stage === 'RCPT' && times === 1 ? '550 5.1.1 no\r\n' : undefined,
    );
    const plant = mailPlant(t, relay.port, { connections: 1 });
    assert.equal(await plant.result(mail()), 'permanent, gone: 550 5.1.1');
    assert.equal(await plant.result(mail()), 'accepted: queued as 4F2A');
    assert.equal(relay.connections, 1);
    assert(relay.commands.includes('RSET'));
  });

  test('a kept connection that the relay has closed costs nothing; one is closed after its messages and when idle', async (t) => {
    const relay = await ScriptedRelay.listen(t);
    const plant = mailPlant(t, relay.port, { connections: 1, messagesPerConnection: 3, idleMs: 100 });
    assert.match(await plant.result(mail()), /^accepted/);
    for (const socket of relay.sockets) socket.end('421 4.4.2 idle\r\n');
    for (let message = 0; message < 4; message++) assert.match(await plant.result(mail()), /^accepted/);
    assert.equal(relay.connections, 3);
    assert.equal(plant.channel.statuses[0]?.faults.unreachable, 0);
    while (relay.sockets.size > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    assert(relay.commands.filter((command) => command === 'QUIT').length >= 2);
  });
});

describe('a relay that is not what it should be', () => {
  const flood = (text: string | Buffer) => (socket: Socket) => {
    const more = (): void => {
      while (socket.writable && socket.write(text));
      if (socket.writable) socket.once('drain', more);
    };
    more();
  };
  const slowly = (socket: Socket): void => {
    const timer = setInterval(() => (socket.writable ? socket.write('2') : clearInterval(timer)), 20);
    timer.unref();
  };
  // biome-ignore format: a fault a line
  const faults: readonly (readonly [what: string, act: (socket: Socket) => void])[] = [
    ['stalls',                       () => undefined],
    ['cuts the connection',          (socket) => socket.destroy()],
    ['ends the connection',          (socket) => socket.end()],
    ['writes a line without end',    flood('x'.repeat(65_536))],
    ['goes on and on',               flood('250-more\r\n'.repeat(1_000))],
    ['writes NULs',                  (socket) => socket.write(Buffer.from('\0\0\0\r\n'))],
    ['writes a reply bit by bit',    slowly],
    ['writes what is no reply',      (socket) => socket.write('nonsense\r\n')],
  ];
  for (const stage of ['greeting', 'EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'dot'] as const)
    for (const [what, act] of faults)
      test(`${stage}: ${what}`, { timeout: 30_000 }, async (t) => {
        // Without pipelining, so that each stage is one of its own.
        const relay = await ScriptedRelay.listen(t, (at) => {
          if (at === stage) return act;
          return at === 'EHLO' ? '250-relay.example\r\n250 AUTH PLAIN\r\n' : undefined;
        });
        const plant = mailPlant(t, relay.port, {
          ...{ user: 'callwake', password: `file:${temporaryFile(t, 'geheim')}` },
          ...{ connectMs: 400, stepMs: 300, sendMs: 800 },
        });
        const { result, uncertain, detail } = await plant.send(mail());
        assert.equal(result, 'temporary', detail);
        assert.equal(relay.messages.length, stage === 'dot' ? 1 : 0);
        // A guard that ends a send from without does not know how far it was.
        if (detail !== 'timeout: no answer') assert.equal(uncertain, stage === 'dot', detail);
        else assert(uncertain);
      });

  test('STARTTLS that is not offered: nothing is sent in the clear', async (t) => {
    const relay = await ScriptedRelay.listen(t, (stage) =>
      stage === ('STARTTLS' as Stage) ? '502 5.5.1 no\r\n' : undefined,
    );
    const plant = mailPlant(t, relay.port, {
      ...{ security: 'starttls', user: 'callwake', password: `file:${temporaryFile(t, 'geheim')}` },
    });
    assert.match(await plant.result(mail()), /^temporary: (failing|unreachable): /);
    assert.deepEqual(
      relay.commands.map((command) => command.split(' ')[0]).filter((command) => command !== 'QUIT'),
      ['EHLO', 'STARTTLS'],
    );
  });

  test('N6 what may have arrived goes out again as the same octets, and is counted', async (t) => {
    const relay = await ScriptedRelay.listen(t, (stage, times) =>
      stage === 'dot' && times === 1 ? (socket) => socket.destroy() : undefined,
    );
    const plant = mailPlant(t, relay.port, { triesMax: 3 });
    assert.match(await plant.result(mail()), /^accepted/);
    assert.equal(relay.messages.length, 2);
    assert.equal(relay.messages[0], relay.messages[1]);
    assert.equal(plant.counters.get('connector.e-mail.sent-again'), 1);
  });
});
