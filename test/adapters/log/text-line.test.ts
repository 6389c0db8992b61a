import assert from 'node:assert/strict';
import { test } from 'node:test';
import { textLine } from '../../../src/adapters/log/text-line.ts';

test('what is no line of the log stays as it is', () => {
  assert.equal(textLine('Segmentation fault\n'), 'Segmentation fault\n');
});

test('a line without time, level or event still reads', () => {
  assert.equal(textLine('{"peer":"stp-b"}'), '        peer=stp-b\n');
});

test('an error is its message, and its code where it has one; anything else that was thrown is shown', () => {
  const line = (error: unknown) => textLine(JSON.stringify({ level: 'error', event: 'failed', error }));
  assert.match(line({ message: 'in use', code: 'CW_PORT_IN_USE' }), /error="in use \(CW_PORT_IN_USE\)"/);
  assert.match(line({ message: 'broken' }), /error=broken\n/);
  assert.match(line('thrown'), /error=thrown\n/);
  assert.match(line(null), /error=null\n/);
});
