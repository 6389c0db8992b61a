import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listenError } from '../../../src/adapters/sctp/listen-error.ts';
import { listenError as webListenError } from '../../../src/adapters/web/listen-error.ts';
import { errorRow } from '../../../src/types/error-table.ts';

const systemError = (code: string) => Object.assign(new Error(`listen ${code}`), { code });

// biome-ignore format: a row a system error
const rows = [
  ['EADDRINUSE', 'CW_PORT_IN_USE', /another port/],
  ['EACCES', 'CW_PORT_DENIED', /above 1023/],
  ['EADDRNOTAVAIL', 'CW_ADDRESS_NOT_HERE', /no address of this machine/],
  ['ENOTFOUND', 'CW_ADDRESS_NOT_HERE', /no address of this machine/],
  ['EAI_AGAIN', 'CW_ADDRESS_NOT_HERE', /no address of this machine/],
  ['EMFILE', 'CW_LISTEN_FAILED', /listen EMFILE/],
] as const;

for (const [system, code, words] of rows) {
  test(`a link that cannot listen for ${system} is ${code}, and says what to set`, () => {
    const error = listenError(systemError(system), 'stp.example', 2905);
    assert.equal(error.code, code);
    assert.match(error.message, words);
    assert.deepEqual(error.context, { host: 'stp.example', port: 2905, system });
    assert.ok(errorRow(error.code) !== undefined, 'it has its row');
  });
}

test('the page names its own settings', () => {
  const of = (system: string) => webListenError('10.0.0.9', 80, systemError(system));
  assert.match(of('EACCES').message, /web\.port to 1024/);
  assert.match(of('EADDRNOTAVAIL').message, /web\.host/);
  assert.match(of('EADDRINUSE').message, /web\.port to another one/);
  assert.deepEqual(
    ['EACCES', 'EADDRNOTAVAIL', 'EADDRINUSE'].map((system) => of(system).code),
    ['CW_PORT_DENIED', 'CW_ADDRESS_NOT_HERE', 'CW_PORT_IN_USE'],
  );
});
