import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeData } from '../../../src/stack/m3ua/data.ts';
import { encodeMessage as encodeSccp } from '../../../src/stack/sccp/message.ts';
import { encodeMessage, type TcapMessage } from '../../../src/stack/tcap/message.ts';
import { tshark, tsharkMissing } from '../../support/tshark.ts';
import { messages } from './arbitrary-messages.ts';
import { hex } from './plant.ts';

function encoded(message: TcapMessage): Uint8Array {
  const result = encodeMessage(message);
  assert.ok(result.ok);
  return result.value;
}

/** A subsystem that tshark knows no operations for, so that parameters are opaque to it as they are to TCAP. */
const ssn = 200;

function m3ua(tcap: Uint8Array): Uint8Array {
  const called = { routing: 'ssn', pointCode: 2, ssn } as const;
  const calling = { routing: 'ssn', pointCode: 1, ssn } as const;
  const sccp = encodeSccp({
    kind: 'LUDT',
    protocolClass: 0,
    returnOption: false,
    called,
    calling,
    data: tcap,
    hopCounter: 10,
  });
  assert.ok(sccp !== undefined);
  return encodeData({ opc: 1, dpc: 2, si: 3, ni: 2, mp: 0, sls: 0, data: sccp });
}

test('tshark reads what we encode: nothing malformed, the same ids, components and problems', (t) => {
  const missing = tsharkMissing();
  if (missing !== undefined) return t.skip(missing);
  const sample = fc
    .sample(messages, { seed: 1774, numRuns: 400 })
    .filter((message) =>
      message.components.every((component) => component.kind !== 'reject' || component.invokeId !== null),
    );
  const frames = sample.map((message) => m3ua(encoded(message)));
  const preferences = ['-o', `tcap.ssn:${ssn}`];
  const complaints = tshark(frames, 3, [
    ...preferences,
    ...['-Y', '_ws.malformed || _ws.expert.severity >= 0x800000', '-T', 'fields'],
    ...['-e', 'frame.number', '-e', '_ws.expert.message'],
  ]);
  assert.deepEqual(
    complaints.map((line) => `${line} ${hex(encoded(sample[Number(line.split('\t')[0]) - 1]!))}`),
    [],
  );
  const fields = [
    'tcap.otid',
    'tcap.dtid',
    'tcap.invokeID',
    'tcap.derivable',
    'tcap.p_abortCause',
    'frame.number',
  ];
  const printed = tshark(frames, 3, [
    ...preferences,
    '-T',
    'fields',
    ...fields.flatMap((field) => ['-e', field]),
  ]);
  assert.equal(printed.length, sample.length);
  printed.forEach((line, at) => {
    const message = sample[at]!;
    const [otid = '', dtid = '', , , cause = ''] = line.split('\t');
    const id = (transactionId: { id: number; sizeOctets: number } | undefined) =>
      transactionId === undefined
        ? ''
        : transactionId.id.toString(16).padStart(transactionId.sizeOctets * 2, '0');
    assert.equal(otid.replaceAll(':', ''), id(message.originatingTransactionId), line);
    assert.equal(dtid.replaceAll(':', ''), id(message.destinationTransactionId), line);
    assert.equal(cause, message.abortCause === undefined ? '' : String(message.abortCause), line);
  });
});

/** Decodes each line by pycrate's ASN.1 of Q.773, encodes it again, and says what kinds of component are in it. */
const script = `
import sys
from pycrate_asn1dir import TCAP_RAW
message = TCAP_RAW.TCAP_Messages.TCAP_Message
def name(choice):
    return choice[0] if not isinstance(choice[1], tuple) else name(choice[1])
for line in sys.stdin:
    message.from_ber(bytes.fromhex(line.strip()))
    kind, value = message.get_val()
    print(message.to_ber().hex(), kind, ','.join(name(component) for component in value.get('components', [])))
`;

test('pycrate, an independent ASN.1 decoder, reads what we encode and encodes it alike', (t) => {
  const python = process.env['CALLWAKE_PYTHON'] ?? 'python3';
  if (spawnSync(python, ['-c', 'from pycrate_asn1dir import TCAP_RAW'], { stdio: 'ignore' }).status !== 0) {
    return t.skip('no Python with pycrate (CALLWAKE_PYTHON names one)');
  }
  const sample = fc.sample(messages, { seed: 2774, numRuns: 400 });
  const input = sample.map((message) => hex(encoded(message))).join('\n');
  const run = spawnSync(python, ['-c', script], { input, encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.equal(run.status, 0, run.stderr);
  const lines = run.stdout.trim().split('\n');
  assert.equal(lines.length, sample.length);
  const kinds = { invoke: 'invoke', error: 'returnError', reject: 'reject' } as const;
  lines.forEach((line, at) => {
    const message = sample[at]!;
    const [text = '', type, components = ''] = line.split(' ', 3);
    assert.equal(text, hex(encoded(message)));
    assert.equal(type, message.type);
    const expected = message.components.map((component) =>
      component.kind === 'result'
        ? component.last
          ? 'returnResult'
          : 'returnResultNotLast'
        : kinds[component.kind],
    );
    assert.deepEqual(components === '' ? [] : components.split(','), expected, line);
  });
});
