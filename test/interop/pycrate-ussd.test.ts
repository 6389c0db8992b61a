/** USSD strings in the default alphabet against pycrate's own coder (3GPP TS 23.038 §6.1.2.3). */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { decodeUssdString, encodeUssdString } from '../../src/stack/sms/ussd-string.ts';
import { all } from '../support/self-care-texts.ts';

const python = process.env['CALLWAKE_PYTHON'] ?? 'python3';
const script = `
import json, sys
from pycrate_mobile.TS23038 import encode_7b
print(json.dumps([encode_7b(text)[0].hex() for text in json.load(sys.stdin)]))
`;
const missing = spawnSync(python, ['-c', 'import pycrate_mobile']).status !== 0;

test('S2 pycrate packs the same octets: of every length, with the extension table, and our own pages', {
  skip: missing ? 'pycrate is not installed (test/interop/pycrate-echo.py says how)' : false,
}, () => {
  const texts = [
    ...Array.from({ length: 182 }, (_, length) => 'Callwake 0123456'.repeat(12).slice(0, length + 1)),
    '*123#',
    '{[€]} ~^\\|',
    '@',
    'Ruhezeit für Ärger: ÖÜß',
    ...all[0]!.write('answer.help', {}).match(/.{1,150}/gs)!,
  ];
  const { stdout } = spawnSync(python, ['-c', script], { input: JSON.stringify(texts), encoding: 'utf8' });
  const packed = JSON.parse(stdout) as string[];
  for (const [index, text] of texts.entries()) {
    const { dataCodingScheme, octets } = encodeUssdString(text);
    assert.equal(Buffer.from(octets).toString('hex'), packed[index], text);
    assert.equal(decodeUssdString({ dataCodingScheme, octets: Buffer.from(packed[index]!, 'hex') }), text);
  }
});
