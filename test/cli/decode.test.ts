import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { registerDecode } from '../../src/cli/decode.ts';
import { createProgram, runProgram } from '../../src/cli/program.ts';
import { NO_SHARED, sharedPath } from '../support/shared.ts';

async function decode(...words: string[]) {
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
  const program = createProgram('1.2.3', [(one) => registerDecode(one, terminal)], terminal);
  const exitCode = await runProgram(program, ['decode', ...words], terminal);
  return { exitCode, out, error };
}

const ALERT = '300f0407919471000010f00404917120f5';

test('the parameter of an operation is printed as a tree', async () => {
  const { exitCode, out } = await decode('--operation', 'alertServiceCentre', '--part', 'argument', ALERT);
  assert.equal(exitCode, 0);
  assert.match(out, /^alertServiceCentre argument, MAP version 2\n/);
  assert.match(out, /\n {2}msisdn: 49170000010 /);
});

test('as JSON it has names, values and places', async () => {
  const { exitCode, out } = await decode('--operation', 'alertServiceCentre', '--json', `0x${ALERT}`);
  assert.equal(exitCode, 0);
  const json = JSON.parse(out) as {
    name: string;
    version: number;
    children: { name: string; offset: number }[];
  };
  assert.equal(json.name, 'alertServiceCentre');
  assert.equal(json.version, 2);
  assert.deepEqual(
    json.children.map(({ name, offset }) => [name, offset]),
    [
      ['msisdn', 2],
      ['serviceCentreAddress', 11],
    ],
  );
});

test('--version behind the command is the version of the operation', async () => {
  const hex = '300f800101bf3b09810791947100001009';
  const second = await decode('--operation', 'initialDP', '--version', '2', hex);
  assert.match(second.out, /gmscAddress/);
  const third = await decode('--operation', 'initialDP', '--version', '3', hex);
  assert.match(third.out, /forwardingDestinationNumber/);
});

test('what cannot be is said, with what can', async () => {
  const unknown = await decode('--operation', 'notemm-event', '0500');
  assert.equal(unknown.exitCode, 64);
  assert.match(unknown.error, /Did you mean noteMM-Event\?/);
  const odd = await decode('--operation', 'noteMM-Event', '050');
  assert.equal(odd.exitCode, 64);
  assert.match(odd.error, /not hexadecimal/);
  const what = await decode(ALERT);
  assert.equal(what.exitCode, 64);
  assert.match(what.error, /--layer/);
  const missing = await decode('no/such.pcap');
  assert.equal(missing.exitCode, 69);
  assert.match(missing.error, /there is no no\/such\.pcap/);
  const part = await decode('--operation', 'noteMM-Event', '--part', 'nothing', '0500');
  assert.equal(part.exitCode, 64);
});

test('octets that are no element are shown, and the exit code says so', async () => {
  const { exitCode, out } = await decode('--operation', 'noteMM-Event', '30ff01');
  assert.equal(exitCode, 1);
  assert.match(out, /no sound BER/);
});

test('an operation that is not declared is shown as BER and named so', async () => {
  const { exitCode, out } = await decode('--operation', 'checkIMEI', '04088053856000000000');
  assert.equal(exitCode, 0);
  assert.match(out, /not covered yet/);
  assert.match(out, /OCTET STRING: 8053856000000000/);
});

test('a message of a layer is decoded down to its operation', async () => {
  const tcap =
    '62474804000000016b1e281c060700118605010101a011600f80020780a1090607040000010017026c1fa11d0201010201403015'.concat(
      '0408919471000010325404099194711000000000f0',
    );
  const octets = Buffer.from(tcap, 'hex');
  octets[1] = octets.length - 2;
  const { exitCode, out } = await decode('--layer', 'tcap', octets.toString('hex'));
  assert.equal(exitCode, 0);
  assert.match(out, /shortMsgAlertContext-v2/);
  assert.match(out, /invoke: alertServiceCentre/);
});

test('an ISUP message is decoded to its parameters', async () => {
  const { exitCode, out } = await decode('--layer', 'isup', 'd5000c02000382947f');
  assert.equal(exitCode, 0);
  assert.match(out, /^ISUP: REL release\n {2}CIC: 213\n {2}cause indicators: 20 subscriber absent /);
  const { exitCode: refused } = await decode('--layer', 'isup', 'd5000c09000382947f');
  assert.equal(refused, 1);
});

const capture = sharedPath('vectors/pcap/wireshark-camel-ussd-rewrapped.pcap');

test('a capture is decoded frame by frame', { skip: capture === undefined ? NO_SHARED : false }, async () => {
  const { exitCode, out } = await decode(capture!);
  assert.equal(exitCode, 0);
  assert.match(out, /invoke: initialDP/);
  const one = await decode(capture!, '--frame', '2', '--json');
  assert.equal((JSON.parse(one.out) as { name: string }[])[0]?.name, 'frame 2');
});

test('a reader that has read enough is no error', { skip: capture === undefined ? NO_SHARED : false }, () => {
  const main = fileURLToPath(new URL('../../src/cli/main.js', import.meta.url));
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', `"$0" "$1" decode "$2" --json | head -1`, process.execPath, main, capture!],
    {
      encoding: 'utf8',
    },
  );
  assert.equal(status, 0);
  assert.equal(stderr, '');
});
