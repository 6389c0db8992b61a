/** `callwake m3ua` as others use it: in processes of their own, over TCP and SCTP, and driven by a scripted peer. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { TcpSctpPort } from '../../src/adapters/sctp/tcp.ts';
import { registerM3ua } from '../../src/cli/m3ua.ts';
import { createProgram, type Register, runProgram } from '../../src/cli/program.ts';
import { runM3ua } from '../../src/cli/run-m3ua.ts';
import { readCapture } from '../../src/decode/capture.ts';
import { CountersMap } from '../../src/types/counters.ts';
import { octetsOf, transfer } from '../support/m3ua-plants.ts';
import { M3uaProcess } from '../support/m3ua-process.ts';
import { M3uaTester } from '../support/m3ua-tester.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tsharkMissing } from '../support/tshark.ts';

const A = '--point-code 2-100-7 --peer-point-code 2-100-1';
const B = '--point-code 2-100-1 --peer-point-code 2-100-7';

/** Pairs, the first of which listens while the second connects. */
const PAIRS = [
  [
    'asp that waits and sgp that calls',
    `--role asp ${B} --routing-context 100`,
    `--role sgp ${A} --routing-context 100`,
  ],
  [
    'sgp and asp',
    `--role sgp ${B} --routing-context 100`,
    `--role asp ${A} --routing-context 100 --traffic-mode loadshare`,
  ],
  [
    'ipsp and ipsp, single exchange',
    `--role ipsp ${B} --routing-context 10`,
    `--role ipsp ${A} --routing-context 10`,
  ],
  [
    'ipsp and ipsp, double exchange',
    `--role ipsp ${B} --exchange double --routing-context 10 --peer-routing-context 20`,
    `--role ipsp ${A} --exchange double --routing-context 20 --peer-routing-context 10`,
  ],
] as const;

/** What tshark finds malformed, or an error, in a capture; not in DATA, whose user data is nobody's. */
function complaints(capture: string): string[] {
  const filter = '(_ws.malformed || _ws.expert.severity >= 0x800000) && !(m3ua.message_class == 1)';
  const said = execFileSync('tshark', ['-r', capture, '-o', 'sctp.checksum:CRC 32c', '-Y', filter], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return said.split('\n').filter((line) => line !== '');
}

describe('two processes', { concurrency: 3 }, () => {
  for (const transport of ['tcp', 'sctp'] as const)
    for (const [name, listening, connecting] of transport === 'tcp' ? PAIRS : PAIRS.slice(1))
      test(`RFC 4666 over ${transport}: ${name}: up, active, a transfer there and its echo back, down in order`, async () => {
        const capture = path.join(temporaryFolder(), 'b.pcap');
        const b = new M3uaProcess(
          `${listening} --transport ${transport} --listen 127.0.0.1:0 --capture ${capture}`,
        );
        let a: M3uaProcess | undefined;
        try {
          const port = await b.port();
          a = new M3uaProcess(`${connecting} --transport ${transport} --connect 127.0.0.1:${port}`);
          await a.next({ primitive: 'MTP-RESUME.ind', pointCode: '2-100-1' });
          await b.next({ primitive: 'MTP-RESUME.ind', pointCode: '2-100-7' });
          a.tell({ do: 'transfer', dpc: '2-100-1', data: 'cafe', si: 14, sls: 5 });
          const came = await b.next({ primitive: 'MTP-TRANSFER.ind' });
          assert.deepEqual(
            [came['opc'], came['dpc'], came['si'], came['ni'], came['sls'], came['data']],
            ['2-100-7', '2-100-1', 14, 2, 5, 'cafe'],
          );
          await a.next({ primitive: 'MTP-TRANSFER.ind', opc: '2-100-1', data: 'cafe', echo: true });
          b.tell({ do: 'transfer', dpc: '2-100-7', data: '0102', si: 14 });
          await a.next({ primitive: 'MTP-TRANSFER.ind', opc: '2-100-1', data: '0102' });
          await b.next({ primitive: 'MTP-TRANSFER.ind', opc: '2-100-7', data: '0102', echo: true });
          assert.equal(await a.end('quit'), 0);
          await b.next({ primitive: 'M-SCTP_RELEASE.ind' });
          assert.equal(await b.end('SIGINT'), 0);
          if (tsharkMissing() === undefined) assert.deepEqual(complaints(capture), []);
        } finally {
          a?.kill();
          b.kill();
        }
      });
});

/** A scripted peer over TCP, with what it hears as it comes. */
function scripted() {
  const port = new TcpSctpPort({ counters: new CountersMap() });
  const tester = new M3uaTester();
  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  /** Says something and waits for what comes: as many messages as are wanted. */
  const expect = async (wanted: readonly string[]): Promise<void> => {
    await until(() => tester.heard.length >= wanted.length);
    assert.deepEqual(tester.take(), wanted);
  };
  return { port, tester, until, expect };
}

test('RFC 4666 over TCP: a scripted ASP drives an sgp: states, errors, echo, audit, registration, lockout', async () => {
  const sgp = new M3uaProcess(
    `--role sgp --transport tcp --listen 127.0.0.1:0 --point-code 1 --peer-point-code 100 --routing-context 10 --registration dynamic --beat 0`,
  );
  const { port, tester, until, expect } = scripted();
  try {
    port.connect({ host: '127.0.0.1', port: await sgp.port() }, tester);
    await until(() => tester.association !== undefined);
    tester.sayOctets(octetsOf('0200030300000008'));
    await expect(['ERR 1']);
    await sgp.next({ primitive: 'M-ERROR.ind', direction: 'sent', errorCode: 1 });
    tester.say('ASP Active', {});
    await expect(['ERR 6']);
    tester.say('ASP Up', { aspIdentifier: 7 });
    await expect(['ASP Up Ack', 'NTFY AS-INACTIVE rc 10']);
    await sgp.next({ primitive: 'M-ASP_UP.ind' });
    tester.say('ASP Active', { routingContext: [10], trafficModeType: 2 });
    await expect(['ASP Active Ack mode 2 rc 10', 'NTFY AS-ACTIVE rc 10']);
    await sgp.next({ primitive: 'M-AS_ACTIVE.ind' });
    tester.sayData(transfer(100, 1, 'aabb', 3), { routingContext: 10 });
    await expect(['DATA aabb rc 10']);
    tester.say('DAUD', { affectedPointCodes: [1, 2].map((pointCode) => ({ mask: 0, pointCode })) });
    await expect(['DAVA 1', 'DUNA 2']);
    sgp.tell({ do: 'pause', pointCode: 1 });
    await expect(['DUNA 1 rc 10']);
    sgp.tell({ do: 'resume', pointCode: '0-0-1' });
    await expect(['DAVA 1 rc 10']);
    sgp.tell({ do: 'congestion', pointCode: 1, level: 2 });
    await expect(['SCON 1 level 2 rc 10']);
    tester.say('REG REQ', {
      routingKeys: [
        {
          localRoutingKeyIdentifier: 1,
          destinations: [{ destinationPointCode: { mask: 0, pointCode: 300 } }],
        },
      ],
    });
    await expect(['REG RSP 1:0:1', 'NTFY AS-INACTIVE rc 1']);
    await sgp.next({ primitive: 'M-RK_REG.ind', status: 'Successfully Registered', routingContext: 1 });
    sgp.tell({ do: 'block', asp: 7 });
    await sgp.next({ answer: 'block', ok: true });
    tester.say('ASP Active', { routingContext: [1] });
    await expect(['ERR 13 rc 1']);
    sgp.tell({ do: 'daud', pointCode: 1 });
    await sgp.next({ answer: 'daud', ok: false });
    sgp.tell({ do: 'status' });
    assert.equal((await sgp.next({ answer: 'status' }))['role'], 'sgp');
    sgp.tellText('nonsense');
    await sgp.next({ answer: '', ok: false, reason: 'the line is not JSON' });
    assert.equal(await sgp.end(), 0);
    await until(() => tester.downs === 1);
  } finally {
    sgp.kill();
    await port.close();
  }
});

test('RFC 4666 over TCP: a scripted SGP drives an asp that is taken up and active step by step', async () => {
  const { port, tester, until, expect } = scripted();
  const listener = await port.listen({ host: '127.0.0.1', port: 0 }, tester);
  const asp = new M3uaProcess(
    `--role asp --transport tcp --connect 127.0.0.1:${listener.port} --point-code 100-0-9 --begin down --point-code-format ansi --routing-context 10 --network-appearance 5 --asp-identifier 3 --beat 0`,
  );
  try {
    await until(() => tester.association !== undefined);
    await asp.next({ primitive: 'M-SCTP_ESTABLISH.cnf' });
    asp.tell({ do: 'asp-up' });
    await expect(['ASP Up asp 3']);
    tester.say('ASP Up Ack', {});
    await asp.next({ primitive: 'M-ASP_UP.cnf' });
    asp.tell({ do: 'asp-active', as: 'as-10' });
    await expect(['ASP Active rc 10']);
    tester.say('ASP Active Ack', { routingContext: [10] });
    await asp.next({ primitive: 'M-ASP_ACTIVE.cnf', as: 'as-10' });
    const own = 100 * 65_536 + 9;
    tester.sayData(transfer(7, own, 'cc'), { routingContext: 10, networkAppearance: 5 });
    await expect(['DATA cc na 5 rc 10']);
    const came = await asp.next({ primitive: 'MTP-TRANSFER.ind' });
    assert.deepEqual([came['opc'], came['dpc']], ['0-0-7', '100-0-9']);
    tester.sayData(transfer(7, own, 'dd'), { routingContext: 10, networkAppearance: 6 });
    await expect(['ERR 21 na 6']);
    tester.say('DUNA', { affectedPointCodes: [{ mask: 0, pointCode: 8 }] });
    await asp.next({ primitive: 'MTP-PAUSE.ind', pointCode: '0-0-8' });
    tester.say('SCON', { affectedPointCodes: [{ mask: 0, pointCode: 9 }], congestionIndications: 3 });
    await asp.next({ primitive: 'MTP-STATUS.ind', pointCode: '0-0-9', cause: 'congestion', level: 3 });
    tester.say('NTFY', { status: { type: 2, information: 2 }, aspIdentifier: 4, routingContext: [10] });
    await asp.next({ primitive: 'M-NOTIFY.ind', status: 'Alternate ASP Active', aspIdentifier: 4 });
    asp.tell({ do: 'daud', pointCodes: ['0-0-8'] });
    await asp.next({ answer: 'daud', ok: false });
    asp.tell({ do: 'asp-active' });
    await expect(['ASP Active rc 10']);
    tester.say('ASP Active Ack', {});
    await asp.next({ primitive: 'M-ASP_ACTIVE.cnf' });
    asp.tell({ do: 'daud', pointCodes: ['0-0-8'] });
    await expect(['DAUD 8 na 5 rc 10']);
    asp.tell({ do: 'asp-inactive' });
    await expect(['ASP Inactive rc 10']);
    tester.say('ASP Inactive Ack', {});
    await asp.next({ primitive: 'M-ASP_INACTIVE.cnf' });
    asp.tell({ do: 'asp-down' });
    await expect(['ASP Down']);
    tester.say('ASP Down Ack', {});
    await asp.next({ primitive: 'M-ASP_DOWN.cnf' });
    assert.equal(await asp.end(), 0);
  } finally {
    asp.kill();
    await port.close();
  }
});

test('RFC 4666 over TCP: a scripted IPSP drives an ipsp, single exchange', async () => {
  const capture = path.join(temporaryFolder(), 'ipsp.pcap');
  const ipsp = new M3uaProcess(
    `--role ipsp --transport tcp --listen 127.0.0.1:0 --point-code 200 --peer-point-code 100 --routing-context 10 --point-code-format decimal --beat 0 --no-echo --capture ${capture}`,
  );
  const { port, tester, until, expect } = scripted();
  try {
    port.connect({ host: '127.0.0.1', port: await ipsp.port() }, tester);
    await until(() => tester.association !== undefined);
    tester.say('ASP Up', {});
    await expect(['ASP Up Ack', 'NTFY AS-INACTIVE rc 10']);
    tester.say('ASP Active', { routingContext: [10] });
    await expect(['ASP Active Ack rc 10', 'NTFY AS-ACTIVE rc 10']);
    tester.sayData(transfer(100, 200, 'aa'), { routingContext: 10 });
    await ipsp.next({ primitive: 'MTP-TRANSFER.ind', opc: '100', dpc: '200', data: 'aa' });
    ipsp.tell({ do: 'transfer', dpc: 100, data: 'bb' });
    await expect(['DATA bb rc 10']);
    tester.say('BEAT', { heartbeatData: octetsOf('0102') });
    await expect(['BEAT Ack']);
    const ended = ipsp.end();
    await expect(['ASP Inactive rc 10', 'NTFY AS-PENDING rc 10', 'ASP Down']);
    tester.say('ASP Inactive Ack', {});
    tester.say('ASP Down Ack', {});
    assert.equal(await ended, 0);
    const { frames } = readCapture(readFileSync(capture));
    assert.ok(frames.length >= 10, 'what passed is in the capture');
  } finally {
    ipsp.kill();
    await port.close();
  }
});

test('a command line that makes no endpoint is refused in words, with exit code 64', async () => {
  for (const [words, said] of [
    ['--role asp --point-code 1', /an asp connects to its gateways, or waits for one/],
    ['--role sgp --point-code 1', /an sgp listens for its ASPs, or calls them/],
    ['--role ipsp --point-code 1', /an ipsp needs a peer/],
    ['--role asp --connect 127.0.0.1:1', /--point-code/],
    ['--role asp --connect 127.0.0.1:1 --point-code 9-9-9', /no point code in the format itu: 9-9-9/],
    ['--role asp --connect 127.0.0.1:1 --point-code 1 --point-code-format 9-9-9', /14, 16 or 24 bits/],
    ['--role stp', /asp, sgp, ipsp/],
  ] as const) {
    let error = '';
    const terminal = {
      out: () => undefined,
      error: (text: string) => {
        error += text;
      },
    };
    const register: Register = (program) => registerM3ua(program, (options) => runM3ua(options, terminal));
    const program = createProgram('1', [register], terminal);
    assert.equal(await runProgram(program, ['m3ua', ...words.split(' ')], terminal), 64, words);
    assert.match(error, said);
  }
});
