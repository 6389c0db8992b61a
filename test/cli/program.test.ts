import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { registerDemo } from '../../src/cli/demo.ts';
import { createProgram, type Register, runProgram } from '../../src/cli/program.ts';
import { registerRecord } from '../../src/cli/record.ts';
import { registerRun } from '../../src/cli/run.ts';
import { registerSimulate } from '../../src/cli/simulate.ts';
import { registerStp } from '../../src/cli/stp.ts';
import { registerSubscriber } from '../../src/cli/subscriber.ts';
import { OperatingError } from '../../src/types/operating-error.ts';

/** Runs one command line on actions that only note what they were asked. */
async function callwake(line: string, outcome: () => Promise<number> = () => Promise.resolve(0)) {
  const asked: unknown[] = [];
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
  const note = (...what: unknown[]) => {
    asked.push(...what);
    return outcome();
  };
  const commands: Register[] = [
    (program) => registerDemo(program, (options) => note('demo', options)),
    (program) =>
      registerRecord(program, {
        start: (options) => note('record', options),
        stop: (options) => note('record stop', options),
        show: (file, options) => note('record show', file, options),
      }),
    (program) => registerRun(program, (options) => note('run', options)),
    (program) => registerSimulate(program, (options) => note('simulate', options)),
    (program) => registerStp(program, (options) => note('stp', options)),
    (program) =>
      registerSubscriber(program, {
        get: (number, options) => note('get', number, options),
        set: (number, options) => note('set', number, options),
        service: (number, services, open, options) => note('service', number, services, open, options),
        remove: (number, options) => note('remove', number, options),
        import: (file, options) => note('import', file, options),
        export: (file, options) => note('export', file, options),
        list: (options) => note('list', options),
      }),
  ];
  const words = line === '' ? [] : line.split(' ');
  const exitCode = await runProgram(createProgram('1.2.3', commands, terminal), words, terminal);
  return { exitCode, asked, out, error };
}

test('each command takes the options that its help names', async () => {
  assert.deepEqual((await callwake('demo --for 30s --report json')).asked, [
    'demo',
    { for: 30_000, report: 'json', seed: 1, rate: 60, port: 0 },
  ]);
  assert.deepEqual((await callwake('run --config a.yaml --check --capture b.pcap')).asked, [
    'run',
    { config: 'a.yaml', check: true, capture: 'b.pcap' },
  ]);
  assert.deepEqual((await callwake('simulate --listen 127.0.0.1:0 --seed 7 --rate 2.5 --for 5m')).asked, [
    'simulate',
    {
      listen: { host: '127.0.0.1', port: 0 },
      transport: 'sctp-udp',
      seed: 7,
      rate: 2.5,
      people: 400,
      trafficMode: 'override',
      for: 300_000,
    },
  ]);
  assert.deepEqual((await callwake('stp --listen [::1]:0 --connect 127.0.0.1:2905')).asked, [
    'stp',
    {
      listen: { host: '::1', port: 0 },
      connect: { host: '127.0.0.1', port: 2905 },
      transport: 'sctp-udp',
    },
  ]);
  assert.deepEqual(
    (await callwake('subscriber set +4915112345678 -c a --missed-calls on --time-zone Europe/Berlin')).asked,
    ['set', '4915112345678', { config: 'a', settings: { missedCalls: 'on', timeZone: 'Europe/Berlin' } }],
  );
  assert.deepEqual((await callwake('subscriber get 004915112345678 -c a')).asked, [
    'get',
    '4915112345678',
    { config: 'a', json: false },
  ]);
  assert.deepEqual((await callwake('record -c a --out b.cwrec --for 90s --max-size 2MiB')).asked, [
    'record',
    { config: 'a', out: 'b.cwrec', for: 90_000, maxSize: 2_097_152, keepDigits: 4, json: false },
  ]);
  assert.deepEqual((await callwake('record stop --data d')).asked, [
    'record stop',
    { data: 'd', json: false },
  ]);
  assert.deepEqual((await callwake('record show b.cwrec --json')).asked, [
    'record show',
    'b.cwrec',
    { json: true },
  ]);
  assert.deepEqual(
    (
      await callwake(
        'subscriber set 4915112345678 -c a --no-quiet-hours --privacy listed --block 030123 --block +44123456',
      )
    ).asked,
    [
      'set',
      '4915112345678',
      {
        config: 'a',
        settings: { quietHours: false, returnPrivacy: 'listed', block: ['030123', '+44123456'] },
      },
    ],
  );
  assert.deepEqual((await callwake('subscriber close 4915112345678 notify-me -c a')).asked, [
    'service',
    '4915112345678',
    ['notify-me'],
    false,
    { config: 'a' },
  ]);
  assert.deepEqual((await callwake('subscriber import - -c a')).asked, [
    'import',
    '-',
    { config: 'a', replace: false, dryRun: false, resume: false },
  ]);
  assert.deepEqual((await callwake('subscriber export a.ndjson -c a')).asked, [
    'export',
    'a.ndjson',
    { config: 'a' },
  ]);
  assert.deepEqual((await callwake('subscriber list -c a')).asked, [
    'list',
    { config: 'a', limit: 100, json: false },
  ]);
});

test('a wrong command line ends with 64, says what is wrong and where help is, and runs nothing', async () => {
  for (const line of [
    'dmeo',
    'demo --for 30',
    'demo --report xml',
    'demo --rate 0',
    'demo extra',
    'run',
    'run --config',
    'simulate --scenario s.yaml --rate 5',
    'simulate --listen 2905',
    'stp --listen 127.0.0.1:2906',
    'subscriber set 12 -c a',
    'subscriber set 4915112345678 -c a --time-zone Mars/Olympus',
    'subscriber set 4915112345678 -c a --missed-calls maybe',
    'subscriber set 4915112345678 -c a --quiet-hours 25:00-07:00',
    'subscriber set 4915112345678 -c a --channels sms,pigeon',
    'subscriber set 4915112345678 -c a --block nobody',
    'subscriber set 4915112345678 -c a --digest-at noon',
    'subscriber open 4915112345678 everything -c a',
    'subscriber import a.csv -c a --resume',
    'subscriber import - -c a --resume --errors b.csv',
    'subscriber export a.csv -c a --format xml',
    'subscriber list -c a --limit 0',
    'record --out a',
    'record -c a',
    'record -c a --out a --for 60',
    'record -c a --out a --for 25h',
    'record -c a --out a --max-size 1',
    'record -c a --out a --max-size 5GiB',
    'record -c a --out a --keep-digits 7',
    'record stop',
    'record show',
  ]) {
    const { exitCode, asked, error } = await callwake(line);
    assert.equal(exitCode, 64, line);
    assert.deepEqual(asked, [], line);
    assert.match(error, /error: .+/, line);
    assert.match(error, /--help/, line);
  }
});

test('help teaches by examples, on standard output, with exit code 0', async () => {
  for (const line of [
    '--help',
    'help run',
    'demo --help',
    'run -h',
    'simulate --help',
    'stp --help',
    'subscriber --help',
    'record --help',
  ]) {
    const { exitCode, out, error } = await callwake(line);
    assert.equal(exitCode, 0, line);
    assert.equal(error, '', line);
    if (line !== '--help') assert.match(out, /Examples:\n {2}callwake /, line);
  }
  assert.match((await callwake('--help')).out, /Exit codes/);
  assert.match((await callwake('subscriber import --help')).out, /head line/);
  assert.equal((await callwake('--version')).out, '1.2.3\n');
});

test('without a command it shows help on standard error', async () => {
  const { exitCode, error } = await callwake('');
  assert.equal(exitCode, 64);
  assert.match(error, /Usage: callwake/);
});

test('the exit code is what the command says, or what its error means', async () => {
  assert.equal((await callwake('demo', () => Promise.resolve(1))).exitCode, 1);
  const refused = await callwake('demo', () =>
    Promise.reject(new OperatingError('CW_PORT_IN_USE', 'port 1 is in use: set web.port')),
  );
  assert.deepEqual(
    [refused.exitCode, refused.error],
    [69, 'callwake: port 1 is in use: set web.port (CW_PORT_IN_USE)\n'],
  );
  const configuration = await callwake('demo', () =>
    Promise.reject(new OperatingError('CW_CONFIG_INVALID', 'web.port: 70000 is above 65535')),
  );
  assert.equal(configuration.exitCode, 78);
  const missing = await callwake('demo', () =>
    Promise.reject(Object.assign(new Error('x'), { code: 'ENOENT', path: 'a.yaml' })),
  );
  assert.deepEqual([missing.exitCode, missing.error], [69, 'callwake: there is no a.yaml\n']);
  const mistake = await callwake('demo', () => Promise.reject(new TypeError('undefined is not')));
  assert.equal(mistake.exitCode, 70);
  assert.match(mistake.error, /TypeError/);
});

test('the built command line runs', () => {
  const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
  assert.match(
    execFileSync(process.execPath, [main, '--version'], { encoding: 'utf8' }),
    /^\d+\.\d+\.\d+\n$/,
  );
  const wrong = spawnSync(process.execPath, [main, 'no-such-command'], { encoding: 'utf8' });
  assert.equal(wrong.status, 64);
  assert.equal(wrong.stdout, '');
});
