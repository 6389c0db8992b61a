/** Parts of the plain M3UA endpoint: its commands, its echo user, and associations that are set up the other way round. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCommand } from '../../../src/adapters/m3ua/commands.ts';
import { EchoUser } from '../../../src/adapters/m3ua/echo-user.ts';
import type { Primitive } from '../../../src/adapters/m3ua/primitives.ts';
import { CallingPort, WaitingPort } from '../../../src/adapters/m3ua/turned-ports.ts';
import type { MtpTransfer } from '../../../src/stack/m3ua/mtp.ts';
import { MemoryNetwork } from '../../../src/stack/sctp/memory.ts';
import { namedNotation } from '../../../src/types/point-code.ts';
import { transfer } from '../../support/m3ua-plants.ts';
import { M3uaTester } from '../../support/m3ua-tester.ts';

const itu = namedNotation('itu');

test('a command is a JSON object; what is wrong with one is said in words', () => {
  assert.deepEqual(readCommand('{"do":"transfer","dpc":"0-0-1","data":"0aff","sls":3}', itu), {
    do: 'transfer',
    transfer: { dpc: 1, si: 3, mp: 0, sls: 3, data: Uint8Array.of(0x0a, 0xff) },
  });
  assert.deepEqual(readCommand('{"do":"congestion","pointCodes":[1,"0-0-2"],"level":0}', itu), {
    do: 'congestion',
    pointCodes: [1, 2],
    level: 0,
  });
  for (const [line, problem] of [
    ['', /not JSON/],
    ['[]', /JSON object/],
    ['{}', /do is one of/],
    ['{"do":"transfer","dpc":"9-0-0","data":""}', /dpc is a point code/],
    ['{"do":"transfer","dpc":1,"data":"abc"}', /hexadecimal/],
    ['{"do":"transfer","dpc":1,"data":"","ni":4}', /ni and mp 0 … 3/],
    ['{"do":"daud"}', /pointCodes is a list/],
    ['{"do":"congestion","pointCode":1,"level":4}', /level is 0/],
    ['{"do":"block","asp":[]}', /ASP Identifier/],
    ['{"do":"nif"}', /true or false/],
    ['{"do":"asp-active","as":1}', /name of an application server/],
  ] as const) {
    const read = readCommand(line, itu);
    assert.ok('problem' in read, line);
    assert.match(read.problem, problem);
  }
});

test('whatever is written, a command is read or refused in words', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
      const read = readCommand(line, itu);
      assert.ok('problem' in read || 'do' in read);
    }),
  );
});

test('the echo user sends back what comes, but not what comes back of its own', () => {
  const printed: Primitive[] = [];
  const sent: MtpTransfer[] = [];
  const user = new EchoUser({
    notation: itu,
    print: (primitive) => printed.push(primitive),
    transfer: (one) => sent.push(one) > 0,
  });
  user.onTransfer(transfer(2, 1, 'aa', 7));
  assert.deepEqual(
    sent.map(({ opc, dpc, sls, data }) => [opc, dpc, sls, data[0]]),
    [[1, 2, 7, 0xaa]],
  );
  user.sent(transfer(1, 2, 'bb'));
  user.onTransfer(transfer(2, 1, 'bb'));
  assert.equal(sent.length, 1);
  user.onTransfer(transfer(2, 1, 'bb'));
  assert.equal(sent.length, 2);
  assert.deepEqual(
    printed.map(({ primitive, echo }) => [primitive, echo]),
    [
      ['MTP-TRANSFER.ind', undefined],
      ['MTP-TRANSFER.req', undefined],
      ['MTP-TRANSFER.ind', true],
      ['MTP-TRANSFER.ind', undefined],
      ['MTP-TRANSFER.req', undefined],
    ],
  );
});

test('RFC 4666 §1.4.8: who waits for an association has it when a peer calls, and again when it was lost', async () => {
  const network = new MemoryNetwork({ defer: (callback) => setImmediate(callback) });
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  };
  const waiting = new WaitingPort(network.port('asp'));
  await waiting.open({ host: 'asp', port: 2905 });
  const [asp, sgp] = [new M3uaTester(), new M3uaTester()];
  const mine = waiting.connect({ host: '', port: 0 }, asp);
  assert.equal(mine.send(Uint8Array.of(1), 0, 3), false);
  const calling = new CallingPort(network.port('sgp'), [{ host: 'asp', port: 2905 }]);
  const listener = await calling.listen({ host: '', port: 0 }, sgp);
  await settle();
  assert.equal(asp.association, mine);
  asp.say('ASP Up', {});
  await settle();
  assert.deepEqual(sgp.take(), ['ASP Up']);
  sgp.say('ASP Up Ack', {});
  await settle();
  assert.deepEqual(asp.take(), ['ASP Up Ack']);
  network.lose('asp', 'sgp');
  await settle();
  assert.equal(asp.downs, 1);
  // Nobody waits: who calls meanwhile is sent away. Who gives up waiting is told so.
  const given = new M3uaTester();
  waiting.connect({ host: '', port: 0 }, given).close();
  await settle();
  assert.equal(given.downs, 1);
  await listener.close();
  await calling.close();
  await waiting.close();
});
