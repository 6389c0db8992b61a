import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isPublicAddress, publicLookup } from '../../../src/adapters/http/public-address.ts';
import { retryAfterMs } from '../../../src/adapters/http/retry-after.ts';

describe('RFC 6890 §2.2.2, §2.2.3 addresses that others may make us talk to', () => {
  test('those of the public internet, and no other ones', () => {
    for (const address of [
      '8.8.8.8',
      '1.1.1.1',
      '172.32.0.1',
      '192.1.1.1',
      '223.255.255.255',
      '2606:4700::1111',
      '2a00:1450::1',
    ])
      assert(isPublicAddress(address), address);
    for (const address of [
      ...[
        '0.0.0.0',
        '10.0.0.1',
        '100.64.1.1',
        '127.0.0.1',
        '127.255.255.254',
        '169.254.169.254',
        '172.16.0.1',
        '172.31.255.255',
      ],
      ...[
        '192.0.0.1',
        '192.0.2.1',
        '192.168.1.1',
        '198.18.0.1',
        '198.51.100.1',
        '203.0.113.1',
        '224.0.0.1',
        '240.0.0.1',
        '255.255.255.255',
      ],
      ...[
        '::',
        '::1',
        'fe80::1',
        'fc00::1',
        'fd12::1',
        'ff02::1',
        '::ffff:8.8.8.8',
        '::ffff:127.0.0.1',
        '64:ff9b::10.0.0.1',
        '64:ff9b:1::1',
      ],
      ...['2001:db8::1', '2001::1', '2002:7f00:1::', '3fff::1', '100::1', 'fe80::1%lo', ''],
      ...['localhost', '127.1', '8.8.8.8.', ' 8.8.8.8'],
    ])
      assert(!isPublicAddress(address), address);
  });

  test('a name with both kinds gives the public ones; with private ones alone it gives an error', (_t, done) => {
    const lookup = publicLookup((_host, _options, found) =>
      found(null, [
        { address: '10.0.0.1', family: 4 },
        { address: '8.8.8.8', family: 4 },
        { address: 'fd00::1', family: 6 },
      ]),
    );
    lookup('both.example', { all: true }, (error, addresses) => {
      assert.equal(error, null);
      assert.deepEqual(addresses, [{ address: '8.8.8.8', family: 4 }]);
      lookup('both.example', {}, (none, address, family) => {
        assert.deepEqual([none, address, family], [null, '8.8.8.8', 4]);
        publicLookup((_host, _options, found) => found(null, [{ address: '::1', family: 6 }]))(
          'private.example',
          {},
          (refusal) => {
            assert.equal(refusal?.code, 'ENOTPUBLIC');
            done();
          },
        );
      });
    });
  });
});

test('RFC 9110 §10.2.3 Retry-After: seconds, a date, or nothing that can be read', () => {
  const now = Date.UTC(2026, 0, 2, 3, 4, 5);
  assert.equal(retryAfterMs('120', now), 120_000);
  assert.equal(retryAfterMs('Fri, 02 Jan 2026 03:05:05 GMT', now), 60_000);
  assert.equal(retryAfterMs('Fri, 02 Jan 2026 03:00:00 GMT', now), 0);
  for (const other of [
    undefined,
    '',
    '-1',
    '1.5',
    '1e9',
    'soon',
    '9'.repeat(50),
    'Fri, 99 Jan 2026 99:99:99 GMT',
  ])
    assert.equal(retryAfterMs(other, now), undefined);
});
