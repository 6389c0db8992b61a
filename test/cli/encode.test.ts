import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { registerDecode } from '../../src/cli/decode.ts';
import { ENCODE_HELP, registerEncode } from '../../src/cli/encode.ts';
import { createProgram, runProgram } from '../../src/cli/program.ts';

async function run(input: string, ...words: string[]) {
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
  const program = createProgram(
    '1.2.3',
    [(one) => registerDecode(one, terminal), (one) => registerEncode(one, terminal, () => input)],
    terminal,
  );
  const exitCode = await runProgram(program, words, terminal);
  return { exitCode, out, error };
}
const encode = (json: unknown, ...words: string[]) =>
  run(typeof json === 'string' ? json : JSON.stringify(json), 'encode', ...words);

const ALERT = '300f0407919471000010f00404917120f5';

test('what decode prints as JSON is encoded to the octets that it was decoded from', async () => {
  const decoded = await run('', 'decode', '--operation', 'alertServiceCentre', '--json', ALERT);
  const { exitCode, out, error } = await encode(decoded.out);
  assert.equal(error, '');
  assert.equal(exitCode, 0);
  assert.equal(out, `${ALERT}\n`);
  const said = await encode(decoded.out, '--operation', 'alertServiceCentre', '--part', 'argument');
  assert.equal(said.out, `${ALERT}\n`);
});

test('the value alone is encoded, with the operation on the command line', async () => {
  const value = { msisdn: '49170000010', serviceCentreAddress: { octets: '917120F5' } };
  const { exitCode, out } = await encode(value, '--operation', 'alertServiceCentre', '--part', 'argument');
  assert.equal(exitCode, 0);
  assert.equal(out, `${ALERT}\n`);
});

test('the result and an error of an operation, by name and by code', async () => {
  const result = await encode({ 'mw-Status': 'mnrf-Set' }, '--operation', 'informServiceCentre');
  assert.equal(result.out, '300403020240\n');
  for (const error of ['absentSubscriberSM', '6']) {
    const words = ['--operation', 'sendRoutingInfoForSM', '--part', 'error', '--error', error];
    assert.equal((await encode({ absentSubscriberDiagnosticSM: 1 }, ...words)).out, '3003020101\n');
  }
  const imsi = await encode('"262010000000001"', '--operation', 'sendIMSI', '--part', 'result');
  assert.equal(imsi.out, '040862020100000000f1\n');
});

test('what is wrong is said by field, with what stands there and what is allowed', async () => {
  const { exitCode, out, error } = await encode(
    { msisdn: '5000', serviceCentreAdress: '49' },
    '--operation',
    'alertServiceCentre',
  );
  assert.equal(exitCode, 1);
  assert.equal(out, '');
  const [unknown, missing] = error.split('\n');
  assert.match(
    unknown ?? '',
    /^callwake: alertServiceCentre\.serviceCentreAdress: "49" stands there; allowed is an object of msisdn, serviceCentreAddress, imsi\?/,
  );
  assert.match(
    missing ?? '',
    /^callwake: alertServiceCentre\.serviceCentreAddress: nothing stands there; allowed is/,
  );
});

test('no JSON, no such operation, a contradiction: the command line is wrong', async () => {
  for (const [json, words, text] of [
    ['{', ['--operation', 'noteMM-Event'], /not JSON/],
    ['{}', [], /which operation/],
    ['{}', ['--operation', 'notemm-event'], /Did you mean noteMM-Event\?/],
    ['{}', ['--operation', 'noteMM-Event', '--version', '1'], /in version 1/],
    ['{"operation":"a","value":1}', ['--operation', 'b'], /--operation is b, and the document says "a"/],
    ['{"part":"all","value":1}', ['--operation', 'noteMM-Event'], /part/],
  ] as const) {
    const { exitCode, error, out } = await encode(json, ...words);
    assert.equal(exitCode, 64, json);
    assert.match(error, text);
    assert.equal(out, '');
  }
  const long = await encode(`"${'0'.repeat(9 * 1024 * 1024)}"`, '--operation', 'sendIMSI');
  assert.equal(long.exitCode, 64);
});

test('a parameter that is not there cannot be encoded', async () => {
  const { exitCode, error } = await encode('null', '--operation', 'continue');
  assert.equal(exitCode, 1);
  assert.match(error, /no parameter is declared/);
  const which = await encode('{}', '--operation', 'noteMM-Event', '--part', 'error');
  assert.equal(which.exitCode, 1);
  assert.match(which.error, /--error with one of dataMissing \(35\)/);
});

test('the examples of its help do what they say', () => {
  const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
  const [, first = '', second = ''] = ENCODE_HELP.split(/\n {2}echo /);
  const command = (text: string) => {
    const words = text
      .replaceAll('callwake ', '"$0" "$1" ')
      .split('\n')
      .filter((line) => line.startsWith(' ') || line.startsWith("'"));
    return `echo ${words.filter((line) => !/^ +[0-9a-f]+$/.test(line)).join('\n')}`;
  };
  const shell = (text: string) =>
    spawnSync('sh', ['-c', command(text), process.execPath, main], { encoding: 'utf8' });
  assert.equal(shell(first).stdout.trim(), /\n {2}([0-9a-f]+)\n/.exec(first)?.[1]);
  assert.match(shell(second).stdout, /absentSubscriberDiagnosticSM: 1/);
});
