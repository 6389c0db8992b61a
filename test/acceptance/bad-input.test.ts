/** Nonsense on the command line and in files: said in words, with what is allowed and the exit code for it, never a stack. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { registerDecode } from '../../src/cli/decode.ts';
import { createProgram, runProgram } from '../../src/cli/program.ts';
import { defaultConfigFile } from '../../src/config/default-file.ts';
import { loadConfig } from '../../src/config/load.ts';
import { randomBelow, SeededRandom } from '../../src/types/random.ts';
import { damage } from '../support/damage.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
const SEED = Number(process.env['CALLWAKE_SEED'] ?? 2026);

function callwake(words: readonly string[], input?: Uint8Array) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...words], {
    encoding: 'utf8',
    timeout: 30_000,
    ...(input === undefined ? {} : { input }),
  });
  return { exitCode: status, out: stdout, error: stderr };
}

function assertSaid(said: { exitCode: number | null; error: string }, exitCode: number, words: RegExp): void {
  assert.match(said.error, words);
  assert.equal(said.exitCode, exitCode);
  assert.doesNotMatch(said.error, /\n {4}at |mistake in the program/);
}

describe('bad input', () => {
  const folder = temporaryFolder();
  after(() => rmSync(folder, { recursive: true, force: true }));
  const fileOf = (name: string, contents: string | Uint8Array) => {
    const file = path.join(folder, name);
    writeFileSync(file, contents);
    return file;
  };
  const configOf = (name: string, lines = '', webPort = 0) =>
    fileOf(
      name,
      `signalling:
  transport: tcp
  localPointCode: 2
  associations: [{ name: stp, remote: { host: 127.0.0.1, port: 9 } }]
map: { serviceCentreNumber: "+491700000" }
shards: { count: 1 }
store: { mapSizeOctets: 16777216 }
web: { port: ${webPort} }
${lines}
`,
    );

  test('callwake run --check says all that is wrong: line, key, value and what is allowed; exit code 78', () => {
    const file = configOf(
      'wrong.yaml',
      'node: { id: 99, colour: red }\nsccp: { hopCounter: 16 }\nlog: { level: loud }\nmapp: {}',
    );
    for (const words of [['--check'], []]) {
      const said = callwake(['run', '--config', file, ...words]);
      assertSaid(said, 78, /5 things are wrong/);
      for (const line of [
        /wrong\.yaml:9: node\.id: 99 is not allowed; allowed: an integer, 0 … 15/,
        /node\.colour: there is no such key; allowed: id, dataDirectory/,
        /sccp\.hopCounter: 16 is not allowed; allowed: an integer, 1 … 15/,
        /log\.level: "loud" is not allowed; allowed: info, warn, error, silent/,
        /mapp: there is no such key, did you mean map\?; allowed: /,
      ])
        assert.match(said.error, line);
    }
  });

  test('what is no configuration at all: exit code 78, or 69 when it cannot be read', () => {
    const garbage = Buffer.from(Array.from({ length: 3000 }, (_, at) => (at * 7919) % 251));
    assertSaid(callwake(['run', '--check', '--config', fileOf('garbage', garbage)]), 78, /wrong with/);
    assertSaid(
      callwake(['run', '--check', '--config', fileOf('empty', '')]),
      78,
      /localPointCode: is missing; allowed: a point code/,
    );
    assertSaid(callwake(['run', '--check', '--config', folder]), 69, /is a directory, not a file/);
    assertSaid(callwake(['run', '--check', '--config', path.join(folder, 'none')]), 69, /there is no/);
  });

  test('300 damaged configurations: each is taken, or every problem names its key and what is allowed', () => {
    const original = Buffer.from(defaultConfigFile());
    const words = [
      'null',
      '-1',
      '1e999',
      '[]',
      '{}',
      '"',
      '&a',
      '*a',
      '!!binary',
      '0x10',
      '~',
      ': ',
      '\t',
      '?',
    ];
    let taken = 0;
    for (let round = 0; round < 300; round++) {
      const random = new SeededRandom(SEED * 4_294_967_296 + round);
      let text = original.toString();
      if (randomBelow(random, 2) === 0) text = Buffer.from(damage(original, random)).toString();
      else
        for (let faults = 1 + randomBelow(random, 3); faults > 0; faults--) {
          const lines = text.split('\n');
          const at = randomBelow(random, lines.length);
          const word = words[randomBelow(random, words.length)]!;
          lines[at] = lines[at]!.replace(/:.*/, `: ${word}`);
          text = lines.join('\n');
        }
      const loaded = loadConfig(text);
      if (loaded.ok) {
        taken++;
        continue;
      }
      assert.ok(loaded.problems.length > 0, `seed ${SEED}, round ${round}`);
      for (const { message, allowed } of loaded.problems)
        assert.ok(
          message !== '' && allowed !== '',
          `seed ${SEED}, round ${round}: ${JSON.stringify(loaded)}`,
        );
    }
    assert.ok(taken > 10 && taken < 290, `${taken} were taken`);
  });

  test('callwake decode of what cannot be: said, and exit code 1, 64 or 69', () => {
    const garbage = fileOf('noise', Buffer.from([1, 2, 3, 0, 255]));
    assertSaid(callwake(['decode', garbage]), 1, /neither pcap nor pcapng/);
    assertSaid(callwake(['decode', fileOf('nothing', '')]), 1, /neither pcap nor pcapng/);
    assertSaid(callwake(['decode', folder]), 69, /is a directory, not a file/);
    assertSaid(callwake(['decode', '-'], Buffer.from([0xff, 0, 0x80])), 64, /not hexadecimal/);
    assertSaid(callwake(['decode', '--layer', 'tcap', '-'], Buffer.alloc(0)), 64, /not hexadecimal/);
    const cut = callwake(['decode', fileOf('cut.pcap', Buffer.from('d4c3b2a1020004', 'hex'))]);
    assertSaid(cut, 1, /the file header is cut off/);
  });

  test('3 000 lines of nonsense to callwake decode: an answer and an exit code each', async () => {
    let out = '';
    let error = '';
    const terminal = {
      out: (text: string) => {
        out += text;
      },
      error: (text: string) => {
        error += text;
      },
    };
    const start = Buffer.from(
      '6281874802060f6b1e281c060700118605010101a011600f80020780a1090607040000010032016c',
      'hex',
    );
    const ways = [
      ['--layer', 'tcap'],
      ['--layer', 'sccp'],
      ['--layer', 'm3ua'],
      ['--operation', 'initialDP'],
      ['--operation', 'sendRoutingInfoForSM', '--part', 'error'],
      ['--operation', 'mt-ForwardSM', '--part', 'result', '--json'],
    ];
    const codes = new Map<number, number>();
    for (let round = 0; round < 3_000; round++) {
      const random = new SeededRandom(SEED * 4_294_967_296 + round);
      const octets = damage(start, random);
      const hex = Buffer.from(octets)
        .toString('hex')
        .slice(randomBelow(random, 10) === 0 ? 1 : 0);
      out = '';
      error = '';
      const program = createProgram('1.2.3', [(one) => registerDecode(one, terminal)], terminal);
      const words = ['decode', ...ways[randomBelow(random, ways.length)]!, '--', hex];
      const exitCode = await runProgram(program, words, terminal);
      assert.ok([0, 1, 64].includes(exitCode), `round ${round}: ${words.join(' ')}: ${exitCode} ${error}`);
      assert.ok(out !== '' || error !== '', `round ${round}: ${words.join(' ')}`);
      codes.set(exitCode, (codes.get(exitCode) ?? 0) + 1);
    }
    for (const code of [0, 1, 64]) assert.ok((codes.get(code) ?? 0) > 10, `exit code ${code}`);
  });

  test('a second engine on the same data directory is refused: exit code 69', async () => {
    const file = configOf('twice.yaml', 'node: { dataDirectory: twice }');
    const first = spawn(process.execPath, [main, 'run', '--config', file], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = new Promise<number | null>((resolve) => first.once('exit', resolve));
    await new Promise<void>((resolve) => {
      let said = '';
      first.stderr.on('data', (text: Buffer) => {
        said += text.toString();
        if (said.includes('engine.started')) resolve();
      });
      void ended.then(() => resolve());
    });
    try {
      assertSaid(callwake(['run', '--config', file]), 69, /another process uses the data directory .*twice/);
    } finally {
      first.kill('SIGTERM');
    }
    assert.equal(await ended, 0, 'SIGTERM ends the first one in order');
  });

  test('a data directory that cannot be made, and a capture file that cannot be written: said, exit code 69', () => {
    const blocked = configOf('blocked.yaml', `node: { dataDirectory: ${fileOf('a-file', '')}/data }`);
    assertSaid(callwake(['run', '--config', blocked]), 69, /a-file/);
    if (process.platform === 'linux')
      assertSaid(
        callwake(['run', '--config', configOf('proc.yaml', 'node: { dataDirectory: /proc/none/data }')]),
        69,
        /\/proc\/none/,
      );
    mkdirSync(path.join(folder, 'captured'));
    const capture = path.join(folder, 'no-folder', 'x.pcap');
    const config = configOf('captured.yaml', 'node: { dataDirectory: captured }');
    assertSaid(
      callwake(['run', '--config', config, '--capture', capture]),
      69,
      /choose another one with --capture/,
    );
  });

  test('a port in use: said with the setting to change, exit code 69', async () => {
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as net.AddressInfo;
    try {
      const file = configOf('port.yaml', 'node: { dataDirectory: port }', port);
      assertSaid(callwake(['run', '--config', file]), 69, /web\.port/);
    } finally {
      server.close();
    }
  });
});
