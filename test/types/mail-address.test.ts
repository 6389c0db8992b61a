import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMailAddress } from '../../src/types/mail-address.ts';

test('RFC 5321 §4.1.2, §4.5.3.1, RFC 6531 §3.2, §3.3 addresses', () => {
  const text = (address: string): string | undefined => readMailAddress(address)?.text;
  assert.equal(text('B.b+x@Subscriber.Example'), 'B.b+x@subscriber.example');
  assert.equal(text('b@bücher.example'), 'b@xn--bcher-kva.example');
  assert.equal(readMailAddress('b@bücher.example')?.needsSmtpUtf8, false);
  assert.equal(readMailAddress('用户@例子.example')?.needsSmtpUtf8, true);
  assert.equal(text(`${'x'.repeat(64)}@y.example`), `${'x'.repeat(64)}@y.example`);
  for (const none of [
    '',
    '@',
    'b',
    'b@',
    '@y.example',
    'b@@y.example',
    'a b@y.example',
    '.b@y.example',
    'b..c@y.example',
    '"b"@y.example',
    'b@[127.0.0.1]',
    'b@127.0.0.1',
    'b@-y.example',
    'b@y..example',
    'b@y.example:25',
    'b@%41.example',
    'b@y.example>\r\nRCPT TO:<c@d.example',
    'b\r\n@y.example',
    'b\0@y.example',
    'b<c@y.example',
    'b,c@y.example',
    `${'x'.repeat(65)}@y.example`,
    `b@${'y'.repeat(64)}.example`,
    `b@${'y.'.repeat(130)}example`,
    `${'ü'.repeat(33)}@y.example`,
  ])
    assert.equal(text(none), undefined, none);
});
